import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { ask, pick, Stage, storageOf, visit } from "./snippet-stage.ts";

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
  expect(stage.sent.filter(({ method }) => method !== "POST")).toEqual([]);
});

const YES = { personalization: true, analytics: true };

describe("before a decision", () => {
  test("nothing is kept, and only a decision without a person is asked for", async () => {
    const page = await visit(context, `${stage.shop}/?q=tea&gclid=abc`);
    await ask(page, "cart", [{ item: "p3" }]);
    await page.click("#add");
    await ask(page, "decide");
    await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(2));
    await page.waitForTimeout(2500);
    expect(await storageOf(page)).toEqual({});
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect(await context.cookies()).toEqual([]);
    expect(stage.to("/v1/events")).toEqual([]);
    for (const { body, headers } of stage.sent) {
      expect(Object.keys(body).sort()).toEqual(
        expect.not.arrayContaining(["visitorId", "events", "consent"]),
      );
      expect(body.page?.url).toBe(`${stage.shop}/`);
      expect(headers["content-type"]).toBe("text/plain;charset=UTF-8");
      expect(headers["cookie"]).toBeUndefined();
    }
    expect(stage.to("/v1/decide")[1]!.body["cart"]).toEqual([{ item: "p3" }]);
  });
});

describe("after a yes", () => {
  test("what waited in memory goes out with the decision, under an id the server minted", async () => {
    const page = await visit(context, `${stage.shop}/?q=tea`);
    await page.click("#add");
    await ask(page, "consent", YES);
    await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(2));
    const { body } = stage.to("/v1/decide")[1]!;
    expect(body["visitorId"]).toBeUndefined();
    expect(body["consent"]).toEqual(YES);
    expect(body.events?.map((event) => event["type"])).toEqual([
      "page_viewed",
      "products_searched",
      "product_added",
    ]);
    await vi.waitFor(async () => expect((await storageOf(page))["concierge.visitor"]).toMatch(/^visitor-/));
    expect(JSON.parse((await storageOf(page))["concierge.consent"]!)).toEqual(YES);
    await page.click("#remove");
    await vi.waitFor(() => expect(stage.to("/v1/events")).toHaveLength(1), { timeout: 5000 });
    expect(stage.to("/v1/events")[0]!.body["visitorId"]).toBe((await storageOf(page))["concierge.visitor"]);
    expect(new Set(stage.events().map((event) => event["id"])).size).toBe(4);
  });

  test("a slow first answer holds everything else back, so that one id is minted", async () => {
    stage.reset({ delayMs: 700 });
    const page = await visit(context, `${stage.shop}/`, YES);
    for (let clicks = 0; clicks < 25; clicks++)
      await ask(page, "track", { type: "product_viewed", item: `p${clicks}` });
    await ask(page, "decide");
    await vi.waitFor(() => expect(stage.events()).toHaveLength(26), { timeout: 10_000 });
    expect(stage.sent.filter(({ body }) => !body["visitorId"])).toHaveLength(1);
  });
});

describe("who has logged in", () => {
  const identities = () => stage.sent.map(({ path, body }) => [path, body["identity"], body["visitorId"]]);

  test("is told as soon as there is an id, and the slots show what was picked for them", async () => {
    stage.reset({ items: [pick("a")] });
    await context.addInitScript(() => {
      const shown: string[] = ((window as unknown as { shown: string[] }).shown = []);
      document.addEventListener("concierge", ({ target }) => shown.push((target as Element).tagName));
    });
    const page = await visit(context, `${stage.shop}/`);
    await ask(page, "identify", "a-token");
    await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(2));
    await ask(page, "consent", YES);
    await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(4));
    expect(identities()).toEqual([
      ["/v1/decide", undefined, undefined],
      ["/v1/decide", undefined, undefined],
      ["/v1/decide", undefined, undefined],
      ["/v1/decide", "a-token", (await storageOf(page))["concierge.visitor"]],
    ]);
    expect(stage.to("/v1/decide")[3]!.body.slots).toEqual(stage.to("/v1/decide")[2]!.body.slots);
    await page.locator("[data-concierge-pick=a]").waitFor();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => (window as unknown as { shown: string[] }).shown)).toHaveLength(3);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain("a-token");
  });

  test("is told with the decision, where the id is older", async () => {
    await context.addInitScript(() => localStorage.setItem("concierge.visitor", "visitor-old"));
    const page = await visit(context, `${stage.shop}/`, YES);
    await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(1));
    await ask(page, "identify", "a-token");
    await vi.waitFor(() => expect(stage.to("/v1/decide")).toHaveLength(2));
    await page.waitForTimeout(500);
    expect(identities()).toEqual([
      ["/v1/decide", undefined, "visitor-old"],
      ["/v1/decide", "a-token", "visitor-old"],
    ]);
  });

  test("is told with the next event, where a page has no slots", async () => {
    const page = await visit(context, `${stage.shop}/`);
    await page.evaluate(() => document.querySelector("[data-concierge-slot]")!.remove());
    stage.reset();
    await ask(page, "identify", "a-token");
    await ask(page, "consent", YES);
    await vi.waitFor(() => expect(stage.to("/v1/events")).toHaveLength(1));
    await vi.waitFor(async () => expect((await storageOf(page))["concierge.visitor"]).toBeTruthy());
    await page.click("#add");
    await vi.waitFor(() => expect(stage.to("/v1/events")).toHaveLength(2), { timeout: 5000 });
    const visitor = (await storageOf(page))["concierge.visitor"];
    expect(identities()[1]).toEqual(["/v1/events", "a-token", visitor]);
  });
});

describe("after a no", () => {
  test("what waited is dropped and only the no is kept", async () => {
    const page = await visit(context, `${stage.shop}/`);
    await ask(page, "consent", { personalization: false, analytics: false });
    await page.click("#add");
    await page.waitForTimeout(2500);
    expect(await storageOf(page)).toEqual({
      "concierge.consent": JSON.stringify({ personalization: false, analytics: false }),
    });
    expect(stage.events()).toEqual([]);
    expect(stage.sent.every(({ body }) => !body["visitorId"])).toBe(true);
  });

  test("a withdrawal reaches the server, even on the next page, and then the id is gone", async () => {
    const page = await visit(context, `${stage.shop}/`);
    await ask(page, "consent", YES);
    await vi.waitFor(async () => expect((await storageOf(page))["concierge.visitor"]).toBeTruthy());
    const id = (await storageOf(page))["concierge.visitor"];
    stage.reset({ status: 503 });
    await ask(page, "track", { type: "product_viewed", item: "p9" });
    await ask(page, "consent", { personalization: false, analytics: false });
    await vi.waitFor(() => expect(stage.to("/v1/events")).not.toHaveLength(0), { timeout: 5000 });
    stage.reset();
    await page.reload();
    await vi.waitFor(() => expect(stage.to("/v1/events")).not.toHaveLength(0), { timeout: 8000 });
    const { body } = stage.to("/v1/events")[0]!;
    expect(body["visitorId"]).toBe(id);
    expect(body.events?.map((event) => event["type"])).toEqual(["consent_updated"]);
    await vi.waitFor(async () => expect(Object.keys(await storageOf(page))).toEqual(["concierge.consent"]), {
      timeout: 6000,
    });
    expect(stage.to("/v1/decide").every(({ body }) => !body["visitorId"] && !body.events?.length)).toBe(true);
  });
});

test("Global Privacy Control is a no to personalization, whatever was clicked", async () => {
  await context.addInitScript(() =>
    Object.defineProperty(navigator, "globalPrivacyControl", { value: true }),
  );
  const page = await visit(context, `${stage.shop}/`);
  await ask(page, "consent", { personalization: true });
  await page.click("#add");
  await page.waitForTimeout(2500);
  expect(stage.events()).toEqual([]);
  expect(
    stage.sent.every(({ body }) => body.consent?.["personalization"] === false && !body["visitorId"]),
  ).toBe(true);
  expect((await storageOf(page))["concierge.visitor"]).toBeUndefined();
});

test("reset forgets everything on the device", async () => {
  const page = await visit(context, `${stage.shop}/`);
  await ask(page, "consent", YES);
  await vi.waitFor(async () => expect((await storageOf(page))["concierge.visitor"]).toBeTruthy());
  await ask(page, "reset");
  expect(await storageOf(page)).toEqual({});
});

test("what another tab was told holds in this one from that moment on", async () => {
  const [one, other] = [await visit(context, `${stage.shop}/`), await visit(context, `${stage.shop}/`)];
  await ask(one, "consent", YES);
  await vi.waitFor(async () => expect((await storageOf(one))["concierge.visitor"]).toBeTruthy());
  await other.click("#add");
  await vi.waitFor(() => expect(stage.events().map(({ type }) => type)).toContain("product_added"), 5000);
  await ask(one, "consent", { personalization: false, analytics: false });
  await vi.waitFor(async () => expect(Object.keys(await storageOf(one))).toEqual(["concierge.consent"]));
  await one.waitForTimeout(300);
  const before = stage.events().length;
  await other.click("#remove");
  await other.waitForTimeout(2500);
  expect(stage.events()).toHaveLength(before);
  expect(Object.keys(await storageOf(other))).toEqual(["concierge.consent"]);
});
