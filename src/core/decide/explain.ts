import type { PAGE_TYPES } from "../event/event.ts";
import { confidenceOf } from "../recommend/score/confidence.ts";
import type { SlotRequest, Why } from "../wire/decide.ts";
import { isAbout, obstacle, settledOf, type Standing } from "./eligibility.ts";
import { enrol } from "./enrolment.ts";
import { fillSlot } from "./fill-slot.ts";
import type { Scene } from "./scene.ts";
import { shopWeight } from "./shop-weight.ts";
import { planSlot, rulesFor, type SlotPlan } from "./slot-plan.ts";
import { STRATEGY } from "./strategy/list.ts";
import type { Candidate } from "./strategy/strategy.ts";
import { tasteOf } from "./taste.ts";
import { weigh } from "./weigh.ts";
import { whyOf } from "./why.ts";

/**
 * What became of an item in a slot. `obstacle`: it may not be shown there; `not_proposed`: no recipe of the slot comes upon
 * it; `outranked`: others took its place; `variant_shown`: another variant of it did; `too_unsure`: too little beside the
 * best to be worth a place; `too_few`: the slot would show fewer than its minimum, and so nothing.
 */
export type Outcome =
  | "shown"
  | "switched_off"
  | "limited_to_none"
  | "obstacle"
  | "not_proposed"
  | "variant_shown"
  | "outranked"
  | "too_unsure"
  | "too_few";

/** What one recipe of the slot's chain makes of an item. */
export type RecipeWord = {
  readonly strategy: string;
  /** How many items it proposes. */
  readonly proposed: number;
  /** The rest is absent where it does not propose this one. Place among the proposed, weighed; 1 is the first. */
  readonly rank?: number;
  readonly why?: Why;
  /** The recipe's own score, what bends it, and what it is ranked by. */
  readonly own?: number;
  readonly byRules?: number;
  readonly byTaste?: number;
  readonly byShop?: number;
  readonly score?: number;
  /** How sure the evidence is, in [0, 1]. */
  readonly confidence?: number;
};

export type Explained = {
  readonly outcome: Outcome;
  /** 1-based, where it is shown. */
  readonly place?: number;
  /** Why it may not be shown, in a code of the pipeline. */
  readonly obstacle?: string;
  /** Rules that hold here and now and are about the item, in the config's order; `decisive` settles the outcome. */
  readonly rules: readonly { readonly rule: string; readonly does: string; readonly isDecisive: boolean }[];
  readonly recipes: readonly RecipeWord[];
  /** What the slot shows instead, or with it. */
  readonly picks: readonly { readonly ordinal: number; readonly why: Why }[];
  readonly max: number;
  readonly min: number;
};

export type Asked = {
  readonly slot: SlotRequest;
  readonly seeds?: readonly number[] | undefined;
  readonly pageType: (typeof PAGE_TYPES)[number] | undefined;
};

/**
 * Why an item is shown in a slot, or is not: the word of each step of the pipeline on that one item. By the same functions that
 * decide, without holdouts and running experiments: of those nobody could say whose they would be. What was stopped and
 * given to everybody counts.
 * @param ordinal an item of the catalog
 */
export function explain(scene: Scene, { slot, seeds: asked, pageType }: Asked, ordinal: number): Explained {
  const { world } = scene;
  const given = enrol(scene, "").settled.filter(({ slots }) => slots === undefined || slots.has(slot.id));
  const rules = rulesFor(scene, slot.id);
  const variations = given.map(({ variation }) => variation);
  const plan = planSlot(scene, slot, pageType, rules, variations);
  const taste = tasteOf(scene);
  const seeds = asked ?? (scene.current >= 0 ? [scene.current] : scene.cart);
  const picks = plan.isOff ? [] : fillSlot(scene, plan, seeds, new Set(), taste);
  const place = picks.findIndex((pick) => pick.ordinal === ordinal);
  const isEnough = picks.length >= Math.max(1, plan.min);
  const words = plan.strategies.map((name) => ({
    name,
    candidates: weigh(scene, plan, taste, proposedBy(name, scene, plan, seeds)),
  }));
  const mine = words.flatMap(({ candidates }) => candidates.filter((one) => one.ordinal === ordinal));
  const why = whatStops(scene, plan, ordinal, mine);
  const outcome = outcomeOf();
  return {
    outcome,
    ...(outcome === "shown" ? { place: place + 1 } : {}),
    ...(outcome === "obstacle" && why !== undefined ? { obstacle: why } : {}),
    rules: rules.flatMap(({ id, actions }) =>
      actions.flatMap((action) => {
        const { do: does } = action.action;
        const isLimit = does === "limit";
        const isPinned =
          action.action.do === "pin" && action.action.items.includes(world.catalog.items[ordinal]!.id);
        const isMeant = does !== "pin" && !isLimit && isAbout(action, scene, ordinal);
        const isDecisive =
          (outcome === "obstacle" && why === "hidden" && does === "hide" && isMeant) ||
          (outcome === "obstacle" && why === "filtered" && does === "filter" && !isMeant) ||
          (outcome === "limited_to_none" && action.action.do === "limit" && action.action.max === 0) ||
          (outcome === "shown" && picks[place]?.evidence.code === "pinned" && isPinned);
        return isPinned || isDecisive || (isMeant && does !== "filter")
          ? [{ rule: id, does, isDecisive }]
          : [];
      }),
    ),
    recipes: words.map(({ name, candidates }): RecipeWord => {
      const at = candidates.findIndex((one) => one.ordinal === ordinal);
      const found = candidates[at];
      return {
        strategy: name,
        proposed: candidates.length,
        ...(found
          ? {
              rank: at + 1,
              why: whyOf(world, ordinal, found.evidence),
              own: found.own,
              byRules: found.byRules,
              byTaste: taste(ordinal, plan.settings.taste),
              byShop: shopWeight(scene, plan.settings, ordinal),
              score: found.score,
              confidence: confidenceOf(found.evidence, world),
            }
          : {}),
      };
    }),
    picks: (isEnough ? picks : []).map((pick) => ({
      ordinal: pick.ordinal,
      why: whyOf(world, pick.ordinal, pick.evidence),
    })),
    max: plan.max,
    min: plan.min,
  };

  function outcomeOf(): Outcome {
    if (plan.isOff) return "switched_off";
    if (plan.max === 0) return "limited_to_none";
    if (place >= 0) return isEnough ? "shown" : "too_few";
    if (why !== undefined) return "obstacle";
    if (mine.length === 0) return "not_proposed";
    const { family } = world.catalog;
    if (picks.some((pick) => family[pick.ordinal] === family[ordinal])) return "variant_shown";
    return picks.length >= plan.max ? "outranked" : "too_unsure";
  }
}

/** As `fillSlot` asks a recipe. */
const proposedBy = (
  name: SlotPlan["strategies"][number],
  scene: Scene,
  plan: SlotPlan,
  seeds: readonly number[],
): Candidate[] =>
  STRATEGY[name].propose({ scene, seeds, settings: plan.settings, limit: Math.max(50, plan.max * 8) });

/** What stands in the item's way whichever recipe proposes it; nothing where one of them gets it through. */
function whatStops(
  scene: Scene,
  plan: SlotPlan,
  ordinal: number,
  mine: readonly Candidate[],
): string | undefined {
  const standing: Standing = {
    repeatCurrent: plan.repeatCurrent,
    types: plan.types,
    actions: plan.actions,
    takenFamilies: new Set(),
    cap: { times: plan.settings.capTimes, days: plan.settings.capDays },
    settled: settledOf(scene),
  };
  const codes = mine.length > 0 ? mine.map(({ evidence }) => evidence.code) : [undefined];
  const found = codes.map((code) => obstacle(scene, standing, ordinal, code));
  return found.includes(undefined) ? undefined : found[0];
}
