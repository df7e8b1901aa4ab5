import * as fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS, parseMoment, SECOND_MS } from "../../../src/core/primitives/time.ts";
import {
  EndpointRequest,
  endpointUrlDefect,
  wants,
  type Endpoint,
} from "../../../src/core/webhook/endpoint.ts";
import { mayStart } from "../../../src/core/webhook/lanes.ts";
import { BODY_BYTES_MAX, headerIdOf, messageOf } from "../../../src/core/webhook/message.ts";
import { nextTryAt, TRY_AFTER_MS } from "../../../src/core/webhook/retry.ts";
import { firstSecret, rotate, signingSecrets } from "../../../src/core/webhook/secret-version.ts";
import { timestampOf } from "../../../src/core/webhook/timestamp.ts";
import { readShared } from "../../support/shared.ts";

describe("when a delivery is tried again", () => {
  test("ten tries over 75 h 35 min 5 s, then no more", () => {
    expect(TRY_AFTER_MS).toHaveLength(10);
    const total = TRY_AFTER_MS.reduce((sum, ms) => sum + ms, 0);
    expect(total).toBe(75 * HOUR_MS + 35 * MINUTE_MS + 5 * SECOND_MS);
    expect(nextTryAt("a", 9, 0)).toBeGreaterThanOrEqual(DAY_MS);
    expect(nextTryAt("a", 10, 0)).toBeUndefined();
  });

  test("never sooner than the schedule, at most a tenth later, the same for the same delivery, spread over many", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 9 }), (id, tries) => {
        const wait = nextTryAt(id, tries, 1_000)! - 1_000;
        expect(wait).toBeGreaterThanOrEqual(TRY_AFTER_MS[tries]!);
        expect(wait).toBeLessThanOrEqual(TRY_AFTER_MS[tries]! * 1.1);
        expect(nextTryAt(id, tries, 1_000)).toBe(wait + 1_000);
      }),
    );
    const waits = new Set(Array.from({ length: 100 }, (_, i) => nextTryAt(`n${i}`, 4, 0)));
    expect(waits.size).toBeGreaterThan(90);
  });
});

describe("the body", () => {
  const notice = { type: "order_recorded", at: 1_774_747_800_000, customerId: "c-7" } as const;

  test("says type, moment, data and customer, and nothing of the object", () => {
    expect(JSON.parse(messageOf({ ...notice, data: { orderId: "1", customerId: "forged" } }))).toEqual({
      type: "order_recorded",
      timestamp: "2026-03-29T01:30:00.000Z",
      data: { orderId: "1", customerId: "c-7" },
    });
    expect(messageOf({ ...notice, customerId: null, data: {} })).not.toContain("customerId");
  });

  test("never has more than 20 KB, counted in bytes, and says when something is missing", () => {
    const frame = Buffer.byteLength(messageOf({ ...notice, data: { text: "" } }));
    const room = BODY_BYTES_MAX - frame;
    const full = messageOf({ ...notice, data: { text: "x".repeat(room) } });
    expect(Buffer.byteLength(full)).toBe(BODY_BYTES_MAX);
    const over = messageOf({ ...notice, data: { text: `${"x".repeat(room - 1)}é` } });
    expect(JSON.parse(over)).toMatchObject({ data: { customerId: "c-7", isCut: true } });
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 12_000 }), (text) => {
        expect(Buffer.byteLength(messageOf({ ...notice, data: { text } }))).toBeLessThanOrEqual(
          BODY_BYTES_MAX,
        );
      }),
      { numRuns: 30 },
    );
  });

  test("ids hold nothing that parts what is signed, or that a header cannot carry", () => {
    expect(headerIdOf("n_5kP0Zk-2")).toBe("n_5kP0Zk-2");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (id) => {
        expect(headerIdOf(id)).toMatch(/^[A-Za-z0-9_-]*$/);
      }),
    );
  });

  test("moments are written as the platform writes them, and can be read back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (at) => {
        expect(timestampOf(at)).toBe(new Date(at).toISOString());
        expect(parseMoment(timestampOf(at))).toBe(at);
      }),
    );
  });
});

describe("secrets in rotation", () => {
  test("the one before signs beside the new one until its overlap is over", () => {
    const first = firstSecret(1_000);
    const second = rotate(first, 2_000, 500);
    expect(second).toEqual([
      { version: 2_000, until: null },
      { version: 1_000, until: 2_500 },
    ]);
    expect(signingSecrets(second, 2_499)).toHaveLength(2);
    expect(signingSecrets(second, 2_500)).toEqual([{ version: 2_000, until: null }]);
  });

  test("without an overlap every older one is void at once, also one that still had time", () => {
    const two = rotate(firstSecret(1_000), 2_000, 10_000);
    expect(rotate(two, 3_000, 0)).toEqual([{ version: 3_000, until: null }]);
  });

  test("a number is never used twice, whatever the clock says, and the header stays short", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 20 }), (moments) => {
        const used = [3];
        let secrets = firstSecret(3);
        for (const now of moments) {
          secrets = rotate(secrets, now, 1_000);
          expect(used).not.toContain(secrets[0]!.version);
          used.push(secrets[0]!.version);
          expect(secrets.length).toBeLessThanOrEqual(4);
        }
      }),
    );
  });
});

describe("whom a notice goes to", () => {
  const crm: Pick<Endpoint, "state" | "types" | "purpose"> = {
    state: "enabled",
    types: ["order_recorded", "customer_erased"],
    purpose: "marketing",
  };
  test.each([
    ["its type and purpose", crm, "order_recorded", "marketing", true],
    ["another purpose", crm, "order_recorded", "personalization", false],
    ["no purpose needed", crm, "customer_erased", null, true],
    ["a type it did not ask for", crm, "segment_entered", "marketing", false],
    ["while disabled", { ...crm, state: "disabled" }, "order_recorded", "marketing", false],
  ] as const)("%s", (_, endpoint, type, purpose, isWanted) => {
    expect(wants(endpoint, { type, purpose })).toBe(isWanted);
  });

  test("what an endpoint asks for is checked", () => {
    const asked = { url: "https://crm.example/", types: ["order_recorded"], purpose: "marketing" };
    expect(v.parse(EndpointRequest, asked)).toEqual({ ...asked, enabled: true });
    for (const wrong of [
      { types: [] },
      { types: ["test"] },
      { types: ["order_recorded", "order_recorded"] },
      { purpose: "profiling" },
      { purpose: null },
      { url: `https://crm.example/${"x".repeat(2048)}` },
      { secret: "whsec_own" },
    ])
      expect(v.safeParse(EndpointRequest, { ...asked, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
  });
});

const ssrf = readShared("vectors/hostile/ssrf-urls.json");

describe.skipIf(ssrf === undefined)("addresses that lead inside", () => {
  const { urls } = JSON.parse(ssrf ?? "{}") as { urls: string[] };
  test.each(urls)("%j is refused", (url) => {
    const own = url.replace("THIS-WORKERS-OWN-HOST", "concierge.example");
    expect(endpointUrlDefect(own, "concierge.example:8787")).toBeTypeOf("string");
  });
});

test("an address of the deployment itself is refused however it is written, any other public one is not", () => {
  for (const url of ["https://api.example/x", "https://API.example./", "https://api.example:443?x"])
    expect(endpointUrlDefect(url, "api.example:443")).toBe("one of this deployment itself");
  expect(endpointUrlDefect("https://hooks.api.example/x", "api.example")).toBeUndefined();
});

describe("room", () => {
  /** Starts whatever may be started, for as long as anything may. */
  const fill = (ids: readonly string[], inFlight: Map<string, number>, slow: ReadonlySet<string>) => {
    for (let more = true; more;) {
      more = false;
      for (const id of ids)
        if (mayStart(id, inFlight, slow)) {
          inFlight.set(id, (inFlight.get(id) ?? 0) + 1);
          more = true;
        }
    }
    return inFlight;
  };
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, n) => all + n, 0);

  test("never more than six under way; slow endpoints leave three of them to the others", () => {
    fc.assert(
      fc.property(fc.subarray([..."abcdefghij"]), fc.subarray([..."abcdefghij"]), (ids, sluggish) => {
        const slow = new Set(sluggish);
        const inFlight = fill(ids, new Map(), slow);
        expect(sum(inFlight)).toBeLessThanOrEqual(6);
        const toSlow = ids.reduce((all, id) => all + (slow.has(id) ? (inFlight.get(id) ?? 0) : 0), 0);
        expect(toSlow).toBeLessThanOrEqual(3);
        for (const id of ids) expect(inFlight.get(id) ?? 0).toBeLessThanOrEqual(slow.has(id) ? 1 : 3);
      }),
    );
  });

  test("one endpoint that hangs leaves room, before it is known to be slow and after", () => {
    const before = fill(["hangs"], new Map(), new Set());
    expect(mayStart("sound", before, new Set())).toBe(true);
    expect(mayStart("hangs", new Map([["hangs", 1]]), new Set(["hangs"]))).toBe(false);
  });
});
