import { DurableObject } from "cloudflare:workers";
import type { Claim, Claims } from "../core/order/settle.ts";
import { settle, verdictFor } from "../core/order/settle.ts";
import type { Verdict } from "../core/order/order.ts";
import { CARD_MARKETING, type Card } from "../core/card/card.ts";
import type { ShelfChange } from "../core/catalog/shelf-change.ts";
import type { Experiment } from "../core/config/config.ts";
import { experimentKey } from "../core/experiment/key.ts";
import { lookOf } from "../core/experiment/look.ts";
import { reportExperiment, type ExperimentReport } from "../core/experiment/report.ts";
import type { Tally } from "../core/experiment/tally.ts";
import type { Movement } from "../core/insight/movement.ts";
import type { Score } from "../core/value/score.ts";
import type { ValueModel, ValueTerms } from "../core/value/value-model.ts";
import type { InsightQuestion } from "../core/insight/question.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Delta } from "../core/profile/delta.ts";
import { toHex } from "../edge/hmac.ts";
import type { Env } from "../env.ts";
import {
  LEDGER_MIGRATIONS,
  listBurials,
  newOrderRow,
  owe,
  readBurial,
  readOrder,
  saveBurial,
  saveOrder,
  withClaim,
  withoutParty,
  type Burial,
  type BurialRow,
  type OrderRow,
} from "../store/ledger-store.ts";
import { addLook, readLooks } from "../store/look-store.ts";
import { migrate } from "../store/migrations.ts";
import type { Shipment } from "../store/outbox.ts";
import { receiveOnce } from "../store/receipts.ts";
import { countCards, listCards, listPeople, watchersOf, type CardNews } from "../store/card-store.ts";
import { addDeltas, readTallies, type TallyRow } from "../store/tally-store.ts";
import { Errands } from "./errands.ts";
import { GroupCommit } from "./group-commit.ts";
import { Lag, type LagReport } from "./lag.ts";
import { LedgerShards, sumTallies } from "./ledger-shards.ts";
import { ValueDesk, type MicroSegmentsTold, type ValueCalibration } from "./value-desk.ts";

/** How long a report waits for others to be committed with. */
const COMMIT_MS = 50;

/** A parcel's payload: differences, and orders claimed by `party`, the sender's object id. */
export type LedgerPayload = {
  readonly deltas: readonly Delta[];
  readonly claims?: readonly Claim[];
};
export type LedgerShipment = Shipment & {
  /** The sender's object id; sent only along with claims. */
  readonly party?: string | undefined;
  /** What there is to know of the sender now. */
  readonly card?: CardNews | undefined;
};
/** Verdicts on the orders the sender claimed, by order key. Those of other parties are brought to them. */
export type Received = { readonly last: number; readonly verdicts: Readonly<Record<string, Verdict>> };

/** What an erased customer's object leaves to the ledger, in one call. */
export type Estate = {
  readonly object: string;
  readonly at: EpochMs;
  readonly receipt: string;
  /** What was still owed, and last the withdrawal of everything contributed. */
  readonly shipment: Shipment;
  /** The shard of the sums that the shipment belongs to, if not this object. */
  readonly tally?: string | undefined;
  /** Keys of the orders claimed. */
  readonly orders: readonly string[];
  /** Every name under which the person taught the model. */
  readonly sources: readonly string[];
  readonly model: string;
  readonly courier: string;
  /** Visitors who were found to be this customer: they go too. */
  readonly visitors: readonly { readonly object: string; readonly upTo: number }[];
  /** The id the site's receivers know the customer by, sealed. Absent for visitors. */
  readonly sealedId?: string | undefined;
};

const isSame = (a: Claims, b: Claims): boolean => {
  const text = (claims: Claims) =>
    JSON.stringify(Object.entries(claims).sort(([x], [y]) => (x < y ? -1 : 1)));
  return text(a) === text(b);
};

/** Adds up what customers' objects report, settles whose an order is, and remembers who was erased. */
export class LedgerObject extends DurableObject<Env> {
  readonly #errands: Errands;
  readonly #lag = new Lag();
  readonly #desk: ValueDesk;
  readonly #shards: LedgerShards;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, LEDGER_MIGRATIONS);
    this.#errands = new Errands(ctx, env);
    this.#shards = new LedgerShards(ctx.storage, env);
    this.#desk = new ValueDesk(ctx.storage);
  }

  readonly #commits = new GroupCommit<LedgerShipment, Received>(COMMIT_MS, (shipments) => {
    const { storage } = this.ctx;
    const now = Date.now();
    const answers = storage.transactionSync(() => {
      const deltas: Delta[] = [];
      const received = shipments.map((shipment) => this.#take(shipment, deltas));
      addDeltas(storage, deltas);
      return received;
    });
    for (const { parcels } of shipments) for (const { at } of parcels) if (at) this.#lag.note(now - at);
    this.#errands.start();
    return answers;
  });

  /** Takes a customer's differences, each once. Answers with the last sequence that is now counted. */
  receive(shipment: LedgerShipment): Promise<Received> {
    return this.#commits.add(shipment);
  }

  #take(shipment: LedgerShipment, deltas: Delta[]): Received {
    const { storage } = this.ctx;
    const { party } = shipment;
    const last = receiveOnce(storage, shipment, (parcel) => {
      const payload = JSON.parse(parcel.payload) as LedgerPayload;
      deltas.push(...payload.deltas);
      if (party !== undefined)
        for (const claim of payload.claims ?? []) this.#claim(claim, party, parcel.seq, deltas);
    });
    // What was on its way when somebody was erased comes too late.
    if (party !== undefined && shipment.card && readBurial(storage, party)?.returnedAt !== null)
      this.#desk.take(party, shipment.card);
    const verdicts: Record<string, Verdict> = {};
    if (party === undefined) return { last, verdicts };
    // Also for what was claimed before: a verdict may have been lost on its way.
    for (const parcel of shipment.parcels)
      for (const { key } of (JSON.parse(parcel.payload) as LedgerPayload).claims ?? []) {
        const order = readOrder(storage, key) ?? newOrderRow();
        verdicts[key] = verdictFor(party, settle(order.claims), order.learner, order.version);
      }
    return { last, verdicts };
  }

  #claim(claim: Claim, party: string, seq: number, deltas: Delta[]): void {
    const order = readOrder(this.ctx.storage, claim.key) ?? newOrderRow();
    this.#resettle(claim.key, order, withClaim(order, party, claim, seq), party, deltas);
  }

  /** Settles one order anew, and owes its other parties the news. */
  #resettle(key: string, order: OrderRow, next: OrderRow, party: string, deltas: Delta[]): void {
    if (next === order) return;
    const { storage } = this.ctx;
    const { claims } = next;
    if (isSame(claims, order.claims)) return saveOrder(storage, key, next);
    const settlement = settle(claims);
    const version = order.version + 1;
    const learner = next.learner ?? settlement.home;
    const contradicted = settlement.contradicted.length;
    if (contradicted !== order.contradicted)
      deltas.push({
        family: "quality",
        name: "orders",
        part: "",
        metric: "contradictory",
        by: contradicted - order.contradicted,
      });
    for (const other of Object.keys(claims))
      if (other !== party)
        owe(storage, other, { act: "settle", key, verdict: verdictFor(other, settlement, learner, version) });
    saveOrder(storage, key, { ...next, version, learner, home: settlement.home, contradicted });
  }

  /** Whether somebody was erased, and has not come back. */
  burial(object: string): Burial | undefined {
    return readBurial(this.ctx.storage, object);
  }

  /**
   * Remembers an erasure and settles the estate, in one transaction: after it the person's own object may go. Idempotent.
   */
  bury(estate: Estate): Burial {
    const { storage } = this.ctx;
    const { object, at, receipt } = estate;
    const burial = storage.transactionSync(() => {
      const known = readBurial(storage, object);
      // Whoever repeats themselves has stood still since, so there is nothing new to take.
      if (known?.receipt === receipt) return known;
      const deltas: Delta[] = [];
      if (estate.tally === undefined)
        receiveOnce(storage, estate.shipment, (parcel) => {
          deltas.push(...(JSON.parse(parcel.payload) as LedgerPayload).deltas);
        });
      else owe(storage, estate.tally, { act: "tally", shipment: estate.shipment });
      const parties = [object, ...estate.visitors.map((one) => one.object)];
      for (const key of estate.orders) this.#disclaim(key, parties, deltas);
      addDeltas(storage, deltas);
      for (const party of parties) this.#desk.lose(party);
      const next = { at, receipt, returnedAt: null };
      saveBurial(storage, object, next);
      owe(storage, estate.model, { act: "forget", sources: estate.sources, receipt });
      owe(storage, estate.courier, {
        act: "purge",
        subject: object,
        at,
        receipt,
        sealedId: estate.sealedId ?? null,
      });
      for (const visitor of estate.visitors)
        owe(storage, visitor.object, { act: "erase", at, upTo: visitor.upTo });
      return next;
    });
    this.#errands.start();
    return burial;
  }

  #disclaim(key: string, parties: readonly string[], deltas: Delta[]): void {
    for (const party of parties) {
      const order = readOrder(this.ctx.storage, key);
      if (order) this.#resettle(key, order, withoutParty(order, party), party, deltas);
    }
  }

  /** A registration signed after the erasure: the person may begin anew. */
  readmit(object: string, at: EpochMs): void {
    const known = readBurial(this.ctx.storage, object);
    if (known) saveBurial(this.ctx.storage, object, { ...known, returnedAt: at });
  }

  /** The erase ledger, for backups. */
  burials(after: string, limit: number): BurialRow[] {
    return listBurials(this.ctx.storage, after, limit);
  }

  /** Gives the erase ledger back to a restored copy; the newest word on each object stands. */
  rebury(rows: readonly BurialRow[]): number {
    const { storage } = this.ctx;
    const added = storage.transactionSync(() => {
      let added = 0;
      for (const { object, ...burial } of rows) {
        const known = readBurial(storage, object);
        if (known && known.at >= burial.at) continue;
        saveBurial(storage, object, burial);
        // The copy may hold them again, and count them: their own object takes that back.
        if (burial.returnedAt === null) owe(storage, object, { act: "erase", at: burial.at, upTo: 0 });
        added++;
      }
      return added;
    });
    this.#errands.start();
    return added;
  }

  /** Looks after the value model. @returns the one that is valid now */
  async tendValue(terms: ValueTerms): Promise<ValueModel | undefined> {
    return this.#desk.tend(terms, Date.now());
  }

  /** How well the last days would have been predicted. */
  async calibration(days: number): Promise<ValueCalibration | null> {
    return (await this.#desk.calibration(days, Date.now())) ?? null;
  }

  /** Changes of customer equity over the last days. */
  movement(days: number): Promise<readonly Movement[]> {
    return this.#desk.movement(days, Date.now());
  }

  /** The customers who are worth most, by object. */
  best(limit: number): Promise<readonly { object: string; score: Score }[]> {
    return this.#desk.best(limit, Date.now());
  }

  /** What there is to say of everybody. */
  insight(question: InsightQuestion): Promise<object> {
    return this.#desk.ask(question, Date.now());
  }

  /** Groups that are found in the data. @param sensitive product types (path prefixes) that nobody is grouped by */
  microSegments(sensitive: readonly string[]): Promise<MicroSegmentsTold> {
    return this.#desk.microSegments(Date.now(), (type) => sensitive.some((path) => type.startsWith(path)));
  }

  /** Objects of people who have a card, after one of them; of an audience: who may be in it, or was told to be. */
  subjects(asked: {
    readonly after: string;
    readonly limit: number;
    readonly audience?: { readonly segment: string; readonly told: string } | undefined;
  }): { readonly objects: readonly string[]; readonly next: string | null } {
    const objects: string[] = [];
    for (let { after } = asked; ;) {
      const rows = listCards(this.ctx.storage, after, 500);
      for (const { object, card } of rows) {
        if (asked.audience && !isOfAudience(card, asked.audience)) continue;
        if (objects.length === asked.limit) return { objects, next: objects.at(-1)! };
        objects.push(object);
      }
      if (rows.length === 0) return { objects, next: null };
      after = rows.at(-1)!.object;
    }
  }

  /** Everybody of whom the ledger was ever told anything, by object id: also those of whom nothing may be told now. */
  people(after: string, limit: number): string[] {
    return listPeople(this.ctx.storage, after, limit);
  }

  /** Some people by chance, and how many there are. Object ids are hashes, so that a stretch of them is a fair sample. */
  sample(limit: number): { readonly objects: readonly string[]; readonly people: number } {
    const { storage } = this.ctx;
    const people = countCards(storage);
    const start = people <= limit ? "" : toHex(crypto.getRandomValues(new Uint8Array(8)));
    const rows = listCards(storage, start, limit);
    if (rows.length < Math.min(limit, people)) rows.push(...listCards(storage, "", limit - rows.length));
    return { objects: [...new Set(rows.map(({ object }) => object))], people };
  }

  /** Has every customer look at their segments and triggers again: the config has changed. */
  sweep(): void {
    owe(this.ctx.storage, "", { act: "sweep", after: "" });
    this.#errands.start();
  }

  /** Tells everybody who watches an item what became of it. Idempotent for whoever hears it. */
  tellShelf(changes: readonly ShelfChange[]): void {
    const { storage } = this.ctx;
    storage.transactionSync(() => {
      const news = new Map<string, ShelfChange[]>();
      for (const change of changes)
        for (const object of watchersOf(storage, change.item))
          news.set(object, [...(news.get(object) ?? []), change]);
      for (const [object, ones] of news) owe(storage, object, { act: "shelf", changes: ones });
    });
    this.#errands.start();
  }

  /** A family's numbers, of all shards together. */
  async tallies(family: Delta["family"], name?: string): Promise<TallyRow[]> {
    const others = await this.#shards.ask((shard) => shard.ownTallies(family, name));
    // Read last, in the turn that uses it: nothing of this object's own can come between.
    return sumTallies([this.ownTallies(family, name), ...others]);
  }

  /** This object's own share of them. */
  ownTallies(family: Delta["family"], name?: string): TallyRow[] {
    return readTallies(this.ctx.storage, family, name);
  }

  /** From now on sums may lie in these objects too. Told before anybody sends there; there is no way back. */
  widen(shards: readonly string[]): void {
    this.#shards.widen(shards);
  }

  /**
   * What an experiment tells now. Looks that are due are kept: of a planned test each one counts, so whoever asks first
   * after a step was reached takes it for everybody.
   */
  async report(experiment: Experiment, currency: string | undefined): Promise<ExperimentReport> {
    const { storage } = this.ctx;
    const key = experimentKey(experiment);
    const tallies = talliesOf(await this.tallies("experiment", key));
    const now = Date.now();
    return storage.transactionSync(() => {
      const looks = readLooks(storage, key);
      const evidence = { tallies, now, currency };
      const report = reportExperiment(experiment, { ...evidence, looks });
      const look = lookOf(experiment, report, now);
      if (!look) return report;
      addLook(storage, key, look);
      return { ...report, looks: [...looks, look] };
    });
  }

  /** The sums of an experiment's pieces, and since when there have been any. */
  async sums(key: string): Promise<{ readonly tallies: readonly Tally[]; readonly since: EpochMs | null }> {
    const tallies = talliesOf(await this.tallies("experiment", key));
    return { tallies, since: readLooks(this.ctx.storage, key)[0]?.at ?? null };
  }

  /** How far behind what was accepted the numbers are, in milliseconds: of all shards the furthest. */
  async lag(): Promise<LagReport & { readonly owed: number }> {
    const others = await this.#shards.ask((shard) => shard.ownLag());
    const all = [this.ownLag(), ...others];
    return {
      p50Ms: Math.max(...all.map(({ p50Ms }) => p50Ms)),
      p99Ms: Math.max(...all.map(({ p99Ms }) => p99Ms)),
      reports: all.reduce((sum, { reports }) => sum + reports, 0),
      owed: this.#errands.size(),
    };
  }

  ownLag(): LagReport {
    return this.#lag.report();
  }

  override async alarm(): Promise<void> {
    await this.#errands.alarm();
  }
}

const isOfAudience = (
  { told, segments, may }: Card,
  audience: { readonly segment: string; readonly told: string },
): boolean =>
  told?.includes(audience.told) === true ||
  ((may & CARD_MARKETING) !== 0 && segments.includes(audience.segment));

function talliesOf(rows: readonly TallyRow[]): Tally[] {
  const parts = Map.groupBy(rows, (row) => row.part);
  return [...parts].map(([part, numbers]) => ({
    part,
    sums: Object.fromEntries(numbers.map(({ metric, value }) => [metric, value])),
  }));
}
