import { createHash } from "node:crypto";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import type { RealShop } from "../support/real-shop.ts";
import { agreed, eventsIn, listenTo, openRealShop, pages, requestsOf, type Request } from "./proof-shop.ts";
import { buildSnippet } from "./snippet-stage.ts";

let real: RealShop;
let browser: Browser;
let context: BrowserContext;
let requests: Request[];
beforeAll(async () => {
  [browser, real] = await Promise.all([launchBrowser(), openRealShop()]);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
});
beforeEach(async () => {
  context = await browser.newContext();
  requests = requestsOf(context, real.api);
  await agreed(context);
});
afterEach(() => context.close());

const TYPES = "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'";
const policy = (scripts: string, more = TYPES): string =>
  `default-src 'none'; script-src ${scripts}; connect-src ${real.api}; img-src 'self'; style-src 'self'; ${more}`;

async function open(
  path: string,
  policy: string,
  more: object = {},
): Promise<{ page: Page; complaints: string[] }> {
  // Handlers in attributes are scripts that no nonce allows.
  pages.set(path.split("?")[0]!, {
    headers: { "content-security-policy": policy },
    replace: [[/ on\w+="[^"]*"/g, ""]],
    ...more,
  });
  const page = await context.newPage();
  const complaints = listenTo(page);
  await page.goto(real.shop + path, { waitUntil: "load" });
  return { page, complaints };
}

const PICKS = "[data-concierge-slot=home-top] [data-concierge-pick]";
/** Everything a visitor can do with a slot. */
async function useIt(page: Page): Promise<void> {
  const first = page.locator(PICKS).first();
  await first.waitFor();
  await first.locator("img").evaluate((image) => (image as HTMLImageElement).decode());
  await first.locator("summary").click();
  await first.locator("[data-concierge-control=not_this]").click();
  expect(await first.isHidden()).toBe(true);
  await page.click("#add");
  await vi.waitFor(() => expect(eventsIn(requests, "slot_seen").length).toBeGreaterThan(0), 8000);
  await page.locator(PICKS).nth(1).locator("a").click();
  await page.waitForURL("**/p/*");
  await vi.waitFor(() => {
    for (const type of ["page_viewed", "feedback_given", "product_added", "slot_clicked"])
      expect(eventsIn(requests, type).length, type).toBeGreaterThan(0);
  }, 8000);
}

describe("under a policy that forbids what is not named, with Trusted Types and none allowed", () => {
  test("filled, seen, clicked, judged: nothing is violated", async () => {
    const { page, complaints } = await open("/", policy("'nonce-n0nce'"));
    await useIt(page);
    expect(complaints).toEqual([]);
  });

  test("the same with the shop's own template", async () => {
    const body = `<template data-concierge-card><article><a data-concierge-field="url"><img data-concierge-field="image" alt=""><b data-concierge-field="title"></b></a><i data-concierge-field="price"></i></article></template>`;
    const { page, complaints } = await open("/template", policy("'nonce-n0nce'"), { body });
    await useIt(page);
    expect(complaints).toEqual([]);
  });

  test("the script with its digest, and nothing beside it allowed", async () => {
    const digest = `sha384-${createHash("sha384")
      .update(await buildSnippet())
      .digest("base64")}`;
    const { page, complaints } = await open("/digest", policy("'nonce-n0nce'"), {
      replace: [
        [/ on\w+="[^"]*"/g, ""],
        ["<script async", `<script async crossorigin="anonymous" integrity="${digest}"`],
      ],
    });
    await useIt(page);
    expect(complaints).toEqual([]);
  });

  test("?concierge=debug: no script can be added here, which costs the panel and nothing else", async () => {
    const { page, complaints } = await open("/?concierge=debug", policy("'nonce-n0nce'"));
    await useIt(page);
    expect(complaints.filter((text) => !/concierge-debug|TrustedScriptURL/.test(text))).toEqual([]);
    expect(complaints.filter((text) => text.startsWith("uncaught"))).toEqual([]);
  });
});

test("the test itself would hear of a violation", async () => {
  const { page, complaints } = await open("/", policy("'nonce-n0nce'"));
  await page.evaluate(() => {
    try {
      document.createElement("p").innerHTML = "<b>x</b>";
      const script = document.createElement("script");
      script.src = "/concierge.js";
    } catch {}
    const style = document.createElement("style");
    style.textContent = "p { color: red }";
    document.head.append(style);
  });
  await vi.waitFor(() => expect(complaints.length).toBeGreaterThanOrEqual(2), 3000);
});

describe("the debug panel under policies that allow its script", () => {
  test.each([
    ["the shop's own scripts", "'self' 'nonce-n0nce'"],
    ["what an allowed script brings along", "'nonce-n0nce' 'strict-dynamic'"],
  ])("%s: it is there, in its own clothes, and nothing is violated", async (_, scripts) => {
    const { page, complaints } = await open("/panel?concierge=debug", policy(scripts, "base-uri 'none'"));
    const panel = page.locator("aside[aria-label='Concierge debug']");
    await panel.locator("li").first().waitFor();
    expect(await panel.evaluate((one) => getComputedStyle(one).position)).toBe("fixed");
    await page.locator(PICKS).first().waitFor();
    expect(complaints).toEqual([]);
  });
});
