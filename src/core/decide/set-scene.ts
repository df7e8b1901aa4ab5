import type { CatalogIndex } from "../catalog/catalog-index.ts";
import { priceOf } from "../catalog/item.ts";
import { minorDigits } from "../primitives/money.ts";
import type { View } from "../profile/view.ts";
import type { Purpose } from "../consent/consent.ts";
import type { EpochMs } from "../primitives/time.ts";
import { termsOf } from "../config/value-config.ts";
import { valueAttributes } from "../value/attributes.ts";
import { scoreOf } from "../value/score.ts";
import type { Preference } from "../preference/preference.ts";
import type { CompiledQuestions } from "../preference/question.ts";
import { preferencesOf } from "../preference/preferences-of.ts";
import { membershipsNow } from "../segment/membership/memberships-of.ts";
import { SIGNALS } from "../signal/list.ts";
import { perView } from "./per-view.ts";
import type { Circumstances, Scene } from "./scene.ts";
import type { World } from "./world.ts";

const RECENT_MAX = 20;

/** Gathers what a decision may look at: the request, and the view where there is consent. */
export function setScene(world: World, asked: Circumstances, known: View | undefined): Scene {
  const { catalog } = world;
  const ordinalOf = (id: string): number => catalog.ordinal.get(id) ?? -1;
  const view = known && world.sensitive.size > 0 ? withoutSensitive(known, world) : known;
  const current = asked.page.item === undefined ? -1 : ordinalOf(asked.page.item);
  const lines =
    asked.cart ?? (view ? [...view.cart].map(([item, { quantity }]) => ({ item, quantity })) : []);
  const cart = lines.map((line) => ordinalOf(line.item)).filter((ordinal) => ordinal >= 0);
  const looked = view ? recentOf(view, catalog) : [];
  const recent =
    current >= 0
      ? [current, ...looked.filter((ordinal) => ordinal !== current)].slice(0, RECENT_MAX)
      : looked;
  const permitted = new Set(view?.permitted);
  const attributes = world.config.readsAttributes ? attributesOf(world, asked, lines, current, view) : {};
  let segments: readonly string[] | undefined;
  // Told when first asked for: most decisions read few attributes, and a segment's own condition reads the others.
  Object.defineProperty(attributes, "segments", {
    enumerable: true,
    get: () => {
      if (segments) return segments;
      segments = []; // Already there while a segment's condition runs: one that asks for segments finds none.
      segments = segmentsNow(world, attributes, permitted, view);
      return segments;
    },
  });
  return {
    world,
    now: asked.now,
    market: asked.market,
    locale: asked.locale,
    current,
    category: asked.page.category,
    cart,
    view,
    recent,
    attributes,
    permitted,
    preferences: view ? statedIn(view, world.config.questions) : [],
    excluded: new Set(asked.exclude.map(ordinalOf).filter((ordinal) => ordinal >= 0)),
  };
}

/** The view without what was looked at of items that nothing may be concluded from. */
const withoutSensitive = perView((known, { catalog, sensitive }: World): View => ({
  ...known,
  recent: known.recent.filter(({ item }) => !sensitive.has(catalog.ordinal.get(item) ?? -1)),
}));

/** What the person looked at lately, newest first, each item of the catalog once. */
const recentOf = perView((view, { ordinal: ordinals }: CatalogIndex): readonly number[] => {
  const recent: number[] = [];
  for (let i = view.recent.length - 1; i >= 0 && recent.length < RECENT_MAX; i--) {
    const ordinal = ordinals.get(view.recent[i]!.item) ?? -1;
    if (ordinal >= 0 && !recent.includes(ordinal)) recent.push(ordinal);
  }
  return recent;
});

const statedIn = perView((view, questions: CompiledQuestions): readonly Preference[] =>
  preferencesOf(view, questions),
);

/** The bag that conditions are written over; its names are part of the config language. Each part is made when read. */
function attributesOf(
  world: World,
  asked: Circumstances,
  lines: readonly { readonly item: string; readonly quantity: number }[],
  current: number,
  view: View | undefined,
): Record<string, unknown> {
  const { catalog } = world;
  const item = catalog.items[current];
  return lazily({
    page: () => ({ ...asked.page, item: item?.id ?? asked.page.item ?? null }),
    item: () => (item ? itemAttributes(item, asked.market) : {}),
    cart: () => cartAttributes(world, asked.market, lines),
    market: () => asked.market ?? null,
    locale: () => asked.locale ?? null,
    device: () => asked.device ?? null,
    ...personFields(world, asked.now, asked.market, view),
  });
}

/**
 * What conditions may ask about the person alone, at a moment.
 * @param meters what was counted, as it is read at that moment
 */
export function personAttributes(
  world: World,
  now: EpochMs,
  view: View,
  meters: Readonly<Record<string, number | null>>,
): Record<string, unknown> {
  return lazily({ ...personFields(world, now, undefined, view), meters: () => meters });
}

function personFields(
  world: World,
  now: EpochMs,
  market: string | undefined,
  view: View | undefined,
): Readonly<Record<string, () => unknown>> {
  return {
    traits: () => Object.fromEntries([...(view?.traits ?? [])].map(([name, trait]) => [name, trait.value])),
    signals: () => {
      if (!view) return {};
      const input = { view, catalog: world.catalog, now, market };
      return Object.fromEntries(SIGNALS.map((signal) => [signal.name, signal.value(input) ?? null]));
    },
    value: () =>
      view?.purchases
        ? valueAttributes(
            scoreOf(view.purchases, world.value, termsOf(world.config.config.value), now),
            view.purchases,
          )
        : {},
    place: () => view?.place ?? {},
    preferences: () => (view ? statedBy(statedIn(view, world.config.questions)) : {}),
    life: () => view?.life ?? {},
    answers: () =>
      Object.fromEntries(
        [...(view?.answers ?? [])].map(([name, { choice, score }]) => [name, choice ?? score ?? null]),
      ),
  };
}

/** Preferences as conditions read them: the values by topic. @example { brand: ["Brook"] } */
function statedBy(preferences: readonly Preference[]): Record<string, unknown> {
  const stated: Record<string, unknown> = {};
  for (const { topic, anyOf, band } of preferences)
    stated[topic] ??= anyOf.length > 0 ? anyOf : (band ?? null);
  return stated;
}

/**
 * Segments that hold in a decision. Who the person is was found in the turn of their last event; only where that was by
 * other segments than these are, what needs no counting is asked anew.
 */
function segmentsNow(
  world: World,
  attributes: Record<string, unknown>,
  permitted: ReadonlySet<Purpose>,
  view: View | undefined,
): readonly string[] {
  const { segments, attention } = world.config;
  if (view?.segments.by === attention)
    return membershipsNow(segments, attributes, permitted, view.segments.ids);
  const found = new Set(membershipsNow(segments, attributes, permitted));
  const known = segments.personal.filter(
    ({ id, isCounting }) => isCounting && view?.segments.ids.includes(id),
  );
  for (const { id } of known) found.add(id);
  return [...found].sort();
}

/** An object whose fields are worked out when they are first read. */
function lazily(fields: Readonly<Record<string, () => unknown>>): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(fields)) {
    let isMade = false;
    let value: unknown;
    Object.defineProperty(made, name, {
      enumerable: true,
      get: () => {
        if (!isMade) [value, isMade] = [make(), true];
        return value;
      },
    });
  }
  return made;
}

/** The cart as conditions see it; `total` in major units. */
function cartAttributes(
  { catalog }: World,
  market: string | undefined,
  lines: readonly { readonly item: string; readonly quantity: number }[],
): Record<string, unknown> {
  const types = new Set<string>();
  let total = 0;
  let count = 0;
  for (const { item: id, quantity } of lines) {
    const item = catalog.items[catalog.ordinal.get(id) ?? -1];
    const price = item && priceOf(item, market);
    if (item?.type) types.add(item.type);
    if (price) total += (price.minor * quantity) / 10 ** minorDigits(price.currency);
    count += quantity;
  }
  return { total, count, items: lines.map((line) => line.item), types: [...types] };
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
