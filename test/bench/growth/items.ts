import { compileConfig } from "../../../src/core/config/compile.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { decide } from "../../../src/core/decide/decide.ts";
import { setScene } from "../../../src/core/decide/set-scene.ts";
import { joinWorld } from "../../../src/core/decide/world.ts";
import { contentSteps } from "../../../src/core/recommend/content/content.ts";
import { decodeSnapshot, encodeSnapshot } from "../../../src/core/recommend/snapshot/encode.ts";
import { publish } from "../../../src/core/recommend/snapshot/publish.ts";
import { median } from "../serve/figures.ts";
import type { Effort, Ladder } from "./ladder.ts";
import { askFor, putCatalog, tell, withServer } from "./server.ts";
import { awaitedInTurns, timedInTurns } from "./timed.ts";
import { asked, catalogOf, itemsOf, MIN_CUSTOMERS, modelOf, NOW } from "./worlds.ts";

/** Visits that teach each shop's model, whatever its size: else rows of popular items are fuller in the larger shop. */
const VISITS = { quick: 20_000, full: 120_000 };
/** A catalog of few and large types: their number stays, their size grows. */
const FEW_TYPES = 8;
const FIRST_ASKED = 50;
/** Pages that are asked for again and again. */
const POPULAR = 100;
const CUSTOMERS = 60;
const VISIT_ITEMS = 8;

/** One shop of so many items, made as an isolate makes it, with what each part took. */
function shopOf(size: number, visits: number) {
  const items = itemsOf(size);
  const learned = modelOf(size, visits);
  const clock = () => performance.now();
  let from = clock();
  const bytes = encodeSnapshot(publish(learned, { minCustomers: MIN_CUSTOMERS, version: 1, now: NOW }));
  const publishMs = clock() - from;
  from = clock();
  const model = decodeSnapshot(bytes);
  const decodeMs = clock() - from;
  from = clock();
  const catalog = catalogOf(items);
  for (const steps = contentSteps(catalog); !steps.next().done;);
  const catalogMs = clock() - from;
  from = clock();
  const world = joinWorld(compileConfig(readConfig({}), 1), catalog, model);
  const joinMs = clock() - from;
  const coarse = catalogOf(items.map((item, n) => ({ ...item, type: `Kind ${n % FEW_TYPES}` })));
  const coarseWorld = joinWorld(compileConfig(readConfig({}), 1), coarse, model);
  return { world, coarseWorld, publishMs, decodeMs, catalogMs, joinMs, bytes: bytes.byteLength };
}

/** How a shop takes more items: what a decision computes, what an isolate reads, and both behind a server. */
export async function growItems({ quick, sizes: wanted }: Effort): Promise<Ladder> {
  const sizes = wanted ?? (quick ? [1_000, 4_000, 16_000] : [1_000, 10_000, 40_000, 120_000]);
  const visits = quick ? VISITS.quick : VISITS.full;
  shopOf(sizes[0]!, VISITS.quick); // Compiles what is hot.
  const shops = sizes.map((size) => shopOf(size, visits));
  const deciding = (
    strategies: ["cross_sell" | "up_sell" | "also_viewed" | "same_type"],
    of: "world" | "coarseWorld" = "world",
  ) =>
    timedInTurns(
      shops.map((shop) => {
        const world = shop[of];
        let n = 0;
        return () => {
          // Popular items, as most requests are: the crowd's favourites have low numbers in every shop.
          const item = `item-${(n++ * 13) % POPULAR}`;
          return decide(setScene(world, asked(item), undefined), {
            slots: [{ id: "any", strategies }],
            pageType: "product",
            unit: "",
          });
        };
      }),
      quick ? 10 : 30,
      50,
    );
  const inProcess = {
    cross: deciding(["cross_sell"]),
    up: deciding(["up_sell"]),
    related: deciding(["also_viewed"]),
    coarseUp: deciding(["up_sell"], "coarseWorld"),
    coarseType: deciding(["same_type"], "coarseWorld"),
  };
  // Items that nobody has asked about yet: answers about large types are remembered.
  const firstAsked = shops.map(({ coarseWorld }) => {
    const from = performance.now();
    for (let n = 0; n < FIRST_ASKED; n++)
      decide(setScene(coarseWorld, asked(`item-${600 + n}`), undefined), {
        slots: [{ id: "any", strategies: ["up_sell"] }],
        pageType: "product",
        unit: "",
      });
    return ((performance.now() - from) * 1000) / FIRST_ASKED;
  });
  const served = await withServer(async (server) => {
    const sites = [];
    for (const size of sizes) {
      const site = await server.openSite(`https://items-${size}.example`);
      await putCatalog(site, itemsOf(size));
      for (let who = 0; who < CUSTOMERS; who++)
        await tell(
          site,
          `visitor-${who}`,
          Array.from({ length: VISIT_ITEMS }, (_, n) => ({
            id: `e-${who}-${n}`,
            type: "product_viewed",
            item: `item-${(who % 10) * 20 + n}`,
          })),
        );
      sites.push(site);
    }
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await awaitedInTurns(
      sites.map((site) => (n: number) => askFor(site, `visitor-${n}`, `item-${n}`)),
      20,
    );
    return awaitedInTurns(
      sites.map((site) => (n: number) => askFor(site, `visitor-${n % 20}`, `item-${n % 200}`)),
      quick ? 60 : 200,
    );
  });
  const part = (of: (shop: (typeof shops)[number]) => number) => shops.map(of);
  return {
    what: "Items",
    note: `One model object, taught by ${visits} visits at every size; decisions in microseconds in-process, then milliseconds through the server; the rest is read when something changed, never by a request.`,
    sizes,
    series: [
      { name: "decide cross-sell, µs", expected: "flat", values: inProcess.cross },
      { name: "decide up-sell, µs", expected: "flat", values: inProcess.up },
      { name: "decide also viewed, µs", expected: "flat", values: inProcess.related },
      { name: `decide up-sell, ${FEW_TYPES} types, µs`, expected: "flat", values: inProcess.coarseUp },
      { name: "… asked for the first time, µs", expected: "linear", values: firstAsked },
      { name: `decide same type, ${FEW_TYPES} types, µs`, expected: "flat", values: inProcess.coarseType },
      { name: "decide through the server: p50, ms", expected: "flat", values: served.map(median) },
      { name: "publish the model, ms", expected: "linear", values: part(({ publishMs }) => publishMs) },
      { name: "read the model, ms", expected: "linear", values: part(({ decodeMs }) => decodeMs) },
      { name: "index the catalog, ms", expected: "linear", values: part(({ catalogMs }) => catalogMs) },
      { name: "join both, ms", expected: "linear", values: part(({ joinMs }) => joinMs) },
      { name: "snapshot, bytes", expected: "linear", values: part(({ bytes }) => bytes) },
    ],
  };
}
