import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import type { Click, Invoice } from "../shop-data.ts";
import { besideInCart, lived, nextInVisit, ordersOf, visitsOf } from "./shop.ts";
import { scoreCrossSell } from "../../../src/core/recommend/score/complements.ts";

/** One item of each basket asks for ten others (`seed`), the others ask for it (`basket`). */
export function basketQuality(
  past: readonly Invoice[],
  later: readonly Invoice[],
  isGuarded: boolean,
  minCustomers: number,
): { seedHr10: number; basketHr10: number } {
  const { model, snapshot } = lived(ordersOf(past), isGuarded, minCustomers);
  let asked = 0;
  let seedHits = 0;
  let basketHits = 0;
  for (const { id, items } of later) {
    const known = items.filter((item) => model.indexOf.has(item));
    if (known.length < 2) continue;
    const seed = known[Number.parseInt(id, 10) % known.length]!;
    const rest = known.filter((item) => item !== seed);
    asked++;
    if (besideInCart(snapshot, seed).some((item) => rest.includes(item))) seedHits++;
    const cart = rest.map((item) => ({ item, weight: 1 }));
    const answer = scoreCrossSell(snapshot, cart, { limit: 10 });
    if (answer.some(({ index }) => snapshot.items[index] === seed)) basketHits++;
  }
  return { seedHr10: seedHits / asked, basketHr10: basketHits / asked };
}

/** Every beginning of every session asks for the next item; the one looked at is not offered again. */
export function sessionQuality(snapshot: ModelSnapshot, later: readonly Click[]): number {
  let asked = 0;
  let hits = 0;
  for (const session of Map.groupBy(later, (click) => click.session).values())
    for (let next = 1; next < session.length; next++) {
      const before = session.slice(0, next).map(({ item }) => item);
      const recent = [...new Set(before.toReversed())];
      const list = nextInVisit(snapshot, recent, 21).filter((item) => item !== before.at(-1));
      asked++;
      if (list.slice(0, 20).includes(session[next]!.item)) hits++;
    }
  return hits / asked;
}

/** A shop whose visitors share networks as people do who sit behind carriers: a few hold most of them. */
export function crowded(clicks: readonly Click[], networks: number): ReturnType<typeof visitsOf> {
  const placed = new Map<string, string>();
  let state = 7;
  const share = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const facts = visitsOf(clicks);
  const labels = new Map<string, number>();
  return facts.map((fact) => {
    const day = Math.floor(fact.at / 86_400_000);
    const network = placed.get(fact.who) ?? String(Math.floor(networks ** share()));
    placed.set(fact.who, network);
    const key = `${network} ${day}`;
    const label = labels.get(key) ?? labels.size + 1;
    labels.set(key, label);
    return { ...fact, network: label };
  });
}
