import { newOrder, tell, type Order, type OrderEvent } from "../../../src/core/order/order.ts";
import { purchasesOf, type Purchases } from "../../../src/core/value/purchases.ts";
import { readShared } from "../../support/shared.ts";

export const DAY = 86_400_000;

/** Last day of the calibration period and of the 39 weeks after it. */
export const CALIBRATED = Date.UTC(1997, 8, 30) / DAY;
export const HELD_OUT = Date.UTC(1998, 5, 30) / DAY;

/** A line of CDNOW: one order. */
export type Row = {
  readonly customer: string;
  readonly day: number;
  readonly minor: number;
  readonly orderId: string;
};

/** Rows of all 23,570 customers (`master`) or of the 2,357 of the sample; `undefined` where the data are absent. */
export function cdnowRows(file: "master" | "sample"): Row[] | undefined {
  return readShared(`data/cdnow/CDNOW_${file}.txt`)
    ?.split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== undefined && /^\d+$/.test(first))
    .map((fields, i) => {
      const [customer, date, , dollars] = (file === "sample" ? fields.slice(1) : fields) as [
        string,
        string,
        string,
        string,
      ];
      const day = Date.UTC(+date.slice(0, 4), +date.slice(4, 6) - 1, +date.slice(6)) / DAY;
      return { customer, day, minor: Math.round(Number(dollars) * 100), orderId: `o${i}` };
    });
}

/** What a shop's system would send of a row. */
export const eventOf = ({ orderId, day, minor }: Row): OrderEvent =>
  ({
    type: "order_completed",
    id: `e-${orderId}`,
    digest: 1,
    orderId,
    at: day * DAY + DAY / 2,
    revenue: { minor, currency: "USD" },
    lines: [{ item: "cd", quantity: 1 }],
  }) as unknown as OrderEvent;

export const orderOf = (row: Row): Order => tell(newOrder(row.orderId), eventOf(row), true, true);

/** A customer of the sample as known at the end of the calibration period, and what came after it. */
export type SplitCustomer = {
  readonly before: Purchases;
  readonly ordersAfter: number;
  readonly minorAfter: number;
};

export function splitSample(until: number = HELD_OUT): SplitCustomer[] | undefined {
  const rows = cdnowRows("sample");
  if (!rows) return undefined;
  return [...Map.groupBy(rows, ({ customer }) => customer).values()].map((own) => {
    const after = own.filter(({ day }) => day > CALIBRATED && day <= until);
    return {
      before: purchasesOf(own.filter(({ day }) => day <= CALIBRATED).map(orderOf))!,
      ordersAfter: new Set(after.map(({ day }) => day)).size,
      minorAfter: after.reduce((sum, { minor }) => sum + minor, 0),
    };
  });
}
