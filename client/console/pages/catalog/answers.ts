import type { Around } from "../../../../src/core/insight/catalog/around-item.ts";
import type { ItemPage } from "../../../../src/core/insight/catalog/find-items.ts";
import type { ItemLabel, ItemRow } from "../../../../src/core/insight/catalog/item-figures.ts";
import type { Learning } from "../../../../src/core/insight/catalog/learning.ts";
import type { Explained } from "../../../../src/core/decide/explain.ts";
import type { Why } from "../../../../src/core/wire/decide.ts";

/** `GET /v1/catalog/items`. */
export type ItemsAnswer = Omit<ItemPage, "next"> & { readonly next: string | null };

/** `GET /v1/catalog/items/:id`. */
export type ItemAnswer = Around & {
  readonly item: ItemRow & {
    readonly description?: string;
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly variants: readonly { readonly id: string; readonly title: string }[];
};

/** `GET /v1/model`. */
export type ModelAnswer = Omit<Learning, "publishedAt"> & {
  readonly publishedAt: number | null;
  readonly profile: string;
  readonly shards: number;
  readonly log: {
    readonly slices: number;
    readonly rows: number;
    readonly lagMs: number | null;
    readonly forgottenPending: number;
  };
};

/** `POST /v1/catalog/why`. */
export type WhyAnswer = Omit<Explained, "picks"> & {
  readonly item: ItemLabel;
  readonly slot: string;
  readonly picks: readonly (ItemLabel & { readonly why: Why })[];
};

/** `GET /v1/catalog/unmatched`. */
export type UnmatchedAnswer = {
  readonly total: number;
  readonly unmatched: readonly {
    readonly ref: string;
    readonly count: number;
    readonly pages: readonly { readonly url: string; readonly count: number }[];
    readonly ambiguous?: readonly string[];
  }[];
};
