import type { ItemId } from "../core/primitives/ids.ts";
import { MINUTE_MS, type EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";

/** Product types change with the catalog; what goes with what kind changes slowly. */
const FRESH_MS = 5 * MINUTE_MS;
const RETRY_MS = 10_000;

/** The product type of each item, as the site's catalog says. In memory only, and read again now and then. */
export class ProductTypes {
  readonly #sites: Env["SITE"];
  #types: ReadonlyMap<ItemId, string> = new Map();
  #catalogVersion = -1;
  #nextAt: EpochMs = 0;

  constructor(sites: Env["SITE"]) {
    this.#sites = sites;
  }

  readonly of = (item: ItemId): string | undefined => this.#types.get(item);

  /** Reads them when it is time, and waits for that no longer than this. On a fault the ones at hand go on. */
  async refresh(site: string, waitMs: number): Promise<void> {
    const now = Date.now();
    if (now < this.#nextAt) return;
    this.#nextAt = now + RETRY_MS;
    await Promise.race([this.#read(site), scheduler.wait(waitMs)]);
  }

  async #read(site: string): Promise<void> {
    try {
      const stub = this.#sites.get(this.#sites.idFromString(site));
      const latest = await stub.productTypes(this.#catalogVersion);
      if (latest) {
        this.#types = new Map(
          [...latest.types].flatMap(([type, items]) => items.map((item) => [item, type] as const)),
        );
        this.#catalogVersion = latest.catalogVersion;
      }
      this.#nextAt = Date.now() + FRESH_MS;
    } catch (error) {
      console.error(JSON.stringify({ at: "model.types", error: String(error) }));
    }
  }
}
