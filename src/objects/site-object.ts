import { DurableObject } from "cloudflare:workers";
import type { CatalogItem } from "../core/catalog/item.ts";
import { shelfChanges, type ShelfChange } from "../core/catalog/shelf-change.ts";
import type { Turn } from "../core/bandit/turns.ts";
import type { Config, ConfigDocument } from "../core/config/config.ts";
import { afterStep, type Proposal, type Step } from "../core/experiment/step.ts";
import { readConfig } from "../core/config/read.ts";
import { termsOf } from "../core/config/value-config.ts";
import type { IdentityKey } from "../core/identity/identity.ts";
import type { Problem } from "../core/problem/problem.ts";
import type { ItemId } from "../core/primitives/ids.ts";
import { addUsage, type Usage } from "../core/budget/ceiling.ts";
import { addTraffic, type TrafficDays } from "../core/budget/traffic-days.ts";
import { dayOf, MINUTE_MS, type EpochMs } from "../core/primitives/time.ts";
import type { ValueModel } from "../core/value/value-model.ts";
import type { Env } from "../env.ts";
import { ledgerShards, objectId } from "../edge/names.ts";
import { readCatalog } from "../import/catalog.ts";
import { migrate } from "../store/migrations.ts";
import { arm, cancel, dueErrands, replan } from "../store/schedule.ts";
import {
  insertKey,
  liveKeys,
  markKeyUsed,
  readIdentityKeys,
  type IdentityKeyRow,
  type KeyRow,
  type NewKey,
} from "../store/key-store.ts";
import {
  insertRevision,
  insertSite,
  itemsSince,
  lastFeedRun,
  latestRevision,
  listNotes,
  listRevisions,
  liveItemIds,
  note,
  putItems,
  readItems,
  readSite,
  revisionBody,
  saveFeedRun,
  SITE_MIGRATIONS,
  type FeedRun,
  type ItemChange,
  type NewSite,
  type Note,
  type Revision,
  type SiteRow,
  writeOrigins,
  itemsByType,
} from "../store/site-store.ts";
import { fetchFeed } from "./fetch-feed.ts";
import { randomText } from "./random.ts";
import { NEW_STEWARDSHIP, nextRound, stewardRound, type Shares, type Stewardship } from "./steward.ts";
import { addIdentityKey, addKey, endIdentityKey, endKey, replaceKey, type Replaced } from "./site-keys.ts";

/** What an isolate knows already, so that only the difference travels. */
export type Known = {
  readonly revision: number;
  readonly catalogVersion: number;
  /** Calls to people's objects that the isolate made since it last asked. */
  readonly spent: number;
  /** Decisions it made since then, and how many of them for people who are measured. */
  readonly decided?: { readonly measured: number; readonly unmeasured: number } | undefined;
  /** Version of the bandits' shares that it draws by. */
  readonly drawsBy?: number | undefined;
  /** Version of the value model that it scores by. */
  readonly valuesBy?: number | undefined;
};

export type SiteReading = {
  readonly site: SiteRow;
  readonly keys: readonly KeyRow[];
  /** What the site has used of its day, all isolates together. */
  readonly usage: Usage;
  readonly revision: number;
  /** Absent when the isolate's revision is the latest. */
  readonly config?: string;
  /** Item changes since the isolate's catalog version; read on with `changes` while there are more. */
  readonly items: readonly ItemChange[];
  readonly more: boolean;
  /** Bandits' present shares; absent where the isolate has them. */
  readonly shares?: Shares | undefined;
  /** What customers are valued by; absent where the isolate has it, or there is none. */
  readonly value?: ValueModel | undefined;
  /** Objects that sums are spread over: as many as any revision ever asked for. */
  readonly ledgerShards: number;
};

/** Share of the live items that a replacing catalog may retire without being asked twice. */
const SHRINK_SHARE_MAX = 0.3;
const PAGE = 2_000;
const USAGE_WRITE_MS = 5_000;
/** Later than any isolate serves by the config before. */
const SWEEP_AFTER_MS = 5_000;
/** What of a config customers' objects work by. */
const attentionOf = ({ segments, lifeEvents, triggers }: ConfigDocument): string =>
  JSON.stringify([segments, lifeEvents, triggers]);
/** Changes of the shelf that wait to be told; of a larger sale the latest are. */
const SHELF_NEWS_MAX = 5_000;

/** One shop: its keys, config revisions and catalog. Low rate; isolates keep a copy and ask for what changed. */
export class SiteObject extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, SITE_MIGRATIONS);
  }

  async create(site: NewSite, keys: readonly NewKey[]): Promise<boolean> {
    const { storage } = this.ctx;
    const now = Date.now();
    const isNew = storage.transactionSync(() => {
      if (readSite(storage)) return false;
      insertSite(storage, site, now);
      for (const key of keys) insertKey(storage, key, now);
      insertRevision(storage, {
        revision: 1,
        at: now,
        author: "operator",
        message: "The defaults.",
        body: "{}",
      });
      note(storage, now, "operator", "site created");
      replan(storage, "steward", nextRound(readConfig({}), now));
      return true;
    });
    await arm(storage);
    return isNew;
  }

  /** Everything an isolate serves from, as a difference to what it has; `undefined` where there is no such site. */
  read(known: Known): SiteReading | undefined {
    const { storage } = this.ctx;
    const site = readSite(storage);
    if (!site) return undefined;
    const latest = latestRevision(storage)!;
    const config = readConfig(JSON.parse(latest.body));
    const { shares } = this.#stewardship();
    const value = this.#valueModel();
    const items =
      site.catalogVersion === known.catalogVersion ? [] : itemsSince(storage, known.catalogVersion, "", PAGE);
    return {
      site,
      keys: liveKeys(storage, Date.now()),
      usage: {
        ...this.#count(known.spent, known.decided),
        objectCallsMax: config.limits.objectCallsPerDayMax,
      },
      revision: latest.revision,
      ...(latest.revision === known.revision ? {} : { config: latest.body }),
      items,
      more: items.length === PAGE,
      ...(shares.version === (known.drawsBy ?? 0) ? {} : { shares }),
      ...(value === undefined || value.version === known.valuesBy ? {} : { value }),
      ledgerShards: this.#ledgerShards(),
    };
  }

  #ledgerShards(): number {
    return this.ctx.storage.kv.get<number>("ledgerShards") ?? 1;
  }

  /** Spreads sums over more objects. The ledger knows them before anybody sends there; there is no way back. */
  async #widen(shards: number): Promise<void> {
    const site = readSite(this.ctx.storage);
    if (!site || shards <= this.#ledgerShards()) return;
    const ledger = this.env.LEDGER.get(await objectId(this.env, "ledger", site.id, "0"));
    await ledger.widen(await ledgerShards(this.env, site.id, shards));
    this.ctx.storage.kv.put("ledgerShards", Math.max(shards, this.#ledgerShards()));
  }

  /** Adds to the day's count. Written every few seconds only: a crash may forget that much of a budget. */
  #count(calls: number, decided = { measured: 0, unmeasured: 0 }): Usage {
    const { kv } = this.ctx.storage;
    const now = Date.now();
    this.#usage ??= kv.get<Usage>("usage") ?? { day: dayOf(now), objectCalls: 0, objectCallsMax: null };
    const isNothing = calls + decided.measured + decided.unmeasured === 0;
    if (isNothing && this.#usage.day === dayOf(now)) return this.#usage;
    this.#usage = addUsage(this.#usage, calls, now);
    this.#traffic = addTraffic(this.traffic(), decided, now);
    if (now - this.#usageWrittenAt > USAGE_WRITE_MS) {
      this.#usageWrittenAt = now;
      kv.put("usage", this.#usage);
      kv.put("traffic", this.#traffic);
    }
    return this.#usage;
  }
  #usage: Usage | undefined;
  #usageWrittenAt = 0;

  /** Decisions by day, measured and not. */
  traffic(): TrafficDays {
    this.#traffic ??= this.ctx.storage.kv.get<TrafficDays>("traffic") ?? {};
    return this.#traffic;
  }
  #traffic: TrafficDays | undefined;

  /** What the steward remembers of this site's experiments. */
  #stewardship(): Stewardship {
    this.#known ??= this.ctx.storage.kv.get<Stewardship>("stewardship") ?? NEW_STEWARDSHIP;
    return this.#known;
  }
  #known: Stewardship | undefined;

  #valueModel(): ValueModel | undefined {
    this.#value ??= this.ctx.storage.kv.get<ValueModel>("value");
    return this.#value;
  }
  #value: ValueModel | undefined;

  /** Takes what the ledger fitted; an older one changes nothing. */
  putValueModel(model: ValueModel): void {
    if ((this.#valueModel()?.version ?? 0) >= model.version) return;
    this.ctx.storage.kv.put("value", model);
    this.#value = model;
  }

  changes(catalogVersion: number, after: ItemId): { items: ItemChange[]; more: boolean } {
    const items = itemsSince(this.ctx.storage, catalogVersion, after, PAGE);
    return { items, more: items.length === PAGE };
  }

  /** The items of each product type, or `null` where the catalog is still the one the caller knows. */
  productTypes(known: number): { catalogVersion: number; types: Map<string, ItemId[]> } | null {
    const { storage } = this.ctx;
    const site = readSite(storage);
    if (!site || site.catalogVersion === known) return null;
    return { catalogVersion: site.catalogVersion, types: itemsByType(storage) };
  }

  /** Upserts and deletes. With `replace`, whatever is not named is retired. */
  putCatalog(
    items: readonly CatalogItem[],
    deleted: readonly ItemId[],
    options: { replace: boolean; confirmed: boolean; actor: string },
  ): { changed: number; removed: number } | Problem {
    const { storage } = this.ctx;
    return storage.transactionSync(() => {
      let retired = deleted;
      if (options.replace) {
        const kept = new Set(items.map((item) => item.id));
        const live = liveItemIds(storage);
        retired = live.filter((id) => !kept.has(id));
        if (!options.confirmed && retired.length > live.length * SHRINK_SHARE_MAX) {
          return {
            code: "catalog_shrinks",
            detail: `Replacing would retire ${retired.length} of ${live.length} items; more than 30 % must be confirmed.`,
            cure: "Send the whole catalog, or add confirm=true when the shop really shrank.",
          } satisfies Problem;
        }
      }
      const news = this.#shelfNews(items);
      const outcome = putItems(storage, items, retired);
      if (news.length > 0) {
        const waiting = storage.kv.get<readonly ShelfChange[]>("shelf") ?? [];
        storage.kv.put("shelf", [...waiting, ...news].slice(-SHELF_NEWS_MAX));
        replan(storage, "shelf", Date.now());
        void storage.setAlarm(Date.now());
      }
      if (outcome.changed + outcome.removed > 0)
        note(
          storage,
          Date.now(),
          options.actor,
          `catalog: ${outcome.changed} changed, ${outcome.removed} removed`,
        );
      return outcome;
    });
  }

  /** What customers may have waited for; where no trigger asks, nobody does. */
  #shelfNews(items: readonly CatalogItem[]): ShelfChange[] {
    const { storage } = this.ctx;
    const body = latestRevision(storage)?.body ?? "{}";
    if (!/"(price_drop|back_in_stock)"/.test(body)) return [];
    const version = (readSite(storage)?.catalogVersion ?? 0) + 1;
    const before = readItems(
      storage,
      items.map(({ id }) => id),
    );
    return items.flatMap((item) => {
      const old = before.get(item.id);
      return old ? shelfChanges(old, item, version) : [];
    });
  }

  /** Brings news of the shelf to the ledger, which knows who waits. Kept until it has taken them. */
  async #tellShelf(): Promise<void> {
    const { kv } = this.ctx.storage;
    const news = kv.get<readonly ShelfChange[]>("shelf");
    const site = readSite(this.ctx.storage);
    if (!news || !site) return;
    await this.env.LEDGER.get(await objectId(this.env, "ledger", site.id, "0")).tellShelf(news);
    const left = (kv.get<readonly ShelfChange[]>("shelf") ?? []).slice(news.length);
    if (left.length === 0) kv.delete("shelf");
    else kv.put("shelf", left);
  }

  config(revision?: number): { revision: number; body: string } | undefined {
    const latest = latestRevision(this.ctx.storage);
    if (revision === undefined || latest?.revision === revision) return latest;
    const body = revisionBody(this.ctx.storage, revision);
    return body === undefined ? undefined : { revision, body };
  }

  /** Publishes a config as the next revision if nobody published one since `expected`. */
  async publish(
    document: ConfigDocument,
    expected: number,
    author: string,
    message: string,
  ): Promise<{ revision: number } | { latest: number }> {
    const { storage } = this.ctx;
    const now = Date.now();
    await this.#widen(readConfig(document).scale.ledgerShards);
    const outcome = storage.transactionSync(() => {
      const before = latestRevision(storage);
      const latest = before?.revision ?? 0;
      if (latest !== expected) return { latest };
      if (attentionOf(document) !== attentionOf(JSON.parse(before?.body ?? "{}") as ConfigDocument))
        replan(storage, "sweep", now + SWEEP_AFTER_MS);
      insertRevision(storage, {
        revision: latest + 1,
        at: now,
        author,
        message,
        body: JSON.stringify(document),
      });
      if (document.feed) replan(storage, "feed", now);
      else cancel(storage, "feed");
      replan(storage, "steward", nextRound(readConfig(document), now));
      note(storage, now, author, `config revision ${latest + 1}`);
      return { revision: latest + 1 };
    });
    await arm(storage);
    return outcome;
  }

  /** Fetches the feed and looks after experiments when it is time. Never throws, and plans the next time before it starts. */
  override async alarm(): Promise<void> {
    const { storage } = this.ctx;
    const now = Date.now();
    const config = readConfig(JSON.parse(latestRevision(storage)?.body ?? "{}"));
    const due = dueErrands(storage, now);
    const { feed } = config;
    if (feed && due.includes("feed")) {
      replan(storage, "feed", now + feed.everyMinutes * MINUTE_MS);
      await arm(storage);
      saveFeedRun(storage, { at: now, outcome: await this.#readFeed(feed.url) });
    }
    if (due.includes("shelf")) {
      replan(storage, "shelf", now + 5_000);
      await arm(storage);
      try {
        await this.#tellShelf();
        cancel(storage, "shelf");
      } catch (error) {
        console.error(JSON.stringify({ at: "shelf", error: String(error) }));
      }
    }
    if (due.includes("sweep")) {
      replan(storage, "sweep", now + SWEEP_AFTER_MS);
      await arm(storage);
      try {
        await this.env.LEDGER.get(await objectId(this.env, "ledger", readSite(storage)!.id, "0")).sweep();
        cancel(storage, "sweep");
      } catch (error) {
        console.error(JSON.stringify({ at: "sweep", error: String(error) }));
      }
    }
    if (due.includes("steward")) {
      replan(storage, "steward", nextRound(config, now));
      await arm(storage);
      try {
        await this.#tend(config, now);
      } catch (error) {
        console.error(JSON.stringify({ at: "steward", error: String(error) }));
      }
    }
    await arm(storage);
  }

  /** One round over the experiments. What policies let happen by itself is published like a marketer's own change. */
  async #tend(config: Config, now: EpochMs): Promise<void> {
    const { storage } = this.ctx;
    const site = readSite(storage);
    if (!site) return;
    const { next, steps } = await stewardRound(this.env, site.id, config, this.#stewardship(), now);
    this.#remember(next);
    for (const { id, step } of steps) await this.#take(id, step, "steward");
    const ledger = this.env.LEDGER.get(await objectId(this.env, "ledger", site.id, "0"));
    const model = await ledger.tendValue(termsOf(config.value));
    if (model) this.putValueModel(model);
  }

  #remember(next: Stewardship): void {
    if (JSON.stringify(next) === JSON.stringify(this.#known)) return;
    this.ctx.storage.kv.put("stewardship", next);
    this.#known = next;
  }

  async #take(id: string, step: Step, actor: string): Promise<{ revision: number } | undefined> {
    const latest = latestRevision(this.ctx.storage)!;
    const document = afterStep(JSON.parse(latest.body) as ConfigDocument, id, step);
    if (!document) return undefined;
    const outcome = await this.publish(
      document,
      latest.revision,
      actor,
      `${id}: ${step.reason}`.slice(0, 500),
    );
    return "revision" in outcome ? outcome : undefined;
  }

  /** What waits for a marketer's word, by experiment. */
  proposals(): Readonly<Record<string, Proposal>> {
    return this.#stewardship().proposals;
  }

  /** The shares of a bandit over time. */
  turns(key: string): readonly Turn[] {
    return this.#stewardship().turns[key] ?? [];
  }

  /** Takes or refuses what was proposed. `undefined`: nothing waits, or the config has moved on. */
  async answerProposal(
    id: string,
    isApproved: boolean,
    actor: string,
  ): Promise<{ revision: number | null } | undefined> {
    const known = this.#stewardship();
    const { [id]: proposal, ...others } = known.proposals;
    if (!proposal || proposal.isRefused) return undefined;
    if (isApproved) {
      const taken = await this.#take(id, proposal, actor);
      if (taken) this.#remember({ ...known, proposals: others });
      return taken;
    }
    this.#remember({ ...known, proposals: { ...others, [id]: { ...proposal, isRefused: true } } });
    note(this.ctx.storage, Date.now(), actor, `${id}: refused to ${proposal.action.replace("_", " a ")}`);
    return { revision: null };
  }

  /** The whole catalog from its feed, under the same guard as a replacing PUT. Says what came of it. */
  async #readFeed(url: string): Promise<string> {
    const feed = await fetchFeed(url);
    if (typeof feed === "string") return feed;
    const { items, deleted, defects } = readCatalog(feed.text, feed.format);
    const replace = defects.length === 0;
    const outcome = this.putCatalog(items, deleted, { replace, confirmed: false, actor: "feed" });
    if ("code" in outcome) return outcome.detail;
    const retired = replace ? "" : " (so nothing was retired)";
    return `${items.length} items read, ${outcome.changed} changed, ${outcome.removed} retired, ${defects.length} rows wrong${retired}.`;
  }

  feedRun(): FeedRun | undefined {
    return lastFeedRun(this.ctx.storage);
  }

  revisions(): Revision[] {
    return listRevisions(this.ctx.storage, 100);
  }

  /** Keeps a config that is not live, for a preview link. */
  saveDraft(document: ConfigDocument, actor: string): string {
    const { storage } = this.ctx;
    const id = randomText(12);
    const now = Date.now();
    storage.transactionSync(() => {
      storage.sql.exec(
        "INSERT INTO drafts (id, at, body) VALUES (?, ?, ?)",
        id,
        now,
        JSON.stringify(document),
      );
      note(storage, now, actor, "preview made");
    });
    return id;
  }

  draft(id: string): string | undefined {
    return this.ctx.storage.sql
      .exec<{ body: string }>("SELECT body FROM drafts WHERE id = ?", id)
      .toArray()[0]?.body;
  }

  /** The live keys, straight from the source: a key made a moment ago is among them. */
  keys(): KeyRow[] {
    return liveKeys(this.ctx.storage, Date.now());
  }

  addKey(key: NewKey, actor: string): KeyRow | Problem {
    return addKey(this.ctx.storage, key, actor, Date.now());
  }

  rotateKey(
    id: string,
    digest: { id: string; digest: string },
    graceHours: number,
    actor: string,
  ): Replaced | Problem {
    return replaceKey(this.ctx.storage, id, digest, graceHours, actor, Date.now());
  }

  revokeKey(id: string, actor: string): Problem | undefined {
    return endKey(this.ctx.storage, id, actor, Date.now());
  }

  markKeyUsed(id: string, day: number): void {
    markKeyUsed(this.ctx.storage, id, day);
  }

  identityKeys(): IdentityKeyRow[] {
    return readIdentityKeys(this.ctx.storage);
  }

  addIdentityKey(key: IdentityKey, actor: string): IdentityKeyRow | Problem {
    return addIdentityKey(this.ctx.storage, key, actor, Date.now());
  }

  endIdentityKey(kid: string, actor: string): Problem | undefined {
    return endIdentityKey(this.ctx.storage, kid, actor, Date.now());
  }

  /** Replaces the origins whose pages may use the write keys. */
  setOrigins(origins: readonly string[], actor: string): void {
    const { storage } = this.ctx;
    storage.transactionSync(() => {
      writeOrigins(storage, origins);
      note(storage, Date.now(), actor, `origins: ${origins.join(", ")}`);
    });
  }

  /** Notes an act of a person that changes nothing here, such as having a secret shown. */
  note(actor: string, act: string): void {
    note(this.ctx.storage, Date.now(), actor, act);
  }

  notes(limit: number): Note[] {
    return listNotes(this.ctx.storage, limit);
  }
}
