import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { withHands } from "../../support/http.ts";
import { median, quantile } from "../serve/figures.ts";
import { openFilesOf, rssMbOf } from "../serve/process.ts";
import type { Effort, Ladder } from "./ladder.ts";
import { askFor, putCatalog, tell, withServer } from "./server.ts";
import { awaitedInTurns } from "./timed.ts";
import { itemsOf } from "./worlds.ts";

const ITEMS = 200;
const HANDS = 12;
const EVENTS = 3;
/** workerd puts an object to sleep after ten seconds without a request. */
const ASLEEP_MS = 11_000;
/** Visitors of each shop who come again and again. */
const REGULARS = 16;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const visitor = (n: number) => `grown-${n}`;
const viewed = (who: number, n: number) => ({
  id: `e-${who}-${n}`,
  type: "product_viewed",
  item: `item-${(who * 3 + n) % ITEMS}`,
});
const past = (who: number) => Array.from({ length: EVENTS }, (_, n) => viewed(who, n));

/** How a shop takes more customers: one object each, on disk. */
export function growCustomers({ quick, sizes: wanted }: Effort): Promise<Ladder> {
  const sizes = wanted ?? (quick ? [100, 300, 1_000] : [300, 1_000, 5_000]);
  return withServer(async (server) => {
    const shops = [];
    for (const size of sizes) {
      const site = await server.openSite(`https://customers-${size}.example`);
      await putCatalog(site, itemsOf(ITEMS));
      await withHands(
        Array.from({ length: size }, (_, who) => who),
        HANDS,
        (who) => tell(site, visitor(who), past(who)),
      );
      shops.push({ site, size });
    }
    const made = { rss: rssMbOf(server.process.pid!), files: openFilesOf(server.process.pid!) };
    await pause(ASLEEP_MS);
    const rounds = quick ? 60 : 150;
    // Each of these is asked about once: they sleep. Spread over all who are there, whatever their number.
    const cold = await awaitedInTurns(
      shops.map(({ site, size }) => (n: number) => {
        const who = REGULARS + Math.floor((n * (size - REGULARS)) / rounds);
        return askFor(site, visitor(who), `item-${n % ITEMS}`);
      }),
      rounds,
    );
    const warm = await awaitedInTurns(
      shops.map(
        ({ site }) =>
          (n: number) =>
            askFor(site, visitor(n % REGULARS), `item-${n % ITEMS}`),
      ),
      3 * rounds,
    );
    const told = await awaitedInTurns(
      shops.map(
        ({ site }) =>
          (n: number) =>
            tell(site, visitor(n % REGULARS), [viewed(n % REGULARS, EVENTS + n)]),
      ),
      rounds,
    );
    const arriving = await awaitedInTurns(
      shops.map(
        ({ site, size }) =>
          (n: number) =>
            tell(site, visitor(size + n), past(size + n)),
      ),
      rounds / 2,
    );
    const dir = server.objectsDir("CustomerObject");
    const bytes = readdirSync(dir)
      .filter((file) => file.endsWith(".sqlite") && !file.startsWith("metadata"))
      .map((file) => statSync(join(dir, file)).size);
    // The regulars' first call wakes them; it is told among the cold ones' kind, not here.
    const settled = warm.map((times) => times.slice(REGULARS));
    return {
      what: "Customers",
      note: `Milliseconds of requests one after the other, this client's own time included; ${bytes.length} objects on disk, ${(median(bytes) / 1024).toFixed(0)} KB each; right after they were made ${made.rss} MB, ${made.files} descriptors.`,
      sizes,
      series: [
        { name: "decide, awake: p50", expected: "flat", values: settled.map(median) },
        { name: "decide, awake: p90", expected: "told", values: settled.map((of) => quantile(of, 0.9)) },
        { name: "decide, asleep: p50", expected: "flat", values: cold.map(median) },
        { name: "decide, asleep: p90", expected: "told", values: cold.map((of) => quantile(of, 0.9)) },
        { name: "take one event: p50", expected: "flat", values: told.map(median) },
        { name: "take a new customer: p50", expected: "flat", values: arriving.map(median) },
      ],
    };
  });
}
