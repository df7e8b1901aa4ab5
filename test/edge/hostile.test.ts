import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { CatalogItem } from "../../src/core/catalog/item.ts";
import { EVENT_SCHEMA } from "../../src/core/event/event.ts";
import { PROBLEMS } from "../../src/core/problem/problem.ts";
import { EVENT_BYTES_MAX } from "../../src/core/wire/events.ts";
import { objectId } from "../../src/edge/names.ts";
import { problemsOf, statusesOf } from "../../src/http/openapi.ts";
import { parseJson } from "../../src/http/read-body.ts";
import { TABLE, type Endpoint } from "../../src/routes/table.ts";
import { OPERATOR_KEY } from "./declared.ts";
import {
  exampleOf,
  hostileBodies,
  hostileTexts,
  leavesOf,
  oddValues,
  piecesOf,
  placesOf,
  sharpTexts,
  storedForm,
  textsIn,
  type Place,
  type Vectors,
} from "./hostile-inputs.ts";
import { CONSENT, openShop, ORIGIN, send, type Reply, type Shop } from "./shop.ts";

declare module "vitest" {
  interface ProvidedContext {
    cells: Vectors["cells"];
    moments: Vectors["moments"];
    tcf: string | null;
    gpp: string | null;
    segment: string | null;
  }
}

const vectors: Vectors = {
  badIds: inject("badIds"),
  bodies: inject("bodies"),
  cells: inject("cells"),
  moments: inject("moments"),
  tcf: inject("tcf"),
  gpp: inject("gpp"),
  segment: inject("segment"),
};
const TEXTS = hostileTexts(vectors);
const SHARP = sharpTexts(vectors);
const ODD = oddValues(vectors);
const PLAIN_NAME = /^(?=.{1,64}$)[\w$.-]+(?: [\w$.-]+)*$/;

/** One request, and the text in it that must not come back. */
type Attempt = {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly sent: Parameters<typeof send>[1];
  readonly text: string;
  readonly pointer: string;
  /** What stands there; of names, plain ones may be named in a refusal. */
  readonly takes: Place["takes"];
};

/** Goes through attempts and keeps what was wrong with the answers. */
class Judge {
  readonly wrong: string[] = [];
  readonly refused: Attempt[] = [];
  count = 0;
  readonly #said = new Map<Endpoint, { text: string; said: string }[]>();
  readonly #echoes: { attempt: Attempt; piece: string; said: string }[] = [];

  async send(attempt: Attempt): Promise<Reply> {
    const { endpoint, path, sent, text } = attempt;
    const reply = await send(path, { method: endpoint.method, ...sent });
    const { status, headers, body } = reply;
    this.count++;
    if (status >= 500) this.#blame(attempt, `answered ${status}`);
    if (!statusesOf(endpoint).has(status)) this.#blame(attempt, `answered ${status}, which is not declared`);
    if (status >= 400) {
      this.refused.push(attempt);
      const code = String(body["code"]);
      if (!(code in PROBLEMS)) this.#blame(attempt, `refused without a code`);
      else if (!problemsOf(endpoint).some((one) => one === code))
        this.#blame(attempt, `refused with ${code}, which is not declared`);
      if (headers.get("content-type") !== "application/problem+json")
        this.#blame(attempt, `refused as ${headers.get("content-type")}`);
    }
    this.#listen(attempt, reply);
    return reply;
  }

  /** Notes pieces of the text that came back. A whole text given back exactly is no echo, but only where it was accepted. */
  #listen(attempt: Attempt, { status, headers, body }: Reply): void {
    const { text, endpoint, takes } = attempt;
    const said = [
      ...textsIn(body, status < 400 ? text : undefined),
      ...[...headers].flatMap(([name, value]) => [name, value]),
    ].join("\n");
    let known = this.#said.get(endpoint);
    if (!known) this.#said.set(endpoint, (known = []));
    known.push({ text, said });
    if (takes === "name" && PLAIN_NAME.test(text)) return;
    const piece = piecesOf(text).find((one) => said.includes(one));
    if (piece !== undefined) this.#echoes.push({ attempt, piece, said });
  }

  #blame({ endpoint, path, pointer, text }: Attempt, what: string): void {
    this.wrong.push(
      `${endpoint.method} ${path.slice(0, 80)} ${pointer} ${JSON.stringify(text.slice(0, 40))} (${text.length}): ${what}`,
    );
  }

  /** What was wrong. A piece that the endpoint also says to whoever did not send it is a word of its own. */
  verdict(): string[] {
    for (const { attempt, piece, said } of this.#echoes) {
      const isOwn = this.#said
        .get(attempt.endpoint)!
        .some((other) => other.said.includes(piece) && !other.text.includes(piece));
      if (!isOwn) this.#blame(attempt, `repeats ${JSON.stringify(piece)} in ${said.slice(0, 300)}`);
    }
    return this.wrong;
  }
}

const ROOMS = [
  "CUSTOMER",
  "SITE",
  "MODEL",
  "LEDGER",
  "COURIER",
  "DRAFT",
  "BEHAVIOUR",
  "IMPORT",
  "UNMATCHED",
] as const;

/** Every row of every object there is, by object and table. */
async function allRows(): Promise<Record<string, string>> {
  const rows: Record<string, string> = {};
  for (const room of ROOMS)
    for (const id of await listDurableObjectIds(env[room])) {
      const stub = env[room].get(id) as DurableObjectStub;
      await runInDurableObject(stub, async (_, { storage }) => {
        const tables = storage.sql
          .exec<{ name: string }>(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
          )
          .toArray();
        for (const { name } of tables)
          rows[`${room} ${id.toString()} ${name}`] = JSON.stringify(
            storage.sql
              .exec(`SELECT * FROM ${name}`)
              .toArray()
              .map((row) =>
                Object.values(row).map((one) =>
                  one instanceof ArrayBuffer ? [...new Uint8Array(one)].join() : one,
                ),
              ),
          );
        rows[`${room} ${id.toString()} values`] = JSON.stringify([...(await storage.list())]);
      });
    }
  return rows;
}

/** The rows once nothing moves any more: alarms have rung, behind-the-answer work is done. */
async function calmRows(): Promise<Record<string, string>> {
  let before = await allRows();
  for (let calm = 0, round = 0; calm < 3; round++) {
    if (round > 100) throw new Error("It never comes to rest.");
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = await allRows();
    calm = differences(before, now).length === 0 ? calm + 1 : 0;
    before = now;
  }
  return before;
}

/** Tables that are not the same, with both readings. */
const differences = (before: Record<string, string>, after: Record<string, string>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name]?.slice(0, 300)} → ${after[name]?.slice(0, 300)}`);

const logged: string[] = [];
beforeAll(() => {
  for (const level of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, level).mockImplementation((...said: unknown[]) => {
      logged.push(said.map(String).join(" "));
    });
});
afterAll(() => vi.restoreAllMocks());

/** A shop with one of everything, so that addresses can name something. */
type Stage = {
  readonly shop: Shop;
  /** Cookies by which a visitor proves who they are. */
  readonly cookie: string;
  readonly keyId: string;
};

async function openStage(): Promise<Stage> {
  const shop = await openShop();
  const { keys } = shop;
  const met = await send("/v1/events", {
    origin: ORIGIN,
    body: { key: keys.writeKey, consent: CONSENT, events: [shop.event("page_viewed")] },
  });
  const cookie = met.headers.getSetCookie().map((one) => one.split(";", 1)[0]!);
  const made = await send("/v1/keys", { key: keys.adminKey, body: { kind: "sk", label: "spare" } });
  await send("/v1/webhooks/a1", {
    method: "PUT",
    key: keys.adminKey,
    body: { url: "https://hooks.other.example/in", types: ["customer_erased"], purpose: "transaction" },
  });
  expect(cookie.join()).not.toBe("");
  return { shop, cookie: cookie.join("; "), keyId: String(made.body["id"]) };
}

/** Of many pairs of places and texts those of one diagonal: every place and every text, not every pair. */
const rotate = <T>(values: readonly T[], place: number, share: number): T[] =>
  values.filter((_, i) => i % share === place % share);

/** The attempt as it has to be sent now: a config names the revision it is based on, an erasure is kept once per object. */
async function refreshed(attempt: Attempt, { shop }: Stage): Promise<Attempt> {
  const { endpoint, sent } = attempt;
  if (endpoint.path === "/v1/erasures") {
    const object = crypto.randomUUID().replaceAll("-", "").repeat(2);
    return { ...attempt, sent: { ...sent, body: (sent!.body as string).replace("a".repeat(64), object) } };
  }
  if (endpoint.path !== "/v1/config") return attempt;
  const { headers } = await send("/v1/config", { key: shop.keys.adminKey });
  return { ...attempt, sent: { ...sent, headers: { "if-match": headers.get("etag")! } } };
}

const isPage = (endpoint: Endpoint): boolean =>
  typeof endpoint.callers === "object" && endpoint.callers.includes("page");
const isSelf = (path: string): boolean => path.startsWith("/v1/me");

/** Who sends a body, and with what around it. */
function sentTo(
  endpoint: Endpoint,
  { shop, cookie }: Stage,
  pointer: string,
  document: unknown,
): Parameters<typeof send>[1] {
  const { keys } = shop;
  if (endpoint.callers === "operator") return { key: OPERATOR_KEY, body: JSON.stringify(document) };
  if (!isPage(endpoint))
    return { key: keys.adminKey, headers: { "if-match": '"1"' }, body: JSON.stringify(document) };
  const isOwnKey = /^\/(key|writeKey)$/.test(pointer);
  const speaks = (name: string) => pointer === `/${name}`;
  const asServer = !isSelf(endpoint.path) && !/^\/(key|writeKey|visitorId|identity|anonymousId)$/.test(pointer);
  if (typeof document !== "object" || document === null || Array.isArray(document))
    return { key: keys.serverKey, body: JSON.stringify(document) };
  const isOurs = "sentAt" in document || !/batch|track|page|screen|group|alias/.test(endpoint.path);
  const around = {
    ...(asServer || isOwnKey ? {} : { [isOurs ? "key" : "writeKey"]: keys.writeKey }),
    ...(isOurs && asServer && !isSelf(endpoint.path) && !speaks("customerId") ? { customerId: "somebody" } : {}),
    ...(isOurs && !isSelf(endpoint.path) && endpoint.path !== "/v1/reset" ? { consent: CONSENT } : {}),
  };
  return {
    ...(asServer ? { key: keys.serverKey } : { origin: ORIGIN }),
    ...(isSelf(endpoint.path) ? { headers: { cookie } } : {}),
    body: JSON.stringify({ ...around, ...document }),
  };
}

const addressOf = ({ path }: Endpoint, { keyId, shop }: Stage): string =>
  path
    .replace("/v1/keys/:id", `/v1/keys/${keyId}`)
    .replace(":site", shop.keys.siteId)
    .replace(":kind", "customers")
    .replaceAll(/:[^/]+/g, "a1");

/** Every attempt at an endpoint that takes JSON, those first that its schema refuses. */
function attemptsAt(endpoint: Endpoint, stage: Stage): readonly [bad: Attempt[], maybe: Attempt[]] {
  const schema = endpoint.request!;
  const places: Place[] = placesOf(schema);
  const share = Math.min(6, Math.ceil(places.length / 8));
  const [bad, maybe]: [Attempt[], Attempt[]] = [[], []];
  for (const [i, { pointer, takes, fill }] of places.entries()) {
    const values =
      takes === "other" ? rotate([...ODD, ...SHARP], i, 8) : rotate(TEXTS, i, share);
    for (const value of values) {
      const sent = sentTo(endpoint, stage, pointer, fill(value));
      const text = typeof value === "string" ? value : textsIn(value).join("\n");
      const parsed = parseJson(sent!.body as string);
      const isRefused = !parsed.ok || !v.safeParse(schema, parsed.value).success;
      (isRefused ? bad : maybe).push({
        endpoint,
        path: addressOf(endpoint, stage),
        sent,
        text,
        pointer,
        takes,
      });
    }
  }
  return [bad, maybe];
}

type Reader = (stage: Stage, attempt: Attempt, reply: Reply) => Promise<unknown> | unknown;
const asOwner = (path: string) => async ({ shop }: Stage) => (await send(path, { key: shop.keys.adminKey })).body;

/**
 * Where a text can be read that an endpoint took. "nothing": it keeps no text of the body's own fields; events, which
 * several endpoints carry, are read in a test of their own.
 */
const READERS: Readonly<Record<string, Reader | "nothing">> = {
  "POST /v1/events": "nothing",
  "POST /v1/decide": "nothing",
  "POST /v1/rank": "nothing",
  "POST /v1/ga4": "nothing",
  "POST /v1/identify": "nothing",
  "POST /v1/reset": "nothing",
  ...Object.fromEntries(
    ["batch", "track", "page", "screen", "group", "alias"].map((call) => [`POST /v1/${call}`, "nothing"] as const),
  ),
  "POST /v1/me/change": async ({ shop, cookie }) =>
    (await send("/v1/me/export", { origin: ORIGIN, headers: { cookie }, body: { key: shop.keys.writeKey } })).body,
  "POST /v1/erasures": asOwner("/v1/erasures"),
  "PUT /v1/config": asOwner("/v1/config"),
  /** Sealed, and never told again. */
  "PUT /v1/hooks/shopify": "nothing",
  "POST /v1/webhooks/deliveries/replay": "nothing",
  "POST /v1/keys": async (stage, _, { body }) => {
    const { body: list } = await send("/v1/keys", { key: stage.shop.keys.adminKey });
    // Makes room for the next: only so many keys live at once.
    await send(`/v1/keys/${String(body["id"])}`, { method: "DELETE", key: stage.shop.keys.adminKey });
    return list;
  },
};

const TAKES_JSON = TABLE.filter(({ request }) => request !== undefined);

describe("every place of every body", () => {
  test("the table has them, and each has somewhere to put a text", () => {
    expect(TAKES_JSON.length).toBeGreaterThan(25);
    for (const { method, path, request } of TAKES_JSON)
      expect(placesOf(request!).length, `${method} ${path}`).toBeGreaterThan(0);
  });

  test("what the schema refuses is a 4xx that repeats nothing and changes no row", async () => {
    const stage = await openStage();
    const judge = new Judge();
    const before = await calmRows();
    for (const endpoint of TAKES_JSON)
      for (const attempt of attemptsAt(endpoint, stage)[0]) {
        const { status } = await judge.send(attempt);
        if (status < 400) judge.wrong.push(`${endpoint.path} ${attempt.pointer} took ${attempt.text.slice(0, 40)}`);
      }
    expect(judge.verdict().slice(0, 20)).toEqual([]);
    expect(judge.count).toBeGreaterThan(3_000);
    expect(differences(before, await calmRows())).toEqual([]);
  }, 120_000);

  test("what it lets through is kept exactly, or refused without a trace", async () => {
    const stage = await openStage();
    const judge = new Judge();
    const unread = new Set<string>();
    let kept = 0;
    for (const endpoint of TAKES_JSON) {
      const place = `${endpoint.method} ${endpoint.path}`;
      for (const attempt of attemptsAt(endpoint, stage)[1]) {
        const fresh = await refreshed(attempt, stage);
        const reply = await judge.send(fresh);
        if (reply.status >= 400 || attempt.takes === "other") continue;
        const read = READERS[place];
        if (read === undefined) unread.add(place);
        else if (read !== "nothing") {
          const there = textsIn(await read(stage, attempt, reply));
          if (!there.includes(attempt.text))
            judge.wrong.push(`${place} ${attempt.pointer} lost ${JSON.stringify(attempt.text.slice(0, 60))}`);
          kept++;
        }
      }
    }
    expect([...unread], "every endpoint that takes something says where it can be read").toEqual([]);
    expect(judge.verdict().slice(0, 20)).toEqual([]);
    expect(kept).toBeGreaterThan(100);
    // Once more, everything that was refused for what it says: nothing of it is kept.
    const before = await calmRows();
    const refused = judge.refused.filter(({ endpoint }) => endpoint.method !== "DELETE");
    expect(refused.length).toBeGreaterThan(50);
    for (const attempt of refused) await judge.send(attempt);
    expect(differences(before, await calmRows())).toEqual([]);
  }, 120_000);
});
