import type { ItemId } from "../../primitives/ids.ts";
import { support as note, supporters } from "../learn/counter-row.ts";
import type { Model } from "../learn/model.ts";
import { blockOf } from "../learn/row-store.ts";

/** A product type that goes with another. */
export type TypePair = {
  readonly type: string;
  /**
   * How strongly, in (0, 1]: the share of the other type's co-purchases, types that are bought with everything held
   * back; the strongest partner has 1.
   */
  readonly weight: number;
  /** Different people who bought both together; `supportersCap` means that or more. */
  readonly customers: number;
};

/** The partners of each product type, the strongest first. */
export type TypePairs = ReadonlyMap<string, readonly TypePair[]>;

/** Partners told of one type. */
const PARTNERS_MAX = 64;
/** Types told of: those most bought. */
const TYPES_MAX = 5_000;
/**
 * How hard types that are bought with everything are held back: the exponent on all that a type was bought beside. Fitted
 * on three validation spans of completejourney-sample: more costs hits, less costs coverage.
 */
const DAMPING = 0.2;

/**
 * Which product types are bought together, out of all counted pairs of items, so that an item with too few buyers for a
 * pair of its own still has company. Told of two types only what at least `minCustomers` different people stand behind.
 * Pairs of items that are themselves too rare to be told come in only where those rare ones alone have so many people
 * behind them: taking the told pairs from the sum never leaves fewer. Within a type nothing is told, because items of
 * one kind are alternatives. One pass over the counters.
 * @param typeOf an item's product type; `undefined` leaves the item out
 */
export function typePairs(
  model: Model,
  typeOf: (item: ItemId) => string | undefined,
  minCustomers: number,
): TypePairs {
  const { names, ofItem } = typesOf(model, typeOf);
  const partnersOf = counterOf(model, ofItem, names.length, minCustomers);
  const members: number[][] = names.map(() => []);
  for (const [item, type] of ofItem.entries()) if (type >= 0) members[type]!.push(item);
  const found = members.map((items) => partnersOf(items));
  const totals = new Float64Array(names.length);
  for (const partners of found) for (const { type, weight } of partners) totals[type]! += weight;
  return new Map(
    found.flatMap((partners, type) => {
      const damped = partners
        .map((one) => ({ ...one, weight: one.weight / totals[one.type]! ** DAMPING }))
        .sort((a, b) => b.weight - a.weight || a.type - b.type)
        .slice(0, PARTNERS_MAX);
      if (damped.length === 0) return [];
      const most = damped[0]!.weight;
      const told = damped.map((one) => ({
        type: names[one.type]!,
        weight: one.weight / most,
        customers: one.customers,
      }));
      return [[names[type]!, told] as const];
    }),
  );
}

/** The most bought types, and which of them each item is; −1 for an item of none. */
function typesOf(model: Model, typeOf: (item: ItemId) => string | undefined) {
  const bought = new Map<string, number>();
  const types = model.ids.map((id, item) => {
    const type = typeOf(id);
    if (type !== undefined) bought.set(type, (bought.get(type) ?? 0) + model.counts.baskets[item]!);
    return type;
  });
  const names = [...bought]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, TYPES_MAX)
    .map(([name]) => name);
  const numbers = new Map(names.map((name, number) => [name, number]));
  return { names, ofItem: Int32Array.from(types, (type) => numbers.get(type ?? "") ?? -1) };
}

type Partner = { readonly type: number; readonly weight: number; readonly customers: number };

/**
 * Counts what the items of one type were bought with, by type. Its worksheets are as wide as there are types, however
 * many pairs there are.
 */
function counterOf(model: Model, ofItem: Int32Array, types: number, minCustomers: number) {
  const store = model.rows.coPurchase;
  const cap = store.supportersCap;
  const told = new Float64Array(types);
  const rare = new Float64Array(types);
  const behindAll = new Uint8Array(types * cap);
  const behindRare = new Uint8Array(types * cap);
  const met: number[] = [];
  const count = (item: number, type: number) => {
    const { words, floats, bytes, items, weights, labels } = blockOf(store, item);
    const length = store.lengths[item]!;
    for (let slot = 0; slot < length; slot++) {
      const other = ofItem[words[items + slot]!] ?? -1;
      if (other < 0 || other === type) continue;
      if (told[other] === 0 && rare[other] === 0) met.push(other);
      const from = labels + slot * cap;
      const isTold = bytes[from + minCustomers - 1] !== 0;
      (isTold ? told : rare)[other]! += floats[weights + slot]!;
      support(behindAll, other, bytes, from);
      if (!isTold) support(behindRare, other, bytes, from);
    }
  };
  const support = (behind: Uint8Array, other: number, bytes: Uint8Array, from: number) => {
    // Most kinds have people enough after a few counters.
    if (behind[(other + 1) * cap - 1] !== 0) return;
    for (let at = from; at < from + cap && bytes[at] !== 0; at++) note(behind, other * cap, cap, bytes[at]!);
  };
  return (items: readonly number[]): Partner[] => {
    if (minCustomers > cap) return [];
    met.length = 0;
    for (const item of items) if (store.lengths[item]) count(item, ofItem[item]!);
    const partners: Partner[] = [];
    for (const type of met) {
      const isRareTold = supporters(behindRare, type * cap, cap) >= minCustomers;
      const weight = told[type]! + (isRareTold ? rare[type]! : 0);
      const customers = supporters(behindAll, type * cap, cap);
      if (weight > 0 && customers >= minCustomers) partners.push({ type, weight, customers });
      told[type] = rare[type] = 0;
      behindAll.fill(0, type * cap, (type + 1) * cap);
      behindRare.fill(0, type * cap, (type + 1) * cap);
    }
    return partners;
  };
}
