import type { Browser, BrowserContext, CDPSession, LaunchOptions, Page } from "playwright-core";
import { launchBrowser } from "../../support/browser.ts";

/** A phone of the middle: its processor, beside ours, and its network. */
export const SLOW_CPU = 4;
/** 1.6 Mbit/s down, half of it up, 150 ms until an answer. */
const SLOW_NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 800_000 / 8,
};

/** Trackers send nothing where they believe to see a robot. */
export const launchAsPerson = (options: LaunchOptions = {}): Promise<Browser> =>
  launchBrowser({
    ...options,
    args: ["--disable-blink-features=AutomationControlled", ...(options.args ?? [])],
  });

/** A first visit: a fresh profile, nothing cached. */
export type Visit = { readonly context: BrowserContext; readonly page: Page; readonly cdp: CDPSession };

/** How a visitor comes. */
export type Visitor = {
  readonly width?: number;
  readonly height?: number;
  /** Times by which the processor is slowed down. */
  readonly cpu?: number;
  readonly isSlowNetwork?: boolean;
};

export async function openVisit(
  browser: Browser,
  { width = 1280, height = 720, cpu = 1, isSlowNetwork = false }: Visitor = {},
): Promise<Visit> {
  const major = browser.version().split(".")[0];
  const context = await browser.newContext({
    viewport: { width, height },
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`,
  });
  // A busy machine loads a throttled page slowly, and a run of many minutes should survive that.
  context.setDefaultNavigationTimeout(120_000);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  if (isSlowNetwork) await cdp.send("Network.emulateNetworkConditions", SLOW_NETWORK);
  if (cpu > 1) await cdp.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  return { context, page, cdp };
}

/** What a browser has noted of a page, in milliseconds from its beginning. */
export type Paints = { readonly fcpMs: number; readonly lcpMs: number; readonly shift: number };

/** Reads paints and shifts. Shifts count also after an input: nothing of ours may move, ever. */
export const paintsOf = (page: Page): Promise<Paints> =>
  page.evaluate(async () => {
    const entries = async (type: string): Promise<PerformanceEntry[]> => {
      const found: PerformanceEntry[] = [];
      const observer = new PerformanceObserver((list) => void found.push(...list.getEntries()));
      observer.observe({ type, buffered: true });
      await new Promise((done) => setTimeout(done, 100));
      observer.disconnect();
      return found;
    };
    const fcp = performance.getEntriesByName("first-contentful-paint")[0];
    const lcp = (await entries("largest-contentful-paint")).pop();
    const shifts = (await entries("layout-shift")) as (PerformanceEntry & { value: number })[];
    return {
      fcpMs: fcp?.startTime ?? Number.NaN,
      lcpMs: lcp?.startTime ?? Number.NaN,
      shift: shifts.reduce((sum, { value }) => sum + value, 0),
    };
  });
