import { DAY_MS, SECOND_MS, type EpochMs } from "../core/primitives/time.ts";
import { ages, sweep } from "../store/courier-store.ts";
import type { Storage } from "../store/sql.ts";
import type { Rounds } from "./rounds.ts";

/** When the alarm looks whether deliveries that were under way still are: they end with their process, alarms do not. */
const NET_MS = 5 * SECOND_MS;
/** How long an alarm stays to see its deliveries end. */
const RING_MS_MAX = 60 * SECOND_MS;

/** The courier's one alarm: set to the next try, to what may have been left under way, and once a day to tidy up. */
export class CourierClock {
  readonly #storage: Storage;
  readonly #rounds: Rounds;
  readonly #endpoints: () => readonly string[];
  /** When the alarm is set for, as far as this process knows. */
  #alarmAt: EpochMs | undefined;

  constructor(storage: Storage, rounds: Rounds, endpoints: () => readonly string[]) {
    this.#storage = storage;
    this.#rounds = rounds;
    this.#endpoints = endpoints;
  }

  /** Sets the alarm. Call in the turn of what changed, without an await between, so that both are stored together. */
  arm(): void {
    const now = Date.now();
    const next = this.#next(now);
    if (next === undefined) {
      if (this.#alarmAt !== undefined) void this.#storage.deleteAlarm();
      this.#alarmAt = undefined;
    } else if (this.#alarmAt === undefined || this.#alarmAt <= now || next < this.#alarmAt) this.#set(next);
  }

  /** What the alarm does. */
  async ring(): Promise<void> {
    try {
      const now = Date.now();
      this.#set(now + NET_MS);
      sweep(this.#storage, this.#endpoints(), now);
      this.#rounds.fill();
      await this.#rounds.whenIdle(RING_MS_MAX);
      this.arm();
    } catch (error) {
      console.error(JSON.stringify({ at: "courier.alarm", error: String(error) }));
    }
  }

  #next(now: EpochMs): EpochMs | undefined {
    const { isUnderWay } = this.#rounds;
    const due = this.#rounds.nextAt(now);
    const reasons: EpochMs[] = isUnderWay ? [now + NET_MS] : [];
    if (due !== undefined && due > now) reasons.push(due);
    // Due, but there is no room: whatever ends makes some, and the net is spread above.
    if (due !== undefined && due <= now && !isUnderWay) reasons.push(now + SECOND_MS);
    if (ages(this.#storage, this.#endpoints())) reasons.push(now + DAY_MS);
    return reasons.length > 0 ? Math.min(...reasons) : undefined;
  }

  #set(at: EpochMs): void {
    this.#alarmAt = at;
    void this.#storage.setAlarm(at);
  }
}
