import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { startDemo, type DemoServer } from "./demo-server.ts";
import { KETTLE } from "./regulars.ts";
import { agree, answered, arrive, open } from "./shopper.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ARTIFACTS = "test-artifacts/shop";
const PAGES: { readonly [name: string]: string } = {
  home: "/demo/",
  category: "/demo/category.html?c=tea-coffee",
  product: `/demo/product.html?id=${KETTLE}`,
  search: "/demo/search.html?q=lamp",
  "search-nothing": "/demo/search.html?q=xylophone",
  cart: "/demo/cart.html",
  checkout: "/demo/checkout.html",
  account: "/demo/account.html",
};

let demo: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchBrowser(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

/** What axe holds to be serious or worse. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    type Finding = { id: string; impact: string; nodes: { html: string }[] };
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } };
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({ id, impact, at: nodes[0]?.html }));
  });
  return found.flatMap(({ id, impact, at }) =>
    impact === "serious" || impact === "critical" ? [`${id}: ${at}`] : [],
  );
}

describe.each([
  [1280, 800],
  [390, 844],
])("at %d px", (width, height) => {
  test("before a decision, and with something in the cart: nothing moves, nothing is out of reach, nothing comes from elsewhere", async () => {
    const { page, context, faults } = await arrive(browser, demo, { viewport: { width, height } });
    const elsewhere: string[] = [];
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.origin !== demo.url && url.protocol.startsWith("http")) elsewhere.push(url.href);
    });
    await page.addInitScript(() => {
      const seen = window as unknown as { shift: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
          seen.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    mkdirSync(ARTIFACTS, { recursive: true });
    const look = async (name: string) => {
      const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
      expect(shift, `${name} moves`).toBe(0);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(tooWide, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
      expect(await serious(page), name).toEqual([]);
      await page.screenshot({ path: join(ARTIFACTS, `${name}-${width}.png`), fullPage: true });
    };
    await open(page, PAGES["cart"]!);
    await look("cart-nothing");
    await open(page, PAGES["product"]!);
    await look("undecided");
    await agree(page);
    await answered(page);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByText("In your cart.").waitFor();
    for (const [name, path] of Object.entries(PAGES)) {
      await open(page, path);
      await look(name);
    }
    await page.getByRole("link", { name: "What we know, and your choices" }).waitFor();
    await context.close();
    expect(elsewhere).toEqual([]);
    expect(faults).toEqual([]);
  });
});
