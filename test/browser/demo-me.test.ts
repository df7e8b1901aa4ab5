import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "../../src/cli/call.ts";
import { keepToken, openAccount, type IdentityKey } from "../../src/cli/demo-identity.ts";
import { DIST } from "../../src/cli/paths.ts";
import { launchBrowser } from "../support/browser.ts";
import { startRealShop, type RealShop } from "../support/real-shop.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ARTIFACTS = "test-artifacts/me";
const CUSTOMER = "robin-example";
/** What a hostile fact looks like that came in with a file. */
const HOSTILE = `</b><img src=x onerror="document.title='owned'">`;

let real: RealShop;
let browser: Browser;
let key: IdentityKey;
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "concierge-me-"));
  [browser, real] = await Promise.all([
    launchBrowser(),
    startRealShop((request, response, { api, keys }) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://shop.test");
      if (pathname === "/shop.css") {
        response.setHeader("content-type", "text/css");
        return response.end(
          searchParams.has("dark")
            ? "body{margin:24px;background:#16181d;color:#eceff4;font:16px/1.5 Georgia,serif}concierge-me{--concierge-accent:#7fb2ff;--concierge-on-accent:#101418}"
            : "body{margin:24px;background:#fff;color:#222;font:16px/1.5 Verdana,sans-serif}",
        );
      }
      if (pathname === "/shop.js") {
        response.setHeader("content-type", "text/javascript");
        return response.end(`
          window.said = []; window.news = [];
          window.concierge = (...call) => window.said.push(call);
          const me = document.querySelector("concierge-me");
          me.describeItem = (id) => ({ title: "Item " + id, url: "/p/" + id });
          me.addEventListener("concierge-me", (event) => window.news.push(event.detail));`);
      }
      const identity = searchParams.get("identity");
      response.setHeader("content-type", "text/html; charset=utf-8");
      // As strict as a shop may be: nothing inline, nothing from elsewhere but the element and its API.
      response.setHeader(
        "content-security-policy",
        `default-src 'none'; script-src 'self' ${api}; connect-src ${api}; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'`,
      );
      return response.end(`<!doctype html><html lang="en"><title>Your account</title>
        <link rel="icon" href="data:," /><link rel="stylesheet" href="/shop.css?${searchParams.has("dark") ? "dark" : ""}">
        <body><main><h1>Your account</h1>
        <concierge-me key="${keys.writeKey}" ${identity ? `identity="${identity}"` : ""}>
          <section slot="beside"><h2>Newsletter</h2><p>The shop's own part.</p></section></concierge-me></main>
        <script src="/shop.js"></script><script src="${api}/concierge-me.js"></script></body></html>`);
    }),
  ]);
  key = await openAccount(real.api, real.keys);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
  rmSync(dir, { recursive: true, force: true });
});

type Visit = { readonly page: Page; readonly asked: string[]; readonly faults: string[] };

async function visit(search: string, width = 1280): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width, height: 844 }, acceptDownloads: true });
  const asked: string[] = [];
  const faults: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin === real.api && url.pathname.startsWith("/v1/"))
      asked.push(`${request.method()} ${url.pathname}`);
  });
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${real.shop}/account?${search}`);
  return { page, asked, faults };
}

function token(): string {
  keepToken(join(dir, "token.json"), real.keys.siteId, key);
  const { identity } = JSON.parse(readFileSync(join(dir, "token.json"), "utf8")) as { identity: string };
  return `identity=${identity}`;
}

async function serious(page: Page): Promise<string[]> {
  // The page's policy forbids code of ours; the browser's own protocol is above it.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: AXE });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run().then(({ violations }) => JSON.stringify(violations.filter(({ impact }) => /serious|critical/.test(impact)).map(({ id, nodes }) => id + ": " + nodes[0].html)))`,
    awaitPromise: true,
  });
  await session.detach();
  return JSON.parse(String(result.value)) as string[];
}

const heard = (page: Page) =>
  page.evaluate(() => {
    const { said, news } = window as unknown as { said: unknown[]; news: { kind: string }[] };
    return { said, kinds: news.map(({ kind }) => kind) };
  });

test("it weighs less than 10 KB, compressed", () => {
  const built = JSON.parse(readFileSync(join(DIST, "assets/concierge-scripts.json"), "utf8")) as {
    name: string;
    brotliBytes: number;
  }[];
  expect(built.find(({ name }) => name === "concierge-me.js")!.brotliBytes).toBeLessThan(10_240);
});

test("a browser that nobody knows is not asked about", async () => {
  const { page, asked, faults } = await visit("");
  await page.getByText("As far as this browser shows, we know nothing about you.").waitFor();
  await page.getByText("The shop's own part.").waitFor();
  expect(asked).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

describe.each([
  ["a light shop", "", 1280],
  ["a dark shop on a phone", "&dark", 390],
] as const)("in the account page of %s", (_shop, look, width) => {
  test("one tag shows what is known under a strict policy, and looks at home there", async () => {
    const { page, asked, faults } = await visit(token() + look, width);
    await page.getByText("Favourite drink").waitFor();
    const text = await page.locator("concierge-me #known").innerText();
    for (const part of ["Coffee", "From the shop's own system", "Order FF-ROBIN-1", "Item kettle-brook-sage"])
      expect(text).toContain(part);
    mkdirSync(ARTIFACTS, { recursive: true });
    await page.screenshot({ path: join(ARTIFACTS, `account-${width}.png`), fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    expect(await serious(page)).toEqual([]);
    expect(new Set(asked)).toEqual(new Set(["POST /v1/me"]));
    expect(faults).toEqual([]);
    await page.close();
  });
});

test("what others wrote about somebody shows as text", async () => {
  await call(`${real.api}/v1/events`, {
    key: real.keys.serverKey,
    body: {
      customerId: CUSTOMER,
      events: [
        { id: "hostile-fact", type: "traits_updated", traits: { nickname: HOSTILE } },
        { id: "hostile-view", type: "product_viewed", item: "p1" },
      ],
    },
  });
  const { page, faults } = await visit(token());
  await expect.poll(() => page.locator("concierge-me #known").innerText()).toContain(HOSTILE);
  expect(await page.title()).toBe("Your account");
  expect(await page.locator('concierge-me img[src="x"]').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.close();
});

test("corrects, switches, pauses, takes a copy, erases; tells page and snippet; and asks four addresses only", async () => {
  const { page, asked, faults } = await visit(token());
  const row = page.locator('[data-row="fact:favouriteDrink"]');
  await row.getByRole("button", { name: "Correct" }).click();
  await page.getByLabel("Favourite drink").fill("Tea");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => row.innerText()).toContain("From you, on this page");

  const offers = page.getByRole("switch", { name: "Offers" });
  await offers.check();
  await expect
    .poll(() => page.locator('[data-row="purpose:marketing"]').innerText())
    .toContain("by you, on this page");
  expect((await heard(page)).said).toEqual([["consent", { marketing: true }]]);

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("Paused: we add nothing").waitFor();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(readFileSync(await file.path(), "utf8")).toContain("concierge-export/1");

  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.keyboard.press("Escape");
  expect(asked).not.toContain("POST /v1/me/erase");
  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.getByRole("button", { name: "Yes, erase it" }).click();
  await page.getByRole("heading", { name: "You are erased" }).waitFor();
  const { said, kinds } = await heard(page);
  expect(said.at(-1)).toEqual(["reset", undefined]);
  expect(kinds).toContain("erased");
  expect([...new Set(asked)].sort()).toEqual([
    "POST /v1/me",
    "POST /v1/me/change",
    "POST /v1/me/erase",
    "POST /v1/me/export",
  ]);
  expect(faults).toEqual([]);
  await page.close();
});
