import { mkdirSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { call } from "../../src/cli/call.ts";
import { demoCatalog } from "../../src/cli/demo-data/catalog.ts";
import { DEMO_CONFIG } from "../../src/cli/demo-data/demo-config.ts";
import { Config } from "../../src/core/config/config.ts";
import { assign, compileExperiment } from "../../src/core/experiment/assign.ts";
import type { ExperimentReport } from "../../src/core/experiment/report.ts";
import type { EventAnswer } from "../../src/core/wire/decide.ts";
import * as v from "valibot";
import { launchBrowser } from "../support/browser.ts";
import { ordersWith, startDemo, type DemoServer, type SiteState } from "./demo-server.ts";
import { BETTER, COMPLEMENTS, KETTLE } from "./regulars.ts";
import { agree, answered, arrive, buyWhatIsInTheCart, open, picksIn, slot, type Shopper } from "./shopper.ts";

const CATALOG = new Map(demoCatalog().map((item) => [item.id, item]));
const KETTLE_PAGE = `/demo/product.html?id=${KETTLE}`;
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

async function somebody(options?: Parameters<typeof arrive>[2]): Promise<Shopper> {
  const shopper = await arrive(browser, demo, options);
  shoppers.push(shopper);
  return shopper;
}

const storedNames = ({ page }: Shopper): Promise<string[]> =>
  page.evaluate(() => Object.keys(localStorage).sort());

/** What enough people bought with the kettle, in no order: numbers that are told move in steps. */
const TOLD = COMPLEMENTS.slice(0, 4).sort();

/** What the goods of an order earned: prices include 19 % VAT, which is not revenue. */
function netOf(id: string): number {
  const item = CATALOG.get(id)!;
  const paid = (item.salePrice ?? item.price!).minor;
  return paid - Math.round((paid * 19) / 119);
}

const sumOf = ({ daily }: SiteState, metric: string): number =>
  daily.filter((row) => row.metric === metric).reduce((sum, row) => sum + row.value, 0);

test("who says no is shown what fits the page, and is not remembered anywhere", async () => {
  const before = await demo.settled();
  const shopper = await somebody();
  const { page, context, requests } = shopper;
  await open(page, "/demo/");
  await open(page, KETTLE_PAGE);
  await page.getByRole("button", { name: "No, thanks" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Add to cart" }).click();
  await open(page, KETTLE_PAGE);

  expect((await picksIn(page, "product-goes-with")).sort()).toEqual(TOLD);
  for (const place of ["product-goes-with", "product-better"]) {
    expect(await slot(page, place).getAttribute("data-concierge-status")).toBe("contextual");
    expect(await slot(page, place).getByText("Why this?").count()).toBeGreaterThan(0);
    expect(await slot(page, place).locator("button").count()).toBe(0);
  }
  await page.waitForTimeout(2_300); // Longer than the snippet ever waits before it sends.
  await open(page, "/demo/");
  expect(await slot(page, "home-for-you").getAttribute("data-concierge-status")).toBe("contextual");

  expect(await storedNames(shopper)).toEqual(["concierge.consent", "shop.cart", "shop.consent"]);
  expect(await context.cookies()).toEqual([]);
  expect(requests.length).toBeGreaterThan(3);
  expect(requests.filter(({ path }) => path === "/v1/events")).toEqual([]);
  for (const { body } of requests) {
    expect(body.visitorId).toBeUndefined();
    expect(body).not.toHaveProperty("newcomer");
    expect(body.events).toEqual([]);
  }
  const after = await demo.settled();
  expect(after.customers).toBe(before.customers);
  expect(after.model).toEqual(before.model);
  expect(after.daily).toEqual(before.daily);
});

describe("who says yes", () => {
  test("gets complements and a step up with true reasons, can object, and is not offered what they bought", async () => {
    const before = await demo.settled();
    const { page } = await somebody();
    await open(page, "/demo/");
    await agree(page);
    await open(page, KETTLE_PAGE);

    // Cross-sell: every number can be counted in the orders of the past.
    const goesWith = slot(page, "product-goes-with");
    expect(await goesWith.getAttribute("data-concierge-status")).toBe("personalized");
    expect(await goesWith.getByRole("heading").innerText()).toBe("Goes well with it");
    const offered = await picksIn(page, "product-goes-with");
    expect(offered.length).toBeGreaterThanOrEqual(2);
    const reasons = await goesWith.locator(".card-why").allInnerTexts();
    offered.forEach((id, i) => {
      const times = ordersWith(demo.past, KETTLE, id);
      expect(times).toBeGreaterThanOrEqual(3);
      const [, said] = /^Bought together with (?:.+) (?:at least )?(\d+) times\.$/.exec(reasons[i]!) ?? [];
      expect(reasons[i]).toContain(CATALOG.get(KETTLE)!.title);
      // In round numbers, and never more than there are.
      expect(Number(said)).toBeGreaterThanOrEqual(3);
      expect(Number(said)).toBeLessThanOrEqual(times);
    });
    // Up-sell: dearer, of the same kind, and chosen by people who looked at both.
    const better = slot(page, "product-better");
    expect(await better.getByRole("heading").innerText()).toBe("A step up");
    const stepsUp = await picksIn(page, "product-better");
    expect(stepsUp[0]).toBe(BETTER);
    for (const id of stepsUp) {
      const [step, base] = [CATALOG.get(id)!, CATALOG.get(KETTLE)!];
      expect(step.type).toBe(base.type);
      expect((step.salePrice ?? step.price!).minor).toBeGreaterThan(base.price!.minor);
    }
    expect(await better.locator(".card-why").first().innerText()).toBe(
      `Chosen by customers who also considered ${CATALOG.get(KETTLE)!.title}.`,
    );

    // "Not this" holds at once, and after a reload that leaves no time to send anything first.
    const [wanted, unwanted] = offered as [string, string];
    const card = goesWith.locator(".card", { has: page.locator(`a[href$="id=${unwanted}"]`) });
    await card.getByText("Why this?").click();
    await card.getByRole("button", { name: "not this" }).click();
    expect(await picksIn(page, "product-goes-with")).not.toContain(unwanted);
    await page.reload();
    await answered(page);
    expect(await picksIn(page, "product-goes-with")).not.toContain(unwanted);
    expect(await picksIn(page, "product-goes-with")).toContain(wanted);

    await goesWith.locator(`a.card-link[href$="id=${wanted}"]`).click();
    await page.getByRole("heading", { name: CATALOG.get(wanted)!.title, level: 1 }).waitFor();
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByText("In your cart.").waitFor();
    await buyWhatIsInTheCart(page);
    expect(await picksIn(page, "order-next")).not.toContain(wanted);

    const after = await demo.settled();
    expect(sumOf(after, "orders")).toBe(sumOf(before, "orders") + 1);
    expect(sumOf(after, "revenue")).toBe(sumOf(before, "revenue") + netOf(wanted));
    expect(after.customers).toBe(before.customers + 1);
    await open(page, KETTLE_PAGE);
    const nowOffered = await picksIn(page, "product-goes-with");
    expect(nowOffered.length).toBeGreaterThan(0);
    expect(nowOffered).not.toContain(wanted);
    expect(nowOffered).not.toContain(unwanted);
  });

  test("counts in the experiment: one visitor, one buyer, and what the goods earned", async () => {
    const { page, requests } = await somebody();
    await demo.settled();
    const report = () =>
      call<ExperimentReport>(`${demo.url}/v1/experiments/two-or-four`, { key: demo.keys.adminKey });
    const before = await report();
    await open(page, KETTLE_PAGE);
    const unit = await agree(page);
    const experiment = v.parse(Config, DEMO_CONFIG).experiments[0]!;
    const { variation } = assign(compileExperiment(experiment), {
      unit,
      attributes: {},
      slotId: "product-goes-with",
    })!;
    await open(page, KETTLE_PAGE);
    expect(await picksIn(page, "product-goes-with")).toHaveLength(variation === "two" ? 2 : 4);
    await slot(page, "product-goes-with").scrollIntoViewIfNeeded();
    const sawIt = () =>
      requests.some(({ body }) => body.events?.some((event) => event["type"] === "slot_seen"));
    await expect.poll(sawIt, { timeout: 8_000 }).toBe(true);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await buyWhatIsInTheCart(page);

    await demo.settled();
    const after = await report();
    const figures = (of: ExperimentReport, id: string) => {
      const { users, buyers, orders, revenue } = of.variations.find((one) => one.variation === id)!;
      return { users, buyers, orders, revenue };
    };
    const was = figures(before, variation);
    expect(figures(after, variation)).toEqual({
      users: was.users + 1,
      buyers: was.buyers + 1,
      orders: was.orders + 1,
      revenue: was.revenue + netOf(KETTLE),
    });
    const other = variation === "two" ? "four" : "two";
    expect(figures(after, other)).toEqual(figures(before, other));
  });

  test("and takes it back on the account page, is a stranger again, here and at the server", async () => {
    const shopper = await somebody();
    const { page, requests } = shopper;
    await open(page, KETTLE_PAGE);
    const id = await agree(page);
    await open(page, "/demo/account.html");
    expect(await page.locator("#visitor").innerText()).toBe(id);
    for (const purpose of ["Personal choice of products", "Measuring"])
      await page.getByRole("switch", { name: purpose }).uncheck();
    await expect
      .poll(() => storedNames(shopper), { timeout: 5_000 })
      .toEqual(["concierge.consent", "shop.consent"]);
    await expect.poll(() => page.locator("#visitor").innerText()).toContain("carries no id");
    const told = requests.flatMap(({ body }) => body.events ?? []).at(-1);
    expect(told).toMatchObject({
      type: "consent_updated",
      consent: { personalization: false, analytics: false },
    });

    const sentSoFar = requests.length;
    const before = await demo.settled();
    await open(page, KETTLE_PAGE);
    expect(await slot(page, "product-goes-with").getAttribute("data-concierge-status")).toBe("contextual");
    expect(await slot(page, "product-goes-with").locator("button").count()).toBe(0);
    for (const { body } of requests.slice(sentSoFar)) {
      expect(body.visitorId).toBeUndefined();
      expect(body).not.toHaveProperty("newcomer");
      expect(body.events).toEqual([]);
    }
    // A tab that slept, or somebody who kept the id, cannot speak for them any more: not even with a yes.
    const late = { type: "product_viewed", item: KETTLE };
    const stale = await page.evaluate(
      async ([key, visitorId, event]) => {
        const ask = async (consent: object | undefined, id: string) => {
          const body = JSON.stringify({ key, visitorId, consent, events: [{ ...event, id }] });
          const reply = await fetch("/v1/events", { method: "POST", body, credentials: "omit" });
          return ((await reply.json()) as { events: EventAnswer[] }).events[0];
        };
        return [
          await ask(undefined, "stale-1"),
          await ask({ personalization: true, analytics: true }, "stale-2"),
        ];
      },
      [demo.keys.writeKey, id, late] as const,
    );
    expect(stale).toMatchObject([
      { status: "rejected", code: "consent_missing" },
      { status: "rejected", code: "consent_missing" },
    ]);
    const after = await demo.settled();
    expect(after.model).toEqual(before.model);
    expect(after.daily).toEqual(before.daily);
  });
});

test("a marketer's rule is on the product page of somebody else within 5 s, and gone again", async () => {
  const [marketer, visitor] = [await somebody(), await somebody()];
  await open(visitor.page, KETTLE_PAGE);
  const before = await picksIn(visitor.page, "product-goes-with");
  expect([...before].sort()).toEqual(TOLD);
  const [hidden, ...others] = before;

  await open(marketer.page, "/demo/config.html");
  const editor = marketer.page.getByLabel("Config as JSON");
  await expect.poll(() => editor.inputValue()).toContain("two-or-four");
  const document = JSON.parse(await editor.inputValue()) as typeof DEMO_CONFIG;
  const rule = {
    id: "journey-hide",
    slots: ["product-goes-with"],
    then: [
      { do: "hide", items: [hidden!] },
      { do: "pin", items: ["candle-cedar"], position: 1 },
    ],
  };
  await editor.fill(JSON.stringify({ ...document, rules: [rule] }));
  await marketer.page.getByRole("button", { name: "Publish" }).click();
  await marketer.page.getByText("Published.").waitFor();
  const publishedAt = Date.now();
  const shown = async () => {
    await open(visitor.page, KETTLE_PAGE);
    const [first, ...rest] = await picksIn(visitor.page, "product-goes-with");
    // Without the hidden one the others need not stand as before: they differ from each other, too.
    return [first, ...rest.sort()];
  };
  const expected = ["candle-cedar", ...others.sort()];
  await expect.poll(shown, { timeout: 5_000 }).toEqual(expected);
  expect(Date.now() - publishedAt).toBeLessThan(5_000);
  expect(await slot(visitor.page, "product-goes-with").locator(".card-why").first().innerText()).toBe(
    "Picked by the shop.",
  );
  // The marketer sees the same beside the editor.
  const live = marketer.page.frameLocator("#live").locator('[data-concierge-slot="product-goes-with"]');
  await live.locator('a[href$="id=candle-cedar"]').waitFor();

  await editor.fill(JSON.stringify({ ...document, rules: [{ ...rule, then: [{ do: "delete" }] }] }));
  await marketer.page.getByRole("button", { name: "Publish" }).click();
  await marketer.page.locator("#outcome .error code").waitFor();
  expect(await marketer.page.locator("#outcome .error code").innerText()).toContain("/rules/0/then/0");
  // The one thing a browser puts on the console here is its own note of the refusal.
  expect(marketer.faults.splice(0)).toEqual([expect.stringMatching(/400 .*\/v1\/config/)]);
  expect(await shown()).toEqual(expected);

  await editor.fill(JSON.stringify(document));
  await marketer.page.getByRole("button", { name: "Publish" }).click();
  await marketer.page.getByText("Published.").waitFor();
  await expect.poll(shown, { timeout: 5_000 }).toEqual([hidden, ...others.sort()]);
});

test("?concierge=debug shows every decision and why", async () => {
  const { page } = await somebody();
  await open(page, `${KETTLE_PAGE}&concierge=debug`);
  const panel = page.getByRole("complementary", { name: "Concierge debug" });
  await panel.getByText("product-goes-with: contextual, because no_consent").waitFor();
  await agree(page);
  await panel.getByText("product-goes-with: personalized, because decided").waitFor();
  const text = await panel.locator("details").innerText();
  expect(text).toContain("two-or-four = ");
  expect(text).toMatch(/1\. \S+: bought_together, Bought together with/);
  expect(text).toContain(`1. ${BETTER}: trade_up, Chosen by customers`);
  expect(text).toContain("used: analytics, personalization");
});

describe.each([
  [390, 844, 320],
  [1280, 800, 901],
])("at %d px", (width, height, narrowest) => {
  test(`every page fits, down to ${narrowest} px, and is worth looking at`, async () => {
    mkdirSync(ARTIFACTS, { recursive: true });
    const { page } = await somebody({ viewport: { width, height } });
    await open(page, KETTLE_PAGE);
    await agree(page);
    await page.getByRole("button", { name: "Add to cart" }).click();
    const pages = {
      home: "/demo/",
      product: KETTLE_PAGE,
      cart: "/demo/cart.html",
      config: "/demo/config.html",
    };
    for (const [name, path] of Object.entries(pages)) {
      await open(page, path);
      if (name === "config") await page.locator("#experiments table").first().waitFor();
      await page.screenshot({ path: `${ARTIFACTS}/${name}-${width}.png`, fullPage: true });
      for (const narrow of [width, narrowest]) {
        await page.setViewportSize({ width: narrow, height });
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(tooWide, `${name} scrolls sideways at ${narrow} px`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width, height });
    }
  });
});
