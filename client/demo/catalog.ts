import type { CatalogItem } from "../../src/core/catalog/item.ts";

/** What the page knows of an item: everything but what it cost the shop. */
export type DemoItem = Omit<CatalogItem, "cost">;

let loaded: readonly DemoItem[] = [];

/** Fetches the catalog once per page; afterwards the functions below answer at once. */
export async function loadCatalog(): Promise<readonly DemoItem[]> {
  loaded = (await (await fetch("/demo/catalog.json")).json()) as DemoItem[];
  return loaded;
}

export const allItems = (): readonly DemoItem[] => loaded;

/** The item of an id. */
export const itemOf = (id: string | null): DemoItem | undefined => loaded.find((item) => item.id === id);

/** Steps of an item's type. @example ["Kitchen", "Tea & Coffee", "Kettles"] */
export const pathOf = (item: DemoItem): string[] => (item.type ?? "").split(" > ");

/** A path step as an address shows it. @example slug("Tea & Coffee") // "tea-coffee" */
export const slug = (step: string): string =>
  step
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "-")
    .replaceAll(/^-|-$/g, "");

/** Items under a department, category or type, by its slug. */
export const itemsIn = (step: string): DemoItem[] =>
  loaded.filter((item) => pathOf(item).some((each) => slug(each) === step));

/** One item per product: the first variant of each group that can be had. */
export function onePerGroup(items: readonly DemoItem[]): DemoItem[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = item.group ?? item.id;
    if (seen.has(key) || item.availability === "out_of_stock") return false;
    seen.add(key);
    return true;
  });
}

/** Things that are used up, one of each type: what a shop puts beside its till. */
export function usedUp(): DemoItem[] {
  const types = new Set<string>();
  return onePerGroup(loaded).filter((item) => {
    const isNew = item.replenishDays !== undefined && !types.has(item.type!);
    types.add(item.type!);
    return isNew;
  });
}

/** The variants of an item's product, itself included. */
export const variantsOf = (item: DemoItem): DemoItem[] =>
  item.group === undefined ? [item] : loaded.filter((other) => other.group === item.group);

/** What is paid now. */
export const paidFor = (item: DemoItem) => item.salePrice ?? item.price!;
