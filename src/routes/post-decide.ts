import { DecideRequest } from "../core/wire/decide.ts";
import { problemResponse } from "../http/problem.ts";
import { decisionFor } from "./decision.ts";
import { decisionText } from "./decision-text.ts";
import { closingAnswer, enter, withCookies, type RouteContext } from "./route.ts";

/**
 * `POST /v1/decide`: what to show in each slot of a page, and why. Events sent along are applied first, in the same
 * turn of the customer's object. Never a 5xx into a page: a fault becomes the shop's own fallback.
 */
export async function postDecide(c: RouteContext): Promise<Response> {
  c.set("isHurried", true);
  const entered = await enter(c, DecideRequest);
  if (entered instanceof Response) return entered;
  const { headers } = entered.access;
  const decided = await decisionFor(c, entered.access, entered.request);
  if (!decided.ok) return problemResponse(decided.problem, headers);
  const { answer: body, cookies, timing } = decided.value;
  return withCookies(closingAnswer(body, c, { ...headers, ...timing }, decisionText), cookies);
}
