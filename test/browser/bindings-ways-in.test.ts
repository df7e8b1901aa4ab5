import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { compileScript, parse } from "vue/compiler-sfc";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { STUB } from "../../client/bindings/stub.ts";
import { launchBrowser } from "../support/browser.ts";
import { bundle, FRAMEWORKS, ShopServer, tagOf, type ShopPage } from "./bindings-pages.ts";
import { ask, buildSnippet, pick, Stage } from "./snippet-stage.ts";

const GUIDE = readFileSync("docs/guide/bindings.md", "utf8");
const stage = new Stage();
const shop = new ShopServer();
let browser: Browser;
let context: BrowserContext;
let complaints: string[] = [];
let element = "";
let module = "";

const minified = { minify: true, format: "iife", define: {} } as const;
beforeAll(async () => {
  [browser] = await Promise.all([launchBrowser(), stage.open(), shop.start()]);
  element = await bundle('import "./client/bindings/element.ts"', minified);
  module = await bundle('export * from "./client/snippet/module.ts"', { ...minified, format: "esm" });
});
afterAll(async () => {
  await browser?.close();
  stage.close();
  shop.close();
});
beforeEach(async () => {
  complaints = [];
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
const asked = (): string[][] => stage.to("/v1/decide").map(({ body }) => body.slots!.map(({ id }) => id));
const PERSONAL = { slot: "personalized", token: "t1", items: [pick("p1"), pick("p2")] } as const;
async function visit(page: Omit<ShopPage, "path">): Promise<Page> {
  const opened = await shop.open(stage, context, { path: "/", ...page });
  ({ complaints } = opened);
  return opened.page;
}
const filled = (page: Page, id = "home-top") =>
  page.locator(`[data-concierge-slot=${id}] [data-concierge-pick]`).first().waitFor();
const count = async (type: string, times: number): Promise<void> => {
  await vi.waitFor(() => expect(ofType(type)).toHaveLength(times), { timeout: 9000 });
};
/** Puts the shop's tag into a page that has been there for a while. */
const addTag = (page: Page): Promise<void> =>
  page.evaluate((text) => {
    const tag = new DOMParser().parseFromString(text, "text/html").querySelector("script")!;
    const script = document.createElement("script");
    for (const { name, value } of tag.attributes) script.setAttribute(name, value);
    document.head.append(script);
  }, tagOf(stage));

describe("custom element", () => {
  const scripts: Record<string, string> = {};
  beforeAll(() => {
    scripts["/element.js"] = scripts["/element-again.js"] = element;
  });
  const SLOT =
    '<concierge-slot name="home-top" max="3" seeds="p8,p9" style="display: block; min-height: 150px"></concierge-slot>';
  const ELEMENT = '<script src="/element.js"></script>';

  test("before the snippet, on a page without the stub: asked for, filled, seen, clicked", async () => {
    stage.reset({ ...PERSONAL, items: [pick("p1", { url: "#p1" })] });
    const page = await visit({ body: ELEMENT + SLOT, scripts, without: ["stub", "tag"] });
    expect(stage.sent).toEqual([]);
    await addTag(page);
    await filled(page);
    expect(stage.to("/v1/decide")[0]!.body.slots).toEqual([{ id: "home-top", max: 3, seeds: ["p8", "p9"] }]);
    await count("slot_seen", 1);
    await page.click("[data-concierge-pick] a");
    await count("slot_clicked", 1);
    expect(ofType("slot_clicked")[0]).toMatchObject({ token: "t1", item: "p1" });
  });

  test("after the snippet, and its definition twice", async () => {
    stage.reset(PERSONAL);
    const page = await visit({ body: SLOT, scripts });
    await count("page_viewed", 1);
    expect(asked()).toEqual([]);
    await page.addScriptTag({ url: "/element.js" });
    await page.addScriptTag({ url: "/element-again.js" });
    await filled(page);
    expect(asked()).toEqual([["home-top"]]);
  });

  test("moved about it keeps its answer and its token, and is not asked for again", async () => {
    stage.reset(PERSONAL);
    const page = await visit({ body: `${ELEMENT}${SLOT}<main style="min-height: 150px"></main>`, scripts });
    await filled(page);
    await page.evaluate(() =>
      document.querySelector("main")!.append(document.querySelector("concierge-slot")!),
    );
    expect(await page.locator("main [data-concierge-pick]").count()).toBe(2);
    await page
      .locator("main [data-concierge-control=not_this]")
      .first()
      .evaluate((button) => (button as HTMLElement).click());
    await count("feedback_given", 1);
    await count("slot_seen", 1);
    expect(asked()).toEqual([["home-top"]]);
    expect(await page.locator("main [data-concierge-pick]").first().isHidden()).toBe(true);
  });

  test("made by a script, and given another name later", async () => {
    stage.reset(PERSONAL);
    const page = await visit({ body: ELEMENT, scripts });
    await page.evaluate(() => {
      const slot = document.createElement("concierge-slot");
      slot.setAttribute("name", "home-top");
      document.body.append(slot);
    });
    await filled(page);
    stage.manner.items = [pick("p7")];
    await page.evaluate(() => document.querySelector("concierge-slot")!.setAttribute("name", "home-next"));
    await page.locator("[data-concierge-slot=home-next] [data-concierge-pick=p7]").waitFor();
    expect(asked().at(-1)).toEqual(["home-next"]);
    expect(await page.locator("[data-concierge-pick]").count()).toBe(1);
  });

  test("filled by the edge: not asked for, and counted under the edge's token", async () => {
    stage.reset(PERSONAL);
    const page = await visit({
      body: `${ELEMENT}<concierge-slot name="home-top" data-concierge-slot="home-top"
        data-concierge-status="personalized" data-concierge-token="t-edge" style="display: block; min-height: 150px">
        <ul><li data-concierge-pick="p5"><a href="#p5">Five</a></li></ul></concierge-slot>`,
      scripts,
    });
    await count("slot_seen", 1);
    await page.click("[data-concierge-pick] a");
    await count("slot_clicked", 1);
    expect(ofType("slot_seen")[0]).toMatchObject({ token: "t-edge", items: ["p5"] });
    expect(ofType("slot_clicked")[0]).toMatchObject({ token: "t-edge", item: "p5" });
    expect(asked()).toEqual([]);
  });
});

describe("other ways in", () => {
  const SLOT = '<section data-concierge-slot="home-top" style="min-height: 150px"></section>';

  test("the module: started twice, and beside the script tag, it is there once", async () => {
    stage.reset(PERSONAL);
    const settings = JSON.stringify({ key: "pk_test", api: stage.api });
    const page = await visit({
      body: `${SLOT}<script type="module">
        import { start } from "/concierge.mjs";
        start(${settings})("track", { type: "product_wished", item: "p4" });
        start(${settings})("track", { type: "product_wished", item: "p5" });</script>`,
      scripts: { "/concierge.mjs": module },
      without: ["stub", "tag"],
    });
    await filled(page);
    await addTag(page);
    await ask(page, "track", { type: "product_wished", item: "p6" });
    await count("product_wished", 3);
    await count("slot_seen", 1);
    expect(ofType("product_wished").map(({ item }) => item)).toEqual(["p4", "p5", "p6"]);
    expect(ofType("page_viewed")).toHaveLength(1);
    expect(asked()).toEqual([["home-top"]]);
    expect(stage.sent.every(({ body }) => body.key === "pk_test")).toBe(true);
  });

  test("a pinned copy with its hash", async () => {
    stage.reset(PERSONAL);
    const script = Buffer.from(await buildSnippet());
    const hash = createHash("sha384").update(script).digest("base64");
    const page = await visit({
      body: `${SLOT}<script async src="/pinned.js" integrity="sha384-${hash}" data-key="pk_test" data-api="${stage.api}"></script>`,
      scripts: { "/pinned.js": script.toString() },
      without: ["tag"],
    });
    await filled(page);
    expect(asked()).toEqual([["home-top"]]);
  });

  test("Google Tag Manager: the guide's own recipe, run twice", async () => {
    const recipe = /## Google Tag Manager.*?```html\n<script>(.*?)<\/script>/s.exec(GUIDE)![1]!;
    const code = recipe
      .replace("https://edge.example", stage.shop)
      .replace('"pk_…");', `"pk_test"); script.setAttribute("data-api", "${stage.api}");`);
    expect(code).toContain(stage.api);
    stage.reset(PERSONAL);
    const page = await visit({ body: SLOT, without: ["stub", "tag"] });
    await page.addScriptTag({ content: code });
    await ask(page, "track", { type: "product_wished", item: "p4" });
    await filled(page);
    await page.addScriptTag({ content: code });
    await count("product_wished", 1);
    await count("slot_seen", 1);
    expect(ofType("page_viewed")).toHaveLength(1);
    expect(asked()).toEqual([["home-top"]]);
  });

  /** Code of the guide by its language, with the repository where it is, and the shop's own content. */
  const codeOf = (language: string): string =>
    new RegExp("```" + language + "\\n(.*?)```", "s")
      .exec(GUIDE)![1]!
      .replaceAll('"concierge/client/', '"./client/')
      .replaceAll("<OurOwnPicks", "<s");
  const components = {
    react: () => `${codeOf("jsx").replace("export ", "")}
      import { createElement } from "react";
      import { createRoot } from "react-dom/client";
      createRoot(document.getElementById("app")).render(createElement(GoesWith));`,
    vue: () => {
      const { descriptor } = parse(codeOf("vue"));
      const { content } = compileScript(descriptor, { id: "guide", inlineTemplate: true });
      return `${content.replace("export default", "const GoesWith =")}
        import { createApp } from "vue";
        createApp(GoesWith).mount("#app");`;
    },
  };

  test.each(["react", "vue"] as const)("the guide's own component for %s", async (name) => {
    stage.reset({ ...PERSONAL, items: [pick("p1", { url: "#p1" }), pick("p2")] });
    const code = components[name]();
    expect(code).toContain("./client/bindings/");
    const page = await visit({
      body: '<div id="app"></div><script type="module" src="/app.js"></script>',
      scripts: { "/app.js": await bundle(code, { loader: "jsx" }) },
    });
    await filled(page, "product-goes-with");
    expect(await page.locator("section h2").textContent()).toBe("Picked");
    expect(stage.to("/v1/decide").at(-1)!.body.slots).toEqual([{ id: "product-goes-with", max: 3 }]);
    await page.click("[data-concierge-pick=p1] a");
    await count("slot_clicked", 1);
    await page.click("[data-concierge-pick=p2] button");
    await count("feedback_given", 1);
    expect(await page.locator("[data-concierge-pick=p2]").isHidden()).toBe(true);
  });

  test.each(FRAMEWORKS)(
    "$name before the script, on a page without the stub",
    async ({ name, render, script }) => {
      stage.reset(PERSONAL);
      const opened = await shop.open(stage, context, {
        path: `/${name}.html`,
        body: `<div id="app">${await render()}</div><script type="module">import "/app.js"; hydrate()</script>`,
        scripts: { "/app.js": await bundle(script) },
        without: ["stub", "tag"],
      });
      ({ complaints } = opened);
      await opened.page.locator("#app .off").first().waitFor();
      await opened.page.evaluate(() =>
        document.querySelectorAll("section").forEach((slot) => {
          slot.style.marginTop = "2000px";
        }),
      );
      await addTag(opened.page);
      await filled(opened.page);
      expect(asked()).toEqual([["home-top", "related"]]);
    },
  );
});

describe("sizes and words", () => {
  const brotli = (data: Uint8Array | string): number =>
    brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

  test("the stub keeps calls in order, is at most 350 bytes, and is what the guides say", () => {
    const page = createContext({});
    runInContext(`var window = globalThis; ${STUB}; concierge("page"); ${STUB}; concierge("track", 1)`, page);
    expect(runInContext("JSON.stringify(concierge.q.map((call) => [...call]))", page)).toBe(
      '[["page"],["track",1]]',
    );
    expect(brotli(STUB)).toBeLessThanOrEqual(350);
    expect(GUIDE).toContain(STUB);
    expect(readFileSync("docs/guide/shop-developer.md", "utf8")).toContain(STUB);
    expect(GUIDE).toContain(`| ${brotli(STUB)} bytes for the inline stub |`);
  });

  test.each([
    ["react", "React, Next"],
    ["vue", "Vue, Nuxt"],
    ["element", "custom element"],
  ])("%s is at most 600 bytes, and the guide says how many", async (name, label) => {
    const { outputFiles } = await build({
      entryPoints: [`client/bindings/${name}.ts`],
      bundle: true,
      minify: true,
      format: name === "element" ? "iife" : "esm",
      target: "es2020",
      external: ["react", "vue"],
      write: false,
    });
    const { contents, text } = outputFiles[0]!;
    expect(text).toContain("data-concierge-slot");
    // Next draws what does not say so on the server alone.
    expect(text.startsWith('"use client"')).toBe(name === "react");
    expect(brotli(contents)).toBeLessThanOrEqual(600);
    expect(new RegExp(`\\[${label}\\].*\\| (\\d+) bytes`).exec(GUIDE)?.[1]).toBe(String(brotli(contents)));
  });
});
