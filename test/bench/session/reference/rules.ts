import type { Guess, Recommender } from "../recommender.ts";
import { noNumbers, numberOf } from "./numbering.ts";

/** How much a rule weighs whose items are `steps` clicks apart. */
const BY_DISTANCE = {
  same: () => 1,
  div: (steps: number) => 1 / steps,
  quadratic: (steps: number) => 1 / (steps * steps),
};
export type Weighting = keyof typeof BY_DISTANCE;

type RuleStore = {
  /** Adds to the rule "who looks at `from` looks at `to`". Both by number. */
  count(from: number, to: number, weight: number): void;
  /** The rules of an item, scores relative to the heaviest. Equal ones stay in the order in which they came up. */
  rulesOf(item: string, limit: number): Guess[];
  entries(): number;
  readonly items: ReturnType<typeof noNumbers>;
};

function ruleStore(keep: number): RuleStore {
  const items = noNumbers();
  const rules: (Map<number, number> | undefined)[] = [];
  const kept = new Map<number, Guess[]>();
  const heaviest = (from: number): Guess[] => {
    const all = [...(rules[from] ?? [])].sort((a, b) => b[1] - a[1]).slice(0, keep);
    const most = all[0]?.[1] ?? 1;
    return all.map(([to, weight]) => ({ item: items.names[to]!, score: weight / most }));
  };
  return {
    items,
    count(from, to, weight) {
      const row = (rules[from] ??= new Map());
      row.set(to, (row.get(to) ?? 0) + weight);
      kept.delete(from);
    },
    rulesOf(item, limit) {
      const from = items.numbers.get(item);
      if (from === undefined) return [];
      let list = kept.get(from);
      if (!list) kept.set(from, (list = heaviest(from)));
      return list.slice(0, limit);
    },
    entries: () => rules.reduce((sum, row) => sum + Math.min(keep, row?.size ?? 0), 0),
  };
}

/** A number and a weight, 4 bytes each. */
const ENTRY_BYTES = 8;

/**
 * Session-rec's AR: how often two items were clicked in one session, in either order, each pair of clicks once for each
 * of them. Answers by the item being looked at alone. `prune`: rules kept per item.
 */
export function associationRules({ prune = 20 } = {}): Recommender {
  const store = ruleStore(prune);
  const open = new Map<string, number[]>();
  return {
    name: `AR (prune ${prune})`,
    learn: ({ session, item }) => {
      const number = numberOf(store.items, item);
      const earlier = open.get(session);
      if (!earlier) open.set(session, [number]);
      else {
        for (const other of earlier) {
          store.count(number, other, 1);
          store.count(other, number, 1);
        }
        earlier.push(number);
      }
    },
    refresh: () => {},
    predict: ({ items }, limit) => store.rulesOf(items.at(-1)!, limit),
    bytes: () => store.entries() * ENTRY_BYTES,
  };
}

/**
 * Session-rec's SR: how often an item was clicked up to `steps` clicks after another, fewer steps weighing more. Answers
 * by the item being looked at alone. `prune`: rules kept per item.
 */
export function sequentialRules({
  steps = 10,
  weighting = "div" as Weighting,
  prune = 20,
} = {}): Recommender {
  const store = ruleStore(prune);
  const open = new Map<string, number[]>();
  const weigh = BY_DISTANCE[weighting];
  return {
    name: `SR (${steps} steps, ${weighting}, prune ${prune})`,
    learn: ({ session, item }) => {
      const number = numberOf(store.items, item);
      const earlier = open.get(session) ?? [];
      for (let back = 1; back <= Math.min(steps, earlier.length); back++) {
        store.count(earlier[earlier.length - back]!, number, weigh(back));
      }
      open.set(session, [...earlier.slice(-steps), number]);
    },
    refresh: () => {},
    predict: ({ items }, limit) => store.rulesOf(items.at(-1)!, limit),
    bytes: () => store.entries() * ENTRY_BYTES,
  };
}
