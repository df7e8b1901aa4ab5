import type { CompiledRule } from "../config/compile.ts";
import type { PAGE_TYPES } from "../event/event.ts";
import type { SlotAnswer } from "../wire/decide.ts";
import { decide } from "./decide.ts";
import type { Scene } from "./scene.ts";
import { rulesFor } from "./slot-plan.ts";

/** A rule that holds here and now, and whether it makes a difference. */
export type ActingRule = {
  readonly rule: string;
  /** Its actions, in its order. */
  readonly does: readonly string[];
  /** Whether the slot would show something else without it; `null`: too many rules hold for each to be tried. */
  readonly acts: boolean | null;
};

/** What one config makes of a slot. */
export type SlotSide = Pick<SlotAnswer, "status" | "reason" | "items"> & {
  readonly title: string | null;
  readonly rules: readonly ActingRule[];
};

/** One slot under the live config and under another. */
export type ComparedSlot = {
  readonly slot: string;
  readonly live: SlotSide;
  readonly draft: SlotSide;
  readonly isSame: boolean;
};

type Asked = {
  readonly slots: readonly string[];
  readonly pageType: (typeof PAGE_TYPES)[number] | undefined;
};

/** Rules that are taken away one by one, each at the price of a decision. */
const TRIED_MAX = 24;

/**
 * The same moment under two configs: what each slot would show, by which rules, and what is different. Without holdouts
 * and running experiments: of those nobody could say on which side this visitor would be. What was stopped and given to
 * everybody counts.
 */
export function compareDecisions(live: Scene, draft: Scene, asked: Asked): ComparedSlot[] {
  const [before, after] = [sidesOf(live, asked), sidesOf(draft, asked)];
  return asked.slots.map((slot, at) => {
    const [one, other] = [before[at]!, after[at]!];
    return { slot, live: one, draft: other, isSame: shownBy(one) === shownBy(other) };
  });
}

function answersOf(scene: Scene, { slots, pageType }: Asked): SlotAnswer[] {
  const question = { slots: slots.map((id) => ({ id })), pageType, unit: "" };
  return decide(scene, question).map(({ answer }) => answer);
}

function sidesOf(scene: Scene, asked: Asked): SlotSide[] {
  const answers = answersOf(scene, asked);
  const holding = asked.slots.map((slot) => rulesFor(scene, slot));
  const tried = new Map<CompiledRule, SlotAnswer[]>();
  for (const rule of holding.flat()) {
    if (tried.size >= TRIED_MAX) break;
    if (!tried.has(rule)) tried.set(rule, answersOf(without(scene, rule), asked));
  }
  return answers.map((answer, at) => ({
    status: answer.status,
    reason: answer.reason,
    title: answer.title ?? null,
    items: answer.items,
    rules: holding[at]!.map((rule) => {
      const other = tried.get(rule)?.[at];
      return {
        rule: rule.id,
        does: rule.actions.map(({ action }) => action.do),
        acts: other === undefined ? null : shownBy(other) !== shownBy(answer),
      };
    }),
  }));
}

type Shown = Pick<SlotAnswer, "status" | "items"> & { readonly title?: string | null | undefined };
const shownBy = ({ status, title, items }: Shown): string =>
  JSON.stringify([status, title ?? null, items.map(({ id }) => id)]);

/** The same moment in a shop that never had the rule. */
function without(scene: Scene, rule: CompiledRule): Scene {
  const { world } = scene;
  const rules = world.config.rules.filter((one) => one !== rule);
  return { ...scene, world: { ...world, config: { ...world.config, rules } } };
}
