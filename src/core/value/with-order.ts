import type { Order } from "../order/order.ts";
import { paid, plus, purchasesOf, sumsOf, type OrderSums, type Paid, type Purchases } from "./purchases.ts";

/**
 * Purchases after one order changed, from the purchases before and that order alone, however many others there are.
 * `"recount"` where the others have to be asked: an order that arrives late, among days that may have one already; an order
 * undone or moved to another day; a change that may make another currency the customer's. The result is then
 * `purchasesOf` of all orders, and otherwise it equals that.
 * @param before the order as it was; `undefined`: it is new, or was not this customer's
 * @example withOrder(undefined, undefined, order) // purchasesOf([order])
 */
export function withOrder(
  purchases: Purchases | undefined,
  before: Order | undefined,
  after: Order,
): Purchases | undefined | "recount" {
  const was = before && paid(before);
  const is = paid(after);
  if (!is) return was ? "recount" : purchases;
  if (!purchases) return was ? "recount" : purchasesOf([after]);
  return was ? changed(purchases, was, is) : added(purchases, is);
}

/** Whether no other currency can have as many orders, whichever of the orders left out are of it. */
const leads = ({ orders }: Purchases, leftOut: number): boolean => leftOut < orders;

function added(purchases: Purchases, is: Paid): Purchases | "recount" {
  if (is.standing.currency !== purchases.currency) {
    const leftOut = purchases.leftOut + 1;
    return leads(purchases, leftOut) ? { ...purchases, leftOut } : "recount";
  }
  const days = withDay(purchases, is);
  return days === "recount" ? days : { ...purchases, ...days, ...plus(purchases, sumsOf(is), 1) };
}

type Days = Omit<Purchases, "currency" | "leftOut" | keyof OrderSums>;

function withDay(purchases: Purchases, { day, net }: Paid): Days | "recount" {
  const { firstDay, lastDay, repeats, firstMinor, repeatMinor } = purchases;
  const days = { firstDay, lastDay, repeats, firstMinor, repeatMinor };
  if (day === firstDay) return { ...days, firstMinor: firstMinor + net };
  if (day === lastDay) return { ...days, repeatMinor: repeatMinor + net };
  if (day < firstDay)
    return {
      ...days,
      firstDay: day,
      repeats: repeats + 1,
      firstMinor: net,
      repeatMinor: repeatMinor + firstMinor,
    };
  // With one repeat, all days with an order are known: the first and the last.
  if (day < lastDay && repeats > 1) return "recount";
  return { ...days, lastDay: Math.max(day, lastDay), repeats: repeats + 1, repeatMinor: repeatMinor + net };
}

function changed(purchases: Purchases, was: Paid, is: Paid): Purchases | "recount" {
  const { currency } = was.standing;
  if (is.standing.currency !== currency || is.day !== was.day) return "recount";
  // Among currencies with as many orders the earlier one is the customer's.
  if (is.standing.at !== was.standing.at && !leads(purchases, purchases.leftOut)) return "recount";
  if (currency !== purchases.currency) return purchases;
  const more = is.net - was.net;
  const isFirst = is.day === purchases.firstDay;
  return {
    ...purchases,
    firstMinor: purchases.firstMinor + (isFirst ? more : 0),
    repeatMinor: purchases.repeatMinor + (isFirst ? 0 : more),
    ...plus(plus(purchases, sumsOf(was), -1), sumsOf(is), 1),
  };
}
