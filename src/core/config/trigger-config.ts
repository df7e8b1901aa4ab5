import * as v from "valibot";
import { Purpose } from "../consent/consent.ts";
import { Name } from "../primitives/ids.ts";
import { Condition, conditionDefect } from "../segment/condition.ts";
import { COUNTED_EVENTS, type CountedEvent } from "../segment/count/counted-event.ts";
import { issueOf } from "../segment/defect.ts";
import { askedOf } from "../segment/membership/asked-of.ts";
import { PERSON_NAMES } from "../segment/membership/names.ts";
import { TRIGGER_LIMITS } from "../trigger/limits.ts";
import { isTimeZone } from "../trigger/time-zone.ts";
import type { JsonValue } from "../webhook/notice.ts";
import { CONFIG_LIMITS } from "./limits.ts";

const whole = (min: number, max: number, unit: string) => {
  const message = `a whole number of ${unit} from ${min} to ${max}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
};
const minutes = (min: number) => whole(min, TRIGGER_LIMITS.minutesMax, "minutes");
const days = (min: number, max: number = TRIGGER_LIMITS.daysMax) => whole(min, max, "days");
const share = (min: number, max: number) => {
  const message = `a share from ${min} to ${max}`;
  return v.pipe(v.number(message), v.minValue(min, message), v.maxValue(max, message));
};
const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));

/** A time zone of the IANA database. @example "Europe/Vienna" */
export const TimeZone = v.pipe(v.string(), v.check(isTimeZone, "a time zone such as Europe/Vienna"));

const TimeOfDay = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day from 00:00 to 23:59, such as 21:00"),
);

export const QuietHoursConfig = v.pipe(
  v.strictObject({ from: TimeOfDay, until: TimeOfDay }),
  v.check(({ from, until }) => from !== until, "quiet hours that end at another time than they begin"),
);

const EVENTS = Object.keys(COUNTED_EVENTS) as [CountedEvent, ...CountedEvent[]];

const eventFields = {
  event: v.picklist(EVENTS, `one of ${EVENTS.join(", ")}`),
  where: v.optional(v.record(v.string(), v.unknown())),
};

const whereCheck = <T extends { readonly event: CountedEvent; readonly where?: Condition | undefined }>() =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.value.where === undefined) return;
    const { event, where } = dataset.value;
    // A count of the same asks the same of its occurrences.
    const defect = conditionDefect({ $count: { event, where, is: 1 } }, "segment");
    if (defect)
      addIssue(issueOf({ ...defect, pointer: defect.pointer.replace(/^\/\$count/, "") }, dataset.value));
  });

/** Something that happens. `where` asks about one occurrence of it, as under `$count` in segments. */
export const TriggerEvent = v.pipe(v.strictObject(eventFields), whereCheck());
export type TriggerEvent = v.InferOutput<typeof TriggerEvent>;

export const INTERESTS = ["viewed", "carted", "wished"] as const;
export type InterestName = (typeof INTERESTS)[number];

/** For whom a product's news is news: who did one of these with it within so many days, and has not bought it since. */
const interest = {
  interest: v.optional(
    v.pipe(v.array(v.picklist(INTERESTS, `some of ${INTERESTS.join(", ")}`)), v.minLength(1), v.maxLength(3)),
    [...INTERESTS],
  ),
  days: v.optional(days(1), 30),
};

/** What sets a trigger off. What each does is told in its file under `core/trigger/kinds`. */
export const TriggerOn = v.variant("when", [
  v.pipe(v.strictObject({ when: v.literal("event"), ...eventFields }), whereCheck()),
  v.strictObject({
    when: v.literal("sequence"),
    steps: v.pipe(
      v.array(TriggerEvent),
      v.minLength(TRIGGER_LIMITS.stepsMin, `at least ${TRIGGER_LIMITS.stepsMin} steps`),
      v.maxLength(TRIGGER_LIMITS.stepsMax, `at most ${TRIGGER_LIMITS.stepsMax} steps`),
    ),
    withinMinutes: minutes(1),
  }),
  v.strictObject({
    when: v.literal("absence"),
    after: TriggerEvent,
    without: TriggerEvent,
    minutes: minutes(1),
  }),
  v.strictObject({ when: v.literal("cart_abandoned"), minutes: minutes(1) }),
  v.strictObject({
    when: v.literal("price_drop"),
    ...interest,
    /** Share of the price by which it must have fallen at once. */
    atLeast: v.optional(share(0.01, 0.95), 0.05),
  }),
  v.strictObject({ when: v.literal("back_in_stock"), ...interest }),
  v.strictObject({ when: v.literal("replenishment_due"), daysBefore: v.optional(days(0, 60), 0) }),
  /** `where`: which items, by their own fields. */
  v.strictObject({ when: v.literal("first_purchase_in"), where: Condition }),
  v.strictObject({
    when: v.literal("anniversary"),
    of: v.union(
      [v.picklist(["first_order", "registration"]), v.strictObject({ trait: text(64) })],
      'first_order, registration or {"trait": "name"}',
    ),
    daysBefore: v.optional(days(0, 90), 0),
  }),
  v.strictObject({ when: v.literal("segment_entered"), segment: Name }),
  v.strictObject({ when: v.literal("segment_left"), segment: Name }),
  v.strictObject({
    when: v.literal("life_event"),
    kind: Name,
    /** How sure it must be: 1 only where it was told. */
    confidence: v.optional(share(0.5, 1), 0.8),
  }),
]);
export type TriggerOn = v.InferOutput<typeof TriggerOn>;
export type TriggerWhen = TriggerOn["when"];

const Content = v.pipe(
  v.unknown(),
  v.check(
    (value) => JSON.stringify(value ?? null).length <= CONFIG_LIMITS.payloadCharsMax,
    `at most ${CONFIG_LIMITS.payloadCharsMax} characters of JSON`,
  ),
) as v.GenericSchema<JsonValue>;

/** What follows when a trigger fires. */
export const TriggerEffect = v.variant("do", [
  /** The shop's other systems are told; with a slot its picks go along, decided when it is sent. */
  v.strictObject({
    do: v.literal("webhook"),
    name: Name,
    slot: v.optional(Name),
    content: v.optional(Content),
  }),
  /** Decisions of the next days carry this as the slot's content. */
  v.strictObject({ do: v.literal("content"), slot: Name, content: Content, days: days(1, 90) }),
  v.strictObject({
    do: v.literal("trait"),
    name: text(64),
    value: v.nullable(
      v.union([v.pipe(v.string(), v.maxLength(1024)), v.pipe(v.number(), v.finite()), v.boolean()]),
    ),
  }),
]);
export type TriggerEffect = v.InferOutput<typeof TriggerEffect>;

/** A condition about the customer, asked at the moment of firing. Then there is no request that could tell anything. */
const Audience = v.pipe(
  Condition,
  v.rawCheck(({ dataset, addIssue }) => {
    const [place] = dataset.typed ? askedOf(dataset.value).request : [];
    if (!place) return;
    const expected = `about the customer: segments, ${PERSON_NAMES.join(", ")}`;
    addIssue(issueOf({ pointer: place.pointer, expected }, dataset.value));
  }),
);

/** At the right moment, for whom it is right, once: do that. */
export const Trigger = v.strictObject({
  id: Name,
  title: v.optional(text(120)),
  enabled: v.optional(v.boolean()),
  on: TriggerOn,
  /** How long after its occasion it fires. */
  delayMinutes: v.optional(minutes(0), 0),
  /** Once in a customer's life. */
  once: v.optional(v.boolean(), false),
  /** How long after firing it does not fire again. */
  coolDownDays: v.optional(days(1)),
  /** In these hours of the customer's own clock it waits for their end. */
  quietHours: v.optional(QuietHoursConfig),
  audience: v.optional(Audience),
  /** What the customer must have granted when it fires. */
  purpose: v.optional(Purpose, "marketing"),
  then: v.pipe(
    v.array(TriggerEffect),
    v.minLength(1, "at least one effect"),
    v.maxLength(TRIGGER_LIMITS.effectsMax, `at most ${TRIGGER_LIMITS.effectsMax} effects`),
  ),
});
export type Trigger = v.InferOutput<typeof Trigger>;

export const Triggers = v.pipe(
  v.array(Trigger),
  v.maxLength(TRIGGER_LIMITS.triggersMax, `at most ${TRIGGER_LIMITS.triggersMax} triggers`),
  v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, "triggers with different ids"),
);
export type Triggers = v.InferOutput<typeof Triggers>;
