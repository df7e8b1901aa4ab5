import type { Money } from "../../../../src/core/primitives/money.ts";

/** What the overview reads of the API. */
export type Pulse = {
  readonly days: readonly {
    readonly day: string;
    readonly decisions: { readonly measured: number; readonly unmeasured: number };
    readonly events: number;
    readonly orders: number;
    readonly revenue: Readonly<Record<string, number>>;
  }[];
  readonly slots: readonly SlotPulse[];
  readonly model: {
    readonly items: number;
    readonly catalogItems: number;
    readonly coverage: number;
    readonly lagMs?: number;
  };
  readonly ledger: { readonly p50Ms: number; readonly p99Ms: number; readonly owed: number };
};
export type SlotPulse = {
  readonly slot: string;
  readonly seen: number;
  readonly clicks: number;
  readonly clickRate: { readonly estimate: number; readonly low: number; readonly high: number } | null;
};

type Estimate = {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
};
export type Impact = {
  readonly currency: string | null;
  readonly total: {
    readonly revenue: Estimate;
    readonly sentence: string;
    readonly isTold: boolean;
    readonly overTime: readonly (Estimate & { readonly at: number })[];
  } | null;
};

export type Equity = {
  readonly currencies: readonly {
    readonly currency: string;
    readonly total?: {
      readonly customers: number;
      readonly clv: Money;
      readonly interval: { readonly low: Money; readonly high: Money };
    };
  }[];
  readonly movement?: readonly {
    readonly currency: string;
    readonly days: readonly { readonly opening: Money; readonly closing: Money }[];
  }[];
};

export type Live = {
  readonly seq: number;
  readonly acts: readonly Act[];
};
export type Act = {
  readonly seq: number;
  readonly kind: "view" | "click" | "cart" | "buy";
  readonly at: number;
  readonly items: readonly { readonly id: string; readonly title: string }[];
};
