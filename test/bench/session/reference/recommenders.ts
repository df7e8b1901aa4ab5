import type { Recommender } from "../recommender.ts";
import { UsageError } from "../usage-error.ts";
import { popular } from "./popular.ts";
import { associationRules, sequentialRules } from "./rules.ts";
import { vmis } from "./vmis.ts";
import { vsknn } from "./vsknn.ts";
import { vstan } from "./vstan.ts";

type Settings = Readonly<Record<string, number>>;
type Kind = { readonly settings: readonly string[]; readonly make: (settings: Settings) => Recommender };

/** The algorithms of others, written anew from their reference implementations for comparison. */
const REFERENCES: Readonly<Record<string, Kind>> = {
  pop: { settings: [], make: popular },
  ar: { settings: ["prune"], make: associationRules },
  sr: { settings: ["steps", "prune"], make: (settings) => sequentialRules(settings) },
  "sr-quadratic": {
    settings: ["steps", "prune"],
    make: (settings) => sequentialRules({ steps: 20, ...settings, weighting: "quadratic" }),
  },
  vsknn: { settings: ["k", "sample", "idf"], make: vsknn },
  vstan: { settings: ["k", "sample", "spw", "snh", "inh", "ipw", "idf"], make: vstan },
  vmis: { settings: ["m", "k", "last", "idf"], make: vmis },
};
export const REFERENCE_NAMES: readonly string[] = Object.keys(REFERENCES);

/** A reference algorithm by name, its settings changed by `name=value` texts. */
export function reference(name: string, changes: readonly string[]): Recommender {
  const { settings, make } = REFERENCES[name]!;
  const changed = changes.map((change) => {
    const [key = "", value = ""] = change.split("=");
    if (settings.includes(key) && Number(value) > 0) return [key, Number(value)] as const;
    const known = settings.length > 0 ? `It has ${settings.join(", ")}.` : "It has none.";
    throw new UsageError(
      `--set ${change} is no setting of ${name}. ${known} Write --set name=number, above 0.`,
    );
  });
  return make(Object.fromEntries(changed));
}
