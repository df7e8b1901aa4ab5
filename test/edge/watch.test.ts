import { env, exports } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { add, expose, observe } from "../../src/http/metrics.ts";
import { traceOf, traceResponse } from "../../src/http/trace.ts";
import { OPERATOR_KEY } from "./declared.ts";
import { openShop } from "./shop.ts";

const ask = (path: string, headers: Record<string, string> = {}, body?: string): Promise<Response> =>
  exports.default.fetch(`https://api.example${path}`, {
    headers,
    ...(body === undefined ? {} : { method: "POST", body }),
  });
const metrics = async () => (await ask("/metrics", { authorization: `Bearer ${OPERATOR_KEY}` })).text();
/** Samples by their name and labels. */
const samplesOf = (text: string): Map<string, number> =>
  new Map(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );

describe("trace context", () => {
  const good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  test("the trace goes on under a span of its own", () => {
    const trace = traceOf(good);
    expect(trace).toMatchObject({
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      parentId: "00f067aa0ba902b7",
      isSampled: true,
    });
    expect(trace.spanId).toMatch(/^[\da-f]{16}$/);
    expect(trace.spanId).not.toBe("00f067aa0ba902b7");
    expect(traceResponse(trace)).toBe(`00-${trace.traceId}-${trace.spanId}-01`);
    // A later version may say more.
    expect(traceOf(`cc${good.slice(2)}-more`).traceId).toBe(trace.traceId);
  });

  test.each([
    ["none", null],
    ["empty", ""],
    ["of the forbidden version", `ff${good.slice(2)}`],
    ["longer than version 00", `${good}-more`],
    ["of noughts", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"],
    ["of a parent of noughts", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"],
    ["in capitals", good.toUpperCase()],
    ["of other signs", good.replace("4bf", "4b<")],
  ])("a header that is %s begins a trace", (_name, header) => {
    const trace = traceOf(header);
    expect(trace.traceId).toMatch(/^[\da-f]{32}$/);
    expect(trace.traceId).not.toBe("4bf92f3577b34da6a3ce929d0e0e4736");
    expect(trace.parentId).toBeUndefined();
  });
});

describe("metrics", () => {
  test("are the operator's alone", async () => {
    expect((await ask("/metrics")).status).toBe(401);
    const shop = await openShop([]);
    expect((await ask("/metrics", { authorization: `Bearer ${shop.keys.adminKey}` })).status).toBe(401);
  });

  test("count requests, refusals, slots and events, as OpenMetrics has it", async () => {
    const shop = await openShop();
    const before = samplesOf(await metrics());
    const consent = { analytics: true, personalization: true };
    await shop.decide({ visitorId: "m1", consent, slots: [{ id: "goes-with" }, { id: "trending" }] });
    await ask("/v1/decide", {}, "{");
    const text = await metrics();
    const after = samplesOf(text);
    const grown = (key: string): number => (after.get(key) ?? 0) - (before.get(key) ?? 0);
    expect(grown('concierge_requests_total{method="POST",route="/v1/decide",class="2xx"}')).toBe(1);
    expect(grown('concierge_requests_total{method="POST",route="/v1/decide",class="4xx"}')).toBe(1);
    expect(grown('concierge_problems_total{code="body_not_json"}')).toBe(1);
    expect(grown('concierge_request_seconds_count{route="/v1/decide"}')).toBe(2);
    const slots = [...after.keys()].filter((key) => key.startsWith("concierge_slots_total"));
    expect(slots.reduce((sum, key) => sum + grown(key), 0)).toBe(2);
    expect(
      after.get(`concierge_outbox_lag_seconds{site="${shop.keys.siteId}",quantile="0.99"}`),
    ).toBeGreaterThanOrEqual(0);
    expect(text.endsWith("# EOF\n")).toBe(true);
    // Each family is described before its samples, once, and nothing stands between.
    const families = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]!);
    expect(new Set(families).size).toBe(families.length);
    for (const line of text.split("\n").filter((one) => one !== "" && !one.startsWith("#")))
      expect(line).toMatch(/^[a-z_]+(\{([a-z]+="[^"\\]*",?)+\})? -?\d+(\.\d+)?(e[+-]?\d+)?$/);
  });

  test("a histogram's buckets grow, and the last has everything", () => {
    for (const seconds of [0.0005, 0.003, 0.7, 60])
      observe("concierge_request_seconds", { route: "test" }, seconds);
    const samples = samplesOf(expose([]));
    const at = (end: string) => samples.get(`concierge_request_seconds_bucket{route="test",le="${end}"}`);
    expect([at("0.001"), at("0.005"), at("0.5"), at("1"), at("+Inf")]).toEqual([1, 2, 2, 3, 4]);
  });

  test("no request can make labels: neither by path nor by what it sends", async () => {
    await ask("/v1/customers/somebody", { authorization: "Bearer nobody" });
    const before = samplesOf(await metrics()).size;
    for (let i = 0; i < 40; i++)
      await ask(`/v1/customers/customer-${i}`, { authorization: `Bearer ak_x_${i}` });
    for (let i = 0; i < 40; i++) await ask(`/v1/nothing-${i}`);
    expect(samplesOf(await metrics()).size).toBe(before);
    add("concierge_problems", { code: 'x"} 1\n# EOF' });
    expect(expose([]).match(/# EOF/g)).toHaveLength(2); // One of them within a label, on one line.
    expect(
      expose([])
        .split("\n")
        .filter((line) => line === "# EOF"),
    ).toHaveLength(1);
  });
});

describe("a request's line", () => {
  afterEach(() => vi.restoreAllMocks());

  test("names trace, route, site and role, and nobody", async () => {
    const shop = await openShop();
    Object.assign(env, { LOG_REQUESTS: "1" });
    const lines: string[] = [];
    vi.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
    const trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const answered = await ask("/v1/customers/somebody%40shop.example", {
      authorization: `Bearer ${shop.keys.adminKey}`,
      traceparent: trace,
    });
    Object.assign(env, { LOG_REQUESTS: "0" });
    await ask("/health");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      at: "request",
      trace: "4bf92f3577b34da6a3ce929d0e0e4736",
      parent: "00f067aa0ba902b7",
      method: "GET",
      route: "/v1/customers/:id",
      status: 404,
      code: "customer_unknown",
      site: shop.keys.siteId,
      role: "owner",
    });
    expect(lines[0]).not.toContain("somebody");
    expect(answered.headers.get("traceresponse")).toMatch(
      /^00-4bf92f3577b34da6a3ce929d0e0e4736-[\da-f]{16}-01$/,
    );
    expect(answered.headers.get("server-timing")).toMatch(/total;dur=\d+/);
  });
});

test("ready says so when an object answers", async () => {
  const reply = await ask("/ready");
  expect([reply.status, await reply.json()]).toEqual([200, { status: "ready" }]);
});
