import { fnv1a32 } from "../../primitives/hash.ts";
import type { ItemId } from "../../primitives/ids.ts";
import { worthOf } from "./basket-worth.ts";
import { count } from "./counter-row.ts";
import type { Fact } from "../fact.ts";
import { forgetWeakest } from "./forget.ts";
import { countBasket, countVisit, emptyCounts, widenCounts, type ItemCounts } from "./item-counts.ts";
import { personOf, remember, rememberView, type Person } from "./person.ts";
import { emptyRows, type RowStore } from "./row-store.ts";
import { emptyRing, keepSession, type SessionRing } from "./session-ring.ts";
import { countPaced, isNewTie, isOverPace, newGuard, wordOf, type Guard, type Word } from "./trust.ts";
import { MODEL_SETTINGS, ROW_NAMES, type ModelSettings, type RowName } from "../settings.ts";

/** All that was learned from the facts so far, in bounded memory. Derived: the log of facts gives it again. */
export type Model = {
  readonly settings: ModelSettings;
  ids: ItemId[];
  indexOf: Map<ItemId, number>;
  counts: ItemCounts;
  rows: Record<RowName, RowStore>;
  readonly sessions: SessionRing;
  readonly people: Map<string, Person>;
  readonly guard: Guard | undefined;
  /** Baskets seen, of any size. */
  baskets: number;
  /** Facts learned. */
  facts: number;
};

/**
 * A model that knows nothing.
 * @example emptyModel({ supportersCap: 10 }).ids.length // 0
 */
export function emptyModel(settings: Partial<ModelSettings> = {}): Model {
  const all = { ...MODEL_SETTINGS, ...settings };
  const rows = (name: RowName) => emptyRows(all.rowLengths[name], all.supportersCap, all.rowBytes[name]);
  return {
    settings: all,
    ids: [],
    indexOf: new Map(),
    counts: emptyCounts(all.supportersCap),
    rows: Object.fromEntries(ROW_NAMES.map((name) => [name, rows(name)])) as Record<RowName, RowStore>,
    sessions: emptyRing(all.sessionsMax, all.sessionPairsMax),
    people: new Map(),
    guard: all.isGuarded ? newGuard() : undefined,
    baskets: 0,
    facts: 0,
  };
}

// More lines than an order may have; a longer fact is not a shopper's.
const ITEMS_READ_MAX = 500;

/**
 * Learns one fact: a few microseconds for a view, some hundred for a large basket, whatever the model's size. Facts of
 * one person are expected in order; a late one only counts in a context that has moved on. A fact without a finite
 * moment is passed over.
 */
export function learn(model: Model, fact: Fact): void {
  if (!Number.isFinite(fact.at)) return;
  model.facts += 1;
  const items = numbersOf(model, fact.items);
  const person = personOf(model.people, fact.who, fact.session, model.settings.peopleMax);
  const word = wordOf(model.guard, fact, person.standing);
  if (fact.kind !== "buy") for (const item of items) learnVisit(model, person, item, word, fact.at);
  else if (isBelieved(model.guard, fact, word)) learnBasket(model, person, items, word, fact);
}

/**
 * Whether a basket counts. What a page says was bought may be anything, and the shop's own word comes with the
 * confirmation: from the first time the shop's systems tell of an order, they alone are believed. Until then a page is,
 * within the limits of its network, or a shop that has nothing but the snippet would learn of no purchase at all.
 */
function isBelieved(guard: Guard | undefined, fact: Fact, word: Word): boolean {
  if (!guard) return true;
  if (fact.trust === undefined) guard.hearsShop = true;
  return fact.trust === undefined || (!guard.hearsShop && word.isHeard);
}

function numbersOf(model: Model, ids: readonly ItemId[]): number[] {
  const read = new Set(ids.length > ITEMS_READ_MAX ? ids.slice(0, ITEMS_READ_MAX) : ids);
  if (model.ids.length + read.size > model.settings.itemsMax) forgetWeakest(model);
  const numbers: number[] = [];
  for (const id of read) {
    let number = model.indexOf.get(id);
    if (number === undefined) {
      number = model.ids.push(id) - 1;
      model.indexOf.set(id, number);
    }
    numbers.push(number);
  }
  widenCounts(model.counts, model.ids.length);
  return numbers;
}

function learnVisit(model: Model, person: Person, item: number, word: Word, at: number): void {
  const { settings } = model;
  rememberView(person, item, at, settings.recentItemsMax);
  const known = person.items;
  const isNew = !known.includes(item);
  if (isNew && person.seen >= settings.sessionItemsMax) return;
  if (isNew) {
    person.seen += 1;
    if (word.isHeard) teachVisit(model, person, item, word, at);
  }
  remember(known, item, settings.sessionPairsMax);
  if (word.isHeard) person.serial = keepSession(model.sessions, person.serial, word.label, known);
}

function teachVisit(model: Model, person: Person, item: number, word: Word, at: number): void {
  const { settings, rows, guard } = model;
  const { label, weight } = word;
  const known = person.items;
  // The reference divides by the finished session's length. The root of its length so far needs no waiting, and
  // measured better.
  const share = weight / Math.sqrt(person.seen);
  const isOver = isOverPace(guard, word, item);
  if (isNewTie(guard, word, "visit", item, item)) {
    countPaced(guard, word, item);
    countVisit(model.counts, item, label, at, settings.trendingHalfLifeMs);
    // An item belongs to its own row, as heavy as it is visited: who looked at it may well want to see it again.
    count(rows.coVisit, item, item, share, label);
  }
  if (isOver) return;
  for (let i = known.length - 1, distance = 1; i >= 0; i--, distance++) {
    const earlier = known[i]!;
    if (isOverPace(guard, word, earlier) || !isNewTie(guard, word, "visit", earlier, item)) continue;
    count(rows.coVisit, earlier, item, share, label);
    count(rows.coVisit, item, earlier, share, label);
    if (distance <= settings.sequenceReach) count(rows.sequence, earlier, item, weight / distance, label);
  }
}

function learnBasket(model: Model, person: Person, items: number[], word: Word, fact: Fact): void {
  const { settings, rows, guard } = model;
  const { partnersMax } = settings;
  const { label } = word;
  const worth = worthOf(model, person, items, fact);
  model.baskets += 1;
  for (const item of items) countBasket(model.counts, item, label, !person.bought.includes(item));
  const circle = items.length > partnersMax + 1 ? shuffled(model, items, fact) : items;
  // Each item meets those that follow it on the circle, at most half way round: every pair once in a small basket,
  // `partnersMax` partners for each item in a large one.
  const partners = Math.min(circle.length - 1, partnersMax);
  const reach = Math.ceil(partners / 2);
  const base = worth.base(partners) * word.weight;
  const knew = new Set(person.bought);
  const shareOf = (item: number) => worth.shares.get(item) ?? 1;
  for (const [i, item] of circle.entries()) {
    for (let step = 1; step <= reach; step++) {
      // With an even number of items the opposite one is met from both sides: only the first counts.
      if (step * 2 === circle.length && i >= step) continue;
      const other = circle[(i + step) % circle.length]!;
      if (!isNewTie(guard, word, "basket", item, other)) continue;
      const isRepeat = knew.has(item) && knew.has(other);
      const weight = base * Math.min(shareOf(item), shareOf(other)) * (isRepeat ? worth.repeatShare : 1);
      count(rows.coPurchase, item, other, weight, label);
      count(rows.coPurchase, other, item, weight, label);
    }
  }
  learnTradeUps(model, person, circle.slice(0, partnersMax), new Set(items), word, fact.at);
  for (const item of items) remember(person.bought, item, settings.recentItemsMax);
}

function learnTradeUps(
  model: Model,
  person: Person,
  basket: readonly number[],
  inBasket: ReadonlySet<number>,
  word: Word,
  at: number,
): void {
  const { settings, rows, guard } = model;
  const isFresh = (i: number) => Math.abs(at - person.viewedAt[i]!) <= settings.tradeUpMs;
  const viewedOnly = person.viewed.filter((item, i) => isFresh(i) && !person.bought.includes(item));
  for (const earlier of [...person.bought, ...viewedOnly]) {
    if (inBasket.has(earlier)) continue;
    for (const item of basket)
      if (isNewTie(guard, word, "tradeUp", earlier, item)) count(rows.tradeUp, earlier, item, 1, word.label);
  }
}

/** The items of a basket in an order that has nothing to do with them, and that the same fact always gives. */
function shuffled(model: Model, items: readonly number[], fact: Fact): number[] {
  const salt = `${fact.who}|${fact.at}|`;
  return items
    .map((item) => ({ item, key: fnv1a32(salt + model.ids[item]!) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
