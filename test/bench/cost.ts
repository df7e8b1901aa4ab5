/**
 * What Concierge costs on Cloudflare, from operations counted while they happen and the prices of `cost/prices.json`:
 * `npm run bench:cost`, some three minutes; `--quick` a minute, without the quiet shops. Last line: JSON.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { progressBar } from "../../src/cli/progress-bar.ts";
import { withHands } from "../support/http.ts";
import { costOf, type Cost } from "./cost/measure.ts";
import { serveMetered } from "./cost/metered-server.ts";
import { PRICES } from "./cost/prices.ts";
import { NAMES, printOperations, printShops, printTurns, printVerdicts, summaryOf } from "./cost/report.ts";
import { openShop, type Shop } from "./cost/shop.ts";
import { makeVisit } from "./cost/visit.ts";
import { decideForNobody, Visitor } from "./cost/visitor.ts";
import { median } from "./serve/figures.ts";

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const { quick } = options;
const VISITORS = quick ? 40 : 100;
/** Shops with one visitor each: there nothing is shared with anybody, as in a small shop. */
const QUIET_SHOPS = 16;
const DECISIONS = quick ? 600 : 2_000;
/** Between two requests of one visitor: the outbox has drained, and the alarm has come and gone. */
const GAP_MS = quick ? 4_600 : 5_500;
/** Between two decisions in a quiet shop: what the isolate knows of the site is old by then. */
const QUIET_GAP_MS = 700;
const QUIET_DECISIONS = 4;
const HANDS = 12;
const TYPES = ["page_viewed", "product_viewed", "product_viewed", "product_clicked", "product_added"];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets every visitor do something, one after the other within one gap, as visitors come and go. */
const spread =
  (visitors: readonly Visitor[], does: (visitor: Visitor, index: number) => Promise<void>) => () =>
    withHands(visitors, visitors.length, async (visitor, index) => {
      await pause((GAP_MS * index) / visitors.length);
      await does(visitor, index);
    });

const sendBatch = (size: number) => (visitor: Visitor) =>
  visitor.send(
    Array.from({ length: size }, (_, i) => {
      const type = TYPES[i % TYPES.length]!;
      return { type, ...(type === "page_viewed" ? {} : { item: visitor.product(i) }) };
    }),
  );

const dir = mkdtempSync(join(tmpdir(), "concierge-cost-"));
const server = await serveMetered(dir);
const measured: Record<string, { cost: Cost; count: number }> = {};
const bar = progressBar("Measuring", quick ? 6 : 10);
const measure = async (name: string, count: number, work: () => Promise<void>): Promise<void> => {
  measured[name] = { cost: await costOf(server, work), count };
  bar.step();
};

let sizes: number[];
try {
  const busy = await openShop(server.url, server.operatorKey, "https://busy.example", quick ? 100 : 300);
  const people = (count: number) => Array.from({ length: count }, () => new Visitor(busy));
  const known = people(VISITORS);
  await withHands(known, HANDS, (visitor) => visitor.send([{ type: "page_viewed" }]));
  await server.settled(5_000, 60_000);
  bar.step();

  const decisions = Array.from({ length: DECISIONS }, (_, i) => i);
  await measure(NAMES.forNobody, DECISIONS, () =>
    withHands(decisions, HANDS, (i) => decideForNobody(busy, busy.products[i % busy.products.length]!)),
  );
  await measure(NAMES.decide, DECISIONS, () =>
    withHands(decisions, HANDS, async (i) => {
      const visitor = known[i % known.length]!;
      await visitor.decide(visitor.product(i));
    }),
  );
  const lookAtOne = spread(known, async (visitor, i) => {
    const item = visitor.product(i);
    await visitor.decide(item, [{ type: "product_viewed", item }]);
  });
  if (!quick) await measure(NAMES.decideWithEvent, VISITORS, lookAtOne);
  await measure(NAMES.one, VISITORS, spread(known, sendBatch(1)));
  await measure(NAMES.twenty, VISITORS * 20, spread(known, sendBatch(20)));
  await measure(
    NAMES.visit,
    VISITORS,
    spread(people(VISITORS), (visitor, i) => makeVisit(visitor, i, GAP_MS)),
  );
  if (!quick) {
    const quiet: Shop[] = [];
    for (let i = 0; i < QUIET_SHOPS; i++)
      quiet.push(await openShop(server.url, server.operatorKey, `https://quiet-${i}.example`, 0));
    const alone = quiet.map((shop) => new Visitor(shop));
    await measure(
      NAMES.visitQuiet,
      QUIET_SHOPS,
      spread(alone, (visitor, i) => makeVisit(visitor, i, GAP_MS)),
    );
    await measure(NAMES.twentyQuiet, QUIET_SHOPS * 20, spread(alone, sendBatch(20)));
    await measure(
      NAMES.decideQuiet,
      QUIET_SHOPS * QUIET_DECISIONS,
      spread(alone, async (visitor) => {
        for (let i = 0; i < QUIET_DECISIONS; i++) {
          await visitor.decide(visitor.product(i));
          await pause(QUIET_GAP_MS);
        }
      }),
    );
  }
  bar.end();
} finally {
  await server.stop();
  sizes = readdirSync(server.customersDir)
    .filter((file) => file.endsWith(".sqlite") && !file.startsWith("metadata"))
    .map((file) => statSync(join(server.customersDir, file)).size);
  rmSync(dir, { recursive: true, force: true });
}

const bytesPerCustomer = median(sizes);
printOperations(measured);
printTurns(measured);
const shops = printShops(measured, bytesPerCustomer);
console.log(
  `A customer takes ${(bytesPerCustomer / 1024).toFixed(0)} KB on disk (median of ${sizes.length}). Peers recommend, or collect, only; what was read where stands in prices.json.`,
);
const verdicts = printVerdicts(measured);
console.log(
  JSON.stringify({ asOf: PRICES.asOf, perMillion: summaryOf(measured), bytesPerCustomer, shops, verdicts }),
);
