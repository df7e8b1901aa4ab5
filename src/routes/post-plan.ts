import { HOLDOUT, PERSONALIZED } from "../core/experiment/key.ts";
import { experimentKey } from "../core/experiment/key.ts";
import { planExperiment, PlanRequest } from "../core/experiment/plan.ts";
import { sumsOf, usersOf } from "../core/experiment/tally.ts";
import { DAY_MS } from "../core/primitives/time.ts";
import { problemResponse } from "../http/problem.ts";
import { currencyOf, experimentsOf, ledgerOf } from "./get-experiment.ts";
import { answer, enter, type RouteContext } from "./route.ts";

/** `POST /v1/experiments/plan`: how many visitors and days it takes, from the shop's own visitors. */
export async function postPlan(c: RouteContext): Promise<Response> {
  const entered = await enter(c, PlanRequest, 4096);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const like = request.like ?? HOLDOUT;
  const experiment = experimentsOf(access).find(({ id }) => id === like);
  if (!experiment)
    return problemResponse({
      code: "experiment_unknown",
      pointer: "/like",
      detail: "There are no visitors of that experiment or holdout to learn from.",
      cure: "GET /v1/experiments lists them. `holdout` stands for the whole site while its share is above 0.",
    });
  const { tallies, since } = await ledgerOf(c, access).sums(experimentKey(experiment));
  const part = like === HOLDOUT ? PERSONALIZED : experiment.variations[0]!.id;
  const users = experiment.variations.reduce((sum, { id }) => sum + usersOf(sumsOf(id, tallies)), 0);
  const days = since === null ? 0 : (Date.now() - since) / DAY_MS;
  const planned = planExperiment(
    request,
    sumsOf(part, tallies),
    days >= 1 ? users / days : null,
    currencyOf(access),
  );
  if (!planned)
    return problemResponse({
      code: "figures_missing",
      detail:
        "Too few visitors have been measured to say what the figure is now: at least 100 are needed, some of whom did what is measured.",
      cure: "Wait for them, or name an experiment under `like` that has them.",
    });
  return answer(planned);
}
