import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import type { RealShop } from "../support/real-shop.ts";
import { isAlive, openLoud, PICKS, place } from "./proof-havoc.ts";
import { openRealShop, YES } from "./proof-shop.ts";

let real: RealShop;
let browser: Browser;
beforeAll(async () => {
  [browser, real] = await Promise.all([launchBrowser(), openRealShop()]);
});
afterAll(async () => {
  await browser?.close();
  await real?.stop();
});

const deep = (levels: number): string => `${'{"@graph":['.repeat(levels)}${"]}".repeat(levels)}`;
const product = (fields: string): string => `{"@type":"Product",${fields}}`;
const JSON_LD: Readonly<Record<string, string>> = {
  empty: "",
  "white space": " \n\t ",
  null: "null",
  "a number": "7",
  "a text": '"Product"',
  "an empty list": "[]",
  "a list of nulls": "[null,[null,[]]]",
  "cut off": '{"@type":"Product","productID":"p',
  "a comma too many": product('"productID":"p1",'),
  "single quotes": "{'@type':'Product'}",
  comments: '/* x */ {"@type":"Product"} // y',
  "two documents": '{"@type":"Product"}{"@type":"Product"}',
  "a byte order mark": `\uFEFF${product('"productID":"p1"')}`,
  "line feeds in texts": product('"productID":"p\n1"'),
  "escaped markup": product('"name":"<\\/script>alert(1)","productID":"p1"'),
  "a type that is an object": '{"@type":{"toString":1,"valueOf":1},"productID":"p1"}',
  "a type that is a list of lists": '{"@type":[["Product"],null,7],"productID":"p1"}',
  "a type that is a number": '{"@type":7}',
  "an id that is an object": product('"productID":{"toString":1,"valueOf":1}'),
  "an id that is a list": product('"productID":[[[]]],"sku":[null],"gtin13":{"a":1}'),
  "an id of 100,000 letters": product(`"productID":"${"x".repeat(100_000)}"`),
  "an address that is an object": product('"url":{"toString":1},"productID":"p1"'),
  "an address that is none": product('"url":"http://[::1:x","productID":"p1"'),
  "an address that is a script": product('"url":"javascript:alert(1)"'),
  "an offer that is null": product('"offers":null'),
  "an offer that is a text": product('"offers":"12,99 EUR"'),
  "offers that are lists of nulls": product('"offers":[[null]]'),
  "a price that is an object": product('"offers":{"price":{"toString":1,"valueOf":1},"priceCurrency":"EUR"}'),
  "a currency that is an object": product('"offers":{"price":1,"priceCurrency":{"toString":1,"valueOf":1}}'),
  "a price without end": product('"productID":"p1","offers":{"price":1e999,"priceCurrency":"EUR"}'),
  "a negative price": product('"productID":"p1","offers":{"price":-5,"priceCurrency":"EUR"}'),
  "keys of prototypes": '{"__proto__":{"@type":"Product"},"constructor":{"prototype":{}},"@type":"Product"}',
  "a graph that is a text": '{"@graph":"Product"}',
  "a graph that is a number": '{"@graph":7,"mainEntity":{"@type":"Product","productID":"p1"}}',
  "1,000 products": `[${Array.from({ length: 1000 }, (_, at) => product(`"productID":"p${at}","url":"/p/${at}"`)).join()}]`,
  "graphs within graphs, 20,000 deep": deep(20_000),
};

describe("JSON-LD of a shop that did not test it", () => {
  test("a later page view: it costs the page its product, and nothing else", async () => {
    const { page, complaints, close } = await openLoud(
      browser,
      `${place(real.shop, "/ld", { name: "" })}?concierge=debug`,
    );
    await page.locator(PICKS).first().waitFor();
    const outcome: Record<string, unknown> = {};
    for (const [kind, text] of Object.entries(JSON_LD))
      outcome[kind] = await page.evaluate(async (text) => {
        const log = (window as unknown as { concierge: { log: { kind: string; data: unknown }[] } }).concierge
          .log;
        document.querySelector("[type='application/ld+json']")?.remove();
        const script = document.createElement("script");
        script.type = "application/ld+json";
        script.textContent = text;
        document.head.append(script);
        log.length = 0;
        window.concierge!(...(["page"] as never[]));
        const has = (kind: string): boolean => log.some((entry) => entry.kind === kind);
        for (const end = Date.now() + 1500; Date.now() < end && !has("answer decide");)
          await new Promise((done) => setTimeout(done, 5));
        const error = log.find((entry) => entry.kind === "error");
        return has("answer decide") ? "answered" : String(error?.data ?? "not asked");
      }, text);
    expect(outcome).toEqual(Object.fromEntries(Object.keys(JSON_LD).map((kind) => [kind, "answered"])));
    // A product that cannot be one is refused by the server, which the browser tells on its console.
    expect(complaints.filter((text) => !text.includes("status of 400"))).toEqual([]);
    await close();
  });

  test.each([
    "a type that is an object",
    "an id that is an object",
    "a price that is an object",
    "graphs within graphs, 20,000 deep",
  ])("on the first page, %s: the slots are filled and clicks are heard", async (kind) => {
    const yes = `window.concierge = function () { (concierge.q ||= []).push(arguments) }; concierge("consent", ${JSON.stringify(YES)})`;
    const head = `<script>${yes}</script><script type="application/ld+json">${JSON_LD[kind]}</script>`;
    const { page, complaints, close } = await openLoud(
      browser,
      place(real.shop, "/first", { name: "", head }),
    );
    await isAlive(page);
    await page.locator(PICKS).first().waitFor({ timeout: 4000 });
    await page.locator(`${PICKS} summary`).first().click();
    await page.locator(`${PICKS} [data-concierge-control=not_this]`).first().click();
    expect(await page.locator(PICKS).first().isHidden()).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });
});
