import { permits } from "../consent/consent.ts";
import type { Whole } from "../customer/customer.ts";
import { minorDigits, type Money } from "../primitives/money.ts";
import type { EpochMs } from "../primitives/time.ts";
import { hiddenName } from "../profile/view.ts";
import { plainEmail, plainPhone, type AudiencePlatform } from "./contact.ts";

/** SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal: what every platform asks for. */
export type Sha256Hex = (text: string) => Promise<string>;

/** Somebody a platform may be told of: hashed identifiers and what bidding may know of their worth. */
export type AudienceMember = {
  readonly emailSha256?: string | undefined;
  readonly phoneSha256?: string | undefined;
  /** Predicted value in major units, rounded so that it tells a class and not a person. */
  readonly value?: number | undefined;
  readonly currency?: string | undefined;
};

/** How the shop calls the traits that hold a way to reach somebody, and what a telephone number lacks. */
export type ContactTraits = {
  readonly email: string;
  readonly phone: string;
  /** Country calling code of numbers without one. */
  readonly callingCode?: string | undefined;
};
export const CONTACT_TRAITS: ContactTraits = { email: "email", phone: "phone" };

/**
 * A predicted value for bidding: major units with two significant digits, never below 0.
 * @example biddingValue({ minor: 123_456, currency: "EUR" }) // 1200
 * @example biddingValue({ minor: 123_456, currency: "JPY" }) // 120000
 */
export function biddingValue({ minor, currency }: Money): number {
  return Number((Math.max(0, minor) / 10 ** minorDigits(currency)).toPrecision(2));
}

/**
 * The member that a customer is of a segment's audience; `undefined` for who is not in the segment, has not granted
 * marketing or is left alone for now, and for who cannot be named to the platform. What a customer hides is not used.
 */
export async function audienceMember(
  customer: Whole,
  given: {
    readonly segment: string;
    readonly platform: AudiencePlatform;
    readonly value?: Money | undefined;
    readonly traits?: ContactTraits | undefined;
    readonly hash: Sha256Hex;
  },
  now: EpochMs,
): Promise<AudienceMember | undefined> {
  if (customer.mark || customer.erasing || customer.isPaused) return undefined;
  if (!permits(customer.consent, "marketing", now)) return undefined;
  if (!customer.attention.segments.some(([id]) => id === given.segment)) return undefined;
  const traits = given.traits ?? CONTACT_TRAITS;
  const read = (name: string): string | undefined => {
    if (customer.hidden.has(hiddenName("trait", name))) return undefined;
    const value = customer.profile.traits.get(name)?.value;
    return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
  };
  const email = plainEmail(read(traits.email) ?? "", given.platform);
  const phone = plainPhone(read(traits.phone) ?? "", given.platform, traits.callingCode);
  if (email === undefined && phone === undefined) return undefined;
  const { value } = given;
  return {
    ...(email === undefined ? {} : { emailSha256: await given.hash(email) }),
    ...(phone === undefined ? {} : { phoneSha256: await given.hash(phone) }),
    ...(value ? { value: biddingValue(value), currency: value.currency } : {}),
  };
}
