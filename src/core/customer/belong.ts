import type { World } from "../decide/world.ts";
import { itemAttributes, personAttributes } from "../decide/set-scene.ts";
import { isOrderEvent } from "../order/order.ts";
import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { viewOf, type View } from "../profile/view.ts";
import { hiddenName } from "../profile/view.ts";
import type { ItemLookups } from "../segment/count/occurrence.ts";
import { occurrencesOf } from "../segment/count/occurrence.ts";
import {
  addOccurrences,
  changesPast,
  countAnew,
  countOrders,
  isCounted,
} from "../segment/count/keep-count.ts";
import type { MeterStates } from "../segment/count/meter-state.ts";
import { readMeters } from "../segment/count/read-meters.ts";
import type { Attributes } from "../segment/evaluate.ts";
import { membershipsOf } from "../segment/membership/memberships-of.ts";
import { nextFlip } from "../segment/membership/next-flip.ts";
import type { Turn } from "./attend.ts";
import type { Whole } from "./customer.ts";

/** How far ahead time is looked into; then one looks again. */
const AHEAD_MS = 400 * DAY_MS;

/** Who a person is to the site's segments now. */
export type Belonging = {
  /** Ids, ascending. */
  readonly segments: readonly string[];
  /** When they have to be looked at again though nothing happens. */
  readonly nextAt: EpochMs | undefined;
  readonly view: View | undefined;
  /** What conditions may ask about the person, at a moment. */
  readonly attributesAt: (at: EpochMs) => Attributes;
  readonly lookups: ItemLookups;
};

/** Finds the segments of a person, and counts what they count. Changes the customer's meters. */
export function belong(customer: Whole, world: World, turn: Turn): Belonging {
  const { segments: compiled } = world.config;
  const { now } = turn;
  const view = viewOf(customer, now);
  const lookups = lookupsOf(customer, world);
  const nobody = { segments: [], nextAt: undefined, view, attributesAt: () => ({}), lookups };
  if (!view) {
    customer.attention.meters = {};
    return nobody;
  }
  const states = countUp(customer, world, turn, lookups);
  customer.attention.meters = states;
  const permitted = new Set(view.permitted);
  const attributesAt = (at: EpochMs) =>
    personAttributes(world, at, view, readMeters(states, compiled.meters, at));
  const ends = Object.values(customer.consent).map(({ expiresAt }) => expiresAt);
  const nextAt = nextFlip({
    compiled,
    states,
    attributesAt,
    permitted,
    since: { "signals.daysSinceOrder": view.orders.lastAt || undefined },
    now,
    until: now + AHEAD_MS,
  });
  const end = Math.min(...ends.filter((at) => at > now));
  return {
    segments: membershipsOf(compiled, attributesAt(now), permitted),
    nextAt:
      compiled.personal.length === 0 ? undefined : soonest(nextAt, Number.isFinite(end) ? end : undefined),
    view,
    attributesAt,
    lookups,
  };
}

/** The earlier of two moments that there may not be. */
export const soonest = (a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

function countUp(customer: Whole, world: World, turn: Turn, lookups: ItemLookups): MeterStates {
  const { meters } = world.config.segments;
  const states = customer.attention.meters;
  const { now, accepted } = turn;
  if (meters.all.length === 0) return {};
  if (turn.isRefolded || !isCounted(states, meters) || accepted.some(changesPast)) {
    const events = [...turn.rows()].flatMap((row) => row.events);
    return countAnew(meters, { events, orders: customer.orders.values() }, lookups, now);
  }
  const occurrences = accepted.flatMap((event) => occurrencesOf(event, lookups));
  addOccurrences(states, meters, occurrences, now);
  if (accepted.some(isOrderEvent)) countOrders(states, meters, customer.orders.values(), lookups, now);
  return states;
}

/** Items as conditions see them. What is hidden, a gift or sensitive says nothing of this person. */
export function lookupsOf(customer: Whole, { catalog, sensitive }: World): ItemLookups {
  const { feedback } = customer.profile;
  return {
    attributesOf: (id) => {
      const item = catalog.items[catalog.ordinal.get(id) ?? -1];
      return item && itemAttributes(item);
    },
    isOut: (id) =>
      feedback.get(id)?.kind === "gift" ||
      customer.hidden.has(hiddenName("item", id)) ||
      sensitive.has(catalog.ordinal.get(id) ?? -1),
  };
}
