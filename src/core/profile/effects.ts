import type { Fact } from "../recommend/fact.ts";
import type { Delta } from "./delta.ts";

/** What an event causes outside the profile; the object posts it in the same transaction. */
export type Effects = { readonly facts: Fact[]; readonly deltas: Delta[] };
