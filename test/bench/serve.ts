import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildAll } from "../../src/cli/build.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { progressBar } from "../../src/cli/progress-bar.ts";
import { serve } from "../../src/cli/serve.ts";
import { bundle } from "./serve/bundle.ts";
import { bareContenders, ourContenders } from "./serve/contenders.ts";
import { atLeast, atMost, ratiosOf, round, summaryOf, timesOf } from "./serve/figures.ts";
import { underLoad, type Contender } from "./serve/load.ts";
import { profileDuring, serveInspected, topFunctions } from "./serve/profile.ts";
import { inRounds } from "./serve/rounds.ts";
import { openShop } from "./serve/shop.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "6" },
    seconds: { type: "string", default: "1" },
    connections: { type: "string", default: "16" },
    /** Visitors who are asked about, as many others to whom things happen, and as many bare objects. */
    visitors: { type: "string", default: "64" },
    /** Instead of measuring, writes CPU profiles of our server into this folder. */
    profile: { type: "string" },
  },
});
const rounds = Number(options.rounds);
const visitors = Number(options.visitors);
const load = {
  connections: Number(options.connections),
  durationMs: Number(options.seconds) * 1000,
  warmUp: visitors + Number(options.connections),
};
/** workerd puts an object to sleep after 10 s; the set-up's hundreds shall not do so while somebody else is measured. */
const SLEEP_MS = 11_000;
const dir = mkdtempSync(join(tmpdir(), "concierge-bench-"));
const secrets = localSecrets(dir);
const dirOf = (name: string): string => {
  mkdirSync(join(dir, name));
  return join(dir, name);
};

/** Measures our server beside a bare one, both on plain workerd, and says how far from it we are. */
async function compare(): Promise<void> {
  const snippetBrotliBytes = (await buildAll()).find(({ name }) => name === "concierge.js")!.brotliBytes;
  const bareConfig = await bundle({
    worker: "test/bench/serve/bare-worker.ts",
    toml: "test/bench/serve/bare.toml",
    dir: dirOf("bare-build"),
    minify: true,
  });
  const ours = await serve({
    dataDir: dirOf("objects"),
    secrets,
    quiet: true,
    settings: { BUDGET_FACTOR: "1000000" },
  });
  try {
    const bare = await serve({
      dataDir: dirOf("bare-objects"),
      secrets,
      configPath: bareConfig,
      quiet: true,
    });
    try {
      const shop = await openShop(ours.url, secrets.OPERATOR_KEY, visitors);
      const contenders = { ...bareContenders(bare, visitors), ...ourContenders(ours, shop) };
      console.log(`A shop with a past is set up; ${shop.products.length} of its products have complements.`);
      await new Promise((resolve) => setTimeout(resolve, SLEEP_MS));
      for (const one of Object.values(contenders)) await underLoad(one, { ...load, durationMs: 300 }); // Compiles what is hot.
      const loadBefore = round(loadavg()[0]!);
      const { hello, read, decide, insert, decideWithEvent, oneEvent, twentyEvents } = contenders;
      const alone = {
        oneAlone: { ...oneEvent, name: "1 event, one connection" },
        twentyAlone: { ...twentyEvents, name: "20 events, one connection" },
      };
      const all = { ...contenders, ...alone };
      const bar = progressBar("Rounds", rounds * Object.keys(all).length);
      const against = <K extends string>(
        those: Readonly<Record<K, Contender>>,
        connections = load.connections,
      ) => inRounds(those, rounds, { ...load, connections }, () => bar.step());
      // Who is compared takes turns, so that objects stay awake and neighbours share the machine's moods.
      const results = {
        ...(await against({ hello, read, decide })),
        ...(await against({ insert, decideWithEvent, oneEvent, twentyEvents })),
        ...(await against(alone, 1)),
      };
      bar.end();
      const rows = Object.fromEntries(
        (Object.keys(all) as (keyof typeof all)[]).map((key) => [all[key].name, summaryOf(results[key])]),
      );
      const size = { median: snippetBrotliBytes, min: snippetBrotliBytes, max: snippetBrotliBytes };
      const targets = [
        atLeast(0.5, "decide : bare memory read (rps)", ratiosOf(results.decide, results.read)),
        atLeast(
          0.5,
          "decide with an event : bare insert (rps)",
          ratiosOf(results.decideWithEvent, results.insert),
        ),
        atLeast(0.7, "one event accepted : bare insert (rps)", ratiosOf(results.oneEvent, results.insert)),
        atMost(
          1.5,
          "20 events : 1 event (time, one connection)",
          timesOf(results.twentyAlone, results.oneAlone),
        ),
        atMost(1.5, "20 events : 1 event (1 / rps)", ratiosOf(results.oneEvent, results.twentyEvents)),
        atMost(4096, "snippet, brotli (bytes)", size),
      ];
      console.table(rows);
      console.table(targets);
      console.log(
        `${cpus().length} processors (${cpus()[0]?.model}), load average ${loadBefore} before; ` +
          `${load.connections} connections, ${visitors} visitors and as many bare objects, ${rounds} rounds.`,
      );
      console.log(JSON.stringify({ options, loadBefore, rows, targets }));
    } finally {
      await bare.stop();
    }
  } finally {
    await ours.stop();
  }
}

/** Shows where our server's time goes, one profile per kind of request. */
async function profile(into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  const configPath = await bundle({
    worker: "src/worker.ts",
    toml: "wrangler.toml",
    dir: dirOf("readable"),
    minify: false,
  });
  const ours = await serveInspected({ dataDir: dirOf("objects"), secrets, configPath });
  try {
    const contenders = ourContenders(ours, await openShop(ours.url, secrets.OPERATOR_KEY, visitors));
    for (const [key, contender] of Object.entries(contenders)) {
      await underLoad(contender, load);
      const path = join(into, `${key}.cpuprofile`);
      const taken = await profileDuring(ours.inspectorPort, path, () =>
        underLoad(contender, { ...load, durationMs: 4000 }),
      );
      console.log(`\n${contender.name}: ${path}`);
      console.table(topFunctions(taken, 30));
    }
  } finally {
    await ours.stop();
  }
}

try {
  if (options.profile === undefined) await compare();
  else await profile(options.profile);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
