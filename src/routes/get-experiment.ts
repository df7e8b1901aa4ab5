import { HOLDOUT } from "../core/decide/decide.ts";
import { reportExperiment } from "../core/experiment/report.ts";
import type { Experiment } from "../core/config/config.ts";
import type { Tally } from "../core/experiment/figures.ts";
import { problemResponse } from "../http/problem.ts";
import type { TallyRow } from "../store/tally-store.ts";
import { admit, answer, type RouteContext } from "./route.ts";

/** `GET /v1/experiments/:id`: users, conversions, revenue per user and the difference, per variation. `holdout` is one too. */
export async function getExperiment(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { ids, world } = access.site;
  const id = c.req.param("id") ?? "";
  const { config } = world.config;
  const experiment =
    id === HOLDOUT
      ? holdoutAsExperiment(config.holdout.share)
      : config.experiments.find((one) => one.id === id);
  if (!experiment)
    return problemResponse({
      code: "experiment_unknown",
      detail: "The config holds no experiment of that id.",
      cure: "GET /v1/config shows the experiments; `holdout` is always there.",
    });
  const rows = await c.env.LEDGER.get(c.env.LEDGER.idFromString(ids.ledger)).tallies("experiment", id);
  const currency = world.catalog.items.find((item) => item.price)?.price?.currency;
  return answer({
    id,
    question: experiment.question ?? null,
    status: experiment.status,
    ...reportExperiment(experiment, talliesOf(rows), currency),
  });
}

function talliesOf(rows: readonly TallyRow[]): Tally[] {
  const byVariation = new Map<string, Record<string, number>>();
  for (const { part, metric, value } of rows)
    byVariation.set(part, { ...byVariation.get(part), [metric]: value });
  return [...byVariation].map(([variation, of]) => ({
    variation,
    users: of["users"] ?? 0,
    converters: of["converters"] ?? 0,
    orders: of["orders"] ?? 0,
    revenueSum: of["revenueSum"] ?? 0,
    revenueSumSquares: of["revenueSumSquares"] ?? 0,
  }));
}

/** The permanent holdout, read like any experiment: held out is the control. */
function holdoutAsExperiment(share: number): Experiment {
  return {
    id: HOLDOUT,
    question: "What is personalization worth as a whole?",
    status: "running",
    coverage: 1,
    windowDays: 30,
    variations: [
      { id: "held_out", weight: share },
      { id: "personalized", weight: 1 - share },
    ],
  };
}
