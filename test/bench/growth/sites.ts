import { withHands } from "../../support/http.ts";
import { median, quantile } from "../serve/figures.ts";
import { cpuMsOf, rssMbOf } from "../serve/process.ts";
import type { Effort, Ladder } from "./ladder.ts";
import { askFor, putCatalog, withServer, type Site } from "./server.ts";
import { itemsOf } from "./worlds.ts";

const ITEMS = 50;
const HANDS = 8;
/** Shops opened one after the other at each size, and timed. */
const OPENED_ALONE = 7;
/** Requests to the busy shop at each size, with as many to the others between them. */
const REQUESTS = 300;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

/** How one deployment takes more shops: what a busy one feels of the others, and what the others get. */
export function growSites({ quick, sizes: wanted }: Effort): Promise<Ladder> {
  const sizes = wanted ?? (quick ? [10, 100, 300] : [10, 100, 300, 1_000]);
  return withServer(async (server) => {
    const busy = await server.openSite("https://busy.example");
    await putCatalog(busy, itemsOf(ITEMS));
    const others: Site[] = [];
    let opened = 0;
    const opening: number[] = [];
    const names = ["overBare", "busy", "busy99", "other", "cpu", "rss"] as const;
    const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
      (typeof names)[number],
      number[]
    >;
    for (const size of sizes) {
      const open = async () => {
        const site = await server.openSite(`https://site-${opened++}.example`);
        await putCatalog(site, itemsOf(ITEMS));
        others.push(site);
      };
      const missing = Math.max(0, size - others.length - OPENED_ALONE);
      await withHands(Array.from({ length: missing }), HANDS, open);
      const taken: number[] = [];
      for (let n = 0; n < OPENED_ALONE; n++) taken.push(await timed(open));
      opening.push(median(taken));
      const mine: number[] = [];
      const theirs: number[] = [];
      // Everybody once before: nobody's first reading is in the figures.
      await withHands(others, HANDS, (site) => askFor(site, undefined, "item-1"));
      const bare: number[] = [];
      const cpuBefore = cpuMsOf(server.process.pid!) ?? Number.NaN;
      const requests = Math.max(REQUESTS, size);
      for (let n = 0; n < requests; n++) {
        bare.push(await timed(() => fetch(`${server.url}/health`).then((reply) => reply.text())));
        mine.push(await timed(() => askFor(busy, undefined, `item-${n % ITEMS}`)));
        const other = others[n % others.length]!;
        theirs.push(await timed(() => askFor(other, undefined, `item-${n % ITEMS}`)));
      }
      const cpuMs = (cpuMsOf(server.process.pid!) ?? Number.NaN) - cpuBefore;
      figures.cpu.push(cpuMs / requests);
      figures.overBare.push(median(mine) / median(bare));
      figures.busy.push(median(mine));
      figures.busy99.push(quantile(mine, 0.99));
      figures.other.push(median(theirs));
      figures.rss.push(rssMbOf(server.process.pid!) ?? Number.NaN);
    }
    return {
      what: "Sites in one deployment",
      note: `One isolate, which keeps 500 sites at most, ${ITEMS} items each. The busy shop is asked every other time, the others take turns: with more of them, each is asked more seldom and is read anew.`,
      sizes,
      series: [
        {
          name: "decide, the busy shop: p50 as a multiple of /health's",
          expected: "flat",
          values: figures.overBare,
        },
        { name: "decide, the busy shop: p50, ms", expected: "told", values: figures.busy },
        { name: "decide, the busy shop: p99, ms", expected: "told", values: figures.busy99 },
        { name: "decide, any other shop: p50, ms", expected: "told", values: figures.other },
        { name: "CPU of one request to each, ms", expected: "told", values: figures.cpu },
        { name: "open a shop, ms", expected: "flat", values: opening },
        { name: "memory of the process, MB", expected: "told", values: figures.rss },
      ],
    };
  });
}
