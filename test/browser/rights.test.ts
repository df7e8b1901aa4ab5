import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepToken, openAccount } from "../../src/cli/demo-identity.ts";
import { launchBrowser } from "../support/browser.ts";
import { startDemo, type DemoServer } from "./demo-server.ts";
import { COMPLEMENTS, KETTLE } from "./regulars.ts";
import {
  agree,
  arrive,
  buyWhatIsInTheCart,
  open,
  picksIn,
  slot,
  visitorId,
  type Shopper,
} from "./shopper.ts";

const KETTLE_PAGE = `/demo/product.html?id=${KETTLE}`;
const ACCOUNT = "/demo/account.html";
const ARTIFACTS = "test-artifacts";

let demo: DemoServer;
let browser: Browser;
let shoppers: Shopper[] = [];

beforeAll(async () => {
  [browser, demo] = await Promise.all([launchBrowser(), startDemo()]);
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});
afterEach(async () => {
  const faults = shoppers.flatMap((shopper) => shopper.faults);
  await Promise.all(shoppers.map(({ context }) => context.close()));
  shoppers = [];
  expect(faults).toEqual([]);
});

async function somebody(): Promise<Shopper> {
  const shopper = await arrive(browser, demo, { acceptDownloads: true });
  shoppers.push(shopper);
  return shopper;
}

const row = (page: Page, name: string) => page.locator(`[data-row="${name}"]`).first();
const known = (page: Page) => page.locator("#known");

/** What this shop's page says about somebody, as scripts of shops do. */
const state = (page: Page, traits: object) =>
  page.evaluate(
    (stated) =>
      (window as unknown as { concierge(name: string, input: object): void }).concierge("track", {
        type: "traits_updated",
        traits: stated,
      }),
    traits,
  );

/** Sends a view for an id, from outside any browser. */
async function viewAs(id: string): Promise<unknown> {
  const body = {
    key: demo.keys.writeKey,
    visitorId: id,
    consent: { personalization: true, analytics: true },
    events: [{ id: `late-${id}`, type: "product_viewed", item: KETTLE }],
  };
  const reply = await fetch(`${demo.url}/v1/events`, { method: "POST", body: JSON.stringify(body) });
  return ((await reply.json()) as { events: unknown[] }).events[0];
}

async function hold(page: Page, doing: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), doing()]);
  return readFileSync(await file.path(), "utf8");
}

test("a visitor sees what is known, corrects, hides, pauses, takes a copy and is erased", async () => {
  const before = await demo.settled();
  const { page, context, requests } = await somebody();
  await open(page, KETTLE_PAGE);
  const id = await agree(page);
  await open(page, KETTLE_PAGE);
  const [unwanted] = await picksIn(page, "product-goes-with");
  await state(page, { favouriteColour: "rust", cupsADay: 3 });
  await page.getByRole("button", { name: "Add to cart" }).click();
  await buyWhatIsInTheCart(page);
  await open(page, `/demo/product.html?id=${unwanted}`);

  // What is known, and where from.
  await open(page, ACCOUNT);
  await expect.poll(() => known(page).innerText()).toContain("Favourite colour");
  expect(await row(page, "fact:favouriteColour").innerText()).toContain("From your visits to these pages");
  await expect.poll(() => known(page).innerText()).toContain("Told by the checkout page.");
  expect(await row(page, `item:${unwanted}`).innerText()).toContain("Looked at today");
  mkdirSync(ARTIFACTS, { recursive: true });
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await page.screenshot({ path: `${ARTIFACTS}/account-${width}.png`, fullPage: true });
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(tooWide, `scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });

  // Correct one fact, take out another, hide the first.
  await row(page, "fact:favouriteColour").getByRole("button", { name: "Correct" }).click();
  await page.getByLabel("Favourite colour").fill("moss");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => row(page, "fact:favouriteColour").innerText()).toContain("moss");
  expect(await row(page, "fact:favouriteColour").innerText()).toContain("From you, on this page");
  await row(page, "fact:cupsADay").getByRole("button", { name: "Correct" }).click();
  await page.getByRole("button", { name: "Take it out" }).click();
  await expect.poll(() => row(page, "fact:cupsADay").innerText()).toContain("taken out by you");
  await row(page, "fact:favouriteColour").getByRole("button", { name: "Hide" }).click();
  await expect
    .poll(() => row(page, "fact:favouriteColour").innerText())
    .toContain("Hidden: it decides nothing.");
  // The shop's word does not replace the customer's own.
  await state(page, { favouriteColour: "rust", cupsADay: 9 });
  await open(page, ACCOUNT);
  expect(await row(page, "fact:favouriteColour").innerText()).toContain("moss");
  expect(await row(page, "fact:cupsADay").innerText()).toContain("taken out by you");

  // A word on an item is obeyed in the shop.
  await row(page, `item:${unwanted}`).getByText("Your say").click();
  await row(page, `item:${unwanted}`).getByRole("button", { name: "Not this" }).click();
  await expect.poll(() => row(page, `item:${unwanted}`).innerText()).toContain("You said: not this.");
  await row(page, `item:${unwanted}`).getByText("Your say").click();
  await row(page, `item:${unwanted}`).getByRole("button", { name: "Hide it" }).click();
  await expect.poll(() => row(page, `item:${unwanted}`).innerText()).toContain("Hidden: it decides nothing.");
  await open(page, KETTLE_PAGE);
  expect(await slot(page, "product-goes-with").getAttribute("data-concierge-status")).toBe("personalized");
  expect(await picksIn(page, "product-goes-with")).not.toContain(unwanted);

  // Paused, nothing is added and nothing personal shown; resumed, both are again.
  await open(page, ACCOUNT);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("Paused: we add nothing, and show nothing personal.").waitFor();
  const notYetSeen = COMPLEMENTS.find((item) => item !== unwanted)!;
  await open(page, `/demo/product.html?id=${notYetSeen}`);
  expect(await slot(page, "product-goes-with").getAttribute("data-concierge-status")).not.toBe(
    "personalized",
  );
  await open(page, ACCOUNT);
  expect(await row(page, `item:${notYetSeen}`).count()).toBe(0);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();
  await open(page, KETTLE_PAGE);
  expect(await slot(page, "product-goes-with").getAttribute("data-concierge-status")).toBe("personalized");

  // A private visit says nothing to anybody.
  await open(page, ACCOUNT);
  await page.waitForTimeout(2_300); // What was done before it begins goes out first.
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Begin" }).click()]);
  const sentBefore = requests.length;
  for (const path of ["/demo/", KETTLE_PAGE, "/demo/search.html?q=kettle"]) {
    await page.goto(path);
    await page.locator("body[data-ready]").waitFor();
    await page.waitForTimeout(800);
  }
  expect(requests.length).toBe(sentBefore);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "End it" }).click()]);

  // A copy of everything.
  await open(page, ACCOUNT);
  const copy = await hold(page, () => page.getByRole("button", { name: "Download", exact: true }).click());
  expect(copy).toContain("concierge-export/1");
  for (const part of ["moss", "rust", KETTLE, "not_this", "order_completed"]) expect(copy).toContain(part);

  // No means no; yes means gone.
  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.getByRole("button", { name: "No, keep it" }).click();
  expect(await row(page, "fact:favouriteColour").innerText()).toContain("moss");
  const [cookie] = await context.cookies();
  await page.getByRole("button", { name: "Erase everything" }).click();
  const erasedAt = Date.now();
  await page.getByRole("button", { name: "Yes, erase it" }).click();
  await page.getByRole("heading", { name: "You are erased" }).waitFor();
  const receipt = JSON.parse(
    await hold(page, () => page.getByRole("button", { name: "Download the receipt" }).click()),
  ) as Record<string, string>;
  const text = await page.locator("#receipt").innerText();
  expect(text).toContain(receipt["receipt"]);
  expect(text).toContain("within a day");
  expect(text).toContain("within thirty days");
  const days = (name: string) => (Date.parse(receipt[name]!) - erasedAt) / 86_400_000;
  expect(days("sharedLogsClearedBy")).toBeLessThan(1.01);
  expect(days("platformRecoveryUntil")).toBeLessThan(30.01);
  expect(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])).toEqual(
    [],
  );
  expect(await context.cookies()).toEqual([]);

  // The shop knows nothing: not for the old id, not for the old cookie, not in its figures.
  expect(await viewAs(id)).toMatchObject({ status: "rejected", code: "erased" });
  const told = await fetch(`${demo.url}/v1/me`, {
    method: "POST",
    headers: { cookie: `${cookie!.name}=${cookie!.value}` },
    body: JSON.stringify({ key: demo.keys.writeKey }),
  });
  expect(await told.json()).toMatchObject({ known: null });
  const after = await demo.settled();
  expect(after.customers).toBe(before.customers);
  expect(after.daily).toEqual(before.daily);
  await open(page, KETTLE_PAGE);
  expect(await slot(page, "product-goes-with").getAttribute("data-concierge-status")).toBe("contextual");
  expect(await picksIn(page, "product-goes-with")).toContain(unwanted);
});

test("a customer signs in, sees what the shop's system told, withdraws, is erased and registers anew", async () => {
  const dir = mkdtempSync(join(tmpdir(), "concierge-token-"));
  try {
    const key = await openAccount(demo.url, demo.keys);
    const { page, context } = await somebody();
    const { siteId, writeKey, adminKey } = demo.keys;
    const identity = "/demo/identity.json";
    await context.route("**/demo/site.json", (route) =>
      route.fulfill({ json: { api: "", siteId, writeKey, adminKey, identity } }),
    );
    await context.route(`**${identity}`, (route) => {
      keepToken(join(dir, "identity.json"), siteId, key);
      return route.fulfill({ path: join(dir, "identity.json") });
    });
    await open(page, KETTLE_PAGE);
    await agree(page);
    await open(page, ACCOUNT);
    await page.getByRole("button", { name: "Sign in as Robin Example" }).click();
    await page.getByText("You are signed in").waitFor();
    await expect.poll(() => known(page).innerText()).toContain("Coffee");
    const text = await known(page).innerText();
    for (const part of ["From the shop's own system", "Order FF-ROBIN-1", "Would you recommend us"])
      expect(text).toContain(part);
    // What this browser's visitor did before belongs to the account now.
    await expect.poll(() => row(page, `item:${KETTLE}`).innerText()).toMatch(/Looked at today|1 ×/);
    const advice = page.getByRole("switch", { name: "Advice in the shop" });
    await advice.check();
    await expect.poll(() => row(page, "purpose:clienteling").innerText()).toContain("by you, on this page");
    expect(await associateSees()).toBe(200);
    await advice.uncheck();
    await expect.poll(associateSees).toBe(403);

    await page.getByRole("button", { name: "Erase everything" }).click();
    await page.getByRole("button", { name: "Yes, erase it" }).click();
    await page.getByRole("heading", { name: "You are erased" }).waitFor();
    expect(await context.cookies()).toEqual([]);
    expect(await associateSees()).toBe(404);

    await open(page, ACCOUNT);
    await page.getByRole("button", { name: "Yes, personalize" }).click();
    await visitorId(page);
    await page.getByRole("button", { name: "Sign in as Robin Example" }).click();
    await page.getByText("You are signed in").waitFor();
    expect(await known(page).innerText()).not.toContain("Coffee");
    await page.getByRole("button", { name: "Sign out and forget this browser" }).click();
    await page.getByText("You are not signed in").waitFor();
    expect(await context.cookies()).toEqual([]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

/** What a store associate is answered who looks the customer up. */
async function associateSees(): Promise<number> {
  const { status } = await fetch(`${demo.url}/v1/customers/robin-example`, {
    headers: { authorization: `Bearer ${demo.keys.adminKey}` },
  });
  return status;
}
