import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { buildScript } from "../../src/cli/build-script.ts";
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
  stage.reset();
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  expect(stage.problems).toEqual([]);
});

const scripts = new Map<string, string>();
async function connect(page: Page, name: string): Promise<void> {
  const known =
    scripts.get(name) ?? Buffer.from(await buildScript(`client/adapters/entries/${name}.ts`)).toString();
  scripts.set(name, known);
  await page.addScriptTag({ content: known });
}
/** What the next decision is asked under. */
let marks = 0;
async function consentOf(page: Page): Promise<unknown> {
  // A change of consent asks of itself, and that request may still be under way: this one is known by its cart.
  const mark = `mark-${++marks}`;
  await ask(page, "cart", [{ item: mark, quantity: 1 }]);
  await ask(page, "decide");
  const marked = () => stage.to("/v1/decide").find(({ body }) => body.cart?.[0]?.item === mark);
  await vi.waitFor(() => expect(marked()).toBeDefined());
  return marked()!.body.consent;
}
const keys = (page: Page): Promise<string[]> => page.evaluate(() => Object.keys(localStorage));

describe("who says what, and who wins", () => {
  const WORDS = [undefined, true, false] as const;
  test("of shop, TCF and Consent Mode: one no is a no, else one yes a yes; GPC denies personalization", async () => {
    const page = await visit(context, `${stage.shop}/`);
    for (const hasGpc of [false, true]) {
      if (hasGpc) {
        await context.addInitScript(() =>
          Object.defineProperty(navigator, "globalPrivacyControl", { value: true }),
        );
        await page.reload();
      }
      for (const own of WORDS)
        for (const tcf of WORDS)
          for (const gcm of WORDS) {
            await ask(page, "reset");
            for (const [source, word] of [
              [undefined, own],
              ["tcf", tcf],
              ["gcm", gcm],
            ] as const)
              if (word !== undefined) await ask(page, "consent", { personalization: word }, source);
            const all = [own, tcf, gcm];
            const merged = all.includes(false) ? false : all.includes(true) ? true : undefined;
            const expected = hasGpc
              ? { personalization: false, marketing: false }
              : merged === undefined
                ? undefined
                : { personalization: merged };
            expect(await consentOf(page), JSON.stringify({ hasGpc, own, tcf, gcm })).toEqual(expected);
          }
    }
  }, 60_000);

  test("a tool's no leaves nothing on the device, the shop's own is remembered, and null takes a word back", async () => {
    const page = await visit(context, `${stage.shop}/`);
    await ask(page, "consent", { personalization: false }, "tcf");
    expect(await keys(page)).toEqual([]);
    await ask(page, "consent", { personalization: true });
    expect(await consentOf(page)).toEqual({ personalization: false });
    await ask(page, "consent", { personalization: null }, "tcf");
    expect(await consentOf(page)).toEqual({ personalization: true });
    await ask(page, "consent", { personalization: false });
    expect(await keys(page)).toContain("concierge.consent");
  });
});

describe("IAB TCF", () => {
  const consents = (...numbers: number[]) => Object.fromEntries(numbers.map((number) => [number, true]));
  /** A consent tool that says what the test tells it to. */
  const tool = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const heard: ((data: object, isGood: boolean) => void)[] = [];
      Object.assign(window, {
        __tcfapi: (command: string, version: number, hear: (data: object, isGood: boolean) => void) => {
          if (command !== "addEventListener" || version !== 2) throw new Error(command);
          heard.push(hear);
        },
        sayTcf: (data: object) => heard.forEach((hear) => hear(data, true)),
      });
    });
  const say = (page: Page, data: object): Promise<void> =>
    page.evaluate((data) => (window as unknown as { sayTcf(data: object): void }).sayTcf(data), data);

  test("is heard though it comes late, says nothing while it asks, and each change counts", async () => {
    const page = await visit(context, `${stage.shop}/`);
    await connect(page, "tcf");
    await page.waitForTimeout(400);
    await tool(page);
    await page.waitForTimeout(400);
    await say(page, { eventStatus: "cmpuishown", purpose: { consents: consents(1, 5, 6, 7, 8, 9, 10) } });
    expect(await consentOf(page)).toBeUndefined();
    await say(page, { eventStatus: "useractioncomplete", purpose: { consents: consents(1, 5, 6, 7, 8, 9) } });
    expect(await consentOf(page)).toEqual({ analytics: false, personalization: true, marketing: false });
    await say(page, { eventStatus: "tcloaded", purpose: { consents: consents(1, 3, 4, 7, 8, 9, 10) } });
    expect(await consentOf(page)).toEqual({ analytics: true, personalization: false, marketing: true });
    await say(page, { eventStatus: "useractioncomplete", purpose: { consents: {} } });
    expect(await consentOf(page)).toEqual({ analytics: false, personalization: false, marketing: false });
    await say(page, { eventStatus: "tcloaded", gdprApplies: false });
    expect(await consentOf(page)).toBeUndefined();
  });
});

describe("Google Consent Mode", () => {
  const gtag = (page: Page, ...call: unknown[]): Promise<void> =>
    page.evaluate((call) => {
      const layer = ((window as { dataLayer?: unknown[] }).dataLayer ??= []);
      (function (..._call: unknown[]) {
        layer.push(arguments); // oxlint-disable-line prefer-rest-params
      })(...call);
    }, call);

  test("a default's no is no answer yet, an update is, and regions do not count", async () => {
    const page = await visit(context, `${stage.shop}/`);
    await gtag(page, "consent", "default", {
      analytics_storage: "denied",
      personalization_storage: "denied",
    });
    await gtag(page, "consent", "default", { analytics_storage: "granted", region: ["US"] });
    await connect(page, "consent-mode");
    expect(await consentOf(page)).toBeUndefined();
    await gtag(page, "consent", "update", {
      analytics_storage: "granted",
      personalization_storage: "denied",
      ad_user_data: "granted",
    });
    expect(await consentOf(page)).toEqual({ analytics: true, personalization: false });
    await gtag(page, "consent", "update", { ad_user_data: "granted", ad_personalization: "granted" });
    expect(await consentOf(page)).toEqual({ analytics: true, personalization: false, marketing: true });
    await gtag(page, "consent", "update", { analytics_storage: "denied" });
    expect(await consentOf(page)).toMatchObject({ analytics: false });
  });
});

test("Shopify's banner: an empty word is no answer, and a sale denied denies marketing", async () => {
  const page = await visit(context, `${stage.shop}/`);
  await page.evaluate(() => {
    const said = { analytics: "", preferences: "yes", marketing: "yes", sale_of_data: "no" };
    Object.assign(window, { Shopify: { customerPrivacy: { currentVisitorConsent: () => said } }, said });
  });
  await connect(page, "shopify-privacy");
  expect(await consentOf(page)).toEqual({ personalization: true, marketing: false });
  await page.evaluate(() => {
    Object.assign((window as unknown as { said: object }).said, { analytics: "no", preferences: "no" });
    document.dispatchEvent(new Event("visitorConsentCollected"));
  });
  expect(await consentOf(page)).toEqual({ analytics: false, personalization: false, marketing: false });
});

test("a banner of the shop's own is shown until somebody answers, and again when asked", async () => {
  const page = await visit(context, `${stage.shop}/`);
  await page.evaluate(() =>
    document.body.insertAdjacentHTML(
      "beforeend",
      `<aside data-concierge-banner hidden><button data-concierge-consent="personalization">Only mine</button>
       <button data-concierge-consent="none">No</button></aside><a href="#" data-concierge-consent="ask">Privacy</a>`,
    ),
  );
  await connect(page, "banner");
  const banner = page.locator("aside");
  expect(await banner.isVisible()).toBe(true);
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
  expect(await keys(page)).toEqual([]);
  await page.click("text=Only mine");
  expect(await banner.isVisible()).toBe(false);
  expect(await consentOf(page)).toEqual({
    personalization: true,
    analytics: false,
    marketing: false,
    clienteling: false,
  });
  await page.click("text=Privacy");
  expect(await banner.isVisible()).toBe(true);
  await page.click("text=No");
  expect(await consentOf(page)).toMatchObject({ personalization: false });
});

test("a carousel: buttons before the slides, each slide its place, nothing for axe to mend", async () => {
  stage.reset({ slot: "contextual", items: ["a", "b", "c", "d", "e", "f"].map((id) => pick(id)) });
  const page = await visit(context, `${stage.shop}/plain.html`);
  await page.evaluate(() => {
    document.documentElement.lang = "en";
    document.body.innerHTML = `<main><h1>Shop</h1><section data-concierge-slot="home-top" data-concierge-carousel="For you"
      data-concierge-next="Next"></section></main>`;
    const style = document.createElement("style");
    style.textContent = `[data-concierge-list] { display: flex; overflow-x: auto; width: 300px } li { flex: 0 0 200px }`;
    document.head.append(style);
  });
  await connect(page, "carousel");
  await page.evaluate(
    ([shop, api]) => {
      const script = document.createElement("script");
      script.src = `${shop}/concierge.js`;
      Object.assign(script.dataset, { key: "pk_test", api });
      document.head.append(script);
    },
    [stage.shop, stage.api] as const,
  );
  const slides = page.locator("li[aria-roledescription=slide]");
  await slides.nth(5).waitFor({ state: "attached" });
  expect(await slides.nth(2).getAttribute("aria-label")).toBe("3 / 6");
  const order = await page.locator("section > *").evaluateAll((all) => all.map(({ tagName }) => tagName));
  expect(order).toEqual(["BUTTON", "BUTTON", "UL"]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("ul")!.scrollLeft > 100);
  await page.addScriptTag({ content: readFileSync("node_modules/axe-core/axe.min.js", "utf8") });
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; help: string }[] }> };
    };
    return (await axe.run()).violations.map(({ id, help }) => `${id}: ${help}`);
  });
  expect(violations).toEqual([]);
});
