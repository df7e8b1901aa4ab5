import { termsOf } from "../core/config/value-config.ts";
import { INSIGHTS, type InsightName, type InsightQuestion } from "../core/insight/question.ts";
import { minorDigits } from "../core/primitives/money.ts";
import type { Access } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { currencyOf, ledgerOf } from "./get-experiment.ts";
import { admit, answer, type RouteContext } from "./route.ts";

/** A question about everybody, with what of the config it needs. */
export function questionOf(access: Access, name: InsightName): InsightQuestion {
  const { value, segments } = access.site.world.config.config;
  const currency = currencyOf(access);
  const minor = (major: number): number => Math.round(major * 10 ** minorDigits(currency ?? "EUR"));
  const { acquisitionCost, acquisitionCosts } = value;
  const costs = currency !== undefined &&
    (acquisitionCost !== undefined || Object.keys(acquisitionCosts).length > 0) && {
      currency,
      ...(acquisitionCost === undefined ? {} : { eachMinor: minor(acquisitionCost) }),
      bySource: Object.fromEntries(
        Object.entries(acquisitionCosts).map(([source, cost]) => [source, minor(cost)]),
      ),
    };
  return { name, terms: termsOf(value), segments: Object.keys(segments), ...(costs ? { costs } : {}) };
}

const TOLD_ELSEWHERE: readonly InsightName[] = ["segments", "equity"];

/** `GET /v1/insight/:name`: cohorts, journeys, sources, what is looked at before buying, whether the best are looked after. */
export async function getInsight(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const name = c.req.param("name") ?? "";
  const ledger = ledgerOf(c, access);
  if (name === "micro-segments")
    return answer(await ledger.microSegments(access.site.world.config.config.sensitiveTypes));
  const isThere = (INSIGHTS as readonly string[]).includes(name);
  if (!isThere || TOLD_ELSEWHERE.includes(name as InsightName))
    return problemResponse({
      code: "query_invalid",
      pointer: "/name",
      detail: `There are ${INSIGHTS.filter((one) => !TOLD_ELSEWHERE.includes(one)).join(", ")} and micro-segments.`,
    });
  return answer(await ledger.insight(questionOf(access, name as InsightName)));
}

/** `GET /v1/segments`: each segment of the config with its size and value, and what they have in common. */
export async function getSegments(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { segments } = access.site.world.config.config;
  const told = await ledgerOf(c, access).insight(questionOf(access, "segments"));
  return answer({
    titles: Object.fromEntries(Object.entries(segments).map(([id, { title }]) => [id, title ?? id])),
    ...told,
  });
}
