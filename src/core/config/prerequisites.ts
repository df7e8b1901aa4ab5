import { FEATURE_LIMITS } from "./feature-limits.ts";

type Flag = {
  readonly rules?:
    | readonly { readonly parentConditions?: readonly { readonly id: string }[] | undefined }[]
    | undefined;
};

/** Where prerequisites are wrong: the parent's place within a flag's rule, and what was expected there. */
export type PrerequisiteDefect = {
  readonly key: string;
  readonly rule: number;
  readonly parent: number;
  readonly expected: string;
};

/**
 * The first prerequisite that leads back to its own flag, or makes one answer ask too many flags; `undefined` when all
 * are fine. Each flag costs one and what all its prerequisites cost, since an evaluation asks each anew.
 * @example checkPrerequisites({ a: { rules: [{ parentConditions: [{ id: "a" }] }] } })?.key // "a"
 */
export function checkPrerequisites(flags: Readonly<Record<string, Flag>>): PrerequisiteDefect | undefined {
  const costs = new Map<string, number>();
  const open = new Set<string>();
  let defect: PrerequisiteDefect | undefined;
  const costOf = (key: string): number => {
    const known = costs.get(key);
    if (known !== undefined) return known;
    open.add(key);
    let cost = 1;
    const rules = Object.hasOwn(flags, key) ? (flags[key]!.rules ?? []) : [];
    for (const [rule, { parentConditions }] of rules.entries())
      for (const [parent, { id }] of (parentConditions ?? []).entries()) {
        if (defect) return cost;
        if (open.has(id)) {
          defect = { key, rule, parent, expected: "a flag that does not depend on this one" };
          return cost;
        }
        cost += costOf(id);
        if (cost > FEATURE_LIMITS.askedMax)
          defect ??= {
            key,
            rule,
            parent,
            expected: `prerequisites that ask at most ${FEATURE_LIMITS.askedMax} flags for one answer`,
          };
      }
    open.delete(key);
    costs.set(key, cost);
    return cost;
  };
  for (const key of Object.keys(flags)) {
    costOf(key);
    if (defect) return defect;
  }
  return undefined;
}
