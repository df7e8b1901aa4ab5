/** Delays of the latest reports, in milliseconds. */
export type LagReport = { readonly p50Ms: number; readonly p99Ms: number; readonly reports: number };

const KEPT = 2_000;

/** Remembers how long the latest reports took from acceptance to being counted. In memory only: it is about now. */
export class Lag {
  readonly #kept = new Float64Array(KEPT);
  #noted = 0;

  note(ms: number): void {
    this.#kept[this.#noted++ % KEPT] = Math.max(0, ms);
  }

  report(): LagReport {
    const sorted = this.#kept.slice(0, Math.min(this.#noted, KEPT)).sort();
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return { p50Ms: at(0.5), p99Ms: at(0.99), reports: this.#noted };
  }
}
