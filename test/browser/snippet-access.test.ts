import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import type { RealShop } from "../support/real-shop.ts";
import { agreed, eventsIn, listenTo, openRealShop, pages, requestsOf, type Request } from "./proof-shop.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let real: RealShop;
let browser: Browser;
let context: BrowserContext;
let requests: Request[];
let complaints: string[];
beforeAll(async () => {
  [browser, real] = await Promise.all([launchBrowser(), openRealShop()]);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
});
beforeEach(() => pages.clear());
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  context = await browser.newContext(options);
  requests = requestsOf(context, real.api);
  await agreed(context);
  const page = await context.newPage();
  complaints = listenTo(page);
  await page.goto(real.shop + path, { waitUntil: "load" });
  return page;
}

type Violation = { id: string; nodes: { html: string; failureSummary?: string }[] };
/** What axe has against a page, all of its rules but the experimental ones. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Violation[]; passes: unknown[] }> };
    };
    const { violations, passes } = await axe.run(document, { resultTypes: ["violations"] });
    return { violations, passed: passes.length };
  });
  expect(found.passed).toBeGreaterThan(10);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

const SLOT = "[data-concierge-slot=home-top]";
const PICKS = `${SLOT} [data-concierge-pick]`;
const filled = (page: Page): Promise<void> => page.locator(PICKS).nth(2).waitFor({ timeout: 6000 });
const openAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

const TEMPLATES: Readonly<Record<string, string>> = {
  "a plain card": "",
  "the shop's template": `<template data-concierge-card><article><h3><a data-concierge-field="url"><span data-concierge-field="title"></span></a></h3><img data-concierge-field="image" alt=""><p data-concierge-field="price"></p></article></template>`,
  "the shop's template, itself a link": `<template data-concierge-card><a data-concierge-field="url"><img data-concierge-field="image" alt=""><b data-concierge-field="title"></b></a></template>`,
};

describe("axe finds nothing", () => {
  test.each(Object.keys(TEMPLATES))("in a filled slot: %s", async (kind) => {
    // The shop's own heading in front, as it would have it; the template has one of the next level.
    pages.set("/card", { body: `<h2>Our picks</h2>${TEMPLATES[kind]}` });
    const page = await open("/card");
    await filled(page);
    expect(await violations(page)).toEqual([]);
    await openAll(page);
    expect(await violations(page)).toEqual([]);
  });

  test("in a slot with the shop's own heading", async () => {
    pages.set("/heading", {
      replace: [[`aria-label="For you"></section>`, `><h2 data-concierge-title>For you</h2></section>`]],
    });
    const page = await open("/heading");
    await filled(page);
    expect(await page.locator(`${SLOT} h2`).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
  });

  test("in an empty slot, and one that keeps the shop's own content", async () => {
    pages.set("/empty", {
      replace: [[/data-concierge-slot="home-top"/, `data-concierge-slot="nothing-here"`]],
    });
    const page = await open("/empty");
    await page.locator("[data-concierge-slot=nothing-here][data-concierge-status]").waitFor();
    expect(await page.locator("[data-concierge-slot=nothing-here] *").count()).toBe(0);
    expect(await page.locator("#own").isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  test("after a pick was sent away", async () => {
    const page = await open("/");
    await filled(page);
    await page.locator(PICKS).first().locator("summary").click();
    await page.locator(PICKS).first().locator("[data-concierge-control=not_this]").click();
    expect(await page.locator(PICKS).first().isHidden()).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  test("in the debug panel", async () => {
    const page = await open("/?concierge=debug");
    await filled(page);
    await page.locator("aside[aria-label='Concierge debug'] li").first().waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test("which is not because it finds nothing at all", async () => {
    const page = await open("/");
    await filled(page);
    await page.evaluate((picks) => {
      document.querySelector(`${picks} a`)!.replaceChildren();
      document.querySelector(`${picks} button`)!.replaceChildren();
    }, PICKS);
    await openAll(page);
    expect((await violations(page)).map((text) => text.split(":")[0])).toEqual(
      expect.arrayContaining(["button-name", "link-name"]),
    );
  });
});

describe("without a mouse", () => {
  /** What has the focus, in words. */
  const focus = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement!;
      const pick = element.closest("[data-concierge-pick]")?.getAttribute("data-concierge-pick") ?? "";
      return `${pick} ${element.tagName.toLowerCase()} ${element.getAttribute("data-concierge-control") ?? ""}`.trim();
    });

  test("a card, its reason and its buttons are reached in reading order, and work", async () => {
    const page = await open("/");
    await filled(page);
    const path: string[] = [];
    const step = async (key = "Tab"): Promise<void> => {
      await page.keyboard.press(key);
      path.push(await focus(page));
    };
    await step();
    await step();
    await page.keyboard.press("Enter");
    expect(await page.locator(`${PICKS} details`).first().getAttribute("open")).not.toBeNull();
    await step();
    await step();
    await step();
    expect(path).toEqual([
      "p1 a",
      "p1 summary why",
      "p1 button not_this",
      "p1 button own_it",
      "p1 button less_like_this",
    ]);
    await page.keyboard.press("Space");
    expect(await page.locator(PICKS).first().isHidden()).toBe(true);
    await vi.waitFor(
      () =>
        expect(eventsIn(requests, "feedback_given")).toMatchObject([
          { item: "p1", feedback: "less_like_this" },
        ]),
      6000,
    );
    // Whoever sent a pick away goes on at the next one, not at the top of the page.
    await step();
    expect(path.at(-1)).toBe("p2 a");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/p/p2");
    await vi.waitFor(() => expect(eventsIn(requests, "slot_clicked")).toHaveLength(1), 6000);
  });

  test("everything has a name that says what it is", async () => {
    const page = await open("/");
    await filled(page);
    await openAll(page);
    expect(await page.getByRole("list", { name: "For you" }).count()).toBe(1);
    expect(await page.getByRole("list", { name: "For you" }).getByRole("listitem").count()).toBe(3);
    expect(await page.getByRole("link", { name: /Product 1/ }).count()).toBe(1);
    for (const name of ["not this", "own it", "less like this"])
      expect(await page.getByRole("button", { name, exact: true }).count()).toBe(3);
    // An answer that arrives says nothing aloud and moves no focus.
    expect(await page.locator(`${SLOT} [aria-live], ${SLOT}[aria-live]`).count()).toBe(0);
    expect(await focus(page)).toBe("body");
  });

  test("buttons in a form of the shop's do not send it", async () => {
    pages.set("/form", {
      replace: [
        [
          /<section class="slot" data-concierge-slot="home-top"/,
          `<form id="around" action="/sent"><section class="slot" data-concierge-slot="home-top"`,
        ],
        [`aria-label="For you"></section>`, `aria-label="For you"></section></form>`],
      ],
    });
    const page = await open("/form");
    await filled(page);
    await page.locator(`${PICKS} summary`).first().focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(300);
    expect(new URL(page.url()).pathname).toBe("/form");
    expect(await page.locator(PICKS).first().isHidden()).toBe(true);
  });
});

describe("large, and still", () => {
  /** Whether something reaches over the page's right edge. */
  const overflow = (page: Page): Promise<string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll("[data-concierge-slot] *")]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
        .map((element) => element.outerHTML.slice(0, 80)),
    );

  test.each([
    ["200 % on a screen of 1280", { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 }],
    ["400 % on a screen of 1280", { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
  ])("%s: nothing is cut off, nothing scrolls sideways", async (_, options) => {
    const page = await open("/", options);
    await page.locator(SLOT).scrollIntoViewIfNeeded();
    await filled(page);
    await openAll(page);
    expect(await overflow(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(await violations(page)).toEqual([]);
  });

  test("letters of twice the size", async () => {
    pages.set("/letters", {
      head: "<style>html { font-size: 200% } body { font: 1rem/1.5 sans-serif !important }</style>",
    });
    const page = await open("/letters");
    await filled(page);
    await openAll(page);
    expect(await overflow(page)).toEqual([]);
  });

  test("for whoever wants no motion nothing moves, and nothing moves for others either", async () => {
    for (const reducedMotion of ["reduce", "no-preference"] as const) {
      const page = await open("/", { reducedMotion });
      await filled(page);
      await page.locator(`${PICKS} summary`).first().click();
      await page.locator(`${PICKS} [data-concierge-control=not_this]`).first().click();
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      const moving = await page.evaluate(
        (slot) =>
          [...document.querySelectorAll(`${slot} *`)].filter((element) => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
            return (
              !transitionDuration.startsWith("0s") || animationName !== "none" || scrollBehavior === "smooth"
            );
          }).length,
        SLOT,
      );
      expect(moving).toBe(0);
      if (reducedMotion === "reduce") await context.close();
    }
  });
});
