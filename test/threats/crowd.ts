import { withHands } from "../support/http.ts";
import { eventId, sleep, type Site, until } from "./site.ts";

const consent = { personalization: true, analytics: true };
let people = 0;

/** Visitors who each look at these items in one visit, each from a network of their own unless told otherwise. */
export async function look(
  site: Site,
  times: number,
  items: readonly string[],
  network?: string,
): Promise<number> {
  let taken = 0;
  await withHands(
    Array.from({ length: times }, () => ++people),
    8,
    async (n) => {
      const from = network ?? `100.${64 + (n % 60)}.${Math.floor(n / 60) % 250}.9`;
      const events = items.map((item) => ({ type: "product_viewed", id: eventId(), item }));
      const reply = await site.page(
        "/v1/events",
        { visitorId: `crowd-${process.pid}-${n}`, consent, events },
        { "cf-connecting-ip": from },
      );
      if (reply.text.includes('"accepted"')) taken++;
    },
  );
  return taken;
}

/** What is shown beside an item out of behaviour alone, best first. */
export async function beside(site: Site, item: string): Promise<string[]> {
  const { slot } = await site.decide("pairs", { page: { type: "product", item } });
  return (slot?.items ?? []).map(({ id }) => id);
}

/**
 * Waits until what was sent is learned and served. An isolate answers from the model it has while it fetches the next, so
 * it has to be asked before what it serves is new.
 */
export async function settled(site: Site): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await sleep(1_100);
    await beside(site, "i1");
  }
  await sleep(300);
}

/** Waits until something is shown beside an item. @returns whether it came */
export const isShown = (site: Site, item: string, other: string, msMax = 6_000): Promise<boolean> =>
  until(async () => (await beside(site, item)).includes(other), msMax);

/** A slot that shows what was viewed together and nothing else. */
export const PAIRS = {
  holdout: { share: 0 },
  slots: { pairs: { strategies: ["also_viewed"], min: 1, max: 24 } },
};

/** Area under the ROC curve of guesses: 0.5 is chance, 1 is knowledge. @example aucOf([1, 0], [true, false]) // 1 */
export function aucOf(scores: readonly number[], truths: readonly boolean[]): number {
  let wins = 0;
  let pairs = 0;
  for (const [i, isOne] of truths.entries())
    for (const [j, isOther] of truths.entries()) {
      if (!isOne || isOther) continue;
      pairs++;
      wins += (Math.sign((scores[i] ?? 0) - (scores[j] ?? 0)) + 1) / 2;
    }
  return pairs === 0 ? 0.5 : wins / pairs;
}
