import type { Claim } from "../order/settle.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Delta } from "../profile/delta.ts";
import type { LoggedEvent, Provenance } from "../profile/logged.ts";
import type { ActFact } from "../recommend/fact.ts";
import type { Notice } from "../webhook/notice.ts";

/**
 * One accepted call: what came in and what it causes outside. One row holds both, so neither can be without the other,
 * and the log is the outbox: rows after a cursor are owed.
 */
export type LogRow = Provenance & {
  readonly seq: number;
  readonly events: readonly LoggedEvent[];
  readonly facts: readonly ActFact[];
  readonly deltas: readonly Delta[];
  readonly claims: readonly Claim[];
  readonly notices: readonly Notice[];
  /** The visitor whose row this was before they were known; its effects were reported by them. */
  readonly via?: string | undefined;
};

/** Everything a call causes, while it is being worked out. */
export type Effects = {
  readonly facts: ActFact[];
  readonly deltas: Delta[];
  readonly claims: Claim[];
  readonly notices: Notice[];
};

export const noEffects = (): Effects => ({ facts: [], deltas: [], claims: [], notices: [] });

/** The moment a row was taken in, for retention. */
export const isOlder = (row: { readonly receivedAt: EpochMs }, than: EpochMs): boolean =>
  row.receivedAt < than;
