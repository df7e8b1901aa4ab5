import { BitReader, isBase64Url } from "./bit-reader.ts";
import type { ConsentStatement } from "./consent.ts";
import { denialsOfGpc } from "./gpc.ts";
import { joinStatements } from "./join.ts";
import { CONSENT_STRING_MAX, decodeTcf, statementOfTcf, TCF_MAPPING, type TcfMapping } from "./tcf.ts";
import { expressConsentsOf } from "./tcf-canada.ts";
import { optsOutOfUs, optsOutOfUsp, US_SECTIONS } from "./us-privacy.ts";

/** One jurisdiction's part of a GPP string. @example { id: 6, text: "1YNN" } */
export type GppSection = { readonly id: number; readonly text: string };

const TYPE = 3;
const VERSION = 1;
/** A header can claim a range of any length; there are not this many sections. */
const SECTIONS_MAX = 64;

const TCF_EUROPE = 2;
const SIGNAL_INTEGRITY = 4;
const TCF_CANADA = 5;
const US_PRIVACY = 6;

/** The section ids of a header: single ones and ranges, each counted from the one before. */
function sectionIdsOf(header: string): readonly number[] | undefined {
  const bits = new BitReader(header);
  if (bits.int(6) !== TYPE || bits.int(6) !== VERSION) return undefined;
  const entries = bits.int(12);
  const ids: number[] = [];
  let last = 0;
  for (let i = 0; i < entries; i++) {
    const isRange = bits.flag();
    const first = last + bits.fibonacci();
    last = isRange ? first + bits.fibonacci() : first;
    if (bits.ranOut || ids.length + last - first >= SECTIONS_MAX) return undefined;
    for (let id = first; id <= last; id++) ids.push(id);
  }
  return bits.ranOut ? undefined : ids;
}

/**
 * Takes a GPP string apart. `undefined` when the header is not one, or does not name as many sections as follow.
 * Source: IAB Tech Lab, Global Privacy Platform, "Consent String Specification".
 * @example decodeGpp("DBABTA~1YNN") // [{ id: 6, text: "1YNN" }]
 */
export function decodeGpp(text: string): readonly GppSection[] | undefined {
  if (text.length > CONSENT_STRING_MAX) return undefined;
  const [header, ...sections] = text.split("~");
  if (header === undefined || !isBase64Url(header)) return undefined;
  const ids = sectionIdsOf(header);
  if (ids === undefined || ids.length !== sections.length) return undefined;
  return ids.map((id, i) => ({ id, text: sections[i]! }));
}

/**
 * What one section says. The laws of the United States know only objections: one denies what Global Privacy Control
 * denies, and its absence grants nothing. A section that cannot be read, or whose law we do not know, may hold a no.
 */
function statementOfSection(section: GppSection, mapping: TcfMapping): ConsentStatement | undefined {
  if (section.id === TCF_EUROPE) {
    const tc = decodeTcf(section.text);
    return tc && statementOfTcf(tc, mapping);
  }
  if (section.id === TCF_CANADA) {
    const purposeConsents = expressConsentsOf(section.text);
    return purposeConsents && statementOfTcf({ purposeConsents }, mapping);
  }
  // Signs the other sections and says nothing of its own.
  if (section.id === SIGNAL_INTEGRITY) return {};
  const layout = US_SECTIONS.get(section.id);
  const optsOut =
    section.id === US_PRIVACY ? optsOutOfUsp(section.text) : layout && optsOutOfUs(section.text, layout);
  return optsOut === undefined ? undefined : denialsOfGpc(optsOut);
}

/**
 * A GPP string in our purposes, its sections joined so that a denial wins. What cannot be read denies marketing,
 * personalization and analytics. A string without sections, as consent tools show before they are ready, says nothing.
 * @example statementOfGpp("DBABTA~1YYN") // { marketing: false, third_party: false }
 * @example statementOfGpp("DBAA") // {}
 */
export function statementOfGpp(text: string, mapping: TcfMapping = TCF_MAPPING): ConsentStatement {
  const unread = {
    ...denialsOfGpc(true),
    ...statementOfTcf(undefined),
    ...statementOfTcf(undefined, mapping),
  };
  const sections = decodeGpp(text);
  if (sections === undefined) return unread;
  return joinStatements(sections.map((section) => statementOfSection(section, mapping) ?? unread));
}
