import type { ResolvedEvent } from "../event/resolved.ts";
import type { ItemId } from "../primitives/ids.ts";
import { DAY_MS } from "../primitives/time.ts";
import { isOrderEvent } from "../order/order.ts";
import { sourceOf } from "./source.ts";
import { MAY_LEARN, type LoggedEvent, type Provenance } from "./logged.ts";
import type { Profile } from "./profile.ts";

/** How far a visit came: at least one page, a product, a cart, a checkout, an order. */
export const STAGES = ["visit", "product", "cart", "checkout", "order"] as const;

/** How somebody came, and how they went about it. Only with analytics. */
export type Journey = {
  /** Where the first visit came from. */
  source?: string | undefined;
  /** Visits by how far they came: each counts at every stage that it reached. */
  readonly funnel: [number, number, number, number, number];
  /** Stage of the running visit, and the steps it took so far. */
  stage: number;
  steps: string[];
  /** The visit that led to the latest order. */
  path: string[];
  /** What was looked at in the month before the first order, newest last. */
  before?: ItemId[] | undefined;
};

export const newJourney = (): Journey => ({ funnel: [0, 0, 0, 0, 0], stage: -1, steps: [], path: [] });

const STEPS_MAX = 12;
const BEFORE_MAX = 12;
const BEFORE_MS = 30 * DAY_MS;
/** An order that the shop's own system tells belongs to a visit that ended so shortly before. */
const VISIT_MS = DAY_MS;

/**
 * Folds an event into the journey, after the visit it belongs to is known.
 * @param isNewVisit whether the event began one
 */
export function foldJourney(
  profile: Profile,
  event: LoggedEvent,
  from: Provenance,
  isNewVisit: boolean,
): void {
  if ((event.may & MAY_LEARN) === 0) return;
  const { journey } = profile;
  if (isNewVisit) [journey.stage, journey.steps] = [-1, []];
  const isOrder = event.type === "order_completed";
  const isVisit = !from.isTrusted || (from.source === "server" && !isOrderEvent(event));
  if (isVisit) {
    if (journey.source === undefined && event.page) journey.source = sourceOf(event.page);
    reach(journey, stageOf(event));
    const step = stepOf(event);
    if (step !== undefined && journey.steps.at(-1) !== step && journey.steps.length < STEPS_MAX)
      journey.steps.push(step);
  }
  if (!isOrder) return;
  if (event.channel === "store") journey.source ??= "store";
  if (journey.stage >= 0 && event.at - profile.session.lastAt <= VISIT_MS) {
    reach(journey, STAGES.length - 1);
    journey.path = [...journey.steps, "order"];
  }
  journey.before ??= lookedAt(profile, event.at);
}

function reach(journey: Journey, stage: number): void {
  for (let at = journey.stage + 1; at <= stage; at++) journey.funnel[at]!++;
  journey.stage = Math.max(journey.stage, stage);
}

function stageOf(event: ResolvedEvent): number {
  switch (event.type) {
    case "product_viewed":
    case "product_clicked":
      return 1;
    case "product_added":
      return 2;
    case "checkout_started":
    case "checkout_step_completed":
      return 3;
    case "order_completed":
      return 4;
    default:
      return 0;
  }
}

/** The kind of step; nothing for what is no step of its own. */
function stepOf(event: ResolvedEvent): string | undefined {
  switch (event.type) {
    case "page_viewed":
      return event.page?.type ?? "other";
    case "product_viewed":
      return "product";
    case "product_list_viewed":
      return "category";
    case "products_searched":
      return "search";
    case "product_added":
      return "add";
    case "cart_viewed":
      return "cart";
    case "checkout_started":
      return "checkout";
    case "slot_clicked":
      return "recommendation";
    case "promotion_clicked":
      return "promotion";
    default:
      return undefined;
  }
}

function lookedAt(profile: Profile, before: number): ItemId[] {
  const items = new Set<ItemId>();
  for (let i = profile.recent.length - 1; i >= 0 && items.size < BEFORE_MAX; i--) {
    const touch = profile.recent[i]!;
    if (touch.at <= before && touch.at >= before - BEFORE_MS) items.add(touch.item);
  }
  return [...items].toReversed();
}
