import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve } from "../../src/cli/serve.ts";

/** A shop's pages on one origin, the built Worker with a site of that shop on another. */
export type RealShop = {
  /** Origin of the shop's pages. */
  readonly shop: string;
  /** Origin of the Worker. */
  readonly api: string;
  readonly keys: SiteKeys;
  stop(): Promise<void>;
};

/** Answers a request for a page of the shop. */
export type Pages = (request: IncomingMessage, response: ServerResponse, shop: RealShop) => void;

const ITEMS = 24;
const item = (index: number): object => ({
  id: `p${index}`,
  title: `Product ${index}`,
  price: `${10 + index}.00 EUR`,
  link: `/p/p${index}`,
  image_link: `/i/p${index}.svg`,
  product_type: `Kind ${index % 4}`,
  availability: "in_stock",
});

/**
 * Starts plain workerd on what `src/cli/build.ts` made, creates a site for a shop of 24 items (`p0` to `p23`) with the
 * slots of `config`, and serves the shop's pages by `pages`. Nobody is held out unless the config says so.
 */
export async function startRealShop(
  pages: Pages,
  config: object = {},
  catalog: readonly object[] = Array.from({ length: ITEMS }, (_, index) => item(index)),
): Promise<RealShop> {
  const dir = mkdtempSync(join(tmpdir(), "concierge-shop-"));
  const secrets = localSecrets(dir);
  const served = await serve({ dataDir: join(dir, "objects"), secrets, quiet: true });
  const server = createServer((request, response) => pages(request, response, real)).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const shop = `http://localhost:${(server.address() as AddressInfo).port}`;
  const keys = await call<SiteKeys>(`${served.url}/v1/sites`, {
    key: secrets.OPERATOR_KEY,
    body: { origin: shop },
  });
  const real: RealShop = {
    shop,
    api: served.url,
    keys,
    async stop() {
      server.closeAllConnections();
      server.close();
      await served.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await call(`${served.url}/v1/catalog?mode=replace&confirm=true`, {
    method: "PUT",
    key: keys.serverKey,
    body: catalog,
  });
  await call(`${served.url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": '"1"' },
    body: { holdout: { share: 0 }, ...config },
  });
  return real;
}
