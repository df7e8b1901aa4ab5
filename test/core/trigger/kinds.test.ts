import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/core/primitives/time.ts";
import { joinTriggerState } from "../../../src/core/trigger/join-state.ts";
import type { Happening } from "../../../src/core/trigger/happening.ts";
import { happening, live, moment, triggersOf, type Standing, type Turn } from "./living.ts";

const START = moment("2027-01-13T12:00:00Z");
/** Minutes after the start. */
const min = (minutes: number) => START + minutes * MINUTE_MS;
const tea = { item: { id: "green", type: "Tea > Green" } };
const on = (...happenings: Happening[]): Turn => ({
  at: Math.max(...happenings.map((one) => one.at)),
  brings: { happenings },
});
const firedAt = (written: object, turns: readonly Turn[], standing: Standing = {}, hours = 24 * 20) =>
  live(triggersOf([written]), turns, START + hours * HOUR_MS, { standing }).fired.map(
    ({ at }) => (at - START) / MINUTE_MS,
  );

describe("an event", () => {
  const view = { on: { when: "event", event: "product_viewed" } };

  test("that is told late still counts for a day, and then no longer", () => {
    const late = (minutes: number): Turn => ({
      at: min(minutes),
      brings: { happenings: [happening("product_viewed", "v", START)] },
    });
    expect(firedAt(view, [late(24 * 60)])).toEqual([24 * 60]);
    expect(firedAt(view, [late(24 * 60 + 1)])).toEqual([]);
  });

  test("only where it is of the kind asked for", () => {
    const where = { on: { ...view.on, where: { "item.type": { $regex: "^Coffee" } } } };
    expect(firedAt(where, [on(happening("product_viewed", "v", START, tea))])).toEqual([]);
  });

  test("waits in no more places than there are", () => {
    const many = Array.from({ length: 50 }, (_, i) => on(happening("product_viewed", `v${i}`, min(i))));
    const { state, fired } = live(triggersOf([{ ...view, delayMinutes: 600 }]), many, min(700));
    expect(fired).toHaveLength(20);
    expect(state.memory[0]![1].known).toHaveLength(20);
  });

  test("told again long after others came is still known", () => {
    const many = Array.from({ length: 50 }, (_, i) => on(happening("product_viewed", `v${i}`, min(i))));
    const again: Turn = {
      at: min(60),
      brings: { happenings: many.flatMap(({ brings }) => brings?.happenings ?? []) },
    };
    expect(firedAt(view, [...many, again])).toHaveLength(50);
  });

  test("of a trigger that is switched off sets nothing off, also later", () => {
    expect(firedAt({ ...view, enabled: false }, [on(happening("product_viewed", "v", START))])).toEqual([]);
  });
});

describe("a sequence", () => {
  const steps = {
    on: {
      when: "sequence",
      steps: [{ event: "products_searched" }, { event: "product_viewed" }, { event: "product_added" }],
      withinMinutes: 60,
    },
  };
  const search = (minutes: number) => happening("products_searched", `s${minutes}`, min(minutes));
  const view = (minutes: number) => happening("product_viewed", `v${minutes}`, min(minutes));
  const add = (minutes: number) => happening("product_added", `a${minutes}`, min(minutes));

  test.each<[string, Happening[], number[]]>([
    ["in order", [search(0), view(10), add(20)], [20]],
    ["with others between", [search(0), view(5), search(6), view(10), view(12), add(20)], [20]],
    ["in another order", [view(0), search(10), add(20)], []],
    ["in just the time", [search(0), view(10), add(60)], [60]],
    ["in more than the time", [search(0), view(10), add(61)], []],
    ["from a later beginning in time", [search(0), view(10), search(30), view(40), add(80)], [80]],
    ["twice", [search(0), view(1), add(2), search(3), view(4), add(5)], [2, 5]],
    ["once for what is used up", [search(0), view(1), add(2), add(3), view(4), add(5)], [2]],
    [
      "through many that are the same",
      [search(0), view(1), ...Array.from({ length: 40 }, (_, i) => search(2 + i / 2)), add(50)],
      [50],
    ],
  ])("%s", (_what, happenings, expected) => {
    expect(
      firedAt(
        steps,
        happenings.map((one) => on(one)),
      ),
    ).toEqual(expected);
    expect(firedAt(steps, [on(...happenings)])).toHaveLength(expected.length);
  });

  test("is found though its middle arrives last", () => {
    const late: Turn = { at: min(30), brings: { happenings: [view(10)] } };
    expect(firedAt(steps, [on(search(0)), on(add(20)), late])).toEqual([30]);
  });

  test("takes one event for one step", () => {
    const twice = {
      on: {
        when: "sequence",
        steps: [{ event: "page_viewed" }, { event: "page_viewed" }],
        withinMinutes: 60,
      },
    };
    const page = (minutes: number) => happening("page_viewed", `p${minutes}`, min(minutes));
    expect(firedAt(twice, [on(page(0))])).toEqual([]);
    expect(firedAt(twice, [on(page(0)), on(page(0)), on(page(5))])).toEqual([5]);
  });

  test("is not made of what was used up and is told again", () => {
    const again: Turn = { at: min(3), brings: { happenings: [search(0), view(1)] } };
    expect(firedAt(steps, [on(search(0)), on(view(1)), on(add(2)), again, on(add(5))])).toEqual([2]);
  });

  test("may ask for the same thing more than once", () => {
    const page = (minutes: number) => happening("page_viewed", `p${minutes}`, min(minutes));
    const thrice = [{ event: "page_viewed" }, { event: "page_viewed" }, { event: "product_added" }];
    const written = { on: { when: "sequence", steps: thrice, withinMinutes: 60 } };
    expect(firedAt(written, [on(page(0)), on(page(1)), on(add(2))])).toEqual([2]);
    expect(firedAt(written, [on(page(0)), on(add(2))])).toEqual([]);
  });

  test("is not made of what a file tells", () => {
    const file: Turn = { at: min(15), brings: { isHistorical: true, happenings: [search(0), view(10)] } };
    expect(firedAt(steps, [file, on(add(20))])).toEqual([]);
  });
});

describe("an absence", () => {
  const absence = {
    on: { when: "absence", after: { event: "checkout_started" }, without: { event: "ordered" }, minutes: 60 },
  };
  const checkout = (minutes: number) => happening("checkout_started", `c${minutes}`, min(minutes));
  const ordered = (minutes: number) => happening("ordered", `o${minutes}`, min(minutes));

  test.each<[string, Turn[], number[]]>([
    ["counts from the last time", [on(checkout(0)), on(checkout(50))], [110]],
    ["is ended by what was waited for", [on(checkout(0)), on(ordered(59))], []],
    ["is not ended by what came before", [on(ordered(0)), on(checkout(1))], [61]],
    ["is over when it has fired", [on(checkout(0)), on(ordered(90)), on(checkout(100))], [60, 160]],
    ["is ended by what came at the same moment", [on(checkout(0), ordered(0))], []],
    [
      "is ended by what arrived before it",
      [on(ordered(10)), { at: min(11), brings: { happenings: [checkout(5)] } }],
      [],
    ],
    [
      "is ended by what a file tells",
      [on(checkout(0)), { at: min(30), brings: { isHistorical: true, happenings: [ordered(20)] } }],
      [],
    ],
  ])("%s", (_what, turns, expected) => {
    expect(firedAt(absence, turns)).toEqual(expected);
  });

  test("is ended until the delay is over as well", () => {
    const delayed = { ...absence, delayMinutes: 30 };
    expect(firedAt(delayed, [on(checkout(0)), on(ordered(80))])).toEqual([]);
    expect(firedAt(delayed, [on(checkout(0)), on(ordered(91))])).toEqual([90]);
  });

  test("of two records that turn out to be one person counts from the later", () => {
    const compiled = triggersOf([absence]);
    const [a, b] = [0, 30].map((minutes) => live(compiled, [on(checkout(minutes))], min(minutes)).state);
    for (const state of [joinTriggerState(a!, b!), joinTriggerState(b!, a!)])
      expect(live(compiled, [{ at: min(31) }], min(300), { state }).fired.map(({ at }) => at)).toEqual([
        min(90),
      ]);
  });

  test("of a second visit after the first", () => {
    const visit = { event: "page_viewed" };
    const quiet = { on: { when: "absence", after: visit, without: visit, minutes: 60 } };
    const page = (minutes: number) => happening("page_viewed", `p${minutes}`, min(minutes));
    expect(firedAt(quiet, [on(page(0)), on(page(30)), on(page(120))])).toEqual([90, 180]);
  });
});

describe("a cart left behind", () => {
  const abandoned = { on: { when: "cart_abandoned", minutes: 60 } };
  const cart = (minutes: number, isEmpty = false): Turn => ({
    at: min(minutes),
    sets: { cart: { at: min(minutes), isEmpty } },
  });
  const order = (minutes: number): Turn => ({ at: min(minutes), sets: { lastOrderAt: min(minutes) } });

  test.each<[string, Turn[], number[]]>([
    ["with no further event", [cart(0)], [60]],
    ["an hour after the last change", [cart(0), cart(40)], [100]],
    ["again when it changes after that", [cart(0), cart(200)], [60, 260]],
    ["not when it was emptied", [cart(0), cart(40, true)], []],
    ["not when it was ordered", [cart(0), order(40)], []],
    ["not when it was ordered at that very moment", [cart(0), order(0)], []],
    ["also when something else was ordered before", [order(0), cart(1)], [61]],
  ])("%s", (_what, turns, expected) => {
    expect(firedAt(abandoned, turns)).toEqual(expected);
  });

  test("days ago is no news to a trigger that is new", () => {
    expect(
      firedAt(abandoned, [{ at: min(2 * 24 * 60), sets: { cart: { at: START, isEmpty: false } } }]),
    ).toEqual([]);
  });

  test("is not looked at where it may not be", () => {
    expect(firedAt(abandoned, [cart(0), { at: min(30), sets: { cart: undefined } }])).toEqual([]);
  });
});

describe("news of the shelf", () => {
  const drop = (share: number, version = 7): Turn => ({
    at: START,
    brings: { shelf: [{ kind: "price_drop", item: "green", share, version }] },
  });
  const cheaper = { on: { when: "price_drop", atLeast: 0.1, interest: ["carted", "wished"], days: 10 } };
  const interest = (known: ReturnType<NonNullable<Standing["interestIn"]>>): Standing => ({
    interestIn: () => known,
    onShelf: () => ({ isAvailable: true, priceMinor: 800 }),
  });

  test.each<[string, ReturnType<NonNullable<Standing["interestIn"]>>, number]>([
    ["who wished for it", { wished: START - DAY_MS }, 1],
    ["who only looked at it", { viewed: START - DAY_MS }, 0],
    ["whose interest is too old", { carted: START - 10 * DAY_MS }, 0],
    ["who bought it since", { carted: START - 2 * DAY_MS, bought: START - DAY_MS }, 0],
    ["who bought it before and wants it again", { carted: START - DAY_MS, bought: START - 2 * DAY_MS }, 1],
    ["who never heard of it", {}, 0],
    ["who hid it", undefined, 0],
  ])("is for somebody %s: %#", (_who, known, times) => {
    expect(firedAt(cheaper, [drop(0.1)], interest(known))).toHaveLength(times);
  });

  test("is not made of a smaller fall", () => {
    expect(firedAt(cheaper, [drop(0.09)], interest({ wished: START - DAY_MS }))).toEqual([]);
  });

  test("is dropped where the price rose again, or the product is gone", () => {
    const waiting = { ...cheaper, delayMinutes: 60 };
    const wished = interest({ wished: START - DAY_MS });
    const then = (known: ReturnType<NonNullable<Standing["onShelf"]>>): Turn => ({
      at: min(30),
      sets: { onShelf: () => known },
    });
    expect(firedAt(waiting, [drop(0.2), then({ isAvailable: true, priceMinor: 700 })], wished)).toEqual([60]);
    expect(firedAt(waiting, [drop(0.2), then({ isAvailable: true, priceMinor: 801 })], wished)).toEqual([]);
    expect(firedAt(waiting, [drop(0.2), then(undefined)], wished)).toEqual([]);
  });

  test("of many products at once sets off no flood, whoever tells it again", () => {
    const shelf = Array.from({ length: 60 }, (_, i) => ({
      kind: "price_drop" as const,
      item: `i${i}`,
      share: 0.5,
      version: 9,
    }));
    const told: Turn[] = [0, 5, 70].map((minutes) => ({ at: min(minutes), brings: { shelf } }));
    expect(
      firedAt({ ...cheaper, delayMinutes: 60 }, told, interest({ wished: START - DAY_MS })),
    ).toHaveLength(20);
  });
});

describe("something that runs out", () => {
  const due = { on: { when: "replenishment_due", daysBefore: 3 } };
  const item = (name: string, boughtDaysAgo: number, inDays: number) => ({
    item: name,
    boughtAt: START - boughtDaysAgo * DAY_MS,
    dueAt: START + inDays * DAY_MS,
  });
  const DAY = 24 * 60;

  test("fires for each product, days before", () => {
    const sets: Standing = { due: () => [item("tea", 20, 10), item("filters", 30, 5)] };
    expect(firedAt(due, [{ at: START, sets }])).toEqual([2 * DAY, 7 * DAY]);
  });

  test("fires once for a purchase, though it is reckoned anew", () => {
    const later: Turn = { at: min(8 * DAY), sets: { due: () => [item("tea", 20, 15)] } };
    expect(firedAt(due, [{ at: START, sets: { due: () => [item("tea", 20, 10)] } }, later])).toEqual([
      7 * DAY,
    ]);
    const again: Turn = { at: min(8 * DAY), sets: { due: () => [item("tea", -6, 15)] } };
    expect(firedAt(due, [{ at: START, sets: { due: () => [item("tea", 20, 10)] } }, again])).toEqual([
      7 * DAY,
      12 * DAY,
    ]);
  });

  test("that is due for more than a week is left alone", () => {
    expect(firedAt(due, [{ at: START, sets: { due: () => [item("tea", 60, -3)] } }])).toEqual([0]);
    expect(firedAt(due, [{ at: START, sets: { due: () => [item("tea", 60, -5)] } }])).toEqual([]);
  });
});

describe("a first purchase", () => {
  const first = { on: { when: "first_purchase_in", where: { type: { $regex: "^Tea" } } } };
  const bought = (id: string, minutes: number, attributes: object = tea) =>
    happening("bought", id, min(minutes), attributes as typeof tea);
  const turn = (all: readonly Happening[], ...fresh: Happening[]): Turn => ({
    ...on(...fresh),
    sets: { purchases: () => all },
  });

  test("is one, though several products of the order are of the selection", () => {
    const [green, black] = [bought("o1|green", 0), bought("o1|black", 0)];
    expect(firedAt(first, [turn([black, green], green, black)])).toEqual([0]);
  });

  test("is none where files tell of an earlier one", () => {
    const [old, green] = [bought("o0|green", -90 * 24 * 60), bought("o1|green", 0)];
    expect(firedAt(first, [turn([old, green], green)])).toEqual([]);
  });

  test("is not changed by purchases of other things", () => {
    const [kettle, green] = [
      bought("o0|kettle", -60, { item: { id: "kettle", type: "Kitchen" } }),
      bought("o1|green", 0),
    ];
    expect(firedAt(first, [turn([kettle], kettle), turn([kettle, green], green)])).toEqual([0]);
  });

  test("comes after one that was cancelled before anything was said", () => {
    const [one, two] = [bought("o1|green", 0), bought("o2|green", 200)];
    const cancelled: Turn = { at: min(30), sets: { purchases: () => [] } };
    const delayed = { ...first, delayMinutes: 60 };
    expect(firedAt(delayed, [turn([one], one), cancelled, turn([two], two)])).toEqual([260]);
  });
});

describe("a life event", () => {
  const move = { on: { when: "life_event", kind: "move", confidence: 0.9 } };
  const life = (confidence: number, since: number): Standing => ({
    life: [{ kind: "move", isDeclared: confidence === 1, confidence, since, until: since + 90 * DAY_MS }],
  });

  test("counts when it becomes sure enough, however long that took", () => {
    const days = [0, 1, 2, 3, 4, 5].map((day): Turn => ({
      at: min(day * 24 * 60),
      sets: life(0.8 + day * 0.03, START),
    }));
    expect(firedAt(move, days)).toEqual([4 * 24 * 60]);
  });

  test("that was so before anybody looked sets nothing off", () => {
    expect(firedAt(move, [{ at: START, sets: life(0.95, START - 30 * DAY_MS) }])).toEqual([]);
    expect(firedAt(move, [{ at: START, sets: life(1, START - HOUR_MS) }])).toEqual([0]);
  });

  test("that fades and comes back is another one", () => {
    const turns: Turn[] = [
      { at: START, sets: life(0.95, START) },
      { at: min(60), sets: { life: [] } },
      { at: min(3 * 24 * 60), sets: life(0.95, min(3 * 24 * 60)) },
    ];
    expect(firedAt(move, turns)).toEqual([0, 3 * 24 * 60]);
  });
});

test("a trigger that becomes one of another kind starts anew, and stays fired", () => {
  const compiled = (when: object, once: boolean) => triggersOf([{ id: "one", on: when, once }]);
  const turn = on(happening("page_viewed", "p", START));
  const before = live(compiled({ when: "event", event: "page_viewed" }, false), [turn], min(1));
  expect(before.fired).toHaveLength(1);
  const dropped: Turn = {
    at: min(5),
    brings: { shelf: [{ kind: "back_in_stock", item: "green", share: 0, version: 3 }] },
  };
  const after = (once: boolean) =>
    live(compiled({ when: "back_in_stock" }, once), [dropped], min(9), {
      state: before.state,
      standing: { interestIn: () => ({ viewed: START }) },
    }).fired;
  expect(after(false)).toHaveLength(1);
  expect(after(true)).toEqual([]);
});

test("a trigger that was away for a while remembers that it fired", () => {
  const one = triggersOf([{ id: "one", on: { when: "event", event: "page_viewed" }, once: true }]);
  const other = triggersOf([{ id: "other", on: { when: "event", event: "cart_viewed" } }]);
  const page = (minutes: number) => on(happening("page_viewed", `p${minutes}`, min(minutes)));
  const first = live(one, [page(0)], min(1));
  const away = live(other, [page(5)], min(6), { state: first.state });
  const back = live(one, [page(10)], min(11), { state: away.state });
  expect([first, away, back].map(({ fired }) => fired.length)).toEqual([1, 0, 0]);
});
