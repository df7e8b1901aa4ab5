import { describe, expect, test } from "vitest";
import { newOrder, tell, type Order } from "../../../../src/core/order/order.ts";
import { occurrencesOfOrders } from "../../../../src/core/segment/count/order-occurrences.ts";
import { completed, lookups, orderOf, refund } from "./orders.ts";

/** What is counted of orders: event, item, quantity, value in major units. */
const counted = (orders: readonly Order[]) =>
  occurrencesOfOrders(orders, lookups).map(({ event, attributes }) => [
    event,
    (attributes["item"] as { id?: string } | undefined)?.id ?? null,
    attributes["quantity"],
    attributes["value"],
  ]);

describe("orders as they stand", () => {
  const tea = {
    id: "1",
    at: 1_000,
    lines: [
      ["green", 2],
      ["kettle", 1],
    ] as const,
    minor: 8_000,
  };

  test("an order and each of its products, its worth parted by price", () => {
    expect(counted([orderOf(tea)])).toEqual([
      ["ordered", null, 3, 80],
      ["bought", "green", 2, 20],
      ["bought", "kettle", 1, 60],
    ]);
  });

  test("parts add up to the last cent", () => {
    const order = orderOf({
      id: "1",
      at: 1,
      lines: [
        ["green", 1],
        ["black", 1],
        ["white", 1],
      ],
      minor: 10_001,
    });
    const values = occurrencesOfOrders([order], lookups).map(({ value }) => value!.minor);
    expect(values[1]! + values[2]! + values[3]!).toBe(10_001);
    // A sixth, a third and a half: 1666.83, 3333.67 and 5000.5, each rounded together with those before it.
    expect(values.slice(1)).toEqual([1667, 3334, 5000]);
  });

  test("by pieces where a price is not known", () => {
    const order = orderOf({
      id: "1",
      at: 1,
      lines: [
        ["green", 1],
        ["gone", 3],
      ],
      minor: 400,
    });
    expect(counted([order])).toEqual([
      ["ordered", null, 4, 4],
      ["bought", "green", 1, 1],
      ["bought", "gone", 3, 3],
    ]);
  });

  test("what was returned leaves", () => {
    expect(counted([orderOf(tea, refund("1", 2_000, [["kettle", 1]]))])).toEqual([
      ["ordered", null, 2, 53.33],
      ["bought", "green", 2, 53.33],
    ]);
    expect(counted([orderOf(tea, refund("1", 2_000))])).toEqual([]);
  });

  test("a page and the shop that tell one order tell it once", () => {
    const both = tell(
      tell(newOrder("k"), completed(tea), false, true),
      { ...completed(tea), id: "s" },
      true,
      true,
    );
    expect(counted([both]).filter(([event]) => event === "ordered")).toHaveLength(1);
  });

  test("an order for nothing is one; a wholly returned one is none", () => {
    const gift = { id: "g", at: 1, lines: [["green", 1]] as const, minor: 0 };
    expect(counted([orderOf(gift)])).toEqual([
      ["ordered", null, 1, 0],
      ["bought", "green", 1, 0],
    ]);
    expect(counted([orderOf(gift, refund("g", 2))])).toEqual([]);
  });

  test("orders in another currency count, and have no value", () => {
    const orders = [
      orderOf({ id: "a", at: 1, lines: [["green", 1]], minor: 500, currency: "JPY" }),
      orderOf({ id: "b", at: 2, lines: [["green", 1]], minor: 1_000 }),
      orderOf({ id: "c", at: 3, lines: [["green", 1]], minor: 1_000 }),
    ];
    expect(counted(orders).filter(([event]) => event === "ordered")).toEqual([
      ["ordered", null, 1, null],
      ["ordered", null, 1, 10],
      ["ordered", null, 1, 10],
    ]);
    // Of two equally frequent ones the earlier.
    expect(counted(orders.slice(0, 2)).map(([, , , value]) => value)).toEqual([500, 500, null, null]);
  });

  test("what says nothing of the person is left out, and takes its worth along", () => {
    const hidden = { ...lookups, isOut: (item: string) => item === "kettle" };
    const found = occurrencesOfOrders([orderOf(tea)], hidden);
    expect(found.map(({ event, attributes }) => [event, attributes["value"]])).toEqual([
      ["ordered", 80],
      ["bought", 20],
    ]);
    expect(found[0]!.attributes["types"]).toEqual(["Tea > Green"]);
  });
});
