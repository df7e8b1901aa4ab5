import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import {
  noteObjectCall,
  overCeiling,
  prefixOf,
  RATES,
  spend,
  takeSpent,
  unreportedCalls,
  type Spending,
} from "../../src/edge/budget.ts";
import { toBase64url } from "../../src/edge/hmac.ts";
import { objectId } from "../../src/edge/names.ts";
import { isForgedVisitorId, mintVisitorId } from "../../src/edge/visitor-id.ts";
import { problemResponse } from "../../src/http/problem.ts";

const NOW = 1_800_000_000_000;
const aSite = () => `site-${crypto.randomUUID()}`;
const from = (address?: string) =>
  prefixOf(new Request("https://api.example", address ? { headers: { "cf-connecting-ip": address } } : {}));
/** How many of so many requests, all at one moment, are let through. */
function letThrough(count: number, spending: (i: number) => Spending, now = NOW, settings = {}): number {
  let through = 0;
  for (let i = 0; i < count; i++) if (spend(settings, spending(i), now).ok) through++;
  return through;
}

describe("budgets", () => {
  test("one visitor: 60 at once, 60 in ten seconds after that", () => {
    const site = aSite();
    const one = () => ({ site, key: "pk", visitor: "v", prefix: from("203.0.113.9"), isNew: false });
    expect(letThrough(200, one)).toBe(60);
    let later = 0;
    for (let ms = 0; ms < 10_000; ms += 10) later += letThrough(1, one, NOW + ms);
    expect(later).toBe(60 - 1);
  });

  test("one network: a tenth of the key's, whatever its visitors are called", () => {
    const site = aSite();
    const far = (i: number) => ({
      site,
      key: "pk",
      visitor: `v-${i}`,
      prefix: from(`203.0.113.${i % 256}`),
      isNew: false,
    });
    expect(letThrough(2_000, far)).toBe(400);
    expect(letThrough(50, (i) => ({ ...far(i), prefix: from("203.0.114.9") }))).toBe(50);
  });

  test("an IPv6 household is one network, however many addresses it takes", () => {
    const site = aSite();
    const house = (i: number) => ({
      site,
      key: "pk",
      visitor: `v-${i}`,
      prefix: from(`2001:db8:1:2:${i.toString(16)}::1`),
      isNew: true,
    });
    expect(letThrough(1_000, house)).toBe(100);
  });

  test("new visitors of one network: 100 at once, 600 a minute; those known already go on", () => {
    const site = aSite();
    const prefix = from("198.51.100.7");
    const stranger = (i: number) => ({ site, key: "pk", visitor: `v-${i}`, prefix, isNew: true });
    expect(letThrough(300, stranger)).toBe(100);
    expect(spend({}, { site, key: "pk", visitor: "v-known", prefix, isNew: false }, NOW).ok).toBe(true);
    let minute = 0;
    for (let s = 1; s <= 60; s++) minute += letThrough(30, (i) => stranger(s * 1_000 + i), NOW + s * 1_000);
    expect(minute).toBe(600);
  });

  test("what a wider budget refuses costs the narrower ones nothing", () => {
    const site = aSite();
    const prefix = from("198.51.101.7");
    const others = (i: number) => ({ site, key: "pk", visitor: `v-${i}`, prefix, isNew: false });
    expect(letThrough(500, others)).toBe(400);
    const one = { site, key: "pk", visitor: "v-one", prefix, isNew: true };
    const refused = Array.from({ length: 100 }, () => spend({}, one, NOW));
    expect(new Set(refused.map((spent) => (spent.ok ? "ok" : spent.which)))).toEqual(new Set(["network"]));
    expect(letThrough(100, () => one, NOW + 1_000)).toBe(60);
  });

  test("one key, and not that of the next site", () => {
    const site = aSite();
    const server = () => ({ site, key: "sk", isNew: false });
    expect(letThrough(5_000, server)).toBe(4_000);
    expect(letThrough(10, () => ({ ...server(), key: "sk-2" }))).toBe(10);
    expect(letThrough(10, () => ({ ...server(), site: aSite() }))).toBe(10);
  });

  test("callers without an address share what a key may have, so that one's own machine is not in one's way", () => {
    const site = aSite();
    const local = (i: number) => ({ site, key: `pk-${i}`, visitor: `v-${i}`, prefix: from(), isNew: true });
    expect(letThrough(5_000, local)).toBe(RATES.key.burst);
  });

  test("only the address that the platform states counts", () => {
    const request = new Request("https://api.example", {
      headers: { "x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9", forwarded: "for=203.0.113.9" },
    });
    expect(prefixOf(request)).toBe(from());
    expect(from("203.0.113.9, 198.51.100.7")).toBe(from());
    expect(from("203.0.113.9")).not.toBe(from());
  });

  test("a factor multiplies them; one that is none changes nothing", () => {
    const one = (site: string) => () => ({ site, key: "pk", visitor: "v", isNew: false });
    expect(letThrough(500, one(aSite()), NOW, { BUDGET_FACTOR: "5" })).toBe(300);
    for (const BUDGET_FACTOR of ["", "0", "-1", "NaN", "Infinity", "many"])
      expect(letThrough(500, one(aSite()), NOW, { BUDGET_FACTOR })).toBe(60);
  });

  test("a refusal says what was used up and when to come back, and keeping to it helps", async () => {
    const site = aSite();
    const one = { site, key: "pk", visitor: "v", isNew: false };
    letThrough(60, () => one);
    const refused = spend({}, one, NOW);
    if (refused.ok) throw new Error("let through");
    expect(refused).toMatchObject({ which: "visitor", retryAfterS: 1, problem: { code: "budget_spent" } });
    const reply = problemResponse(refused.problem, { "retry-after": String(refused.retryAfterS) });
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(spend({}, one, NOW + refused.retryAfterS * 1_000).ok).toBe(true);
  });
});

describe("a flood", () => {
  /** What a front door does with a request, down to the object: a budget first, then the visitor's object. */
  async function knock(spending: Spending, now: number): Promise<boolean> {
    if (!spend({}, spending, now).ok) return false;
    const id = await objectId(env, "visitor", spending.site, spending.visitor!);
    await runInDurableObject(env.CUSTOMER.get(id), (_, { storage }) => storage.put("woken", true));
    return true;
  }

  test("of ten times what a network may send costs nobody else an answer", () => {
    const site = aSite();
    const flood = RATES.network.perSecond * 10;
    let [honest, flooded] = [0, 0];
    for (let s = 0; s < 20; s++) {
      for (let i = 0; i < flood; i++) {
        const now = NOW + s * 1_000 + Math.floor((i * 1_000) / flood);
        const bad = { site, key: "pk", visitor: `bad-${i % 997}`, prefix: from("192.0.2.66"), isNew: false };
        if (spend({}, bad, now).ok) flooded++;
        if (i % 4 > 0) continue;
        const n = s * flood + i;
        const prefix = from(`100.64.${n % 250}.${n % 200}`);
        if (spend({}, { site, key: "pk", visitor: `good-${n}`, prefix, isNew: n % 10 === 0 }, now).ok)
          honest++;
      }
    }
    expect(honest).toBe((20 * flood) / 4);
    expect(flooded).toBeLessThanOrEqual(RATES.network.burst + 20 * RATES.network.perSecond);
    expect(flooded).toBeGreaterThanOrEqual(20 * RATES.network.perSecond);
  });

  test("of new visitors wakes objects for those let through only", async () => {
    const site = aSite();
    const before = (await listDurableObjectIds(env.CUSTOMER)).length;
    const prefix = from("192.0.2.77");
    let through = 0;
    for (let i = 0; i < 1_000; i++)
      if (await knock({ site, key: "pk", visitor: `v-${i}`, prefix, isNew: true }, NOW)) through++;
    expect(through).toBe(100);
    expect((await listDurableObjectIds(env.CUSTOMER)).length - before).toBe(100);
  });
});

describe("the daily ceiling", () => {
  test("calls are counted per site, taken once, and put back when the report fails", () => {
    const [site, other] = [aSite(), aSite()];
    noteObjectCall(site);
    noteObjectCall(site, 4);
    expect([unreportedCalls(site), unreportedCalls(other)]).toEqual([5, 0]);
    const taken = takeSpent(site);
    expect([taken, takeSpent(site)]).toEqual([5, 0]);
    noteObjectCall(site);
    noteObjectCall(site, taken);
    expect(takeSpent(site)).toBe(6);
  });

  test("is refused until midnight", () => {
    const noon = 20_000 * 86_400_000 + 43_200_000;
    expect(overCeiling(noon)).toMatchObject({ ok: false, which: "daily_ceiling", retryAfterS: 43_200 });
  });
});

describe("visitor ids", () => {
  test("of ours are told from invented ones, by site", async () => {
    const [site, other] = [aSite(), aSite()];
    for (let i = 0; i < 200; i++) {
      const id = await mintVisitorId(env, site);
      expect(id).toMatch(/^v_[A-Za-z0-9_-]{24}$/);
      expect(await isForgedVisitorId(env, site, id)).toBe(false);
      expect(await isForgedVisitorId(env, other, id)).toBe(true);
    }
  });

  test("every altered digit shows", async () => {
    const site = aSite();
    const id = await mintVisitorId(env, site);
    for (let at = 2; at < id.length; at++) {
      const altered = id.slice(0, at) + (id[at] === "A" ? "B" : "A") + id.slice(at + 1);
      expect(await isForgedVisitorId(env, site, altered), `digit ${at}`).toBe(true);
    }
  });

  test("10,000 invented ones are all found out", async () => {
    const site = aSite();
    let missed = 0;
    for (let i = 0; i < 10_000; i++) {
      const id = `v_${toBase64url(crypto.getRandomValues(new Uint8Array(18)))}`;
      if (!(await isForgedVisitorId(env, site, id))) missed++;
    }
    expect(missed).toBe(0);
  });

  test.each([
    "",
    "v_",
    "v_short",
    `v_${"A".repeat(22)}`,
    `v_${"A".repeat(25)}`,
    `V_${"A".repeat(24)}`,
    "GA1.2.3.4",
    "6e9f…",
  ])("%j is another tracker's, not forged", async (id) =>
    expect(await isForgedVisitorId(env, aSite(), id)).toBe(false),
  );
});
