import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { ask, pick, Stage, visit } from "./snippet-stage.ts";

const stage = new Stage();
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), stage.open()]);
});
afterAll(async () => {
  await browser?.close();
  stage.close();
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(stage.problems).toEqual([]);
});

const YES = { personalization: true, analytics: true };
const SLOT = "[data-concierge-slot=home-top]";
const ofType = (type: string): Record<string, unknown>[] =>
  stage.events().filter((event) => event["type"] === type);

describe("what is shown", () => {
  test("a plain card: title, price, address, reason and levers", async () => {
    stage.reset({
      slot: "personalized",
      items: [pick("p1", { regularPrice: { minor: 1999, currency: "EUR", text: "€19.99" } }), pick("p2")],
    });
    const page = await visit(context, `${stage.shop}/`);
    await page.waitForSelector(`${SLOT}[data-concierge-status=personalized]`);
    expect(stage.to("/v1/decide")[0]!.body["slots"]).toEqual([
      { id: "home-top", max: 4, seeds: ["p1", "p2"] },
    ]);
    const card = page.locator(`${SLOT} li`).first();
    expect(await card.locator("[data-concierge-field=title]").textContent()).toBe("Title of p1");
    expect(await card.locator("[data-concierge-field=price]").textContent()).toBe("€12.99");
    expect(await card.locator("del").textContent()).toBe("€19.99");
    expect(await card.locator("a").getAttribute("href")).toBe(`${stage.shop}/p/p1`);
    expect(await card.locator("img").count()).toBe(0);
    expect(await card.locator("details").textContent()).toContain("Often bought with p1");
    expect(await card.locator("button").allTextContents()).toEqual(["not this", "own it", "less like this"]);
    expect(await page.locator(`${SLOT} h2`).textContent()).toBe("Picked");
    expect(await page.locator("#own").count()).toBe(0);
    expect(await page.locator(`${SLOT} li`).count()).toBe(2);
  });

  test("the shop's own card, with prices as the answer writes them for the page's language", async () => {
    stage.reset({
      slot: "contextual",
      items: [
        pick("p1", { image: "/i.svg" }),
        pick("p2", { price: { minor: 1980, currency: "JPY", text: "1.980 ¥" } }),
      ],
    });
    const page = await visit(context, `${stage.shop}/product.html`);
    const cards = page.locator("[data-concierge-slot] .card");
    await cards.nth(1).waitFor();
    expect(await cards.locator("i").allTextContents()).toEqual(["€12.99", "1.980 ¥"]);
    expect(stage.to("/v1/decide")[0]!.body["locale"]).toBe("de");
    expect(await cards.locator("em").first().textContent()).toBe("Often bought with p1");
    expect(await cards.first().locator("img").getAttribute("src")).toBe(`${stage.shop}/i.svg`);
    // The template is itself a link: the levers stand beside it, not in it.
    expect(await page.locator(".card details").count()).toBe(0);
    expect(await page.locator("[data-concierge-slot] details").count()).toBe(2);
  });

  test.each(["holdout", "suppressed"] as const)("%s: the shop's own content stays", async (slot) => {
    stage.reset({ slot });
    const page = await visit(context, `${stage.shop}/`);
    await page.waitForSelector(`${SLOT}[data-concierge-status=${slot}]`);
    expect(await page.locator("#own").isVisible()).toBe(true);
    expect(await page.locator(`${SLOT} li`).count()).toBe(0);
  });

  test("an answer without items brings the shop's own content back", async () => {
    stage.reset({ slot: "fallback", items: [pick("p1")] });
    const page = await visit(context, `${stage.shop}/`);
    await page.waitForSelector(`${SLOT} li`);
    stage.reset({ slot: "fallback" });
    await ask(page, "decide");
    await page.waitForSelector("#own");
    expect(await page.locator(`${SLOT} li`).count()).toBe(0);
  });

  test("a server that is down, and calls that make no sense, leave the page as it was, without an error", async () => {
    stage.reset({ status: 500 });
    const errors: unknown[] = [];
    context.on("weberror", (error) => errors.push(error));
    const page = await visit(context, `${stage.shop}/`);
    await ask(page, "decide");
    await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(2));
    await ask(page, "no such call");
    await ask(page, "track");
    expect(await page.locator("#own").isVisible()).toBe(true);
    expect(errors).toEqual([]);
  });
});

describe("hostile catalogs", () => {
  const HOSTILE = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`;
  test("markup in titles, brands and reasons is text", async () => {
    stage.reset({
      slot: "contextual",
      items: [pick("p1", { title: HOSTILE, brand: HOSTILE, why: { code: "x", text: HOSTILE } })],
    });
    const page = await visit(context, `${stage.shop}/`);
    await page.waitForSelector(`${SLOT} li`);
    expect(await page.locator(`${SLOT} [data-concierge-field=title]`).textContent()).toBe(HOSTILE);
    expect(await page.locator(`${SLOT} script, ${SLOT} img`).count()).toBe(0);
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  });

  test.each([
    "javascript:window.pwned=1",
    " java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "http://",
    "file:///etc",
  ])("%j is neither followed nor loaded", async (url) => {
    stage.reset({ slot: "contextual", items: [pick("p1", { url, image: url })] });
    const page = await visit(context, `${stage.shop}/`);
    const card = page.locator(`${SLOT} li`);
    await card.waitFor();
    expect(await card.locator("a").getAttribute("href")).toBeNull();
    expect(await card.locator("img").getAttribute("src")).toBeNull();
    expect(await card.locator("[data-concierge-field=title]").textContent()).toBe("Title of p1");
  });

  test("a strict content policy with trusted types is never violated", async () => {
    stage.reset({
      slot: "contextual",
      items: [pick("p1", { image: "/i.svg" })],
      policy: [
        "default-src 'none'",
        `script-src 'unsafe-inline' ${stage.shop}`,
        `connect-src ${stage.api}`,
        `img-src ${stage.shop}`,
        "style-src 'unsafe-inline'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join("; "),
    });
    const violations: string[] = [];
    const page = await context.newPage();
    page.on("console", (message) => {
      if (/policy|trusted/i.test(message.text())) violations.push(message.text());
    });
    await page.goto(`${stage.shop}/product.html`);
    await page.waitForSelector(".card img", { state: "attached" });
    expect(violations).toEqual([]);
  });
});

describe("what is told back", () => {
  test("seen once, after a second, with the decision's token", async () => {
    stage.reset({ slot: "personalized", token: "token-1", items: [pick("p1"), pick("p2")] });
    const page = await visit(context, `${stage.shop}/`, YES);
    await page.waitForSelector(`${SLOT} li`);
    expect(ofType("slot_seen")).toEqual([]);
    await vi.waitFor(() => expect(ofType("slot_seen")).toHaveLength(1), { timeout: 6000 });
    expect(ofType("slot_seen")[0]).toMatchObject({ token: "token-1", items: ["p1", "p2"] });
    await page.evaluate(() => scrollTo(0, 500));
    await page.waitForTimeout(1500);
    await page.goto(`${stage.shop}/plain.html`);
    expect(new Set(ofType("slot_seen").map((event) => event["id"])).size).toBe(1);
  });

  test("not seen below the fold", async () => {
    stage.reset({ slot: "personalized", token: "token-2", items: [pick("p1")] });
    await context.addInitScript(() => {
      addEventListener(
        "DOMContentLoaded",
        () => (document.querySelector("h1")!.style.marginBottom = "3000px"),
      );
    });
    const page = await visit(context, `${stage.shop}/`, YES);
    await page.waitForSelector(`${SLOT} li`);
    await page.waitForTimeout(1500);
    await page.goto(`${stage.shop}/plain.html`);
    await page.waitForTimeout(300);
    expect(ofType("slot_seen")).toEqual([]);
    expect(ofType("page_viewed").length).toBeGreaterThan(0);
  });

  test("a click and a lever", async () => {
    stage.reset({
      slot: "personalized",
      token: "token-3",
      items: [pick("p1", { url: "/plain.html" }), pick("p2")],
    });
    const page = await visit(context, `${stage.shop}/`, YES);
    const second = page.locator(`${SLOT} li`).nth(1);
    await second.locator("summary").click();
    await second.locator("button", { hasText: "own it" }).click();
    expect(await second.isVisible()).toBe(false);
    await page.locator(`${SLOT} li a`).first().click();
    await page.waitForURL("**/plain.html");
    await vi.waitFor(() => expect(ofType("slot_clicked")).toHaveLength(1));
    expect(ofType("slot_clicked")[0]).toMatchObject({ token: "token-3", item: "p1" });
    expect(ofType("feedback_given")[0]).toMatchObject({ item: "p2", feedback: "own_it" });
  });

  test("without a token nothing about the slot is told", async () => {
    stage.reset({ slot: "contextual", items: [pick("p1", { url: "/plain.html" })] });
    const page = await visit(context, `${stage.shop}/`, YES);
    await page.waitForSelector(`${SLOT} li`);
    await page.waitForTimeout(1300);
    await page.locator(`${SLOT} li a`).click();
    await page.waitForURL("**/plain.html");
    await page.waitForTimeout(300);
    expect([...ofType("slot_seen"), ...ofType("slot_clicked")]).toEqual([]);
  });
});

test("?concierge=debug shows what was decided, and why", async () => {
  stage.reset({ slot: "contextual", items: [pick("p1")] });
  const page = await visit(context, `${stage.shop}/?concierge=debug`);
  const panel = page.locator("aside[aria-label='Concierge debug']");
  await vi.waitFor(async () =>
    expect(await panel.locator("ol").textContent()).toContain("home-top: contextual, because test"),
  );
  expect(await panel.locator("ol").textContent()).toContain("p1: bought_together, Often bought with p1");
  const plain = await visit(context, `${stage.shop}/`);
  await plain.waitForSelector(`${SLOT} li`);
  expect(await plain.evaluate(() => (window.concierge as unknown as { log: unknown[] }).log)).toEqual([]);
});
