import type { World } from "../decide/world.ts";
import { declare, deny, forgetKind, type Word } from "../life/declare.ts";
import { forgetInferred, newLife, type LifeState } from "../life/life-state.ts";
import { inferLife, type Occurrence } from "../life/infer-life.ts";
import { lifeAttributes } from "../life/life-attributes.ts";
import { lifeOf, type CurrentLife } from "../life/life-of.ts";
import { mayInfer, mayReadLife } from "../life/may-infer.ts";
import { nextLifeChange } from "../life/life-attributes.ts";
import { isOrderEvent } from "../order/order.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { LoggedEvent } from "../profile/logged.ts";
import { occurrencesOf, type ItemLookups, type Occurrence as Happened } from "../segment/count/occurrence.ts";
import { occurrencesOfOrders } from "../segment/count/order-occurrences.ts";
import type { Turn } from "./attend.ts";
import type { Whole } from "./customer.ts";
import type { LogRow } from "./log-row.ts";

/** What is going on in a person's life now, and when that is something else though nothing is told or done. */
export type Life = { readonly current: readonly CurrentLife[]; readonly nextAt: EpochMs | undefined };

/**
 * Follows a person's life: what they told, and, where owner and person allow it, what they do that speaks for something.
 * Changes the customer's attention. Without the grant nothing is kept.
 */
export function live(customer: Whole, world: World, turn: Turn, lookups: ItemLookups): Life {
  const { attention } = customer;
  const { now } = turn;
  if (!mayReadLife(customer.consent, now)) {
    attention.life = newLife();
    attention.lifeNow = {};
    return { current: [], nextAt: undefined };
  }
  const { life } = world.config;
  const isNew = attention.by !== world.config.attention;
  const isWhole = turn.isRefolded || isNew || turn.accepted.some((event) => isOrderEvent(event));
  attention.life = isWhole
    ? relive(customer, world, turn, lookups)
    : follow(attention.life, customer, world, turn, lookups);
  const current = lifeOf(attention.life, life, now, true);
  attention.lifeNow = lifeAttributes(current);
  return { current, nextAt: nextLifeChange(attention.life, life, now, true) };
}

type Step = { readonly at: EpochMs; readonly apply: (state: LifeState) => LifeState };

function relive(customer: Whole, world: World, turn: Turn, lookups: ItemLookups): LifeState {
  const steps: Step[] = [];
  for (const row of turn.rows())
    for (const event of row.events) {
      const step = stepOf(event, row, customer, world, turn, lookups);
      if (step) steps.push(step);
    }
  const isAllowed = mayInfer(world.config.life, customer.consent, turn.now);
  if (isAllowed)
    for (const one of occurrencesOfOrders(customer.orders.values(), lookups)) {
      const sign = signOf(one, world);
      if (sign)
        steps.push({
          at: one.at,
          apply: (state) => inferLife(state, [sign], world.config.life, turn.now, true),
        });
    }
  steps.sort((a, b) => a.at - b.at);
  return steps.reduce((state, { apply }) => apply(state), newLife());
}

function follow(
  state: LifeState,
  customer: Whole,
  world: World,
  turn: Turn,
  lookups: ItemLookups,
): LifeState {
  const from = { source: turn.source, isTrusted: turn.isTrusted };
  let next = mayInfer(world.config.life, customer.consent, turn.now) ? state : forgetInferred(state);
  for (const event of turn.accepted)
    next = stepOf(event, from, customer, world, turn, lookups)?.apply(next) ?? next;
  return next;
}

function stepOf(
  event: LoggedEvent,
  from: Pick<LogRow, "source" | "isTrusted">,
  customer: Whole,
  world: World,
  { now }: Turn,
  lookups: ItemLookups,
): Step | undefined {
  const { life } = world.config;
  if (event.type === "life_event_told") {
    const word: Word = { at: event.at, source: from.source, isOwnWord: from.source === "customer" };
    return { at: event.at, apply: (state) => told(state, event, life, word) };
  }
  if (!mayInfer(life, customer.consent, now)) return undefined;
  const signs = occurrencesOf(event, lookups).flatMap((one) => signOf(one, world) ?? []);
  if (signs.length === 0) return undefined;
  return { at: event.at, apply: (state) => inferLife(state, signs, life, now, true) };
}

function told(
  state: LifeState,
  { kind, says, on }: LoggedEvent & { type: "life_event_told" },
  life: World["config"]["life"],
  word: Word,
): LifeState {
  if (says === "no") return deny(state, life, kind, word);
  if (says === "gone") return forgetKind(state, kind, word);
  return declare(state, life, { kind, on }, word);
}

/** What speaks for something, if it does. */
function signOf(
  { event, at, item, attributes }: Happened,
  { catalog, sensitive }: World,
): Occurrence | undefined {
  if (item === undefined) return undefined;
  if (event !== "product_viewed" && event !== "product_added" && event !== "bought") return undefined;
  const about = attributes["item"] as Readonly<Record<string, unknown>>;
  const type = about["type"];
  return {
    event,
    at,
    item,
    ...(typeof type === "string" ? { type } : {}),
    attributes: about,
    isSensitive: sensitive.has(catalog.ordinal.get(item) ?? -1),
  };
}
