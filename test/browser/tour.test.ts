import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { call } from "../../src/cli/call.ts";
import { demoCatalog } from "../../src/cli/demo-data/catalog.ts";
import { keepToken, openAccount, type IdentityKey } from "../../src/cli/demo-identity.ts";
import { launchBrowser } from "../support/browser.ts";
import { startDemo, type DemoServer } from "./demo-server.ts";
import { KETTLE } from "./regulars.ts";
import { answered, arrive, open, picksIn, slot, type Shopper } from "./shopper.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ARTIFACTS = "test-artifacts/tour";
const KETTLE_PAGE = `/demo/product.html?id=${KETTLE}`;
const TITLE = new Map(demoCatalog().map((item) => [item.id, item.title]));

let demo: DemoServer;
let browser: Browser;
let key: IdentityKey;
let tokens: string;
let shoppers: Shopper[] = [];

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchBrowser(), startDemo()]);
  key = await openAccount(demo.url, demo.keys);
  tokens = mkdtempSync(join(tmpdir(), "concierge-token-"));
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(tokens, { recursive: true, force: true });
});
afterEach(async () => {
  const faults = shoppers.flatMap((shopper) => shopper.faults);
  await Promise.all(shoppers.map(({ context }) => context.close()));
  shoppers = [];
  expect(faults).toEqual([]);
});

async function somebody(width: number): Promise<Shopper> {
  const viewport = { width, height: width < 500 ? 844 : 800 };
  const shopper = await arrive(browser, demo, { viewport, acceptDownloads: true });
  shoppers.push(shopper);
  const { siteId, writeKey, adminKey } = demo.keys;
  const identity = "/demo/identity.json";
  await shopper.context.route("**/demo/site.json", (route) =>
    route.fulfill({ json: { api: "", siteId, writeKey, adminKey, identity } }),
  );
  await shopper.context.route(`**${identity}`, (route) => {
    keepToken(join(tokens, "identity.json"), siteId, key);
    return route.fulfill({ path: join(tokens, "identity.json") });
  });
  return shopper;
}

const panel = (page: Page): Locator =>
  page.getByRole("complementary", { name: /./ }).and(page.locator(".tour"));
const outcome = (page: Page): Promise<string> => panel(page).getByRole("status").innerText();
const act = (page: Page, name: string): Promise<void> =>
  panel(page).getByRole("button", { name }).or(panel(page).getByRole("link", { name })).click();

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

/** Looks at the page as it stands: a picture, nothing sideways, nothing serious. */
async function look(page: Page, name: string): Promise<void> {
  const { width } = page.viewportSize()!;
  mkdirSync(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}-${width}.png`) });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await serious(page), name).toEqual([]);
}

test.each([1280, 390])("the tour does what it shows, at %d px", { timeout: 180_000 }, async (width) => {
  const { page, context, requests } = await somebody(width);
  await open(page, "/demo/");
  await look(page, "home");
  await page.getByRole("link", { name: /Take the guided tour/ }).click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("tour-title");
  await look(page, "begun");

  // A decision: before a yes from the page alone, after it with the visit.
  await act(page, "Open the kettle");
  await answered(page);
  await expect.poll(() => outcome(page)).toContain("without knowing anybody");
  await look(page, "decision");
  await act(page, "Say yes to personalization");
  await expect.poll(() => outcome(page)).toContain("from the page and your visit");
  const why = await slot(page, "product-goes-with").locator(".card-why").first().innerText();
  expect(await outcome(page)).toContain(`“${why}”`);
  await act(page, "Show me the reason");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Why this?");
  expect(await slot(page, "product-goes-with").locator("details[open]").count()).toBe(1);

  // A rule: published in a second window, live in the first.
  await act(page, "Next");
  const before = await picksIn(page, "product-goes-with");
  const [second] = await Promise.all([context.waitForEvent("page"), act(page, "Config in a second window")]);
  await expect.poll(() => second.getByLabel("Config as JSON").inputValue()).toContain("two-or-four");
  await second.getByRole("button", { name: "Pin the teapot first" }).click();
  await second.getByText("Published.").waitFor();
  await expect.poll(() => outcome(page), { timeout: 10_000 }).toContain(TITLE.get("teapot-moss-clay"));
  expect(await picksIn(page, "product-goes-with")).toContain("teapot-moss-clay");
  await look(page, "rule");
  await second.close();
  await act(page, "Take it back");
  await expect.poll(() => outcome(page), { timeout: 10_000 }).toContain("is live on this open page");
  await expect.poll(() => picksIn(page, "product-goes-with")).not.toContain("teapot-moss-clay");
  expect((await picksIn(page, "product-goes-with")).length).toBe(before.length);

  // An experiment: as chance has it, then both by force, uncounted.
  await act(page, "Next");
  await expect.poll(() => outcome(page)).toMatch(/Chance put this browser into “(two|four)”/);
  for (const [variation, count] of [
    ["two", 2],
    ["four", 4],
  ] as const) {
    await act(page, `Look at “${variation}”`);
    await page.waitForURL(`**concierge_force=two-or-four:${variation}`);
    await answered(page);
    await expect
      .poll(() => outcome(page))
      .toContain(`You look at “${variation}” by force: ${count} products`);
    expect(await picksIn(page, "product-goes-with")).toHaveLength(count);
  }
  await look(page, "experiment");

  // It can be left, and is resumed on another page, where it was.
  await panel(page).getByRole("button", { name: "Hide" }).press("Escape");
  expect(await panel(page).isVisible()).toBe(false);
  await open(page, "/demo/category.html?c=camping");
  expect(await panel(page).isVisible()).toBe(false);
  await page.getByRole("button", { name: "Resume the tour, 3 of 6" }).click();
  await panel(page).getByRole("heading", { name: "An experiment" }).waitFor();

  // A note in the store, and the next visit.
  await act(page, "Next");
  await act(page, "Open the home page");
  await answered(page);
  const earlier = await picksIn(page, "home-for-you");
  expect(earlier[0]).not.toBe("pot-manor-ink");
  await act(page, "Be Robin: sign in and agree");
  await expect.poll(() => outcome(page)).toContain("You are Robin now");
  await act(page, "Be Anna: write the note");
  await expect.poll(() => outcome(page), { timeout: 15_000 }).toContain("Anna's note is kept");
  await act(page, "Robin's next visit");
  await expect.poll(() => outcome(page), { timeout: 15_000 }).toContain(TITLE.get("pot-manor-ink"));
  expect((await picksIn(page, "home-for-you")).slice(0, 2)).toEqual(["pot-manor-ink", "pot-hearth-rust"]);
  await look(page, "note");
  await act(page, "See the note's fact in the account");
  const fact = page.locator('[data-row="fact:lookingFor"]');
  await expect.poll(() => fact.innerText()).toContain("From a note of our staff");
  await look(page, "account");

  // A no counts at once.
  await act(page, "Next");
  await act(page, "Switch it off");
  await expect.poll(() => outcome(page)).toContain("the profile is not read");
  expect(await page.getByRole("switch", { name: "Personal choice of products" }).isChecked()).toBe(false);
  await act(page, "Look at the home page now");
  await expect.poll(() => outcome(page)).toContain("“For you” is contextual now");
  expect(await picksIn(page, "home-for-you")).not.toContain("pot-manor-ink");
  expect(requests.findLast(({ path }) => path === "/v1/decide")?.body.consent).toMatchObject({
    personalization: false,
  });

  // Take along, and be forgotten: nothing is left here, nor at the server.
  await act(page, "Next");
  await act(page, "Open the account");
  const copy = await Promise.all([page.waitForEvent("download"), act(page, "Take a copy")]);
  expect(readFileSync(await copy[0].path(), "utf8")).toContain("concierge-export/1");
  await act(page, "Erase everything");
  await page.getByRole("button", { name: "Yes, erase it" }).click();
  await expect.poll(() => outcome(page)).toMatch(/receipt er_[\w-]+/);
  await look(page, "erased");
  await act(page, "End the tour");
  expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual(
    [],
  );
  const gone = await fetch(`${demo.url}/v1/customers/robin-example`, {
    headers: { authorization: `Bearer ${demo.keys.adminKey}` },
  });
  expect(gone.status).toBe(404);
});

test("by keyboard alone, and without moving what stands on the page", async () => {
  const { page } = await somebody(1280);
  await page.addInitScript(() => {
    const seen = window as unknown as { shift: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        seen.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await open(page, "/demo/?tour");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the page");
  await panel(page).getByRole("link", { name: "Open the kettle" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${KETTLE_PAGE}`);
  await answered(page);
  expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBe(0);
  await panel(page).getByRole("button", { name: "Next" }).focus();
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
    "A rule, changed in a second window",
  );
  await page.keyboard.press("Escape");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Resume the tour, 2 of 6");
  await page.keyboard.press("Enter");
  expect(await panel(page).isVisible()).toBe(true);
});

test("where the note's rule is gone, the tour says so", async () => {
  const { page } = await somebody(1280);
  const current = await fetch(`${demo.url}/v1/config`, {
    headers: { authorization: `Bearer ${demo.keys.adminKey}` },
  });
  const config = (await current.json()) as object;
  const publish = async (document: object) => {
    const { headers } = await fetch(`${demo.url}/v1/config`, {
      headers: { authorization: `Bearer ${demo.keys.adminKey}` },
    });
    await call(`${demo.url}/v1/config?message=Test`, {
      method: "PUT",
      key: demo.keys.adminKey,
      headers: { "if-match": headers.get("etag") ?? "" },
      body: document,
    });
  };
  await publish({ ...config, rules: [] });
  try {
    await page.addInitScript(() => {
      localStorage.setItem("shop.tour", JSON.stringify({ step: 3, isOpen: true, memo: "noted" }));
    });
    await open(page, "/demo/");
    await expect.poll(() => outcome(page)).toContain("has lost “in-store-casserole”");
  } finally {
    await publish(config);
  }
});
