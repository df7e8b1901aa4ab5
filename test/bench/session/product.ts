import { emptyModel, learn } from "../../../src/core/recommend/learn/model.ts";
import { scoreNeighbours } from "../../../src/core/recommend/score/neighbours.ts";
import { scoreAlsoViewed, type Recent } from "../../../src/core/recommend/score/related.ts";
import type { Scored } from "../../../src/core/recommend/score/scratch.ts";
import { scoreVisit } from "../../../src/core/recommend/score/visit.ts";
import { encodeSnapshot } from "../../../src/core/recommend/snapshot/encode.ts";
import { publish } from "../../../src/core/recommend/snapshot/publish.ts";
import { emptySnapshot, type ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import type { Recommender } from "./recommender.ts";

/** What of the product answers. */
export const EXPERTS = ["rows", "neighbours", "fused"] as const;
export type Expert = (typeof EXPERTS)[number];

const ASK: Record<Expert, (snapshot: ModelSnapshot, recent: readonly Recent[], limit: number) => Scored[]> = {
  rows: scoreAlsoViewed,
  neighbours: scoreNeighbours,
  fused: scoreVisit,
};

/** How many people must stand behind a number, where quality is compared with those who show everything. */
const MIN_CUSTOMERS = 1;

/**
 * The product: facts learned one by one, published, answered from the snapshot. Each session is a customer of its own.
 * While learning goes on it publishes the whole snapshot at each session's end, not at each click, so what a click taught
 * counts only then.
 */
export function product(expert: Expert): Recommender {
  const model = emptyModel();
  let snapshot = emptySnapshot();
  let version = 0;
  const relearn = (now: number) => {
    snapshot = publish(model, { minCustomers: MIN_CUSTOMERS, version: ++version, now });
  };
  return {
    name: `product (${expert}, k = ${MIN_CUSTOMERS}; online: published at each session's end)`,
    learn: ({ session, item, at }) =>
      learn(model, { who: session, session: 1, at, kind: "view", items: [item] }),
    refresh: (now, isEnd) => {
      if (isEnd) relearn(now);
    },
    predict: ({ items }, limit) => {
      const recent = [...new Set(items.toReversed())].map((item, ageRank) => ({ item, ageRank }));
      return ASK[expert](snapshot, recent, limit).map(({ index, score }) => ({
        item: snapshot.items[index]!,
        score,
      }));
    },
    bytes: () => encodeSnapshot(snapshot).byteLength,
  };
}
