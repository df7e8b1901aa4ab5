import { HOLDOUT } from "../experiment/key.ts";
import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { column, wholeNumber, type RowOf } from "./column.ts";
import {
  isWithin,
  permitsNow,
  SUBJECT_COLUMNS,
  subjectOf,
  type Exported,
  type Span,
  type Worth,
} from "./subject.ts";

export const CUSTOMER_COLUMNS = {
  ...SUBJECT_COLUMNS,
  metAt: column("timestamp", "When the person was first met."),
  lastActAt: column("timestamp", "When they last did anything. Needs analytics."),
  visits: column("int64", "Visits so far. Needs analytics."),
  source: column(
    "string",
    "How they first came: direct, search, social, mail, store, or a host. Needs analytics.",
  ),
  segments: column("json", "Ids of the segments they are in now. Needs analytics."),
  arm: column("string", "`personalized` or `held_out` by the site's holdout, once seen. Needs analytics."),
  orders: column("int64", "Orders that stand, in `currency`."),
  ordersLeftOut: column("int64", "Orders in other currencies, which no sum contains."),
  firstOrderAt: column("timestamp", "UTC day of the first order."),
  lastOrderAt: column("timestamp", "UTC day of the latest order."),
  currency: column("string", "ISO 4217: the currency of most orders."),
  revenueMinor: column("int64", "Net of what was paid back, in minor units."),
  refundedMinor: column("int64", "What was paid back, in minor units."),
  marginMinor: column("int64", "What the shop kept, of orders whose costs are known."),
  rfm: column("string", "Recency, frequency, monetary, each 1 to 5, 5 best. Needs analytics."),
  expectedOrders: column("double", "Orders expected within the horizon. Needs analytics."),
  noOrderShare: column("double", "Chance that none comes within the horizon. Needs analytics."),
  valueCurrency: column("string", "ISO 4217: the currency of the predicted value."),
  valueMinor: column("int64", "Predicted value within the horizon, in minor units. Needs analytics."),
  valueLowMinor: column("int64", "Lower end of its interval."),
  valueHighMinor: column("int64", "Upper end of its interval."),
  horizonDays: column("int64", "How far ahead is predicted, in days."),
  modelVersion: column("int64", "Version of the fitted parameters."),
  permitsTransaction: column("boolean", "Whether the purpose is granted now."),
  permitsAnalytics: column("boolean", "Whether the purpose is granted now."),
  permitsPersonalization: column("boolean", "Whether the purpose is granted now."),
  permitsMarketing: column("boolean", "Whether the purpose is granted now."),
  permitsClienteling: column("boolean", "Whether the purpose is granted now."),
  permitsLifeEvents: column("boolean", "Whether the purpose is granted now."),
} as const;

export type CustomerRow = RowOf<typeof CUSTOMER_COLUMNS>;

/**
 * The row of one customer as they are now, where anything was taken in from them within the span. Without analytics it
 * holds only purchases and consent; without either there is none.
 */
export function customerRows(input: Exported, span: Span, now: EpochMs): CustomerRow[] {
  const subject = subjectOf(input);
  const { customer, purchases, worth } = input;
  const mayLearn = permitsNow(input, "analytics", now);
  if (!subject || (!mayLearn && !purchases) || !isWithin(customer.touchedAt, span)) return [];
  return [
    {
      ...subject,
      metAt: customer.bornAt,
      ...boughtOf(input),
      ...(mayLearn ? knownOf(input) : {}),
      ...(mayLearn && worth ? worthOf(worth) : {}),
      permitsTransaction: permitsNow(input, "transaction", now),
      permitsAnalytics: mayLearn,
      permitsPersonalization: permitsNow(input, "personalization", now),
      permitsMarketing: permitsNow(input, "marketing", now),
      permitsClienteling: permitsNow(input, "clienteling", now),
      permitsLifeEvents: permitsNow(input, "life_events", now),
    },
  ];
}

function knownOf({ customer: { profile, attention } }: Exported): CustomerRow {
  return {
    lastActAt: profile.lastAt > 0 ? profile.lastAt : undefined,
    visits: profile.session.number,
    source: profile.journey.source,
    segments: attention.segments.map(([id]) => id),
    arm: profile.exposures.get(HOLDOUT)?.variation,
  };
}

function boughtOf({ purchases }: Exported): CustomerRow {
  if (!purchases) return { orders: 0 };
  return {
    orders: purchases.orders,
    ordersLeftOut: purchases.leftOut,
    firstOrderAt: purchases.firstDay * DAY_MS,
    lastOrderAt: purchases.lastDay * DAY_MS,
    currency: purchases.currency,
    revenueMinor: wholeNumber(purchases.firstMinor + purchases.repeatMinor),
    refundedMinor: wholeNumber(purchases.refundedMinor),
    marginMinor: purchases.costedMinor === 0 ? undefined : wholeNumber(purchases.marginMinor),
  };
}

const rounded = (minor: number | undefined): number | undefined =>
  minor === undefined ? undefined : wholeNumber(Math.round(minor));
const finite = (value: number | undefined): number | undefined =>
  Number.isFinite(value) ? value : undefined;

function worthOf(worth: Worth): CustomerRow {
  return {
    rfm: worth.rfm,
    expectedOrders: finite(worth.expectedOrders),
    noOrderShare: finite(worth.noOrderShare),
    valueCurrency: worth.currency,
    valueMinor: rounded(worth.valueMinor),
    valueLowMinor: rounded(worth.lowMinor),
    valueHighMinor: rounded(worth.highMinor),
    horizonDays: worth.horizonDays,
    modelVersion: worth.modelVersion,
  };
}
