import { meanFigure } from "../stats/arm-figures.ts";
import { compare } from "../stats/compare.ts";
import { shareInterval } from "../stats/small-counts.ts";
import type { Preference } from "./preference.ts";
import type { Group, SayDoTotals } from "./say-do-totals.ts";

/** What a group of customers does of what is said. */
export type GroupDone = {
  readonly customers: number;
  /** Of them with an order that tells; the rest count in no figure. */
  readonly buyers: number;
  /** Mean over buyers of the share of their orders' items that are as is said. */
  readonly share: number | undefined;
  readonly low: number;
  readonly high: number;
};

/** A claim, with what those who make it do, against all others. */
export type ClaimReport = {
  readonly claim: Pick<Preference, "key" | "topic" | "anyOf" | "band">;
  readonly sayers: GroupDone;
  readonly others: GroupDone;
  /**
   * How much larger the sayers' share is, as a share of the others'. `estimate` is `undefined` and `high` Infinity where
   * the others' share cannot be told from 0. It is a difference between people who chose to answer so: not an effect.
   */
  readonly lift: { readonly estimate: number | undefined; readonly low: number; readonly high: number };
};

const ALPHA = 0.05;
/** Part of the error that is kept for totals too small for means. */
const EXACT_PART = 0.2;

/**
 * The say-do gap by question and choice, most said first. All intervals hold with 95 % confidence at every look. Nothing
 * is withheld here: whoever shows it leaves out groups of fewer than five customers.
 */
export function sayDoReport(totals: SayDoTotals): ClaimReport[] {
  return [...totals.values()]
    .map(({ claim: { key, topic, anyOf, band }, sayers, others }) => ({
      claim: { key, topic, anyOf, ...(band ? { band } : {}) },
      sayers: doneOf(sayers, ALPHA),
      others: doneOf(others, ALPHA),
      lift: liftOf(sayers, others),
    }))
    .sort((a, b) => b.sayers.customers - a.sayers.customers || (a.claim.key < b.claim.key ? -1 : 1));
}

function doneOf({ customers, shares }: Group, alpha: number): GroupDone {
  const { n, sum } = shares;
  return { customers, buyers: n, share: n === 0 ? undefined : sum / n, ...shareInterval(sum, n, alpha) };
}

/** By means where both groups are large enough for it, else by what the two groups' exact intervals leave possible. */
function liftOf(sayers: Group, others: Group): ClaimReport["lift"] {
  const control = meanFigure(others.shares, others.doers);
  const treatment = meanFigure(sayers.shares, sayers.doers);
  const compared =
    control && treatment
      ? compare(
          { kind: "mean", control, treatment },
          { alpha: ALPHA * (1 - EXACT_PART), moment: { kind: "anytime" } },
        ).lift
      : undefined;
  if (compared) return { estimate: compared.estimate, low: compared.low, high: compared.high };
  const [own, base] = [sayers, others].map((group) => doneOf(group, (ALPHA * EXACT_PART) / 2));
  const isKnown = own!.share !== undefined && base!.share !== undefined && base!.share > 0;
  return {
    estimate: isKnown ? own!.share! / base!.share! - 1 : undefined,
    low: own!.low / base!.high - 1,
    high: base!.low > 0 ? own!.high / base!.low - 1 : Infinity,
  };
}
