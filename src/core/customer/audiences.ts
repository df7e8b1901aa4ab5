import { permits } from "../consent/consent.ts";
import { audienceChange, type AudienceLine } from "../export/audience-change.ts";
import type { AudienceMember } from "../export/audience.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { JsonObject, Notice } from "../webhook/notice.ts";
import type { Whole } from "./customer.ts";
import { noticeId } from "./notices.ts";

/** What an ad platform was told of a customer for a segment: hashed identifiers with the value that went along. */
export type ToldAudience = {
  readonly segment: string;
  readonly platform: string;
  readonly told: readonly (readonly [identifier: string, value: string])[];
  /** Whether the shop's systems heard that the customer left since. */
  readonly isLeft: boolean;
};

/** Names an audience on a card. @example audienceKey({ platform: "google", segment: "loyal" }) // "google loyal" */
export const audienceKey = ({ platform, segment }: Pick<ToldAudience, "platform" | "segment">): string =>
  `${platform} ${segment}`;

/** Whether a customer may be in a segment's audience now. */
export const mayBeIn = (customer: Whole, segment: string, now: EpochMs): boolean =>
  !customer.mark &&
  !customer.isPaused &&
  permits(customer.consent, "marketing", now) &&
  customer.attention.segments.some(([id]) => id === segment);

/**
 * What a platform has to be told of this customer since it was last; remembers that it was.
 * @param isAnew everything is told again: the platform's list was begun anew
 */
export function tellAudience(
  customer: Whole,
  { segment, platform }: Pick<ToldAudience, "segment" | "platform">,
  member: AudienceMember | undefined,
  isAnew: boolean,
): AudienceLine[] {
  const audiences = customer.attention.audiences ?? [];
  const isMine = (one: ToldAudience) => one.segment === segment && one.platform === platform;
  const before = isAnew ? undefined : audiences.find(isMine);
  const { lines, told } = audienceChange(new Map(before?.told), member ? [member] : []);
  const others = audiences.filter((one) => !isMine(one));
  customer.attention.audiences =
    told.size === 0 ? others : [...others, { segment, platform, told: [...told], isLeft: false }];
  return lines;
}

/** Notices for whoever has left an audience that a platform was told of: at once, whether or not anybody asks. */
export function leaveAudiences(
  customer: Whole,
  turn: { readonly now: EpochMs; readonly seq: number; readonly subject: string },
): Notice[] {
  const { audiences = [] } = customer.attention;
  if (audiences.length === 0 || customer.mark) return [];
  const notices: Notice[] = [];
  customer.attention.audiences = audiences.map((one) => {
    const isIn = mayBeIn(customer, one.segment, turn.now);
    if (isIn || one.isLeft) return isIn && one.isLeft ? { ...one, isLeft: false } : one;
    notices.push(leftNotice(customer, one, turn));
    return { ...one, isLeft: true };
  });
  return notices;
}

/** That a platform has to forget somebody. Says hashes only; erased customers go with it too. */
export function leftNotice(
  { source, customerId }: Pick<Whole, "source" | "customerId">,
  audience: Pick<ToldAudience, "segment" | "platform" | "told">,
  { now, seq, subject }: { readonly now: EpochMs; readonly seq: number; readonly subject: string },
): Notice {
  const data: JsonObject = {
    segment: audience.segment,
    platform: audience.platform,
    identifiers: audience.told.map(([identifier]) => identifier),
  };
  return {
    id: noticeId(source, seq, `audience_left|${audienceKey(audience)}`),
    type: "audience_left",
    at: now,
    subject,
    purpose: null,
    customerId: customerId ?? null,
    data,
  };
}
