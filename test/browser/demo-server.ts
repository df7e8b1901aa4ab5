import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAll } from "../../src/cli/build.ts";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { DEMO_CONFIG } from "../../src/cli/demo-data/demo-config.ts";
import { PAST_DAYS, seedDemo } from "../../src/cli/demo-data/seed.ts";
import { simulateShoppers } from "../../src/cli/demo-data/shoppers.ts";
import type { ShopEventInput } from "../../src/cli/demo-data/visit.ts";
import { DIST } from "../../src/cli/paths.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve } from "../../src/cli/serve.ts";
import { DAY_MS } from "../../src/core/primitives/time.ts";
import { regulars } from "./regulars.ts";

/** What `GET /v1/site` says, as far as a journey asks. */
export type SiteState = {
  readonly customers: number;
  readonly model: { readonly learnedVersion: number; readonly servedVersion: number };
  readonly daily: readonly {
    readonly name: string;
    readonly part: string;
    readonly metric: string;
    readonly value: number;
  }[];
};

/** The demo shop on a server of its own, with keys and with what stands behind its figures. */
export type DemoServer = {
  readonly url: string;
  readonly keys: SiteKeys;
  /** Everything that happened before the journeys begin. */
  readonly past: readonly ShopEventInput[];
  state(): Promise<SiteState>;
  /** Waits until everything seen so far is counted and learned, and the learned is served. */
  settled(): Promise<SiteState>;
  stop(): Promise<void>;
};

/** Nobody is held out, so that every visitor of a journey takes the same way. */
const CONFIG = { ...DEMO_CONFIG, holdout: { share: 0 }, model: { minCustomers: 3 } };

/** Simulated shoppers that make the shop look lived in; the figures that journeys look at come from the regulars. */
const SHOPPERS = 120;

export async function startDemo(): Promise<DemoServer> {
  if (!existsSync(join(DIST, "workerd.capnp"))) await buildAll();
  const dir = mkdtempSync(join(tmpdir(), "concierge-demo-"));
  const secrets = localSecrets(dir);
  const { url, stop: stopServer } = await serve({ dataDir: join(dir, "objects"), secrets, quiet: true });
  const stop = async () => {
    await stopServer();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const keys = await call<SiteKeys>(`${url}/v1/sites`, {
      key: secrets.OPERATOR_KEY,
      body: { origin: url },
    });
    const state = () => call<SiteState>(`${url}/v1/site`, { key: keys.adminKey });
    const past = await fill(url, keys);
    await settle(state);
    return { url, keys, past, state, settled: () => settle(state), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function fill(url: string, keys: SiteKeys): Promise<ShopEventInput[]> {
  const until = Date.now();
  const seed = "journeys";
  await seedDemo(url, keys, {
    shoppers: SHOPPERS,
    experimentShoppers: 0,
    seed,
    until,
    config: CONFIG,
    quiet: true,
  });
  const consent = { analytics: true, personalization: true };
  const known = regulars(until);
  await Promise.all(
    known.map((batch) => call(`${url}/v1/events`, { key: keys.serverKey, body: { ...batch, consent } })),
  );
  const simulated = simulateShoppers({ count: SHOPPERS, from: until - PAST_DAYS * DAY_MS, until, seed });
  return [...simulated, ...known].flatMap(({ events }) => events);
}

async function settle(state: () => Promise<SiteState>): Promise<SiteState> {
  let last = "";
  for (let since = Date.now(), startedAt = since; ;) {
    const now = await state();
    const { learnedVersion, servedVersion } = now.model;
    const text = JSON.stringify(now);
    if (text !== last || learnedVersion !== servedVersion) since = Date.now();
    // Effects leave a customer's object within 300 ms.
    if (Date.now() - since > 700) return now;
    if (Date.now() - startedAt > 30_000) throw new Error(`The server did not come to rest: ${text}`);
    last = text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Orders of the past that hold all of these items: what a reason's number must be. */
export const ordersWith = (past: readonly ShopEventInput[], ...items: string[]): number =>
  past.filter(
    (event) =>
      event.type === "order_completed" && items.every((id) => event.lines.some((line) => line.item === id)),
  ).length;
