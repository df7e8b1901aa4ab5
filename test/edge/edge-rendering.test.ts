import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import worker from "../../src/worker.ts";
import type { Env } from "../../src/env.ts";
import { CATALOG, CONSENT, openShop, ORIGIN, send, type Shop } from "./shop.ts";

const HOSTILE = `"><script>alert(1)</script>' & <img src=x onerror=alert(1)>`;
const CONFIG = {
  holdout: { share: 0 },
  slots: {
    alike: { strategies: ["same_type"], title: `Alike ${HOSTILE}` },
    "goes-with": { strategies: ["same_type"] },
  },
};
const HOST = "www.shop.example";
const hostile = {
  id: "evil-kettle",
  title: `Kettle ${HOSTILE}`,
  url: "/p/evil",
  image: "/pictures/evil.jpg",
  brand: HOSTILE,
  price: { minor: 2900, currency: "EUR" },
  type: "Kitchen > Kettles",
};
let shop: Shop;

beforeAll(async () => {
  shop = await openShop([...CATALOG, hostile]);
  expect((await shop.putConfig(CONFIG)).status).toBe(200);
});

/** What a browser gets from the shop's own address. */
async function page(path: string, init: RequestInit = {}, over: Partial<Env> = {}): Promise<Response> {
  const PROXY = JSON.stringify({
    [HOST]: { origin: "https://origin.shop.example", key: shop.keys.writeKey },
  });
  const ctx = createExecutionContext();
  const reply = await worker.fetch(
    new Request(`https://${HOST}${path}`, init),
    { ...(env as unknown as Env), PROXY, ...over },
    ctx,
  );
  const text = await reply.text();
  await waitOnExecutionContext(ctx);
  return new Response(text === "" ? null : text, reply);
}

const fragment = (query: string, cookie?: string) =>
  send(`/v1/slots/alike.html?key=${shop.keys.writeKey}&${query}`, {
    origin: ORIGIN,
    ...(cookie ? { headers: { cookie } } : {}),
  });

/** A visitor who said yes, and the cookie that shows it. */
async function someone(): Promise<string> {
  const reply = await send("/v1/events", {
    origin: ORIGIN,
    body: {
      key: shop.keys.writeKey,
      consent: CONSENT,
      events: [shop.event("product_viewed", { item: "kettle" })],
    },
  });
  expect(reply.status).toBe(200);
  return reply.headers.get("set-cookie")!.split(";")[0]!;
}

describe("a slot as a fragment", () => {
  test("is markup that the snippet recognises, every text of the catalog is text, no address is a script", async () => {
    const { status, headers, body } = await fragment("type=product&item=kettle");
    expect(status).toBe(200);
    const html = String(body["text"]);
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect(html).toMatch(
      /^<div data-concierge-slot="alike" data-concierge-status="contextual"><ul data-concierge-list=""/,
    );
    expect(html).toContain('<li data-concierge-pick="evil-kettle">');
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toMatch(/<script|<img src=x|javascript:|onerror=alert\(1\)>/);
    expect(html.replaceAll(/&(amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
  });

  test("is nothing where there is nothing to show, and says what is wrong with a question", async () => {
    expect((await fragment("type=product&item=nobody-knows")).status).toBe(204);
    for (const [query, pointer] of [
      ["visitorId=v_x", "/visitorId"],
      ["consent=true", "/consent"],
      ["max=many", "/slots/0/max"],
      ["type=unheard", "/page/type"],
      ["market=%3Cb%3E", "/market"],
    ]) {
      const { status, body } = await fragment(query!);
      expect([query, status, body["code"], body["pointer"]]).toEqual([query, 400, "query_invalid", pointer]);
    }
    expect((await send(`/v1/slots/alike?key=${shop.keys.writeKey}`)).status).toBe(400);
    expect((await send("/v1/slots/alike.html")).body["code"]).toBe("key_missing");
    expect(
      (await send(`/v1/slots/alike.html?key=${shop.keys.writeKey}`, { origin: "https://else.example" }))
        .status,
    ).toBe(403);
  });

  test("is personal for whom a cookie shows and whose record permits it, and for nobody else", async () => {
    const cookie = await someone();
    expect(String((await fragment("type=product&item=kettle", cookie)).body["text"])).toMatch(
      /data-concierge-status="personalized" data-concierge-token="[^"]{40,}"/,
    );
    expect(String((await fragment("type=product&item=kettle", `${cookie}x`)).body["text"])).toContain(
      'status="contextual"',
    );
    await send("/v1/events", {
      origin: ORIGIN,
      headers: { cookie },
      body: { key: shop.keys.writeKey, consent: { personalization: false, analytics: false }, events: [] },
    });
  });
});

describe("in front of a shop", () => {
  test("slots are filled in the page as it passes, the rest is as it was", async () => {
    const reply = await page("/product");
    const html = await reply.text();
    expect(reply.status).toBe(200);
    expect(html).toMatch(
      /<div data-concierge-slot="alike" id="alike" data-concierge-status="contextual"><ul/,
    );
    expect(html).toContain('<li data-concierge-pick="evil-kettle">');
    expect(html).not.toContain("The shop's own.");
    expect(html).toContain("<h1>Kettle</h1>");
    expect(html).toContain("<p>Between</p>");
    expect(html).not.toContain("<script>alert");
    // Nobody in particular: others may be given it.
    expect(reply.headers.get("cache-control")).toBe("public, max-age=60");
    expect(reply.headers.get("etag")).toBeNull();
    expect(reply.headers.get("set-cookie")).toBeNull();
  });

  test("pages that picks lead to may be fetched ahead, by rules that no content policy forbids", async () => {
    expect((await page("/product")).headers.get("speculation-rules")).toBe('"/concierge-speculation.json"');
    const reply = await page("/concierge-speculation.json");
    expect(reply.headers.get("content-type")).toBe("application/speculationrules+json");
    expect(await reply.json()).toEqual({
      prefetch: [{ where: { selector_matches: "[data-concierge-pick] a" }, eagerness: "moderate" }],
    });
    for (const path of ["/data", "/missing"])
      expect((await page(path)).headers.has("speculation-rules"), path).toBe(false);
  });

  test("a setting that cannot be read is told where readiness is asked, and not what it says", async () => {
    const PROXY = '{"www.shop.example": {"origin": "http://10.0.0.7", "key": "pk_1"}}';
    const reply = await page("/ready", {}, { PROXY });
    const text = await reply.text();
    expect([reply.status, JSON.parse(text)["code"]]).toEqual([503, "not_configured"]);
    expect(text).not.toContain("10.0.0.7");
  });

  test("slots that a page of this kind was seen with are decided together: no product twice", async () => {
    await page("/product");
    const html = await (await page("/product")).text();
    const picks = [...html.matchAll(/data-concierge-pick="([^"]+)"/g)].map(([, id]) => id);
    expect(picks.length).toBeGreaterThan(1);
    expect(new Set(picks).size).toBe(picks.length);
  });

  test("what may be about somebody is in no shared cache, and the next one does not get it", async () => {
    const cookie = await someone();
    const mine = await page("/product", { headers: { cookie: `basket=1; ${cookie}` } });
    expect(mine.headers.get("cache-control")).toBe("private, no-store");
    expect(await mine.text()).toContain("data-concierge-token=");
    const next = await page("/product");
    expect(await next.text()).not.toContain("data-concierge-token=");
  });

  test("everything else passes untouched, without our cookies", async () => {
    expect(await (await page("/missing")).text()).toContain("The shop's own.");
    expect((await page("/missing")).status).toBe(404);
    const data = await page("/data");
    expect([
      await data.text().then((text) => text.includes("The shop's own.")),
      data.headers.get("etag"),
    ]).toEqual([true, '"1"']);
    const moved = await page("/moved", { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([302, `https://${HOST}/there?x=1`]);
    const echo = (await (
      await page("/echo?a=1", {
        method: "POST",
        body: "a=b",
        headers: {
          cookie: "basket=1; __Host-cg_v=secret; cg_d=secret",
          "x-forwarded-for": "6.6.6.6",
          "x-own": "1",
        },
      })
    ).json()) as { method: string; body: string; headers: Record<string, string> };
    expect(echo).toMatchObject({ method: "POST", body: "a=b" });
    expect(echo.headers).toMatchObject({
      cookie: "basket=1",
      "x-forwarded-host": HOST,
      "x-forwarded-proto": "https",
      "x-own": "1",
    });
    expect(JSON.stringify(echo.headers)).not.toMatch(/secret|6\.6\.6\.6/);
  });

  test("a shop that is down is told; one whose key is wrong is shown as it is; another host is not fronted", async () => {
    const down = await page(
      "/",
      {},
      {
        PROXY: JSON.stringify({ [HOST]: { origin: "local", key: shop.keys.writeKey } }),
        ORIGIN: { fetch: () => Promise.reject(new Error("Network connection lost.")) } as unknown as Fetcher,
      },
    );
    expect([down.status, ((await down.json()) as { code: string }).code]).toEqual([502, "origin_failed"]);
    const loop = await page("/product", { headers: { "x-concierge-front": "1" } });
    expect(loop.status).toBe(502);
    const PROXY = JSON.stringify({ [HOST]: { origin: "https://origin.shop.example", key: "pk_nobody" } });
    const plain = await page("/product", {}, { PROXY });
    expect([plain.status, await plain.text().then((text) => text.split("The shop's own.").length)]).toEqual([
      200, 3,
    ]);
    for (const broken of [
      "{",
      '{"www.shop.example":{"origin":"http://10.0.0.1","key":"pk_x"}}',
      '{"__proto__":1}',
    ])
      expect((await page("/product", {}, { PROXY: broken })).status, broken).toBe(404);
    expect((await page("/health")).status).toBe(200);
  });
});
