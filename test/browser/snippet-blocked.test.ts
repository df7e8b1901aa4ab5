import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import type { RealShop } from "../support/real-shop.ts";
import { agreed, listenTo, openRealShop, pages } from "./proof-shop.ts";

let real: RealShop;
let browser: Browser;
beforeAll(async () => {
  [browser, real] = await Promise.all([launchBrowser(), openRealShop()]);
  pages.set("/bare", { isBare: true });
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
});

/** How a request ends that somebody does not want. */
type End = "blocked" | "refused" | "gone";
const REASONS = {
  blocked: "blockedbyclient",
  refused: "connectionrefused",
  gone: "namenotresolved",
} as const;

type How = {
  readonly end?: End;
  readonly hasConsent?: boolean;
  /** For how long the page is left alone after it was used. */
  readonly watchMs?: number;
};

/**
 * Opens a page with some requests stopped and uses it for a while. Tells how often each address was tried, what the page
 * complained of, and how it looks.
 */
async function visit(
  path: string,
  stopped: RegExp | undefined,
  { end = "blocked", hasConsent = true, watchMs = 6000 }: How = {},
) {
  const context = await browser.newContext({ viewport: { width: 800, height: 900 } });
  if (hasConsent) await agreed(context);
  const tries: Record<string, number> = {};
  await context.route(stopped ?? /never/, (route) => {
    const { pathname } = new URL(route.request().url());
    tries[pathname] = (tries[pathname] ?? 0) + 1;
    return route.abort(REASONS[end]);
  });
  const page = await context.newPage();
  const complaints = listenTo(page);
  await page.goto(real.shop + path, { waitUntil: "load" });
  await page.click("#add");
  // Off the button again, and out of the field: how the page looks must not depend on where somebody last was.
  await page.mouse.move(1, 1);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.waitForTimeout(watchMs);
  const isFilled = (await page.locator("[data-concierge-pick]").count()) > 0;
  const clicks = await page.locator("#add").getAttribute("data-clicks");
  const picture = await page.screenshot({ fullPage: true });
  await context.close();
  return {
    tries,
    isFilled,
    clicks,
    picture,
    // The browser's own words on a request that failed are not ours.
    complaints: complaints.filter((text) => !text.includes("Failed to load resource")),
  };
}

const SCRIPT = /\/concierge\.js/;
const API = /\/v1\//;
type Case = { readonly what: string; readonly stopped: RegExp; readonly path: string } & How;
const CASES: readonly Case[] = [
  { what: "the script", stopped: SCRIPT, path: "/concierge.js" },
  // As long as three tries take at the most.
  { what: "the API", stopped: API, path: "/v1/decide", watchMs: 13_000 },
  { what: "the API, refused", stopped: API, path: "/v1/decide", end: "refused" },
  { what: "the API, its name gone", stopped: API, path: "/v1/decide", end: "gone" },
  { what: "the API, before any consent", stopped: API, path: "/v1/decide", hasConsent: false },
  { what: "decisions", stopped: /\/v1\/decide/, path: "/v1/decide" },
];

describe("what somebody blocks is missed by nobody", () => {
  let bare: Buffer;
  beforeAll(async () => {
    const seen = await visit("/bare", undefined, { watchMs: 500 });
    expect({ ...seen, picture: 0 }).toEqual({
      tries: {},
      isFilled: false,
      clicks: "1",
      picture: 0,
      complaints: [],
    });
    bare = seen.picture;
  });

  test.concurrent.each(CASES)(
    "$what: the page is, to the pixel, the page without the snippet",
    async ({ stopped, path, ...how }) => {
      const seen = await visit("/", stopped, how);
      expect(seen.isFilled).toBe(false);
      expect(seen.clicks).toBe("1");
      expect(seen.complaints).toEqual([]);
      expect(seen.tries[path]).toBeGreaterThan(0);
      for (const [address, times] of Object.entries(seen.tries))
        expect(times, address).toBeLessThanOrEqual(3);
      expect(Buffer.compare(seen.picture, bare)).toBe(0);
    },
  );

  test.concurrent("events alone: the slots are filled, and nobody is bothered with the rest", async () => {
    const seen = await visit("/", /\/v1\/events/, { watchMs: 13_000 });
    expect(seen.isFilled).toBe(true);
    expect(seen.complaints).toEqual([]);
    for (const times of Object.values(seen.tries)) expect(times).toBeLessThanOrEqual(3);
    // And the comparison above can tell a page that the snippet has filled.
    expect(Buffer.compare(seen.picture, bare)).not.toBe(0);
  });
});
