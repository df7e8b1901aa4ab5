import type { CatalogIndex } from "../catalog/catalog-index.ts";
import type { Purpose } from "../consent/consent.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { View } from "../profile/view.ts";

export type SignalInput = {
  readonly view: View;
  readonly catalog: CatalogIndex;
  readonly now: EpochMs;
  readonly market: string | undefined;
};

/** A value derived from events, readable by a person and usable in conditions as `signals.<name>`. */
export type Signal = {
  readonly name: string;
  /** What it means, in words that a privacy register can show. */
  readonly meaning: string;
  readonly purpose: Purpose;
  /** The value now, or `undefined` where nothing can be said. */
  value(input: SignalInput): string | number | boolean | undefined;
};
