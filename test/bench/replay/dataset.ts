import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";

/** One request's worth of a shop's past: what one person did, as events of the wire. */
export type Past = {
  readonly customerId?: string;
  readonly visitorId?: string;
  readonly events: readonly object[];
};

/** One question put to the running server after the past was told, and what a good list would hold. */
export type Trial = {
  /** Sent with the decide request beside the slot. */
  readonly request: object;
  readonly slot: object;
  /** A hit when the list holds any of these; rank is the first one's place. */
  readonly relevant: ReadonlySet<string>;
  /** Items the question itself names; the baseline leaves them out as the server does. */
  readonly given: ReadonlySet<string>;
};

/**
 * What the product's own scorers answer to the `i`-th trial of a list, from a snapshot at hand: no server, no objects, no
 * decision around them.
 */
export type InProcess = (snapshot: ModelSnapshot, trials: readonly Trial[], i: number) => string[];

/** A real shop's data, cut in time: the catalog, the past, and the trials. */
export type Dataset = {
  readonly name: string;
  readonly catalog: readonly object[];
  readonly past: readonly Past[];
  /** Items from the most popular down, by the past alone. */
  readonly popular: readonly string[];
  /** Trials of one list belong to one person and are asked in order. */
  readonly trials: readonly (readonly Trial[])[];
  readonly inProcess: InProcess;
  readonly notes: readonly string[];
};
