import type { Card } from "../core/card/card.ts";
import type { Accumulator, Scorer } from "../core/insight/accumulator.ts";
import { addFlows, flowOf } from "../core/insight/flow.ts";
import { DAY_MS, type EpochMs } from "../core/primitives/time.ts";

import type { Purchases } from "../core/value/purchases.ts";
import { VALUE_TERMS, type ValueModel, type ValueTerms } from "../core/value/value-model.ts";
import {
  dropCard,
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
    return () => ({ clvMinor: null, expectedOrders: null });
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
