import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { call } from "../../src/cli/call.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { launchBrowser } from "./browser.ts";
import { startRealShop, type RealShop } from "./real-shop.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Pictures for whoever wants to look; never committed. */
const PICTURES = join(ROOT, "test-artifacts/console");
/** Widths that everything is looked at. */
export const WIDTHS = [390, 1280] as const;

export type PersonRole = "owner" | "marketer" | "analyst" | "associate";

/** The real Worker with a shop, and a browser at its console. */
export type ConsoleStage = RealShop & {
  readonly browser: Browser;
  /** What went wrong in any page since it was opened: errors in its log, faults, refused loads. */
  readonly problems: string[];
  /** A key of a role, made once. */
  keyOf(role: PersonRole): Promise<string>;
  /** A page of the console, signed in; `path` as in `#/overview`. */
  open(role: PersonRole, path: string, width?: number): Promise<Page>;
  /** Calls the API as the shop's owner. */
  ask<T>(path: string, body?: unknown, method?: string): Promise<T>;
};

/** Starts a shop (see `startRealShop`) and a browser. Needs `dist/`. */
export async function startConsole(config: object = {}, catalog?: readonly object[]): Promise<ConsoleStage> {
  const real = await startRealShop((_request, response) => response.end(""), config, catalog);
  const browser = await launchBrowser();
  const problems: string[] = [];
  const keys = new Map<PersonRole, Promise<string>>([["owner", Promise.resolve(real.keys.adminKey)]]);
  const contexts: BrowserContext[] = [];
  const keyOf = (role: PersonRole): Promise<string> => {
    const known =
      keys.get(role) ??
      call<{ readonly key: string }>(`${real.api}/v1/keys`, {
        key: real.keys.adminKey,
        body: { kind: "ak", role, label: `Test ${role}` },
      }).then(({ key }) => key);
    keys.set(role, known);
    return known;
  };
  return {
    ...real,
    browser,
    problems,
    keyOf,
    async open(role, path, width = 1280) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "en-GB" });
      contexts.push(context);
      const page = await context.newPage();
      page.on("pageerror", (error) => problems.push(`${path}: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error") problems.push(`${path}: ${message.text()}`);
      });
      // The page that a key is handed to: as `npm start` prints it.
      await page.goto(`${real.api}/console/#key=${await keyOf(role)}`);
      await page.locator("nav a").first().waitFor({ state: "attached" });
      await page.evaluate((to) => (location.hash = to), path);
      return page;
    },
    ask: <T>(path: string, body?: unknown, method?: string) =>
      call<T>(`${real.api}${path}`, {
        key: real.keys.adminKey,
        ...(body === undefined ? {} : { body }),
        ...(method === undefined ? {} : { method }),
      }),
    async stop() {
      await Promise.all(contexts.map((context) => context.close()));
      await browser.close();
      await real.stop();
    },
  };
}

/** What axe holds to be serious or worse on a page, in words. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // The policy of the page forbids code from elsewhere; the browser's own protocol is above it.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: AXE });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { resultTypes: ["violations"] }).then((found) => JSON.stringify(found.violations))`,
    awaitPromise: true,
  });
  await session.detach();
  const violations = JSON.parse(String(result.value)) as AxeResults["violations"];
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

/** Whether a page can be scrolled sideways as a whole, which no page may. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);

/** Takes a picture of a whole page for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const width = page.viewportSize()!.width;
  await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true });
}
