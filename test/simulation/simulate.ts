import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { progressBar } from "../../src/cli/progress-bar.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { bundleInto } from "../crash/bundle.ts";
import { Server } from "../crash/server.ts";
import { withHands } from "../support/http.ts";
import { pause, SimulatedShop } from "./shop.ts";
import { HABITS, expectedMinor, visitOf, type Habits } from "./shopper.ts";
import { Truth } from "./truth.ts";

/**
 * A shop with seeded shoppers, through real HTTP, to a server that is killed in between. First as many experiments in which
 * nothing differs as there are salts: how often does the product find a difference? Then one with a known effect: does the
 * product's range hold it? And throughout: are the product's sums exactly what the simulator did?
 */
const HANDS = 24;
const SLOT = "probe";

type Report = {
  variations: { variation: string; users: number; buyers: number; orders: number; revenue: number }[];
  split: { blocks: boolean };
  verdict: { state: string; headline: string };
  goals: {
    metric: string;
    comparisons: {
      finding: string;
      difference: number | null;
      standardError: number | null;
      low: number | null;
      high: number | null;
      relative: { low: number | null; high: number | null } | null;
    }[];
  }[];
};

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(
    `--${name} takes a whole number. Options: --shoppers, --salts, --live, --effect-shoppers, --kills.`,
  );
  process.exit(2);
};

const shoppers = option("shoppers", 2_000);
const salts = option("salts", 1_000);
const live = Math.min(option("live", 50), 100);
const effectShoppers = option("effect-shoppers", 4_000);
const kills = option("kills", 3);

const dir = mkdtempSync(join(tmpdir(), "concierge-simulation-"));
const secrets = localSecrets(dir);
const assetsDir = join(dir, "assets");
mkdirSync(assetsDir, { recursive: true });
const configPath = await bundleInto(join(dir, "bundle"), undefined, { BUDGET_FACTOR: "1000" });
const server = await Server.start({
  dataDir: join(dir, "objects"),
  secrets,
  configPath,
  assetsDir,
  isLoud: false,
});

/** Kills the server so many times, evenly over some work; the work goes on meanwhile and says after each piece that it is done. */
async function killedMeanwhile(
  times: number,
  work: (progress: () => void) => Promise<void>,
  total: number,
): Promise<void> {
  const marks = new Set(Array.from({ length: times }, (_, i) => Math.ceil(((i + 1) * total) / (times + 1))));
  let done = 0;
  let killed = Promise.resolve();
  await work(() => {
    if (marks.has(++done)) killed = killed.then(() => server.kill());
  });
  await killed;
}

let ids = 0;
const id = () => `simulated-${process.pid}-${++ids}`;

/** One shopper sees the slot and may buy. */
async function visit(
  shop: SimulatedShop,
  truth: Truth,
  who: string,
  seed: string,
  habitsOf: (variation: string) => Habits,
) {
  const { token, assignments } = await shop.decide(who, SLOT);
  truth.saw(who, assignments);
  const minor = visitOf(seed, habitsOf(assignments[0]?.variation ?? ""));
  const seen = { id: id(), type: "slot_seen", token };
  if (minor === undefined) return shop.tell(who, [seen]);
  const revenue = { minor, currency: "EUR" };
  const order = { id: id(), type: "order_completed", orderId: id(), revenue, lines: [{ item: "item-1" }] };
  truth.bought(who, minor);
  // The exposure must not come after the order, and both happen now: two calls.
  await shop.tell(who, [seen]);
  await shop.tell(who, [order]);
}

/** Sums that differ from what the simulator did. */
function wrongSums(report: Report, truth: Truth, experiment: string): string[] {
  return report.variations.flatMap(({ variation, users, buyers, orders, revenue }) => {
    const known = truth.of(experiment, variation);
    const told = { users, buyers, orders, revenue };
    return JSON.stringify(told) === JSON.stringify(known)
      ? []
      : [`${experiment} ${variation}: told ${JSON.stringify(told)}, did ${JSON.stringify(known)}`];
  });
}

async function nothingDiffers(): Promise<object> {
  const shop = await SimulatedShop.open(server, secrets.OPERATOR_KEY);
  const truth = new Truth();
  const rounds = Math.ceil(salts / live);
  const bar = progressBar(`${salts} experiments without a difference, ${live} at a time`, rounds * shoppers);
  let [tests, found, naive, blocked] = [0, 0, 0, 0];
  const wrong: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const names = Array.from(
      { length: Math.min(live, salts - round * live) },
      (_, i) => `salt-${round * live + i}`,
    );
    const experiments = names.map((name) => ({
      id: name,
      slots: [SLOT],
      goals: [{ metric: "revenue" }, { metric: "conversion" }],
      variations: [{ id: "a" }, { id: "b" }],
    }));
    await shop.publish({ holdout: { share: 0 }, experiments });
    // Isolates hold a config for some seconds at most.
    await pause(5_000);
    await killedMeanwhile(
      round < kills ? 1 : 0,
      (progress) =>
        withHands(
          Array.from({ length: shoppers }, (_, i) => `shopper-${i}`),
          HANDS,
          async (who) => {
            await visit(shop, truth, who, `${who}/${round}`, () => HABITS);
            progress();
            bar.step();
          },
        ),
      shoppers,
    );
    await shop.settled();
    for (const name of names) {
      const report = await shop.report<Report>(name);
      wrong.push(...wrongSums(report, truth, name));
      blocked += report.split.blocks ? 1 : 0;
      found += report.verdict.state === "win" || report.verdict.state === "loss" ? 1 : 0;
      const revenue = report.goals[0]!.comparisons[0]!;
      naive += Math.abs(revenue.difference! / revenue.standardError!) > 1.96 ? 1 : 0;
      tests++;
    }
  }
  bar.end();
  return {
    tests,
    found,
    foundShare: found / tests,
    oneLookShare: naive / tests,
    splitsBlocked: blocked,
    wrongSums: wrong.length,
    firstWrong: wrong[0],
  };
}

async function oneDiffers(): Promise<object> {
  const shop = await SimulatedShop.open(server, secrets.OPERATOR_KEY);
  const truth = new Truth();
  const better: Habits = { ...HABITS, conversion: HABITS.conversion * 1.3 };
  const plan = { visitors: effectShoppers, looks: 5 };
  await shop.publish({
    holdout: { share: 0 },
    experiments: [
      { id: "effect", slots: [SLOT], goals: [{ metric: "revenue" }], variations: [{ id: "a" }, { id: "b" }] },
      {
        id: "planned",
        slots: [SLOT],
        plan,
        goals: [{ metric: "conversion" }],
        variations: [{ id: "a" }, { id: "b" }],
      },
    ],
  });
  await pause(5_000);
  const bar = progressBar("One experiment with a known effect", effectShoppers);
  await killedMeanwhile(
    kills,
    (progress) =>
      withHands(
        Array.from({ length: effectShoppers }, (_, i) => `buyer-${i}`),
        HANDS,
        async (who) => {
          await visit(shop, truth, who, `${who}/effect`, (variation) =>
            variation === "b" ? better : HABITS,
          );
          progress();
          bar.step();
        },
      ),
    effectShoppers,
  );
  bar.end();
  await shop.settled();
  const report = await shop.report<Report>("effect");
  const { low, high, difference } = report.goals[0]!.comparisons[0]!;
  const trueDifference = expectedMinor(better) - expectedMinor(HABITS);
  return {
    trueDifference: Math.round(trueDifference),
    difference: Math.round(difference!),
    low: Math.round(low!),
    high: Math.round(high!),
    holds: low! <= trueDifference && trueDifference <= high!,
    verdict: report.verdict.headline,
    wrongSums: wrongSums(report, truth, "effect").length,
  };
}

try {
  const effect = await oneDiffers();
  console.log("With a known effect:", effect);
  const none = await nothingDiffers();
  console.log("Without any:", none);
  console.log(JSON.stringify({ shoppers, salts, live, kills: server.downMs.length, effect, none }));
} finally {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
