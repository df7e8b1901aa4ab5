import {
  applyChanges,
  EMPTY_CATALOG,
  type CatalogChange,
  type CatalogIndex,
} from "../core/catalog/catalog-index.ts";
import type { CatalogItem } from "../core/catalog/item.ts";
import { compileConfig, type CompiledConfig } from "../core/config/compile.ts";
import { readConfig } from "../core/config/read.ts";
import { joinWorld, type Allocations, type World } from "../core/decide/world.ts";
import { decodeSnapshot } from "../core/recommend/snapshot/encode.ts";
import { contentOf } from "../core/recommend/content/content.ts";
import { emptySnapshot, type ModelSnapshot } from "../core/recommend/snapshot/snapshot.ts";
import { learnAlike, type Terms } from "../core/recommend/terms.ts";
import type { Usage } from "../core/budget/ceiling.ts";
import type { Env } from "../env.ts";
import { noteObjectCall, takeSpent } from "./budget.ts";
import type { KeyRow, SiteRow } from "../store/site-store.ts";
import { objectId } from "./names.ts";
import { putTrafficBack, takeTraffic } from "./traffic.ts";
import { wholeSnapshot } from "./whole-snapshot.ts";

/** Refreshed when older than this, and nothing older than the second is ever served: live in 5 s. */
const FRESH_MS = 500;
const STALE_MS_MAX = 4_000;
/** How old what an object goes by may be. */
const OBJECT_FRESH_MS = 2_000;
/** A request waits so long for what it refreshes itself; then it is answered with what there was. */
const PATIENCE_MS = 40;
/** A model of many items is too large to be read at every refresh, and one more click changes it little. */
const YOUNG_ITEMS_MAX = 5_000;
const MATURE_FRESH_MS = 3_000;
/** Sites kept per isolate, the longest unused going first. */
const SITES_MAX = 50;

/** What an isolate knows of a site. Immutable; a refresh puts another in its place. */
export type SiteSnapshot = {
  readonly site: SiteRow;
  readonly keys: ReadonlyMap<string, KeyRow>;
  readonly world: World;
  /** What of today's ceiling is used, as the site's object knows it. */
  readonly usage: Usage;
  readonly ids: { readonly model: string; readonly ledger: string; readonly courier: string };
};

type Entry = {
  snapshot: SiteSnapshot | undefined;
  readAt: number;
  modelReadAt: number;
  /** Terms by which the model was last asked for. */
  terms: Terms | undefined;
  /** Version of the bandits' shares at hand. */
  drawsBy: number;
  reading: Promise<SiteSnapshot | undefined> | undefined;
  /** Whether anybody here decides, and so needs what was learned. */
  wantsModel: boolean;
  /** Counts changes made through this isolate: a reading that began before the latest one is not the latest. */
  changes: number;
};
const entries = new Map<string, Entry>();

function entryOf(siteId: string): Entry {
  const known = entries.get(siteId);
  if (known) return known;
  const entry: Entry = {
    snapshot: undefined,
    readAt: 0,
    modelReadAt: 0,
    terms: undefined,
    drawsBy: 0,
    reading: undefined,
    wantsModel: false,
    changes: 0,
  };
  entries.set(siteId, entry);
  if (entries.size > SITES_MAX) entries.delete(entries.keys().next().value!);
  return entry;
}

/** The sites this isolate has at hand. */
export const knownSites = (): SiteSnapshot[] =>
  [...entries.values()].flatMap(({ snapshot }) => (snapshot ? [snapshot] : []));

/**
 * The site as this isolate knows it: from memory, refreshed when half a second old. The request that refreshes waits a
 * moment for it, so that what one visitor taught is there for the next; after four seconds it waits for good.
 * `undefined`: there is no such site.
 */
export async function siteSnapshot(
  env: Env,
  ctx: { waitUntil(work: Promise<unknown>): void },
  siteId: string,
): Promise<SiteSnapshot | undefined> {
  const entry = entryOf(siteId);
  wantModel(entry);
  const age = Date.now() - entry.readAt;
  if (entry.snapshot && age < FRESH_MS) return entry.snapshot;
  const isServable = entry.snapshot !== undefined && age < STALE_MS_MAX;
  // A request may not wait for what another one does: it would be given up for hung when it has nothing of its own to do.
  if (isServable && entry.reading) return entry.snapshot;
  const reading = (entry.reading ??= refresh(env, siteId, entry, true));
  if (isServable) {
    const known = entry.snapshot;
    const refreshed = reading.catch(() => known);
    ctx.waitUntil(refreshed);
    return Promise.race([refreshed, scheduler.wait(PATIENCE_MS).then(() => known)]);
  }
  return reading;
}

/** From now on what was learned is read too: what was read for rules alone may not be decided with. */
function wantModel(entry: Entry): void {
  if (entry.wantsModel) return;
  entry.wantsModel = true;
  entry.readAt = 0;
  entry.snapshot = undefined;
  entry.reading = undefined;
  entry.changes++;
}

/**
 * The same for an object, at most two seconds old. An object never waits for what a request or another object began: it
 * would go on in that one's context, where its own storage is out of reach.
 * @param needs "rules": config, catalog and value model are enough; "all": it decides
 */
export async function siteForObject(
  env: Env,
  siteId: string,
  needs: "rules" | "all" = "rules",
): Promise<SiteSnapshot | undefined> {
  const entry = entryOf(siteId);
  if (needs === "all") wantModel(entry);
  if (entry.snapshot && Date.now() - entry.readAt < OBJECT_FRESH_MS) return entry.snapshot;
  return refresh(env, siteId, entry, needs === "all" || (entry.wantsModel && entry.snapshot === undefined));
}

/** Forgets a site, so that the isolate that changed it sees its own change at once. */
export function forget(siteId: string): void {
  const entry = entries.get(siteId);
  if (!entry) return;
  entry.readAt = 0;
  entry.reading = undefined;
  entry.changes++;
}

async function refresh(
  env: Env,
  siteId: string,
  entry: Entry,
  withModel: boolean,
): Promise<SiteSnapshot | undefined> {
  const startedAt = Date.now();
  const { changes } = entry;
  try {
    const known = entry.snapshot;
    const stub = env.SITE.get(await objectId(env, "site", siteId, ""));
    const spent = takeSpent(siteId);
    const decided = takeTraffic(siteId);
    const reading = await stub
      .read({
        revision: known?.world.config.revision ?? 0,
        catalogVersion: known?.world.catalog.version ?? 0,
        spent,
        decided,
        drawsBy: entry.drawsBy,
        valuesBy: known?.world.value?.version ?? 0,
      })
      .catch((error: unknown) => {
        noteObjectCall(siteId, spent);
        putTrafficBack(siteId, decided);
        throw error;
      });
    if (!reading) {
      entries.delete(siteId);
      return undefined;
    }
    const config: CompiledConfig =
      reading.config === undefined && known
        ? known.world.config
        : compileConfig(readConfig(JSON.parse(reading.config ?? "{}")), reading.revision);
    let catalog: CatalogIndex = known?.world.catalog ?? EMPTY_CATALOG;
    if (reading.items.length > 0) {
      const rows = [...reading.items];
      for (let more = reading.more; more;) {
        const page = await stub.changes(catalog.version, rows.at(-1)!.id);
        rows.push(...page.items);
        more = page.more;
      }
      catalog = applyChanges(catalog, rows.map(changeOf), reading.site.catalogVersion);
      // Made now, so that no decision has to wait for it.
      contentOf(catalog);
    }
    const ids = known?.ids ?? {
      model: (await objectId(env, "model", siteId, "0")).toString(),
      ledger: (await objectId(env, "ledger", siteId, "0")).toString(),
      courier: (await objectId(env, "courier", siteId, "")).toString(),
    };
    const { minCustomers, profile, guarded } = config.config.model;
    const terms: Terms = { revision: config.revision, minCustomers, profile, isGuarded: guarded };
    let model = known?.world.model ?? emptySnapshot();
    const isOfTerms =
      model.minCustomers === minCustomers && entry.terms !== undefined && learnAlike(entry.terms, terms);
    const isYoung = model.items.length <= YOUNG_ITEMS_MAX;
    if (withModel && (!isOfTerms || isYoung || startedAt - entry.modelReadAt >= MATURE_FRESH_MS)) {
      entry.modelReadAt = startedAt;
      model = await refreshModel(env, ids.model, stub.id.toString(), model, terms, !isOfTerms);
      entry.terms = terms;
    }
    const { shares } = reading;
    const allocations: Allocations | undefined = shares
      ? new Map(shares.bandits.map(({ key, ...allocation }) => [key, allocation]))
      : known?.world.allocations;
    const value = reading.value ?? known?.world.value;
    const isSame =
      known &&
      shares === undefined &&
      known.world.value === value &&
      known.world.config === config &&
      known.world.catalog === catalog &&
      known.world.model === model;
    const snapshot: SiteSnapshot = {
      site: reading.site,
      keys: new Map(reading.keys.map((key) => [key.digest, key])),
      world: isSame ? known.world : joinWorld(config, catalog, model, allocations, value),
      usage: reading.usage,
      ids,
    };
    if (entry.changes === changes) {
      entry.snapshot = snapshot;
      if (shares) entry.drawsBy = shares.version;
      entry.readAt = startedAt;
    }
    return snapshot;
  } finally {
    if (entry.changes === changes) entry.reading = undefined;
  }
}

/** The newest model; on a fault the one at hand goes on serving. */
async function refreshModel(
  env: Env,
  id: string,
  site: string,
  current: ModelSnapshot,
  terms: Terms,
  isOther: boolean,
): Promise<ModelSnapshot> {
  try {
    const stub = env.MODEL.get(env.MODEL.idFromString(id));
    const latest = await stub.snapshot(isOther ? -1 : current.version, terms, site);
    const bytes = latest && (await wholeSnapshot(stub, latest, terms.minCustomers));
    return bytes ? decodeSnapshot(bytes) : current;
  } catch (error) {
    console.error(JSON.stringify({ at: "model.refresh", error: String(error) }));
    return current;
  }
}

function changeOf(row: { readonly id: string; readonly body: string | null }): CatalogChange {
  return { id: row.id, item: row.body === null ? undefined : (JSON.parse(row.body) as CatalogItem) };
}
