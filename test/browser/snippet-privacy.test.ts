import { createHmac } from "node:crypto";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { call } from "../../src/cli/call.ts";
import { launchBrowser } from "../support/browser.ts";
import type { RealShop } from "../support/real-shop.ts";
import { readShared } from "../support/shared.ts";
import { eventsIn, listenTo, NO, openRealShop, pages, requestsOf, YES, type Request } from "./proof-shop.ts";
import { ask, storageOf } from "./snippet-stage.ts";

let real: RealShop;
let browser: Browser;
let context: BrowserContext;
let requests: Request[];
/** `Set-Cookie` of any answer, and cookies that any request to the Worker brought. */
let cookies: string[];
let complaints: string[];
beforeAll(async () => {
  [browser, real] = await Promise.all([launchBrowser(), openRealShop()]);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
});
beforeEach(async () => {
  context = await browser.newContext();
  requests = requestsOf(context, real.api);
  cookies = [];
  context.on("response", async (response) => {
    // A page that was closed meanwhile tells nothing more.
    const told = Promise.all([response.headersArray(), response.request().allHeaders()]);
    const [answered, asked] = await told.catch(() => [[], {} as Record<string, string>] as const);
    for (const { name, value } of answered)
      if (name.toLowerCase() === "set-cookie") cookies.push(`set ${value}`);
    if (asked["cookie"]) cookies.push(`sent ${asked["cookie"]}`);
  });
  await context.addInitScript(spy);
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
  expect(requests.filter(({ method }) => method !== "POST")).toEqual([]);
});

/** In the page: notes every way in which something may be left on a device. */
function spy(): void {
  const writes: string[] = ((window as unknown as { writes: string[] }).writes = []);
  const watch = (owner: object, name: string): void => {
    const real = (owner as Record<string, (...input: unknown[]) => unknown>)[name]!;
    Object.defineProperty(owner, name, {
      value(this: unknown, ...input: unknown[]) {
        writes.push(`${name} ${String(input[0])}`);
        return real.apply(this, input);
      },
    });
  };
  watch(Storage.prototype, "setItem");
  watch(IDBFactory.prototype, "open");
  watch(History.prototype, "replaceState");
  if ("CacheStorage" in window) watch(CacheStorage.prototype, "open");
  if ("serviceWorker" in navigator) watch(ServiceWorkerContainer.prototype, "register");
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie")!;
  Object.defineProperty(Document.prototype, "cookie", {
    get: cookie.get!,
    set(text: string) {
      writes.push(`cookie ${text}`);
      cookie.set!.call(this, text);
    },
  });
}

/** Signs who somebody is, as the shop's server would. */
async function tokenOf(customerId: string): Promise<string> {
  const { kid, secret } = await call<{ kid: string; secret: string }>(`${real.api}/v1/identity-keys`, {
    key: real.keys.adminKey,
    body: { alg: "HS256" },
  });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: customerId, aud: real.keys.siteId, iat, exp: iat + 600 };
  const signed = `${part({ alg: "HS256", typ: "JWT", kid })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

async function open(path = "/"): Promise<Page> {
  const page = await context.newPage();
  complaints = listenTo(page);
  await page.goto(real.shop + path, { waitUntil: "load" });
  return page;
}
const decides = (): Request[] => requests.filter(({ path }) => path === "/v1/decide");
const PICKS = "[data-concierge-slot=home-top] [data-concierge-pick]";
const visitorOf = async (page: Page): Promise<string> => {
  await vi.waitFor(async () => expect((await storageOf(page))["concierge.visitor"]).toBeTruthy(), 5000);
  return (await storageOf(page))["concierge.visitor"]!;
};

describe("before anybody decided", () => {
  test("nothing is written, no cookie travels, and what is asked for is for nobody in particular", async () => {
    pages.set("/find", {
      head: `<script type="application/ld+json">{"@type":"Product","productID":"p9","offers":{"price":"9.99","priceCurrency":"EUR"}}</script>`,
    });
    const page = await open("/plain");
    await page.goto(`${real.shop}/find?q=tea&gclid=g-click-9&email=ann%40shop.example#frag-7`);
    await page.locator(PICKS).first().waitFor();
    await page.click("#add");
    await ask(page, "track", { type: "product_viewed", item: "p1" });
    await ask(page, "cart", [{ item: "p3" }]);
    await ask(page, "identify", "a-token-of-the-shop");
    await ask(page, "assign", {
      seed: "s",
      shares: [
        ["control", 0.5],
        ["b", 0.5],
      ],
    });
    await page.locator(`${PICKS} summary`).first().click();
    await ask(page, "decide");
    await page.waitForTimeout(3000);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    const writes = await page.evaluate(() => (window as unknown as { writes: string[] }).writes);
    expect({ writes, kept: await storageOf(page) }).toEqual({ writes: [], kept: {} });
    expect(await page.evaluate(() => sessionStorage.length + window.name.length)).toBe(0);
    // And with leaving.
    await page.goto(`${real.shop}/plain`);
    expect(await storageOf(page)).toEqual({});
    expect(cookies).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    expect(decides().length).toBeGreaterThanOrEqual(2);
    expect(requests.filter((request) => !decides().includes(request))).toEqual([]);
    for (const { body } of decides()) {
      expect(body["events"]).toEqual([]);
      const allowed = ["cart", "events", "key", "locale", "page", "sentAt", "slots"];
      expect(Object.keys(body).filter((name) => !allowed.includes(name))).toEqual([]);
      const page = body["page"] as Record<string, unknown>;
      expect(page["url"]).toBe(`${real.shop}/find`);
      expect(
        Object.keys(page).filter((name) => !["item", "query", "type", "url", "category"].includes(name)),
      ).toEqual([]);
      expect(JSON.stringify(body)).not.toMatch(/g-click|ann|frag-7|a-token|Shop/);
    }
  });
});

describe("after a no", () => {
  test("what waited is gone for good: a yes that follows does not bring it back", async () => {
    const page = await open("/?q=before");
    await page.locator(PICKS).first().waitFor();
    await page.click("#add");
    await ask(page, "consent", NO);
    await page.click("#add");
    await page.waitForTimeout(2500);
    expect(eventsIn(requests)).toEqual([]);
    expect(Object.keys(await storageOf(page))).toEqual(["concierge.consent"]);
    expect(cookies).toEqual([]);
    await ask(page, "consent", YES);
    await ask(page, "track", { type: "product_viewed", item: "p2" });
    await visitorOf(page);
    await vi.waitFor(() => expect(eventsIn(requests, "product_viewed")).toHaveLength(1), 6000);
    expect(eventsIn(requests, "product_added")).toEqual([]);
    expect(eventsIn(requests, "products_searched")).toEqual([]);
  });
});

describe("a yes that is taken back", () => {
  test("erases everything within the call, and the Worker hears of it", async () => {
    const page = await open();
    await ask(page, "consent", YES);
    const id = await visitorOf(page);
    await page.click("#add");
    expect(Object.keys(await storageOf(page)).some((name) => name.startsWith("concierge.queue"))).toBe(true);
    const [left, memory] = await page.evaluate((no) => {
      window.concierge!(...(["consent", no] as never[]));
      return [{ ...localStorage }, sessionStorage.length] as const;
    }, NO);
    expect(Object.keys(left)).toEqual(["concierge.consent"]);
    expect(JSON.stringify(left)).not.toContain(id);
    expect(memory).toBe(0);
    await vi.waitFor(() => expect(eventsIn(requests, "consent_updated")).toHaveLength(1), 6000);
    const told = requests.find(({ body }) => JSON.stringify(body).includes("consent_updated"))!;
    expect(told.body["visitorId"]).toBe(id);
    expect(eventsIn([told]).map(({ type }) => type)).toEqual(["consent_updated"]);
    // Until the answer is there; a page left before would tell it once more.
    await page.waitForTimeout(1500);
    const before = requests.length;
    await ask(page, "decide");
    await page.click("#add");
    await page.reload();
    await page.locator(PICKS).first().waitFor();
    await page.waitForTimeout(2500);
    expect(requests.slice(before).filter(({ body }) => body["visitorId"] || body["newcomer"])).toEqual([]);
    expect(eventsIn(requests.slice(before))).toEqual([]);
    expect(Object.keys(await storageOf(page))).toEqual(["concierge.consent"]);
  });

  test("reset leaves nothing behind within the call", async () => {
    const page = await open();
    await ask(page, "consent", YES);
    await visitorOf(page);
    await page.click("#add");
    // What is looked for above would be seen if it were there.
    const writes = await page.evaluate(() => (window as unknown as { writes: string[] }).writes);
    expect(writes).toContain("setItem concierge.visitor");
    expect(cookies.length).toBeGreaterThan(0);
    const left = await page.evaluate(() => {
      window.concierge!(...(["reset"] as never[]));
      return { ...localStorage };
    });
    expect(left).toEqual({});
  });
});

test("who logs in before the browser has an id is the customer from the first answer on", async () => {
  const identity = await tokenOf("c-77");
  const page = await open("/?q=tea");
  await ask(page, "identify", identity);
  await ask(page, "consent", YES);
  const id = await visitorOf(page);
  await vi.waitFor(() => expect(decides().some(({ body }) => body["identity"])).toBe(true), 5000);
  expect(decides().at(-1)!.body).toMatchObject({ identity, visitorId: id });
  await page.locator(PICKS).first().waitFor();
  // The view and the search from before have become the customer's.
  const told = await fetch(`${real.api}/v1/me`, {
    method: "POST",
    headers: { origin: real.shop },
    body: JSON.stringify({ key: real.keys.writeKey, identity }),
  });
  const { known } = (await told.json()) as { known: { joined: object[]; events: number } };
  expect(known).toMatchObject({ joined: [{}], events: 2 });
});

describe("Global Privacy Control", () => {
  const ALL = { ...YES, marketing: true };

  test("in the browser: a no to personalization and marketing, in every request, whatever was clicked", async () => {
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }),
    );
    const page = await open();
    await ask(page, "consent", ALL);
    await page.click("#add");
    await page.locator(PICKS).first().waitFor();
    await page.waitForTimeout(2500);
    const said = requests.filter(({ body }) => body["consent"]).map(({ body }) => body["consent"]);
    expect(said.length).toBeGreaterThan(0);
    for (const consent of said) expect(consent).toMatchObject({ personalization: false, marketing: false });
  });

  const vectors = readShared("vectors/hostile/gpc-vectors.json");
  test.skipIf(!vectors)("at the Worker: the header is a no, and no body turns it off", async () => {
    const cases = (JSON.parse(vectors!) as { vectors: { headers: string[]; gpc: boolean }[] }).vectors;
    const ask = (path: string, headers: Record<string, string>, body: object): Promise<Response> =>
      fetch(real.api + path, {
        method: "POST",
        headers: { origin: real.shop, ...headers },
        body: JSON.stringify({ key: real.keys.writeKey, ...body }),
      });
    const found = [];
    for (const [at, { headers }] of cases.entries()) {
      const events = [{ id: `gpc-${at}`, type: "page_viewed" }];
      const header = headers[0] === undefined ? {} : { "sec-gpc": headers.join(", ") };
      const told = await ask("/v1/events", header, { consent: ALL, signals: { gpc: false }, events });
      const cookie = told.headers.getSetCookie()[0]!.split(";")[0]!;
      const { known } = (await (await ask("/v1/me", { cookie }, {})).json()) as {
        known: { consent: Record<string, { holds: boolean }> };
      };
      expect(known.consent["personalization"]!.holds).toBe(true);
      found.push({ headers, gpc: !known.consent["marketing"]!.holds });
    }
    expect(found).toEqual(cases.map(({ headers, gpc }) => ({ headers, gpc })));
  });
});
