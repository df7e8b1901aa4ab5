import * as v from "valibot";
import { Purpose } from "../consent/consent.ts";
import { Moment } from "../event/event.ts";
import { DATE_FORMATS } from "./moment.ts";

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const Scalar = v.union([v.pipe(v.string(), v.maxLength(1024)), v.pipe(v.number(), v.finite()), v.boolean()]);

/** Why data may be used for a purpose. Only `consent` is the customer's own word. */
export const Basis = v.strictObject({
  basis: v.picklist(["consent", "contract", "legal_obligation", "legitimate_interest"]),
  /** Where it can be looked up. @example "loyalty card form" */
  source: text(100),
  /** The wording that was agreed to. @example "2026-01" */
  policyVersion: text(64),
  /** When the customer agreed. Counts for `consent` only: an older yes never overrules a newer no. */
  at: v.optional(Moment),
});
export type Basis = v.InferOutput<typeof Basis>;

/** The basis of each purpose that has one. */
export const Bases = v.record(Purpose, Basis);
export type Bases = { readonly [purpose in Purpose]?: Basis };

/** Where one of our fields comes from: a column by its name, or this with its reading. */
export const Source = v.union([
  text(256),
  v.strictObject({
    column: v.optional(text(256)),
    /** The same for every row. */
    value: v.optional(Scalar),
    /** What cells of text mean. */
    type: v.optional(v.picklist(["text", "number", "boolean"])),
    /** The shop's words in ours. @example { "Filiale": "store" } */
    values: v.optional(v.record(text(256), Scalar)),
  }),
]);
export type Source = v.InferOutput<typeof Source>;

/** How a file is to be read. */
export const ImportOptions = v.strictObject({
  /** Our field → where it stands. Fields that are not named here are read from columns of their own name. */
  mapping: v.optional(v.record(text(96), Source), {}),
  /** What allows the rows to be used, beyond the transaction itself. */
  basis: v.optional(Bases, {}),
  dateFormat: v.optional(v.picklist(DATE_FORMATS), "rfc3339"),
  /** Offset of dates that state none. */
  offset: v.optional(
    v.pipe(v.string(), v.regex(/^(Z|[+-]\d{2}:\d{2})$/, "Z or an offset such as +01:00")),
    "Z",
  ),
  /** Currency of amounts that state none. */
  currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, "an ISO 4217 currency code such as EUR"))),
  /** Checks and counts only. */
  dryRun: v.optional(v.boolean(), false),
  /** Commits at once, if no row is wrong. */
  commit: v.optional(v.boolean(), false),
});
export type ImportOptions = v.InferOutput<typeof ImportOptions>;
