import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import type { Progress } from "../../src/cli/operate/move-site.ts";
import { readProgress } from "../../src/cli/operate/move-site.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve, type Served } from "../../src/cli/serve.ts";

const CUSTOMERS = 210;
const ORIGIN = "https://shop.example";
const CONSENT = { personalization: true, analytics: true, transaction: true, clienteling: true };
const dir = mkdtempSync(join(tmpdir(), "concierge-move-"));
const settings = { BUDGET_FACTOR: "1000" };
const old = localSecrets(join(dir, "old-secrets"));
const next = localSecrets(join(dir, "new-secrets"));
const state = join(dir, "move.json");
let from: Served;
let to: Served;
let keys: SiteKeys;

const send = (customerId: string, events: readonly object[], consent: object = CONSENT) =>
  call<{ events: { status: string; code?: string }[] }>(`${from.url}/v1/events`, {
    key: keys.serverKey,
    body: { customerId, consent, events },
  });
const DAY = 86_400_000;
const now = Date.now();

/** A browser without a name: agrees, looks, sees what a slot shows, clicks, and perhaps buys. */
async function visit(n: number): Promise<void> {
  const post = async <T>(path: string, body: object): Promise<T> =>
    call<T>(`${from.url}${path}`, {
      headers: { origin: ORIGIN },
      type: "text/plain",
      body: JSON.stringify({ key: keys.writeKey, consent: CONSENT, ...body }),
    });
  const { visitorId } = await post<{ visitorId: string }>("/v1/events", {
    events: [{ type: "product_viewed", id: `seen-${n}`, item: "kettle" }],
  });
  const { slots } = await post<{ slots: { token?: string; items: { id: string }[] }[] }>("/v1/decide", {
    visitorId,
    slots: [{ id: "picks" }],
  });
  const [slot] = slots;
  if (!slot?.token) return;
  await post("/v1/events", {
    visitorId,
    events: [
      { type: "slot_seen", id: `slot-${n}`, token: slot.token },
      ...(n % 2 === 0 && slot.items[0]
        ? [{ type: "slot_clicked", id: `click-${n}`, token: slot.token, item: slot.items[0].id }]
        : []),
      ...(n % 3 === 0
        ? [
            {
              type: "order_completed",
              id: `web-${n}`,
              orderId: `web-${n}`,
              revenue: { minor: 900, currency: "EUR" },
              lines: [{ item: "tea" }],
            },
          ]
        : []),
    ],
  });
}

beforeAll(async () => {
  [from, to] = await Promise.all([
    serve({ dataDir: join(dir, "old"), secrets: old, settings, quiet: true }),
    serve({ dataDir: join(dir, "new"), secrets: next, settings, quiet: true }),
  ]);
  keys = await call<SiteKeys>(`${from.url}/v1/sites`, { key: old.OPERATOR_KEY, body: { origin: ORIGIN } });
  await call(`${from.url}/v1/catalog`, {
    method: "PUT",
    key: keys.serverKey,
    body: ["kettle", "tea", "cup"].map((id, i) => ({
      id,
      title: id,
      price: { minor: 900 + i, currency: "EUR" },
      cost: { minor: 400, currency: "EUR" },
      type: "Kitchen > Things",
    })),
  });
  await call(`${from.url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": '"1"' },
    body: {
      slots: { picks: { strategies: ["pinned", "same_type", "trending"] } },
      rules: [{ id: "tea", then: [{ do: "pin", items: ["tea"] }] }],
      holdout: { share: 0.3 },
      experiments: [
        { id: "order", slots: ["picks"], variations: [{ id: "control" }, { id: "one", max: 1 }] },
      ],
    },
  });
  const eur = (minor: number) => ({ minor, currency: "EUR" });
  for (let n = 0; n < CUSTOMERS; n++) {
    const at = (minute: number) => now - 20 * DAY + n * 60_000 + minute * 60_000;
    await send(`c${n}`, [
      { type: "consent_updated", id: `yes-${n}`, at: at(0), consent: { ...CONSENT, marketing: n % 2 === 0 } },
      { type: "product_viewed", id: `view-${n}`, at: at(1), item: n % 3 === 0 ? "cup" : "kettle" },
      { type: "traits_updated", id: `traits-${n}`, at: at(2), traits: { city: "Graz", n } },
      ...(n % 4 === 0
        ? [
            {
              type: "order_completed",
              id: `buy-${n}`,
              at: at(3),
              orderId: `order-${n}`,
              revenue: n % 8 === 0 ? eur(1_000 + n) : { minor: 500 + n, currency: "USD" },
              lines: [{ item: "cup", quantity: 2 }],
            },
          ]
        : []),
      ...(n % 16 === 0
        ? [{ type: "order_refunded", id: `back-${n}`, at: at(9), orderId: `order-${n}`, amount: eur(300) }]
        : []),
      ...(n % 10 === 0
        ? [
            { type: "note_added", id: `note-${n}`, at: at(4), author: "Maria", text: "Likes green" },
            {
              type: "survey_answered",
              id: `nps-${n}`,
              at: at(5),
              survey: "nps",
              question: "How likely?",
              kind: "nps",
              score: 9,
              max: 10,
              answer: "Good tea",
            },
          ]
        : []),
    ]);
  }
  // Of this one no index knows: no analytics, nothing bought.
  await send("quiet", [{ type: "traits_updated", id: "quiet", traits: { plan: "gold" } }], {
    personalization: true,
  });
  await send("c5", [{ type: "consent_updated", id: "no-5", at: now - DAY, consent: { marketing: false } }]);
  for (let n = 0; n < 24; n++) await visit(n);
  await call(`${from.url}/v1/customers/c7`, { method: "DELETE", key: keys.serverKey });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
}, 120_000);
afterAll(async () => {
  await Promise.all([from.stop(), to.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

type Run = { readonly code: number | null; readonly said: string; readonly last: Record<string, unknown> };

/** The command, as somebody types it. */
function move(more: readonly string[], onLine?: (text: string, kill: () => void) => void): Promise<Run> {
  const child = spawn(
    process.execPath,
    [
      join(ROOT, "src/cli/move.ts"),
      `--from=${from.url}`,
      `--to=${to.url}`,
      `--to-operator-key=${next.OPERATOR_KEY}`,
      `--state=${state}`,
      "--patience=30",
      ...more,
    ],
    { env: { PATH: process.env["PATH"], FROM_KEY: keys.adminKey }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      onLine?.(said, () => child.kill("SIGKILL"));
    });
  return new Promise((resolve) =>
    child.once("close", (code) => {
      const line = said.trim().split("\n").at(-1)!;
      resolve({ code, said, last: line.startsWith("{") ? JSON.parse(line) : {} });
    }),
  );
}

type Everything = {
  data: { state: Record<string, unknown>; log: { events: object[]; source: string; receivedAt: number }[] };
};
const exportOf = (served: Served, key: string, who: string) =>
  call<Everything>(`${served.url}/v1/customers/${who}/export`, { key });

test("a move that is killed half-way goes on, and both ends count the same", async () => {
  const killed = await move([], (said, kill) => {
    if (said.includes("people or parts")) kill();
  });
  expect(killed.code).toBeNull();
  const half: Progress = readProgress(state);
  expect(half.taken).toBeGreaterThan(0);
  expect(half.after).toMatch(/^[0-9a-f]{64}/);

  const { code, said, last } = await move([]);
  expect(said).toContain("Both ends are equal.");
  expect([code, last["differences"]]).toEqual([0, 0]);
  const counts = last["counts"] as Record<string, number>;
  expect(counts).toMatchObject({
    customers: CUSTOMERS - 1,
    visitors: 24,
    "events product_viewed": CUSTOMERS - 1 + 24,
    "grants Marketing": CUSTOMERS / 2,
    "events note_added": CUSTOMERS / 10,
  });
  expect(counts["orders EUR"]).toBeGreaterThan(25);
  expect(counts["orders USD"]).toBeGreaterThan(20);
  expect(counts["refunded EUR"]).toBeGreaterThan(0);
  expect(counts["decisions seen"]).toBeGreaterThan(10);
  expect(counts["clicks"]).toBeGreaterThan(5);
}, 150_000);

test("what is moved is what was there: grants with their moments, the log row by row, sums and experiments", async () => {
  const target = readProgress(state).keys!;
  for (const who of ["c0", "c5", "c40"]) {
    const [before, after] = await Promise.all([
      exportOf(from, keys.serverKey, who),
      exportOf(to, target.serverKey, who),
    ]);
    expect(after.data.state["consent"]).toEqual(before.data.state["consent"]);
    expect(after.data.state["bornAt"]).toBe(before.data.state["bornAt"]);
    const rows = ({ data }: Everything) =>
      data.log
        .filter((row) => row.events.length > 0)
        .map(({ events, source, receivedAt }) => ({ events, source, receivedAt }));
    expect(rows(after)).toEqual(rows(before));
    expect((after.data.state["profile"] as { traits: unknown }).traits).toEqual(
      (before.data.state["profile"] as { traits: unknown }).traits,
    );
  }
  const sums = async (served: Served, key: string) => {
    const site = await call<{ daily: object[]; slots: object[]; customers: number }>(
      `${served.url}/v1/site`,
      {
        key,
      },
    );
    const text = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
    return { customers: site.customers, daily: text(site.daily), slots: text(site.slots) };
  };
  const there = await sums(from, keys.adminKey);
  const here = await sums(to, target.adminKey);
  expect(here.slots).toEqual(there.slots);
  expect(here.daily.filter((row) => /orders|revenue|refunded/.test(row))).toEqual(
    there.daily.filter((row) => /orders|revenue|refunded/.test(row)),
  );
  const report = async (served: Served, key: string) => {
    const { variations } = await call<{ variations: { users: number }[] }>(
      `${served.url}/v1/experiments/order`,
      { key },
    );
    return variations;
  };
  const reported = await report(from, keys.adminKey);
  expect(reported.reduce((sum, { users }) => sum + users, 0)).toBeGreaterThan(10);
  expect(await report(to, target.adminKey)).toEqual(reported);
}, 60_000);

test("what items cost, and who everybody is, is told to the owner alone", async () => {
  const { key } = await call<{ key: string }>(`${from.url}/v1/keys`, {
    key: keys.adminKey,
    body: { kind: "ak", role: "analyst", label: "analyst" },
  });
  const ask = async (path: string, asked: string) => {
    const reply = await fetch(`${from.url}${path}`, { headers: { authorization: `Bearer ${asked}` } });
    return [reply.status, await reply.text()] as const;
  };
  const [status, text] = await ask("/v1/export/items", keys.adminKey);
  expect(status).toBe(200);
  expect(JSON.parse(text.split("\n")[0]!)).toMatchObject({ cost: { minor: 400, currency: "EUR" } });
  expect((await ask("/v1/export/items?format=parquet", keys.adminKey))[0]).toBe(400);
  expect((await ask("/v1/export/items", key))[0]).toBe(403);
  for (const asked of [key, keys.serverKey, keys.writeKey])
    expect((await ask("/v1/persons", asked))[0], asked.slice(0, 3)).toBe(403);
  expect((await ask("/v1/persons?after=x", keys.adminKey))[0]).toBe(400);
});

test("again nothing is counted twice, and whoever is named comes too", async () => {
  const list = join(dir, "customers.txt");
  writeFileSync(list, "quiet\nnobody\nc1\n");
  const { code, last } = await move(["--customers", list]);
  expect([code, last["differences"]]).toEqual([0, 0]);
  const target = readProgress(state).keys!;
  const { data } = await exportOf(to, target.serverKey, "quiet");
  expect(JSON.stringify(data.state["profile"])).toContain("gold");
  // A browser that sends again what it sent there is recognised.
  const again = await call<{ events: { status: string }[] }>(`${to.url}/v1/events`, {
    key: target.serverKey,
    body: {
      customerId: "quiet",
      consent: {},
      events: [{ type: "traits_updated", id: "quiet", traits: { plan: "gold" } }],
    },
  });
  expect(again.events).toEqual([{ id: "quiet", status: "duplicate" }]);
}, 120_000);
