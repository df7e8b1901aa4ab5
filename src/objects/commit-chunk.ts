import { addAnswers, noOutcome, type Outcome } from "../core/import/report.ts";
import { ROWS_USE, type StagedEntry } from "../core/import/staged-entry.ts";
import { tellings } from "../core/import/told.ts";
import type { EventAnswer } from "../core/wire/decide.ts";
import { unseal } from "../edge/seal.ts";
import type { Env } from "../env.ts";
import type { RunState } from "../store/import-store.ts";

/** Customers who are told at the same time. */
const AT_ONCE = 8;
type Told = { readonly answers: readonly EventAnswer[] };

/** One chunk on its way to its customers. Each is told once per process; after a stop again, which they recognise. */
export class CommitChunk {
  readonly no: number;
  readonly #env: Env;
  readonly #run: RunState;
  readonly #isAgain: boolean;
  readonly #people: ReadonlyMap<string, readonly StagedEntry[]>;
  readonly #told = new Map<string, Told>();

  private constructor(env: Env, run: RunState, entries: readonly StagedEntry[], isAgain: boolean) {
    this.no = run.done;
    this.#env = env;
    this.#run = run;
    this.#isAgain = isAgain;
    this.#people = Map.groupBy(entries, (entry) => entry.object);
  }

  static async open(env: Env, run: RunState, sealed: string, isAgain: boolean): Promise<CommitChunk> {
    const text = await unseal(env, ROWS_USE, sealed);
    if (text === undefined) throw new Error(`Chunk ${run.done} does not open.`);
    return new CommitChunk(env, run, JSON.parse(text) as StagedEntry[], isAgain);
  }

  /** Tells everybody who was not told yet. @returns whether all were reached */
  async tell(): Promise<boolean> {
    const waiting = [...this.#people.keys()].filter((object) => !this.#told.has(object));
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let object = waiting[next++]; object !== undefined; object = waiting[next++]) {
        try {
          this.#told.set(object, await this.#tellOne(object));
        } catch (error) {
          console.error(JSON.stringify({ at: "import.tell", error: String(error) }));
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return this.#told.size === this.#people.size;
  }

  /** One person's entries, in the order of the file. Entries with the same declarations go together. */
  async #tellOne(object: string): Promise<Told> {
    const { CUSTOMER } = this.#env;
    const customer = CUSTOMER.get(CUSTOMER.idFromString(object));
    const answers: EventAnswer[] = [];
    const groups = Map.groupBy(this.#people.get(object)!, (entry) => JSON.stringify(entry.declarations));
    for (const entries of groups.values()) {
      const [{ declarations, customerId }] = entries as [StagedEntry];
      for (const { consents, ...told } of tellings(
        declarations,
        entries.flatMap((entry) => entry.events),
      )) {
        const observed = await customer.observe({ ...this.#envelope(customerId), ...told });
        answers.push(...observed.answers.slice(consents));
      }
    }
    return { answers };
  }

  #envelope(customerId: string | undefined) {
    const { site, receivers, tallies, policyVersion, grantDays, retention } = this.#run.envelope!;
    const { behaviourDays, orderDays, idleCustomerDays, idleVisitorDays } = retention;
    return {
      site,
      receivers,
      tallies,
      policyVersion,
      grantDays,
      isTrusted: true,
      wantsView: false,
      customerId,
      retention: {
        behaviourDays,
        orderDays,
        idleDays: customerId === undefined ? idleVisitorDays : idleCustomerDays,
      },
    };
  }

  /** What became of the chunk, added to what was before. Whoever was never reached counts as failed. */
  close(before: Outcome | undefined): { readonly outcome: Outcome } {
    const outcome: Outcome = structuredClone(before ?? noOutcome());
    for (const [object, entries] of this.#people) {
      const told = this.#told.get(object);
      if (told) addAnswers(outcome, told.answers, this.#isAgain);
      else outcome.failed += entries.reduce((sum, entry) => sum + entry.events.length, 0);
    }
    return { outcome };
  }
}
