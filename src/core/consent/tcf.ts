import type { EpochMs } from "../primitives/time.ts";
import { BitReader, isBase64Url } from "./bit-reader.ts";
import type { ConsentStatement, Purpose } from "./consent.ts";

/** Longest consent string that is looked at, in characters. With every vendor named they stay under half of it. */
export const CONSENT_STRING_MAX = 8192;

/** What the core of a TC string says, as far as it concerns us. Purposes are numbered from 1 as IAB Europe numbers them. */
export type TcString = {
  readonly created: EpochMs;
  readonly lastUpdated: EpochMs;
  /** Which consent tool wrote it. */
  readonly cmpId: number;
  readonly vendorListVersion: number;
  readonly policyVersion: number;
  /** Whether it holds for this site alone. */
  readonly isServiceSpecific: boolean;
  readonly purposeConsents: readonly number[];
  readonly purposeLegitimateInterests: readonly number[];
};

/** TCF purposes that must all be consented to before one of ours is granted. */
export type TcfMapping = { readonly [purpose in Purpose]?: readonly number[] };

/**
 * How TCF's purposes stand for ours. 1 is storing on the device, and comes first everywhere; 3 and 4 are the making and
 * use of advertising profiles; 5 and 6 of content profiles; 7 to 10 are measuring, research and improving.
 */
export const TCF_MAPPING: TcfMapping = {
  analytics: [1, 7, 8, 9, 10],
  personalization: [1, 5, 6],
  marketing: [1, 3, 4],
};

/** First policy of version 2 strings; what claims an earlier one is not what it says it is. */
const POLICY_MIN = 2;
const DECISECOND_MS = 100;
const PURPOSE_BITS = 24;

/** Passes over a list of vendors: a count, then either ranges or one bit for each. */
function skipVendors(bits: BitReader): void {
  const largest = bits.int(16);
  if (bits.flag()) skipRanges(bits);
  else bits.skip(largest);
}

function skipRanges(bits: BitReader): void {
  const ranges = bits.int(12);
  for (let i = 0; i < ranges && !bits.ranOut; i++) bits.skip(bits.flag() ? 32 : 16);
}

/**
 * Reads a TC string of version 2. The core is walked to its last field, so that a truncated one is noticed; vendors and
 * the publisher's restrictions, which bind vendors, are passed over. `undefined` for version 1, for garbage and for what
 * breaks off: the caller takes that for a no to everything.
 * Source: IAB Tech Lab, "Consent string and vendor list formats v2", TC string format.
 */
export function decodeTcf(text: string): TcString | undefined {
  if (text.length > CONSENT_STRING_MAX) return undefined;
  const segments = text.split(".");
  if (!segments.every(isBase64Url)) return undefined;
  const bits = new BitReader(segments[0]!);
  if (bits.int(6) !== 2) return undefined;
  const created = bits.int(36) * DECISECOND_MS;
  const lastUpdated = bits.int(36) * DECISECOND_MS;
  const cmpId = bits.int(12);
  bits.skip(12 + 6 + 12); // The tool's version, its screen, the language.
  const vendorListVersion = bits.int(12);
  const policyVersion = bits.int(6);
  const isServiceSpecific = bits.flag();
  bits.skip(1 + 12); // Non-standard texts, special features.
  const purposeConsents = bits.positions(PURPOSE_BITS);
  const purposeLegitimateInterests = bits.positions(PURPOSE_BITS);
  bits.skip(1 + 12); // Whether purpose 1 was left out, the publisher's country.
  skipVendors(bits);
  skipVendors(bits);
  const restrictions = bits.int(12);
  for (let i = 0; i < restrictions && !bits.ranOut; i++) {
    bits.skip(6 + 2);
    skipRanges(bits);
  }
  if (bits.ranOut || policyVersion < POLICY_MIN) return undefined;
  return {
    created,
    lastUpdated,
    cmpId,
    vendorListVersion,
    policyVersion,
    isServiceSpecific,
    purposeConsents,
    purposeLegitimateInterests,
  };
}

/**
 * A TC string in our purposes. It answers every purpose it was made for, so what it does not consent to is a no, and a
 * string that could not be read is a no to all of them. Legitimate interest is never a grant: since TCF 2.2 it cannot
 * carry personalised content or advertising at all, and elsewhere it is the absence of an objection, not a yes. Where the
 * publisher's country leaves purpose 1 out, its bit is unset and everything that rests on it is denied.
 * @example statementOfTcf(undefined) // { analytics: false, personalization: false, marketing: false }
 */
export function statementOfTcf(
  tc: Pick<TcString, "purposeConsents"> | undefined,
  mapping: TcfMapping = TCF_MAPPING,
): ConsentStatement {
  const consents = new Set(tc?.purposeConsents);
  return Object.fromEntries(
    Object.entries(mapping).map(([purpose, needed]) => [
      purpose,
      // A purpose that nothing stands for cannot be granted.
      needed.length > 0 && needed.every((number) => consents.has(number)),
    ]),
  );
}
