import type { ResolvedEvent } from "../event/resolved.ts";
import type { Declaration } from "./declaration.ts";

/** One entry as it waits for the commit: the object it goes to, what happened, under which declarations. */
export type StagedEntry = {
  readonly object: string;
  /** What the shop calls the customer; absent for a visitor. */
  readonly customerId?: string;
  readonly events: readonly ResolvedEvent[];
  readonly declarations: readonly Declaration[];
};

/** The use under which entries are sealed while they wait. */
export const ROWS_USE = "import-rows";
/** Most entries, and most UTF-16 units of JSON, that wait together: a row of an object's storage holds 2 MB. */
export const CHUNK_ENTRIES_MAX = 200;
export const CHUNK_CHARS_MAX = 400_000;
