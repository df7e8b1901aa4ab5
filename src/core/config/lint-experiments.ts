import { splitOf } from "../experiment/split.ts";
import type { Config, Experiment } from "./config.ts";
import type { Lint } from "./lint.ts";

/** What is valid about experiments and probably not meant. */
export function lintExperiments({ experiments }: Pick<Config, "experiments">): Lint[] {
  return experiments.flatMap((experiment, i) =>
    defectsOf(experiment).map(([code, field, detail]) => ({
      code,
      pointer: `/experiments/${i}${field}`,
      detail,
    })),
  );
}

type Defect = readonly [code: string, field: string, detail: string];

function defectsOf(experiment: Experiment): Defect[] {
  const found: Defect[] = [];
  const { variations, winner, status, bandit, plan, ramp, from, until } = experiment;
  const shares = splitOf(experiment);
  if (variations.some(({ weight }, k) => weight !== undefined && Math.abs(weight - shares[k]!) > 1e-9))
    found.push([
      "weights_not_one",
      "/variations",
      "The weights do not sum to 1, so all variations get the same share.",
    ]);
  if (winner !== undefined && !variations.some(({ id }) => id === winner))
    found.push(["winner_unknown", "/winner", "No variation has this id, so nobody gets anything."]);
  else if (winner !== undefined && status !== "stopped")
    found.push(["winner_waits", "/winner", "A winner is for everybody only once `status` is `stopped`."]);
  if (bandit && plan)
    found.push([
      "plan_unused",
      "/plan",
      "A bandit ends when its policy says so, not with a plan's visitors.",
    ]);
  if (from !== undefined && until !== undefined && until <= from)
    found.push(["experiment_unreachable", "/until", "The experiment ends before it begins."]);
  const stages = [...(ramp ?? [])].sort((a, b) => a.at - b.at);
  if (stages.some(({ coverage }, k) => k > 0 && coverage < stages[k - 1]!.coverage))
    found.push([
      "ramp_falls",
      "/ramp",
      "Coverage falls on the way: those already in stay, and fewer come in.",
    ]);
  return found;
}

/**
 * What a change does to experiments that are running: other shares for the same version would mix visitors who were drawn
 * differently, which no test can tell from a broken split.
 */
export function lintChange(before: Pick<Config, "experiments">, after: Pick<Config, "experiments">): Lint[] {
  return after.experiments.flatMap((now, i): Lint[] => {
    const was = before.experiments.find(({ id }) => id === now.id);
    if (was?.status !== "running" || now.status !== "running" || was.version !== now.version) return [];
    if (now.bandit || drawOf(was) === drawOf(now)) return [];
    return [
      {
        code: "split_changed",
        pointer: `/experiments/${i}`,
        detail: `Its shares changed while it runs: raise \`version\` to ${now.version + 1}, so that everybody is drawn anew and counted from nothing.`,
      },
    ];
  });
}

/** What decides who gets which variation, apart from how many take part. */
const drawOf = (experiment: Experiment): string =>
  JSON.stringify([
    experiment.seed ?? experiment.id,
    experiment.variations.map(({ id }) => id),
    splitOf(experiment),
  ]);
