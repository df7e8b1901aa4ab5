import { attributeReader } from "../segment/attribute-path.ts";
import type { Attributes } from "../segment/evaluate.ts";
import { isComposite } from "../segment/operators.ts";
import type { CompiledRule } from "./compile.ts";

type Placed = { readonly place: number; readonly rule: CompiledRule };
type Column = {
  readonly read: (attributes: unknown) => unknown;
  readonly byText: ReadonlyMap<string, readonly Placed[]>;
};
/** Rules of one slot, or of every slot: those that have to be asked always, and those under a text they need. */
type Shelf = { readonly always: readonly Placed[]; readonly columns: readonly Column[] };
type RuleIndex = { readonly everywhere: Shelf; readonly bySlot: ReadonlyMap<string, Shelf> };

const indexes = new WeakMap<readonly CompiledRule[], RuleIndex>();
const NONE: readonly Placed[] = [];

/**
 * Rules that may hold in a slot, in the order of the config: found by the slot and by the rarest text each needs, so that a
 * decision asks a handful out of thousands. What needs no text is always among them. The index is made at the first question.
 * @param slotId `undefined`: only rules for every slot
 */
export function rulesThatMay(
  rules: readonly CompiledRule[],
  slotId: string | undefined,
  attributes: Attributes,
): readonly CompiledRule[] {
  let index = indexes.get(rules);
  if (!index) indexes.set(rules, (index = indexOf(rules)));
  const own = slotId === undefined ? undefined : index.bySlot.get(slotId);
  const found = [...onShelf(index.everywhere, attributes), ...(own ? onShelf(own, attributes) : NONE)];
  return found.sort((a, b) => a.place - b.place).map(({ rule }) => rule);
}

function onShelf({ always, columns }: Shelf, attributes: Attributes): readonly Placed[] {
  if (columns.length === 0) return always;
  const found = new Set(always);
  for (const { read, byText } of columns) {
    const value = read(attributes);
    for (const one of Array.isArray(value) ? value : [value])
      // An object equals no text, and a visitor's own `toString` would make turning it into one throw.
      if (!isComposite(one)) for (const placed of byText.get(String(one)) ?? NONE) found.add(placed);
  }
  return [...found];
}

function indexOf(rules: readonly CompiledRule[]): RuleIndex {
  const everywhere: Placed[] = [];
  const bySlot = new Map<string, Placed[]>();
  rules.forEach((rule, place) => {
    const one = { place, rule };
    if (!rule.slots) everywhere.push(one);
    for (const slot of rule.slots ?? []) {
      const shelf = bySlot.get(slot);
      if (shelf) shelf.push(one);
      else bySlot.set(slot, [one]);
    }
  });
  return {
    everywhere: shelfOf(everywhere),
    bySlot: new Map([...bySlot].map(([slot, all]) => [slot, shelfOf(all)])),
  };
}

const keyOf = (path: string, text: string) => `${path}\n${text}`;

function shelfOf(all: readonly Placed[]): Shelf {
  const counts = new Map<string, number>();
  for (const { rule } of all)
    for (const { path, anyOf } of rule.needs)
      for (const text of anyOf) {
        const key = keyOf(path, text);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
  const always: Placed[] = [];
  const columns = new Map<string, Map<string, Placed[]>>();
  for (const one of all) {
    // The need that fewest rules share says most.
    let best: CompiledRule["needs"][number] | undefined;
    let fewest = Infinity;
    for (const need of one.rule.needs) {
      const shared = need.anyOf.reduce((sum, text) => sum + counts.get(keyOf(need.path, text))!, 0);
      if (shared < fewest) [best, fewest] = [need, shared];
    }
    if (!best) {
      always.push(one);
      continue;
    }
    let byText = columns.get(best.path);
    if (!byText) columns.set(best.path, (byText = new Map()));
    for (const text of new Set(best.anyOf)) {
      const found = byText.get(text);
      if (found) found.push(one);
      else byText.set(text, [one]);
    }
  }
  return {
    always,
    columns: [...columns].map(([path, byText]) => ({ read: attributeReader(path), byText })),
  };
}
