import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import type { RealShop } from "../support/real-shop.ts";
import { HAVOC, isAlive, openLoud, PICKS, place, type Havoc } from "./proof-havoc.ts";
import { openRealShop } from "./proof-shop.ts";

let real: RealShop;
let browser: Browser;
beforeAll(async () => {
  [browser, real] = await Promise.all([launchBrowser(), openRealShop()]);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
});

describe("whatever the page has done, it works as if the snippet were not there", () => {
  test.concurrent.each(HAVOC.map((havoc, index) => ({ ...havoc, index })))("$name", async (havoc) => {
    const { page, complaints, close } = await openLoud(browser, place(real.shop, `/h${havoc.index}`, havoc));
    if (havoc.isFatal) await page.waitForTimeout(700);
    else await page.locator(PICKS).first().waitFor({ timeout: 4000 });
    await isAlive(page);
    expect(complaints.filter((text) => !text.includes("ERR_NAME_NOT_RESOLVED"))).toEqual([]);
    expect(await page.locator(PICKS).count()).toBe(havoc.isFatal ? 0 : 3);
    await close();
  });
});

test("what a page complains of is heard here", async () => {
  const body = `<script>setTimeout(() => { throw new Error("mine"); }); Promise.reject(new Error("too")); console.error("and this");</script>`;
  const { page, complaints, close } = await openLoud(browser, place(real.shop, "/loud", { name: "", body }));
  await page.waitForTimeout(200);
  expect(complaints.toSorted()).toEqual([
    "console: and this",
    "uncaught: Error: mine",
    "uncaught: Error: too",
  ]);
  await close();
});

describe("with ?concierge=debug the panel says what is wrong, once", () => {
  const told = (name: string): Havoc => HAVOC.find((havoc) => havoc.name === name)!;
  const cases = [
    { name: "nothing, for comparison", says: 0 },
    { name: "storage that throws", says: 0 },
    { name: "a fetch that throws", says: 1 },
    { name: "a fetch that answers nothing", says: 1 },
    { name: "no TextEncoder", says: 1 },
  ];
  test.concurrent.each(cases)("$name: $says", async ({ name, says }) => {
    const path = `/debug${cases.findIndex((one) => one.name === name)}`;
    const { page, complaints, close } = await openLoud(
      browser,
      `${place(real.shop, path, told(name))}?concierge=debug`,
    );
    await page.locator("aside[aria-label='Concierge debug']").waitFor({ timeout: 5000 });
    await page.waitForTimeout(800);
    expect(await page.locator("aside li.error").count()).toBe(says);
    expect(complaints).toEqual([]);
    await close();
  });
});
