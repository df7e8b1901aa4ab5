import { join } from "node:path";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { buildAll } from "../../src/cli/build.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve } from "../../src/cli/serve.ts";
import { progressBar } from "../../src/cli/progress-bar.ts";
import { exchange, withHands } from "../support/http.ts";
import { BENCH_CONFIG } from "./replay/bench-config.ts";
import type { Dataset, Trial } from "./replay/dataset.ts";
import { relearned } from "./replay/relearned.ts";
import { serenadeSample } from "./replay/serenade-sample.ts";
import { uciOnlineRetail } from "./replay/uci-online-retail.ts";

const DATASETS: Readonly<Record<string, () => Dataset | undefined>> = {
  "uci-online-retail": uciOnlineRetail,
  "serenade-sample": serenadeSample,
};
/** Consent that the replay declares for people who cannot be asked any more. */
const CONSENT = { personalization: true, analytics: true };
/** Who is asked about teaches nothing: a later pass would otherwise be asked what an earlier one told. */
const ASKED_CONSENT = { personalization: true, analytics: false };
const HANDS = 16;

type Keys = { siteId: string; adminKey: string; serverKey: string; writeKey: string };
type Answer = { slots: { items: { id: string }[] }[] };
type Score = { trials: number; "HR@10": number; "HR@20": number; "MRR@20": number };

/** Hit rates and mean reciprocal rank of lists against what was relevant. */
function scoreOf(lists: ReadonlyMap<Trial, readonly string[]>): Score {
  let at10 = 0;
  let at20 = 0;
  let reciprocal = 0;
  for (const [{ relevant }, list] of lists) {
    const place = list.slice(0, 20).findIndex((item) => relevant.has(item));
    if (place < 0) continue;
    at20++;
    reciprocal += 1 / (place + 1);
    if (place < 10) at10++;
  }
  const share = (n: number) => Math.round((n / lists.size) * 10_000) / 10_000;
  return { trials: lists.size, "HR@10": share(at10), "HR@20": share(at20), "MRR@20": share(reciprocal) };
}

async function ask(
  url: string,
  keys: Keys,
  dataset: Dataset,
  suffix: string,
): Promise<Map<Trial, readonly string[]>> {
  const lists = new Map<Trial, readonly string[]>();
  await withHands(dataset.trials, HANDS, async (session) => {
    for (const trial of session) {
      const request = trial.request as { visitorId?: string; events?: { id: string }[] };
      // Each pass asks as a new person: its list must not know what an earlier pass told of this session.
      const who =
        request.visitorId === undefined
          ? {}
          : { visitorId: `${request.visitorId}${suffix}`, consent: ASKED_CONSENT };
      const answer = await exchange<Answer>(`${url}/v1/decide`, {
        key: keys.serverKey,
        body: { ...request, ...who, slots: [trial.slot] },
      });
      lists.set(
        trial,
        answer.slots[0]!.items.map((item) => item.id),
      );
    }
  });
  return lists;
}

/** How many of the served lists are, item by item, what the scorers answer in this process from the same log. */
function compare(dataset: Dataset, served: ReadonlyMap<Trial, readonly string[]>, dataDir: string) {
  const snapshot = relearned(dataDir, BENCH_CONFIG.model.minCustomers);
  let equal = 0;
  let first: object | undefined;
  for (const session of dataset.trials) {
    for (const [i, trial] of session.entries()) {
      const ours = dataset.inProcess(snapshot, session, i);
      const theirs = served.get(trial)!;
      if (ours.join("\n") === theirs.join("\n")) equal++;
      else first ??= { given: [...trial.given], inProcess: ours, served: theirs };
    }
  }
  return { lists: served.size, equal, ...(first ? { firstDifference: first } : {}) };
}

/** The same data with its times moved so that it ends now: behaviour of years ago would rightly be refused. */
function endingNow(dataset: Dataset): Dataset {
  type Timed = { readonly at?: number };
  const requests = dataset.trials
    .flat()
    .map((trial) => trial.request as { readonly events?: readonly Timed[] });
  const events = [
    ...dataset.past.flatMap((past) => past.events),
    ...requests.flatMap((one) => one.events ?? []),
  ] as readonly Timed[];
  const latest = events.reduce((most, event) => Math.max(most, event.at ?? 0), 0);
  const shift = Date.now() - latest;
  const moved = (event: Timed): Timed =>
    event.at === undefined ? event : { ...event, at: event.at + shift };
  const movedRequest = (request: object): object => {
    const { events: sent } = request as { readonly events?: readonly Timed[] };
    return sent ? { ...request, events: sent.map(moved) } : request;
  };
  return {
    ...dataset,
    past: dataset.past.map((past) => ({ ...past, events: past.events.map(moved) })),
    trials: dataset.trials.map((session) =>
      session.map((trial) => ({ ...trial, request: movedRequest(trial.request) })),
    ),
    notes: [...dataset.notes, "Times are moved so that the data ends now."],
  };
}

async function replay(name: string): Promise<void> {
  const found = DATASETS[name]?.();
  const dataset = found && endingNow(found);
  const option = (flag: string): string | undefined =>
    process.argv[process.argv.indexOf(flag) + 1 || process.argv.length];
  const guards = option("--guards") ?? "on";
  if (!dataset || (guards !== "on" && guards !== "off")) {
    console.error(
      `Usage: npm run replay -- <${Object.keys(DATASETS).join(" | ")}> [--guards on|off] [--url http://… --operator-key …]\nThe data set must lie in ../shared/data or under CONCIERGE_SHARED.`,
    );
    process.exitCode = 2;
    return;
  }
  let url = option("--url");
  let operatorKey = option("--operator-key");
  const dataDir = mkdtempSync(join(tmpdir(), "concierge-replay-"));
  const own = url === undefined;
  if (own) await buildAll();
  const secrets = localSecrets(dataDir);
  const served = own ? await serve({ dataDir: join(dataDir, "objects"), secrets }) : undefined;
  url ??= served!.url;
  operatorKey ??= secrets.OPERATOR_KEY;
  try {
    const origin = `https://${name}-${Date.now().toString(36)}.example`;
    const keys = await exchange<Keys>(`${url}/v1/sites`, {
      key: operatorKey,
      body: { origin, kind: "bench" },
    });
    for (let i = 0; i < dataset.catalog.length; i += 5000) {
      const rows = dataset.catalog
        .slice(i, i + 5000)
        .map((row) => JSON.stringify(row))
        .join("\n");
      await exchange(`${url}/v1/catalog`, {
        method: "PUT",
        key: keys.serverKey,
        headers: { "content-type": "application/x-ndjson" },
        body: rows,
      });
    }
    const startedAt = Date.now();
    const bar = progressBar(`Telling ${name}'s past`, dataset.past.length);
    const outcomes = new Map<string, number>();
    await withHands(dataset.past, HANDS, async (past) => {
      const reply = await exchange<{ events: { status: string; code?: string }[] }>(`${url}/v1/events`, {
        key: keys.serverKey,
        body: { ...past, consent: CONSENT },
      });
      for (const { status, code } of reply.events)
        outcomes.set(code ?? status, (outcomes.get(code ?? status) ?? 0) + 1);
      bar.step();
    });
    bar.end();
    const tookMs = Date.now() - startedAt;
    await settled(url, keys);
    console.log(
      `${dataset.notes.join(" ")} ${dataset.past.length} requests in ${(tookMs / 1000).toFixed(0)} s; events: ${[...outcomes].map(([code, n]) => `${n} ${code}`).join(", ")}.`,
    );

    console.log(
      guards === "off"
        ? "Guards off: the model's own order, from single customers on."
        : "Guards on: as a shop is served.",
    );
    const rows: Record<string, Score> = {};
    let equality: object | undefined;
    for (const minCustomers of guards === "off" ? [BENCH_CONFIG.model.minCustomers] : [5, 1]) {
      const config = guards === "off" ? BENCH_CONFIG : { holdout: { share: 0 }, model: { minCustomers } };
      await publish(url, keys, config);
      await settled(url, keys, minCustomers);
      const lists = await ask(url, keys, dataset, `-k${minCustomers}`);
      rows[`concierge, at least ${minCustomers} customers behind a pair`] = scoreOf(lists);
      if (own && guards === "off") equality = compare(dataset, lists, join(dataDir, "objects"));
    }
    const popularFor = ({ given }: Trial) => dataset.popular.filter((item) => !given.has(item)).slice(0, 20);
    rows["popularity"] = scoreOf(
      new Map(dataset.trials.flat().map((trial) => [trial, popularFor(trial)] as const)),
    );
    console.table(rows);
    if (equality) console.log("Served lists beside the same scorers in this process:", equality);
    console.log(JSON.stringify({ dataset: name, guards, rows, equality }));
  } finally {
    await served?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function publish(url: string, keys: Keys, config: object): Promise<void> {
  const current = await fetch(`${url}/v1/config`, { headers: { authorization: `Bearer ${keys.adminKey}` } });
  await exchange(`${url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": current.headers.get("etag")! },
    body: config,
  });
}

/** Waits until the model has heard everything and the served snapshot has learned it. */
async function settled(url: string, keys: Keys, minCustomers?: number): Promise<void> {
  let last = -1;
  for (let same = 0; same < 4;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { model } = await exchange<{
      model: { learnedVersion: number; servedVersion: number; minCustomers: number };
    }>(`${url}/v1/site`, { key: keys.adminKey });
    const isServed =
      model.servedVersion === model.learnedVersion &&
      (minCustomers === undefined || model.minCustomers === minCustomers);
    same = isServed && model.learnedVersion === last ? same + 1 : 0;
    last = model.learnedVersion;
  }
}

await replay(process.argv[2] ?? "");
