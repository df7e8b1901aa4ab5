import type { Config, ConfigDocument, Experiment } from "../config/config.ts";
import type { EpochMs } from "../primitives/time.ts";
import { DAY_MS } from "../primitives/time.ts";
import type { ExperimentReport } from "./report.ts";

/** What might be done about an experiment next. */
export type Step = {
  readonly action: "promote" | "stop" | "stop_variation";
  /** Whom it is about; of `stop` nobody in particular. */
  readonly variation?: string | undefined;
  /** Why, for the marketer and the audit log. */
  readonly reason: string;
  /** `auto`: it may happen now. `propose`: a marketer says. */
  readonly permission: "auto" | "propose";
};

/** A step that waits for a marketer's word, or has been refused. */
export type Proposal = Step & { readonly at: EpochMs; readonly isRefused: boolean };

/**
 * The step that a report suggests and the experiment's policy does not rule out: give everybody the variation that wins,
 * or stop what loses. None before the policy's days and visitors.
 */
export function stepOf(experiment: Experiment, report: ExperimentReport): Step | undefined {
  const { policy } = experiment;
  if (!policy || experiment.status !== "running" || experiment.bandit) return undefined;
  const { progress, variations, verdict } = report;
  const fewest = Math.min(...variations.filter((one) => one.share > 0).map((one) => one.users));
  if (progress.days < policy.daysMin || fewest < policy.visitorsMin) return undefined;
  const reason = [verdict.headline, ...verdict.sentences.slice(0, 1)].join(" ");
  if (verdict.state === "win" && policy.promote !== "never") {
    const variation = report.goals[0]!.comparisons.filter(({ finding }) => finding === "better").reduce(
      (best, one) => (Math.abs(one.difference!) > Math.abs(best.difference!) ? one : best),
    ).variation;
    return { action: "promote", variation, reason, permission: policy.promote };
  }
  if (verdict.state === "loss" && policy.stop !== "never")
    return { action: "stop", reason, permission: policy.stop };
  return undefined;
}

/**
 * The config after a step: the winner is for everybody and nobody is counted any more; a stopped experiment changes
 * nothing; a stopped variation gets no visitors. `undefined` where the config has no such experiment (any more).
 */
export function afterStep(document: ConfigDocument, id: string, step: Step): ConfigDocument | undefined {
  const { experiments } = document as { readonly experiments?: readonly Partial<Experiment>[] };
  const found = experiments?.find((one) => one.id === id);
  if (!experiments || !found) return undefined;
  const changed =
    step.action === "stop_variation"
      ? {
          ...found,
          variations: found.variations?.map((one) =>
            one.id === step.variation ? { ...one, weight: 0 } : one,
          ),
        }
      : { ...found, status: "stopped", ...(step.action === "promote" ? { winner: step.variation } : {}) };
  return {
    ...document,
    experiments: experiments.map((one) => (one === found ? changed : one)),
  } as ConfigDocument;
}

/** How many days a running experiment has run, by its first look. */
export const daysSince = (since: EpochMs | null, now: EpochMs): number =>
  since === null ? 0 : (now - since) / DAY_MS;

/** Experiments that somebody has to look after: bandits, and those that may end by themselves. */
export const tended = ({ experiments }: Pick<Config, "experiments">): Experiment[] =>
  experiments.filter(
    ({ status, bandit, policy }) => status === "running" && (bandit ?? policy) !== undefined,
  );
