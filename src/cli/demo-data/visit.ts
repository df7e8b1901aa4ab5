import type { InferInput } from "valibot";
import type { ShopEvent } from "../../core/event/event.ts";
import type { Rng } from "../../core/primitives/rng.ts";
import { MINUTE_MS, SECOND_MS, type EpochMs } from "../../core/primitives/time.ts";
import { COMPLEMENTS } from "./complements.ts";
import { orderOf } from "./order.ts";
import { appeal, pickWeighted, SHELVES, suits, type ShelfItem, type Taste } from "./taste.ts";

/** An event as it is sent, before parsing. */
export type ShopEventInput = InferInput<typeof ShopEvent>;

type Unstamped<E> = E extends unknown ? Omit<E, "id" | "at"> : never;

/** Where a visit writes: stamps each event with the next id and a moment a little later. */
type Journal = { readonly write: (event: Unstamped<ShopEventInput>) => void };

function journalFrom(rng: Rng, start: EpochMs, idOf: () => string, events: ShopEventInput[]): Journal {
  let at = start;
  return {
    write: (event) => {
      events.push({ ...event, id: idOf(), at } as ShopEventInput);
      at += Math.round(8 * SECOND_MS + rng() * 1.4 * MINUTE_MS);
    },
  };
}

/** Looks at one to four items of a type, each chosen by appeal; the walk drifts dearer as often as it drifts on. */
function browse(rng: Rng, taste: Taste, typeKey: string, journal: Journal): ShelfItem[] {
  const shelf = SHELVES.get(typeKey) ?? [];
  const seen: ShelfItem[] = [];
  const looks = 1 + Math.floor(rng() * 4);
  for (let look = 0; look < looks; look++) {
    const last = seen.at(-1);
    const tradeUp = last !== undefined && rng() < 0.45;
    const next = pickWeighted(rng, shelf, (one) => {
      if (seen.includes(one)) return 0;
      if (tradeUp && (one.cents <= last.cents || one.cents > last.cents * 2.2)) return 0;
      return appeal(taste, one);
    });
    if (!next) continue;
    seen.push(next);
    journal.write({
      type: "product_viewed",
      item: next.item.id,
      page: { type: "product", url: next.item.url!, title: next.item.title },
    });
  }
  return seen;
}

function put(journal: Journal, basket: ShelfItem[], one: ShelfItem): void {
  basket.push(one);
  journal.write({
    type: "product_added",
    item: one.item.id,
    quantity: 1,
    price: { minor: one.cents, currency: "EUR" },
  });
}

/** Adds to the basket what is used together with its first item. */
function complement(rng: Rng, anchor: ShelfItem, basket: ShelfItem[], journal: Journal): void {
  for (const [typeKey, with_, percent] of COMPLEMENTS) {
    if (typeKey !== anchor.typeKey || rng() * 100 >= percent) continue;
    const one = pickWeighted(
      rng,
      SHELVES.get(with_) ?? [],
      (each) => Math.sqrt(each.fame) * suits(anchor, each),
    );
    if (!one || basket.includes(one)) continue;
    journal.write({
      type: "product_viewed",
      item: one.item.id,
      page: { type: "product", url: one.item.url!, title: one.item.title },
    });
    if (rng() < 0.85) put(journal, basket, one);
  }
}

/** One visit: arrive, browse one or two types, perhaps fill a basket and pay. Answers what was bought. */
export function visit(
  rng: Rng,
  taste: Taste,
  start: EpochMs,
  idOf: () => string,
  events: ShopEventInput[],
): ShelfItem[] {
  const journal = journalFrom(rng, start, idOf, events);
  const typeKey = taste.types[Math.floor(rng() * taste.types.length)]!;
  const path = SHELVES.get(typeKey)![0]!.item.type!;
  const arrival = rng();
  if (arrival < 0.4) journal.write({ type: "page_viewed", page: { type: "home", url: "/demo/" } });
  if (arrival < 0.25) {
    journal.write({
      type: "product_list_viewed",
      category: path,
      page: { type: "category", category: path },
    });
  } else if (arrival < 0.37) {
    const query = path.split(" > ").at(-1)!.toLowerCase();
    journal.write({ type: "products_searched", query, page: { type: "search", query } });
  }
  const seen = browse(rng, taste, typeKey, journal);
  const basket: ShelfItem[] = [];
  // Who traded up while looking buys the last thing they looked at more often than the first.
  const wanted = pickWeighted(rng, seen, (one) => 1 + seen.indexOf(one));
  if (wanted && rng() < 0.55) {
    put(journal, basket, wanted);
    complement(rng, wanted, basket, journal);
  }
  if (rng() < 0.2) browse(rng, taste, taste.types[Math.floor(rng() * taste.types.length)]!, journal);
  if (basket.length === 0 || rng() > 0.72) return [];
  journal.write({ type: "checkout_started", page: { type: "checkout" } });
  journal.write(orderOf(idOf(), basket));
  return basket;
}

/** A repeat purchase of something used up: straight to the product, into the basket, paid. */
export function replenish(
  rng: Rng,
  one: ShelfItem,
  start: EpochMs,
  idOf: () => string,
  events: ShopEventInput[],
): void {
  const journal = journalFrom(rng, start, idOf, events);
  journal.write({ type: "product_viewed", item: one.item.id, page: { type: "product", url: one.item.url! } });
  const basket: ShelfItem[] = [];
  put(journal, basket, one);
  journal.write(orderOf(idOf(), basket));
}
