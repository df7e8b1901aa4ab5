import { factsOf } from "./facts.ts";
import { said, type Mapper } from "./mapper.ts";

/** What the shop's own system knows of its customers: traits by name, and what each agreed to. */
export const customers: Mapper = {
  kind: "customers",
  fields: ["traits"],
  map([row]) {
    const traits = factsOf(row, "traits");
    if (traits === undefined) return [];
    return [said({ type: "traits_updated", id: row.id("id"), at: row.moment("at"), traits })];
  },
};
