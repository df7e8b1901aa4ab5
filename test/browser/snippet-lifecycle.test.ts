import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { installedChromium } from "../bench/snippet/loss/chromium.ts";
import { launchBrowser } from "../support/browser.ts";
import type { RealShop } from "../support/real-shop.ts";
import {
  agreed,
  AnsweredShop,
  asked,
  eventsIn,
  listenTo,
  openRealShop,
  pages,
  requestsOf,
  YES,
  type Request,
} from "./proof-shop.ts";

let real: RealShop;
const answered = new AnsweredShop();
let browser: Browser;
let context: BrowserContext;
let requests: Request[];
let complaints: string[];
beforeAll(async () => {
  [browser, real] = await Promise.all([
    // Playwright turns the back-forward cache off.
    launchBrowser({ ignoreDefaultArgs: ["--disable-back-forward-cache"] }),
    openRealShop(),
    answered.open(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
  answered.close();
});
beforeEach(async () => {
  pages.clear();
  complaints = [];
  context = await browser.newContext();
  requests = requestsOf(context, real.api);
  await agreed(context);
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const PICKS = "[data-concierge-slot=home-top] [data-concierge-pick]";
async function open(path = "/"): Promise<Page> {
  const page = await context.newPage();
  complaints = listenTo(page);
  await page.goto(real.shop + path, { waitUntil: "load" });
  return page;
}
/** Addresses of the page views that were told, each once, oldest first. */
const views = (): string[] =>
  eventsIn(requests, "page_viewed").map(({ page }) => {
    const { pathname, search, hash } = new URL((page as { url: string }).url);
    return pathname + search + hash;
  });
const seen = (paths: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(views()).toEqual(paths), { timeout: 8000, interval: 100 });

/** What a shop's consent tool does on every page. */
const SAYS_YES = `<script>window.concierge = function () { (concierge.q ||= []).push(arguments) }; concierge("consent", ${JSON.stringify(YES)})</script>`;
const CHROMIUM = [process.env["CHROME_PATH"], "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);

describe("a page that is fetched ahead", () => {
  /** A browser that nobody debugs, since a debugged one fetches nothing ahead. Leaves for `/ahead` after `goesMs`. */
  async function roam(goesMs: number, staysMs: number): Promise<void> {
    const leave = goesMs ? `setTimeout(() => { location.href = "/ahead" }, ${goesMs})` : "";
    pages.set("/plain", {
      body: `<script type="speculationrules">{"prerender":[{"urls":["/ahead"],"eagerness":"immediate"}]}</script><script>${leave}</script>`,
    });
    pages.set("/ahead", { head: `${SAYS_YES}<script>new Image().src = "/i/scripts-run.svg"</script>` });
    const folder = mkdtempSync(join(tmpdir(), "concierge-ahead-"));
    const child = spawn(
      CHROMIUM!,
      [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--remote-debugging-port=0",
        `--user-data-dir=${folder}`,
        `${answered.shop}/plain`,
      ],
      { stdio: "ignore" },
    );
    const gone = new Promise((done) => child.once("exit", done));
    try {
      await vi.waitFor(
        () =>
          expect(asked.some(({ path, purpose }) => path === "/ahead" && purpose.includes("prerender"))).toBe(
            true,
          ),
        { timeout: 20_000, interval: 100 },
      );
      await new Promise((done) => setTimeout(done, goesMs + staysMs));
    } finally {
      child.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  beforeEach(() => {
    asked.length = answered.sent.length = 0;
    answered.reply = ({ text }) => {
      const { events = [], visitorId } = JSON.parse(text) as {
        events?: { id: string }[];
        visitorId?: string;
      };
      return {
        text: JSON.stringify({
          slots: [],
          events: events.map(({ id }) => ({ id, status: "accepted" })),
          visitorId: visitorId ? undefined : "v_ahead",
        }),
      };
    };
  });
  const told = (): unknown[] =>
    answered.sent.flatMap(({ text }) => (JSON.parse(text) as { events?: unknown[] }).events ?? []);

  test.skipIf(!CHROMIUM)("and never opened: nothing is asked, nothing is told", async () => {
    await roam(0, 3000);
    const fetched = asked.map(({ path }) => path);
    expect(fetched).toEqual(expect.arrayContaining(["/concierge.js", "/i/scripts-run.svg"]));
    expect(answered.sent).toEqual([]);
  });

  test.skipIf(!CHROMIUM)("and opened: one page view, at the time it is opened", async () => {
    await roam(3000, 3500);
    const ahead = asked.find(({ path }) => path === "/ahead")!;
    // It was not simply fetched anew.
    expect(asked.filter(({ path }) => path === "/ahead")).toHaveLength(1);
    expect(told().filter((event) => (event as { type: string }).type === "page_viewed")).toHaveLength(1);
    for (const { at } of answered.sent) expect(at - ahead.at).toBeGreaterThan(2500);
    const [view] = told() as { at: number }[];
    expect(view!.at - ahead.at).toBeGreaterThan(2500);
  });

  test("as a page sees it: nothing happens until the document says that it is shown", async () => {
    await context.addInitScript(() => {
      let ahead = true;
      Object.defineProperty(Document.prototype, "prerendering", { get: () => ahead });
      (window as unknown as { show(): void }).show = () => {
        ahead = false;
        document.dispatchEvent(new Event("prerenderingchange"));
      };
    });
    const page = await open();
    await page.waitForTimeout(1500);
    expect(requests).toEqual([]);
    await page.evaluate(() => (window as unknown as { show(): void }).show());
    await page.locator(PICKS).first().waitFor();
    await seen(["/"]);
  });
});

// The packed browser is a headless shell, which keeps no page.
describe.skipIf(installedChromium === undefined)("the back-forward cache", () => {
  test("gives the page back, which tells of one more view, each time", async () => {
    const page = await open();
    await page.locator(PICKS).first().waitFor();
    await seen(["/"]);
    await page.evaluate(() => {
      (window as unknown as { mark: number }).mark = 1;
    });
    for (const times of [2, 3]) {
      await page.goto(`${real.shop}/plain`);
      await page.goBack({ waitUntil: "commit" });
      await vi.waitFor(() => expect(views()).toHaveLength(times), { timeout: 8000 });
      const { mark, reasons } = await page.evaluate(() => ({
        mark: (window as unknown as { mark?: number }).mark,
        reasons: (performance.getEntriesByType("navigation")[0] as unknown as { notRestoredReasons: unknown })
          .notRestoredReasons,
      }));
      expect({ mark, reasons }).toEqual({ mark: 1, reasons: null });
    }
    await page.waitForTimeout(2000);
    expect(views()).toEqual(["/", "/", "/"]);
    // And it still works.
    await page.click("#add");
    await vi.waitFor(() => expect(eventsIn(requests, "product_added")).toHaveLength(1), 6000);
  });

  test("takes the page while a decision is still under way, too", async () => {
    await context.route(/\/v1\/decide/, async (route) => {
      await new Promise((done) => setTimeout(done, 1500));
      await route.continue().catch(() => {});
    });
    const page = await open();
    await page.waitForTimeout(300);
    await page.evaluate(() => {
      (window as unknown as { mark: number }).mark = 1;
    });
    await page.goto(`${real.shop}/plain`);
    await page.goBack({ waitUntil: "commit" });
    expect(await page.evaluate(() => (window as unknown as { mark?: number }).mark)).toBe(1);
    await page.locator(PICKS).first().waitFor({ timeout: 12_000 });
  });
});

describe("a shop of a single page", () => {
  const ways: Readonly<Record<string, string>> = {
    "history.pushState": `(path) => history.pushState({}, "", path)`,
    "history.replaceState": `(path) => history.replaceState({}, "", path)`,
    "navigation.navigate": `(path) => { navigation.addEventListener("navigate", (event) => event.canIntercept && event.intercept({ handler: async () => {} }), { once: true }); navigation.navigate(path); }`,
  };
  test.each(Object.keys(ways))("%s: a view for each new address, none for the same", async (way) => {
    const page = await open();
    await seen(["/"]);
    const go = (path: string): Promise<void> => page.evaluate(`(${ways[way]})(${JSON.stringify(path)})`);
    for (const path of ["/a", "/b?x=1", "/b?x=2", "/b?x=2"]) {
      await go(path);
      await page.waitForTimeout(250);
    }
    await seen(["/", "/a", "/b?x=1", "/b?x=2"]);
    await page.waitForTimeout(500);
    expect(views()).toHaveLength(4);
  });

  test("going back and forth; anchors are no views", async () => {
    const page = await open();
    for (const act of [
      `history.pushState({}, "", "/a")`,
      `location.hash = "reviews"`,
      `location.hash = "sizes"`,
      `history.pushState({}, "", "#more")`,
      `history.go(-4)`,
    ]) {
      await page.evaluate(act);
      await page.waitForTimeout(300);
    }
    await seen(["/", "/a", "/"]);
  });

  test("50 routes, each with slots of its own: 50 views, and neither listeners nor memory grow", async () => {
    const page = await open();
    await page.locator(PICKS).first().waitFor();
    const tools = await context.newCDPSession(page);
    await tools.send("Performance.enable");
    const measure = async (): Promise<{ listeners: number; heap: number; nodes: number }> => {
      for (let times = 0; times < 3; times++) await tools.send("HeapProfiler.collectGarbage");
      const { metrics } = await tools.send("Performance.getMetrics");
      const of = (name: string): number => metrics.find((metric) => metric.name === name)!.value;
      return { listeners: of("JSEventListeners"), heap: of("JSHeapUsedSize"), nodes: of("Nodes") };
    };
    const route = async (at: number): Promise<void> => {
      await page.evaluate((at) => {
        history.pushState({}, "", `/r/${at}`);
        const old = document.querySelector("[data-concierge-slot=home-top]")!;
        const slot = document.createElement("section");
        slot.className = old.className;
        slot.setAttribute("data-concierge-slot", "home-top");
        slot.setAttribute("data-max", "3");
        old.replaceWith(slot);
      }, at);
      await page.locator(PICKS).first().waitFor();
    };
    for (let at = 0; at < 10; at++) await route(at);
    const early = await measure();
    for (let at = 10; at < 50; at++) await route(at);
    const late = await measure();
    await seen(["/", ...Array.from({ length: 50 }, (_, at) => `/r/${at}`)]);
    expect(late.listeners - early.listeners).toBeLessThanOrEqual(2);
    expect(late.nodes - early.nodes).toBeLessThan(150);
    // 40 routes that kept their slots would keep some 30 KB each.
    expect(late.heap - early.heap).toBeLessThan(400_000);
  });
});

describe("inside a frame", () => {
  test("of another site: the inner page is a page like any other, the outer one knows nothing of it", async () => {
    const outer = real.shop.replace("localhost", "127.0.0.1");
    // The browser keeps storage from it there, so its consent tool has to say it anew.
    pages.set("/inner", { head: SAYS_YES });
    pages.set("/plain", { body: `<iframe src="${real.shop}/inner" width="900" height="900"></iframe>` });
    const page = await context.newPage();
    complaints = listenTo(page);
    await page.goto(`${outer}/plain`);
    await page.frameLocator("iframe").locator(PICKS).first().waitFor();
    await vi.waitFor(() => expect(views()).toEqual(["/inner"]), 8000);
    expect(await page.evaluate(() => "concierge" in window)).toBe(false);
  });

  test("without an origin of its own: storage is forbidden there, and nothing breaks", async () => {
    pages.set("/plain", {
      body: `<iframe sandbox="allow-scripts" src="${real.shop}/inner" width="900" height="900"></iframe>`,
    });
    const page = await context.newPage();
    const heard = listenTo(page);
    await page.goto(`${real.shop}/plain`);
    const inner = page.frameLocator("iframe");
    await inner.locator("#add").click();
    await page.waitForTimeout(1500);
    expect(await inner.locator("#add").getAttribute("data-clicks")).toBe("1");
    // That the Worker does not answer an origin called `null` is the browser's to complain of.
    expect(heard.filter((text) => !/CORS|Failed to load resource/.test(text))).toEqual([]);
  });
});
