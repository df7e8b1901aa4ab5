import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import type { ResolvedEvent } from "../../../src/core/event/resolved.ts";
import { arrive } from "../../../src/core/move/arrive.ts";
import { readMovedEvent } from "../../../src/core/move/moved-event.ts";
import { MovedPerson, personOf } from "../../../src/core/move/person.ts";
import type { LoggedEvent } from "../../../src/core/profile/logged.ts";
import { DAY, happened, NOW, Shop, type Person } from "../customer/shop.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });
const SHOP_SAYS = { source: "server", isTrusted: true };
const TO = { site: "there", subject: "c" };

const claim = (picks: readonly (readonly [string, number])[]) => ({
  site: "s",
  subject: "c",
  expiresAt: NOW + DAY,
  decisionId: "d1",
  slot: "home",
  revision: 3,
  picks,
  assignments: [["exp", "bold", DAY, { p: 0.25, v: 2, leaf: "new" }]],
});
const THEIRS: readonly ResolvedEvent[] = [
  happened("consent_updated", { at: NOW - 9_000, consent: { marketing: true, analytics: true } }),
  happened("product_viewed", { id: "k3f9a0c2m1xz-1", item: "a", at: NOW - 8_000 }),
  happened("product_viewed", { id: "k3f9a0c2m1xz-2", item: "b", at: NOW - 7_000 }),
  happened("slot_seen", { at: NOW - 6_500, claim: claim([["b", 0.5]]) }),
  happened("slot_clicked", { at: NOW - 6_400, item: "b", claim: claim([["b", 0.5]]) }),
  happened("traits_updated", { at: NOW - 6_000, traits: { size: "L" } }),
  happened("order_completed", {
    at: NOW - 5_000,
    orderId: "o1",
    revenue: euros(1_000),
    lines: [{ item: "b", quantity: 2 }],
  }),
];
const TOLD: readonly ResolvedEvent[] = [
  happened("order_completed", {
    at: NOW - 4_990,
    orderId: "o1",
    revenue: euros(1_000),
    lines: [{ item: "b", quantity: 2 }],
    costMinor: 300,
  }),
  happened("order_refunded", { at: NOW - 3_000, orderId: "o1", amount: euros(100) }),
];

/** Somebody who was a visitor first, with everything the log can hold. */
function known(): { shop: Shop; person: Person } {
  const shop = new Shop();
  const visitor = shop.person("v");
  visitor.tell([happened("product_viewed", { item: "x", at: NOW - 20_000 })]);
  const person = shop.person("c");
  for (const event of THEIRS) person.tell([event]);
  for (const event of TOLD) person.tell([event], SHOP_SAYS);
  visitor.mergeInto(person);
  person.customer!.hidden.add("item:a");
  person.customer!.isPaused = true;
  return { shop, person };
}

/** The person as they travel, in parts that end after these rows: as JSON, and parsed like a request. */
function partsOf({ customer, log }: Person, ends: readonly number[]): MovedPerson[] {
  const cuts = [0, ...ends.filter((end) => end < log.length).toSorted((a, b) => a - b), log.length];
  return cuts.slice(1).map((end, i) => {
    const plain = personOf(customer!, log.slice(cuts[i], end), end === log.length);
    return v.parse(MovedPerson, JSON.parse(JSON.stringify(plain)));
  });
}

function bring(parts: readonly MovedPerson[], to: Person): void {
  for (const part of parts) {
    to.customer ??= { ...to.fresh(), bornAt: part.bornAt, touchedAt: part.bornAt };
    const rows = part.rows.map((row) => ({
      ...row,
      events: row.events.map((event): LoggedEvent => readMovedEvent(event, TO)!),
    }));
    const arrived = arrive(
      to.customer,
      { ...part, rows },
      {
        rows: () => to.log,
        isSeen: (id) => to.seen.has(id),
        orderKey: (orderId) => `there-${orderId}`,
      },
      to.shop.now,
    );
    for (const [id, digest] of arrived.foreign) to.seen.set(id, digest);
    for (const row of arrived.rows) to.add(row);
  }
}

const numbersOf = ({ numbers }: Shop) => [...numbers].sort();

test("in whatever parts, and however often, a person arrives once: the same numbers, orders, grants and wishes", () => {
  const { shop, person } = known();
  expect(shop.told("daily", "revenue")).toBe(1_000);
  expect(shop.told("experiment", "users")).toBeGreaterThan(0);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: person.log.length - 1 }), { maxLength: 3 }),
      fc.integer({ min: 0, max: 3 }),
      (ends, again) => {
        const parts = partsOf(person, ends);
        const there = new Shop();
        const to = there.person("c");
        // Cut off and begun anew: what came before comes once more.
        bring(parts.slice(0, again), to);
        bring(parts, to);
        bring(parts, to);
        expect(numbersOf(there)).toEqual(numbersOf(shop));
        const [here, was] = [to.customer!, person.customer!];
        expect(here.consent).toEqual(was.consent);
        expect(here.profile).toEqual(was.profile);
        expect([here.isPaused, [...here.hidden]]).toEqual([true, ["item:a"]]);
        expect([...here.orders.keys()]).toEqual(["o1"]);
        expect(here.orders.get("o1")).toMatchObject({ key: "there-o1", shop: { costMinor: 300 } });
        const events = (log: Person["log"]) =>
          log.flatMap((row) => row.events.map(({ id, may }) => [id, may]));
        expect(events(to.log)).toEqual(events(person.log));
      },
    ),
    { numRuns: 60 },
  );
});

test("what is sent again by their browser is known there, whatever names its events", () => {
  const { person } = known();
  const there = new Shop();
  const to = there.person("c");
  bring(partsOf(person, []), to);
  to.customer!.isPaused = false;
  const answers = to.tell(THEIRS.slice(0, 3));
  expect(answers.map(({ status }) => status)).toEqual(["duplicate", "duplicate", "duplicate"]);
});

test("what was denied there since stays denied, and takes what it covered along", () => {
  const { person } = known();
  const there = new Shop();
  const to = there.person("c");
  const no = { analytics: false, personalization: false };
  to.tell([happened("consent_updated", { at: NOW, consent: no })], { consent: {} });
  bring(partsOf(person, []), to);
  const types = to.log.flatMap((row) => row.events.map(({ type }) => type));
  expect(types).not.toContain("product_viewed");
  expect(types).toContain("order_refunded"); // The shop told it: the purchase itself justifies it.
  expect(to.customer!.consent.analytics).toMatchObject({ granted: false, at: NOW });
  expect(to.customer!.consent.marketing).toMatchObject({ granted: true, at: NOW - 9_000 });
});

test("nothing from before an erasure comes in", () => {
  const { person } = known();
  const there = new Shop();
  const to = there.person("c");
  to.customer = { ...to.fresh(), notBefore: NOW - 5_500 };
  bring(partsOf(person, []), to);
  expect(Math.min(...to.log.flatMap((row) => row.events.map(({ at }) => at)))).toBeGreaterThanOrEqual(
    NOW - 5_500,
  );
});

test("what is no event of ours is none: each change of one is refused", () => {
  const { person } = known();
  const plain = partsOf(person, []).flatMap((part) => part.rows.flatMap((row) => row.events)) as Record<
    string,
    unknown
  >[];
  expect(plain.length).toBeGreaterThan(8);
  for (const event of plain) {
    expect(readMovedEvent(event, TO)).toMatchObject({ id: event["id"], at: event["at"] });
    const { kept, ...told } = event as { kept: Record<string, unknown> };
    const wrong = [
      null,
      [],
      told,
      { ...event, type: "nonsense" },
      { ...event, id: "" },
      { ...event, at: "yesterday" },
      { ...event, more: 1 },
      { ...event, kept: { ...kept, may: 16 } },
      { ...event, kept: { ...kept, more: 1 } },
      { ...event, kept: { ...kept, digest: "1" } },
      ...("item" in event ? [{ ...event, item: { sku: "a" } }] : []),
      ...("claim" in kept ? [{ ...event, kept: { ...kept, claim: undefined } }] : []),
    ];
    for (const one of wrong) expect(readMovedEvent(one, TO), JSON.stringify(one)).toBeUndefined();
  }
  const seen = plain.find(({ type }) => type === "slot_seen")!;
  expect(readMovedEvent(seen, TO)).toMatchObject({
    claim: {
      site: "there",
      picks: [["b", 0.5]],
      assignments: [["exp", "bold", DAY, { p: 0.25, leaf: "new" }]],
    },
  });
});
