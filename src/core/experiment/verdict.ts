import { minorDigits } from "../primitives/money.ts";
import type { SrmCheck } from "../stats/srm.ts";
import type { Difference, VariationReport } from "./figures.ts";

/** Users a variation needs before a sentence compares it: revenue is too skewed for a t-test on fewer. */
const USERS_MIN = 100;

/** Buyers that a variation and the control need together, for the same reason. */
const CONVERTERS_MIN = 10;

/** Largest p, after correction for the number of comparisons, that is told as a difference. */
const SIGNIFICANCE = 0.05;

type Compared = VariationReport & { readonly difference: Difference };

/**
 * One sentence that says no more than the figures allow: that the split is broken, that there are too few users, that
 * no difference can be told, or which difference there is. With several variations p is multiplied by the number of
 * comparisons (Bonferroni), so that more variations do not make a chance finding likelier.
 */
export function verdictOf(variations: readonly VariationReport[], srm: SrmCheck, currency?: string): string {
  const [control, ...treatments] = variations.filter((one) => one.isControl || one.share > 0);
  if (srm.blocks) {
    return `Do not act on this experiment: visitors did not split as configured (${pText(srm.p ?? 0)}), so something loses visitors of one variation, and the figures cannot be compared.`;
  }
  if (control === undefined || treatments.length === 0) {
    return "No difference can be told: no variation but the control gets visitors.";
  }
  const ready = treatments.filter((one): one is Compared => shortage(control, one) === undefined);
  if (ready.length === 0) {
    return `No difference can be told yet: ${shortage(control, treatments[0]!)}.`;
  }
  const likeliest = ready.reduce((best, one) => (one.difference.p < best.difference.p ? one : best));
  const p = Math.min(1, likeliest.difference.p * treatments.length);
  const { low, high, difference } = likeliest.difference;
  const told = pText(p) + (treatments.length > 1 ? ` corrected for ${treatments.length} comparisons` : "");
  const names = `with “${likeliest.variation}” a visitor`;
  if (p >= SIGNIFICANCE) {
    const range = `between ${comparison(low, currency)} and ${comparison(high, currency)}`;
    return `No difference can be told yet: ${names} spends ${range} than with “${control.variation}” (95% interval, ${told}).`;
  }
  const bounds = `95% interval ${amount(low, currency)} to ${amount(high, currency)}`;
  return `If this is the one look that was planned: ${names} spends ${comparison(difference, currency)} than with “${control.variation}” (${bounds}, ${told}).`;
}

/** Why two variations cannot be compared yet, as the end of a sentence. */
function shortage(control: VariationReport, treatment: VariationReport): string | undefined {
  for (const { variation, users } of [control, treatment]) {
    if (users < USERS_MIN)
      return `“${variation}” has ${users} visitors, and each variation needs at least ${USERS_MIN}`;
  }
  const buyers = control.conversions + treatment.conversions;
  if (buyers < CONVERTERS_MIN)
    return `“${control.variation}” and “${treatment.variation}” have ${buyers} buyers together, and need at least ${CONVERTERS_MIN}`;
  return treatment.difference === null ? "every visitor spent the same" : undefined;
}

const pText = (p: number): string => (p < 0.001 ? "p < 0.001" : `p = ${Number(p.toPrecision(2))}`);

const comparison = (minor: number, currency?: string): string =>
  `${amount(Math.abs(minor), currency)} ${minor < 0 ? "less" : "more"}`;

/** An amount in words; below one major unit two figures are kept, because a cent per visitor is a lot of money. */
function amount(minor: number, currency?: string): string {
  if (currency === undefined) return `${Number(minor.toPrecision(3))} minor units`;
  const digits = minorDigits(currency);
  const major = minor / 10 ** digits;
  return `${Math.abs(major) < 1 ? Number(major.toPrecision(2)) : major.toFixed(digits)} ${currency}`;
}
