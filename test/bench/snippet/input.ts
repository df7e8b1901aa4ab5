/**
 * What a script adds to a click on "add to cart" that the shop's own page is busy with (a cart of 1,000 lines), on a
 * processor 4 times slower: CPU of its listeners, and of everything that the browser dispatches for the click. Real mouse
 * clicks, page by page in turn.
 */
import type { Browser, Page } from "playwright-core";
import { bootstrapMedian, median, quantile, round, type Ranged } from "./figures.ts";
import { readOptions, type Options } from "./options.ts";
import { StandIn } from "./stand-in.ts";
import { CONTROLS, embedAll, OURS, turnOf, type Subject } from "./subjects.ts";
import { showTable } from "./table.ts";
import { costOf, TRACED, type Click } from "./trace.ts";
import { launchAsPerson, openVisit, SLOW_CPU } from "./visit.ts";

/** What is told of a subject, in milliseconds of CPU over all its clicks. */
export type Handled = {
  readonly name: string;
  readonly clicks: number;
  /** In listeners of its own. */
  readonly ownMs: number;
  readonly ownMsP98: number;
  /** The first click of a page: nothing is compiled yet. */
  readonly firstMs: number;
  /** All listeners, minus those of the page without a script, run by run. */
  readonly addedMs: Ranged;
  /** From the click to the next frame as the browser reports it, in steps of 8 ms. */
  readonly inpMsP98: number;
};

/** One page's clicks. */
type Clicked = { readonly clicks: readonly Click[]; readonly durations: readonly number[] };

const CLICKS = 20;
const REACH_MS = 4;

export async function run(argv: readonly string[]): Promise<{ input: readonly Handled[]; failed: string[] }> {
  const options = readOptions(argv);
  const input = await measureInput(options);
  showTable(
    `input: ${options.runs} x ${CLICKS} clicks, ${SLOW_CPU} x CPU, ms of thread CPU; added to the median click, 95 % interval`,
    ["page with", "clicks", "own", "own p98", "first click", "added", "INP p98"],
    input.map((one) => [
      one.name,
      one.clicks,
      ...[one.ownMs, one.ownMsP98, one.firstMs].map((ms) => ms.toFixed(2)),
      `${one.addedMs.median.toFixed(2)} [${one.addedMs.low.toFixed(2)}, ${one.addedMs.high.toFixed(2)}]`,
      one.inpMsP98,
    ]),
  );
  const { ownMsP98, clicks } = input.find(({ name }) => name === OURS)!;
  const failed = [
    ...(ownMsP98 <= REACH_MS ? [] : [`input: p98 of our handlers is ${ownMsP98} ms, not ${REACH_MS}`]),
    ...(clicks === options.runs * CLICKS
      ? []
      : [`input: ${clicks} clicks were traced, not ${options.runs * CLICKS}`]),
  ];
  return { input, failed };
}

async function measureInput({ runs, peers, cpu }: Options): Promise<readonly Handled[]> {
  const [browser, shop] = await Promise.all([launchAsPerson(), new StandIn().open()]);
  try {
    const subjects = await embedAll(shop, peers);
    const clicked = new Map<string, Clicked[]>(subjects.map(({ name }) => [name, []]));
    for (let at = 0; at < runs; at++)
      for (const subject of turnOf(subjects, at))
        clicked.get(subject.name)!.push(await clickAbout(browser, shop, subject, cpu));
    const without = clicked.get(CONTROLS[0]!)!;
    return subjects.map(({ name }) => summarize(name, clicked.get(name)!, without));
  } finally {
    await browser.close();
    shop.close();
  }
}

async function clickAbout(browser: Browser, shop: StandIn, subject: Subject, cpu: number): Promise<Clicked> {
  shop.reset();
  const { context, page, cdp } = await openVisit(browser);
  await page.goto(subject.page, { waitUntil: "load" });
  // What a script puts off until the page is calm is not the click's.
  await page.waitForTimeout(700);
  const { x, y } = (await page.locator("#add").boundingBox())!;
  await page.evaluate(noteDurations);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  await browser.startTracing(page, { categories: TRACED });
  // The trace tells the page's main thread by a script of its own.
  await page.addScriptTag({ url: `${shop.shop}/mark.js` });
  for (let click = 0; click < CLICKS; click++) {
    await page.mouse.click(x + 5, y + 5);
    await page.waitForTimeout(40);
  }
  const trace = await browser.stopTracing();
  const durations = await readDurations(page);
  await context.close();
  return { clicks: costOf(trace, shop.shop, subject.script, SLOW_CPU / cpu).clicks, durations };
}

declare global {
  interface Window {
    noted?: number[];
  }
}

const noteDurations = (): void => {
  const noted: number[] = (window.noted = []);
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "click") noted.push(duration);
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
};

const readDurations = (page: Page): Promise<number[]> => page.evaluate(() => window.noted!);

function summarize(name: string, pages: readonly Clicked[], without: readonly Clicked[]): Handled {
  const own = pages.flatMap(({ clicks }) => clicks.map(({ ownMs }) => ownMs));
  const middle = ({ clicks }: Clicked): number => median(clicks.map(({ allMs }) => allMs));
  return {
    name,
    clicks: own.length,
    ownMs: round(median(own), 2),
    ownMsP98: round(quantile(own, 0.98), 2),
    firstMs: round(median(pages.map(({ clicks }) => clicks[0]?.ownMs ?? 0)), 2),
    addedMs: bootstrapMedian(pages.map((page, run) => round(middle(page) - middle(without[run]!), 2))),
    // Clicks quicker than 16 ms are not reported at all.
    inpMsP98: Math.max(
      16,
      quantile(
        pages.flatMap(({ durations }) => durations),
        0.98,
      ) || 0,
    ),
  };
}
