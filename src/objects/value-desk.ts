import type { Card } from "../core/card/card.ts";
import type { Accumulator, Scorer } from "../core/insight/accumulator.ts";
import { gatherBefore } from "../core/insight/before.ts";
import { gatherCohorts } from "../core/insight/cohorts.ts";
import { gatherEquity } from "../core/insight/equity.ts";
import { addFlows, flowOf, NO_FLOWS } from "../core/insight/flow.ts";
import { gatherJourneys } from "../core/insight/journeys.ts";
import {
  findMicroSegments,
  microSegmentsOn,
  type MicroSegment,
  type MicroSegments,
} from "../core/insight/micro-segments/find.ts";
import { movementOf, type Movement } from "../core/insight/movement.ts";
import { gatherPrioritising } from "../core/insight/prioritising.ts";
import type { InsightQuestion } from "../core/insight/question.ts";
import { gatherRanks, type Ranks } from "../core/insight/ranks.ts";
import { gatherSegments, type SegmentSize } from "../core/insight/segment-sizes.ts";
import { gatherConsent } from "../core/insight/consent.ts";
import { gatherRfm } from "../core/insight/rfm-grid.ts";
import { gatherSources } from "../core/insight/sources.ts";
import { gatherSums } from "../core/insight/sums.ts";
import { seededRng } from "../core/primitives/rng.ts";
import { DAY_MS, type EpochMs } from "../core/primitives/time.ts";
import {
  calibrationOf,
  orderedBetween,
  purchasesAt,
  type Calibration,
  type Outcome,
} from "../core/value/calibration.ts";
import { driftOf, type SinceFit } from "../core/value/drift.ts";
import { fitValue, isFitDue } from "../core/value/fit-value.ts";
import { relativeErrorOf } from "../core/value/parameter-error.ts";
import { scoreOf, type Score } from "../core/value/score.ts";
import type { Purchases } from "../core/value/purchases.ts";
import { VALUE_TERMS, type ValueModel, type ValueTerms } from "../core/value/value-model.ts";
import {
  countCards,
  dropCard,
  listFlowDays,
  listCards,
  readCard,
  readFlowDay,
  saveCard,
  saveFlowDay,
  saveWatch,
  type CardNews,
} from "../store/card-store.ts";
import type { Storage } from "../store/sql.ts";

/** Cards looked at before others get their turn: with intervals about 20 ms of work. */
const SLICE_CARDS = 200;
/** Between two looks whether customers still order as the model says. */
const DRIFT_EVERY_MS = 7 * DAY_MS;
/** Slices of a fit before others get their turn. */
const SLICES = 8;

export type MicroSegmentsTold = {
  readonly segments: readonly MicroSegment[];
  readonly figures: readonly SegmentSize[];
};

/** Predictions against what came. Money in minor units. */
export type ValueCalibration = {
  readonly days: number;
  readonly model: Pick<ValueModel, "currency" | "orders" | "customers" | "repeaters"> & {
    readonly spend: ValueModel["spend"] | null;
  };
  readonly orders: Calibration;
  readonly money: Calibration;
};

type DeskStorage = Storage & Pick<DurableObjectStorage, "kv">;

/** Keeps a site's cards, and works out from them what customers are worth and how they behave. */
export class ValueDesk {
  readonly #storage: DeskStorage;
  #model: ValueModel | undefined;
  #terms: ValueTerms;

  constructor(storage: DeskStorage) {
    this.#storage = storage;
    this.#model = storage.kv.get<ValueModel>("value-model");
    this.#terms = storage.kv.get<ValueTerms>("value-terms") ?? VALUE_TERMS;
  }

  /** Takes a customer's card; an older one than the one at hand changes nothing. Call in a transaction. */
  take(object: string, { seq, card, watch }: CardNews): void {
    const known = readCard(this.#storage, object);
    if (known && known.seq >= seq) return;
    const counted = this.#count(known, card?.purchases);
    saveWatch(this.#storage, object, known?.watch ?? [], card ? watch : []);
    saveCard(this.#storage, object, { seq, card, watch: card ? watch : [], counted });
  }

  /** Somebody was erased. Call in a transaction. */
  lose(object: string): void {
    const known = readCard(this.#storage, object);
    if (!known) return;
    this.#count(known, undefined);
    saveWatch(this.#storage, object, known.watch, []);
    dropCard(this.#storage, object);
  }

  /** Adds what a change does to customer equity to the day. @returns the day on which a change of theirs was counted last */
  #count(
    known: { readonly card: Card | null; readonly counted: number } | undefined,
    after: Purchases | undefined,
  ): number {
    const before = known?.card?.purchases;
    const counted = known?.counted ?? 0;
    if (JSON.stringify(before) === JSON.stringify(after)) return counted;
    const now = Date.now();
    const today = Math.floor(now / DAY_MS);
    const flows = flowOf(before, after, this.scorer(now), counted === today);
    if (flows.length === 0) return counted;
    const day = readFlowDay(this.#storage, today);
    saveFlowDay(this.#storage, today, { ...day, flows: addFlows(day.flows, flows) });
    return today;
  }

  /** How customers are valued at a moment. */
  scorer(now: EpochMs): Scorer {
    const [model, terms] = [this.#model, this.#terms];
    return (purchases) => scoreOf(purchases, model, terms, now);
  }

  /** The model that customers are valued by now. */
  get model(): ValueModel | undefined {
    return this.#model;
  }

  /**
   * Looks after the model: fits it when there are enough customers, anew once a month, when the shop has grown by a half,
   * or when customers no longer order as it says. Ends the day's sum where nobody has. Others get their turn in between.
   */
  async tend(terms: ValueTerms, now: EpochMs): Promise<ValueModel | undefined> {
    this.#setTerms(terms);
    this.#tending ??= this.#tend(now).finally(() => {
      this.#tending = undefined;
    });
    await this.#tending;
    return this.#model;
  }
  #tending: Promise<void> | undefined;

  async #tend(now: EpochMs): Promise<void> {
    const { kv } = this.#storage;
    const cards = countCards(this.#storage);
    const tried = kv.get<{ readonly at: EpochMs; readonly cards: number }>("value-tried");
    if (isFitDue(this.#model, tried, cards, now) || (await this.#hasDrifted(now))) {
      kv.put("value-tried", { at: now, cards });
      const previous = this.#model;
      const version = (previous?.version ?? 0) + 1;
      const model = await inSlices(fitValue(this.#purchases(), { now, version, previous }));
      if (model) await this.#adopt(model, now);
    }
    await this.#close(Math.floor(now / DAY_MS), now);
  }

  /** Whether customers have ordered since the fit as nobody would who the model describes. Looked at once a week. */
  async #hasDrifted(now: EpochMs): Promise<boolean> {
    const model = this.#model;
    const { kv } = this.#storage;
    if (!model || now - (kv.get<EpochMs>("value-drift-at") ?? model.fittedAt) < DRIFT_EVERY_MS) return false;
    kv.put("value-drift-at", now);
    const drift = await inSlices(driftOf(model, this.#sinceFit(model, now), now));
    return drift?.hasDrifted ?? false;
  }

  *#sinceFit(model: ValueModel, now: EpochMs): Generator<SinceFit> {
    const fitted = Math.floor(model.fittedAt / DAY_MS);
    for (const card of this.#cards()) {
      const before = purchasesAt(card, fitted);
      if (before) yield { before, orders: orderedBetween(card, fitted, Math.floor(now / DAY_MS)).orders };
    }
  }

  /** Takes a model over, and notes what it changed in all values at once. */
  async #adopt(model: ValueModel, now: EpochMs): Promise<void> {
    const { kv } = this.#storage;
    const before = this.#model && (await this.gather(gatherSums(), now));
    this.#model = model;
    kv.put("value-model", model);
    kv.put("value-drift-at", now);
    const error = relativeErrorOf(model, this.#purchases(), this.#terms.horizonDays, now);
    kv.put("value-error", await inSlices(error));
    if (!before) return;
    const after = await this.gather(gatherSums(), now);
    const today = Math.floor(now / DAY_MS);
    const day = readFlowDay(this.#storage, today);
    const revalued: Record<string, number> = { ...day.revalued };
    for (const [currency, { minor }] of Object.entries(after))
      revalued[currency] = (revalued[currency] ?? 0) + minor - (before[currency]?.minor ?? 0);
    saveFlowDay(this.#storage, today, { ...day, revalued });
  }

  /** Adds up what everybody is worth, once a day: the end of one day and the beginning of the next. */
  async #close(today: number, now: EpochMs): Promise<void> {
    if (!this.#model || this.#closed === today) return;
    if (!readFlowDay(this.#storage, today - 1).closing) {
      const closing = await this.gather(gatherSums(), now);
      saveFlowDay(this.#storage, today - 1, { ...readFlowDay(this.#storage, today - 1), closing });
    }
    this.#closed = today;
  }
  #closed = 0;

  /** How customer equity came to be what it is, day by day. */
  async movement(days: number, now: EpochMs): Promise<readonly Movement[]> {
    const today = Math.floor(now / DAY_MS);
    const known = listFlowDays(this.#storage, today - days);
    const sums = await this.gather(gatherSums(), now);
    const rows = known.filter(({ day }) => day !== today);
    const running = known.find(({ day }) => day === today) ?? { day: today, flows: {} };
    return Object.keys(sums).map((currency) =>
      movementOf(
        currency,
        [...rows, { ...running, closing: sums }].map(({ day, flows, closing, revalued }) => ({
          day,
          closingMinor: closing?.[currency]?.minor ?? null,
          customers: closing?.[currency]?.customers ?? 0,
          revaluedMinor: revalued?.[currency] ?? 0,
          flows: flows[currency] ?? NO_FLOWS,
        })),
      ),
    );
  }

  /** Objects of the customers who are worth most, best first. */
  async best(limit: number, now: EpochMs): Promise<readonly { object: string; score: Score }[]> {
    const [model, terms] = [this.#model, this.#terms];
    let best: { object: string; score: Score; by: number }[] = [];
    for (let after = ""; ;) {
      const rows = listCards(this.#storage, after, SLICE_CARDS);
      if (rows.length === 0) break;
      after = rows.at(-1)!.object;
      for (const { object, card } of rows) {
        if (!card.purchases || !card.isKnown) continue;
        const score = scoreOf(card.purchases, model, terms, now);
        best.push({ object, score, by: score.clvMinor ?? score.revenueMinor });
      }
      best = best.sort((a, b) => b.by - a.by).slice(0, limit);
      await scheduler.wait(0);
    }
    return best.map(({ object, score }) => ({ object, score }));
  }

  /**
   * How well a model that knew nothing of the last days would have predicted them: fitted on what was before, held against
   * what came. `undefined`: too little was before.
   */
  async calibration(days: number, now: EpochMs): Promise<ValueCalibration | undefined> {
    const until = Math.floor(now / DAY_MS);
    const cutoff = until - days;
    const at = cutoff * DAY_MS;
    const before = () => this.#purchasesAt(cutoff);
    const model = await inSlices(fitValue(before(), { now: at, version: 0 }));
    if (!model) return undefined;
    const terms = { horizonDays: days, discountPerYear: 0 };
    const orders: Outcome[] = [];
    const money: Outcome[] = [];
    for await (const cards of this.pages())
      for (const card of cards) {
        const purchases = purchasesAt(card, cutoff);
        if (!purchases) continue;
        const score = scoreOf(purchases, model, terms, at);
        const came = orderedBetween(card, cutoff, until);
        orders.push({ predicted: score.expectedOrders ?? 0, actual: came.orders });
        if (score.orderValueMinor !== null)
          money.push({
            predicted: (score.expectedOrders ?? 0) * score.orderValueMinor,
            actual: came.minor,
          });
      }
    const { currency, orders: params, spend, customers, repeaters } = model;
    return {
      days,
      model: { currency, orders: params, spend: spend ?? null, customers, repeaters },
      orders: calibrationOf(orders),
      money: calibrationOf(money),
    };
  }

  *#purchasesAt(day: number): Generator<Purchases> {
    for (const card of this.#cards()) {
      const purchases = purchasesAt(card, day);
      if (purchases) yield purchases;
    }
  }

  *#purchases(): Generator<Purchases> {
    for (const { purchases } of this.#cards()) if (purchases) yield purchases;
  }

  /** Answers a question about everybody. */
  async ask({ name, terms, segments, costs }: InsightQuestion, now: EpochMs): Promise<object> {
    this.#setTerms(terms);
    const today = Math.floor(now / DAY_MS);
    const ranked = async <Told>(gather: (ranks: Ranks) => Accumulator<Told>): Promise<Told> =>
      this.gather(gather(await this.gather(gatherRanks(), now)), now);
    switch (name) {
      case "cohorts":
        return this.gather(gatherCohorts(today), now);
      case "segments":
        return this.gather(gatherSegments(segments, today), now);
      case "rfm":
        return this.gather(gatherRfm(this.#model, today), now);
      case "consent":
        return this.gather(gatherConsent(), now);
      case "sources":
        return ranked(gatherSources);
      case "journeys":
        return ranked(gatherJourneys);
      case "before":
        return ranked(gatherBefore);
      case "prioritising":
        return ranked((ranks) => gatherPrioritising(ranks, today));
      case "equity":
        return this.gather(
          gatherEquity({
            today,
            horizonDays: terms.horizonDays,
            scorer: this.scorer(now),
            marginShare: this.#model?.marginShare,
            relativeError: this.#storage.kv.get<number>("value-error"),
            costs,
          }),
          now,
        );
    }
  }

  /** Clusters that are found in the cards, and what is known of each. Found anew once a day at most. */
  async microSegments(now: EpochMs, isSensitive: (type: string) => boolean): Promise<MicroSegmentsTold> {
    const { kv } = this.#storage;
    const today = Math.floor(now / DAY_MS);
    const known = kv.get<{ readonly day: number; readonly found: MicroSegments }>("micro-segments");
    let found = known?.found;
    if (!known || known.day !== today) {
      const rng = seededRng(`micro-segments ${today}`);
      const options = { today, rng, previous: known?.found, isSensitive };
      found = await inSlices(findMicroSegments(() => this.#cards(), options));
      kv.put("micro-segments", { day: today, found });
    }
    const groupOf = microSegmentsOn(found!, today);
    const sizes = gatherSegments(
      found!.segments.map(({ id }) => id),
      today,
    );
    const score = this.scorer(now);
    for await (const cards of this.pages())
      for (const card of cards) {
        const id = groupOf(card);
        sizes.add(
          { ...card, segments: id === undefined ? [] : [id] },
          card.purchases && score(card.purchases),
        );
      }
    return { segments: found!.segments, figures: sizes.finish().segments };
  }

  *#cards(): Generator<Card> {
    for (let after = ""; ;) {
      const rows = listCards(this.#storage, after, SLICE_CARDS);
      if (rows.length === 0) return;
      after = rows.at(-1)!.object;
      for (const { card } of rows) yield card;
    }
  }

  #setTerms(terms: ValueTerms): void {
    if (JSON.stringify(terms) === JSON.stringify(this.#terms)) return;
    this.#terms = terms;
    this.#storage.kv.put("value-terms", terms);
  }

  /** Goes over all cards, giving others their turn in between. */
  async gather<Told>(accumulator: Accumulator<Told>, now: EpochMs): Promise<Told> {
    const score = this.scorer(now);
    for await (const cards of this.pages())
      for (const card of cards) accumulator.add(card, card.purchases && score(card.purchases));
    return accumulator.finish();
  }

  /** All cards, a few at a time. */
  async *pages(): AsyncGenerator<readonly Card[]> {
    for (let after = ""; ;) {
      const rows = listCards(this.#storage, after, SLICE_CARDS);
      if (rows.length === 0) return;
      after = rows.at(-1)!.object;
      yield rows.map(({ card }) => card);
      await scheduler.wait(0);
    }
  }
}

/** Runs work that stops now and then, giving others their turn at each stop. */
export async function inSlices<Told>(work: Generator<unknown, Told>): Promise<Told> {
  for (;;) {
    // A slice is about a millisecond.
    for (let slices = 0; slices < SLICES; slices++) {
      const step = work.next();
      if (step.done) return step.value;
    }
    await scheduler.wait(0);
  }
}
