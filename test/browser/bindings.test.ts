import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { SlotAnswer } from "../../client/bindings/types.ts";
import { launchBrowser } from "../support/browser.ts";
import { bundle, FRAMEWORKS, ShopServer } from "./bindings-pages.ts";
import { ask, pick, Stage } from "./snippet-stage.ts";

const stage = new Stage();
const shop = new ShopServer();
let browser: Browser;
let context: BrowserContext;
const scripts: Record<string, string> = {};
let complaints: string[] = [];

beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), stage.open(), shop.start()]);
  for (const { name, script } of FRAMEWORKS) scripts[name] = await bundle(script);
});
afterAll(async () => {
  await browser?.close();
  stage.close();
  shop.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  await context.addInitScript(() =>
    localStorage.setItem("concierge.consent", JSON.stringify({ personalization: true, analytics: true })),
  );
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
  expect(stage.problems).toEqual([]);
});

const ofType = (type: string): Record<string, unknown>[] =>
  stage.events().filter((event) => event["type"] === type);
/** Ids of the slots of each decide, in order. */
const asked = (): string[][] => stage.to("/v1/decide").map(({ body }) => body.slots!.map(({ id }) => id));
const PERSONAL = { slot: "personalized", token: "t1", items: [pick("p1"), pick("p2")] } as const;

/** What a shop's server got for the slot when it asked by itself. */
const ANSWER: SlotAnswer = {
  id: "home-top",
  status: "personalized",
  reason: "decided",
  title: "From the server",
  items: [pick("p5"), pick("p6")],
  assignments: [],
  holdout: false,
  token: "t-server",
};

describe.each(FRAMEWORKS)("$name", ({ name, render }) => {
  /** The shop's page as its server sends it; `isLater`: the framework's script takes over when the test says so. */
  async function visit(answer?: SlotAnswer, isLater = false, heading = "Home"): Promise<Page> {
    const markup = (await render(answer)).replace("Home", heading);
    const opened = await shop.open(stage, context, {
      path: `/${name}.html`,
      body:
        `<div id="app">${markup}</div>` +
        `<script>window.answer = ${JSON.stringify(answer) ?? "undefined"}</script>` +
        `<script type="module">import "/app.js"; ${isLater ? "" : "hydrate()"}</script>`,
      scripts: { "/app.js": scripts[name]! },
    });
    ({ complaints } = opened);
    return opened.page;
  }
  const filled = (page: Page, id = "home-top") => page.locator(`[data-concierge-slot=${id}] h2`).waitFor();
  const hydrate = (page: Page) => page.evaluate(() => (window as unknown as { hydrate(): void }).hydrate());

  test("a server that rendered something else is complained of: the other tests would notice", async () => {
    stage.reset(PERSONAL);
    await visit(undefined, false, "House");
    await vi.waitFor(() => expect(complaints.join()).toMatch(/hydrat/i));
    complaints = [];
  });

  test("takes over what the server rendered, and is filled, seen and clicked", async () => {
    stage.reset(PERSONAL);
    const page = await visit();
    await filled(page);
    await filled(page, "related");
    expect(asked()).toContainEqual(["home-top", "related"]);
    const top = page.locator("[data-concierge-slot=home-top]");
    expect(await top.getAttribute("data-concierge-status")).toBe("personalized");
    expect(await top.locator("a").allTextContents()).toEqual(["Title of p1", "Title of p2"]);
    // Drawn by the component alone.
    expect(await page.locator("[data-concierge-list], [data-concierge-plain]").count()).toBe(0);
    expect(stage.to("/v1/decide").at(-1)!.body.slots![0]).toMatchObject({ max: 3, seeds: ["p8", "p9"] });
    await vi.waitFor(() => expect(ofType("slot_seen")).toHaveLength(2), { timeout: 9000 });
    expect(ofType("slot_seen")[0]).toMatchObject({ token: "t1", items: ["p1", "p2"] });
    await top.locator("a").first().click();
    await vi.waitFor(() => expect(ofType("slot_clicked")).toHaveLength(1), { timeout: 9000 });
    expect(ofType("slot_clicked")[0]).toMatchObject({ token: "t1", item: "p1" });
  });

  test("a page that waits long for its framework is neither asked for nor touched before", async () => {
    stage.reset(PERSONAL);
    const page = await visit(undefined, true);
    await vi.waitFor(() => expect(ofType("page_viewed")).toHaveLength(1), { timeout: 9000 });
    expect(asked()).toEqual([]);
    expect(await page.locator("#app li").count()).toBe(0);
    await hydrate(page);
    await filled(page);
    expect(asked()).toEqual([["home-top", "related"]]);
  });

  test("an answer that the shop's server brought stands at once, counts at once, and is not asked for", async () => {
    stage.reset(PERSONAL);
    const page = await visit(ANSWER, true);
    const top = page.locator("[data-concierge-slot=home-top]");
    expect(await top.locator("a").allTextContents()).toEqual(["Title of p5", "Title of p6"]);
    await vi.waitFor(() => expect(ofType("slot_seen")).toHaveLength(1), { timeout: 9000 });
    expect(ofType("slot_seen")[0]).toMatchObject({ token: "t-server", items: ["p5", "p6"] });
    await hydrate(page);
    await filled(page, "related");
    expect(asked()).toEqual([["related"]]);
    expect(await top.locator("h2").textContent()).toBe("From the server");
    await page.click("#again");
    expect(await top.locator("a").allTextContents()).toEqual(["Title of p5", "Title of p6"]);
    await top.locator("a").last().click();
    await vi.waitFor(() => expect(ofType("slot_clicked")).toHaveLength(1), { timeout: 9000 });
    expect(ofType("slot_clicked")[0]).toMatchObject({ token: "t-server", item: "p6" });
  });

  test("feedback hides the pick; it stays hidden when drawn again, and the next answer is drawn whole", async () => {
    stage.reset(PERSONAL);
    const page = await visit();
    await filled(page);
    const picks = page.locator("[data-concierge-slot=home-top] li");
    await picks.first().locator("button").click();
    await vi.waitFor(() => expect(ofType("feedback_given")).toHaveLength(1), { timeout: 9000 });
    expect(ofType("feedback_given")[0]).toMatchObject({ item: "p1", feedback: "not_this" });
    expect(await picks.first().isHidden()).toBe(true);
    await page.click("#again");
    await page.click("#again");
    expect(await page.textContent("#again")).toBe("Turn 2");
    expect(await picks.first().isHidden()).toBe(true);
    expect(await picks.last().isVisible()).toBe(true);
    stage.manner.items = [pick("p2"), pick("p3"), pick("p4")];
    await ask(page, "decide");
    await vi.waitFor(async () => expect(await picks.count()).toBe(3));
    expect(await picks.evaluateAll((all) => all.map((one) => (one as HTMLElement).hidden))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test("there and back by the shop's own routes: each slot that comes is asked for, and nothing breaks", async () => {
    stage.reset(PERSONAL);
    const page = await visit();
    await filled(page);
    stage.manner.items = [pick("p7")];
    await page.click("#go");
    await filled(page, "list-top");
    await vi.waitFor(async () =>
      expect(await page.locator("[data-concierge-slot=list-top] a").allTextContents()).toEqual([
        "Title of p7",
      ]),
    );
    expect(await page.locator("[data-concierge-slot]").count()).toBe(1);
    stage.manner.items = [pick("p9")];
    await page.click("#go");
    await vi.waitFor(async () =>
      expect(await page.locator("[data-concierge-slot=home-top] a").allTextContents()).toEqual([
        "Title of p9",
      ]),
    );
    await filled(page, "related");
    expect(await page.locator("[data-concierge-slot]").count()).toBe(2);
  });

  test.each([
    ["holdout", "fallback"],
    ["suppressed", "off"],
  ] as const)("%s: the shop's own content (%s), and still seen", async (slot, state) => {
    stage.reset({ slot, token: "t1", items: [] });
    const page = await visit();
    await page.locator(`[data-concierge-slot=home-top] .${state}`).waitFor();
    expect(await page.locator("#app li").count()).toBe(0);
    await vi.waitFor(() => expect(ofType("slot_seen")).toHaveLength(2), { timeout: 9000 });
  });

  test("no answer within two seconds: the shop's own content", async () => {
    stage.reset({ ...PERSONAL, delayMs: 30_000 });
    const page = await visit();
    await page.locator("#app h1").waitFor();
    expect(await page.locator("#app p").count()).toBe(0);
    await page.locator("[data-concierge-slot=home-top] .off").waitFor({ timeout: 4000 });
  });
});
