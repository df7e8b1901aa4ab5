import { said, type Mapper } from "./mapper.ts";

const KINDS = ["nps", "rating", "choice", "reason_for_buying", "text"] as const;

/** Answers to questions: NPS, ratings, choices, reasons for buying and free text, each as what it is. */
export const surveys: Mapper = {
  kind: "surveys",
  fields: ["survey", "question", "kind", "score", "max", "choice", "answer"],
  map([row]) {
    const kind = row.need("kind", row.word("kind", KINDS));
    const score = row.number("score");
    const max = row.number("max") ?? (kind === "nps" ? 10 : undefined);
    const choice = row.text("choice", 256);
    const answer = row.text("answer", 2048);
    if (kind === "nps" || kind === "rating") row.need("score", score);
    if (kind === "choice" || kind === "reason_for_buying") row.need("choice", choice ?? answer);
    if (kind === "text") row.need("answer", answer);
    if (kind === "nps" && score !== undefined && !(Number.isInteger(score) && score >= 0 && score <= 10))
      row.refuse("score", "a whole number from 0 to 10");
    if (kind === "rating" && score !== undefined && max === undefined)
      row.refuse("max", "the best score that could be given");
    if (score !== undefined && max !== undefined && score > max)
      row.refuse("score", "at most the best score");
    return [
      said({
        type: "survey_answered",
        id: row.id("id"),
        at: row.moment("at"),
        survey: row.text("survey", 128) ?? "survey",
        question: row.need("question", row.text("question", 256)),
        kind,
        score,
        max,
        choice,
        answer,
      }),
    ];
  },
};
