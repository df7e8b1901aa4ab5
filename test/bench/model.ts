/**
 * What the model is worth and what it costs, in process, on the two open data sets it can be measured with: next item
 * on serenade-sample, what goes with one item of a basket on uci-online-retail. `node test/bench/model.ts`; the last
 * line is JSON. `--valid` measures on the validation cut of the training part: tune there, never on the test part.
 */
import type { Fact } from "../../src/core/recommend/fact.ts";
import { emptyModel, learn, type Model } from "../../src/core/recommend/learn/model.ts";
import { publish } from "../../src/core/recommend/snapshot/publish.ts";
import { popularItems } from "../../src/core/recommend/score/ranked.ts";
import { scoreCrossSell } from "../../src/core/recommend/score/complements.ts";
import { scoreAlsoViewed } from "../../src/core/recommend/score/related.ts";
import { encodeSnapshot } from "../../src/core/recommend/snapshot/encode.ts";
import type { ModelSnapshot } from "../../src/core/recommend/snapshot/snapshot.ts";
import { basketsOfRetail, clicksOfSerenade, type Click, type Invoice } from "./shop-data.ts";

const isValidation = process.argv.includes("--valid");
const MIN_CUSTOMERS = [1, 5];
const DAY_MS = 86_400_000;

/** What the counter rows occupy, half-empty blocks included. */
const rowBytes = (model: Model) =>
  Object.values(model.rows).reduce((sum, { chunks, chunkWords }) => sum + chunks.length * chunkWords * 4, 0);

const round = (value: number, digits = 4) => Number(value.toFixed(digits));
const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function train(facts: readonly Fact[]): { model: Model; learnUs: number } {
  const model = emptyModel();
  const from = performance.now();
  for (const fact of facts) learn(model, fact);
  return { model, learnUs: round(((performance.now() - from) * 1000) / facts.length, 2) };
}

function costs(snapshot: ModelSnapshot, us: number[]) {
  us.sort((a, b) => a - b);
  return {
    predictUsP50: round(quantile(us, 0.5), 1),
    predictUsP99: round(quantile(us, 0.99), 1),
    snapshotBytes: encodeSnapshot(snapshot).byteLength,
  };
}

/** Every prefix of every session predicts the next item; the item looked at is not offered again. */
function nextItem(snapshot: ModelSnapshot, sessions: readonly (readonly Click[])[]) {
  const favourites = popularItems(snapshot, 21).map(({ index }) => snapshot.items[index]!);
  const tally = { predictions: 0, hit20: 0, hit10: 0, mrr20: 0, popularHit20: 0 };
  const us: number[] = [];
  for (const session of sessions) {
    for (let next = 1; next < session.length; next++) {
      const before = session.slice(0, next).map(({ item }) => item);
      const current = before.at(-1)!;
      const target = session[next]!.item;
      const from = performance.now();
      const recent = [...new Set(before.toReversed())].map((item, ageRank) => ({ item, ageRank }));
      const scored = scoreAlsoViewed(snapshot, recent, 21);
      us.push((performance.now() - from) * 1000);
      const list = scored.map(({ index }) => snapshot.items[index]!).filter((id) => id !== current);
      const rank = list.slice(0, 20).indexOf(target) + 1;
      tally.predictions += 1;
      if (rank > 0) tally.hit20 += 1;
      if (rank > 0 && rank <= 10) tally.hit10 += 1;
      if (rank > 0) tally.mrr20 += 1 / rank;
      const popular = favourites.filter((id) => id !== current).slice(0, 20);
      if (popular.includes(target)) tally.popularHit20 += 1;
    }
  }
  const { predictions } = tally;
  return {
    predictions,
    hr20: round(tally.hit20 / predictions),
    hr10: round(tally.hit10 / predictions),
    mrr20: round(tally.mrr20 / predictions),
    popularHr20: round(tally.popularHit20 / predictions),
    ...costs(snapshot, us),
  };
}

/** One item of each basket, by lot but always the same, asks for ten others: is one of them in the basket? */
function besideOne(snapshot: ModelSnapshot, baskets: readonly Invoice[], known: ReadonlySet<string>) {
  const favourites = popularItems(snapshot, 11).map(({ index }) => snapshot.items[index]!);
  const tally = { baskets: 0, hit10: 0, found: 0, popularHit10: 0, heldOutHit10: 0, heldOutMrr10: 0 };
  const shown = new Set<number>();
  const us: number[] = [];
  for (const basket of baskets) {
    const items = basket.items.filter((item) => known.has(item));
    if (items.length < 2) continue;
    const seed = items[Number.parseInt(basket.id, 10) % items.length]!;
    const rest = new Set(items.filter((item) => item !== seed));
    const from = performance.now();
    const scored = scoreCrossSell(snapshot, [{ item: seed, weight: 1 }], { limit: 10 });
    us.push((performance.now() - from) * 1000);
    const hits = scored.filter(({ index }) => rest.has(snapshot.items[index]!)).length;
    for (const { index } of scored) shown.add(index);
    tally.baskets += 1;
    tally.found += hits;
    if (hits > 0) tally.hit10 += 1;
    const popular = favourites.filter((id) => id !== seed).slice(0, 10);
    if (popular.some((id) => rest.has(id))) tally.popularHit10 += 1;
    const cart = [...rest].map((item) => ({ item, weight: 1 }));
    const held = scoreCrossSell(snapshot, cart, { limit: 10 });
    const rank = held.findIndex(({ index }) => snapshot.items[index] === seed) + 1;
    if (rank > 0) tally.heldOutHit10 += 1;
    if (rank > 0) tally.heldOutMrr10 += 1 / rank;
  }
  const n = tally.baskets;
  return {
    baskets: n,
    seedHr10: round(tally.hit10 / n),
    precision10: round(tally.found / n / 10),
    coverage: round(shown.size / known.size, 3),
    popularHr10: round(tally.popularHit10 / n),
    basketHr10: round(tally.heldOutHit10 / n),
    basketMrr10: round(tally.heldOutMrr10 / n),
    ...costs(snapshot, us),
  };
}

function serenade() {
  const clicks = clicksOfSerenade("train");
  const later = clicksOfSerenade(isValidation ? "valid" : "test");
  if (!clicks || !later) return "skipped";
  const { model, learnUs } = train(
    clicks.map(({ session, item, at }) => ({ who: session, session: 1, at, kind: "view", items: [item] })),
  );
  const sessions = [...Map.groupBy(later, ({ session }) => session).values()];
  const atLeast = (minCustomers: number) =>
    nextItem(publish(model, { minCustomers, version: 1, now: clicks.at(-1)!.at }), sessions);
  return { learnUs, items: model.ids.length, rowBytes: rowBytes(model), ...byMinCustomers(atLeast) };
}

function retail() {
  const all = basketsOfRetail();
  if (!all) return "skipped";
  const end = all.at(-1)!.at - (isValidation ? 30 * DAY_MS : 0);
  const cut = end - 30 * DAY_MS;
  const baskets = all.filter(({ at }) => at < cut);
  const { model, learnUs } = train(
    baskets.map(({ who, at, items }) => ({ who, session: 1, at, kind: "buy", items })),
  );
  const known = new Set(model.ids);
  const later = all.filter(({ at }) => at >= cut && at <= end);
  const atLeast = (minCustomers: number) =>
    besideOne(publish(model, { minCustomers, version: 1, now: cut }), later, known);
  const size = { items: model.ids.length, rowBytes: rowBytes(model) };
  return { learnUs, baskets: baskets.length, ...size, ...byMinCustomers(atLeast) };
}

const byMinCustomers = (measure: (minCustomers: number) => object) =>
  Object.fromEntries(MIN_CUSTOMERS.map((k) => [`minCustomers${k}`, measure(k)]));

const report = { part: isValidation ? "validation" : "test", serenade: serenade(), retail: retail() };
console.log(JSON.stringify(report, undefined, 2));
console.log(JSON.stringify(report));
