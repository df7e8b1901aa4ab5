import type { Experiment } from "../core/config/config.ts";
import { unmeasuredShare } from "../core/budget/traffic-days.ts";
import { banditFigures } from "../core/bandit/inference.ts";
import { experimentKey } from "../core/experiment/key.ts";
import { asExperiment, holdoutsOf, siteHoldout } from "../core/experiment/holdouts.ts";
import type { Access } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** Every experiment of the config, and every holdout as one; the site's own also while its share is 0. */
export function experimentsOf(access: Access): Experiment[] {
  const { config } = access.site.world.config;
  const holdouts = holdoutsOf(config);
  const none = config.holdout.share > 0 ? [] : [siteHoldout(0)];
  return [...config.experiments, ...[...none, ...holdouts].map(asExperiment)];
}

/** What the shop counts its money in, for sentences. */
export const currencyOf = (access: Access): string | undefined =>
  access.site.world.catalog.items.find((item) => item.price)?.price?.currency;

export const ledgerOf = (c: RouteContext, access: Access) =>
  c.env.LEDGER.get(c.env.LEDGER.idFromString(access.site.ids.ledger));

/** `GET /v1/experiments/:id`: who won or lost, what to do now, and the figures behind it. `holdout` is one too. */
export async function getExperiment(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const id = c.req.param("id") ?? "";
  const experiment = experimentsOf(access).find((one) => one.id === id);
  if (!experiment)
    return problemResponse({
      code: "experiment_unknown",
      detail: "The config holds no experiment of that id.",
      cure: "GET /v1/experiments lists them; `holdout` is always there.",
    });
  const stub = await siteStub(c.env, access.siteId);
  const ledger = ledgerOf(c, access);
  const [report, traffic, proposals] = await Promise.all([
    ledger.report(experiment, currencyOf(access)),
    stub.traffic(),
    stub.proposals(),
  ]);
  const key = experimentKey(experiment);
  const turns = experiment.bandit ? await stub.turns(key) : [];
  const bandit = experiment.bandit && {
    goal: experiment.bandit.goal,
    variations: banditFigures(experiment, turns, (await ledger.sums(key)).tallies),
    // Of a bandit with contexts these are the shares of whoever is in none.
    turns: turns.map(({ from, weights }) => ({
      at: from,
      shares: Object.fromEntries(experiment.variations.map(({ id }, i) => [id, weights[i] ?? 0])),
    })),
  };
  return answer({
    id,
    question: experiment.question ?? null,
    status: experiment.status,
    ...report,
    ...(bandit ? { bandit } : {}),
    proposal: proposals[id] ?? null,
    unmeasuredShare: unmeasuredShare(traffic, report.progress.since ?? 0),
  });
}

/** `GET /v1/experiments`: the first line of each. */
export async function getExperiments(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const ledger = ledgerOf(c, access);
  const reports = await Promise.all(
    experimentsOf(access).map(async (experiment) => {
      const { verdict, progress } = await ledger.report(experiment, currencyOf(access));
      const { id, question = null, status } = experiment;
      return { id, question, status, verdict, progress };
    }),
  );
  return answer({ experiments: reports });
}
