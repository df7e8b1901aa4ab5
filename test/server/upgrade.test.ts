import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { objectsOf } from "../../src/cli/operate/object-files.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { freePort, serve, type Served } from "../../src/cli/serve.ts";
import { readLedger } from "../crash/storage.ts";

/** What earlier builds left on disk: see `test/fixtures/make-stored.ts`. */
const STORED = join(ROOT, "test/fixtures/stored");
const NAMES = readdirSync(STORED).filter((name) => name.endsWith(".tgz"));

type Told = {
  readonly secrets: Readonly<Record<"CONCIERGE_SECRET" | "OPERATOR_KEY", string>>;
  readonly keys: SiteKeys;
  readonly exports: Readonly<Record<string, { readonly data: Data }>>;
  readonly site: { readonly daily: readonly unknown[]; readonly catalog: { readonly items: number } };
};
type Data = {
  readonly state: object;
  readonly log: readonly { seq: number; receivedAt: number }[];
  readonly orders: readonly object[];
};

/** What is told of rests in the log for 400 days. */
const KEPT_MS = 399 * 86_400_000;

const dir = mkdtempSync(join(tmpdir(), "concierge-upgrade-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Unpacks what a build stored, into a folder of its own. */
function unpack(name: string, as: string): { objects: string; told: Told } {
  const to = join(dir, as);
  execFileSync("mkdir", ["-p", to]);
  execFileSync("tar", ["-xzf", join(STORED, name), "-C", to]);
  return {
    objects: join(to, "objects"),
    told: JSON.parse(readFileSync(join(to, "told.json"), "utf8")) as Told,
  };
}

const start = (objects: string, { secrets }: Told, port?: number): Promise<Served> =>
  serve({ dataDir: objects, secrets, quiet: true, ...(port === undefined ? {} : { port }) });

/** Asks for everything a customer's object, the site and the ledger were told to hold, and compares. */
async function expectAsTold(api: string, { keys, exports, site }: Told): Promise<void> {
  for (const [who, before] of Object.entries(exports)) {
    const now = await call<{ data: Data }>(`${api}/v1/customers/${who}/export`, { key: keys.serverKey });
    // Rows that follow of being looked at again may be added; none of before is another one, until retention takes it.
    const kept = before.data.log.filter(({ receivedAt }) => Date.now() - receivedAt < KEPT_MS);
    const seqs = new Set(kept.map(({ seq }) => seq));
    expect(
      now.data.log.filter(({ seq }) => seqs.has(seq)),
      who,
    ).toEqual(kept);
    expect(now.data.orders, who).toEqual(before.data.orders);
    const known = ["consent", "bornAt", "customerId", "hidden", "source", "streams"];
    const pick = ({ state }: Data) =>
      Object.fromEntries(Object.entries(state).filter(([field]) => known.includes(field)));
    expect(pick(now.data), who).toEqual(pick(before.data));
  }
  const now = await call<Told["site"]>(`${api}/v1/site`, { key: keys.adminKey });
  expect(now.catalog.items).toBe(site.catalog.items);
  expect(now.daily).toEqual(expect.arrayContaining([...site.daily]));
  const gone = await fetch(`${api}/v1/customers/gone/export`, {
    headers: { authorization: `Bearer ${keys.serverKey}` },
  });
  expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([404, "customer_unknown"]);
  const late = await call<{ events: readonly { code?: string }[] }>(`${api}/v1/events`, {
    key: keys.serverKey,
    body: {
      customerId: "gone",
      consent: { analytics: true },
      events: [{ type: "page_viewed", id: "too-late" }],
    },
  });
  expect(late.events[0]!.code).toBe("erased");
}

const versionsOf = (objects: string): number[] =>
  (["SiteObject", "LedgerObject", "ModelObject"] as const).flatMap((one) =>
    objectsOf(objects, one).map((path) => {
      const database = new DatabaseSync(path);
      const { version } = database.prepare("SELECT MAX(version) AS version FROM migrations").get() as {
        version: number;
      };
      database.close();
      return version;
    }),
  );

/** Those of them whose tables were not those of today. */
const upgraded = new Set<string>();

test("there is something to upgrade from", () => expect(NAMES.length).toBeGreaterThanOrEqual(3));

describe.each(NAMES)("what %s left", (name) => {
  test("is served by today's build: the same export, sums and erasures", async () => {
    const { objects, told } = unpack(name, `whole-${name}`);
    const before = versionsOf(objects);
    const served = await start(objects, told);
    try {
      await expectAsTold(served.url, told);
      const taken = await call<{ events: readonly { status: string }[] }>(`${served.url}/v1/events`, {
        key: told.keys.serverKey,
        body: { customerId: "anna", consent: {}, events: [{ type: "page_viewed", id: "new" }] },
      });
      expect(taken.events[0]!.status).toBe("accepted");
    } finally {
      await served.stop();
    }
    const after = versionsOf(objects);
    expect(after.every((version, i) => version >= before[i]!)).toBe(true);
    if (after.some((version, i) => version > before[i]!)) upgraded.add(name);
    const daily = [...readLedger(objects).tallies].filter(([key]) => key.includes('"revenue"'));
    expect(daily.length).toBeGreaterThan(0);
  }, 60_000);

  test("survives kill -9 while it is brought up to date, at any moment", async () => {
    const { objects, told } = unpack(name, `killed-${name}`);
    const port = await freePort();
    // A first request opens site, ledger, model and person, and each of them brings its tables up to date.
    for (const ms of [0, 2, 5, 9, 14, 25]) {
      const served = await start(objects, told, port);
      const asked = ["customers/anna/export", "site", "audit", "model", "quality"].map((path) =>
        fetch(`${served.url}/v1/${path}`, {
          headers: { authorization: `Bearer ${told.keys.adminKey}` },
        }).catch(() => undefined),
      );
      await new Promise((resolve) => setTimeout(resolve, ms));
      await served.stop("SIGKILL");
      await Promise.all(asked);
    }
    const served = await start(objects, told, port);
    try {
      await expectAsTold(served.url, told);
    } finally {
      await served.stop();
    }
  }, 90_000);
});

test("some of them were of an older schema", () => expect(upgraded.size).toBeGreaterThanOrEqual(2));

test("what a newer build wrote is refused with its cure, and stays as it is", async () => {
  const { objects, told } = unpack(NAMES[0]!, "newer");
  const [site] = objectsOf(objects, "SiteObject");
  const edit = (path: string, change: (database: DatabaseSync) => void) => {
    const database = new DatabaseSync(path);
    change(database);
    database.close();
  };
  // First only the customers, then the site too.
  const people = objectsOf(objects, "CustomerObject");
  for (const path of people)
    edit(path, (database) => {
      if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'state'").get())
        database.exec("UPDATE state SET body = json_set(body, '$.v', 3)");
    });
  const contents = (paths: readonly string[]) =>
    paths.map((path) => {
      const database = new DatabaseSync(path, { readOnly: true });
      const tables = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
        .all() as { name: string }[];
      const rows = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM ${name}`).all()]);
      database.close();
      return JSON.stringify(rows);
    });
  const ask = async (served: Served, path: string, body?: object) => {
    const reply = await fetch(`${served.url}${path}`, {
      headers: { authorization: `Bearer ${told.keys.serverKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    const { code, cure } = (await reply.json()) as { code?: string; cure?: string };
    return { status: reply.status, code, cure, retryAfter: reply.headers.get("retry-after") };
  };
  const refused = {
    status: 503,
    code: "store_newer",
    cure: expect.stringContaining("newer version"),
    retryAfter: "5",
  };
  const event = { customerId: "anna", consent: {}, events: [{ type: "page_viewed", id: "new" }] };

  const before = contents(people);
  const served = await start(objects, told);
  try {
    expect(await ask(served, "/v1/customers/anna/export")).toEqual(refused);
    expect(await ask(served, "/v1/events", event)).toEqual(refused);
    // A page gets an answer all the same.
    const page = await ask(served, "/v1/decide", {
      customerId: "anna",
      consent: {},
      slots: [{ id: "trending" }],
    });
    expect(page.status).toBe(200);
  } finally {
    await served.stop();
  }
  expect(contents(people)).toEqual(before);

  edit(site!, (database) => database.exec("INSERT INTO migrations (version) VALUES (99)"));
  const marked = contents([...people, site!]);
  const again = await start(objects, told);
  try {
    expect(await ask(again, "/v1/events", event)).toEqual(refused);
    expect((await fetch(`${again.url}/health`)).status).toBe(200);
  } finally {
    await again.stop();
  }
  expect(contents([...people, site!])).toEqual(marked);
}, 60_000);
