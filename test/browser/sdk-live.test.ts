import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  concierge,
  ConciergeProblem,
  everyRow,
  eventId,
  jsonLines,
  localFlags,
  type Concierge,
} from "../../client/sdk/entry.ts";
import type { Operations } from "../../client/sdk/wire.ts";
import { complaintsOf, consumer, runIn } from "../sdk/consumer.ts";
import { examplesOf } from "../sdk/guide.ts";
import { startRealShop, type RealShop } from "../support/real-shop.ts";

const CONSENT = { personalization: true, analytics: true } as const;
const BASIS = { basis: "consent", source: "club card", policyVersion: "1" };
const CONFIG = {
  slots: { "home-top": { strategies: ["trending", "new_arrivals"], max: 4 } },
  segments: { regulars: { when: { "counts.bought": { $gte: 2 } } } },
  features: {
    banner: {
      defaultValue: "plain",
      rules: [{ condition: { country: { $in: ["AT", "DE"] } }, force: "green" }],
    },
    layout: {
      defaultValue: 1,
      rules: [{ variations: [1, 2, 3], weights: [0.5, 0.25, 0.25], hashVersion: 2 }],
    },
    beta: { defaultValue: false, rules: [{ force: true, coverage: 0.3, hashVersion: 2 }] },
  },
  experiments: [
    {
      id: "word",
      flag: "buy-button",
      question: "?",
      status: "running",
      variations: [
        { id: "buy", value: "Buy" },
        { id: "add", value: "Add" },
      ],
    },
  ],
};

let real: RealShop;
let server: Concierge;
let owner: Concierge;
beforeAll(async () => {
  real = await startRealShop((_, response) => response.end("<title>shop</title>"), CONFIG);
  server = concierge({ api: real.api, key: real.keys.serverKey });
  owner = concierge({ api: `${real.api}/`, key: real.keys.adminKey });
});
afterAll(() => real?.stop());

const problemOf = (call: Promise<unknown>): Promise<ConciergeProblem> =>
  call.then(
    () => Promise.reject(new Error("It was not refused.")),
    (error: unknown) => {
      if (error instanceof ConciergeProblem) return error;
      throw error;
    },
  );

test("the guide's five minutes run as they stand, and twice count once", async () => {
  const folder = consumer({ "five.ts": examplesOf("docs/guide/sdk.md")[0]! });
  try {
    const env = { CONCIERGE_API: real.api, CONCIERGE_KEY: real.keys.serverKey };
    const rest = "home-top personalized Linen shirt\n404 customer_unknown\n";
    expect(await runIn(folder, "five.ts", env)).toBe(`accepted, accepted\n${rest}`);
    expect(await runIn(folder, "five.ts", env)).toBe(`duplicate, duplicate\n${rest}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("what the Worker answers has the fields that the types tell, and no other", async () => {
  const when = { when: { "counts.bought": { $gte: 1 } } };
  const said: Partial<{ [Name in keyof Operations]: unknown }> = {
    "POST /v1/events": await server.events({
      customerId: "c-9",
      consent: { ...CONSENT, clienteling: true },
      events: [
        { id: eventId("view", 9), type: "product_viewed", item: "p1" },
        { id: "bad", type: "product_viewed" } as never,
      ],
    }),
    "POST /v1/decide": await server.decide({
      customerId: "c-9",
      slots: [{ id: "home-top" }],
      consent: CONSENT,
    }),
    "POST /v1/rank": await server.rank({ customerId: "c-9", items: ["p3", "p1"] }),
    "POST /ofrep/v1/evaluate/flags": await server.flags.all({ context: { country: "AT" } }),
    "POST /ofrep/v1/evaluate/flags/:key": await server.flags.one({ context: {} }, { key: "banner" }),
    "GET /v1/features": (await server.flags.payload()).value,
    "PUT /v1/catalog": await server.catalog.put([
      { id: "x1", title: "X", price: "1.00 EUR", link: "/x", availability: "in_stock" },
    ]),
    "GET /v1/catalog/items": await server.catalog.items({ limit: 2 }),
    "GET /v1/catalog/items/:id": await server.catalog.item({ id: "p1" }),
    "POST /v1/catalog/why": await server.catalog.why({ item: "p1", slot: "home-top" }),
    "GET /v1/catalog/unmatched": await server.catalog.unmatched(),
    "GET /v1/customers/:id": await server.customers.get({ id: "c-9" }),
    "GET /v1/imports": await server.imports.list(),
    "GET /v1/config": (await owner.config.get()).value,
    "GET /v1/config/revisions": await owner.config.revisions(),
    "POST /v1/drafts": await owner.config.preview({ config: { slots: {} } }),
    "GET /v1/experiments": await owner.experiments.list(),
    "GET /v1/experiments/:id": await owner.experiments.get({ id: "word" }),
    "GET /v1/segments": await owner.segments.list(),
    "POST /v1/segments/preview": await owner.segments.preview(when),
    "GET /v1/site": await owner.reports.site(),
    "GET /v1/impact": await owner.reports.impact(),
    "GET /v1/pulse": await owner.reports.pulse(),
    "GET /v1/live": await owner.reports.live(),
    "GET /v1/triggers": await owner.reports.triggers(),
    "GET /v1/insight/:name": await owner.reports.insight({ name: "cohorts" }),
    "GET /v1/equity": await owner.reports.equity(),
    "GET /v1/equity/top": await owner.reports.topCustomers(),
    "GET /v1/equity/calibration": await owner.reports.calibration({ days: 30 }),
    "GET /v1/model": await owner.reports.model(),
    "GET /v1/quality": await owner.reports.quality(),
    "GET /v1/privacy/register": await owner.privacy.register(),
    "GET /v1/erasures": await owner.privacy.erasures(),
    "GET /v1/session": await owner.session(),
    "GET /v1/audit": await owner.audit(),
    "GET /v1/keys": await owner.keys.list(),
    "POST /v1/keys": await owner.keys.make({ kind: "ak", role: "analyst", label: "Ada" }),
    "GET /v1/identity-keys": await owner.identityKeys.list(),
    "POST /v1/identity-keys": await owner.identityKeys.make({ alg: "HS256" }),
    "GET /v1/hooks": await owner.hooks.list(),
    "PUT /v1/webhooks/:id": await owner.webhooks.put(
      { url: "https://hooks.shop.example/in", types: ["order_recorded"], purpose: "transaction" },
      { id: "crm" },
    ),
    "GET /v1/webhooks": await owner.webhooks.list(),
    "GET /v1/webhooks/deliveries": await owner.webhooks.deliveries(),
    "GET /health": await owner.operator.health(),
    "GET /ready": await owner.operator.ready(),
    "GET /.well-known/gpc.json": await owner.operator.gpc(),
    "DELETE /v1/customers/:id": await server.customers.erase({ id: "c-9" }),
  };
  // As literals: only those are held against a type field by field, in both directions.
  const lines = Object.entries(said).map(
    ([name, answer], index) =>
      `export const a${index}: Operations[${JSON.stringify(name)}]["answer"] = ${JSON.stringify(answer)};`,
  );
  const folder = consumer({
    "answers.ts": `import type { Operations } from "concierge-sdk";\n${lines.join("\n")}\n`,
  });
  try {
    expect(await complaintsOf(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a refusal comes with its code, its place, its cure and its page", async () => {
  const wrong = await problemOf(server.decide({ slots: [{ id: "home-top", max: 99 }] }));
  expect(wrong).toMatchObject({ code: "body_invalid", status: 400, pointer: "/slots/0/max" });
  expect(wrong.message).toContain("/slots/0/max");
  const page = await fetch(wrong.page!);
  expect(await page.text()).toContain("# `body_invalid`");
  expect(await problemOf(server.keys.list())).toMatchObject({
    code: "key_not_allowed",
    status: 403,
    cure: expect.any(String),
  });
  expect(await problemOf(concierge({ api: real.api }).reports.site())).toMatchObject({
    code: "key_missing",
    status: 401,
  });
});

test("a config is changed on the version it is based on, and told apart from the one at hand", async () => {
  const { value, etag } = await owner.config.get();
  expect(value!.slots!["home-top"]!.max).toBe(4);
  expect(await owner.config.get({ ifNoneMatch: etag })).toEqual({ value: undefined, etag });
  await owner.config.put({ ...value, holdout: { share: 0 } }, { ifMatch: etag, message: "again" });
  expect(await problemOf(owner.config.put(value!, { ifMatch: etag }))).toMatchObject({
    code: "config_changed",
    status: 412,
  });
});

test("files are read row by row and made while they are sent", async () => {
  const orders = Array.from({ length: 300 }, (_, index) => ({
    orderId: `o-${index}`,
    customerId: `buyer-${index % 20}`,
    at: "2026-05-01T10:00:00Z",
    item: `p${index % 24}`,
    quantity: 1,
    price: "10.00",
    currency: "EUR",
  }));
  const run = await server.imports.stage(jsonLines(orders), {
    kind: "orders",
    options: { basis: { analytics: BASIS, personalization: BASIS } },
  });
  expect(run).toMatchObject({ kind: "orders", counts: { rows: 300, invalid: 0 } });
  await server.imports.commit({}, { run: run.run });
  await expect
    .poll(async () => (await server.imports.get({ run: run.run })).status, { timeout: 30_000 })
    .toBe("done");
  const count = async (): Promise<number> => {
    let rows = 0;
    for await (const row of everyRow((after) => owner.export({ kind: "events", customers: 7, ...after })))
      rows += Number("type" in row);
    return rows;
  };
  // Whoever is new becomes known to the ledger behind the commit.
  await expect.poll(count, { timeout: 30_000, interval: 500 }).toBeGreaterThanOrEqual(300);
  const first = await owner.export({ kind: "events", customers: 7 });
  expect([first.type.split(";")[0], typeof first.next]).toEqual(["application/x-ndjson", "string"]);
  await first.body.cancel();
  const parquet = await owner.export({ kind: "customers", format: "parquet" });
  const bytes = new Uint8Array(await new Response(parquet.body).arrayBuffer());
  expect(new TextDecoder().decode(bytes.slice(0, 4))).toBe("PAR1");
});

test("flags evaluated here are what the Worker answers, whoever asks", async () => {
  const flags = await localFlags(server);
  const contexts = Array.from({ length: 150 }, (_, index) => ({
    ...(index % 5 === 0 ? {} : { targetingKey: `v-${index}` }),
    ...(index % 3 === 0 ? {} : { consent: index % 7 === 0 ? { personalization: true } : CONSENT }),
    country: ["AT", "FR", "DE"][index % 3]!,
  }));
  const seen = new Set<unknown>();
  for (const context of contexts) {
    const told = await server.flags.all({ context });
    const answers = (
      told as unknown as {
        flags: { key: string; value?: unknown; errorCode?: string; reason?: string; variant?: string }[];
      }
    ).flags;
    for (const { key, value, errorCode, reason, variant } of answers) {
      if (errorCode !== undefined) continue;
      const here = flags.evaluate(key, context);
      expect(here.value, `${key} ${JSON.stringify(context)}`).toEqual(value);
      if (reason === "SPLIT" && here.source === "experiment" && key === "buy-button")
        expect([here.experiment, here.variation]).toEqual([expect.stringContaining("word"), variant]);
      seen.add(`${key} ${String(value)}`);
    }
  }
  expect([...seen].toSorted()).toEqual([
    "banner green",
    "banner plain",
    "beta false",
    "beta true",
    "buy-button Add",
    "buy-button Buy",
    "layout 1",
    "layout 2",
    "layout 3",
  ]);
  expect(flags.value("banner", "own", { country: "AT" })).toBe("green");
  expect(flags.value("banner", 7, { country: "AT" })).toBe(7);
  expect(flags.value("no-such-flag", "own")).toBe("own");
  expect(await flags.refresh()).toBe(false);
});
