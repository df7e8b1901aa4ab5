import type { Comparison } from "./judge.ts";
import { METRIC } from "./metrics.ts";
import type { ExperimentReport, GoalReport } from "./report.ts";
import { differenceText, spanText } from "./words.ts";

export type Verdict = {
  readonly state: "win" | "loss" | "undecided" | "broken";
  /** The first line. */
  readonly headline: string;
  /** What to do now. */
  readonly action: string;
  /** What stands behind it, one thing each; ids and figures only. */
  readonly sentences: readonly string[];
};

/** What a verdict is made of. */
export type Findings = Pick<ExperimentReport, "variations" | "split" | "goals" | "progress"> & {
  readonly currency?: string | undefined;
  /** Whether a bandit divides the visitors. */
  readonly isBandit?: boolean;
};

/**
 * The answer to "did it work, and what do I do now?". Says no more than the figures allow: that the split is broken, that
 * there are too few visitors, that no difference can be told, or which there is; and a win only where no guardrail is lost.
 */
export function verdictOf(findings: Findings): Verdict {
  const { variations, split, goals } = findings;
  const treatments = variations.filter((one) => !one.isControl);
  if (split.blocks) return broken(split.p ?? 0);
  if (treatments.every((one) => one.share === 0))
    return verdict(
      "undecided",
      "No difference can be told.",
      "Give another variation a share of the visitors.",
      ["No variation but the control gets visitors."],
    );
  const [goal] = goals;
  const better = told(goal!, "better");
  const worse = told(goal!, "worse");
  const lost = goals.filter(({ guardrail }) => guardrail).flatMap((one) => told(one, "worse"));
  const sentences = sentencesOf(findings);
  const safe = better.filter((one) => lost.every(({ variation }) => variation !== one.variation));
  const best = mostOf(safe);
  if (best)
    return verdict(
      "win",
      `“${best.variation}” wins.`,
      `Give everybody “${best.variation}”; it is safe to stop.`,
      sentences,
    );
  if (better.length > 0)
    return verdict(
      "undecided",
      `“${mostOf(better)!.variation}” wins on ${goal!.metric}, and loses on ${lost[0]!.metric}.`,
      "Weigh the one against the other; the figures cannot.",
      sentences,
    );
  const open = treatments.filter(
    (one) => one.share > 0 && worse.every(({ variation }) => variation !== one.variation),
  );
  if (open.length === 0)
    return verdict("loss", lossText(worse), "Stop it and keep the control; it is safe to stop.", sentences);
  return undecided(findings, sentences);
}

const verdict = (
  state: Verdict["state"],
  headline: string,
  action: string,
  sentences: readonly string[],
): Verdict => ({ state, headline, action, sentences });

function broken(p: number): Verdict {
  return verdict(
    "broken",
    "Do not act on this experiment: visitors did not split as configured.",
    "Find out what loses visitors of one variation (a rule, a redirect, a fault, styles that hide an empty slot), mend it, and raise `version`.",
    [
      `The counts would hardly ever come from the configured shares (${pText(p)}), so the variations' visitors are not alike and their figures cannot be compared.`,
    ],
  );
}

const told = ({ comparisons }: GoalReport, finding: Comparison["finding"]): Comparison[] =>
  comparisons.filter((one) => one.finding === finding);

const mostOf = (all: readonly Comparison[]): Comparison | undefined =>
  all.reduce<Comparison | undefined>(
    (best, one) => (Math.abs(one.difference!) > Math.abs(best?.difference ?? 0) ? one : best),
    undefined,
  );

function lossText(worse: readonly Comparison[]): string {
  const [one, ...others] = worse;
  return others.length === 0 ? `“${one!.variation}” loses.` : "Every variation loses against the control.";
}

function undecided({ goals, progress, isBandit }: Findings, sentences: readonly string[]): Verdict {
  const shortage = goals[0]!.comparisons.find((one) => one.shortage !== null)?.shortage;
  const headline = "No difference can be told yet.";
  if (progress.fraction === 1)
    return verdict(
      "undecided",
      "No difference could be told.",
      "The planned visitors have come: stop it, and choose what is easier to keep. A longer plan would find smaller differences.",
      sentences,
    );
  const left =
    progress.daysLeft === null ? "" : ` ${capital(spanText(progress.daysLeft))} to the end of the plan.`;
  const action = isBandit
    ? "Let it run: visitors already go where it goes best."
    : `Let it run; you may look whenever you like.${left}`;
  return verdict(
    "undecided",
    shortage ? `${headline.slice(0, -1)}: ${shortage}.` : headline,
    action,
    sentences,
  );
}

/** What each comparison tells, the deciding goal first, guardrails only where something is told. */
function sentencesOf({ goals, variations, currency }: Findings): string[] {
  const control = variations[0]!.variation;
  return goals.flatMap((goal) =>
    goal.comparisons.flatMap((one) => {
      if (one.low === null || one.high === null) return [];
      if (goal.guardrail && one.finding === "unclear") return [];
      return [sentenceOf(goal, one, control, currency)];
    }),
  );
}

/** @example "With “b” a visitor spends between 0.21 EUR and 0.57 EUR more than with “a”." */
function sentenceOf(
  { metric, guardrail }: GoalReport,
  { variation, low, high, relative }: Comparison,
  control: string,
  currency?: string,
): string {
  const definition = METRIC[metric];
  const text = (value: number) => differenceText(Math.abs(value), definition, currency);
  const isShare = definition.unit === "share";
  const head = isShare
    ? `With “${variation}” the share of visitors who ${definition.verb} is`
    : `With “${variation}” a visitor ${definition.verb}`;
  const [more, less] = isShare ? ["higher", "lower"] : ["more", "less"];
  const lift =
    relative?.low == null || relative.high == null
      ? ""
      : ` (${signed(relative.low * 100)} to ${signed(relative.high * 100)} %)`;
  const tail = `than with “${control}”${lift}`;
  const note = guardrail ? " This is a guardrail." : "";
  if (low! > 0) return `${head} between ${text(low!)} and ${text(high!)} ${more} ${tail}.${note}`;
  if (high! < 0) return `${head} between ${text(high!)} and ${text(low!)} ${less} ${tail}.${note}`;
  return `${head} between ${text(low!)} ${less} and ${text(high!)} ${more} ${tail}: it may be either.`;
}

const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Number(Math.abs(value).toPrecision(2))}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const pText = (p: number): string => (p < 0.001 ? "p < 0.001" : `p = ${Number(p.toPrecision(2))}`);
