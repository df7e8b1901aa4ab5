import { priceOf } from "../catalog/item.ts";
import { minorDigits } from "../primitives/money.ts";
import type { View } from "../profile/view.ts";
import { SIGNALS } from "../signal/list.ts";
import type { Circumstances, Scene } from "./scene.ts";
import type { World } from "./world.ts";

const RECENT_MAX = 20;

/** Gathers what a decision may look at: the request, and the view where there is consent. */
export function setScene(world: World, asked: Circumstances, known: View | undefined): Scene {
  const { catalog } = world;
  const ordinalOf = (id: string): number => catalog.ordinal.get(id) ?? -1;
  const view =
    known && world.sensitive.size > 0
      ? { ...known, recent: known.recent.filter((touch) => !world.sensitive.has(ordinalOf(touch.item))) }
      : known;
  const current = asked.page.item === undefined ? -1 : ordinalOf(asked.page.item);
  const lines =
    asked.cart ?? (view ? [...view.cart].map(([item, { quantity }]) => ({ item, quantity })) : []);
  const cart = lines.map((line) => ordinalOf(line.item)).filter((ordinal) => ordinal >= 0);
  const recent: number[] = current >= 0 ? [current] : [];
  for (let i = (view?.recent.length ?? 0) - 1; i >= 0 && recent.length < RECENT_MAX; i--) {
    const ordinal = ordinalOf(view!.recent[i]!.item);
    if (ordinal >= 0 && !recent.includes(ordinal)) recent.push(ordinal);
  }
  const permitted = new Set(view?.permitted);
  const attributes = attributesOf(world, asked, lines, current, view);
  const segments: string[] = [];
  for (const segment of world.config.segments) {
    if (segment.purpose !== undefined && !permitted.has(segment.purpose)) continue;
    if (segment.matches(attributes)) segments.push(segment.id);
  }
  attributes["segments"] = segments;
  return {
    world,
    now: asked.now,
    market: asked.market,
    current,
    category: asked.page.category,
    cart,
    view,
    recent,
    attributes,
    permitted,
    excluded: new Set(asked.exclude.map(ordinalOf).filter((ordinal) => ordinal >= 0)),
  };
}

/** The bag that conditions are written over; its names are part of the config language. */
function attributesOf(
  world: World,
  asked: Circumstances,
  lines: readonly { readonly item: string; readonly quantity: number }[],
  current: number,
  view: View | undefined,
): Record<string, unknown> {
  const { catalog } = world;
  const types = new Set<string>();
  let total = 0;
  let count = 0;
  for (const { item: id, quantity } of lines) {
    const item = catalog.items[catalog.ordinal.get(id) ?? -1];
    const price = item && priceOf(item, asked.market);
    if (item?.type) types.add(item.type);
    if (price) total += (price.minor * quantity) / 10 ** minorDigits(price.currency);
    count += quantity;
  }
  const item = catalog.items[current];
  const signals: Record<string, unknown> = {};
  if (view)
    for (const signal of SIGNALS)
      signals[signal.name] = signal.value({ view, catalog, now: asked.now, market: asked.market }) ?? null;
  return {
    page: { ...asked.page, item: item?.id ?? asked.page.item ?? null },
    item: item ? itemAttributes(item, asked.market) : {},
    cart: { total, count, items: lines.map((line) => line.item), types: [...types] },
    market: asked.market ?? null,
    locale: asked.locale ?? null,
    device: asked.device ?? null,
    traits: view ? Object.fromEntries([...view.traits].map(([name, trait]) => [name, trait.value])) : {},
    signals,
  };
}

/** An item as conditions see it; `price` in major units. */
export function itemAttributes(
  item: World["catalog"]["items"][number],
  market?: string,
): Record<string, unknown> {
  const price = priceOf(item, market);
  return {
    id: item.id,
    title: item.title,
    brand: item.brand ?? null,
    type: item.type ?? null,
    group: item.group ?? null,
    price: price ? price.minor / 10 ** minorDigits(price.currency) : null,
    currency: price?.currency ?? null,
    onSale: item.salePrice !== undefined,
    availability: item.availability,
    attributes: item.attributes ?? {},
  };
}
