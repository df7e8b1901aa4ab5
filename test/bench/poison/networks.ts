import type { Fact } from "../../../src/core/recommend/fact.ts";
import { learn } from "../../../src/core/recommend/learn/model.ts";
import { allLists, changesBetween, lived, MIN_CUSTOMERS, publishedOf, targetsOf, told } from "./shop.ts";

const FALSE_VISITORS = 10_000;

/** What each false visitor does beside the item to be pushed. Sources of the names: Mobasher et al. (2007). */
const COMPANIONS: Readonly<Record<string, (tops: readonly string[], n: number) => readonly string[]>> = {
  one: (tops) => [tops[0]!],
  bandwagon: (tops, n) => [tops[n % 20]!, tops[(n + 7) % 20]!, tops[(n + 13) % 20]!],
};

export type Flood = {
  readonly kind: "view" | "buy";
  readonly companions: string;
  readonly networks: number;
  readonly lists: number;
  readonly changedLists: number;
  readonly newEntries: number;
  /** Of the bestsellers' lists, those the pushed item got into. */
  readonly pushedInto: number;
};

/**
 * Ten thousand visitors with a fresh cookie each, from so many networks on one day, push one tail item: everybody's
 * lists before and after.
 */
export function flood(
  facts: readonly Fact[],
  sold: ReadonlyMap<string, number>,
  attack: { readonly kind: "view" | "buy"; readonly companions: string; readonly networks: number },
): Flood {
  const { model, snapshot } = lived(facts, true);
  const from = facts.at(-1)!.at;
  const now = from + 60_000;
  const before = allLists(publishedOf(model, now, MIN_CUSTOMERS, snapshot));
  const { tops, tails } = targetsOf(sold);
  const tail = tails[Math.floor(tails.length / 2)]!;
  for (let n = 0; n < FALSE_VISITORS; n++) {
    const items = [...COMPANIONS[attack.companions]!(tops, n), tail];
    const act = { who: `false ${n}`, at: from + n, network: 1_000_000 + (n % attack.networks) };
    if (attack.kind === "buy") learn(model, told("buy", { ...act, items }));
    else for (const item of items) learn(model, told("view", { ...act, items: [item] }));
  }
  const after = allLists(publishedOf(model, now, MIN_CUSTOMERS, snapshot));
  const pushedInto = tops.filter((top) =>
    ["cart", "visit"].some(
      (list) => after.get(`${list} ${top}`)?.includes(tail) && !before.get(`${list} ${top}`)?.includes(tail),
    ),
  ).length;
  return { ...attack, ...changesBetween(before, after), pushedInto };
}
