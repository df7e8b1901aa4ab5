import type { ActFact } from "../core/recommend/fact.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Shipment } from "../store/outbox.ts";

/** What one parcel taught: whose, which of theirs, and the facts. The form in which it lies in a slice. */
export type Entry = readonly [source: string, seq: number, facts: readonly ActFact[]];

/** An entry on its way into the log: its text is kept as it came. */
export type Arrival = { readonly entry: Entry; readonly text: string; readonly at: EpochMs | undefined };

/** @throws when a payload is no list; before anything is stored, so that nobody else's shipment suffers. */
export function arrivalsOf(shipment: Shipment): Arrival[] {
  const source = JSON.stringify(shipment.source);
  return shipment.parcels.map(({ seq, payload, at }) => {
    const facts = JSON.parse(payload) as unknown;
    if (!Array.isArray(facts)) throw new Error(`Parcel ${seq} holds no list of facts.`);
    return { entry: [shipment.source, seq, facts as ActFact[]], text: `[${source},${seq},${payload}]`, at };
  });
}

/** Text of a batch. @example batchText([]) // "[]" */
export const batchText = (arrivals: readonly Arrival[]): string =>
  `[${arrivals.map(({ text }) => text).join(",")}]`;

export const parseBatch = (entries: string): Entry[] => JSON.parse(entries) as Entry[];

/** The last sequence of each source. Within a batch, a source's entries come in order. */
export const lastOf = (entries: readonly Entry[]): Map<string, number> =>
  new Map(entries.map(([source, seq]) => [source, seq]));

/** Moment of the newest fact; a moment that is not there yet counts as now. */
export function newestOf(entries: readonly Entry[], now: EpochMs): EpochMs {
  let newest = 0;
  for (const [, , facts] of entries) {
    for (const { at } of facts) if (Number.isFinite(at) && at > newest) newest = Math.min(at, now);
  }
  return newest;
}

/** A batch without some sources: as it was where none occurs, `undefined` where nothing is left. */
export function withoutSources(entries: string, leftOut: ReadonlySet<string>): string | undefined {
  const all = parseBatch(entries);
  const kept = all.filter(([source]) => !leftOut.has(source));
  if (kept.length === 0) return undefined;
  return kept.length === all.length ? entries : JSON.stringify(kept);
}
