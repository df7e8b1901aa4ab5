import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import type { Whole } from "../../../src/core/customer/customer.ts";
import { buyAgain } from "../../../src/core/decide/strategy/buy-again.ts";
import { forYou } from "../../../src/core/decide/strategy/for-you.ts";
import { newOrder } from "../../../src/core/order/order.ts";
import { decodeView, encodeView, viewOf } from "../../../src/core/profile/view.ts";
import { DAY, item, NOW, person, sceneOf, worldOf } from "./scenes.ts";

/** Somebody who bought these items so many days ago. */
const buyer = (
  orders: readonly (readonly [daysAgo: number, ...items: string[]])[],
  change?: (one: Whole) => void,
) => {
  const one = person((profile) => {
    for (const [i, [daysAgo, ...items]] of orders.entries())
      profile.orders.set(`o${i}`, {
        ...newOrder("key"),
        shop: {
          at: NOW - daysAgo * DAY,
          digest: 1,
          minor: 500,
          currency: "EUR",
          lines: items.map((id) => [id, 1] as const),
        },
      });
  });
  change?.(one);
  return one;
};
const propose = (
  strategy: typeof forYou | typeof buyAgain,
  profile: Whole,
  world = worldOf(),
  cart?: string[],
) => {
  const scene = sceneOf(world, { profile, ...(cart ? { cart } : {}) });
  return strategy
    .propose({ scene, seeds: [], settings: DEFAULT_SETTINGS, limit: 50 })
    .map(({ ordinal, score, evidence }) => ({ id: world.catalog.items[ordinal]!.id, score, ...evidence }));
};

describe("buy_again", () => {
  test("by the person's own interval, whatever the shop says of the item, with the true number of days", () => {
    // Tea lasts 30 days, says the shop; this person needs it every 12. Nobody says anything of cups.
    expect(
      propose(
        buyAgain,
        buyer([
          [36, "tea", "cup"],
          [24, "tea"],
          [12, "tea"],
        ]),
      ),
    ).toEqual([{ id: "tea", score: 1.2, code: "buy_again", days: 12, whose: "own" }]);
    expect(
      propose(
        buyAgain,
        buyer([
          [62, "cup"],
          [31, "cup"],
        ]),
      ),
    ).toMatchObject([{ id: "cup", days: 31, whose: "own" }]);
  });

  test("bought once: what the shop says of the item", () => {
    expect(propose(buyAgain, buyer([[30, "tea", "cup"]]))).toMatchObject([
      { id: "tea", days: 30, whose: "item" },
    ]);
  });

  test.each([
    [84, 0],
    [85, 1],
    [150, 1],
    [250, 1],
    [560, 0],
  ])("%i days after a purchase that is made every hundred: %i proposed", (daysAgo, proposed) => {
    expect(
      propose(
        buyAgain,
        buyer([
          [daysAgo + 100, "cup"],
          [daysAgo, "cup"],
        ]),
      ),
    ).toHaveLength(proposed);
  });

  test("long overdue counts less than just due", () => {
    const late = propose(
      buyAgain,
      buyer([
        [130, "cup"],
        [100, "cup"],
        [110, "spoon"],
        [55, "spoon"],
      ]),
    );
    expect(late.map(({ id }) => id)).toEqual(["spoon", "cup"]);
    expect(late[1]!.score).toBeLessThan(0.5);
  });

  test("never what was refused, is in the cart, is a gift, hidden, returned, sensitive or gone", () => {
    const orders = [
      [60, "cup"],
      [30, "cup"],
    ] as const;
    for (const kind of ["not_this", "own_it", "gift"] as const)
      expect(
        propose(
          buyAgain,
          buyer(orders, (one) => one.profile.feedback.set("cup", { kind, at: NOW })),
        ),
      ).toEqual([]);
    expect(propose(buyAgain, buyer(orders), worldOf(), ["cup"])).toEqual([]);
    expect(propose(buyAgain, buyer(orders), worldOf({ items: [item("cup", { sensitive: true })] }))).toEqual(
      [],
    );
    expect(propose(buyAgain, buyer(orders), worldOf({ items: [item("spoon")] }))).toEqual([]);
    const returned = buyer(orders, (one) => {
      for (const [id, order] of one.orders)
        one.orders.set(id, { ...order, undone: [{ id, at: NOW, kind: "cancel", isTrusted: true }] });
    });
    expect(propose(buyAgain, returned)).toEqual([]);
  });

  test("orders all at one instant, in the future or without a moment make nothing due", () => {
    for (const days of [
      [9, 9, 9],
      [-40, -10],
      [NaN, NaN],
    ])
      expect(propose(buyAgain, buyer(days.map((day) => [day, "cup"] as const)))).toEqual([]);
  });
});

test("for_you: what is due stands before what recent looks lead to, each item once", () => {
  const profile = buyer(
    [
      [60, "cup"],
      [30, "cup"],
    ],
    (one) => {
      one.profile.recent = [{ item: "kettle", kind: "view", at: NOW - 1000 }];
    },
  );
  const list = propose(forYou, profile);
  expect(list[0]).toMatchObject({ id: "cup", code: "buy_again" });
  expect(list.slice(1).map(({ code }) => code)).not.toContain("buy_again");
  expect(list.length).toBeGreaterThan(1);
  expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
});

test("the history travels with the view", () => {
  const view = viewOf(
    buyer([
      [60, "cup"],
      [30, "cup", "tea"],
    ]),
    NOW,
  )!;
  const back = decodeView(encodeView(view)).history;
  expect([...back.items.keys()].sort()).toEqual(["cup", "tea"]);
  expect(back.items.get("cup")).toEqual(view.history.items.get("cup"));
});
