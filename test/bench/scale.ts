/**
 * What the model costs a shop of very many items: time to learn a click, to publish, to read, to predict, and bytes.
 * `npm run bench:scale -- [--items 100000] [--visits 200000] [--min-customers 1] [--profile full|small]`; the last line is
 * JSON. Figures of typed arrays are exact; `rss` is what this process grew by, garbage included, so an upper bound.
 */
import { parseArgs } from "node:util";
import { emptyModel, learn } from "../../src/core/recommend/learn/model.ts";
import { scoreCrossSell } from "../../src/core/recommend/score/complements.ts";
import { scoreAlsoViewed } from "../../src/core/recommend/score/related.ts";
import { scoreVisit } from "../../src/core/recommend/score/visit.ts";
import { PROFILES } from "../../src/core/recommend/settings.ts";
import { decodeSnapshot, encodeSnapshot } from "../../src/core/recommend/snapshot/encode.ts";
import { publish } from "../../src/core/recommend/snapshot/publish.ts";
import { Crowd } from "./scale/crowd.ts";

const VISIT_ITEMS = 10;
const PREDICTIONS = 20_000;
const WARM_UP = 2_000;
const MEGABYTE = 1 << 20;

const { values } = parseArgs({
  options: {
    items: { type: "string", default: "100000" },
    visits: { type: "string", default: "200000" },
    "min-customers": { type: "string", default: "1" },
    profile: { type: "string", default: "full" },
  },
});
if (values.profile !== "full" && values.profile !== "small") {
  console.error(`--profile ${values.profile}: there are "full" and "small".`);
  process.exit(2);
}
const items = Number(values.items);
const minCustomers = Number(values["min-customers"]);
const megabytes = (bytes: number) => Number((bytes / MEGABYTE).toFixed(1));
const round = (value: number) => Number(value.toFixed(1));
const quantile = (sorted: Float64Array, share: number) => round(sorted[Math.floor(sorted.length * share)]!);

const crowd = new Crowd(items, "a crowd");
const model = emptyModel({ ...PROFILES[values.profile], supportersCap: Math.max(5, minCustomers) });
let learnedMs = 0;
for (let visit = 0; visit < Number(values.visits); visit++) {
  const facts = crowd.facts();
  const from = performance.now();
  for (const fact of facts) learn(model, fact);
  learnedMs += performance.now() - from;
}
const rowBytes = Object.values(model.rows).reduce(
  (sum, { chunks, chunkWords }) => sum + chunks.length * chunkWords * 4,
  0,
);
const ringBytes = model.sessions.items.byteLength + model.sessions.labels.byteLength;
let from = performance.now();
const bytes = encodeSnapshot(publish(model, { minCustomers, version: 1, now: 1_790_000_000_000 }));
const publishMs = performance.now() - from;

globalThis.gc?.();
const rssBefore = process.memoryUsage().rss;
from = performance.now();
const snapshot = decodeSnapshot(bytes.slice());
const readMs = performance.now() - from;

/** Time of each prediction in microseconds, sorted; and how many there were a second. */
function timed(predict: (visit: readonly string[]) => unknown) {
  const asked = Array.from({ length: PREDICTIONS + WARM_UP }, () => [...new Set(crowd.visit(VISIT_ITEMS))]);
  const us = new Float64Array(PREDICTIONS);
  let total = 0;
  for (const [i, visit] of asked.entries()) {
    const start = performance.now();
    predict(visit);
    if (i < WARM_UP) continue;
    us[i - WARM_UP] = (performance.now() - start) * 1000;
    total += us[i - WARM_UP]!;
  }
  us.sort();
  return {
    usP50: quantile(us, 0.5),
    usP99: quantile(us, 0.99),
    perSecond: Math.round(1e6 / (total / PREDICTIONS)),
  };
}
const recent = (visit: readonly string[]) => visit.map((item, ageRank) => ({ item, ageRank }));
const rows = timed((visit) => scoreAlsoViewed(snapshot, recent(visit), 20));
const fused = timed((visit) => scoreVisit(snapshot, recent(visit), 20));
const cart = timed((visit) =>
  scoreCrossSell(
    snapshot,
    visit.slice(0, 3).map((item) => ({ item, weight: 1 })),
    { limit: 20 },
  ),
);
globalThis.gc?.();

const report = {
  items: snapshot.items.length,
  visits: Number(values.visits),
  facts: model.facts,
  minCustomers,
  profile: values.profile,
  learnUs: round((learnedMs * 1000) / model.facts),
  publishMs: Math.round(publishMs),
  readMs: Math.round(readMs),
  modelMb: { rows: megabytes(rowBytes), sessions: megabytes(ringBytes) },
  snapshotMb: megabytes(bytes.byteLength),
  entriesPerItem: Object.fromEntries(
    Object.entries(snapshot.rows).map(([name, row]) => [
      name,
      round(row.weights.length / snapshot.items.length),
    ]),
  ),
  rssMb: megabytes(process.memoryUsage().rss - rssBefore),
  rows,
  fused,
  cart,
};
console.log(JSON.stringify(report, undefined, 2));
console.log(JSON.stringify(report));
