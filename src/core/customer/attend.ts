import { cardOf, isNews } from "../card/make-card.ts";
import type { ShelfChange } from "../catalog/shelf-change.ts";
import { permits } from "../consent/consent.ts";
import type { World } from "../decide/world.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { LoggedEvent } from "../profile/logged.ts";
import { leaveAudiences } from "./audiences.ts";
import { belong, lookupsOf, soonest } from "./belong.ts";
import { attendMoments } from "./moments.ts";
import { live } from "./live.ts";
import { noticeId } from "./notices.ts";
import type { Place } from "./attention.ts";
import type { Whole } from "./customer.ts";
import type { Effects, LogRow } from "./log-row.ts";

/** What came before segments and triggers are looked at. */
export type Turn = {
  readonly now: EpochMs;
  /** Sequence of the row that the turn writes. */
  readonly seq: number;
  /** The customer's object id. */
  readonly subject: string;
  /** What came in, in the order in which it counts. */
  readonly accepted: readonly LoggedEvent[];
  /** Whether more changed than `accepted`: something late, a merge, a withdrawal. Everything is then counted anew. */
  readonly isRefolded: boolean;
  /** It is a file about the past: nothing is to be set off by it. */
  readonly isHistorical: boolean;
  /** Who told what came in. */
  readonly source: string;
  readonly isTrusted: boolean;
  readonly shelf: readonly ShelfChange[];
  readonly place?: Place | undefined;
  /** The log, this turn's row included. */
  rows(): Iterable<LogRow>;
};

/** A turn in which nothing came in. */
export const quietTurn = (
  given: Pick<Turn, "now" | "seq" | "subject" | "rows"> &
    Partial<Pick<Turn, "shelf" | "isRefolded" | "isHistorical">>,
): Turn => ({
  accepted: [],
  isRefolded: false,
  isHistorical: false,
  source: "",
  isTrusted: false,
  shelf: [],
  ...given,
});

/**
 * What follows from what is known of a customer now: segments, triggers, and what the site's ledger is told of them.
 * Changes the customer's attention, and adds to the effects.
 * @param world what the site says; absent while it cannot be asked: then only what needs nothing of it is done
 * @returns whether anything has to leave
 */
export function attend(customer: Whole, world: World | undefined, turn: Turn, effects: Effects): boolean {
  const { attention } = customer;
  const { now, seq } = turn;
  if (!permits(customer.consent, "personalization", now)) attention.place = undefined;
  else if (turn.place) attention.place = turn.place;
  if (world || customer.mark) attention.nextAt = undefined;
  if (world && !customer.mark && asksAnything(world, attention, turn)) {
    const life = live(customer, world, turn, lookupsOf(customer, world));
    const belonging = belong(customer, world, turn);
    const { entered, left } = tellSegments(customer, world, belonging.segments, turn, effects);
    const momentAt = attendMoments(customer, world, turn, { belonging, entered, left, life }, effects);
    attention.by = world.config.attention;
    attention.nextAt = soonest(momentAt, soonest(belonging.nextAt, life.nextAt));
  }
  effects.notices.push(...leaveAudiences(customer, turn));
  const ids = attention.segments.map(([id]) => id);
  const card = cardOf(customer, ids, world, now);
  const isTold = isNews(attention.card, card, now);
  if (isTold) attention.card = { at: now, seq, body: card };
  return isTold || effects.notices.length + effects.deltas.length > 0;
}

/** Whether the site asks anything of a person, or did when they were looked at last. */
const asksAnything = (
  { config }: World,
  { by, segments, life, triggers }: Whole["attention"],
  { accepted }: Turn,
): boolean =>
  accepted.some(({ type }) => type === "life_event_told") ||
  config.segments.personal.length > 0 ||
  segments.length > 0 ||
  (by !== undefined && by !== config.attention) ||
  config.triggers.all.length + triggers.waiting.length > 0 ||
  config.life.infer ||
  life.told.length > 0;

/** Notes which segments were entered and left, for the shop's systems, and remembers where they are now. */
function tellSegments(
  customer: Whole,
  world: World,
  ids: readonly string[],
  { now, seq, subject }: Turn,
  effects: Effects,
): { readonly entered: readonly string[]; readonly left: readonly string[] } {
  const { customerId, source, attention } = customer;
  const known = new Map(attention.segments);
  const entered = ids.filter((id) => !known.has(id));
  const left = [...known.keys()].filter((id) => !ids.includes(id));
  if (entered.length + left.length === 0) return { entered, left };
  const tell = (type: "segment_entered" | "segment_left", segment: string): void => {
    if (customerId === undefined) return;
    const purpose = world.config.config.segments[segment]?.purpose ?? "personalization";
    const id = noticeId(source, seq, `${type}|${segment}`);
    effects.notices.push({ id, type, at: now, subject, purpose, customerId, data: { segment } });
  };
  for (const id of entered) tell("segment_entered", id);
  for (const id of left) tell("segment_left", id);
  attention.segments = ids.map((id) => [id, known.get(id) ?? now] as const);
  return { entered, left };
}
