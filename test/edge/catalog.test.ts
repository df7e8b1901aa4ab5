import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, inject, test } from "vitest";
import { publicUrlDefect } from "../../src/core/primitives/public-url.ts";
import { objectId } from "../../src/edge/names.ts";
import { openShop, send, type Shop } from "./shop.ts";

const put = (shop: Shop, type: string, body: string, query = "") =>
  send(`/v1/catalog${query}`, {
    method: "PUT",
    key: shop.keys.serverKey,
    headers: { "content-type": type },
    body,
  });
const size = async (shop: Shop) =>
  ((await send("/v1/site", { key: shop.keys.adminKey })).body["catalog"] as { items: number }).items;

describe("catalog", () => {
  test("right rows are kept, wrong ones told by line; the same again changes nothing", async () => {
    const shop = await openShop([]);
    const rows =
      '{"id":"a","title":"A","price":"12.99 EUR"}\r\n\r\n{"id":"b"}\n{broken\n{"id":"c","title":"C","link":"javascript:alert(1)"}\n{"id":"d","title":"D"}';
    const first = await put(shop, "application/x-ndjson", rows);
    expect(first.body).toMatchObject({ accepted: 2, changed: 2, rejected: 3 });
    expect((first.body["defects"] as { line: number }[]).map((one) => one.line)).toEqual([3, 4, 5]);
    expect((await put(shop, "application/x-ndjson", rows)).body).toMatchObject({ accepted: 2, changed: 0 });
    expect((await put(shop, "application/json", '[{"id":"a","deleted":true}]')).body).toMatchObject({
      removed: 1,
    });
    expect(await size(shop)).toBe(1);
  });

  test("Merchant XML and TSV are read by content type or by their looks", async () => {
    const shop = await openShop([]);
    const xml = `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>
      <item><g:id>x1</g:id><g:title>Mug &amp; saucer</g:title><g:link>https://shop.example/x1</g:link><g:price>8.00 EUR</g:price><g:availability>in stock</g:availability></item>
    </channel></rss>`;
    expect((await put(shop, "application/xml", xml)).body).toMatchObject({
      format: "xml",
      accepted: 1,
      rejected: 0,
    });
    expect(
      (await put(shop, "application/octet-stream", "id\ttitle\tprice\nt1\tTray\t5 EUR\n")).body,
    ).toMatchObject({ format: "tsv", accepted: 1 });
    expect((await put(shop, "application/xml", '<!DOCTYPE a [<!ENTITY x "y">]><rss/>')).body).toMatchObject({
      accepted: 0,
      rejected: 1,
    });
  });

  test("409: replacing may not empty a shop by accident", async () => {
    const shop = await openShop([]);
    const rows = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `i${i}`, title: `I ${i}` }));
    await shop.putCatalog(rows(10));
    expect((await shop.putCatalog(rows(6), "?mode=replace")).body).toMatchObject({
      status: 409,
      code: "catalog_shrinks",
    });
    expect(await size(shop)).toBe(10);
    expect((await shop.putCatalog(rows(8), "?mode=replace")).body).toMatchObject({ removed: 2 });
    expect((await shop.putCatalog(rows(2), "?mode=replace&confirm=true")).body).toMatchObject({ removed: 6 });
    expect(await size(shop)).toBe(2);
  });

  test("an event's id, SKU, GTIN, group and URL find the item; what does not is listed with its page", async () => {
    const shop = await openShop();
    const refs = [
      "kettle",
      { sku: "SKU-K" },
      { gtin: "04006381333931" },
      { group: "cup" },
      { url: "https://shop.example/p/kettle?utm_source=x" },
    ];
    await shop.track(
      "v",
      refs.map((item) => shop.event("product_viewed", { item })),
    );
    await shop.track(
      "v",
      [1, 2].map(() =>
        shop.event("product_viewed", { item: "ghost", page: { url: "https://shop.example/ghost" } }),
      ),
    );
    await shop.settled();
    const { body } = await send("/v1/catalog/unmatched", { key: shop.keys.adminKey });
    expect(body).toEqual({
      total: 1,
      unmatched: [{ ref: "ghost", count: 2, pages: [{ url: "https://shop.example/ghost", count: 2 }] }],
    });
  });

  test("a reference that two items answer to is not guessed but listed as ambiguous", async () => {
    const shop = await openShop([
      { id: "a", title: "A", sku: "TWICE" },
      { id: "b", title: "B", sku: "TWICE" },
    ]);
    await shop.track("v", [shop.event("product_viewed", { item: { sku: "TWICE" } })]);
    await shop.settled();
    const { body } = await send("/v1/catalog/unmatched", { key: shop.keys.adminKey });
    expect(body).toMatchObject({ total: 1, unmatched: [{ ref: "TWICE", count: 1, ambiguous: ["a", "b"] }] });
  });

  test("a stock change is live at once where it was made", async () => {
    const shop = await openShop();
    const ask = async () =>
      (
        await shop.decide({ page: { type: "product", item: "kettle" }, slots: [{ id: "better" }] })
      ).slots[0]!.items.map((item) => item.id);
    expect(await ask()).toEqual(["kettle-plus"]);
    await shop.putCatalog([
      {
        id: "kettle-plus",
        title: "Kettle Plus",
        price: "40.00 EUR",
        product_type: "Kitchen > Kettles",
        availability: "out of stock",
      },
    ]);
    expect(await ask()).toEqual([]);
  });

  test("401 and 403: only a server or an owner writes it", async () => {
    const shop = await openShop([]);
    expect((await send("/v1/catalog", { method: "PUT", body: "[]" })).status).toBe(401);
    expect((await send("/v1/catalog", { method: "PUT", key: shop.keys.writeKey, body: "[]" })).status).toBe(
      403,
    );
  });
});

describe("feed", () => {
  test("is fetched when it is configured, and again by the alarm; wrong rows keep the rest", async () => {
    const shop = await openShop([{ id: "old", title: "Old" }]);
    await shop.putConfig({ feed: { url: "https://feeds.shop.example/items.tsv", everyMinutes: 15 } });
    await runDurableObjectAlarm(env.SITE.get(await objectId(env, "site", shop.keys.siteId, "")));
    const { body } = await send("/v1/site", { key: shop.keys.adminKey });
    expect(body["feed"]).toMatchObject({
      outcome: "1 items read, 1 changed, 0 retired, 1 rows wrong (so nothing was retired).",
    });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await size(shop)).toBe(2);
  });

  test("says what went wrong and leaves the catalog alone", async () => {
    const shop = await openShop([{ id: "old", title: "Old" }]);
    await shop.putConfig({ feed: { url: "https://nobody.shop.example/items.tsv" } });
    await runDurableObjectAlarm(env.SITE.get(await objectId(env, "site", shop.keys.siteId, "")));
    expect((await send("/v1/site", { key: shop.keys.adminKey })).body["feed"]).toMatchObject({
      outcome: "The feed answered 502.",
    });
    expect(await size(shop)).toBe(1);
  });

  test.skipIf(inject("ssrf") === null)("no address that leads inside is accepted", () => {
    const { urls } = inject("ssrf")!;
    expect(urls.length).toBeGreaterThan(50);
    for (const url of urls) expect(publicUrlDefect(url), url).toBeTypeOf("string");
    expect(publicUrlDefect("https://feeds.shop.example/items.xml?x=1")).toBeUndefined();
  });
});
