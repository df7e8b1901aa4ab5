import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../src/cli/paths.ts";
import { launchBrowser } from "../support/browser.ts";
import { startRealShop, type RealShop } from "../support/real-shop.ts";

const FOLDER = "docs/guide/recipes";
const RECIPES = ["plain-html", "react-next", "vue", "shopify", "woocommerce", "gtm"];
const GUIDES = ["docs/guide/sdk.md", ...RECIPES.map((name) => `${FOLDER}/${name}.md`)];
const readGuide = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const blocks = (name: string, language: string): string[] =>
  [
    ...readGuide(`${FOLDER}/${name}.md`).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm")),
  ].map(([, code]) => code!);

/** An anchor as the pages that show Markdown make it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

test("there is a recipe for each", () => {
  expect(readdirSync(join(ROOT, FOLDER)).toSorted()).toEqual(RECIPES.map((name) => `${name}.md`).toSorted());
});

test.each(GUIDES)("%s leads nowhere that is not there, and names nothing that is not built", (path) => {
  const text = readGuide(path);
  for (const [, link] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    const [file, anchor] = link!.split("#") as [string, string | undefined];
    const target = file === "" ? path : join(dirname(path), file);
    expect(existsSync(join(ROOT, target)), `${path} → ${link}`).toBe(true);
    if (anchor === undefined) continue;
    const anchors = [...readGuide(target).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!));
    const bold = [...readGuide(target).matchAll(/^\*\*([^*]+)\*\*/gm)].map(([, words]) => anchorOf(words!));
    expect([...anchors, ...bold], `${path} → ${link}`).toContain(anchor);
  }
  for (const [name] of text.matchAll(/\bconcierge(?:-[a-z0-9]+)*\.(?:m?js|d\.mts)\b/g)) {
    const places = ["", "sdk/"].map((folder) => join(ROOT, "dist/assets", folder, name));
    expect(
      places.some((place) => existsSync(place)),
      `${path}: ${name}`,
    ).toBe(true);
  }
  for (const [, module] of text.matchAll(/"concierge\/(client\/[^"]+)"/g))
    expect(existsSync(join(ROOT, module!)), `${path}: ${module}`).toBe(true);
});

describe("in a browser", () => {
  let real: RealShop;
  let browser: Browser;
  let html = "";
  const inShop = (text: string): string =>
    text.replaceAll("https://edge.example", real.api).replaceAll("pk_…", real.keys.writeKey);
  beforeAll(async () => {
    const catalog = blocks("plain-html", "sh")[0]!
      .match(/^\{.*\}/gm)!
      .map((line) => JSON.parse(line) as object);
    [real, browser] = await Promise.all([
      startRealShop((_, response) => response.setHeader("content-type", "text/html").end(html), {}, catalog),
      launchBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await real?.stop();
  });

  const open = async (): Promise<{ page: Page; events: string[] }> => {
    const page = await browser.newPage();
    const events: string[] = [];
    page.on("request", (request) => events.push(request.postData() ?? ""));
    await page.goto(real.shop);
    return { page, events };
  };

  test("plain HTML: the page as it stands fills its slot; after a yes the view and the cart are told", async () => {
    const [whole, consent] = blocks("plain-html", "html");
    html = inShop(whole!);
    const { page, events } = await open();
    await page.waitForSelector('[data-concierge-status="contextual"]');
    expect(
      (
        await page
          .locator("[data-concierge-pick]")
          .evaluateAll((all) => all.map((one) => one.getAttribute("data-concierge-pick")))
      ).toSorted(),
    ).toEqual(["A2", "A3"]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.evaluate(/<script>([^]*)<\/script>/.exec(consent!)![1]!);
    await page.click("button[data-concierge-track]");
    await expect.poll(() => events.join(), { timeout: 10_000 }).toContain('"product_viewed"');
    await expect.poll(() => events.join(), { timeout: 10_000 }).toContain('"product_added"');
    await page.close();
  });

  test("Tag Manager: its two tags, run as it runs them, bring the snippet and a slot that is filled", async () => {
    const [snippet, slot] = blocks("gtm", "html").map(
      (text) => /<script>([^]*)<\/script>/.exec(inShop(text))![1]!,
    );
    html = '<!doctype html><title>p</title><main data-concierge-item="A1"><h1>Linen shirt</h1></main>';
    const { page, events } = await open();
    await page.evaluate(snippet!);
    await page.evaluate(slot!);
    await page.waitForSelector('[data-concierge-status="contextual"]');
    expect(await page.locator("[data-concierge-pick]").count()).toBe(2);
    await page.evaluate(() => {
      const layer = ((window as { dataLayer?: unknown[] }).dataLayer ??= []);
      layer.push(["consent", "update", { analytics_storage: "granted", personalization_storage: "granted" }]);
    });
    await page.evaluate('concierge("consent", { personalization: true, analytics: true })');
    await page.evaluate(() => {
      (window as unknown as { dataLayer: unknown[] }).dataLayer.push({
        event: "add_to_cart",
        ecommerce: { currency: "EUR", items: [{ item_id: "A1", price: 49, quantity: 1 }] },
      });
    });
    await expect.poll(() => events.join(), { timeout: 10_000 }).toContain('"product_added"');
    await page.close();
  });

  test("Shopify and WooCommerce: what their templates print fills its slot", async () => {
    const printed = {
      shopify: blocks("shopify", "liquid")
        .slice(0, 2)
        .join("")
        .replace(/\{\{.*?\}\}/, "A1"),
      woocommerce: `<div data-concierge-item="A1"></div>${blocks("woocommerce", "php")
        .slice(0, 2)
        .flatMap((code) => [...code.matchAll(/\?>([^]*?)<\?php/g)].map(([, markup]) => markup!))
        .join("")}`,
    };
    for (const [name, markup] of Object.entries(printed)) {
      html = inShop(`<!doctype html><title>p</title>${markup}`);
      expect(html, name).toContain("<script async");
      const { page } = await open();
      await page.waitForSelector('[data-concierge-status="contextual"]');
      expect(await page.locator("[data-concierge-pick]").count(), name).toBe(2);
      expect(await page.locator("[data-concierge-title]").innerText(), name).toBe("You may also like");
      await page.close();
    }
  });
});
