import type { CatalogIndex } from "../catalog/catalog-index.ts";
import { permits } from "../consent/consent.ts";
import { audienceKey } from "../customer/audiences.ts";
import type { Whole } from "../customer/customer.ts";
import { HELD_OUT, HOLDOUT } from "../experiment/key.ts";
import type { Order } from "../order/order.ts";
import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { monthOfDay } from "../insight/month-of-day.ts";
import { daysOf, purchasesOf } from "../value/purchases.ts";
import { CARD_BITS, type Card } from "./card.ts";

/** What is needed to tell a kind of product, without the ones nobody may learn from. */
export type Kinds = {
  readonly catalog: CatalogIndex;
  readonly sensitive: ReadonlySet<number>;
};

const TYPES_MAX = 6;
const WEIGHT = { view: 1, click: 1, cart: 3, buy: 5 } as const;

/** Everything granted, as bits: consent is counted over cards. */
const grantsOf = ({ consent }: Whole, now: EpochMs): number =>
  (Object.keys(CARD_BITS) as (keyof typeof CARD_BITS)[]).reduce(
    (bits, purpose) => (permits(consent, purpose, now) ? bits | CARD_BITS[purpose] : bits),
    0,
  );

/** The orders that are this customer's and nobody else's: so the ledger has settled. */
export const ownOrders = (customer: Whole): Order[] =>
  [...customer.orders.values()].filter(({ verdict }) => (verdict?.owns ?? verdict?.counts) === true);

/**
 * The card of a customer now; `undefined` for a visitor who has become somebody else, and for whom nothing may be told.
 * @param kinds absent where the catalog is not at hand: what was told before of kinds stands
 */
export function cardOf(
  customer: Whole,
  segments: readonly string[],
  kinds: Kinds | undefined,
  now: EpochMs,
): Card | undefined {
  if (customer.mark || customer.erasing) return undefined;
  const purchases = purchasesOf(ownOrders(customer));
  const mayLearn = permits(customer.consent, "analytics", now);
  const { audiences = [] } = customer.attention;
  const mayAdvertise = permits(customer.consent, "marketing", now);
  if (!purchases && !mayLearn && !mayAdvertise && audiences.length === 0) return undefined;
  const base: Card = {
    bornDay: Math.floor(customer.bornAt / DAY_MS),
    lastDay: Math.floor(Math.max(customer.profile.lastAt, customer.bornAt) / DAY_MS),
    isKnown: customer.customerId !== undefined,
    may: grantsOf(customer, now),
    segments: mayAdvertise ? segments : [],
    ...(audiences.length > 0 ? { told: audiences.map(audienceKey) } : {}),
    ...(purchases ? { purchases, ...datesOf(customer, purchases.currency) } : {}),
  };
  if (!mayLearn) return base;
  const { journey, exposures } = customer.profile;
  const arm = exposures.get(HOLDOUT)?.variation;
  const before = customer.attention.card?.body;
  return {
    ...base,
    segments,
    ...(journey.source === undefined ? {} : { source: journey.source }),
    ...(arm === undefined ? {} : { arm: arm === HELD_OUT ? "held_out" : "personalized" }),
    ...(journey.path.length > 0 ? { path: journey.path } : {}),
    ...(journey.funnel[0] > 0 ? { funnel: [...journey.funnel] as Card["funnel"] } : {}),
    ...(kinds
      ? { types: favouriteTypes(customer, kinds), before: typesOf(journey.before ?? [], kinds) }
      : { types: before?.types, before: before?.before }),
  };
}

const DAYS_MAX = 64;
const MONTHS_MAX = 60;

function datesOf(customer: Whole, currency: string): Pick<Card, "days" | "months"> {
  const days = daysOf(ownOrders(customer), currency);
  const months = new Map<number, number>();
  for (const [day, minor] of days) {
    const month = monthOfDay(day);
    months.set(month, (months.get(month) ?? 0) + minor);
  }
  return { days: days.slice(-DAYS_MAX), months: [...months].slice(-MONTHS_MAX) };
}

/** The first two steps of a product type's path: fine enough to mean something, coarse enough to be shared. */
function coarse(type: string): string {
  let known = coarsened.get(type);
  if (known !== undefined) return known;
  known = type.split(" > ").slice(0, 2).join(" > ");
  if (coarsened.size >= COARSENED_MAX) coarsened.clear();
  coarsened.set(type, known);
  return known;
}

/** Asked for every item of every card, again and again. */
const coarsened = new Map<string, string>();
const COARSENED_MAX = 10_000;

function typesOf(items: readonly string[], kinds: Kinds): string[] {
  const types = new Set<string>();
  for (const id of items) {
    const type = typeOf(id, kinds);
    if (type !== undefined) types.add(type);
  }
  return [...types].slice(0, TYPES_MAX);
}

function typeOf(id: string, { catalog, sensitive }: Kinds): string | undefined {
  const ordinal = catalog.ordinal.get(id) ?? -1;
  const type = sensitive.has(ordinal) ? undefined : catalog.items[ordinal]?.type;
  return type === undefined ? undefined : coarse(type);
}

function favouriteTypes(customer: Whole, kinds: Kinds): [type: string, share: number][] {
  const weights = new Map<string, number>();
  let total = 0;
  const add = (id: string, by: number) => {
    const type = typeOf(id, kinds);
    if (type === undefined) return;
    weights.set(type, (weights.get(type) ?? 0) + by);
    total += by;
  };
  for (const { item, kind } of customer.profile.recent) add(item, WEIGHT[kind]);
  for (const order of ownOrders(customer))
    for (const [item] of (order.shop ?? order.page)?.lines ?? []) add(item, WEIGHT.buy);
  return [...weights]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, TYPES_MAX)
    .map(([type, weight]) => [type, Math.round((1000 * weight) / total) / 1000]);
}

/** How long a card may stand while only what somebody looks at has changed. */
const STANDS_MS = DAY_MS;

/** Whether the ledger has to be told: at once of what counts, of the rest once a day. */
export function isNews(
  known: { readonly at: EpochMs; readonly body: Card | undefined } | undefined,
  card: Card | undefined,
  now: EpochMs,
): boolean {
  const before = known?.body;
  if (before === undefined || card === undefined) return before !== card;
  if (JSON.stringify(weighty(before)) !== JSON.stringify(weighty(card))) return true;
  return now - known!.at >= STANDS_MS && JSON.stringify(before) !== JSON.stringify(card);
}

const weighty = ({ may, isKnown, told, purchases, days, segments, source, arm, funnel }: Card): unknown => [
  may,
  isKnown,
  told,
  purchases,
  days,
  segments,
  source,
  arm,
  funnel?.slice(1),
];
