import { BitReader, isBase64Url } from "./bit-reader.ts";

/** The objections to sale, sharing and targeted advertising in a section: where the first stands, and how many follow. */
type OptOuts = { readonly bit: number; readonly count: number };

const USUAL: OptOuts = { bit: 12, count: 2 };
const WITH_SENSITIVE_NOTICE: OptOuts = { bit: 14, count: 2 };
/** Since 2025 the contract's fields come first. */
const CONTRACT_FIRST: OptOuts = { bit: 16, count: 2 };

/**
 * Where each section of the United States keeps its objections. Each begins with a version of six bits; the fields
 * after it are two bits wide.
 * Source: IAB Tech Lab, Global Privacy Platform, "Sections", US-National and US-States.
 */
export const US_SECTIONS: ReadonlyMap<number, OptOuts> = new Map([
  [7, { bit: 18, count: 3 }], // National.
  [8, USUAL], // California: sale and sharing.
  [9, USUAL], // Virginia.
  [10, USUAL], // Colorado.
  [11, WITH_SENSITIVE_NOTICE], // Utah.
  [12, USUAL], // Connecticut.
  [13, USUAL], // Florida.
  [14, USUAL], // Montana.
  [15, USUAL], // Oregon.
  [16, USUAL], // Texas.
  [17, USUAL], // Delaware.
  [18, WITH_SENSITIVE_NOTICE], // Iowa.
  [19, USUAL], // Nebraska.
  [20, USUAL], // New Hampshire.
  [21, USUAL], // New Jersey.
  [22, USUAL], // Tennessee.
  [23, USUAL], // Minnesota.
  [24, CONTRACT_FIRST], // Maryland.
  [25, CONTRACT_FIRST], // Indiana.
  [26, CONTRACT_FIRST], // Kentucky.
  [27, CONTRACT_FIRST], // Rhode Island.
]);

const VERSIONS = [1, 2];
const NOT_APPLICABLE = 0;
const DID_NOT_OPT_OUT = 2;
const GPC_SUBSECTION = 1;

/**
 * Whether a section of the United States carries an objection to sale, sharing or targeted advertising, its own or a
 * Global Privacy Control in a subsection. A value that means nothing counts as an objection. `undefined` for a section
 * that cannot be read.
 */
export function optsOutOfUs(section: string, layout: OptOuts): boolean | undefined {
  const segments = section.split(".");
  if (!segments.every(isBase64Url)) return undefined;
  const [core, ...subsections] = segments.map((segment) => new BitReader(segment));
  if (core === undefined || !VERSIONS.includes(core.int(6))) return undefined;
  core.skip(layout.bit - 6);
  let optsOut = false;
  for (let i = 0; i < layout.count; i++) {
    const choice = core.int(2);
    optsOut ||= choice !== NOT_APPLICABLE && choice !== DID_NOT_OPT_OUT;
  }
  for (const bits of subsections) if (bits.int(2) === GPC_SUBSECTION && bits.flag()) optsOut = true;
  return core.ranOut || subsections.some((bits) => bits.ranOut) ? undefined : optsOut;
}

/**
 * Whether a US Privacy string, the forerunner of those sections, carries an objection to sale: version 1, notice,
 * objection, contract. `undefined` for what is no such string.
 * Source: IAB Tech Lab, "U.S. Privacy String", version 1.0.
 * @example optsOutOfUsp("1YYN") // true
 * @example optsOutOfUsp("1---") // false
 */
export function optsOutOfUsp(section: string): boolean | undefined {
  return /^1[YN-]{3}$/i.test(section) ? /^..Y/i.test(section) : undefined;
}
