import { expect, test } from "vitest";
import type { Card } from "../../../src/core/card/card.ts";
import { gatherRfm } from "../../../src/core/insight/rfm-grid.ts";
import { rfmOf } from "../../../src/core/value/rfm.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";
import { customer } from "./people.ts";

const TODAY = 20_000;
const cuts = {
  quintiles: {
    recencyDays: [10, 20, 40, 80],
    orders: [2, 3, 4, 5],
    valueMinor: [1_000, 2_000, 3_000, 4_000],
  },
  quartiles: { recencyDays: [10, 20, 40], orders: [2, 3, 4], valueMinor: [1_000, 2_000, 3_000] },
} as const;
const gridOf = (cards: readonly Card[]) => {
  const gathered = gatherRfm({ rfm: cuts, currency: "EUR" }, TODAY);
  for (const card of cards) gathered.add(card, undefined);
  return gathered.finish();
};

test("each customer is in the cell of their own classes, and the cells part all", () => {
  const cards = Array.from({ length: 40 }, () => customer({}));
  const { purchases } = cards[0]!;
  const { recency, frequency } = rfmOf(purchases!, cuts, TODAY * DAY_MS);
  const grid = gridOf(cards);
  expect(grid.customers).toBe(40);
  expect(grid.cells).toHaveLength(25);
  const own = grid.cells.find((cell) => cell.recency === recency && cell.frequency === frequency);
  expect(own).toMatchObject({ customers: 40, revenuePerCustomer: { currency: "EUR" } });
  expect(grid.cells.filter((cell) => "customers" in cell && cell.customers > 0)).toHaveLength(1);
});

test("few customers, another currency, and no fit are not told", () => {
  expect(gridOf(Array.from({ length: 3 }, () => customer({}))).customers).toEqual({ withheld: true });
  const other = customer({});
  const foreign = { ...other, purchases: { ...other.purchases!, currency: "USD" } };
  expect(gridOf(Array.from({ length: 9 }, () => foreign)).customers).toBe(0);
  const none = gatherRfm(undefined, TODAY);
  for (let i = 0; i < 9; i++) none.add(customer({}), undefined);
  expect(none.finish().customers).toBe(0);
});
