import { BitReader, isBase64Url } from "./bit-reader.ts";

/**
 * The purposes that a Canadian TCF section (version 1) carries express consent to, numbered as in Europe. Implied consent
 * is passed over: it is no yes. Vendors are not walked, since strings of both their encodings are about, and nothing tells
 * them apart. `undefined` for what cannot be read.
 * Source: IAB Tech Lab, Global Privacy Platform, "GPP Extension: IAB Canada TCF".
 */
export function expressConsentsOf(section: string): readonly number[] | undefined {
  const segments = section.split(".");
  if (!segments.every(isBase64Url)) return undefined;
  const bits = new BitReader(segments[0]!);
  if (bits.int(6) !== 1) return undefined;
  // Moments, the tool and its screen, the language, lists and policy, non-standard texts, special features.
  bits.skip(36 + 36 + 12 + 12 + 6 + 12 + 12 + 6 + 1 + 12);
  const express = bits.positions(24);
  // Implied consent, then two lists of vendors, each headed by the largest and how the rest is packed.
  bits.skip(24 + 2 * (16 + 1));
  return bits.ranOut ? undefined : express;
}
