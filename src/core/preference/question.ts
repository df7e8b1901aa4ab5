import * as v from "valibot";

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));

/** What an answer may state about a customer's taste, beside `attribute:<name>` of the catalog's own attributes. */
export const TOPICS = ["brand", "type", "avoid_brand", "avoid_type", "price_band", "size", "reason"] as const;
export type Topic = (typeof TOPICS)[number] | `attribute:${string}`;

const Topic = v.pipe(
  v.string(),
  v.regex(
    new RegExp(`^(?:${TOPICS.join("|")}|attribute:.{1,64})$`),
    `one of ${TOPICS.join(", ")}, or attribute:<name>`,
  ),
  v.transform((topic) => topic as Topic),
);

const Scalar = v.union([text(512), v.pipe(v.number(), v.finite()), v.boolean()]);
export type Scalar = v.InferOutput<typeof Scalar>;

const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(1e9));

/** What somebody wants to spend on one piece, both ends included, in major units; with a currency only prices in it count. */
export const PriceBand = v.pipe(
  v.strictObject({
    min: v.optional(amount),
    max: v.optional(amount),
    currency: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, "an ISO 4217 currency code such as EUR"))),
  }),
  v.check(
    ({ min, max }) => (min !== undefined || max !== undefined) && (min ?? 0) <= (max ?? Infinity),
    "a range with min, max or both, the smaller first",
  ),
);
export type PriceBand = v.InferOutput<typeof PriceBand>;

/** What one choice stands for: a value, several of which any will do, a price band, or `null`: it states nothing. */
const Meaning = v.nullable(
  v.union([Scalar, v.pipe(v.array(Scalar), v.minLength(1), v.maxLength(20)), PriceBand]),
);
export type Meaning = v.InferOutput<typeof Meaning>;

const isBand = (meaning: Meaning): boolean =>
  typeof meaning === "object" && meaning !== null && !Array.isArray(meaning);

/** What the answers to one question state. */
export const Question = v.pipe(
  v.strictObject({
    states: Topic,
    /** What the choices stand for. Absent: each for itself. Choices that are not here state nothing. */
    values: v.optional(
      v.pipe(
        v.record(text(256), Meaning),
        v.check((values) => Object.keys(values).length <= 100, "at most 100 choices"),
      ),
    ),
  }),
  v.forward(
    v.check(
      ({ states, values }) =>
        states === "price_band"
          ? values !== undefined && Object.values(values).every((one) => one === null || isBand(one))
          : Object.values(values ?? {}).every((one) => !isBand(one)),
      'price bands such as {"max": 50} for price_band, and plain values for everything else',
    ),
    ["values"],
  ),
);
export type Question = v.InferOutput<typeof Question>;

const atMost = <T>(n: number, what: string) =>
  v.check<Record<string, T>, string>((all) => Object.keys(all).length <= n, `at most ${n} ${what}`);

/**
 * Which questions state a preference, by survey and question as the page names them. Under `traits` they are traits, by
 * name: what a note, the shop or the customer's own page says.
 * @example { "quiz": { "wood": { "states": "attribute:material" } }, "traits": { "size": { "states": "size" } } }
 */
export const Questions = v.pipe(
  v.record(text(128), v.pipe(v.record(text(256), Question), atMost(100, "questions"))),
  atMost(50, "surveys"),
);
export type Questions = v.InferOutput<typeof Questions>;

/** Questions by `<survey>/<question>`, as a profile keeps the answers. */
export type CompiledQuestions = ReadonlyMap<string, Question>;

/** The questions to be looked up, once per revision. */
export const compileQuestions = (questions: Questions): CompiledQuestions =>
  new Map(
    Object.entries(questions).flatMap(([survey, asked]) =>
      Object.entries(asked).map(([name, question]) => [`${survey}/${name}`, question] as const),
    ),
  );
