import type { CatalogItem } from "../../catalog/item.ts";

/** Levels of a product type that are looked at. */
const DEPTH_MAX = 8;
/** Branches told apart; beyond it an item belongs to the deepest one that is known. */
const BRANCHES_MAX = 20_000;

/** Product types as a tree: "Home > Kitchen > Kettles" lies below "Home > Kitchen". */
export type TypeTree = {
  /** Branch of each item; -1: it has no type. */
  readonly ofItem: Int32Array;
  /** Per branch: the one above it (-1: none), how deep it lies (from 1), and the items in and below it. */
  readonly parents: readonly number[];
  readonly depths: readonly number[];
  readonly sizes: readonly number[];
  /** Full types in and below each branch, in the order of the catalog. */
  readonly types: readonly (readonly string[])[];
};

/** The tree of a catalog's types. Linear in items. */
export function typeTreeOf(items: readonly CatalogItem[]): TypeTree {
  const branches = new Map<string, number>();
  const leaves = new Map<string, number>();
  const parents: number[] = [];
  const depths: number[] = [];
  const sizes: number[] = [];
  const types: string[][] = [];
  const leafOf = (type: string): number => {
    let branch = -1;
    let path = "";
    for (const part of type.split(">", DEPTH_MAX)) {
      const name = part.trim().toLowerCase();
      if (name === "") continue;
      path += `>${name}`;
      let next = branches.get(path);
      if (next === undefined) {
        if (parents.length >= BRANCHES_MAX) break;
        next = parents.length;
        branches.set(path, next);
        parents.push(branch);
        depths.push(branch < 0 ? 1 : depths[branch]! + 1);
        sizes.push(0);
        types.push([]);
      }
      branch = next;
    }
    for (let up = branch; up >= 0; up = parents[up]!) types[up]!.push(type);
    return branch;
  };
  const ofItem = new Int32Array(items.length).fill(-1);
  for (const [ordinal, { type }] of items.entries()) {
    if (type === undefined) continue;
    let leaf = leaves.get(type);
    if (leaf === undefined) leaves.set(type, (leaf = leafOf(type)));
    ofItem[ordinal] = leaf;
    for (let up = leaf; up >= 0; up = parents[up]!) sizes[up]! += 1;
  }
  return { ofItem, parents, depths, sizes, types };
}

/**
 * How much of their kind two items share, in [0, 1]: the depth of what their types have in common over the depth of the
 * deeper one, times the share of the shop that this rules out. A type that all items have says nothing: 0.
 */
export function kindLikeness(tree: TypeTree, a: number, b: number): number {
  const { ofItem, parents, depths, sizes } = tree;
  let one = ofItem[a]!;
  let other = ofItem[b]!;
  if (one < 0 || other < 0) return 0;
  const deepest = Math.max(depths[one]!, depths[other]!);
  while (one !== other) {
    if (one < 0 || other < 0) return 0;
    if (depths[one]! >= depths[other]!) one = parents[one]!;
    else other = parents[other]!;
  }
  return one < 0 ? 0 : (depths[one]! / deepest) * (1 - sizes[one]! / ofItem.length);
}
