import { isSensitiveKind, type LifeConfig, type SignEvent } from "../config/life-config.ts";
import { compileCondition, type CompiledCondition } from "../segment/evaluate.ts";
import { KNOWN_KINDS, PLAIN_KIND } from "./known-kinds.ts";
import { PRIOR_SHARE_DEFAULT } from "./life-limits.ts";

export type CompiledSign = {
  readonly event: SignEvent;
  readonly matches: CompiledCondition;
  readonly weight: number;
};

/** A kind of life event, with everything filled in. */
export type CompiledKind = {
  readonly name: string;
  readonly title: string;
  readonly isSensitive: boolean;
  readonly isYearly: boolean;
  readonly leadDays: number;
  readonly lastsDays: number;
  readonly halfLifeDays: number;
  readonly threshold: number;
  readonly priorShare: number;
  /** Empty: it is only ever told. */
  readonly signs: readonly CompiledSign[];
};

/** What a site makes of life events: its kinds by name, and whether any may be concluded. */
export type CompiledLife = { readonly infer: boolean; readonly kinds: ReadonlyMap<string, CompiledKind> };

/** The known kinds and the site's own, once per revision. */
export function compileLife({ infer, kinds }: LifeConfig): CompiledLife {
  const names = new Set([...Object.keys(KNOWN_KINDS), ...Object.keys(kinds)]);
  return { infer, kinds: new Map([...names].map((name) => [name, compileKind(name, kinds)])) };
}

function compileKind(name: string, kinds: LifeConfig["kinds"]): CompiledKind {
  const known = Object.hasOwn(KNOWN_KINDS, name) ? KNOWN_KINDS[name]! : PLAIN_KIND;
  const said = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const isSensitive = isSensitiveKind(name, said ?? {});
  return {
    name,
    title: said?.title ?? (known.title || name.replaceAll(/[_-]+/g, " ")),
    isSensitive,
    isYearly: said?.yearly ?? known.isYearly,
    leadDays: said?.leadDays ?? known.leadDays,
    lastsDays: said?.lastsDays ?? known.lastsDays,
    halfLifeDays: said?.halfLifeDays ?? 45,
    threshold: said?.threshold ?? 0.8,
    priorShare: said?.priorShare ?? PRIOR_SHARE_DEFAULT,
    // A config cannot give a sensitive kind signs; nothing but this line is needed to keep that promise for stored ones.
    signs: isSensitive
      ? []
      : (said?.signs ?? []).map(({ event, where, weight }) => ({
          event,
          weight,
          matches: compileCondition(where),
        })),
  };
}
