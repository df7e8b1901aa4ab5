import { describe, expect, test } from "vitest";
import type { Fact } from "../../../../src/core/recommend/fact.ts";
import { countersOf, type Counter } from "../../../../src/core/recommend/learn/counter-row.ts";
import { viewersOf } from "../../../../src/core/recommend/learn/item-counts.ts";
import type { Model } from "../../../../src/core/recommend/learn/model.ts";
import { sessionsIn } from "../../../../src/core/recommend/learn/session-ring.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import { ROW_NAMES, type RowName } from "../../../../src/core/recommend/settings.ts";
import { buys, DAY, NOON, people, taught, views } from "../facts.ts";

const GUARDED = { isGuarded: true };
const guarded = (facts: readonly Fact[], settings: object = {}) => taught(facts, { ...GUARDED, ...settings });

/** The same facts, told by a page. */
const byPage = (facts: readonly Fact[], network?: number): Fact[] =>
  facts.map((fact) => ({ ...fact, trust: "page", ...(network === undefined ? {} : { network }) }));
const signedIn = (facts: readonly Fact[], network?: number): Fact[] =>
  byPage(facts, network).map((fact) => ({ ...fact, trust: "person" }));

function pair(model: Model, row: RowName, id: string, other: string): Counter | undefined {
  const counters = countersOf(model.rows[row], model.indexOf.get(id)!);
  return counters.find((one) => model.ids[one.item] === other);
}
const toldPairs = (model: Model, row: RowName, minCustomers = 5) =>
  publish(model, { minCustomers, version: 1, now: NOON }).rows[row].neighbours.length;

describe("what an act weighs", () => {
  test("is more for the shop's word than for a customer's, and least for a page's", () => {
    const weight = (facts: readonly Fact[]) => pair(guarded(facts), "coVisit", "a", "b")!.weight;
    const acts = views("ann", ["a", "b"]);
    const [shop, person, page] = [weight(acts), weight(signedIn(acts)), weight(byPage(acts))];
    expect(shop).toBeGreaterThan(person);
    expect(person).toBeGreaterThan(page);
    expect(page).toBeGreaterThan(0);
  });

  test("is the same without a guard, wherever it comes from", () => {
    const acts = views("ann", ["a", "b"]);
    expect(pair(taught(byPage(acts, 7)), "coVisit", "a", "b")).toEqual(
      pair(taught(acts), "coVisit", "a", "b"),
    );
  });

  test("is once a day and pair for a person, however many visits they make", () => {
    const day = [1, 2, 3].flatMap((session) => views("ann", ["a", "b"], session, NOON + session * 3_600_000));
    expect(pair(guarded(day), "coVisit", "a", "b")).toMatchObject({ times: 1 });
    const days = [1, 2, 3].flatMap((session) => views("ann", ["a", "b"], session, NOON + session * DAY));
    expect(pair(guarded(days), "coVisit", "a", "b")).toMatchObject({ times: 3, customers: 1 });
  });

  test("of a view and of a purchase after it are told apart: both count on one day", () => {
    const model = guarded([...views("ann", ["cheap", "dear"]), buys("ann", ["dear"])]);
    expect(pair(model, "tradeUp", "cheap", "dear")).toMatchObject({ times: 1 });
  });
});

describe("a network", () => {
  // A counter keeps a byte of each label; these five differ in theirs.
  const visitors = (n: number, network: (i: number) => number) =>
    people(n).flatMap((who, i) => byPage(views(who, ["a", "b"]), network(i)));

  test("is one supporter, however many cookies it has", () => {
    const model = guarded(visitors(10_000, () => 7));
    expect(pair(model, "coVisit", "a", "b")).toMatchObject({ times: 1, customers: 1 });
    expect([model.counts.visits[0], viewersOf(model.counts, 0)]).toEqual([1, 1]);
    expect(publish(model, { minCustomers: 3, version: 1, now: NOON }).items).toEqual([]);
  });

  test("beside four others is the fifth: their pair is told with its first act", () => {
    const four = visitors(4, (i) => i + 1);
    expect(toldPairs(guarded(four), "coVisit")).toBe(0);
    const fifth = byPage(views("the fifth", ["a", "b"]), 5);
    expect(toldPairs(guarded([...four, ...fifth]), "coVisit")).toBeGreaterThan(0);
  });

  test("does not make one visitor several: who goes about stays who they were", () => {
    const roaming = [1, 2, 3, 4, 5, 6].flatMap((network) =>
      byPage(views("ann", ["a", "b"], network, NOON + network * DAY), network),
    );
    expect(pair(guarded(roaming), "coVisit", "a", "b")).toMatchObject({ times: 6, customers: 1 });
  });

  test("that sends a crowd teaches nothing more, until somebody of it comes back", () => {
    const crowd = people(25).flatMap((who, i) => byPage(views(who, [`x-${i}`, `y-${i}`]), 7));
    const model = guarded(crowd);
    expect(pair(model, "coVisit", "x-19", "y-19")).toBeDefined();
    expect(pair(model, "coVisit", "x-20", "y-20")).toBeUndefined();
    const back = byPage(views("person-24", ["x-24", "y-24"], 2, NOON + 3_600_000), 7);
    expect(pair(guarded([...crowd, ...back]), "coVisit", "x-24", "y-24")).toBeDefined();
  });

  test("fills no ring of recent sessions, and no table of what was said today", () => {
    const flood = people(3_000).flatMap((who, i) => byPage(views(who, [`x-${i}`, "top", `y-${i}`]), 7));
    const model = guarded(flood);
    expect(sessionsIn(model.sessions)).toBe(20);
    expect(model.guard!.said.size).toBeLessThan(400);
    const oneCookie = Array.from({ length: 3_000 }, (_, i) =>
      byPage(views("cookie", [`x-${i}`, `y-${i}`], i, NOON - i * 60_000), 7),
    ).flat();
    expect(sessionsIn(guarded(oneCookie).sessions)).toBeLessThanOrEqual(500);
  });

  test("that is unknown leaves people to count for themselves", () => {
    const model = guarded(people(5).flatMap((who) => byPage(views(who, ["a", "b"]))));
    expect(pair(model, "coVisit", "a", "b")).toMatchObject({ times: 5, customers: 5 });
  });

  test("counts customers who signed in as themselves, and still a pair once a day", () => {
    const day = people(5).flatMap((who, i) => signedIn(views(who, ["a", "b"], 1, NOON + i), 7));
    expect(pair(guarded(day), "coVisit", "a", "b")).toMatchObject({ times: 1, customers: 1 });
    const week = people(5).flatMap((who, i) => signedIn(views(who, ["a", "b"], 1, NOON + i * DAY), 7 + i));
    expect(pair(guarded(week), "coVisit", "a", "b")).toMatchObject({ times: 5, customers: 5 });
  });

  test("remembered ones are bounded", () => {
    const many = Array.from({ length: 50_500 }, (_, i) => byPage(views(`p-${i}`, ["a"]), i + 1)).flat();
    expect(guarded(many).guard!.networks.size).toBe(50_000);
  });
});

describe("baskets", () => {
  const told = (n: number, network: (i: number) => number) =>
    people(n).flatMap((who, i) => byPage([buys(who, ["a", "b"])], network(i)));

  test("that only a page tells tie nothing and sell nothing, once the shop tells of orders", () => {
    const model = guarded([buys("ann", ["x", "y"]), ...told(50, (i) => i + 1)]);
    expect(pair(model, "coPurchase", "a", "b")).toBeUndefined();
    expect([model.baskets, model.counts.buyers[model.indexOf.get("a")!]]).toEqual([1, 0]);
  });

  test("of pages are all there is in a shop that tells of none: a network is one buyer there", () => {
    const crowd = guarded(told(10_000, () => 7));
    expect(pair(crowd, "coPurchase", "a", "b")).toMatchObject({ times: 1, customers: 1 });
    expect(toldPairs(crowd, "coPurchase", 3)).toBe(0);
    expect(pair(guarded(told(5, (i) => i + 1)), "coPurchase", "a", "b")).toMatchObject({ times: 5 });
  });

  test("count more of people who bought on earlier days", () => {
    const weightAfter = (days: number) => {
      const past = Array.from({ length: days }, (_, i) => buys("ann", [`old-${i}`], NOON - (i + 1) * DAY));
      return pair(guarded([...past.toReversed(), buys("ann", ["a", "b"])]), "coPurchase", "a", "b")!.weight;
    };
    const weights = [0, 1, 2, 3].map(weightAfter);
    expect(weights[0]).toBeLessThan(weights[1]!);
    expect(weights[1]).toBeLessThan(weights[2]!);
    expect(weights[3]).toBe(weights[2]);
  });

  test("of two items speak no louder than usual ones", () => {
    const items = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    const weightIn = (size: number) =>
      pair(guarded([buys("ann", items.slice(0, size))]), "coPurchase", "a", "b")!.weight;
    expect(weightIn(2)).toBe(weightIn(5));
  });

  test("of one person, ten thousand on a day, are one", () => {
    const day = Array.from({ length: 10_000 }, (_, i) => buys("ann", ["a", "b"], NOON + i));
    expect(pair(guarded(day), "coPurchase", "a", "b")).toMatchObject({ times: 1, customers: 1 });
  });

  test("of newcomers alone weigh next to nothing beyond the item's pace, and support it all the same", () => {
    const day = (n: number) => people(n).map((who) => buys(who, ["a", "b"]));
    const [few, many] = [5, 500].map((n) => pair(guarded(day(n)), "coPurchase", "a", "b")!);
    expect(many!.weight).toBeLessThan(few!.weight * 1.02);
    expect([few!.customers, many!.customers]).toEqual([5, 5]);
  });

  test("of the past that come person by person count in full", () => {
    const past = people(30).flatMap((who) =>
      [0, 1, 2].map((i) => buys(who, ["a", "b"], NOON - (90 - 30 * i) * DAY)),
    );
    const inOrder = past.toSorted((x, y) => x.at - y.at);
    const [imported, live] = [past, inOrder].map((facts) => pair(guarded(facts), "coPurchase", "a", "b")!);
    expect(imported!.weight).toBeGreaterThanOrEqual(live!.weight);
  });
});

describe("a guarded model", () => {
  const facts = people(40).flatMap((who, i) => [
    ...byPage(views(who, ["a", "b", `c-${i % 7}`], 1, NOON + i * 60_000), i % 9),
    ...signedIn(views(who, ["b", "d"], 2, NOON + DAY + i), 3),
    buys(who, ["a", `c-${i % 7}`], NOON + DAY + i * 1_000),
  ]);
  const told = (model: Model) => {
    const { rows, items, visits } = publish(model, { minCustomers: 1, version: 1, now: NOON });
    return { rows, items, visits };
  };

  test("is the same again from the same facts", () => {
    expect(told(guarded(facts))).toEqual(told(guarded(facts)));
  });

  test("stays whole when items are forgotten", () => {
    const flood = Array.from({ length: 2_000 }, (_, i) => views(`bot-${i}`, [`fake-${i}`])[0]!);
    const model = guarded(
      [...facts, ...flood, ...facts.map((fact) => ({ ...fact, at: fact.at + 2 * DAY }))],
      {
        itemsMax: 200,
      },
    );
    expect(model.ids.length).toBeLessThanOrEqual(200);
    const { rows } = told(model);
    for (const name of ROW_NAMES) expect(rows[name].scales.every(Number.isFinite)).toBe(true);
    expect(pair(model, "coPurchase", "a", "c-1")).toBeDefined();
  });

  test("takes moments that jump or go backwards without a broken number", () => {
    const moments = [NOON, NOON - 900 * DAY, 0, 253_402_300_799_999, NOON, -1e15, NOON + DAY];
    const model = guarded(
      moments.flatMap((at, i) => [
        ...byPage(views(`p-${i}`, ["a", "b"], 1, at), i + 1),
        buys(`p-${i}`, ["a", "b"], at),
      ]),
    );
    const counters = countersOf(model.rows.coPurchase, model.indexOf.get("a")!);
    expect(counters.every(({ weight }) => Number.isFinite(weight))).toBe(true);
  });
});
