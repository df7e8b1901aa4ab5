import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, type SiteKeys } from "../../../src/cli/call.ts";
import { localSecrets } from "../../../src/cli/secrets.ts";
import { serve, type Served } from "../../../src/cli/serve.ts";
import type { DecideAnswer, EventAnswer } from "../../../src/core/wire/decide.ts";
import { bundle } from "../serve/bundle.ts";

export type GrowthServer = Served & {
  /** Files of one class's objects. */
  objectsDir(className: string): string;
  openSite(origin: string): Promise<Site>;
};
export type Site = SiteKeys & { readonly url: string };

const CONSENT = { personalization: true, analytics: true };
/** A catalog body holds 25 MB. */
const CATALOG_PAGE = 20_000;

/** Serves today's sources with plain workerd while some work is done, with objects on disk that are gone afterwards. */
export async function withServer<T>(work: (server: GrowthServer) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "concierge-growth-"));
  const assetsDir = join(dir, "assets");
  mkdirSync(assetsDir);
  const configPath = await bundle({ worker: "src/worker.ts", toml: "wrangler.toml", dir, minify: true });
  const secrets = localSecrets(dir);
  const served = await serve({
    dataDir: join(dir, "objects"),
    assetsDir,
    configPath,
    secrets,
    quiet: true,
    isBound: true,
    settings: { BUDGET_FACTOR: "1000000", LOG_REQUESTS: "0" },
  });
  try {
    return await work({
      ...served,
      objectsDir: (className) => join(dir, "objects", `concierge-${className}`),
      openSite: async (origin) => ({
        ...(await call<SiteKeys>(`${served.url}/v1/sites`, { key: secrets.OPERATOR_KEY, body: { origin } })),
        url: served.url,
      }),
    });
  } finally {
    await served.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Brings a catalog in, in as many bodies as it takes. */
export async function putCatalog(site: Site, items: readonly object[]): Promise<void> {
  for (let from = 0; from < items.length; from += CATALOG_PAGE)
    await call(`${site.url}/v1/catalog`, {
      method: "PUT",
      key: site.serverKey,
      type: "application/x-ndjson",
      body: items
        .slice(from, from + CATALOG_PAGE)
        .map((item) => JSON.stringify(item))
        .join("\n"),
    });
}

/** Tells what happened to a visitor, as a shop's server does. */
export async function tell(site: Site, visitorId: string, events: readonly object[]): Promise<void> {
  const answer = await call<{ events: readonly EventAnswer[] }>(`${site.url}/v1/events`, {
    key: site.serverKey,
    body: { visitorId, consent: CONSENT, events },
  });
  const refused = answer.events.find(({ status }) => status !== "accepted");
  if (refused) throw new Error(`Not taken: ${JSON.stringify(refused)}`);
}

/** Asks for one slot of an item's page, for a visitor, or for nobody. Throws where a fault answered. */
export async function askFor(site: Site, visitorId: string | undefined, item: string): Promise<void> {
  const { slots } = await call<DecideAnswer>(`${site.url}/v1/decide`, {
    type: "text/plain;charset=UTF-8",
    headers: { origin: site.origin },
    body: JSON.stringify({
      key: site.writeKey,
      ...(visitorId === undefined ? {} : { visitorId, consent: CONSENT }),
      page: { type: "product", item },
      slots: [{ id: "product-goes-with", strategies: ["cross_sell", "also_viewed", "same_type"] }],
    }),
  });
  if (slots[0]?.reason === "fault") throw new Error("A fault answered.");
}
