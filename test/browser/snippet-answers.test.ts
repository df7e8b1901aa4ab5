import { Buffer } from "node:buffer";
import fc from "fast-check";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { PickedItem, SlotAnswer } from "../../src/core/wire/decide.ts";
import { launchBrowser } from "../support/browser.ts";
import { readShared } from "../support/shared.ts";
import { agreed, AnsweredShop, listenTo, pages, type Reply } from "./proof-shop.ts";
import { pick } from "./snippet-stage.ts";

const shop = new AnsweredShop();
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), shop.open()]);
});
afterAll(async () => {
  await browser?.close();
  shop.close();
});
beforeEach(async () => {
  shop.sent.length = 0;
  pages.clear();
  context = await browser.newContext();
});
afterEach(() => context.close());

const answer = (slots: readonly Partial<SlotAnswer>[], more: object = {}): string =>
  JSON.stringify({
    decisionId: "d1",
    configRevision: 1,
    consent: { applied: [], withheld: [] },
    slots: slots.map((slot) => ({
      id: "home-top",
      status: "contextual",
      reason: "test",
      items: [],
      assignments: [],
      holdout: false,
      ...slot,
    })),
    ...more,
  });
const filled = (...items: PickedItem[]): Reply => ({ text: answer([{ items }]) });

const PICKS = "[data-concierge-slot=home-top] [data-concierge-pick]";
const pickOf = (id: string): string => `[data-concierge-slot=home-top] [data-concierge-pick="${id}"]`;
async function open(path = "/"): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  const complaints = listenTo(page);
  await page.goto(shop.shop + path, { waitUntil: "load" });
  return { page, complaints };
}
const again = (page: Page): Promise<void> =>
  page.evaluate(() => window.concierge!(...(["decide"] as never[])));

describe("late, empty, huge and broken answers", () => {
  test("none for five seconds: the page stands as it is meanwhile, and is filled then", async () => {
    shop.reply = ({ path }) => ({ ...filled(pick("p1")), delayMs: path === "/v1/decide" ? 5000 : 0 });
    const { page, complaints } = await open();
    await page.click("#add");
    await page.waitForTimeout(1500);
    expect(await page.locator(PICKS).count()).toBe(0);
    await page.locator(PICKS).waitFor({ timeout: 8000 });
    expect(complaints).toEqual([]);
  });

  test("none at all: the request is given up, and the shop's own content stands", async () => {
    shop.reply = () => ({ ...filled(pick("p1")), delayMs: 20_000 });
    const { page, complaints } = await open("/?concierge=debug");
    await page.locator("aside li.error").waitFor({ timeout: 14_000 });
    expect(await page.locator("aside li.error").count()).toBe(1);
    expect(await page.locator("#own").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("10,000 items in 2 MB: the page stays usable", async () => {
    const text = "x".repeat(60);
    const items = Array.from({ length: 10_000 }, (_, at) => pick(`p${at}`, { title: text }));
    const reply = filled(...items);
    expect(Buffer.byteLength(reply.text)).toBeGreaterThan(2_000_000);
    shop.reply = () => reply;
    const { page, complaints } = await open();
    await page.locator(PICKS).first().waitFor({ timeout: 20_000 });
    await page.click("#add");
    expect(await page.locator("#add").getAttribute("data-clicks")).toBe("1");
    expect(complaints).toEqual([]);
  });

  const BROKEN: Readonly<Record<string, Reply>> = {
    "nothing at all": { text: "" },
    null: { text: "null" },
    "a number": { text: "42" },
    "a text": { text: '"slots"' },
    "a list": { text: "[[],[{}]]" },
    "cut off": { text: answer([{ items: [pick("p1")] }]).slice(0, -9) },
    "two answers": { text: answer([]) + answer([]) },
    markup: { text: "<!doctype html><title>Bad gateway</title>", status: 502 },
    "a problem": { text: '{"type":"/errors/internal.md","status":500}', status: 500 },
    "deep lists": { text: "[".repeat(50_000) + "]".repeat(50_000) },
    "slots that are null": { text: '{"slots":null}' },
    "slots that are a text": { text: '{"slots":"home-top"}' },
    "slots that are an object": { text: '{"slots":{"length":3}}' },
    "slots of nulls": { text: '{"slots":[null,7,"x",[]]}' },
    "a slot nobody asked for": { text: answer([{ id: "elsewhere", items: [pick("p1")] }]) },
    "a slot called like a prototype": { text: answer([{ id: "__proto__" }, { id: "constructor" }]) },
    "prototypes to be polluted": {
      text: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"slots":[{"__proto__":{"polluted":1},"id":"home-top"}]}',
    },
  };

  test("each kind in turn, and the next good answer is shown", async () => {
    let reply = filled(pick("first"));
    shop.reply = () => reply;
    const { page, complaints } = await open();
    await page.locator(pickOf("first")).waitFor();
    for (const [kind, broken] of Object.entries(BROKEN)) {
      const before = shop.sent.length;
      reply = broken;
      await again(page);
      await vi.waitFor(() => expect(shop.sent.length, kind).toBeGreaterThan(before), { timeout: 5000 });
      const good = `after-${kind.replaceAll(" ", "-")}`;
      reply = filled(pick(good));
      await again(page);
      await page
        .locator(pickOf(good))
        .waitFor({ timeout: 5000 })
        .catch(() => expect.soft(`nothing is shown after ${kind}`).toBe(""));
    }
    expect(await page.evaluate(() => "polluted" in {})).toBe(false);
    // What the browser itself says about a status of 500 is not ours.
    expect(complaints.filter((text) => !/status of 50[02]/.test(text))).toEqual([]);
  });
});

/** What may stand in any place of a body where something else is expected. */
const anything = fc.oneof(
  {
    arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, "", "x", [], {}, [null], {
      toString: 1,
      valueOf: 1,
    }),
    weight: 3,
  },
  { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      "javascript:document.title='pwned'",
      "JaVaScRiPt:alert(1)",
      " \u0001javascript:alert(1)",
      "java\nscript:alert(1)",
      "data:text/html,<script>alert(1)</script>",
      "vbscript:x",
      "blob:null/1",
      "<img src=x onerror=alert(1)>",
      "</li><script>alert(1)</script>",
      "\u202E\u0000\uD800",
    ),
    weight: 2,
  },
);
const WHERE = ["answer", "slot", "item", "why", "price"] as const;
const PLACES: Readonly<Record<(typeof WHERE)[number], readonly string[]>> = {
  answer: ["decisionId", "configRevision", "consent", "slots", "visitorId", "events", "degraded"],
  slot: ["id", "status", "reason", "title", "items", "content", "assignments", "holdout", "token"],
  item: ["id", "rank", "title", "url", "image", "brand", "price", "regularPrice", "why", "controls"],
  why: ["code", "text"],
  price: ["minor", "currency", "text"],
};
const defect = fc
  .constantFrom(...WHERE)
  .chain((where) => fc.tuple(fc.constant(where), fc.constantFrom(...PLACES[where]), anything));

/** A good answer with some of its fields replaced. */
function spoilt(
  defects: readonly (readonly [where: string, name: string, value: unknown])[],
  good: string,
): string {
  const item = {
    ...pick("p1", { image: "/i/p1.svg", brand: "Acme" }),
    regularPrice: { minor: 1999, currency: "EUR", text: "€19.99" },
  };
  const whole = JSON.parse(answer([{ items: [item, pick(good)], title: "Picked" }]));
  const slot = whole.slots[0];
  const at = { answer: whole, slot, item: slot.items[0], why: slot.items[0].why, price: slot.items[0].price };
  for (const [where, name, value] of defects) at[where as keyof typeof at][name] = value;
  return JSON.stringify(whole);
}

/** In the page: keeps an eye on everything that is put into it. */
function watch(): void {
  const bad: string[] = ((window as unknown as { bad: string[] }).bad = []);
  const look = (node: Node): void => {
    if (!(node instanceof Element)) return;
    for (const element of [node, ...node.querySelectorAll("*")]) {
      if (
        /^(script|iframe|object|embed|base|link|meta)$/i.test(element.tagName) &&
        element.closest("[data-concierge-slot]")
      )
        bad.push(element.outerHTML);
      for (const { name, value } of element.attributes)
        if (
          name.startsWith("on") ||
          (/^(href|src|srcset|action|style)$/.test(name) && !/^https?:/.test(value))
        )
          if (element.closest("[data-concierge-pick]")) bad.push(`${name}=${value}`);
    }
  };
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) for (const node of [target, ...addedNodes]) look(node);
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

test("wrong shapes in any field, in every mixture: nothing dangerous is ever in the page, and it recovers", async () => {
  const cases = fc.sample(fc.array(defect, { minLength: 1, maxLength: 3 }), { numRuns: 250, seed: 6 });
  const texts = cases.map((defects, at) => spoilt(defects, `g${at}`));
  await agreed(context);
  await context.addInitScript(watch);
  let at = -1;
  // Every second decision is a good one: it is shown only after what came before it has been dealt with.
  shop.reply = ({ path }) => {
    if (path !== "/v1/decide") return { text: '{"events":[]}' };
    at += 1;
    return at % 2 ? { text: texts[(at - 1) / 2] ?? answer([]) } : filled(pick(`ok${at / 2}`));
  };
  const { page, complaints } = await open();
  await page.locator(pickOf("ok0")).waitFor();
  const stuck = await page.evaluate(async (times) => {
    const ask = (): void => window.concierge!(...(["decide"] as never[]));
    for (let at = 1; at <= times; at++) {
      ask();
      await new Promise((done) => setTimeout(done, 0));
      ask();
      for (const end = Date.now() + 3000; !document.querySelector(`[data-concierge-pick=ok${at}]`);) {
        if (Date.now() > end) return at;
        await new Promise((done) => setTimeout(done, 1));
      }
    }
    return 0;
  }, texts.length);
  expect(stuck && JSON.stringify(cases[stuck - 1])).toBe(0);
  expect(await page.evaluate(() => (window as unknown as { bad: string[] }).bad)).toEqual([]);
  expect(await page.title()).toBe("Shop");
  expect(complaints).toEqual([]);
});

test("an id that is no text is not kept as if it named somebody", async () => {
  await agreed(context);
  const kept: Record<string, string | null> = {};
  let id: unknown;
  shop.reply = ({ path }) =>
    path === "/v1/decide" ? { text: answer([], { visitorId: id }) } : { text: '{"events":[]}', status: 503 };
  const { page } = await open("/plain");
  for (id of [{}, { toString: "v" }, [], ["v_1"], 7, true]) {
    await page.goto(shop.shop);
    await page.locator("[data-concierge-slot=home-top][data-concierge-status]").waitFor();
    await page.waitForTimeout(50);
    kept[JSON.stringify(id)] = await page.evaluate(() => localStorage.getItem("concierge.visitor"));
    await page.evaluate(() => localStorage.clear());
  }
  expect(Object.entries(kept).filter(([, text]) => text)).toEqual([]);
});

test("a snippet that believes every address is one of the web would be caught by this", async () => {
  await context.addInitScript(watch);
  await context.addInitScript(() => {
    for (const { prototype } of [HTMLAnchorElement, URL])
      Object.defineProperty(prototype, "protocol", { get: () => "https:" });
  });
  shop.reply = () => filled(pick("p1", { url: "javascript:alert(1)" }));
  const { page } = await open();
  await page.locator(pickOf("p1")).waitFor();
  expect(await page.evaluate(() => (window as unknown as { bad: string[] }).bad)).toContain(
    "href=javascript:alert(1)",
  );
});

describe("hostile texts", () => {
  const ids = readShared("vectors/hostile/bad-ids.json");
  const bodies = readShared("vectors/hostile/bodies.json");
  const urls = readShared("vectors/hostile/ssrf-urls.json");
  const cells = readShared("vectors/hostile/csv-formula.json");
  const MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</template><svg onload=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
    "<!--",
    "]]>",
    "&lt;b&gt;&amp;",
    "\u202Egnp.exe",
    "\u0000\u0001\u007F",
    "${alert(1)}",
    "javascript:alert(1)",
  ];

  test.skipIf(!ids || !bodies || !urls || !cells)(
    "in every field of a pick they are text, and addresses only where they are addresses",
    async () => {
      const texts = [
        ...MARKUP,
        ...(JSON.parse(ids!) as { ids: string[] }).ids,
        ...(JSON.parse(bodies!) as { bodies: { raw?: string }[] }).bodies.map(({ raw }) => raw ?? ""),
        ...(JSON.parse(urls!) as { urls: string[] }).urls,
        ...(JSON.parse(cells!) as { cells: string[] }).cells,
      ].filter((text) => typeof text === "string" && text !== "" && text.length < 20_000);
      expect(texts.length).toBeGreaterThan(100);
      const items = texts.map((text) =>
        pick(text, { title: text, brand: text, url: text, image: text, why: { code: text, text } }),
      );
      const expected = JSON.parse(JSON.stringify(texts)) as string[];
      await context.addInitScript(watch);
      await context.route(/^https?:/, (route) =>
        route.request().url().startsWith(shop.shop) || route.request().url().startsWith(shop.api)
          ? route.continue()
          : route.fulfill({ status: 204 }),
      );
      shop.reply = () => ({ text: answer([{ title: MARKUP[0]!, items }]) });
      const { page, complaints } = await open();
      await page
        .locator(PICKS)
        .nth(items.length - 1)
        .waitFor({ state: "attached", timeout: 20_000 });
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll("[data-concierge-slot=home-top] [data-concierge-pick]")].map((one) => ({
          id: one.getAttribute("data-concierge-pick"),
          title: one.querySelector("[data-concierge-field=title]")?.textContent,
          brand: one.querySelector("[data-concierge-field=brand]")?.textContent,
          isExplained: one
            .querySelector("details")
            ?.textContent?.includes(one.getAttribute("data-concierge-pick")!),
          protocols: [...one.querySelectorAll<HTMLAnchorElement & HTMLImageElement>("[href], [src]")].map(
            ({ href, src }) => new URL(href || src).protocol,
          ),
        })),
      );
      expect(shown.map(({ id }) => id)).toEqual(expected);
      expect(shown.map(({ title }) => title)).toEqual(expected);
      expect(shown.map(({ brand }) => brand)).toEqual(expected);
      expect(shown.filter(({ isExplained }) => !isExplained)).toEqual([]);
      expect([...new Set(shown.flatMap(({ protocols }) => protocols))].toSorted()).toEqual([
        "http:",
        "https:",
      ]);
      expect(await page.evaluate(() => (window as unknown as { bad: string[] }).bad)).toEqual([]);
      expect(complaints.filter((text) => text.startsWith("dialog") || text.startsWith("uncaught"))).toEqual(
        [],
      );
    },
  );
});
