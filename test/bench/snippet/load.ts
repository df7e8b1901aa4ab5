/**
 * What a script costs while a shop's page loads, on a phone of the middle (4 times slower, 150 ms, 1.6 Mbit/s): CPU of the
 * page's main thread, long tasks, paints against the page without it, and requests before the first event. Everybody is
 * measured run by run in turn. `--runs 15` for figures that may be told, `--peers segment,posthog` or `--peers none`,
 * `--without-prices` for picks that have none, `--cpu 1` on a busy machine: CPU is then measured unslowed, and multiplied.
 */
import type { Browser } from "playwright-core";
import { bootstrapMedian, median, round, type Ranged } from "./figures.ts";
import { failuresOf, rangeText, type Loaded } from "./load-reach.ts";
import { readOptions, type Options } from "./options.ts";
import { StandIn } from "./stand-in.ts";
import { CONTROLS, embedAll, turnOf, type Subject } from "./subjects.ts";
import { showTable } from "./table.ts";
import { costOf, TRACED, type Cost } from "./trace.ts";
import { launchAsPerson, openVisit, paintsOf, SLOW_CPU, type Paints } from "./visit.ts";

/** One load of one subject's page. */
type Load = Cost & Paints & Requests;
type Requests = {
  /** Scripts and calls up to and with the first event; nothing where no event came. */
  readonly beforeEvent: number | undefined;
  readonly preflights: number;
};

/** After the page's load event, so that everything which was put off has happened. */
const SETTLE_MS = 2500;

export async function run(argv: readonly string[]): Promise<{ load: readonly Loaded[]; failed: string[] }> {
  const options = readOptions(argv);
  const load = await measureLoad(options);
  showTable(
    `load: median of ${options.runs} runs, ${SLOW_CPU} x CPU, ms of thread CPU; paints minus those without a script, 95 % interval`,
    [
      "page with",
      "evaluate",
      "later",
      "longest",
      "long tasks",
      "TBT",
      "main +",
      "FCP +",
      "LCP +",
      "CLS",
      "req",
      "OPTIONS",
    ],
    load.map((one) => [
      one.name,
      ...[one.evaluateMs, one.laterMs, one.longestTaskMs].map((ms) => ms.toFixed(1)),
      one.longTasks,
      one.blockingMs.toFixed(0),
      ...[one.mainThreadMs, one.fcpMs, one.lcpMs].map(rangeText),
      one.shift.toFixed(4),
      one.beforeEvent ?? "-",
      one.preflights,
    ]),
  );
  return { load, failed: failuresOf(load) };
}

async function measureLoad({ runs, peers, hasPrices, cpu }: Options): Promise<readonly Loaded[]> {
  const [browser, shop] = await Promise.all([launchAsPerson(), new StandIn().open()]);
  try {
    const subjects = await embedAll(shop, peers);
    const loads = new Map<string, Load[]>(subjects.map(({ name }) => [name, []]));
    for (let at = 0; at < runs; at++)
      for (const subject of turnOf(subjects, at)) {
        shop.reset({ hasPrices });
        loads.get(subject.name)!.push(await loadOnce(browser, shop, subject, cpu));
      }
    const without = loads.get(CONTROLS[0]!)!;
    return subjects.map(({ name }) => summarize(name, loads.get(name)!, without));
  } finally {
    await browser.close();
    shop.close();
  }
}

async function loadOnce(browser: Browser, shop: StandIn, subject: Subject, cpu: number): Promise<Load> {
  const { context, page } = await openVisit(browser, { cpu, isSlowNetwork: true });
  await browser.startTracing(page, { categories: TRACED });
  await page.goto(subject.page, { waitUntil: "load" });
  await page.waitForTimeout(SETTLE_MS);
  const trace = await browser.stopTracing();
  const paints = await paintsOf(page);
  await context.close();
  return {
    ...costOf(trace, shop.shop, subject.script, SLOW_CPU / cpu),
    ...paints,
    ...requestsOf(shop, subject),
  };
}

function requestsOf({ arrived }: StandIn, { script, isEvent }: Subject): Requests {
  const path = script && new URL(script).pathname;
  const own = arrived.filter((request) => request.at === "api" || request.path === path);
  const event = own.findIndex(isEvent);
  return {
    beforeEvent: event < 0 ? undefined : event + 1,
    preflights: own.filter(({ method }) => method === "OPTIONS").length,
  };
}

function summarize(name: string, loads: readonly Load[], without: readonly Load[]): Loaded {
  const middle = (field: "evaluateMs" | "laterMs" | "longestTaskMs" | "longTasks" | "blockingMs"): number =>
    round(median(loads.map((load) => load[field])));
  const added = (field: "mainThreadMs" | "fcpMs" | "lcpMs"): Ranged =>
    bootstrapMedian(loads.map((load, run) => round(load[field] - without[run]![field])));
  return {
    name,
    evaluateMs: middle("evaluateMs"),
    laterMs: middle("laterMs"),
    longestTaskMs: middle("longestTaskMs"),
    longTasks: middle("longTasks"),
    blockingMs: middle("blockingMs"),
    mainThreadMs: added("mainThreadMs"),
    fcpMs: added("fcpMs"),
    lcpMs: added("lcpMs"),
    shift: Math.max(...loads.map(({ shift }) => shift)),
    beforeEvent: median(loads.map(({ beforeEvent }) => beforeEvent ?? Number.NaN)) || undefined,
    preflights: Math.max(...loads.map(({ preflights }) => preflights)),
  };
}
