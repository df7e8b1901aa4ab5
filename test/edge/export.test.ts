import { exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { CONSENT, openShop, send, type Shop } from "./shop.ts";

const ALL = { ...CONSENT, marketing: true };
const tell = (shop: Shop, customerId: string, events: readonly object[], consent: object = ALL) =>
  send("/v1/events", { key: shop.keys.serverKey, body: { customerId, consent, events } });
const order = (shop: Shop, orderId: string, minor: number) =>
  shop.event("order_completed", {
    orderId,
    revenue: { minor, currency: "EUR" },
    lines: [{ item: "tea", quantity: 1 }],
  });
const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** An answer that is no single JSON document. */
async function raw(shop: Shop, path: string, body?: object) {
  const reply = await exports.default.fetch(
    new Request(`https://api.example${path}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${shop.keys.adminKey}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  );
  expect(reply.status).toBe(200);
  return { text: new TextDecoder().decode(await reply.arrayBuffer()), headers: reply.headers };
}

/** Waits until somebody's card is in the ledger. */
async function exported(shop: Shop, kind: string, rows: number, query = "") {
  for (let i = 0; ; i++) {
    const { text, headers } = await raw(shop, `/v1/export/${kind}${query}`);
    const lines = linesOf(text);
    if (lines.length >= rows || i === 20) return { lines, headers };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

test("customers, events and outcomes come out, without those who did not allow it", async () => {
  const shop = await openShop();
  await tell(shop, "c1", [order(shop, "o1", 500), shop.event("product_viewed", { item: "tea" })]);
  await tell(shop, "c2", [order(shop, "o2", 700)], { analytics: false });
  const { lines } = await exported(shop, "customers", 2);
  expect(lines.map(({ customer }) => customer).sort()).toEqual(["c1", "c2"]);
  expect(lines.find(({ customer }) => customer === "c1")).toMatchObject({
    isKnown: true,
    orders: 1,
    revenueMinor: 500,
    permitsAnalytics: true,
  });
  const events = await exported(shop, "events", 1);
  const others = events.lines.filter(({ customer }) => customer !== "c1");
  expect(others.map(({ type }) => type)).not.toContain("product_viewed");
  const outcomes = await exported(shop, "outcomes", 2);
  expect(outcomes.lines.map(({ customer }) => customer)).toEqual(expect.arrayContaining(["c1", "c2"]));
});

test("a long list comes in several files", async () => {
  const shop = await openShop();
  for (const id of ["a", "b", "c"]) await tell(shop, id, [order(shop, `o-${id}`, 100)]);
  await exported(shop, "customers", 3);
  const first = await exported(shop, "customers", 2, "?customers=2");
  expect(first.lines).toHaveLength(2);
  const next = first.headers.get("concierge-next")!;
  const last = await exported(shop, "customers", 1, `?customers=2&after=${next}`);
  expect(last.lines).toHaveLength(1);
  expect(last.headers.get("concierge-next")).toBeNull();
});

test("Parquet begins and ends as Parquet does", async () => {
  const shop = await openShop();
  await tell(shop, "c1", [order(shop, "o1", 500)]);
  await exported(shop, "customers", 1);
  const { text, headers } = await raw(shop, "/v1/export/customers?format=parquet");
  expect(headers.get("content-type")).toBe("application/vnd.apache.parquet");
  expect(text.slice(0, 4)).toBe("PAR1");
  expect(text.slice(-4)).toBe("PAR1");
});

test.each([
  ["/v1/export/customers?format=xlsx", 400, "query_invalid", "/format"],
  ["/v1/export/customers?from=yesterday", 400, "query_invalid", "/from"],
  ["/v1/export/customers?from=2026-02-02&until=2026-02-01", 400, "query_invalid", "/until"],
  ["/v1/export/secrets", 400, "query_invalid", "/kind"],
])("%s is refused", async (path, status, code, pointer) => {
  const shop = await openShop([]);
  const reply = await send(path, { key: shop.keys.adminKey });
  expect(reply).toMatchObject({ status, body: { code, ...(pointer ? { pointer } : {}) } });
});

test("an audience is added once, and removed when the customer withdraws", async () => {
  const shop = await openShop();
  await shop.putConfig({ segments: { everybody: { when: {} } } });
  await tell(shop, "c1", [shop.event("traits_updated", { traits: { email: " Jane@Example.org " } })]);
  const ask = async () => linesOf((await raw(shop, "/v1/audiences/everybody", { platform: "meta" })).text);
  let lines = await ask();
  for (let i = 0; i < 20 && lines.length === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    lines = await ask();
  }
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("jane@example.org"));
  const emailSha256 = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(lines).toEqual([{ op: "add", emailSha256 }]);
  expect(await ask()).toEqual([]);
  await tell(shop, "c1", [shop.event("consent_updated", { consent: { marketing: false } })]);
  expect(await ask()).toEqual([{ op: "remove", emailSha256 }]);
  expect(await ask()).toEqual([]);
});
