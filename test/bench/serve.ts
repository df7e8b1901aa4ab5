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
import { ratiosOf, summaryOf } from "./serve/figures.ts";
import { underLoad } from "./serve/load.ts";
import { profileDuring, serveInspected, topFunctions } from "./serve/profile.ts";
import { inRounds } from "./serve/rounds.ts";
import { openShop } from "./serve/shop.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "8" },
    seconds: { type: "string", default: "1.25" },
    connections: { type: "string", default: "16" },
    /** Visitors who are asked about, as many others to whom things happen, and as many bare objects. */
    visitors: { type: "string", default: "64" },
    /** Instead of measuring, writes CPU profiles of our server into this folder. */
    profile: { type: "string" },
  },
});
const load = {
  connections: Number(options.connections),
  durationMs: Number(options.seconds) * 1000,
  rampMs: 200,
  restMs: 500,
};
const visitors = Number(options.visitors);
const dir = mkdtempSync(join(tmpdir(), "concierge-bench-"));
const secrets = localSecrets(dir);
const dirOf = (name: string): string => {
  mkdirSync(join(dir, name));
  return join(dir, name);
};

/** Measures our server beside a bare one, both on plain workerd, and says how far from it we are. */
async function compare(): Promise<void> {
  const { snippetBrotliBytes } = await buildAll();
  const bareConfig = await bundle({
    worker: "test/bench/serve/bare-worker.ts",
    toml: "test/bench/serve/bare.toml",
    dir: dirOf("bare-build"),
    minify: true,
  });
  const ours = await serve({ dataDir: dirOf("objects"), secrets, quiet: true });
  try {
    const bare = await serve({
      dataDir: dirOf("bare-objects"),
      secrets,
      configPath: bareConfig,
      quiet: true,
    });
    try {
      console.log("A shop with a past is set up.");
      const shop = await openShop(ours.url, secrets.OPERATOR_KEY, visitors);
      const contenders = { ...bareContenders(bare, visitors), ...ourContenders(ours, shop) };
      for (const contender of Object.values(contenders))
        await underLoad(contender, { ...load, durationMs: 300 }); // Compiles what is hot.
      const loadBefore = loadavg()[0]!;
      const bar = progressBar("Rounds", Number(options.rounds) * Object.keys(contenders).length);
      const results = await inRounds(contenders, Number(options.rounds), load, () => bar.step());
      bar.end();
      const rows = Object.fromEntries(
        Object.entries(results).map(([key, rounds]) => [
          contenders[key as keyof typeof contenders].name,
          summaryOf(rounds),
        ]),
      );
      const targets = [
        {
          what: "decide : bare memory read (rps)",
          ...ratiosOf(results.decide, results.read),
          target: "≥ 0.5",
          isMet: (ratio: number) => ratio >= 0.5,
        },
        {
          what: "decide with an event : bare insert (rps)",
          ...ratiosOf(results.decideWithEvent, results.insert),
          target: "≥ 0.5",
          isMet: (ratio: number) => ratio >= 0.5,
        },
        {
          what: "20 events : 1 event (time)",
          ...ratiosOf(results.oneEvent, results.twentyEvents),
          target: "≤ 1.5",
          isMet: (ratio: number) => ratio <= 1.5,
        },
        {
          what: "snippet, brotli (bytes)",
          median: snippetBrotliBytes,
          min: snippetBrotliBytes,
          max: snippetBrotliBytes,
          target: "≤ 4096",
          isMet: (bytes: number) => bytes <= 4096,
        },
      ].map(({ isMet, ...row }) => ({ ...row, verdict: isMet(row.median) ? "met" : "missed" }));
      console.table(rows);
      console.table(targets);
      console.log(
        `${cpus().length} processors (${cpus()[0]?.model}), load average ${loadBefore.toFixed(1)} before; ${load.connections} connections, ${visitors} visitors, ${shop.products.length} products.`,
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
        underLoad(contender, { ...load, durationMs: 4000, restMs: 0 }),
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
