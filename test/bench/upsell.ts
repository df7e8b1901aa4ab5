/**
 * Which dearer product of the same type a household buys next: the up-sell strategy on the model's own bounded counters,
 * beside the reference rankers in the same run. `npm run bench:upsell`, or with files of the same columns:
 * `-- --transactions F --products F`. `--valid` asks at three cuts inside the first 75 % of time: tune there. The last
 * line is JSON.
 */
import { parseArgs } from "node:util";
import { readShared } from "../support/shared.ts";
import {
  leadOf,
  meanOf,
  MEASURES,
  outcomesOf,
  rounded,
  type Outcome,
  type Ranker,
} from "./upsell/measure.ts";
import { learned, strategyRanker } from "./upsell/ours.ts";
import { BadInput, productsOf, purchasesOf, textOf } from "./upsell/purchases.ts";
import { referenceRankers } from "./upsell/rankers.ts";
import { momentAt, partOf, shopOf, type Part, type Shop } from "./upsell/task.ts";

const TEST_FROM = 0.75;
const VALIDATION_CUTS = [0.375, 0.5, 0.625, TEST_FROM];
const MIN_CUSTOMERS = [1, 3, 5];
const BASELINE = "popularity";

const OPTIONS = {
  transactions: { type: "string" },
  products: { type: "string" },
  valid: { type: "boolean", default: false },
} as const;

function readShop(): { shop: Shop; isValid: boolean } | undefined {
  let values;
  try {
    values = parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    throw new BadInput(`${(error as Error).message}. Use --transactions F --products F [--valid].`);
  }
  const { transactions, products, valid } = values;
  if ((transactions === undefined) !== (products === undefined))
    throw new BadInput("Give --transactions and --products together.");
  const shared = (name: string) => readShared(`data/completejourney-sample/${name}.csv.gz`);
  const receipts = transactions === undefined ? shared("transactions_sample") : textOf(transactions);
  const goods = products === undefined ? shared("products") : textOf(products);
  if (receipts === undefined || goods === undefined) return undefined;
  return { shop: shopOf(purchasesOf(receipts), productsOf(goods)), isValid: valid };
}

function partsOf(shop: Shop, isValid: boolean): Part[] {
  if (!isValid) return [partOf(shop, momentAt(shop, TEST_FROM), Infinity)];
  const cuts = VALIDATION_CUTS.map((share) => momentAt(shop, share));
  return cuts.slice(1).map((endAt, i) => partOf(shop, cuts[i]!, endAt));
}

function run(shop: Shop, isValid: boolean) {
  const parts = partsOf(shop, isValid);
  const outcomes = new Map<string, Outcome[]>();
  const us: number[] = [];
  let usPerBasket = 0;
  for (const part of parts) {
    const { model, usPerBasket: cost } = learned(part);
    usPerBasket = cost;
    const rankers: Record<string, Ranker> = { ...referenceRankers(shop, part) };
    for (const k of MIN_CUSTOMERS)
      rankers[`up_sell, ${k} or more customers`] = strategyRanker(shop, part, model, k, us);
    for (const [name, ranker] of Object.entries(rankers))
      outcomes.set(name, [...(outcomes.get(name) ?? []), ...outcomesOf(part.trials, ranker)]);
  }
  const trials = parts.flatMap((part) => part.trials);
  us.sort((a, b) => a - b);
  const base = outcomes.get(BASELINE)!;
  const figures = Object.fromEntries(
    [...outcomes].map(([name, ours]) => [
      name,
      Object.fromEntries(MEASURES.map((measure) => [measure, rounded(meanOf(ours, measure))])),
    ]),
  );
  const leads = Object.fromEntries(
    [...outcomes]
      .filter(([name]) => name.startsWith("up_sell"))
      .map(([name, ours]) => [
        name,
        Object.fromEntries(MEASURES.map((measure) => [measure, leadOf(ours, base, measure)])),
      ]),
  );
  return {
    bench: "upsell",
    part: isValid ? "validation" : "test",
    trials: trials.length,
    meanCandidates: rounded(trials.reduce((sum, one) => sum + one.candidates.length, 0) / trials.length, 1),
    learnUsPerBasket: rounded(usPerBasket, 1),
    proposeUsP50: rounded(us[us.length >> 1]!, 1),
    proposeUsP95: rounded(us[Math.floor(us.length * 0.95)]!, 1),
    proposeUsP99: rounded(us[Math.floor(us.length * 0.99)]!, 1),
    figures,
    leadOverPopularity: leads,
  };
}

try {
  const read = readShop();
  if (!read) console.log(JSON.stringify({ bench: "upsell", skipped: true }));
  else {
    const report = run(read.shop, read.isValid);
    const { trials, meanCandidates, figures, leadOverPopularity } = report;
    console.log(`${trials} trials of the ${report.part} part, ${meanCandidates} candidates each`);
    console.table(figures);
    for (const [name, leads] of Object.entries(leadOverPopularity)) {
      console.log(`${name}, lead over popularity with its 95 % interval`);
      console.table(leads);
    }
    console.log(JSON.stringify(report));
  }
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
