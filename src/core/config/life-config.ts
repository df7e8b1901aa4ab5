import * as v from "valibot";
import { KNOWN_KINDS } from "../life/known-kinds.ts";
import { LIFE_LIMITS, PRIOR_SHARE_DEFAULT } from "../life/life-limits.ts";
import { soundsSensitive } from "../life/sensitive-words.ts";
import { Name } from "../primitives/ids.ts";
import { Condition } from "../segment/condition.ts";

const days = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** Acts that may speak for a life event. */
export const SIGN_EVENTS = ["product_viewed", "product_added", "bought"] as const;
export type SignEvent = (typeof SIGN_EVENTS)[number];

/** One act that speaks for a life event: doing this with such an item. */
export const LifeSign = v.strictObject({
  event: v.picklist(SIGN_EVENTS),
  /** Which items, by their own fields. @example { "type": { "$regex": "^Moving" } } */
  where: Condition,
  /**
   * How strongly it speaks, as a natural logarithm: 1 makes the event 2.7 times as likely as before, 2 makes it 7 times,
   * 3 makes it 20 times.
   */
  weight: v.pipe(v.number(), v.gtValue(0), v.maxValue(4)),
});
export type LifeSign = v.InferOutput<typeof LifeSign>;

/** A kind of life event. What is absent is the known kind's own. */
export const LifeKind = v.strictObject({
  title: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(120))),
  /** Without signs it is only ever told. */
  signs: v.optional(v.pipe(v.array(LifeSign), v.maxLength(LIFE_LIMITS.signsMax)), []),
  /** After so many days an act speaks half as strongly. */
  halfLifeDays: v.optional(days(1, 365), 45),
  /** Confidence below which nothing is said. Above one half: no single product type reaches that. */
  threshold: v.optional(v.pipe(v.number(), v.gtValue(0.5), v.maxValue(0.9)), 0.8),
  /** Share of customers in the middle of it at any time: what is believed before anything is seen. */
  priorShare: v.optional(v.pipe(v.number(), v.minValue(0.001), v.maxValue(0.2)), PRIOR_SHARE_DEFAULT),
  /** Only ever told, never concluded. Some kinds are sensitive by nature and stay so. */
  sensitive: v.optional(v.boolean()),
  /** It comes back every year: only its day and month are kept. */
  yearly: v.optional(v.boolean()),
  /** How long before its day it matters, and how long after; in days. */
  leadDays: v.optional(days(0, 365)),
  lastsDays: v.optional(days(1, 3650)),
});
export type LifeKind = v.InferOutput<typeof LifeKind>;

/** Whether a kind may only be told: by nature, by what the site says, or by what it is called. */
export function isSensitiveKind(
  name: string,
  { sensitive, title }: Pick<LifeKind, "sensitive" | "title">,
): boolean {
  const known = Object.hasOwn(KNOWN_KINDS, name) ? KNOWN_KINDS[name] : undefined;
  if (known?.isSensitive || sensitive) return true;
  return (known === undefined && soundsSensitive(name)) || (title !== undefined && soundsSensitive(title));
}

const Kinds = v.pipe(
  v.record(Name, LifeKind),
  v.check(
    (kinds) => Object.keys(kinds).length <= LIFE_LIMITS.kindsMax,
    `at most ${LIFE_LIMITS.kindsMax} kinds of life events`,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const kinds = dataset.value;
    const refuse = (name: string, field: "signs" | "sensitive", message: string): void => {
      const value = kinds[name]!;
      addIssue({
        message,
        input: value[field],
        path: [
          { type: "object", origin: "value", input: kinds, key: name, value },
          { type: "object", origin: "value", input: value, key: field, value: value[field] },
        ],
      });
    };
    for (const [name, kind] of Object.entries(kinds)) {
      if (!isSensitiveKind(name, kind)) continue;
      if (kind.signs.length > 0)
        refuse(
          name,
          "signs",
          "left out: the kind is sensitive by nature or by its name, and may only be told",
        );
      if (kind.sensitive === false)
        refuse(name, "sensitive", "true or left out: the kind is sensitive by nature or by its name");
    }
  }),
);

/** What a site says about its customers' life events. `{}`: the known kinds may be told, and nothing is concluded. */
export const LifeConfig = v.strictObject({
  /** Whether confidence may be drawn from what people do. Off until the owner says so; each customer must agree as well. */
  infer: v.optional(v.boolean(), false),
  kinds: v.optional(Kinds, {}),
});
export type LifeConfig = v.InferOutput<typeof LifeConfig>;
