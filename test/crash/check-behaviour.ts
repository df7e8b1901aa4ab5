import type { Defects } from "./defects.ts";
import { basketOf, type Settled } from "./recount-orders.ts";
import { lessonsOf } from "./recount.ts";
import { readCustomers } from "./storage.ts";
import type { Fact, ModelFile } from "./stored.ts";

/**
 * The retained log of behaviour holds what customers' rows owe it, each row once and as it was, and of nobody else; and
 * what rows owe is what their events teach.
 * @param isPatient whether what is to be cleared had the time for it, a failed attempt included
 * @returns how many facts there are
 */
export function checkBehaviour(
  dataDir: string,
  model: ModelFile,
  settled: ReadonlyMap<string, Settled>,
  withdrawn: ReadonlySet<string>,
  isPatient: boolean,
  defects: Defects,
): number {
  const { forgotten, plansToClear } = model;
  // Whose rows are still to be cleared is not learned from any more.
  const entries = model.entries.filter((entry) => forgotten.get(entry.source) !== false);
  const bySource = Map.groupBy(entries, (entry) => entry.source);
  const bought = new Map<string, Words>();
  const facts = entries.reduce((sum, entry) => sum + entry.facts.length, 0);

  for (const file of readCustomers(dataDir)) {
    const name = file.object.slice(0, 8);
    const arrived = Map.groupBy(bySource.get(file.source) ?? [], (entry) => entry.seq);
    bySource.delete(file.source);
    const mine = file.rows.filter((row) => row.via === undefined);
    for (const row of mine) {
      if (row.facts.length === 0) continue;
      const found = arrived.get(row.seq) ?? [];
      arrived.delete(row.seq);
      if (found.length !== 1)
        defects.add("a row taught not once", `${name} ${row.seq}: ${found.length} times`);
      else if (JSON.stringify(found[0]!.facts) !== JSON.stringify(row.facts))
        defects.add("a row taught something else", `${name} ${row.seq}`);
    }
    if (withdrawn.has(file.object)) continue; // What was taught before a withdrawal is no longer in its row.
    for (const fact of mine.flatMap((row) => row.facts))
      if (fact.kind === "buy") {
        // Once as a page's word and once as the shop's own; never twice as the same.
        const words = wordsFor(bought, `${fact.at} ${basketOf(fact.items)}`);
        words[fact.trust === undefined ? "shop" : "page"] += 1;
      }
    for (const seq of arrived.keys()) defects.add("taught by no row", `${name} ${seq}`);
    const should = lessonsOf(mine.flatMap((row) => row.events));
    const is = mine.flatMap((row) => row.facts.filter((fact) => fact.kind !== "buy").map(lesson)).sort();
    if (JSON.stringify(is) !== JSON.stringify(should))
      defects.add("rows teach not what their events do", `${name} ${is.length} instead of ${should.length}`);
  }
  for (const source of bySource.keys()) defects.add("behaviour of somebody who is gone", source.slice(0, 8));
  const uncleared = [...forgotten.values()].filter((isCleared) => !isCleared).length;
  if (uncleared > 0 && (isPatient || !plansToClear))
    defects.add("forgotten and not cleared", `${uncleared} people`);

  const orders = Map.groupBy(settled.values(), (order) => `${order.at} ${order.basket}`);
  for (const [key, words] of bought)
    for (const [word, times] of Object.entries(words))
      if (times > (orders.get(key)?.length ?? 0))
        defects.add("a purchase taught too often", `${key}: ${times} by the ${word}`);
  for (const [key, same] of orders) {
    const certain = same.filter((one) => one.mayLearn && one.parties === 1 && !withdrawn.has(one.home));
    const { page, shop } = wordsFor(bought, key);
    if (page + shop < certain.length) defects.add("a purchase was never taught", key);
  }
  return facts;
}

type Words = { page: number; shop: number };

function wordsFor(bought: Map<string, Words>, key: string): Words {
  const words = bought.get(key) ?? { page: 0, shop: 0 };
  bought.set(key, words);
  return words;
}

const lesson = (fact: Fact): string => `${fact.kind} ${fact.at} ${fact.items[0]}`;
