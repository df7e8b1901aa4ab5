import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BODIES, FILES } from "../../client/docs/examples.ts";
import { renderDocs } from "../../client/docs/pages.ts";
import type { Api } from "../../client/docs/api.ts";
import { readApi } from "../../src/cli/api-description.ts";
import { POLICY } from "../../src/cli/page-policy.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { launchBrowser } from "../support/browser.ts";
import { startRealShop, type RealShop } from "../support/real-shop.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["", "types.html", "errors.html"] as const;

let real: RealShop;
let browser: Browser;
beforeAll(async () => {
  [real, browser] = await Promise.all([startRealShop((_, response) => response.end()), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
});

/** A page of the reference, as the Worker serves it; everything a browser complains of is kept. */
async function open(
  path: string,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${real.api}/docs/${path}`);
  return { page, complaints };
}

describe("the reference, as it is written", () => {
  test("tells every operation, links every refusal and type to something that is there, and escapes what it tells", async () => {
    const api = (await readApi()) as unknown as Api;
    const wire = readFileSync(join(ROOT, "client/sdk/wire.ts"), "utf8");
    const errors = Object.fromEntries(
      readdirSync(join(ROOT, "docs/errors")).map((name) => [
        name.replace(".md", ""),
        readFileSync(join(ROOT, "docs/errors", name), "utf8"),
      ]),
    );
    const hostile = {
      ...api,
      endpoints: api.endpoints.map((one) => ({ ...one, summary: `<img src=x onerror="a()">${one.summary}` })),
    };
    const pages = renderDocs({ api: hostile, wire, errors });
    const idsOf = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    const ids = {
      "": idsOf(pages["index.html"]),
      "types.html": idsOf(pages["types.html"]),
      "errors.html": idsOf(pages["errors.html"]),
    };
    for (const list of Object.values(ids)) expect(new Set(list).size).toBe(list.length);
    const operations = Object.values(api.document.paths).flatMap((methods) => Object.values(methods));
    expect(operations.length).toBe(api.endpoints.length);
    for (const { operationId } of operations) expect(ids[""]).toContain(operationId);
    for (const [name, html] of Object.entries(pages)) {
      expect(html).not.toContain("<img");
      expect(html).not.toMatch(/ (?:style|on\w+)="/);
      for (const [, file, id] of html.matchAll(/href="(types\.html|errors\.html)?#([^"]+)"/g)) {
        const place = file ?? (name === "index.html" ? "" : name);
        expect(ids[place as keyof typeof ids], `${name} → ${file ?? ""}#${id}`).toContain(id);
      }
    }
    expect(Object.keys(errors).filter((code) => !ids["errors.html"].includes(code))).toEqual([]);
  });

  test("has an example for every body", async () => {
    const { endpoints } = await readApi();
    const taking = endpoints.filter(({ request, accepts }) => request !== undefined || accepts !== undefined);
    const without = taking
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => !(name in BODIES) && !(name in FILES));
    expect(without).toEqual(["POST /v1/hooks/shopify/:site", "POST /v1/hooks/woocommerce/:site"]);
  });

  test("the Worker takes the examples: none is refused for its shape", async () => {
    const { endpoints } = await readApi();
    const refused: string[] = [];
    for (const { method, path, callers } of endpoints) {
      const name = `${method} ${path}`;
      const file = FILES[name];
      if (!(name in BODIES) && !file) continue;
      const roles = typeof callers === "string" ? [] : callers;
      const isPage = roles.includes("page") && !roles.includes("server");
      const key = roles.includes("server") ? real.keys.serverKey : real.keys.adminKey;
      const ids: Readonly<Record<string, string>> = { kind: "orders" };
      const reply = await fetch(
        real.api + path.replaceAll(/:(\w+)/g, (_, id: string) => ids[id] ?? "an-id"),
        {
          method,
          headers: {
            ...(isPage ? { origin: real.shop } : { authorization: `Bearer ${key}` }),
            ...(file ? { "content-type": file.type } : {}),
            ...(name === "PUT /v1/config" ? { "if-match": '"2"' } : {}),
          },
          body:
            file?.text ??
            JSON.stringify(isPage ? { ...(BODIES[name] as object), key: real.keys.writeKey } : BODIES[name]),
        },
      );
      const told = (await reply.json()) as { code?: string; counts?: object; accepted?: number };
      const { code } = told;
      // Files are taken whatever they hold; what they hold is right too.
      if (name === "POST /v1/import/:kind") expect(told.counts).toMatchObject({ rows: 1, valid: 1 });
      if (name === "PUT /v1/catalog") expect(told.accepted).toBe(1);
      const isShape = /^(body|config|event|catalog|import_unreadable|query|format)/.test(code ?? "");
      // A ledger is only given back to the deployment it is from, so its example cannot be right anywhere.
      if (name === "POST /v1/erasures" && code === "body_invalid") continue;
      // Whoever may not call, or names what is not here, has a right body all the same.
      if (reply.status >= 500 || isShape) refused.push(`${name} ${reply.status} ${code}`);
    }
    expect(refused).toEqual([]);
  });
});

describe("the reference, as it is served", () => {
  test("stands under the policy of the house and breaks none of it", async () => {
    const reply = await fetch(`${real.api}/docs/`);
    expect([reply.status, reply.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    for (const [name, value] of Object.entries(POLICY)) expect(reply.headers.get(name), name).toBe(value);
    for (const path of PAGES) {
      const { page, complaints } = await open(path);
      await page.waitForFunction(() => !document.querySelector("search")!.hidden);
      expect(complaints, path).toEqual([]);
      await page.close();
    }
    for (const path of ["/openapi.json", "/sdk/concierge-sdk.mjs", "/sdk/concierge-sdk.d.mts"])
      expect((await fetch(real.api + path)).status, path).toBe(200);
  });

  test.each(["light", "dark"] as const)(
    "has nothing that axe holds against it, in %s",
    async (colorScheme) => {
      for (const path of PAGES) {
        // Only the checker needs to put its script into the page.
        const context = await browser.newContext({
          bypassCSP: true,
          colorScheme,
          viewport: { width: 1280, height: 900 },
        });
        const page = await context.newPage();
        await page.goto(`${real.api}/docs/${path}`);
        await page.evaluate(() =>
          document
            .querySelectorAll("#postDecide details, #postKeys details")
            .forEach((one) => one.setAttribute("open", "")),
        );
        await page.addScriptTag({ content: AXE });
        const found = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as {
            axe: {
              run(
                of: object,
              ): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>;
            };
          };
          return (await axe.run(document)).violations.map(
            ({ id, impact, nodes }) => `${impact} ${id} ${nodes[0]!.target.join(" ")}`,
          );
        });
        expect(found, path).toEqual([]);
        await context.close();
      }
    },
  );

  test("is as wide as the screen and no wider", async () => {
    for (const width of [390, 768, 1280, 1600])
      for (const path of PAGES) {
        const { page } = await open(path, { viewport: { width, height: 800 } });
        await page.evaluate(() =>
          document
            .querySelectorAll("#putConfig details, #postEvents details")
            .forEach((one) => one.setAttribute("open", "")),
        );
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          `${path} ${width}`,
        ).toBeLessThanOrEqual(0);
        await page.close();
      }
  });

  test("is searched and read by keyboard alone", async () => {
    const { page, complaints } = await open("", { viewport: { width: 1280, height: 900 } });
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.textContent)).toBe("To the content");
    await page.keyboard.press("/");
    await page.keyboard.type("erase customer");
    await expect.poll(() => page.locator("article:visible").count()).toBeLessThan(8);
    expect(await page.locator("article:visible h3").allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/DELETE\s*\/v1\/customers\/:id/)]),
    );
    expect(await page.locator("#found").innerText()).toBe(
      `${await page.locator("article:visible").count()} found`,
    );
    await page.keyboard.type(" zzz");
    await expect.poll(() => page.locator("#found").innerText()).toBe("Nothing has these words.");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("article:visible").count()).toBeGreaterThan(80);
    await page.locator('[data-for="postKeys"] a').focus();
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.evaluate(() => document.querySelector(":target")!.getBoundingClientRect().top))
      .toBeLessThan(120);
    await expect
      .poll(() => page.locator('[data-for="postKeys"] a').getAttribute("aria-current"))
      .toBe("true");
    const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await colour();
    await page.locator("[data-theme-button]").focus();
    await page.keyboard.press("Enter");
    expect(await colour()).not.toBe(before);
    await page.reload();
    expect(await colour()).not.toBe(before);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("is there without a script", async () => {
    const { page } = await open("#postDecide", {
      javaScriptEnabled: false,
      viewport: { width: 390, height: 800 },
    });
    expect(await page.locator("#postDecide").innerText()).toContain("Says what to show");
    expect(await page.locator("search").isVisible()).toBe(false);
    await page.close();
  });
});

test("the pages of refusals are all there", () => {
  expect(existsSync(join(ROOT, "dist/assets/docs/errors.html"))).toBe(true);
});
