import { createHmac } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DIST, ROOT } from "../../src/cli/paths.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve, type Served } from "../../src/cli/serve.ts";
import { deriveWorkerdConfig } from "../../src/cli/workerd-config.ts";
import { readShared } from "../support/shared.ts";

/** The courier alone, with a door to its methods: what other objects and routes call. */
const WORKER = `
import { objectId } from "./src/edge/names.ts";
export { CourierObject } from "./src/objects/courier-object.ts";
export default {
  async fetch(request, env) {
    if (new URL(request.url).pathname === "/health") return new Response("ok");
    const { site, method, args } = await request.json();
    const courier = env.COURIER.get(await objectId(env, "courier", site, ""));
    return Response.json({ answer: await courier[method](...args) });
  },
};`;

type Arrival = {
  readonly host: string;
  readonly id: string;
  readonly sentAt: number;
  readonly signatures: readonly string[];
  readonly body: string;
};
type Behaviour = (arrival: Arrival, reply: ServerResponse, nth: number) => void;

const dir = mkdtempSync(join(tmpdir(), "concierge-webhooks-"));
const secrets = localSecrets(dir);
const arrivals: Arrival[] = [];
const behaviours = new Map<string, Behaviour>();
let receiver: Server;
let canary: Server;
let canaryHits = 0;
let configPath: string;
let served: Served;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listen = (server: Server): Promise<Server> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Stands in for the whole internet: whatever host is asked, the request comes here. */
function receive(request: IncomingMessage, reply: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { headers } = request;
    const arrival: Arrival = {
      host: headers.host ?? "",
      id: String(headers["webhook-id"]),
      sentAt: Number(headers["webhook-timestamp"]),
      signatures: String(headers["webhook-signature"]).split(" "),
      body: Buffer.concat(chunks).toString("utf8"),
    };
    arrivals.push(arrival);
    const nth = arrivals.filter(({ host, id }) => host === arrival.host && id === arrival.id).length;
    const behave = behaviours.get(arrival.host);
    if (behave) behave(arrival, reply, nth);
    else reply.writeHead(204).end();
  });
}

/** A configuration whose worker reaches no network but the receiver. */
async function prepare(): Promise<string> {
  const at = join(dir, "worker");
  mkdirSync(at, { recursive: true });
  await build({
    stdin: { contents: WORKER, resolveDir: ROOT, loader: "ts" },
    outfile: join(at, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2023",
    external: ["cloudflare:*", "node:*"],
    logLevel: "error",
  });
  copyFileSync(join(DIST, "asset-server.js"), join(at, "asset-server.js"));
  const config = deriveWorkerdConfig(join(ROOT, "wrangler.toml"), {
    worker: "worker.js",
    assetServer: "asset-server.js",
  });
  const own = config
    .split("\n")
    .filter((line) => !/(className|durableObjectNamespace) = "(?!CourierObject")/.test(line))
    .join("\n");
  const path = join(at, "workerd.capnp");
  writeFileSync(
    path,
    own
      .replace(
        "services = [",
        `services = [(name = "internet-stub", external = (address = "127.0.0.1:${portOf(receiver)}", http = ())),`,
      )
      .replace("durableObjectStorage =", 'globalOutbound = "internet-stub",\n  durableObjectStorage ='),
  );
  return path;
}

const start = (dataDir: string): Promise<Served> =>
  serve({ dataDir: join(dir, dataDir), secrets, configPath, assetsDir: dir, quiet: true });

beforeAll(async () => {
  receiver = await listen(createServer(receive));
  canary = await listen(
    createServer((_, reply) => {
      canaryHits++;
      reply.end("inside");
    }),
  );
  configPath = await prepare();
  served = await start("objects");
});

afterAll(async () => {
  await served?.stop();
  for (const server of [receiver, canary]) {
    server?.closeAllConnections();
    server?.close();
  }
  rmSync(dir, { recursive: true, force: true });
});

async function call<T>(at: Served, site: string, method: string, ...args: unknown[]): Promise<T> {
  const reply = await fetch(at.url, { method: "POST", body: JSON.stringify({ site, method, args }) });
  if (!reply.ok) throw new Error(`${method} answered ${reply.status}: ${await reply.text()}`);
  return ((await reply.json()) as { answer: T }).answer;
}

type Put = { endpoint: { state: string }; secret: string } | { code: string };
type Endpoint = { id: string; state: string; why: string; waiting: number; parked: number };
type Outcome = { id: string; outcome: string; reason: string };

const put = (at: Served, site: string, id: string, url: string): Promise<Put> =>
  call<Put>(
    at,
    site,
    "putEndpoint",
    id,
    { url, types: ["order_recorded"], purpose: "marketing", enabled: true },
    "own.example",
  );

async function secretOf(at: Served, site: string, id: string, url: string): Promise<string> {
  const answer = await put(at, site, id, url);
  if ("code" in answer) throw new Error(answer.code);
  return answer.secret;
}

const noticed = (id: string, subject = "object-of-somebody") => ({
  id,
  type: "order_recorded",
  at: Date.now(),
  subject,
  purpose: "marketing",
  customerId: "Zoë",
  data: { orderId: id },
});
const ship = (at: Served, site: string, source: string, seq: number, ids: readonly string[]) =>
  call<number>(at, site, "receive", {
    source,
    parcels: [{ seq, payload: JSON.stringify(ids.map((id) => noticed(id))) }],
  });

/** Signed with this secret, over exactly the bytes that came: Node's own HMAC, no line of ours. */
const isSigned = ({ id, sentAt, body, signatures }: Arrival, secret: string): boolean =>
  signatures.includes(
    `v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
      .update(`${id}.${sentAt}.${body}`)
      .digest("base64")}`,
  );

const at = (host: string): Arrival[] => arrivals.filter((one) => one.host === host);

async function until(holds: () => boolean | Promise<boolean>, what: string, ms = 30_000): Promise<void> {
  for (let waited = 0; waited < ms; waited += 50) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`Never: ${what}.`);
}

test.concurrent("a failed delivery comes again with the same id and bytes, a new timestamp, and a signature each time", async ({
  expect,
}) => {
  behaviours.set("flaky.example", (_, reply, nth) => reply.writeHead(nth === 1 ? 500 : 200).end("thanks"));
  const secret = await secretOf(served, "flaky", "crm", "https://flaky.example/hook");
  await ship(served, "flaky", "a", 1, ["n1"]);
  await until(() => at("flaky.example").length === 2, "a second try");
  const [first, second] = at("flaky.example");
  expect(second!.id).toBe(first!.id);
  expect(second!.body).toBe(first!.body);
  expect(second!.sentAt - first!.sentAt).toBeGreaterThanOrEqual(4);
  expect(JSON.parse(first!.body)).toMatchObject({
    type: "order_recorded",
    data: { orderId: "n1", customerId: "Zoë" },
  });
  for (const arrival of [first!, second!]) {
    expect(isSigned(arrival, secret)).toBe(true);
    expect(isSigned({ ...arrival, body: `${arrival.body} ` }, secret)).toBe(false);
  }
  await until(
    async () => (await call<{ waiting: number }>(served, "flaky", "status")).waiting === 0,
    "nothing waits",
  );
});

test.concurrent("after a rotation both secrets sign, and after one without overlap only the new", async ({
  expect,
}) => {
  const url = "https://rotating.example/";
  const first = await secretOf(served, "rotating", "crm", url);
  const { secret: second } = await call<{ secret: string }>(served, "rotating", "rotate", "crm", 24);
  await call(served, "rotating", "sendTest", "crm");
  const { secret: third } = await call<{ secret: string }>(served, "rotating", "rotate", "crm", 0);
  await call(served, "rotating", "sendTest", "crm");
  const [both, alone] = at("rotating.example");
  expect(new Set([first, second, third]).size).toBe(3);
  expect([first, second, third].map((one) => isSigned(both!, one))).toEqual([true, true, false]);
  expect([first, second, third].map((one) => isSigned(alone!, one))).toEqual([false, false, true]);
  expect(both!.signatures).toHaveLength(2);
});

test.concurrent("a redirect is a failure and is not followed, wherever it leads", async ({ expect }) => {
  const inside = `http://127.0.0.1:${portOf(canary)}/`;
  behaviours.set("redirecting.example", (_, reply) => reply.writeHead(307, { location: inside }).end());
  await put(served, "redirecting", "crm", "https://redirecting.example/");
  await ship(served, "redirecting", "a", 1, ["n1"]);
  await until(
    async () => (await call<Outcome[]>(served, "redirecting", "outcomes")).length > 0,
    "an outcome of the redirect",
  );
  expect(await call(served, "redirecting", "outcomes")).toMatchObject([
    { outcome: "failed", reason: "redirected (307)" },
  ]);
  expect(arrivals.filter(({ host }) => host.startsWith("127."))).toEqual([]);
  expect(canaryHits).toBe(0);
});

test.concurrent("410 disables the endpoint, parks what waits, and a replay brings it under its old id", async ({
  expect,
}) => {
  behaviours.set("gone.example", (_, reply) => reply.writeHead(410).end());
  await put(served, "gone", "crm", "https://gone.example/");
  await ship(served, "gone", "a", 1, ["n1", "n2", "n3", "n4", "n5"]);
  const endpoint = async () => (await call<Endpoint[]>(served, "gone", "endpoints"))[0]!;
  await until(async () => (await endpoint()).state === "disabled", "disabled");
  await sleep(500);
  expect(await endpoint()).toMatchObject({ waiting: 0, parked: 5 });
  const before = at("gone.example").length;
  expect(before).toBeLessThanOrEqual(3);
  await ship(served, "gone", "a", 2, ["n6"]);
  expect(await call(served, "gone", "replay", {})).toBe(0);

  behaviours.delete("gone.example");
  await put(served, "gone", "crm", "https://gone.example/");
  expect(await call(served, "gone", "replay", { id: "n4" })).toBe(1);
  expect(await call(served, "gone", "replay", { endpoint: "crm" })).toBe(4);
  await until(() => at("gone.example").length === before + 5, "all five");
  const replayed = at("gone.example").slice(before);
  expect(replayed.map(({ id }) => id).sort()).toEqual(["n1", "n2", "n3", "n4", "n5"]);
});

test.concurrent("a receiver that hangs delays nobody else; it is given up after 20 seconds", async ({
  expect,
}) => {
  behaviours.set("hanging.example", () => undefined);
  await put(served, "hanging", "hangs", "https://hanging.example/");
  await put(served, "hanging", "sound", "https://sound.example/");
  const ids = Array.from({ length: 40 }, (_, i) => `n${i}`);
  await ship(served, "hanging", "a", 1, ids);
  await until(() => at("sound.example").length === 40, "the sound receiver's forty", 15_000);
  const outcomes = () => call<(Outcome & { endpoint: string })[]>(served, "hanging", "outcomes");
  expect((await outcomes()).filter(({ endpoint }) => endpoint === "hangs")).toEqual([]);
  expect(at("hanging.example").length).toBeLessThanOrEqual(3);
  await until(
    async () => (await outcomes()).some(({ reason }) => reason === "no answer within 20 s"),
    "the timeout",
  );
  await call(served, "hanging", "deleteEndpoint", "hangs");
}, 60_000);

test.concurrent("an endless answer is hung up on; what counts is its status", async ({ expect }) => {
  let sent = 0;
  let isClosed = false;
  behaviours.set("endless.example", (_, reply) => {
    reply.writeHead(200);
    reply.on("close", () => (isClosed = true));
    const chunk = Buffer.alloc(16 * 1024, "x");
    const pump = (): void => {
      if (isClosed) return;
      sent += chunk.length;
      if (reply.write(chunk)) setImmediate(pump);
      else reply.once("drain", pump);
    };
    pump();
  });
  await put(served, "endless", "crm", "https://endless.example/");
  await ship(served, "endless", "a", 1, ["n1"]);
  await until(() => isClosed, "hung up");
  await until(async () => (await call<Outcome[]>(served, "endless", "outcomes")).length === 1, "an outcome");
  expect(await call(served, "endless", "outcomes")).toMatchObject([{ outcome: "delivered" }]);
  // What lies in the buffers of both systems was sent too, but no stream without end.
  expect(sent).toBeLessThan(32 * 1024 * 1024);
});

test.concurrent("nothing is sent about a customer after they withdrew", async ({ expect }) => {
  behaviours.set("late.example", (_, reply) => reply.writeHead(503).end());
  await put(served, "late", "crm", "https://late.example/");
  const parcels = [
    { seq: 1, payload: JSON.stringify([noticed("n1", "object-of-jane"), noticed("n2", "object-of-joe")]) },
  ];
  await call(served, "late", "receive", { source: "a", parcels });
  await until(() => at("late.example").length === 2, "both first tries");
  await sleep(300);
  await call(served, "late", "withdraw", "object-of-jane", ["marketing"]);
  await until(() => at("late.example").length === 3, "a second try of the other");
  await sleep(1_500);
  expect(at("late.example").map(({ id }) => id)).toEqual(["n1", "n2", "n2"]);
});

const ssrf = readShared("vectors/hostile/ssrf-urls.json");

describe.skipIf(ssrf === undefined)("addresses that lead inside", () => {
  test("are refused when they are named, and the canary is never asked", async () => {
    const { urls } = JSON.parse(ssrf!) as { urls: string[] };
    expect(urls.length).toBeGreaterThanOrEqual(60);
    const port = portOf(canary);
    const ours = [
      `http://127.0.0.1:${port}/`,
      `https://localhost:${port}/`,
      `https://127.0.0.1.nip.io:${port}/`,
    ];
    for (const url of [...urls, ...ours]) {
      const own = url.replace("THIS-WORKERS-OWN-HOST", "own.example");
      expect(await put(served, "ssrf", "crm", own), url).toMatchObject({ code: "unsafe_webhook_url" });
    }
    expect(await call(served, "ssrf", "endpoints")).toEqual([]);
    expect(canaryHits).toBe(0);
  }, 60_000);
});

test("kill -9 in mid-delivery loses nothing: alarms alone bring what was owed", async () => {
  behaviours.set("busy.example", (_, reply) => void setTimeout(() => reply.writeHead(200).end(), 150));
  let own = await start("crashing");
  try {
    const secret = await secretOf(own, "busy", "crm", "https://busy.example/");
    const owed: string[] = [];
    for (let kill = 0; kill < 4; kill++) {
      const ids = Array.from({ length: 30 }, (_, i) => `k${kill}-${i}`);
      await ship(own, "busy", "a", kill + 1, ids);
      owed.push(...ids);
      await sleep(250 + kill * 130);
      await own.stop("SIGKILL");
      own = await start("crashing");
    }
    const arrived = () => new Set(at("busy.example").map(({ id }) => id));
    expect(arrived().size).toBeLessThan(owed.length);
    // Nobody calls the courier from here on.
    await until(() => arrived().size === owed.length, "all of it", 60_000);
    for (const arrival of at("busy.example")) expect(isSigned(arrival, secret), arrival.id).toBe(true);
    await until(
      async () => (await call<{ waiting: number }>(own, "busy", "status")).waiting === 0,
      "nothing waits",
    );
    const before = at("busy.example").length;
    // What was acknowledged before a kill and is shipped again is not sent again.
    await ship(own, "busy", "a", 4, ["k3-0"]);
    await sleep(1_000);
    expect(at("busy.example").length).toBe(before);
    console.info(`${owed.length} owed, ${before} sent, ${before - owed.length} more than once, 0 lost.`);
  } finally {
    await own.stop("SIGKILL");
  }
}, 120_000);
