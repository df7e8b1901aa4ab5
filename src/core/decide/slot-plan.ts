import type { CompiledAction, CompiledRule, CompiledVariation } from "../config/compile.ts";
import type { Settings, SlotConfig, StrategyName, StrategySettings } from "../config/config.ts";
import { DEFAULT_MAX, DEFAULT_MIN, DEFAULT_SETTINGS, defaultChain, PRESETS } from "../config/defaults.ts";
import { rulesThatMay } from "../config/rule-index.ts";
import type { PAGE_TYPES } from "../event/event.ts";
import type { SlotRequest } from "../wire/decide.ts";
import type { Scene } from "./scene.ts";

/** What one slot shall do in this decision: config, request and variations put together. */
export type SlotPlan = {
  readonly id: string;
  readonly title: string | undefined;
  readonly strategies: readonly StrategyName[];
  readonly settings: Settings;
  readonly max: number;
  readonly min: number;
  readonly repeatCurrent: boolean;
  readonly types: readonly string[];
  readonly actions: readonly CompiledAction[];
  /** A variation switched the slot off. */
  readonly isOff: boolean;
};

/** Rules that hold here and now, in the order they stand in the config. */
export function rulesFor(scene: Scene, slotId: string | undefined): CompiledRule[] {
  return rulesThatMay(scene.world.config.rules, slotId, scene.attributes).filter((rule) => {
    if (scene.now < rule.from || scene.now >= rule.until) return false;
    if (rule.purpose !== undefined && !scene.permitted.has(rule.purpose)) return false;
    return rule.matches === undefined || rule.matches(scene.attributes);
  });
}

function change(settings: Settings, by: StrategySettings | undefined): Settings {
  const stated = Object.entries(by ?? {}).filter(([, value]) => value !== undefined);
  return stated.length === 0 ? settings : { ...settings, ...Object.fromEntries(stated) };
}

/** Joins what the config says of a slot, what the request asks, and what the customer's variations change. */
export function planSlot(
  scene: Scene,
  asked: SlotRequest,
  pageType: (typeof PAGE_TYPES)[number] | undefined,
  rules: readonly CompiledRule[],
  variations: readonly CompiledVariation[],
): SlotPlan {
  const slots = scene.world.config.config.slots;
  const own: SlotConfig | undefined = Object.hasOwn(slots, asked.id) ? slots[asked.id] : undefined;
  let strategies = asked.strategies ?? own?.strategies ?? defaultChain(asked.id, own?.page ?? pageType);
  let settings = change(change(DEFAULT_SETTINGS, own?.preset && PRESETS[own.preset]), own?.settings);
  // A page may ask for fewer than the marketer allows, never for more.
  let max = Math.min(own?.max ?? 24, asked.max ?? own?.max ?? DEFAULT_MAX);
  const actions = rules.flatMap((rule) => rule.actions);
  for (const variation of variations) {
    if (variation.strategies) strategies = variation.strategies;
    settings = change(settings, variation.settings);
    if (variation.max !== undefined) max = variation.max;
    actions.push(...variation.compiled);
  }
  for (const { action } of actions) if (action.do === "limit") max = Math.min(max, action.max);
  return {
    id: asked.id,
    title: own?.title,
    strategies,
    settings,
    max,
    actions,
    isOff: variations.some(({ off }) => off === true),
    min: Math.min(max, asked.min ?? own?.min ?? DEFAULT_MIN),
    repeatCurrent: own?.repeatCurrent ?? false,
    types: own?.types ?? [],
  };
}
