import * as v from "valibot";
import { Line } from "../event/event.ts";
import { parseWith } from "../problem/parse.ts";
import { itemRefOf } from "./item-ref.ts";
import { said, type MappedEvent, type Mapper } from "./mapper.ts";
import { orderMoment } from "./order-moment.ts";
import type { RowFields } from "./row-fields.ts";

const STATUSES = {
  bought: [
    "completed",
    "complete",
    "paid",
    "fulfilled",
    "shipped",
    "delivered",
    "closed",
    "processing",
    "open",
  ],
  returned: ["refunded", "returned", "return", "refund"],
  cancelled: ["cancelled", "canceled", "voided"],
  not_yet: ["pending", "draft", "failed", "abandoned", "expired"],
} as const;
const WORDS = Object.values(STATUSES).flat();
const CHANNELS = ["web", "app", "store", "phone", "marketplace"] as const;
const MONEY = ["revenue", "total", "shipping", "tax", "discount"] as const;

type Part = {
  readonly line: v.InferOutput<typeof Line>;
  readonly isReturned: boolean;
  readonly isSold: boolean;
};

/**
 * Orders: one row each with `lines` as JSON, or one row per line, which are put together by order id. A status or a
 * negative quantity tells returns: a returned row was sold before, a negative one only says what came back.
 */
export const orders: Mapper = {
  kind: "orders",
  groupBy: "orderId",
  fields: [
    "orderId",
    "updatedAt",
    "refundedAt",
    "refundId",
    "refundAmount",
    "status",
    "channel",
    "coupon",
    "currency",
    ...MONEY,
    "lines",
    "item",
    "sku",
    "gtin",
    "group",
    "url",
    "quantity",
    "price",
    "lineTotal",
  ],
  map(rows) {
    const [first] = rows;
    const orderId = first.need("orderId", first.id("orderId"));
    const placedAt = first.need("at", first.moment("at"));
    const parts = rows.flatMap((row) => partsOf(row));
    if (rows.some((row) => row.problem) || orderId === undefined || placedAt === undefined) return [];
    const told = new Set(rows.map((row) => meaning(row)));
    if (told.has("not_yet")) return [];
    const changedAt = first.moment("updatedAt");
    const money = Object.fromEntries(MONEY.map((field) => [field, first.money(field)]));
    const isRefundOnly =
      (parts.length > 0 && parts.every((part) => !part.isSold)) ||
      (money["revenue"]?.minor ?? 0) < 0 ||
      (money["total"]?.minor ?? 0) < 0;
    const events: MappedEvent[] = [];
    if (!isRefundOnly) {
      const completed = said({
        type: "order_completed",
        orderId,
        ...money,
        coupon: first.text("coupon", 128),
        channel: first.word("channel", CHANNELS),
        lines: parts.filter((part) => part.isSold).map((part) => part.line),
      });
      events.push({ ...completed, at: orderMoment(placedAt, changedAt), sameness: completed });
    }
    const refund = refundOf(first, orderId, parts, { isRefundOnly, isWhole: told.has("returned") });
    if (refund) events.push({ ...refund, at: first.moment("refundedAt") ?? changedAt ?? placedAt });
    if (told.has("cancelled"))
      events.push({
        type: "order_cancelled",
        orderId,
        at: changedAt ?? placedAt,
        sameness: ["cancelled", orderId],
      });
    return events;
  },
};

function meaning(row: RowFields): keyof typeof STATUSES {
  const status = row.word("status", WORDS);
  const found = Object.entries(STATUSES).find(([, words]) =>
    (words as readonly (string | undefined)[]).includes(status),
  );
  return (found?.[0] as keyof typeof STATUSES | undefined) ?? "bought";
}

function partsOf(row: RowFields): Part[] {
  const isReturned = meaning(row) === "returned";
  if (row.has("lines")) {
    const lines = parseWith(
      v.pipe(v.array(Line), v.maxLength(500)),
      row.raw["lines"],
      "import_row_invalid",
      "/lines",
    );
    if (!lines.ok) {
      row.problem ??= lines.problem;
      return [];
    }
    return lines.value.map((line) => ({ line, isReturned, isSold: true }));
  }
  const item = itemRefOf(row);
  if (item === undefined) return [];
  const quantity = row.whole("quantity") ?? 1;
  const count = Math.abs(quantity);
  const whole = row.money("lineTotal");
  const price =
    row.money("price") ??
    (whole && count > 0 ? { ...whole, minor: Math.round(whole.minor / count) } : undefined);
  const isNegative = quantity < 0 || (price?.minor ?? 0) < 0;
  const line = {
    item,
    quantity: count,
    ...(price ? { price: { ...price, minor: Math.abs(price.minor) } } : {}),
  };
  return [{ line, isReturned: isReturned || isNegative, isSold: !isNegative }];
}

/** What came back, if anything did: lines, or all of the order, with the amount where it is known. */
function refundOf(
  row: RowFields,
  orderId: string,
  parts: readonly Part[],
  { isRefundOnly, isWhole }: { readonly isRefundOnly: boolean; readonly isWhole: boolean },
): MappedEvent | undefined {
  const returned = parts.filter((part) => part.isReturned).map((part) => part.line);
  const stated =
    row.money("refundAmount") ?? (isRefundOnly ? (row.money("revenue") ?? row.money("total")) : undefined);
  if (returned.length === 0 && stated === undefined && !isWhole && !isRefundOnly) return undefined;
  // All that was sold came back: then all that was earned did, whatever the lines add up to.
  const isAll = !isRefundOnly && isWhole && returned.length === parts.length;
  const sum = isAll ? undefined : sumOf(returned);
  const amount = stated ? { ...stated, minor: Math.abs(stated.minor) } : sum;
  const refundId = row.id("refundId");
  const refund = said({
    type: "order_refunded",
    orderId,
    amount,
    lines: isAll || returned.length === 0 ? undefined : returned,
  });
  // Without an id of its own a return is known by what came back: told again under a later moment it stays one return.
  const sameness =
    refundId === undefined ? (isAll ? ["refund", orderId] : refund) : ["refund", orderId, refundId];
  return { ...refund, sameness };
}

function sumOf(lines: readonly v.InferOutput<typeof Line>[]) {
  const currency = lines[0]?.price?.currency;
  if (currency === undefined || lines.some((line) => line.price?.currency !== currency)) return undefined;
  return { minor: lines.reduce((sum, { price, quantity }) => sum + price!.minor * quantity, 0), currency };
}
