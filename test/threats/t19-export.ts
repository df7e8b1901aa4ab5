import { createHmac } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { filesIn } from "./files.ts";
import { eventId, Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const consent = { transaction: true, personalization: true, analytics: true, clienteling: true };

function rowsOf(database: DatabaseSync, table: string): Record<string, unknown>[] {
  const statement = database.prepare(`SELECT * FROM "${table}"`);
  statement.setReadBigInts(true);
  return statement.all();
}

/** Names of the tables in the file of the customer whose canary it holds. */
function tablesWith(dataDir: string, canary: string): string[] {
  const tables = new Set<string>();
  for (const path of filesIn(dataDir).filter(
    (one) => /CustomerObject[\\/][^\\/]+\.sqlite$/.test(one) && !one.endsWith("metadata.sqlite"),
  )) {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const names = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .all()
        .map((row) => String(row["name"]));
      const holds = names.some((name) =>
        rowsOf(database, name).some((row) => Object.values(row).join(" ").includes(canary)),
      );
      if (holds) for (const name of names) if (!name.startsWith("_cf_")) tables.add(name);
    } finally {
      database.close();
    }
  }
  return [...tables].sort();
}

export const exports: Threat = {
  id: "T19",
  title: "Export another person's data; get an export that leaves something out",
  ground: {},
  off: [
    {
      name: "the identity token's signature",
      edits: [
        {
          file: "src/edge/identity.ts",
          find: "({ payload } = await compactVerify(token, usable, { algorithms: [key.alg] }));",
          replace: 'payload = fromBase64url(token.split(".")[1]!)!;',
        },
      ],
    },
    {
      name: "a table of the export",
      edits: [{ file: "src/store/customer-store.ts", find: "      seen: this.allSeen(),\n", replace: "" }],
    },
    {
      name: "that a visitor shows the cookie they were given",
      edits: [
        {
          file: "src/edge/self.ts",
          find: "const visitorId = await readVisitorCookie(env, siteId, request, now);",
          replace:
            'const visitorId = request.headers.get("x-visitor-id") ?? (await readVisitorCookie(env, siteId, request, now));',
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const canary = (where: string) => `canary-${process.pid}-${where}`;
    const events = [
      { type: "traits_updated", id: canary("seen"), traits: { note: canary("trait") } },
      {
        type: "product_viewed",
        id: eventId(),
        item: "i1",
        page: { url: `https://shop.example/${canary("page")}`, title: canary("title") },
      },
      { type: "products_searched", id: eventId(), query: canary("search") },
      { type: "custom", id: eventId(), name: "noted", facts: { text: canary("fact") } },
      {
        type: "survey_answered",
        id: eventId(),
        survey: "s",
        question: canary("question"),
        kind: "text",
        answer: canary("answer"),
      },
      { type: "review_given", id: eventId(), item: "i1", rating: 4, text: canary("review") },
      { type: "note_added", id: eventId(), author: canary("author"), text: canary("note") },
      {
        type: "order_completed",
        id: eventId(),
        orderId: canary("order"),
        revenue: { minor: 100, currency: "EUR" },
        lines: [{ item: "i1" }],
      },
      { type: "feedback_given", id: eventId(), item: "i2", feedback: "own_it" },
    ];
    const told = await site.server("POST", "/v1/events", { customerId: "victim", consent, events });
    must(!told.text.includes("rejected"), told.text);
    const whole = await site.server("GET", "/v1/customers/victim/export");
    must(whole.status === 200, whole.text);
    const places = [
      "seen",
      "trait",
      "page",
      "title",
      "search",
      "fact",
      "question",
      "answer",
      "review",
      "author",
      "note",
      "order",
    ];
    for (const place of places)
      tries.held(whole.text.includes(canary(place)), `the export leaves out: ${place}`);

    const own = await site.page("/v1/me/export", { identity: await site.token("victim") });
    must(own.status === 200, own.text);
    for (const place of places)
      tries.held(own.text.includes(canary(place)), `the customer's own export leaves out: ${place}`);

    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const { kid } = await site.identityKey();
    const now = Math.floor(Date.now() / 1000);
    const claims = `${part({ alg: "HS256", typ: "JWT", kid })}.${part({ sub: "victim", aud: site.keys.siteId, iat: now, exp: now + 600 })}`;
    const forged = `${claims}.${createHmac("sha256", "guess").update(claims).digest("base64url")}`;
    const visitor = await site.page("/v1/events", {
      consent,
      events: [{ type: "custom", id: eventId(), name: "x", facts: { text: canary("visitor") } }],
    });
    const visitorId = visitor.json["visitorId"] as string;
    const attempts: [string, object, Record<string, string>][] = [
      ["nothing", {}, {}],
      ["a forged token", { identity: forged }, {}],
      ["another's token", { identity: await site.token("mallory") }, {}],
      ["the customer's id as a cookie", {}, { cookie: "cg_d=victim" }],
      ["a visitor's id", {}, { "x-visitor-id": visitorId, cookie: `cg_v=${visitorId}` }],
    ];
    for (const path of ["/v1/me/export", "/v1/me"])
      for (const [what, body, headers] of attempts) {
        const reply = await site.page(path, body, headers);
        tries.held(!reply.text.includes(`canary-${process.pid}`), `${path} gave somebody's data for ${what}`);
      }
    for (const key of [site.keys.writeKey, undefined]) {
      const reply = await stage.send("GET", "/v1/customers/victim/export", { key });
      tries.held(
        reply.status === 401 || reply.status === 403,
        `an export was answered ${reply.status} to a page`,
      );
    }
    const other = await Site.open(stage);
    tries.held(
      (await other.server("GET", "/v1/customers/victim/export")).status === 404,
      "another shop exports the customer",
    );

    // Whatever tables the file has, the export has.
    const { data } = whole.json as { data: Record<string, unknown> };
    await stage.restart();
    const tables = tablesWith(stage.dataDir, canary("fact"));
    must(tables.length > 1, "the customer's file was not found");
    for (const table of tables) tries.held(table in data, `the table ${table} is not in the export`);
    return tries.outcome(
      `forged, borrowed and missing proofs, ${places.length} kinds of data, tables ${tables.join(", ")}`,
    );
  },
};
