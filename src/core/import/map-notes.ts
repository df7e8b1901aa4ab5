import { factsOf } from "./facts.ts";
import { said, type Mapper } from "./mapper.ts";

/** Notes of store associates: what can be used (facts, intent) apart from what is only shown (free text). */
export const notes: Mapper = {
  kind: "notes",
  fields: ["author", "visibility", "expiresAt", "intent", "facts", "text"],
  map([row]) {
    const facts = factsOf(row, "facts");
    const text = row.text("text", 4096);
    const intent = row.word("intent", ["browsing", "comparing", "ready_to_buy", "gift", "service", "other"]);
    if (facts === undefined && text === undefined && intent === undefined)
      row.refuse("text", "given, or facts or an intent");
    return [
      said({
        type: "note_added",
        id: row.id("id"),
        at: row.moment("at"),
        author: row.need("author", row.text("author", 128)),
        visibility: row.word("visibility", ["author", "store", "company"]),
        expiresAt: row.moment("expiresAt"),
        intent,
        facts,
        text,
      }),
    ];
  },
};
