import { impactOf } from "../core/experiment/impact.ts";
import { asExperiment, holdoutsOf } from "../core/experiment/holdouts.ts";
import { unmeasuredShare } from "../core/budget/traffic-days.ts";
import { currencyOf, ledgerOf } from "./get-experiment.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/**
 * `GET /v1/impact`: what personalization earned that would not have been earned otherwise: as a whole, and by slot, rule
 * and experiment, with ranges, over time, online and in stores.
 */
export async function getImpact(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const ledger = ledgerOf(c, access);
  const currency = currencyOf(access);
  const { config } = access.site.world.config;
  const holdouts = holdoutsOf(config);
  const [traffic, withheld, experiments] = await Promise.all([
    (await siteStub(c.env, access.siteId)).traffic(),
    Promise.all(
      holdouts.map(async (one) => ({
        kind: one.kind,
        of: one.name,
        impact: impactOf(await ledger.report(asExperiment(one), currency), currency),
      })),
    ),
    Promise.all(
      config.experiments.map(async (one) => impactOf(await ledger.report(one, currency), currency)),
    ),
  ]);
  const named = (kind: "slot" | "rule") =>
    withheld
      .filter((one) => one.kind === kind)
      .flatMap(({ of, impact }) => impact.map((one) => ({ ...one, name: of })));
  return answer({
    currency: currency ?? null,
    total: withheld.find(({ kind }) => kind === "site")?.impact[0] ?? null,
    slots: named("slot"),
    rules: named("rule"),
    experiments: experiments.flat(),
    unmeasuredShare: unmeasuredShare(traffic, 0),
  });
}
