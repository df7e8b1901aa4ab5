/**
 * How fast and how big the server is, beside bare ones on the same machine: `npm run bench:serve`. Plain workerd, the production
 * bundle, objects on disk, 100,000 items, 10,000 customers. `--data <folder>` keeps the shop for the next run (making it takes
 * minutes), `--quick` measures a small shop in a minute or two, `--profile <folder>` writes CPU profiles instead. Last line: JSON.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildAll } from "../../src/cli/build.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { progressBar } from "../../src/cli/progress-bar.ts";
import { serve, type Serving } from "../../src/cli/serve.ts";
import { bundle } from "./serve/bundle.ts";
import { coldStart } from "./serve/cold.ts";
import { bareContenders, ourContenders, placeOf } from "./serve/contenders.ts";
import { atLeast, atMost, quantile, ratiosOf, round, summaryOf, tailsOf, timesOf } from "./serve/figures.ts";
import { openLargeShop } from "./serve/large-shop.ts";
import { underLoad, type Contender } from "./serve/load.ts";
import { openLoop } from "./serve/open-loop.ts";
import { openFilesOf, rssMbOf } from "./serve/process.ts";
import { profileDuring, serveInspected, topFunctions } from "./serve/profile.ts";
import { inRounds } from "./serve/rounds.ts";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    items: { type: "string" },
    customers: { type: "string" },
    data: { type: "string" },
    rounds: { type: "string" },
    seconds: { type: "string", default: "1" },
    connections: { type: "string", default: "16" },
    /** Visitors who are asked about, as many others to whom things happen, and as many bare objects. */
    visitors: { type: "string", default: "64" },
    /** Seconds of open-loop load for each contender, at half of what it carries. */
    open: { type: "string" },
    profile: { type: "string" },
  },
});
const size = {
  items: Number(options.items ?? (options.quick ? 2_000 : 100_000)),
  customers: Number(options.customers ?? (options.quick ? 600 : 10_000)),
};
const rounds = Number(options.rounds ?? (options.quick ? 3 : 8));
const openSeconds = Number(options.open ?? (options.quick ? 4 : 20));
const visitors = Number(options.visitors);
const load = {
  connections: Number(options.connections),
  durationMs: Number(options.seconds) * 1000,
  warmUp: visitors + Number(options.connections),
};
/** workerd puts an object to sleep after 10 s; the set-up's thousands shall not do so while somebody else is measured. */
const SLEEP_MS = 11_000;
const PROCESSES = 2;

const temporary = mkdtempSync(join(tmpdir(), "concierge-bench-"));
const kept = options.data ?? temporary;
mkdirSync(kept, { recursive: true });
const secrets = localSecrets(kept);
const dirOf = (name: string, of = temporary): string => {
  mkdirSync(join(of, name), { recursive: true });
  return join(of, name);
};
const production = (dataDir: string): Serving => ({
  dataDir,
  secrets,
  quiet: true,
  settings: { BUDGET_FACTOR: "1000000" },
});

/** The shop, served by a process that has met nobody yet: what it took to make it is nobody's memory any more. */
async function shopOnDisk() {
  const maker = await serve(production(dirOf("objects", kept)));
  try {
    return await openLargeShop(maker.url, secrets.OPERATOR_KEY, kept, size, visitors);
  } finally {
    await maker.stop();
  }
}

/** Memory with everything of a shop loaded but nothing learned: what a model costs is what comes on top. */
async function rssWithoutModel(): Promise<number | undefined> {
  const server = await serve(production(dirOf("objects-empty")));
  let shop;
  try {
    shop = await openLargeShop(
      server.url,
      secrets.OPERATOR_KEY,
      dirOf("empty"),
      { items: size.items, customers: 0 },
      visitors,
    );
  } finally {
    await server.stop();
  }
  const again = await serve(production(dirOf("objects-empty")));
  try {
    return (await coldStart(again, shop, "whatever")).rssMb;
  } finally {
    await again.stop();
  }
}

/** Measures our server beside a bare one, both on plain workerd, and says how far from it we are. */
async function compare(): Promise<void> {
  await buildAll();
  const bareConfig = await bundle({
    worker: "test/bench/serve/bare-worker.ts",
    toml: "test/bench/serve/bare.toml",
    dir: dirOf("bare-build"),
    minify: true,
  });
  const shop = await shopOnDisk();
  const emptyMb = await rssWithoutModel();
  const ours = await serve(production(dirOf("objects", kept)));
  const cold = await coldStart(ours, shop, "model");
  const bare = await serve({
    dataDir: dirOf("bare-objects"),
    secrets,
    configPath: bareConfig,
    quiet: true,
  });
  try {
    const places = { bare: placeOf(bare), ours: placeOf(ours) };
    const contenders = { ...bareContenders(places.bare, visitors), ...ourContenders(places.ours, shop) };
    console.log(
      `${size.items} items, ${size.customers} customers; ${shop.products.length} pages are asked about.`,
    );
    await new Promise((resolve) => setTimeout(resolve, SLEEP_MS));
    for (const one of Object.values(contenders)) await underLoad(one, { ...load, durationMs: 300 }); // Compiles what is hot.
    const loadBefore = round(loadavg()[0]!);
    const { hello, contextual, read, decide, insert, decideWithEvent, oneEvent, twentyEvents } = contenders;
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
      ...(await against({ hello, contextual })),
      ...(await against({ read, decide })),
      ...(await against({ insert, decideWithEvent, oneEvent, twentyEvents })),
      ...(await against(alone, 1)),
    };
    bar.end();
    const keys = Object.keys(all) as (keyof typeof all)[];
    const rows = Object.fromEntries(keys.map((key) => [all[key].name, summaryOf(results[key])]));
    const size_ = { rssMb: rssMbOf(places.ours.pid), openFiles: openFilesOf(places.ours.pid) };
    const open: Record<string, Readonly<Record<string, number>>> = {};
    for (const contender of ["read", "decide", "insert", "decideWithEvent", "twentyEvents"] as const) {
      const rate = rows[all[contender].name]!["rps"]! / 2;
      const { latencies, answered } = await openLoop(
        { contender, ...places, shop, objects: visitors },
        { rate, seconds: openSeconds, processes: PROCESSES },
      );
      open[all[contender].name] = {
        "offered rps": round(rate),
        "answered rps": round(answered),
        "p50 ms": round(quantile(latencies, 0.5)),
        "p90 ms": round(quantile(latencies, 0.9)),
        "p99 ms": round(quantile(latencies, 0.99)),
        "p99.9 ms": round(quantile(latencies, 0.999)),
      };
    }
    const cpu = rows[decide.name]!["server CPU µs"] ?? Number.NaN;
    const modelMb = (cold.rssMb ?? Number.NaN) - (emptyMb ?? Number.NaN);
    const exactly = (value: number) => ({ median: round(value), min: round(value), max: round(value) });
    const targets = [
      atLeast(0.6, "decide : bare object read (rps)", ratiosOf(results.decide, results.read)),
      atMost(2, "decide : bare object read (p99)", tailsOf(results.decide, results.read)),
      atMost(250, "decide, CPU of the server (µs)", exactly(cpu)),
      atLeast(
        0.6,
        "decide with an event : bare insert (rps)",
        ratiosOf(results.decideWithEvent, results.insert),
      ),
      atLeast(0.7, "decide without consent : bare Hono (rps)", ratiosOf(results.contextual, results.hello)),
      atLeast(0.7, "one event accepted : bare insert (rps)", ratiosOf(results.oneEvent, results.insert)),
      atMost(
        1.5,
        "20 events : 1 event (time, one connection)",
        timesOf(results.twentyAlone, results.oneAlone),
      ),
      atMost(96, "memory of the model, ModelObject included (MB)", exactly(modelMb)),
    ];
    console.table(rows);
    console.log(
      `Open loop, half of that rate, ${PROCESSES} processes, ${openSeconds} s each; waiting counts:`,
    );
    console.table(open);
    console.log("A server that has just begun:");
    console.table({
      ...cold,
      sleeper: undefined,
      sleeperP50Ms: cold.sleeper.p50Ms,
      sleeperP99Ms: cold.sleeper.p99Ms,
    });
    console.table(targets);
    console.log(
      `${cpus().length} processors (${cpus()[0]?.model}), load average ${loadBefore} before; ` +
        `${load.connections} connections, ${visitors} visitors and as many bare objects, ${rounds} rounds; ` +
        `then ${size_.rssMb} MB and ${size_.openFiles} open files.`,
    );
    console.log(
      JSON.stringify({ options, ...size, loadBefore, rows, open, cold, emptyMb, after: size_, targets }),
    );
  } finally {
    await ours.stop();
    await bare.stop();
  }
}

/** Shows where our server's time goes, one profile per kind of request. */
async function profile(into: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  await buildAll();
  const shop = await shopOnDisk();
  const configPath = await bundle({
    worker: "src/worker.ts",
    toml: "wrangler.toml",
    dir: dirOf("readable"),
    minify: false,
  });
  const ours = await serveInspected({ ...production(dirOf("objects", kept)), configPath });
  try {
    console.log(await coldStart(ours, shop, "model"));
    const contenders = ourContenders(placeOf(ours), shop);
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
  rmSync(temporary, { recursive: true, force: true });
}
