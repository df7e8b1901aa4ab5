import { describe, expect, test } from "vitest";
import {
  concierge,
  ConciergeProblem,
  eventId,
  everyRow,
  jsonLines,
  matches,
  assign,
  type ClientSettings,
} from "../../client/sdk/entry.ts";
import { waitOf } from "../../client/sdk/problem.ts";
import { mayPass, pauseBefore } from "../../client/sdk/retry.ts";
import { readLines, tableOf } from "../../client/sdk/ndjson.ts";

type Sent = { readonly url: string; readonly init: RequestInit; readonly at: number };
type Reply = (sent: Sent, count: number) => Response | Promise<Response>;

/** A client whose requests go nowhere but here. */
function clientOf(reply: Reply, settings: Partial<ClientSettings> = {}) {
  const sent: Sent[] = [];
  const shop = concierge({
    api: "https://edge.example/c/",
    key: "sk_1",
    random: () => 0,
    fetch: async (url, init) => {
      init!.signal!.throwIfAborted();
      const one = { url: String(url), init: init!, at: Date.now() };
      sent.push(one);
      return reply(one, sent.length);
    },
    ...settings,
  });
  return { shop, sent };
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
const problem = (code: string, status: number, headers: Record<string, string> = {}): Response =>
  json({ type: `/errors/${code}.md`, code, status, title: "T", detail: "D.", cure: "C." }, status, headers);
const caught = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );
/** Hangs until it is given up, as a server that never answers. */
const never: Reply = ({ init }) =>
  new Promise((_, reject) =>
    init.signal!.addEventListener("abort", () => reject(init.signal!.reason as Error)),
  );

describe("what is sent", () => {
  test("path, query and headers come from what is said, each in its place", async () => {
    const { shop, sent } = clientOf(() => json({}));
    await shop.customers.get({ id: "a/b ?#ü" });
    await shop.catalog.items({ query: "red shirt", limit: 5 });
    await shop.config.put({ rules: [] }, { ifMatch: '"3"', dryRun: true });
    await shop.imports.stage("a,b\n", { kind: "orders", type: "text/csv", options: { currency: "EUR" } });
    expect(sent.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
      "GET https://edge.example/c/v1/customers/a%2Fb%20%3F%23%C3%BC",
      "GET https://edge.example/c/v1/catalog/items?query=red+shirt&limit=5",
      "PUT https://edge.example/c/v1/config?dryRun=true",
      "POST https://edge.example/c/v1/import/orders?options=%7B%22currency%22%3A%22EUR%22%7D",
    ]);
    expect(sent[2]!.init.headers).toEqual({
      authorization: "Bearer sk_1",
      "content-type": "application/json",
      "if-match": '"3"',
    });
    expect(sent[3]!.init).toMatchObject({ body: "a,b\n", headers: { "content-type": "text/csv" } });
  });

  test("no id leads to another address", async () => {
    const { shop, sent } = clientOf(() => json({}));
    for (const id of ["", ".", ".."])
      expect(await caught(shop.customers.export({ id }))).toBeInstanceOf(TypeError);
    expect(await caught(shop.customers.erase({ id: undefined as unknown as string }))).toBeInstanceOf(
      TypeError,
    );
    expect(sent).toEqual([]);
  });

  test("a page's key travels in the body, so that nothing is asked first; flags are asked by their own protocol", async () => {
    const { shop, sent } = clientOf(() => json({ slots: [] }), { key: "pk_1" });
    await shop.decide({ slots: [{ id: "a" }] });
    await shop.me.see({});
    await shop.segment.track({ event: "x" });
    await shop.flags.all({ context: {} });
    expect(sent.map(({ init }) => [init.headers, init.body])).toEqual([
      [{}, '{"key":"pk_1","slots":[{"id":"a"}]}'],
      [{}, '{"key":"pk_1"}'],
      [{}, '{"writeKey":"pk_1","event":"x"}'],
      [{ authorization: "Bearer pk_1", "content-type": "application/json" }, '{"context":{}}'],
    ]);
  });

  test("a server's key in a page is refused before anything is sent", () => {
    const place = globalThis as { document?: unknown };
    place.document = {};
    try {
      expect(() => concierge({ api: "https://edge.example", key: "sk_1" })).toThrow(TypeError);
      expect(() => concierge({ api: "https://edge.example", key: "pk_1" })).not.toThrow();
    } finally {
      delete place.document;
    }
    expect(() => concierge({ api: "edge.example" })).toThrow(TypeError);
  });
});

describe("what is sent again", () => {
  test("what may pass, up to the limit, with pauses that grow", async () => {
    const { shop, sent } = clientOf(
      (_, count) => (count < 3 ? problem("overloaded", 503) : json({ ok: true })),
      { random: () => 0.2 },
    );
    expect(await shop.reports.site()).toEqual({ ok: true });
    expect(sent).toHaveLength(3);
    const pauses = sent.slice(1).map(({ at }, index) => at - sent[index]!.at);
    expect(pauses[0]).toBeGreaterThanOrEqual(45);
    expect(pauses[1]).toBeGreaterThanOrEqual(95);
    const lost = clientOf(() => Promise.reject(new TypeError("fetch failed")), { retries: 1 });
    expect(await caught(lost.shop.events({ events: [] }))).toMatchObject({ code: "unreachable", status: 0 });
    expect(lost.sent).toHaveLength(2);
  });

  test("nothing that would be done twice, or that stays refused", async () => {
    const calls: ((shop: ReturnType<typeof clientOf>["shop"]) => Promise<unknown>)[] = [
      (shop) => shop.keys.make({ kind: "sk", label: "x" }),
      (shop) => shop.config.put({}, { ifMatch: '"1"' }),
      (shop) =>
        shop.webhooks.put({ url: "https://a.example", types: [], purpose: "transaction" }, { id: "w" }),
      (shop) => shop.segments.audience({ platform: "meta" }, { segment: "s" }),
      (shop) => shop.customers.unmerge({ visitorId: "v", customerId: "c" }),
      (shop) => shop.imports.stage(jsonLines([{ a: 1 }]), { kind: "orders" }),
    ];
    for (const call of calls) {
      const { shop, sent } = clientOf(() => problem("overloaded", 503));
      expect(await caught(call(shop))).toMatchObject({ code: "overloaded" });
      expect(sent, call.toString()).toHaveLength(1);
    }
    for (const [code, status] of [
      ["body_invalid", 400],
      ["key_unknown", 401],
      ["not_configured", 503],
      ["storage_full", 507],
    ] as const) {
      const { shop, sent } = clientOf(() => problem(code, status));
      expect(await caught(shop.reports.site())).toMatchObject({ code, status });
      expect(sent, code).toHaveLength(1);
    }
  });

  test("not before the Worker wants it, and not at all when it wants too much patience", async () => {
    const { shop, sent } = clientOf((_, count) =>
      count === 1 ? problem("budget_spent", 429, { "retry-after": "1" }) : json({}),
    );
    await shop.reports.site();
    expect(sent[1]!.at - sent[0]!.at).toBeGreaterThanOrEqual(990);
    const long = clientOf(() => problem("budget_spent", 429, { "retry-after": "3600" }));
    expect(await caught(long.shop.reports.site())).toMatchObject({
      code: "budget_spent",
      retryAfterMs: 3_600_000,
    });
    expect(long.sent).toHaveLength(1);
  });

  test("pauses, as they are computed", () => {
    const one = new ConciergeProblem({ code: "overloaded", status: 503, detail: "" });
    expect([1, 2, 3, 9].map((tries) => pauseBefore(tries, one, 0.5))).toEqual([125, 250, 500, 2500]);
    expect(mayPass(new ConciergeProblem({ code: "unintelligible", status: 502, detail: "" }))).toBe(true);
    expect(
      pauseBefore(1, new ConciergeProblem({ code: "id_invalid", status: 400, detail: "" }), 0),
    ).toBeUndefined();
    expect([waitOf("5"), waitOf(""), waitOf(null), waitOf("soon")]).toEqual([
      5_000,
      undefined,
      undefined,
      undefined,
    ]);
    expect(waitOf("Thu, 01 Jan 1970 00:00:10 GMT", 4_000)).toBe(6_000);
  });
});

describe("giving up", () => {
  test("after the time limit, with its own code", async () => {
    const { shop, sent } = clientOf(never, { timeoutMs: 30, retries: 1 });
    expect(await caught(shop.reports.site())).toMatchObject({ code: "timed_out", status: 0 });
    expect(sent).toHaveLength(2);
    const { shop: slow } = clientOf(never, { retries: 0 });
    expect(await caught(slow.keys.list({ timeoutMs: 20 }))).toMatchObject({ code: "timed_out" });
  });

  test("when the caller does, with the caller's reason, also between two tries", async () => {
    const { shop, sent } = clientOf(never);
    const reason = new Error("The visitor has left.");
    const control = new AbortController();
    const asked = caught(shop.reports.site({ signal: control.signal }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    control.abort(reason);
    expect(await asked).toBe(reason);
    expect(await caught(shop.reports.site({ signal: control.signal }))).toBe(reason);
    expect(sent).toHaveLength(1);
    const pausing = clientOf(() => problem("overloaded", 503, { "retry-after": "20" }));
    const other = new AbortController();
    const waiting = caught(pausing.shop.reports.site({ signal: other.signal }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    other.abort(reason);
    expect(await waiting).toBe(reason);
    expect(pausing.sent).toHaveLength(1);
  });

  test("answers that are not the Worker's are told apart", async () => {
    const { shop } = clientOf(() => new Response("<h1>Bad gateway</h1>", { status: 502 }), { retries: 0 });
    expect(await caught(shop.reports.site())).toMatchObject({ code: "unintelligible", status: 502 });
    const cut = clientOf(() => new Response('{"a":', { headers: { "content-type": "application/json" } }), {
      retries: 0,
    });
    expect(await caught(cut.shop.reports.site())).toMatchObject({ code: "unintelligible", status: 200 });
  });
});

describe("files", () => {
  const bytes = (...parts: (string | Uint8Array)[]): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        for (const part of parts)
          controller.enqueue(typeof part === "string" ? new TextEncoder().encode(part) : part);
        controller.close();
      },
    });

  test("lines are read wherever the bytes are cut", async () => {
    const text = new TextEncoder().encode('{"a":"ü"}\r\n\n{"a":2}\n{"a":"🧵"}');
    for (let at = 0; at <= text.length; at++) {
      const rows: unknown[] = [];
      for await (const row of readLines<unknown>(bytes(text.slice(0, at), text.slice(at)))) rows.push(row);
      expect(rows).toEqual([{ a: "ü" }, { a: 2 }, { a: "🧵" }]);
    }
  });

  test("a reader who stops in the middle ends the download", async () => {
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('{"a":1}\n')),
      cancel: () => void (isCancelled = true),
    });
    for await (const row of tableOf(new Response(endless)).rows()) if (row["a"] === 1) break;
    expect(isCancelled).toBe(true);
  });

  test("tables go on where the one before ended, and no further", async () => {
    const { shop, sent } = clientOf(
      (_, count) =>
        new Response(`{"n":${count}}\n`, { headers: count < 3 ? { "concierge-next": `n${count}` } : {} }),
    );
    const rows: unknown[] = [];
    for await (const row of everyRow((after) => shop.export({ kind: "events", ...after }))) rows.push(row);
    expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(["", "?after=n1", "?after=n2"]);
  });

  test("rows become lines as they are taken, and the source ends when nobody takes them", async () => {
    let made = 0;
    let isEnded = false;
    async function* rows() {
      try {
        for (;;) yield { n: made++ };
      } finally {
        isEnded = true;
      }
    }
    const reader = jsonLines(rows()).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('{"n":0}\n');
    await reader.cancel();
    expect([isEnded, made < 5]).toEqual([true, true]);
  });
});

describe("what needs no Worker", () => {
  test("ids of events: the same facts, the same id; other facts, another", () => {
    expect(eventId("bought", 1001)).toBe("bought:1001");
    expect(eventId("a:b", "c")).not.toBe(eventId("a", "b:c"));
    for (const parts of [[], [""], ["x".repeat(129)]]) expect(() => eventId(...parts)).toThrow(RangeError);
  });

  test("conditions and splits come out as everywhere", () => {
    expect(matches({ country: { $in: ["AT", "DE"] } }, { country: "AT" })).toBe(true);
    expect(matches({ "cart.total": { $gt: 50 } }, { cart: { total: 50 } })).toBe(false);
    const experiment = { key: "hero", variations: ["a", "b"], hashVersion: 2 };
    const drawn = Array.from(
      { length: 400 },
      (_, index) => assign(experiment, { id: `v_${index}` }).variationId,
    );
    const share = drawn.filter((one) => one === 1).length / drawn.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
    expect(assign(experiment, {}).inExperiment).toBe(false);
  });
});
