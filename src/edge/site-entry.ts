import type { Usage } from "../core/budget/ceiling.ts";
import type { World } from "../core/decide/world.ts";
import type { Terms } from "../core/recommend/terms.ts";
import type { KeyRow, SiteRow } from "../store/site-store.ts";

/** What an isolate knows of a site. Immutable; a refresh puts another in its place. */
export type SiteSnapshot = {
  readonly site: SiteRow;
  readonly keys: ReadonlyMap<string, KeyRow>;
  readonly world: World;
  /** What of today's ceiling is used, as the site's object knows it. */
  readonly usage: Usage;
  readonly ids: { readonly model: string; readonly ledger: string; readonly courier: string };
  /** Objects that sums are spread over, beside the ledger. */
  readonly tallies: readonly string[];
  /** Catalog and model are still on their way: keys and config are right, and nothing can be recommended. */
  readonly isPartial?: true;
};

/** One site in this isolate's memory. */
export type SiteEntry = {
  snapshot: SiteSnapshot | undefined;
  /** What is known while the first reading goes on. */
  partial: SiteSnapshot | undefined;
  readAt: number;
  modelReadAt: number;
  /** It did not answer in time, and is not asked again before. */
  modelRestsUntil: number;
  /** Terms by which the model was last asked for. */
  terms: Terms | undefined;
  /** Version of the bandits' shares at hand. */
  drawsBy: number;
  /** Somebody reads it, since then. */
  reading: Promise<SiteSnapshot | undefined> | undefined;
  readingSince: number;
  failedAt: number;
  /** What it said then. */
  failure: string;
  /** Whether anybody here decides, and so needs what was learned. */
  wantsModel: boolean;
  /** Counts changes made through this isolate: a reading that began before the latest one is not the latest. */
  changes: number;
  /** Memory it takes, roughly. */
  bytes: number;
};

/** Sites kept per isolate at most, and the memory they may take together; the longest unused go first. */
const SITES_MAX = 500;
const BYTES_MAX = 64 * 1024 * 1024;
/** What any site takes, and what an item of a catalog does beside its text: objects, and ways to find it. */
const SITE_BYTES = 50_000;
const ITEM_BYTES = 900;

/** In the order of their last use. */
const entries = new Map<string, SiteEntry>();

/** A site's place in memory; the latest used from now on. */
export function entryOf(siteId: string): SiteEntry {
  const known = entries.get(siteId);
  if (known) {
    entries.delete(siteId);
    entries.set(siteId, known);
    return known;
  }
  const entry: SiteEntry = {
    snapshot: undefined,
    partial: undefined,
    readAt: 0,
    modelReadAt: 0,
    modelRestsUntil: 0,
    terms: undefined,
    drawsBy: 0,
    reading: undefined,
    readingSince: 0,
    failedAt: 0,
    failure: "",
    wantsModel: false,
    changes: 0,
    bytes: SITE_BYTES,
  };
  entries.set(siteId, entry);
  return entry;
}

/** A site's place, if it has one. */
export const entryAt = (siteId: string): SiteEntry | undefined => entries.get(siteId);

export const dropEntry = (siteId: string): boolean => entries.delete(siteId);

/** Sites in memory and the bytes they take, roughly. */
export const sitesInMemory = (): { readonly sites: number; readonly bytes: number } => ({
  sites: entries.size,
  bytes: [...entries.values()].reduce((sum, { bytes }) => sum + bytes, 0),
});

/** The sites this isolate has at hand. */
export const knownSites = (): SiteSnapshot[] =>
  [...entries.values()].flatMap(({ snapshot }) => (snapshot ? [snapshot] : []));

/** Notes what a site takes now, and makes room: a deployment of a thousand shops shares one isolate's 128 MB. */
export function weigh(entry: SiteEntry, { catalog, model }: World): void {
  const rows = Object.values(model.rows).reduce((sum, row) => sum + row.weights.length * 9, 0);
  entry.bytes = SITE_BYTES + catalog.items.length * ITEM_BYTES + model.items.length * 150 + rows;
  let { sites, bytes } = sitesInMemory();
  for (const [siteId, other] of entries) {
    if ((bytes <= BYTES_MAX && sites <= SITES_MAX) || other === entry) return;
    entries.delete(siteId);
    bytes -= other.bytes;
    sites--;
  }
}
