import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { openDebugShop, openShopPage, POLICY, type DebugShop } from "./debug-shop.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const YES = { personalization: true, analytics: true };
const TABS = ["Decisions", "Events", "Consent", "Page"];
const LD = '<script type="application/ld+json">{"@type":"Product","productID":"kettle","sku":"K-1"}</script>';
const BODY = `<h1>Kettle</h1><div data-concierge-slot="goes-with"></div>
  <button id="add" data-concierge-track="product_added" data-concierge-product="kettle">Add</button>`;

let browser: Browser;
let context: BrowserContext;
let complaints: string[];
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  complaints = [];
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("console", (message) => {
    // A refused request is told by the browser itself.
    if (
      ["error", "warning"].includes(message.type()) &&
      !message.text().startsWith("Failed to load resource")
    )
      complaints.push(message.text());
  });
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

const shopOf = (more: { head?: string; body?: string } = {}): Promise<DebugShop> =>
  openDebugShop(context, { head: LD, body: BODY, policy: POLICY, ...more });
const open = (query = "", consent?: { [purpose: string]: boolean }): Promise<Page> =>
  openShopPage(context, `/p?concierge=debug${query}`, consent);
const panelOf = (page: Page): Locator => page.getByRole("complementary", { name: "Concierge debug" });
const tell = (page: Page, ...call: unknown[]): Promise<void> =>
  page.evaluate((call) => window.concierge!(...(call as never[])), call);
async function tab(page: Page, name: string): Promise<Locator> {
  await page.getByRole("tab", { name }).click();
  return page.getByRole("tabpanel", { name });
}
/** Each event with what became of it, the latest first. */
const eventsIn = (panel: Locator): Promise<string[]> =>
  panel
    .locator(".row")
    .evaluateAll((rows) =>
      rows.map(
        (row) => `${row.querySelector(".type")!.textContent} ${row.querySelector(".badge")!.textContent}`,
      ),
    );
/** Where the focus is inside the panel. */
const focus = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? "");

describe("decisions", () => {
  test("tell each slot's status and reason, its products and why each, and what it takes part in", async () => {
    const shop = await shopOf({ body: `${BODY}<div data-concierge-slot="calm"></div>` });
    shop.slots.set("calm", { status: "fallback", reason: "below_min", items: [], assignments: [] });
    const page = await open("", YES);
    const slots = panelOf(page).locator("ol > li");
    await slots.nth(0).getByRole("heading", { name: "goes-with: personalized, because decided" }).waitFor();
    expect(await slots.nth(0).innerText()).toMatch(
      /1\. filter: bought_together, Often bought with filter\s+Title of filter/,
    );
    expect(await slots.nth(0).innerText()).toContain("two-or-four = four");
    expect(await slots.nth(1).innerText()).toContain("calm: fallback, because below_min");
    expect(await slots.nth(1).innerText()).toContain("Too few good products");
    expect(await panelOf(page).locator("details").innerText()).toContain(
      "used: analytics, personalization; withheld: nothing; config 7",
    );
  });

  test("offer every variation as a link, which loads the page with it forced, and back", async () => {
    const shop = await shopOf();
    const page = await open("&size=2", YES);
    const arms = panelOf(page).getByRole("link", { name: "Look at two-or-four" });
    await arms.first().waitFor();
    expect(await arms.allTextContents()).toEqual(["four", "two", "one"]);
    expect(await panelOf(page).locator("[aria-current]").allTextContents()).toEqual(["four"]);
    expect(await panelOf(page).locator(".note").isHidden()).toBe(true);
    await arms.nth(1).click();
    await page.waitForURL("https://shop.example/p?concierge=debug&size=2&concierge_force=two-or-four:two");
    await panelOf(page).getByText("two-or-four = two forced").waitFor();
    const asked = () => shop.asked.findLast(({ path }) => path === "/v1/decide")!.body["force"];
    expect(asked()).toEqual({ "two-or-four": "two" });
    expect(await panelOf(page).locator(".note").innerText()).toContain(
      "Nothing of these answers is counted.",
    );
    await panelOf(page).getByRole("link", { name: "Stop" }).click();
    await page.waitForURL("https://shop.example/p?concierge=debug&size=2");
    await panelOf(page).locator("[aria-current]").getByText("four").waitFor();
    expect(asked()).toEqual({});
  });

  test("let a variation be named by hand, beside what is forced already", async () => {
    await shopOf();
    const page = await open("&concierge_force=two-or-four:two", YES);
    await panelOf(page).getByLabel("Look at a variation by its name").fill(" other : b ");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/p?concierge=debug&concierge_force=two-or-four:two,other:b");
  });

  test("survive answers of any shape", async () => {
    const shop = await shopOf();
    shop.refusal = {
      status: 200,
      consent: 7,
      slots: [
        null,
        7,
        [],
        { id: 3 },
        { id: "goes-with", status: {}, items: [null, { why: [] }], assignments: [null, 1] },
      ],
    };
    const page = await open("", YES);
    await panelOf(page).getByRole("heading", { name: "goes-with" }).waitFor();
    expect(await panelOf(page).locator("[role=status]").textContent()).toBe("");
  });
});

describe("the address", () => {
  test.each([
    ["?concierge_force=a:b", undefined],
    ["?concierge=debug", {}],
    ["?concierge=debug&concierge_force=", {}],
    ["?concierge=debug&concierge_force=a:b", { a: "b" }],
    ["?concierge=debug&concierge_force=a:b,c-d:e_f", { a: "b", "c-d": "e_f" }],
    ["?concierge=debug&concierge_force=a%3Ab%2Cc%3Ad", { a: "b", c: "d" }],
    ["?concierge=debug&concierge_force=a,b:c", { b: "c" }],
  ])("%s forces %j", async (search, expected) => {
    const { outputFiles } = await build({
      entryPoints: ["client/snippet/force.ts"],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "read",
    });
    await context.route("https://blank.example/**", (route) =>
      route.fulfill({ contentType: "text/html", body: "" }),
    );
    const page = await context.newPage();
    await page.goto(`https://blank.example/${search}`);
    const text = await page.evaluate(`${outputFiles[0]!.text}; JSON.stringify({ force: read.force })`);
    expect(JSON.parse(text as string)).toEqual(expected === undefined ? {} : { force: expected });
  });
});

describe("events", () => {
  test("wait for consent, are sent, and are answered one by one", async () => {
    const shop = await shopOf();
    shop.rejects.add("product_added");
    const page = await open();
    await tab(page, "Events");
    await expect
      .poll(() => eventsIn(panelOf(page)))
      .toEqual(["product_viewed waiting", "page_viewed waiting"]);
    expect(await panelOf(page).locator("details").innerText()).toContain(
      "Nobody has decided on consent: events wait in memory.",
    );
    await page.click("#add");
    await tell(page, "consent", YES);
    await expect
      .poll(() => eventsIn(panelOf(page)), { timeout: 6000 })
      .toEqual(["product_added rejected", "product_viewed accepted", "page_viewed accepted"]);
    const text = await panelOf(page).locator("details").innerText();
    expect(text).toContain("2 accepted · 1 rejected");
    expect(text).toContain("event_invalid: /quantity must be >=1.");
    expect(text).toContain("not used for marketing");
  });

  test("are dropped after a no", async () => {
    await shopOf();
    const page = await open("", { personalization: false, analytics: false });
    await tab(page, "Events");
    await page.click("#add");
    await expect
      .poll(() => eventsIn(panelOf(page)))
      .toEqual(["product_added dropped", "product_viewed dropped", "page_viewed dropped"]);
  });

  test("of an earlier page are told as such; each opens as JSON", async () => {
    await shopOf();
    const id = `${Date.now().toString(36)}abcd-1`;
    await context.addInitScript((id) => {
      if (location.protocol === "https:" && !localStorage.getItem("concierge.visitor"))
        localStorage.setItem(
          `concierge.queue.${id}`,
          JSON.stringify({ id, at: Date.now(), type: "product_wished", item: "tea" }),
        );
    }, id);
    const page = await open("", YES);
    const events = await tab(page, "Events");
    const row = events.locator("li", { hasText: "product_wished" });
    await row.getByText("from a page before this one").waitFor();
    await row.getByText("accepted").waitFor();
    await row.getByRole("button").click();
    expect(JSON.parse((await row.locator("pre").textContent())!)).toMatchObject({ id, item: "tea" });
    expect(await row.getByRole("button").getAttribute("aria-expanded")).toBe("true");
  });
});

describe("consent", () => {
  const table = (page: Page): Promise<string[][]> =>
    panelOf(page)
      .locator("tr")
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));

  test("tells who says what, and what holds", async () => {
    await shopOf();
    await context.addInitScript(() =>
      Object.defineProperty(navigator, "globalPrivacyControl", { value: true }),
    );
    const page = await open("", YES);
    await tab(page, "Consent");
    await tell(page, "consent", { analytics: true, marketing: true }, "tcf");
    await expect
      .poll(() => table(page))
      .toEqual([
        ["who says it", "personalization", "analytics", "marketing"],
        ["The shop's own call", "yes", "yes", "–"],
        ["IAB TCF", "–", "yes", "yes"],
        ["The browser (GPC)", "no", "–", "no"],
        ["What holds", "no", "yes", "no"],
      ]);
  });

  test("undecided is told as such", async () => {
    await shopOf();
    const page = await open();
    await tab(page, "Consent");
    expect((await table(page)).at(-1)).toEqual(["What holds", "–", "–", "–"]);
    expect(await panelOf(page).locator("summary").innerText()).toContain("consent undecided");
  });
});

describe("the page", () => {
  const wrong = (page: Page): Promise<string[]> => panelOf(page).locator(".wrong li").allTextContents();

  test("one that is right has nothing wrong, and says what was read", async () => {
    await shopOf();
    const page = await open();
    const part = await tab(page, "Page");
    await part.getByText("Nothing found.").waitFor();
    expect((await part.locator("dl").innerText()).split("\n")).toEqual(
      expect.arrayContaining(["type", "product", expect.stringContaining("id kettle, sku K-1")]),
    );
  });

  test.each([
    [
      "a name that is none",
      { body: `<div data-concierge-slot="No Name"></div>` },
      "“No Name” is not asked for",
    ],
    [
      "a slot twice",
      { body: `${BODY}<div data-concierge-slot="goes-with"></div>` },
      "“goes-with” stands on the page more than once",
    ],
    [
      "thirteen slots",
      { body: Array.from({ length: 13 }, (_, i) => `<div data-concierge-slot="s${i}"></div>`).join("") },
      "12 slots; left out: s12.",
    ],
    [
      "a max that is no count",
      { body: `<div data-concierge-slot="a" data-max="2.5"></div>` },
      "data-max of “a”",
    ],
    [
      "JSON-LD cut off",
      { head: `<script type="application/ld+json">{"@type":</script>` },
      "JSON-LD block 1 cannot be read: Unexpected",
    ],
    [
      "a product page without a product",
      { head: "", body: `<div data-concierge-page="product"></div>` },
      "which product is not said",
    ],
    [
      "a product known by its address",
      { head: `<script type="application/ld+json">{"@type":"Product"}</script>` },
      "by its address only",
    ],
    [
      "a track without a product",
      { body: `<button data-concierge-track="product_added">+</button>` },
      "names no product",
    ],
    [
      "a card that leads nowhere",
      { body: `<template data-concierge-card><p>x</p></template>` },
      "its picks lead nowhere",
    ],
  ])("%s", async (_, more, expected) => {
    await shopOf(more);
    const page = await open();
    await tab(page, "Page");
    await expect.poll(() => wrong(page)).toEqual([expect.stringContaining(expected)]);
  });
});

describe("errors", () => {
  test("a refusal is told with its place and its cure", async () => {
    const shop = await shopOf();
    shop.refusal = {
      status: 400,
      code: "body_invalid",
      pointer: "/force/x",
      detail: "No such thing.",
      cure: "Take another.",
    };
    const page = await open();
    const errors = panelOf(page).getByRole("region", { name: "Errors" });
    await errors.waitFor();
    // The page asks, and the panel asks anew.
    await expect
      .poll(() => errors.locator("li").allInnerTexts())
      .toEqual(["decide was refused: body_invalid × 2\n/force/x: No such thing.\nTake another."]);
    expect(await panelOf(page).locator("summary").innerText()).toContain("1 error");
  });

  test("what happens thrice is told once, with how often", async () => {
    await shopOf();
    await context.addInitScript(() => {
      window.fetch = () => Promise.reject(new TypeError("mine"));
    });
    const page = await open();
    const errors = panelOf(page).locator("li.error");
    // The page asks, and the panel asks anew.
    await errors.getByText("× 2").waitFor();
    await tell(page, "decide");
    await errors.getByText("× 3").waitFor();
    expect(await errors.count()).toBe(1);
    expect(await errors.innerText()).toContain("TypeError: mine");
  });
});

describe("copy", () => {
  const SAID = {
    address: expect.stringContaining("/p?"),
    consent: {},
    decisions: {},
    events: {},
    page: {},
    amiss: [],
    errors: [],
  };

  test("puts everything on the clipboard as JSON, but for what proves who somebody is", async () => {
    const shop = await shopOf();
    shop.slots.set("goes-with", { token: "a-secret-token" });
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: "https://shop.example" });
    const page = await open("", YES);
    await tell(page, "identify", "a-secret-identity");
    await panelOf(page).getByText("personalized").waitFor();
    await expect
      .poll(() => shop.asked.some(({ body }) => body["identity"] === "a-secret-identity"))
      .toBe(true);
    await panelOf(page).getByRole("button", { name: "Copy as JSON" }).click();
    await panelOf(page).getByText("Copied.").waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const report = JSON.parse(text) as { log: { kind: string; data: { slots?: unknown } }[] };
    expect(Object.keys(report)).toEqual(expect.arrayContaining(Object.keys(SAID)));
    expect(report.log.find(({ kind }) => kind === "send decide")!.data.slots).toEqual([{ id: "goes-with" }]);
    expect(text).not.toContain("a-secret");
    expect(text).toContain("(left out)");
  });

  test("says so where the page does not allow it", async () => {
    await shopOf();
    await context.addInitScript(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => false;
    });
    const page = await open();
    await panelOf(page).getByRole("button", { name: "Copy as JSON" }).click();
    await panelOf(page).getByText("This page does not allow copying.").waitFor();
    expect(await panelOf(page).locator("textarea").count()).toBe(0);
  });
});

describe("without a mouse", () => {
  test("tabs by arrows, one stop for all; the bar closes and opens; the focus stays when something new is drawn", async () => {
    await shopOf();
    const page = await open("", YES);
    await panelOf(page).getByText("personalized").waitFor();
    await panelOf(page).getByRole("tab", { name: "Decisions" }).focus();
    for (const [key, name] of [
      ["ArrowRight", "Events"],
      ["End", "Page"],
      ["ArrowRight", "Decisions"],
      ["ArrowLeft", "Page"],
      ["Home", "Decisions"],
    ]) {
      await page.keyboard.press(key!);
      expect(await focus(page)).toContain(name);
      expect(await panelOf(page).getByRole("tabpanel").getAttribute("aria-labelledby")).toBe(
        `tab-${name!.toLowerCase()}`,
      );
    }
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await focus(page)).toBe("four");
    await tell(page, "consent", { personalization: false, analytics: false });
    await panelOf(page).getByText("contextual").waitFor();
    expect(await focus(page)).toBe("four");
    await panelOf(page).locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await panelOf(page).getByRole("tab").first().isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    expect(await panelOf(page).getByRole("tab").first().isVisible()).toBe(true);
  });
});

describe.each([
  [390, 844],
  [1280, 800],
])("at %d px", (width, height) => {
  test("axe finds nothing in any part, nothing is cut off, the panel stays on the screen", async () => {
    const shop = await shopOf({ head: `${LD}<script type="application/ld+json">{</script>` });
    shop.rejects.add("product_added");
    const page = await open("&concierge_force=two-or-four:two", YES);
    await page.setViewportSize({ width, height });
    await panelOf(page).getByText("personalized").waitFor();
    await page.evaluate(() => document.querySelector<HTMLElement>("#add")!.click());
    shop.refusal = { status: 400, code: "body_invalid", detail: "Not this." };
    await tell(page, "decide");
    await panelOf(page).locator("li.problem").waitFor();
    await page.evaluate(AXE);
    for (const name of TABS) {
      const part = await tab(page, name);
      if (name === "Events") await part.locator(".row").first().click();
      const found = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[]; passes: unknown[] }>;
          };
        };
        const { violations, passes } = await axe.run();
        return {
          amiss: violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`),
          passed: passes.length,
        };
      });
      expect(found.passed, name).toBeGreaterThan(15);
      expect(found.amiss, name).toEqual([]);
      expect(await part.evaluate((one) => one.scrollWidth - one.clientWidth), name).toBe(0);
    }
    const box = (await panelOf(page).locator("details").boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
  });
});

describe("a guest on the page", () => {
  test("its clothes are its own, whatever the page says about asides", async () => {
    await shopOf({
      head: `${LD}<style nonce="n0nce">aside { display: none; position: static; opacity: 0; color: red } * { font-size: 40px; text-transform: uppercase }</style>`,
    });
    const page = await open();
    const panel = panelOf(page);
    await panel.getByText("contextual").waitFor();
    const style = await panel.evaluate((one) => {
      const { position, opacity } = getComputedStyle(one);
      const { fontSize, textTransform } = getComputedStyle(one.shadowRoot!.querySelector("details")!);
      return { position, opacity, fontSize, textTransform };
    });
    expect(style).toEqual({ position: "fixed", opacity: "1", fontSize: "13px", textTransform: "none" });
  });

  test("it remembers nothing, and tells nobody", async () => {
    const shop = await shopOf();
    const page = await open("", YES);
    await panelOf(page).getByText("personalized").waitFor();
    await expect.poll(() => shop.asked.length).toBeGreaterThan(0);
    await page.waitForTimeout(600);
    const asked = shop.asked.length;
    for (const name of TABS) await tab(page, name);
    await panelOf(page).locator("summary").click();
    await page.waitForTimeout(1000);
    expect(shop.asked).toHaveLength(asked);
    expect(
      await page.evaluate(() =>
        [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].sort(),
      ),
    ).toEqual(["", "concierge.consent", "concierge.visitor"]);
  });

  test("it is nowhere unless the address asks for it", async () => {
    await shopOf();
    const page = await openShopPage(context, "/p", YES);
    await page.locator("[data-concierge-slot] li").first().waitFor();
    expect(await page.locator("aside").count()).toBe(0);
    expect(
      await page.evaluate(() =>
        performance
          .getEntriesByType("resource")
          .map(({ name }) => name)
          .join(),
      ),
    ).not.toContain("debug");
  });
});
