/**
 * What lies in a stopped server's files, in the words of the recount. Known from looking at the tables; nothing here comes
 * from the product.
 */

export type LoggedEvent = {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly digest: number;
  /** Bit 1: may be counted and learned from. Bit 2: may be remembered. */
  readonly may: number;
  readonly [field: string]: unknown;
};
export type Delta = {
  readonly family: string;
  readonly name: string;
  readonly part: string;
  readonly metric: string;
  readonly by: number;
};
export type Fact = {
  readonly at: number;
  readonly kind: string;
  readonly items: readonly string[];
  readonly session: number;
  readonly trust?: string;
};

export type LogRow = {
  readonly seq: number;
  readonly isTrusted: boolean;
  readonly events: readonly LoggedEvent[];
  readonly facts: readonly Fact[];
  readonly deltas: readonly Delta[];
  readonly claims: readonly unknown[];
  readonly notices: readonly unknown[];
  /** Whose row it was before it came here; absent: this object's own. */
  readonly via: string | undefined;
};

/** An order as the object keeps it beside its log: the only memory of one whose events were stripped. */
export type KeptOrder = {
  readonly page?: Telling | undefined;
  readonly shop?: Telling | undefined;
  readonly undone: readonly Undoing[];
  readonly mayLearn: boolean;
};
export type Telling = {
  readonly at: number;
  readonly digest: number;
  readonly minor: number;
  readonly currency: string;
  /** Item and quantity. */
  readonly lines: readonly (readonly [item: string, quantity: number])[];
};
export type Undoing = {
  readonly id: string;
  readonly at: number;
  readonly minor?: number | undefined;
  readonly isTrusted: boolean;
};

export type CustomerFile = {
  readonly object: string;
  readonly source: string;
  readonly nextSeq: number;
  readonly isErasing: boolean;
  /** Left behind by a merge: rows up to `handed` live on in `into`. */
  readonly mark: { readonly into: string; readonly handed: number } | undefined;
  readonly joined: readonly { readonly source: string; readonly from: string }[];
  /** Counters taken in, by series: `[from, to, from, to, …]`. */
  readonly streams: ReadonlyMap<string, readonly number[]>;
  readonly seen: ReadonlySet<string>;
  readonly bygone: readonly Delta[];
  readonly rows: readonly LogRow[];
  readonly orders: ReadonlyMap<string, KeptOrder>;
  /** When personalization or marketing was denied, where it still is. */
  readonly denials: readonly number[];
  /** What the ledger was told of them last, as text; absent: nothing, or that there is nothing to tell. */
  readonly card: string | undefined;
};

export type LedgerFile = {
  /** By JSON of family, name, part and metric. */
  readonly tallies: ReadonlyMap<string, bigint>;
  readonly receipts: ReadonlyMap<string, number>;
  /** Object ids that claim an order, by the order's key. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  /** Who was erased and has not come back, as object ids. */
  readonly burials: ReadonlySet<string>;
  /** What there is to know of each customer, as text, by object id. */
  readonly cards: ReadonlyMap<string, string>;
  /** What others have still to be told. */
  readonly owed: number;
};

export type ModelFile = {
  readonly receipts: ReadonlyMap<string, number>;
  readonly entries: readonly {
    readonly source: string;
    readonly seq: number;
    readonly facts: readonly Fact[];
  }[];
  /** Sources of people who were forgotten: whether their rows are known to be gone. */
  readonly forgotten: ReadonlyMap<string, boolean>;
  /** Whether what is still to be cleared has its day: an errand, and the alarm that runs it. */
  readonly plansToClear: boolean;
};

/** How a number is named. */
export const keyOf = (delta: Delta): string =>
  JSON.stringify([delta.family, delta.name, delta.part, delta.metric]);
