import {
  catalogSteps,
  EMPTY_CATALOG,
  type CatalogChange,
  type CatalogIndex,
} from "../core/catalog/catalog-index.ts";
import type { CatalogItem } from "../core/catalog/item.ts";
import { compileConfig, type CompiledConfig } from "../core/config/compile.ts";
import { readConfig } from "../core/config/read.ts";
import { joinWorld, type Allocations } from "../core/decide/world.ts";
import { decodeSnapshot } from "../core/recommend/snapshot/encode.ts";
import { contentSteps } from "../core/recommend/content/content.ts";
import { emptySnapshot, type ModelSnapshot } from "../core/recommend/snapshot/snapshot.ts";
import { learnAlike, type Terms } from "../core/recommend/terms.ts";
import type { Env } from "../env.ts";
import { noteObjectCall, takeSpent } from "./budget.ts";
import { noteFault } from "./full-disk.ts";
import { inTurns } from "./in-turns.ts";
import { ledgerShards, objectId } from "./names.ts";
import { dropEntry, entryAt, entryOf, weigh, type SiteEntry, type SiteSnapshot } from "./site-entry.ts";
import { putTrafficBack, takeTraffic } from "./traffic.ts";
import { wholeSnapshot } from "./whole-snapshot.ts";

/** Refreshed when older than this, and nothing older than the second is ever served: live in 5 s. */
const FRESH_MS = 500;
const STALE_MS_MAX = 4_000;
/** How old what an object goes by may be. */
const OBJECT_FRESH_MS = 2_000;
/** A request waits so long for what it refreshes itself; then it is answered with what there was. */
const PATIENCE_MS = 40;
/** And so long for the first reading of a site, if it can do with a part of it. */
const FIRST_PATIENCE_MS = 100;
const LOOK_MS = 5;
/** A refresh waits so long for a newer model where there is one, and for the first; after that it is not asked for a while. */
const MODEL_PATIENCE_MS = 2_000;
const FIRST_MODEL_PATIENCE_MS = 10_000;
const MODEL_REST_MS = 5_000;
/** Whoever takes longer than this to refresh a site, or to read it first, has been ended meanwhile. */
const READING_MS_MAX = 5_000;
const FIRST_READING_MS_MAX = 30_000;
/** A model of many items is too large to be read at every refresh, and one more click changes it little. */
const YOUNG_ITEMS_MAX = 5_000;
const MATURE_FRESH_MS = 3_000;

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
  const known = entry.snapshot;
  const age = Date.now() - entry.readAt;
  if (known && age < FRESH_MS) return known;
  const isServable = known !== undefined && age < STALE_MS_MAX;
  if (isServable && entry.reading) return known;
  const reading = read(env, siteId, entry, true);
  // Also for others: whoever asked may hang up before it is done.
  ctx.waitUntil(reading.catch(() => undefined));
  if (!isServable) return known ? onceCurrent(entry, reading, known) : reading;
  return Promise.race([reading.catch(() => known), scheduler.wait(PATIENCE_MS).then(() => known)]);
}

/**
 * The site as soon as config and catalog are right again, whatever the model takes. Where its object cannot answer (a full disk,
 * say), what it said last: nothing can have been published there meanwhile either.
 */
async function onceCurrent(
  entry: SiteEntry,
  reading: Promise<SiteSnapshot | undefined>,
  known: SiteSnapshot,
): Promise<SiteSnapshot | undefined> {
  const outcome = reading.catch((error: unknown) => {
    console.error(JSON.stringify({ at: "site.refresh", error: String(error) }));
    return known;
  });
  for (;;) {
    const done = await Promise.race([outcome.then((site) => ({ site })), scheduler.wait(LOOK_MS)]);
    if (done) return done.site;
    if (entry.snapshot && Date.now() - entry.readAt < STALE_MS_MAX) return entry.snapshot;
  }
}

/**
 * The same for who cannot wait: in an isolate that has just begun, keys and config after a moment, though catalog and model of
 * a large shop still take a second or two. They go on being read behind the answer.
 */
export async function siteSoon(
  env: Env,
  ctx: { waitUntil(work: Promise<unknown>): void },
  siteId: string,
): Promise<SiteSnapshot | undefined> {
  const entry = entryOf(siteId);
  const whole = siteSnapshot(env, ctx, siteId);
  if (entry.snapshot) return whole;
  for (;;) {
    const done = await Promise.race([whole.then((site) => ({ site })), scheduler.wait(LOOK_MS)]);
    if (done) return done.site;
    if (entry.partial && Date.now() - entry.readingSince >= FIRST_PATIENCE_MS) return entry.partial;
  }
}

/** From now on what was learned is read too: what was read for rules alone may not be decided with. */
function wantModel(entry: SiteEntry): void {
  if (entry.wantsModel) return;
  entry.wantsModel = true;
  entry.readAt = 0;
  entry.partial = entry.snapshot && { ...entry.snapshot, isPartial: true };
  entry.snapshot = undefined;
  entry.reading = undefined;
  entry.changes++;
}

/**
 * The same for an object, at most two seconds old, or four while somebody refreshes it.
 * @param needs "rules": config, catalog and value model are enough; "all": it decides
 */
export async function siteForObject(
  env: Env,
  siteId: string,
  needs: "rules" | "all" = "rules",
): Promise<SiteSnapshot | undefined> {
  const entry = entryOf(siteId);
  if (needs === "all") wantModel(entry);
  const age = Date.now() - entry.readAt;
  if (entry.snapshot && age < (entry.reading ? STALE_MS_MAX : OBJECT_FRESH_MS)) return entry.snapshot;
  return read(env, siteId, entry, needs === "all" || (entry.wantsModel && entry.snapshot === undefined));
}

/**
 * Reads a site, once for all who want it: thousands of customers' objects may wake in an isolate that has just begun, and each
 * with a large catalog of its own would be the end of it. What another request or object does is looked at, not waited
 * for: who waits goes on in the other's context, where an object's own storage is out of reach.
 */
async function read(
  env: Env,
  siteId: string,
  entry: SiteEntry,
  withModel: boolean,
): Promise<SiteSnapshot | undefined> {
  const under = entry.reading;
  const mostMs = entry.snapshot ? READING_MS_MAX : FIRST_READING_MS_MAX;
  if (under) {
    const from = Date.now();
    while (entry.reading === under && Date.now() - entry.readingSince < mostMs) await scheduler.wait(LOOK_MS);
    if (entry.snapshot && entry.readAt >= from - FRESH_MS) return entry.snapshot;
    if (entry.failedAt >= from) throw new Error(`The site could not be read. ${entry.failure}`);
    // Whoever read it was ended before they were done.
    if (entry.reading === under) entry.reading = undefined;
    if (entry.reading || entry.snapshot) return read(env, siteId, entry, withModel);
  }
  entry.readingSince = Date.now();
  const reading = refresh(env, siteId, entry, withModel);
  entry.reading = reading;
  reading.catch((error: unknown) => {
    noteFault(error);
    entry.failedAt = Date.now();
    entry.failure = String(error);
  });
  return reading;
}

/** Forgets a site, so that the isolate that changed it sees its own change at once. */
export function forget(siteId: string): void {
  const entry = entryAt(siteId);
  if (!entry) return;
  entry.readAt = 0;
  entry.reading = undefined;
  entry.changes++;
}

async function refresh(
  env: Env,
  siteId: string,
  entry: SiteEntry,
  withModel: boolean,
): Promise<SiteSnapshot | undefined> {
  const startedAt = Date.now();
  const { changes } = entry;
  try {
    const known = entry.snapshot ?? entry.partial;
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
      dropEntry(siteId);
      return undefined;
    }
    const config: CompiledConfig =
      reading.config === undefined && known
        ? known.world.config
        : compileConfig(readConfig(JSON.parse(reading.config ?? "{}")), reading.revision);
    const { site, usage } = reading;
    const keys = new Map(reading.keys.map((key) => [key.digest, key]));
    const ids = known?.ids ?? {
      model: (await objectId(env, "model", siteId, "0")).toString(),
      ledger: (await objectId(env, "ledger", siteId, "0")).toString(),
      courier: (await objectId(env, "courier", siteId, "")).toString(),
    };
    const tallies =
      known?.tallies.length === reading.ledgerShards - 1
        ? known.tallies
        : await ledgerShards(env, siteId, reading.ledgerShards);
    let catalog: CatalogIndex = known?.world.catalog ?? EMPTY_CATALOG;
    if (!entry.snapshot && !entry.partial) {
      const world = joinWorld(config, catalog, emptySnapshot());
      entry.partial = { site, keys, world, usage, ids, tallies, isPartial: true };
    }
    if (reading.items.length > 0) {
      // Texts are read page by page: there are many of a large shop, and others want a turn.
      const news = reading.items.map(changeOf);
      for (let more = reading.more; more;) {
        // Where the object shares our process its answer comes without a pause.
        await scheduler.wait(0);
        const page = await stub.changes(catalog.version, news.at(-1)!.id);
        for (const row of page.items) news.push(changeOf(row));
        more = page.more;
      }
      catalog = await inTurns(catalogSteps(catalog, news, site.catalogVersion));
      // Made now, so that no decision has to wait for it.
      await inTurns(contentSteps(catalog));
    }
    const { minCustomers, profile, guarded } = config.config.model;
    const terms: Terms = { revision: config.revision, minCustomers, profile, isGuarded: guarded };
    let model = known?.world.model ?? emptySnapshot();
    const isOfTerms =
      model.minCustomers === minCustomers && entry.terms !== undefined && learnAlike(entry.terms, terms);
    const isYoung = model.items.length <= YOUNG_ITEMS_MAX;
    const { shares } = reading;
    const allocations: Allocations | undefined = shares
      ? new Map(shares.bandits.map(({ key, ...allocation }) => [key, allocation]))
      : known?.world.allocations;
    const value = reading.value ?? known?.world.value;
    const isAsked = !isOfTerms || isYoung || startedAt - entry.modelReadAt >= MATURE_FRESH_MS;
    if (withModel && isAsked && (!isOfTerms || startedAt >= entry.modelRestsUntil)) {
      entry.modelReadAt = startedAt;
      if (
        known &&
        known === entry.snapshot &&
        isOfTerms &&
        startedAt - entry.readAt >= STALE_MS_MAX &&
        entry.changes === changes
      ) {
        // Right but for what was learned lately: whoever waits goes on with it.
        entry.snapshot = {
          site,
          keys,
          world: joinWorld(config, catalog, model, allocations, value),
          usage,
          ids,
          tallies,
        };
        entry.readAt = startedAt;
      }
      const newer = refreshModel(env, ids.model, stub.id.toString(), model, terms, !isOfTerms);
      const late = Symbol("late");
      const mostMs = known && isOfTerms ? MODEL_PATIENCE_MS : FIRST_MODEL_PATIENCE_MS;
      const found = await Promise.race([newer, scheduler.wait(mostMs).then(() => late)]);
      if (found === late) entry.modelRestsUntil = Date.now() + MODEL_REST_MS;
      else {
        model = found as ModelSnapshot;
        entry.terms = terms;
      }
    }
    const isSame =
      known &&
      shares === undefined &&
      known.world.value === value &&
      known.world.config === config &&
      known.world.catalog === catalog &&
      known.world.model === model;
    const snapshot: SiteSnapshot = {
      site,
      keys,
      world: isSame ? known.world : joinWorld(config, catalog, model, allocations, value),
      usage,
      ids,
      tallies,
    };
    if (entry.changes === changes) {
      entry.snapshot = snapshot;
      entry.partial = undefined;
      if (!isSame) weigh(entry, snapshot.world);
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
