import * as v from "valibot";
import type { Price } from "../catalog/price-text.ts";
import { StrategyName } from "../config/config.ts";
import { ConsentStatement, type Purpose } from "../consent/consent.ts";
import { ConsentSignals } from "../consent/signals.ts";
import { ItemRef, Line, Page } from "../event/event.ts";
import { CustomerId, Name, VisitorId, type ItemId } from "../primitives/ids.ts";

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24));
const Refs = v.pipe(v.array(ItemRef), v.maxLength(200));

/** Who is asking and under which consent: the head of every body a browser sends. No header, so no preflight. */
export const sender = {
  /** Public write key; servers use `Authorization: Bearer` instead. */
  key: v.optional(text(256)),
  visitorId: v.optional(VisitorId),
  /**
   * What a browser calls itself until an answer brings its `visitorId`: all its tabs, and whatever is sent again, then become
   * one visitor. Twelve digits and small letters that begin with the time, as the part of an event's id before the dash.
   */
  newcomer: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-z]{12}$/))),
  /** Only with a server key. */
  customerId: v.optional(CustomerId),
  /** A token by which the shop's server says who this is: makes a visitor a known customer. */
  identity: v.optional(text(4096)),
  consent: v.optional(ConsentStatement),
  /** What other consent tools on the page say: IAB TCF and GPP strings, Google Consent Mode, Shopify, GPC. */
  signals: v.optional(ConsentSignals),
  sentAt: v.optional(v.unknown()),
};

export const SlotRequest = v.strictObject({
  id: Name,
  /** Overrides the config's chain; for servers and previews. */
  strategies: v.optional(v.pipe(v.array(StrategyName), v.minLength(1), v.maxLength(8))),
  /** What the slot is about. Absent: the page's item, then the cart. */
  seeds: v.nullish(v.pipe(v.array(ItemRef), v.maxLength(20))),
  max: v.optional(Count),
  min: v.optional(Count),
});
export type SlotRequest = v.InferOutput<typeof SlotRequest>;

/** Most experiments that one look may force. */
const FORCED_MAX = 20;

/**
 * Variations to look at, by their experiment, whatever the draw says. Such an answer is counted nowhere and carries no
 * token. An empty one forces nothing, and only asks which variations there are.
 */
const Forced = v.pipe(
  v.record(Name, Name),
  v.check((all) => Object.keys(all).length <= FORCED_MAX, `at most ${FORCED_MAX} experiments`),
);

const scene = {
  page: v.optional(v.strictObject({ ...Page.entries, item: v.optional(ItemRef) })),
  market: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]{2})?$/i))),
  locale: v.optional(text(35)),
  device: v.optional(v.picklist(["phone", "tablet", "desktop", "other"])),
  cart: v.optional(v.pipe(v.array(Line), v.maxLength(200))),
  /** Never show these, for whatever reason the page has. */
  exclude: v.optional(Refs),
  /** Applied first, in the same turn: the decision already knows them. */
  events: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(50))),
  /** A preview link's id: the draft's config and persona instead of the live ones. */
  draft: v.optional(text(64)),
};

export const DecideRequest = v.strictObject({
  ...sender,
  ...scene,
  slots: v.pipe(v.array(SlotRequest), v.minLength(1), v.maxLength(12)),
  force: v.optional(Forced),
});
export type DecideRequest = v.InferOutput<typeof DecideRequest>;

/** `POST /v1/rank`: the shop's own list, in the customer's order. */
export const RankRequest = v.strictObject({
  ...sender,
  ...scene,
  items: v.pipe(v.array(ItemRef), v.minLength(1), v.maxLength(500)),
});
export type RankRequest = v.InferOutput<typeof RankRequest>;

export type SlotStatus = "personalized" | "contextual" | "fallback" | "holdout" | "suppressed";

/** Why an item is here: a code a program can read and a sentence a shopper can. Only what really ranked it. */
export type Why = { readonly code: string; readonly text: string };

/** The levers that stand beside an item. Each is sent back as a `feedback_given` event. */
export const CONTROLS = ["not_this", "own_it", "less_like_this"] as const;
export type Control = (typeof CONTROLS)[number];

/** A pick as it is rendered. */
export type PickedItem = {
  readonly id: ItemId;
  /** 1-based. */
  readonly rank: number;
  readonly title: string;
  readonly url?: string;
  readonly image?: string;
  readonly brand?: string;
  readonly price?: Price;
  /** What it cost before, when `price` is a sale price. */
  readonly regularPrice?: Price;
  readonly why: Why;
  readonly controls: readonly Control[];
};

export type Assignment = {
  readonly experiment: string;
  readonly variation: string;
  /** What the variation hands to the page, where it does. */
  readonly value?: unknown;
  /** It was asked for, not drawn. */
  readonly forced?: true;
  /** All there are, the control first; told to whoever asks with `force`. */
  readonly variations?: readonly string[];
};

export type SlotAnswer = {
  readonly id: string;
  readonly status: SlotStatus;
  /** Why the slot's answer came out so. @example "no_consent", "below_min" */
  readonly reason: string;
  readonly title?: string;
  readonly items: readonly PickedItem[];
  /** What a trigger left for this slot: any JSON a marketer wrote. */
  readonly content?: { readonly trigger: string; readonly value: unknown };
  readonly assignments: readonly Assignment[];
  readonly holdout: boolean;
  /** Echo it in `slot_seen` and `slot_clicked`. Absent where nothing about a person is counted. */
  readonly token?: string;
};

export type DecideAnswer = {
  readonly decisionId: string;
  readonly configRevision: number;
  readonly slots: readonly SlotAnswer[];
  readonly consent: { readonly applied: readonly Purpose[]; readonly withheld: readonly Purpose[] };
  /** Why the answer is for nobody in particular, where that was not the page's choice. @example "budget_spent" */
  readonly degraded?: string;
  /** Present when one was minted in this call: keep it and send it from now on. */
  readonly visitorId?: string;
  /** What became of the events sent along, in their order. */
  readonly events?: readonly EventAnswer[];
};

export type EventAnswer =
  | {
      readonly id?: string;
      readonly status: "accepted" | "duplicate";
      /** What an accepted event would also have served, had it been granted. */
      readonly withheld?: readonly Purpose[];
    }
  | {
      readonly id?: string;
      readonly status: "rejected";
      readonly code: string;
      readonly detail: string;
      readonly pointer?: string;
    };
