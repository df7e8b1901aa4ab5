import { expect } from "vitest";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { DecideRequest } from "../../src/core/wire/decide.ts";
import type { DemoServer } from "./demo-server.ts";

type Fields = { readonly [field: string]: unknown };
/** A request of the snippet, as it left the browser. */
export type Request = {
  readonly path: string;
  readonly body: Omit<Partial<DecideRequest>, "events"> & { readonly events?: readonly Fields[] };
};

/** A person with a browser of their own. */
export type Shopper = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser sent to the API, in order. */
  readonly requests: Request[];
  /** What went wrong in any of their pages: exceptions, and errors on the console. */
  readonly faults: string[];
};

/** Opens a fresh browser profile on the demo shop. */
export async function arrive(
  browser: Browser,
  { url, keys }: DemoServer,
  options: BrowserContextOptions = {},
): Promise<Shopper> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: "reduce", ...options });
  // On a busy machine an answer takes longer than the demo's visitors would wait for it.
  await context.addInitScript(() =>
    addEventListener("DOMContentLoaded", () =>
      document.documentElement.style.setProperty("--concierge-wait", "30s"),
    ),
  );
  const { siteId, writeKey, adminKey } = keys;
  // The demo's start writes this file beside the pages; the built pages themselves stay untouched here.
  await context.route("**/demo/site.json", (route) =>
    route.fulfill({ json: { api: "", siteId, writeKey, adminKey } }),
  );
  const requests: Request[] = [];
  const faults: string[] = [];
  context.on("request", (request) => {
    const path = new URL(request.url()).pathname;
    if (/^\/v1\/(decide|events)$/.test(path))
      requests.push({ path, body: JSON.parse(request.postData() ?? "{}") as Request["body"] });
  });
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") faults.push(`${message.text()} at ${message.location().url}`);
  });
  return { page: await context.newPage(), context, requests, faults };
}

/** Opens a page of the shop and waits until every slot on it has its answer. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await answered(page);
}

/** Waits until every slot of the page has its answer. */
export async function answered(page: Page): Promise<void> {
  await page.locator("body[data-ready]").waitFor();
  await page.waitForFunction(
    () => !document.querySelector("[data-concierge-slot]:not([data-concierge-status])"),
  );
}

/** Says yes to the shop's question, and waits for the id that comes of it. */
export async function agree(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Yes, personalize" }).click();
  return visitorId(page);
}

/** The id this browser carries, as soon as it has one. */
export async function visitorId(page: Page): Promise<string> {
  const stored = () => page.evaluate(() => localStorage.getItem("concierge.visitor") ?? "");
  await expect.poll(stored).toMatch(/^v_/);
  return stored();
}

/** The slot of an id, as a person sees it. */
export const slot = (page: Page, id: string) => page.locator(`[data-concierge-slot="${id}"]`);

/** Item ids of the picks in a slot, in their order. */
export const picksIn = (page: Page, id: string): Promise<string[]> =>
  slot(page, id)
    .locator("[data-concierge-pick]:not([hidden]) a.card-link")
    .evaluateAll((links) =>
      links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get("id") ?? ""),
    );

/** From the cart to the page that says thank you. */
export async function buyWhatIsInTheCart(page: Page): Promise<void> {
  await open(page, "/demo/cart.html");
  await page.getByRole("link", { name: "Go to checkout" }).click();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  await answered(page);
}
