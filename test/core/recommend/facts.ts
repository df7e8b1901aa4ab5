import type { Fact } from "../../../src/core/recommend/fact.ts";
import { emptyModel, learn, type Model } from "../../../src/core/recommend/learn/model.ts";
import type { ModelSettings } from "../../../src/core/recommend/settings.ts";

export const NOON = 1_780_000_000_000;
export const DAY = 86_400_000;

/** One view, a minute after the one before. */
export function views(who: string, items: readonly string[], session = 1, from = NOON): Fact[] {
  return items.map((item, i) => ({ who, session, at: from + i * 60_000, kind: "view", items: [item] }));
}

/** One order. */
export function buys(who: string, items: readonly string[], at = NOON): Fact {
  return { who, session: 1, at, kind: "buy", items };
}

/** A model that has learned these facts. */
export function taught(facts: readonly Fact[], settings: Partial<ModelSettings> = {}): Model {
  const model = emptyModel(settings);
  for (const fact of facts) learn(model, fact);
  return model;
}

/** The names of `n` people. */
export const people = (n: number): string[] => Array.from({ length: n }, (_, i) => `person-${i}`);
