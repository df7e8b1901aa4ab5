import { termsOf } from "../core/config/value-config.ts";
import { DAY_MS } from "../core/primitives/time.ts";
import type { Score } from "../core/value/score.ts";
import type { ValueModel } from "../core/value/value-model.ts";
import { forget } from "../edge/site-source.ts";
import type { Access } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { ledgerOf } from "./get-experiment.ts";
import { questionOf } from "./get-insight.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

const TOP_MAX = 50;
const DAYS = 30;
const CALIBRATION_DAYS = 90;

/** Has the ledger look after the value model, and hands a new one to the site. */
async function tendValue(c: RouteContext, access: Access): Promise<ValueModel | undefined> {
  const { config } = access.site.world.config;
  const model = await ledgerOf(c, access).tendValue(termsOf(config.value));
  if (model && model.version !== access.site.world.value?.version) {
    await (await siteStub(c.env, access.siteId)).putValueModel(model);
    forget(access.siteId);
  }
  return model;
}

/**
 * `GET /v1/equity`: what all customers together are worth, with its range, parts and movement; what those are worth who are
 * still to come (as of the day, since values change at midnight); what personalization caused of it; and whether the best customers are looked after.
 */
export async function getEquity(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const model = await tendValue(c, access);
  const ledger = ledgerOf(c, access);
  const equity = await ledger.insight(questionOf(access, "equity"));
  const movement = await ledger.movement(DAYS);
  const prioritising = await ledger.insight(questionOf(access, "prioritising"));
  return answer({
    asOf: Math.floor(Date.now() / DAY_MS) * DAY_MS,
    model: told(model),
    ...equity,
    movement,
    prioritising,
  });
}

const told = (model: ValueModel | undefined) =>
  model
    ? {
        version: model.version,
        fittedAt: model.fittedAt,
        customers: model.customers,
        repeaters: model.repeaters,
        currency: model.currency,
        orders: model.orders,
        spend: model.spend ?? null,
        marginShare: model.marginShare,
        meanOrderMinor: model.meanValueMinor,
      }
    : null;

/** `GET /v1/equity/top`: the customers who are worth most, by the shop's own ids. */
export async function getTopCustomers(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  await tendValue(c, access);
  const best = (await ledgerOf(c, access).best(TOP_MAX)) as unknown as { object: string; score: Score }[];
  const { CUSTOMER } = c.env;
  const named = await Promise.all(
    best.map(async ({ object, score }) => ({
      customerId: await CUSTOMER.get(CUSTOMER.idFromString(object)).shopsId(),
      ...score,
    })),
  );
  return answer({ customers: named.filter(({ customerId }) => customerId !== null) });
}

/** `GET /v1/equity/calibration`: predictions of the last days, made without knowing them, against what came. */
export async function getCalibration(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const days = Number(c.req.query("days") ?? CALIBRATION_DAYS);
  if (!Number.isInteger(days) || days < 7 || days > 730)
    return problemResponse({
      code: "query_invalid",
      pointer: "/days",
      detail: "days must be a whole number from 7 to 730.",
    });
  const calibration = await ledgerOf(c, access).calibration(days);
  return answer(
    calibration ?? {
      days,
      model: null,
      sentence: `Before the last ${days} days there were too few customers to predict from: 200, of whom 50 came back, are needed.`,
    },
  );
}
