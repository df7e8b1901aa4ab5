import type { Order } from "../../order/order.ts";
import type { ItemId } from "../../primitives/ids.ts";
import type { EpochMs } from "../../primitives/time.ts";
import { comesBefore, type LoggedEvent } from "../../profile/logged.ts";
import type { CompiledMeters, Meter } from "./meter.ts";
import { addTo, emptyState, forgetOld, type MeterStates } from "./meter-state.ts";
import { occurrencesOf, type ItemLookups, type Occurrence } from "./occurrence.ts";
import { occurrencesOfOrders } from "./order-occurrences.ts";

/**
 * Counts what happened, and forgets what has left its window by now. Changes the states. Each occurrence is to be given
 * once; the order makes no difference. A meter without a state is left alone: it has to be counted from the beginning
 * (`isCounted`, `countAnew`).
 */
export function addOccurrences(
  states: MeterStates,
  meters: CompiledMeters,
  occurrences: readonly Occurrence[],
  now: EpochMs,
): void {
  const known = new Map<Meter, Map<ItemId, boolean>>();
  for (const occurrence of occurrences)
    for (const meter of meters.byEvent.get(occurrence.event) ?? []) {
      const state = states[meter.key];
      if (state && isCountedBy(meter, occurrence, known)) addTo(state, meter, occurrence);
    }
  for (const meter of meters.all) {
    const state = states[meter.key];
    if (state) forgetOld(state, meter, now);
  }
}

/** Remembers answers about items for as long as one call lasts: counting anew asks the same of them again and again. */
function isCountedBy(
  meter: Meter,
  { item, attributes }: Occurrence,
  known: Map<Meter, Map<ItemId, boolean>>,
): boolean {
  if (!meter.matches) return true;
  if (!meter.isAboutItem || item === undefined) return meter.matches(attributes);
  let answers = known.get(meter);
  if (!answers) known.set(meter, (answers = new Map()));
  let answer = answers.get(item);
  if (answer === undefined) answers.set(item, (answer = meter.matches(attributes)));
  return answer;
}

/** Counts the orders anew: to be done whenever one of them changed. Changes the states of the meters concerned. */
export function countOrders(
  states: MeterStates,
  meters: CompiledMeters,
  orders: Iterable<Order>,
  lookups: ItemLookups,
  now: EpochMs,
): void {
  if (meters.fromOrders.length === 0) return;
  reset(states, meters.fromOrders);
  addOccurrences(states, meters, occurrencesOfOrders(orders, lookups), now);
}

/** What everything that is known comes to; for a meter that is new, and whenever something left the log or came late. */
export function countAnew(
  meters: CompiledMeters,
  known: { readonly events: Iterable<LoggedEvent>; readonly orders: Iterable<Order> },
  lookups: ItemLookups,
  now: EpochMs,
): MeterStates {
  const states: MeterStates = {};
  reset(states, meters.all);
  if (meters.all.length > meters.fromOrders.length)
    addOccurrences(
      states,
      meters,
      inOrder(known.events).flatMap((event) => occurrencesOf(event, lookups)),
      now,
    );
  countOrders(states, meters, known.orders, lookups, now);
  return states;
}

/** Whether every meter was counted: a config may have brought new ones. */
export const isCounted = (states: MeterStates, meters: CompiledMeters): boolean =>
  meters.all.every(({ key }) => Object.hasOwn(states, key));

/** Whether an event changes what earlier ones count as, so that all has to be counted anew: a gift is no own taste. */
export const changesPast = (event: LoggedEvent): boolean =>
  event.type === "feedback_given" && (event.feedback === "gift" || event.feedback === "undo");

function reset(states: MeterStates, meters: readonly Meter[]): void {
  for (const meter of meters) states[meter.key] = emptyState(meter);
}

const inOrder = (events: Iterable<LoggedEvent>): LoggedEvent[] =>
  [...events].sort((a, b) => (comesBefore(a, b) ? -1 : 1));
