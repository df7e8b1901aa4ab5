import { mayStart, SLOW_MS } from "../core/webhook/lanes.ts";
import type { Endpoint } from "../core/webhook/endpoint.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { waitingOf, type Delivery } from "../store/courier-store.ts";
import type { Storage } from "../store/sql.ts";

/** How long nothing is sent after an outcome could not be stored: sending on would repeat it at full speed. */
const REST_MS = 30_000;

/** What the rounds need of the courier. */
export type Courier = {
  readonly storage: Storage;
  endpoints(): readonly Endpoint[];
  /** Makes one try and stores what came of it. Says whether the endpoint was quick; throws when it could not be stored. */
  attempt(one: Delivery): Promise<"quick" | "slow">;
  /** Something ended or began: when to wake up next may have changed. */
  changed(): void;
};

/** Keeps several deliveries under way at once, fairly among endpoints. In memory: the table alone is the truth. */
export class Rounds {
  readonly #courier: Courier;
  /** Start of each delivery under way, by endpoint and id. */
  readonly #flights = new Map<string, Map<string, EpochMs>>();
  readonly #lateAt = new Set<string>();
  #first = 0;
  #restUntil: EpochMs = 0;
  #idle: (() => void)[] = [];

  constructor(courier: Courier) {
    this.#courier = courier;
  }

  /** Starts whatever is due and has room, one of each endpoint in turn. */
  fill(): void {
    const now = Date.now();
    if (now < this.#restUntil) return;
    const endpoints = this.#courier.endpoints().filter(({ state }) => state === "enabled");
    for (let started = true; started;) {
      started = false;
      for (let i = 0; i < endpoints.length; i++) {
        const { id } = endpoints[(this.#first + i) % endpoints.length]!;
        if (!mayStart(id, this.#counts(), this.#slow(now))) continue;
        const one = this.#nextOf(id, now);
        if (!one) continue;
        this.#launch(one, now);
        started = true;
      }
      this.#first++;
    }
  }

  /** When something waits to be done, apart from what is under way; `undefined` when nothing does. */
  nextAt(now: EpochMs): EpochMs | undefined {
    let next = Infinity;
    for (const { id, state } of this.#courier.endpoints())
      if (state === "enabled") next = Math.min(next, this.#nextOf(id, Infinity)?.nextAt ?? Infinity);
    return next === Infinity ? undefined : Math.max(next, this.#restUntil, now);
  }

  get isUnderWay(): boolean {
    return this.#flights.size > 0;
  }

  /** Resolves when nothing is under way any more, or after so many milliseconds. */
  async whenIdle(msMax: number): Promise<void> {
    if (!this.isUnderWay) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, msMax);
      this.#idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #nextOf(endpoint: string, until: EpochMs): Delivery | undefined {
    const flights = this.#flights.get(endpoint);
    const most = Math.min(until, Number.MAX_SAFE_INTEGER);
    return waitingOf(this.#courier.storage, endpoint, most, (flights?.size ?? 0) + 1).find(
      ({ id }) => !flights?.has(id),
    );
  }

  #counts(): ReadonlyMap<string, number> {
    return new Map([...this.#flights].map(([endpoint, flights]) => [endpoint, flights.size]));
  }

  #slow(now: EpochMs): ReadonlySet<string> {
    const slow = new Set(this.#lateAt);
    for (const [endpoint, flights] of this.#flights)
      for (const startedAt of flights.values()) if (now - startedAt > SLOW_MS) slow.add(endpoint);
    return slow;
  }

  #launch(one: Delivery, now: EpochMs): void {
    const { endpoint, id } = one;
    const flights = this.#flights.get(endpoint) ?? new Map<string, EpochMs>();
    this.#flights.set(endpoint, flights.set(id, now));
    void this.#courier
      .attempt(one)
      .then(
        (pace) => {
          if (pace === "slow") this.#lateAt.add(endpoint);
          else this.#lateAt.delete(endpoint);
        },
        (error: unknown) => {
          console.error(JSON.stringify({ at: "courier.attempt", error: String(error) }));
          this.#restUntil = Date.now() + REST_MS;
        },
      )
      .then(() => {
        flights.delete(id);
        if (flights.size === 0) this.#flights.delete(endpoint);
        this.fill();
        this.#courier.changed();
        if (!this.isUnderWay) for (const resolve of this.#idle.splice(0)) resolve();
      })
      .catch((error: unknown) => {
        console.error(JSON.stringify({ at: "courier.round", error: String(error) }));
      });
  }
}
