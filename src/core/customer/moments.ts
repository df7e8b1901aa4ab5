import { permits } from "../consent/consent.ts";
import type { World } from "../decide/world.ts";
import { isOrderEvent, standingOf } from "../order/order.ts";
import { priceOf, isAvailable } from "../catalog/item.ts";
import type { ItemId } from "../primitives/ids.ts";
import { DAY_MS, parseMoment, type EpochMs } from "../primitives/time.ts";
import type { Trait } from "../profile/profile.ts";
import { attendTriggers, type Attended } from "../trigger/attend-triggers.ts";
import { contentAfter, noticesOfFired, traitsOfFired, watchedInterests } from "../trigger/effects-of.ts";
import { happeningsOfEvents, happeningsOfOrders, type Happening } from "../trigger/happening.ts";
import { forgetWaiting } from "../trigger/trigger-state.ts";
import type { DueItem, Interest, TriggerContext } from "../trigger/trigger-context.ts";
import type { Turn } from "./attend.ts";
import type { Belonging } from "./belong.ts";
import type { Whole } from "./customer.ts";
import type { Life } from "./live.ts";
import type { Effects } from "./log-row.ts";

/** What the customer was found to be in this turn. */
export type Found = {
  readonly belonging: Belonging;
  readonly entered: readonly string[];
  readonly left: readonly string[];
  readonly life: Life;
};

/** Items that one customer may have watched. */
const WATCHED_MAX = 20;
const WISHED_MAX = 50;

/**
 * Looks at the site's triggers in a turn: what is due fires, and its effects are added to the turn's. Changes the customer's
 * attention.
 * @returns when to look again though nothing happens
 */
export function attendMoments(
  customer: Whole,
  world: World,
  turn: Turn,
  found: Found,
  effects: Effects,
): EpochMs | undefined {
  const { attention } = customer;
  const { triggers } = world.config;
  attention.wished = wishedOf(customer, turn);
  attention.watch = watchOf(customer, world, turn.now);
  if (!found.belonging.view) attention.triggers = forgetWaiting(attention.triggers);
  if (triggers.all.length === 0 && attention.triggers.waiting.length === 0) return undefined;
  const attended = attendTriggers(triggers, attention.triggers, contextOf(customer, world, turn, found));
  attention.triggers = attended.state;
  const { fired } = attended;
  attention.content = contentAfter(attention.content, fired, turn.now);
  const isTold = keepTraits(customer, attended, turn.now);
  if (customer.customerId !== undefined) {
    const addressee = { subject: turn.subject, customerId: customer.customerId, site: customer.site };
    for (const one of fired) effects.notices.push(...noticesOfFired(one, addressee));
  }
  countMoments(customer, attended, turn.now, effects);
  // A stated trait may lead into another segment.
  return isTold ? turn.now : attended.nextAt;
}

function contextOf(customer: Whole, world: World, turn: Turn, found: Found): TriggerContext {
  const { now } = turn;
  const { profile, consent, isPaused } = customer;
  const { belonging } = found;
  const { lookups, view } = belonging;
  const { catalog } = world;
  const orders = [...customer.orders.values()];
  const moments = orders.flatMap((order) => standingOf(order)?.at ?? []);
  const changed = new Set(turn.accepted.flatMap((event) => (isOrderEvent(event) ? [event.orderId] : [])));
  const told = [...changed].flatMap((orderId) => customer.orders.get(orderId) ?? []);
  const zone = profile.traits.get("timeZone")?.value;
  const stated = parseMoment(profile.traits.get("registeredAt")?.value);
  const turned = (ids: readonly string[]) => ids.map((segment) => ({ segment, at: now }));
  return {
    now,
    source: customer.source,
    timeZone: typeof zone === "string" ? zone : undefined,
    isHistorical: turn.isHistorical,
    isKnown: customer.customerId !== undefined,
    happenings: inTime([...happeningsOfEvents(turn.accepted, lookups), ...happeningsOfOrders(told, lookups)]),
    segments: belonging.segments,
    entered: turned(found.entered),
    left: turned(found.left),
    shelf: turn.shelf,
    interestIn: (item) => (lookups.isOut?.(item) ? undefined : interestIn(customer, item)),
    onShelf: (id) => {
      const item = catalog.items[catalog.ordinal.get(id) ?? -1];
      return item && { isAvailable: isAvailable(item), priceMinor: priceOf(item)?.minor };
    },
    cart: view && cartOf(customer),
    firstOrderAt: moments.length > 0 ? Math.min(...moments) : undefined,
    lastOrderAt: moments.length > 0 ? Math.max(...moments) : undefined,
    registeredAt: stated ?? (customer.customerId === undefined ? undefined : customer.bornAt),
    purchases: () => happeningsOfOrders(orders, lookups).filter(({ event }) => event === "bought"),
    due: () => (view ? dueOf(view.history.items, world) : []),
    life: found.life.current,
    attributes: () => ({ ...belonging.attributesAt(now), segments: belonging.segments }),
    permits: (purpose) => !isPaused && permits(consent, purpose, now),
  };
}

const inTime = (all: Happening[]): Happening[] => all.sort((a, b) => a.at - b.at);

function cartOf({ profile: { cart, cartAt } }: Whole): { readonly at: EpochMs; readonly isEmpty: boolean } {
  let at = cartAt;
  for (const line of cart.values()) at = Math.max(at, line.at);
  return { at, isEmpty: cart.size === 0 };
}

function interestIn({ profile, attention, orders }: Whole, item: ItemId): Interest {
  const last = (kind: "view" | "cart"): EpochMs | undefined =>
    profile.recent.findLast((touch) => touch.item === item && touch.kind === kind)?.at;
  let bought: EpochMs | undefined;
  for (const order of orders.values()) {
    const standing = standingOf(order);
    if (standing?.kept.some(([id]) => id === item)) bought = Math.max(bought ?? 0, standing.at);
  }
  return {
    viewed: last("view"),
    carted: last("cart") ?? profile.cart.get(item)?.at,
    wished: attention.wished.find(([id]) => id === item)?.[1],
    bought,
  };
}

/** What they wished for and did not take back; the latest last. */
function wishedOf(customer: Whole, turn: Turn): (readonly [item: ItemId, at: EpochMs])[] {
  const events = turn.isRefolded ? [...turn.rows()].flatMap((row) => row.events) : turn.accepted;
  const wished = new Map(turn.isRefolded ? [] : customer.attention.wished);
  for (const event of events) {
    if (event.type === "product_unwished") wished.delete(event.item);
    if (event.type !== "product_wished") continue;
    wished.delete(event.item);
    wished.set(event.item, event.at);
  }
  return [...wished].slice(-WISHED_MAX);
}

/** Items whose price and stock a trigger may tell this customer of, the latest interest first. */
function watchOf(customer: Whole, world: World, now: EpochMs): readonly ItemId[] | undefined {
  const days = watchedInterests(world.config.triggers);
  if (!days || !permits(customer.consent, "personalization", now) || customer.isPaused) return undefined;
  const items = new Map<ItemId, EpochMs>();
  const add = (item: ItemId, at: EpochMs, within: number) => {
    if (within > 0 && now - at <= within * DAY_MS) items.set(item, Math.max(at, items.get(item) ?? 0));
  };
  for (const { item, kind, at } of customer.profile.recent)
    if (kind !== "buy") add(item, at, kind === "cart" ? days.carted : days.viewed);
  for (const [item, { at }] of customer.profile.cart) add(item, at, days.carted);
  for (const [item, at] of customer.attention.wished) add(item, at, days.wished);
  return [...items]
    .sort(([, a], [, b]) => b - a)
    .slice(0, WATCHED_MAX)
    .map(([item]) => item)
    .sort();
}

function dueOf(
  items: NonNullable<Belonging["view"]>["history"]["items"],
  { catalog, sensitive }: World,
): DueItem[] {
  return [...items].flatMap(([item, { lastAt, gaps, gapMeanMs }]) => {
    const ordinal = catalog.ordinal.get(item) ?? -1;
    const days = catalog.items[ordinal]?.replenishDays;
    const interval = gaps > 0 ? gapMeanMs : days === undefined ? undefined : days * DAY_MS;
    if (interval === undefined || ordinal < 0 || sensitive.has(ordinal)) return [];
    return [{ item, boughtAt: lastAt, dueAt: lastAt + interval }];
  });
}

/** Keeps what triggers stated. @returns whether anything was */
function keepTraits({ attention }: Whole, { fired }: Attended, now: EpochMs): boolean {
  const stated = traitsOfFired(fired);
  if (stated.size === 0) return false;
  const traits = new Map(attention.traits);
  for (const [name, value] of stated) {
    traits.delete(name);
    if (value !== null)
      traits.set(name, { value, at: now, source: "trigger", isOwnWord: false } satisfies Trait);
  }
  attention.traits = [...traits];
  return true;
}

/** How often triggers fire, and why not: for sums over many people. */
function countMoments(customer: Whole, { fired, lapsed }: Attended, now: EpochMs, effects: Effects): void {
  if (!permits(customer.consent, "analytics", now)) return;
  const part = String(Math.floor(now / DAY_MS));
  const count = (name: string, metric: string) =>
    effects.deltas.push({ family: "trigger", name, part, metric, by: 1 });
  for (const { trigger } of fired) count(trigger, "fired");
  for (const { trigger, why } of lapsed) count(trigger, why);
}
