import type { Answer, Trait } from "../profile/profile.ts";
import { isAvoiding, plain, typePath, type Preference } from "./preference.ts";
import type { CompiledQuestions, Meaning, Question, Scalar } from "./question.ts";

/** What a customer said, as their profile holds it. A trait of `null` is their own word for "none". */
export type Said = {
  readonly answers: Iterable<readonly [key: string, answer: Pick<Answer, "choice" | "at">]>;
  readonly traits: Iterable<readonly [name: string, trait: Trait]>;
};

type Statement = Omit<Preference, "anyOf" | "band"> & { readonly meaning: Meaning | undefined };

/**
 * What a customer says they like, want and avoid: first what they corrected themselves, then the newest. "None" withdraws
 * what was said about the same before it. Where one statement likes what another avoids, the first of them stands. Of a
 * price band, a size and a reason there is one. The same whatever the order of what is given.
 * @example preferencesOf({ answers: [["quiz/wood", { choice: "Oak", at: 1 }]], traits: [] },
 *   compileQuestions({ quiz: { wood: { states: "attribute:material" } } }))[0]?.anyOf // ["Oak"]
 */
export function preferencesOf(said: Said, questions: CompiledQuestions): Preference[] {
  const statements: Statement[] = [];
  const state = (
    key: string,
    choice: Scalar | null,
    rest: Pick<Preference, "at" | "source" | "isOwnWord">,
  ) => {
    const question = questions.get(key);
    if (question)
      statements.push({ key, topic: question.states, meaning: meaningOf(question, choice), ...rest });
  };
  for (const [key, { choice, at }] of said.answers)
    // Traits have this name to themselves.
    if (choice !== undefined && !key.startsWith("traits/"))
      state(key, choice, { at, source: "survey", isOwnWord: false });
  for (const [name, { value, at, source, isOwnWord }] of said.traits)
    state(`traits/${name}`, value, { at, source, isOwnWord });
  statements.sort(
    (a, b) => Number(b.isOwnWord) - Number(a.isOwnWord) || b.at - a.at || (a.key < b.key ? -1 : 1),
  );
  return standing(statements);
}

/** What a choice stands for; `null`: none; `undefined`: it states nothing. */
function meaningOf({ states, values }: Question, choice: Scalar | null): Meaning | undefined {
  if (choice === null || choice === "") return null;
  const wanted = plain(choice);
  for (const [name, meaning] of Object.entries(values ?? {}))
    if (plain(name) === wanted) return meaning ?? undefined;
  if (wanted === "none") return null;
  return values === undefined && states !== "price_band" ? choice : undefined;
}

/** What is left when those that stand first have had their say. */
function standing(statements: readonly Statement[]): Preference[] {
  const closed = new Set<string>();
  const liked = new Set<string>();
  const avoided = new Set<string>();
  const found: Preference[] = [];
  for (const { meaning, ...rest } of statements) {
    const { topic } = rest;
    if (meaning === undefined || closed.has(topic)) continue;
    if (meaning === null || topic === "price_band" || topic === "size" || topic === "reason")
      closed.add(topic);
    if (meaning === null) continue;
    if (typeof meaning === "object" && !Array.isArray(meaning)) {
      found.push({ ...rest, anyOf: [], band: meaning });
      continue;
    }
    const facet = topic.replace("avoid_", "");
    const name = (value: Scalar) =>
      JSON.stringify([facet, facet === "type" ? typePath(value) : plain(value)]);
    const [own, other] = isAvoiding(topic) ? [avoided, liked] : [liked, avoided];
    const anyOf = [meaning].flat().filter((value) => !other.has(name(value)));
    for (const value of anyOf) own.add(name(value));
    if (anyOf.length > 0) found.push({ ...rest, anyOf });
  }
  return found;
}
