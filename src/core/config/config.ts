import * as v from "valibot";
import { Purpose } from "../consent/consent.ts";
import { Moment, PageType } from "../event/event.ts";
import { BEHAVIOUR_DAYS_MAX } from "../event/resolve-event.ts";
import { ItemId, Name } from "../primitives/ids.ts";
import { publicUrlDefect } from "../primitives/public-url.ts";
import { Condition, SegmentCondition } from "../segment/condition.ts";
import { segmentsCheck } from "../segment/membership/segment-defects.ts";
import { experimentEntries } from "./experiment-config.ts";
import { FeaturesConfig } from "./feature-config.ts";
import { Questions } from "../preference/question.ts";
import { LifeConfig } from "./life-config.ts";
import { compileLife } from "../life/compile-life.ts";
import { issueOf } from "../segment/defect.ts";
import { compileSegments } from "../segment/membership/compile-segments.ts";
import { triggerDefects } from "../trigger/trigger-defects.ts";
import { TimeZone, Triggers } from "./trigger-config.ts";
import { ValueConfig } from "./value-config.ts";
import { CONFIG_LIMITS, MIN_CUSTOMERS_DEFAULT, MIN_CUSTOMERS_FLOOR } from "./limits.ts";

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24));
/** How a slot finds its number of items: see `core/decide/how-many.ts`. */
export const COUNTS = ["confident", "fill"] as const;
const days = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));
const atMost = <T>(n: number) =>
  v.check<Record<string, T>, string>((entries) => Object.keys(entries).length <= n, `at most ${n} entries`);
const Items = v.pipe(v.array(ItemId), v.minLength(1), v.maxLength(CONFIG_LIMITS.itemsPerRuleMax));

/** Into how many objects a site's sums can be spread. */
export const LEDGER_SHARDS = [1, 2, 4, 8, 16] as const;

/** The recipes that propose candidates. What each does is told in its file under `core/decide/strategy`. */
export const STRATEGIES = [
  "cross_sell",
  "up_sell",
  "also_viewed",
  "recently_viewed",
  "trending",
  "for_you",
  "buy_again",
  "new_arrivals",
  "bundle",
  "same_type",
  "pinned",
] as const;
export const StrategyName = v.picklist(STRATEGIES);
export type StrategyName = v.InferOutput<typeof StrategyName>;

/** How strategies are tuned. One flat object, so that an experiment can change a single number. */
export const StrategySettings = v.strictObject({
  /** up_sell: cheapest and dearest alternative, as a multiple of the current price. */
  priceRatioMin: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(10))),
  priceRatioMax: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10))),
  /** cross_sell: weight of what was bought together against what was viewed together. */
  boughtWeight: v.optional(Share),
  /** also_viewed, for_you: weight of whole visits like this one against what pairs of items say. */
  neighbourWeight: v.optional(Share),
  /** How hard popular items are held back: 0 favours bestsellers, 1 rarities. */
  popularityDamping: v.optional(Share),
  /** bundle: what a set may cost, as a multiple of what it completes. */
  bundlePriceMax: v.optional(v.pipe(v.number(), v.minValue(0.05), v.maxValue(10))),
  /** Weight of margin (price minus cost) in the ranking. */
  marginWeight: v.optional(Share),
  /** Weight of the quantity in stock: what is nearly gone is held back, what fills the store room is lifted. */
  stockWeight: v.optional(Share),
  /** How much room an item makes that is like another of the slot; 0 leaves the order untouched. */
  diversity: v.optional(Share),
  /** `confident`: only while an item keeps its share of the best one's worth. `fill`: as many as there are, up to `max`. */
  count: v.optional(v.picklist(COUNTS)),
  /** Shown to one customer so often within so many days, an item is left out. 0: no cap. */
  capTimes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))),
  capDays: v.optional(days(365)),
  /** Whether items too new to be known come in beside those that are most like them. */
  coldStart: v.optional(v.boolean()),
  /** Whether the customer's recent acts and what they ignored bend the order. What they refused is heeded regardless. */
  taste: v.optional(v.boolean()),
});
export type StrategySettings = v.InferOutput<typeof StrategySettings>;
/** Settings with every default filled in. */
export type Settings = { readonly [K in keyof StrategySettings]-?: NonNullable<StrategySettings[K]> };

export const SlotConfig = v.strictObject({
  title: v.optional(text(120)),
  /** Where the slot is asked for; lint and the defaults use it. */
  page: v.optional(PageType),
  /** Tried in order until `max` items are found. */
  strategies: v.optional(v.pipe(v.array(StrategyName), v.minLength(1), v.maxLength(8))),
  /** Named settings to start from; `settings` outrank them. */
  preset: v.optional(v.picklist(["bestsellers", "long_tail"])),
  settings: v.optional(StrategySettings),
  max: v.optional(Count),
  /** Below this many items the shop's own fallback stays. */
  min: v.optional(Count),
  /** Whether the item being looked at may be shown again. */
  repeatCurrent: v.optional(v.boolean()),
  /** Only items of these product types (path prefixes). */
  types: v.optional(v.pipe(v.array(text(512)), v.maxLength(50))),
  /** Share of visitors who never get this slot filled, so that what it earns can be told. */
  holdout: v.optional(Share),
});
export type SlotConfig = v.InferOutput<typeof SlotConfig>;

/** Which items a rule is about: by id, or by a condition over the item's own fields (`brand`, `type`, `price`, `attributes.x`). */
const Selection = v.strictObject({ items: v.optional(Items), where: v.optional(Condition) });
export type Selection = v.InferOutput<typeof Selection>;

const Strength = v.pipe(v.number(), v.gtValue(0), v.maxValue(10));

/** What a rule does. Order of power: hide > pin > filter > boost/bury > model. */
export const RuleAction = v.variant("do", [
  v.strictObject({
    do: v.literal("pin"),
    items: Items,
    /** 1-based place of the first one. */ position: v.optional(
      v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)),
      1,
    ),
  }),
  v.strictObject({ do: v.literal("hide"), ...Selection.entries }),
  v.strictObject({ do: v.literal("filter"), where: Condition }),
  /** Multiplies the score by 1 + strength. */
  v.strictObject({ do: v.literal("boost"), ...Selection.entries, strength: v.optional(Strength, 1) }),
  /** Divides the score by 1 + strength. */
  v.strictObject({ do: v.literal("bury"), ...Selection.entries, strength: v.optional(Strength, 1) }),
  v.strictObject({ do: v.literal("limit"), max: Count }),
]);
export type RuleAction = v.InferOutput<typeof RuleAction>;

/** A marketer's statement: when this holds, in these slots, between these dates, do that. */
export const Rule = v.strictObject({
  id: Name,
  description: v.optional(text(500)),
  enabled: v.optional(v.boolean()),
  slots: v.optional(v.pipe(v.array(Name), v.maxLength(CONFIG_LIMITS.slotsMax))),
  when: v.optional(Condition),
  from: v.optional(Moment),
  until: v.optional(Moment),
  /** The rule reads what this purpose covers; without the grant it does not run. */
  purpose: v.optional(Purpose),
  /** Share of visitors to whom the rule never applies, so that what it earns can be told. */
  holdout: v.optional(Share),
  then: v.pipe(v.array(RuleAction), v.minLength(1), v.maxLength(16)),
});
export type Rule = v.InferOutput<typeof Rule>;

export const Segment = v.strictObject({
  title: v.optional(text(120)),
  when: SegmentCondition,
  purpose: v.optional(Purpose),
});
export type Segment = v.InferOutput<typeof Segment>;

/** Any JSON a page is handed, small enough to travel with every decision. */
const Payload = v.pipe(
  v.unknown(),
  v.check(
    (value) => JSON.stringify(value ?? null).length <= CONFIG_LIMITS.payloadCharsMax,
    "a smaller value",
  ),
);

/** What a variation changes. Empty: nothing, as in the control. */
export const Variation = v.strictObject({
  id: Name,
  title: v.optional(text(120)),
  weight: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  strategies: v.optional(v.pipe(v.array(StrategyName), v.minLength(1), v.maxLength(8))),
  settings: v.optional(StrategySettings),
  max: v.optional(Count),
  /** The slot shows nothing of ours: the shop's own content stays. */
  off: v.optional(v.boolean()),
  /** Handed to the page as it is: a wording, a layout, any JSON. Also what the experiment's `flag` answers. */
  value: v.optional(Payload),
  rules: v.optional(v.pipe(v.array(v.pick(Rule, ["id", "description", "then"])), v.maxLength(20))),
});
export type Variation = v.InferOutput<typeof Variation>;

/** A question with two or more answers, split by a pure hash of the visitor. The first variation is the control. */
export const Experiment = v.strictObject({
  id: Name,
  question: v.optional(text(500)),
  status: v.optional(v.picklist(["draft", "running", "stopped"]), "running"),
  slots: v.optional(v.pipe(v.array(Name), v.minLength(1), v.maxLength(CONFIG_LIMITS.slotsMax))),
  when: v.optional(Condition),
  /** Share of those who match that takes part at all. */
  coverage: v.optional(Share, 1),
  /** Hash seed; absent: the id. Change it to shuffle everyone anew. */
  seed: v.optional(text(128)),
  variations: v.pipe(
    v.array(Variation),
    v.minLength(2),
    v.maxLength(20),
    v.check((all) => new Set(all.map((one) => one.id)).size === all.length, "variations with different ids"),
  ),
  /** How long after it was seen an order counts. */
  windowDays: v.optional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(90)), 14),
  ...experimentEntries,
});
export type Experiment = v.InferOutput<typeof Experiment>;

const unique = <T extends { readonly id: string }>(what: string) =>
  v.check<T[], string>(
    (all) => new Set(all.map((one) => one.id)).size === all.length,
    `${what} with different ids`,
  );

/** The marketer's whole say over a site. `{}` is a good one: every default is meant to be lived with. */
const ConfigFields = v.strictObject({
  $schema: v.optional(text(512)),
  slots: v.optional(v.pipe(v.record(Name, SlotConfig), atMost(CONFIG_LIMITS.slotsMax)), {}),
  rules: v.optional(v.pipe(v.array(Rule), v.maxLength(CONFIG_LIMITS.rulesMax), unique("rules")), []),
  segments: v.optional(
    v.pipe(v.record(Name, Segment), atMost(CONFIG_LIMITS.segmentsMax), segmentsCheck()),
    {},
  ),
  experiments: v.optional(
    v.pipe(
      v.array(Experiment),
      v.maxLength(CONFIG_LIMITS.experimentsMax),
      unique("experiments"),
      v.check(
        (all) =>
          all.every(({ requires }, i) =>
            (requires ?? []).every(
              ({ experiment }) => all.findIndex((one) => one.id === experiment) >>> 0 < i,
            ),
          ),
        "`requires` that names experiments standing before",
      ),
    ),
    [],
  ),
  /** Flags that any OpenFeature or GrowthBook SDK can ask for, by key. */
  features: v.optional(FeaturesConfig, {}),
  /** Share of visitors never personalized at all, so that the whole effect can be told in money. */
  holdout: v.optional(
    v.strictObject({ share: v.optional(Share, 0.05), seed: v.optional(text(128), "holdout") }),
    {},
  ),
  consent: v.optional(
    v.strictObject({
      policyVersion: v.optional(text(64), "1"),
      grantDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(730)), 180),
      /** Which of another consent tool's categories stand for our purposes. */
      categories: v.optional(v.record(text(64), v.array(Purpose)), {
        Analytics: ["analytics"],
        Functional: ["personalization"],
        Personalization: ["personalization"],
        Advertising: ["marketing"],
        Marketing: ["marketing"],
      }),
    }),
    {},
  ),
  limits: v.optional(
    v.strictObject({
      /** Calls to customers' objects a day, beyond which pages get answers for nobody in particular. `null`: no ceiling. */
      objectCallsPerDayMax: v.optional(
        v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e12))),
        null,
      ),
    }),
    {},
  ),
  /** For sites that outgrow one object. May be raised at any time; lowering it changes nothing. */
  scale: v.optional(
    v.strictObject({
      /** Objects that the sums of the reports are spread over. One takes a few hundred active customers a second. */
      ledgerShards: v.optional(v.picklist(LEDGER_SHARDS), 1),
    }),
    {},
  ),
  /** How long what is kept, in days. Behaviour and orders go with their age; everything goes after so long without an event. */
  retention: v.optional(
    v.strictObject({
      behaviourDays: v.optional(days(BEHAVIOUR_DAYS_MAX), BEHAVIOUR_DAYS_MAX),
      orderDays: v.optional(days(3650), 3650),
      idleVisitorDays: v.optional(days(BEHAVIOUR_DAYS_MAX), 90),
      idleCustomerDays: v.optional(days(3650), 1095),
    }),
    {},
  ),
  model: v.optional(
    v.strictObject({
      minCustomers: v.optional(
        v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
        MIN_CUSTOMERS_DEFAULT,
      ),
      /** `small` takes a third of the memory and forgoes whole visits like the running one. */
      profile: v.optional(v.picklist(["full", "small"]), "full"),
      /** Whether acts count by where they come from. Off only for replaying published data. */
      guarded: v.optional(v.boolean(), true),
    }),
    {},
  ),
  /** At the right moment, for whom it is right, once: do that. */
  triggers: v.optional(Triggers, []),
  /** The shop's own time zone: stands in for a customer's that is not known. */
  timeZone: v.optional(TimeZone, "UTC"),
  /** What answers to questions and stated traits say of a customer's preferences. */
  questions: v.optional(Questions, {}),
  /** Moments in a customer's life: what may be told, and what may be concluded. */
  lifeEvents: v.optional(LifeConfig, {}),
  /** How ad platforms are told of a segment's customers. */
  audiences: v.optional(
    v.strictObject({
      /** Traits that hold an e-mail address and a telephone number. */
      emailTrait: v.optional(Name, "email"),
      phoneTrait: v.optional(Name, "phone"),
      /** Country calling code of telephone numbers that have none. */
      callingCode: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/, "digits such as 43"))),
    }),
    {},
  ),
  /** How customers are valued. */
  value: v.optional(ValueConfig, {}),
  /** Where the catalog can be fetched from, and how often. */
  feed: v.optional(
    v.strictObject({
      url: v.pipe(
        text(2048),
        v.check((url) => publicUrlDefect(url) === undefined, "an https address of a public DNS name"),
      ),
      everyMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(15), v.maxValue(10_080)), 60),
    }),
  ),
  /** Product types that may never be learned from or recommended by behaviour (path prefixes). */
  sensitiveTypes: v.optional(v.pipe(v.array(text(512)), v.maxLength(200)), []),
});

/** What is wrong between the parts of a config that are right by themselves. */
export const Config = v.pipe(
  ConfigFields,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { triggers, segments, lifeEvents } = dataset.value;
    if (triggers.length === 0) return;
    const compiled = compileSegments(segments);
    const [defect] = triggerDefects(triggers, {
      personalSegments: new Set(compiled.personal.map(({ id }) => id)),
      otherSegments: new Set(compiled.request.map(({ id }) => id)),
      lifeKinds: new Set(compileLife(lifeEvents).kinds.keys()),
    });
    if (defect) addIssue(issueOf({ ...defect, pointer: `/triggers${defect.pointer}` }, dataset.value));
  }),
);
export type Config = v.InferOutput<typeof Config>;

/** What a marketer writes: everything optional. */
export type ConfigDocument = v.InferInput<typeof Config>;

export { MIN_CUSTOMERS_FLOOR };
