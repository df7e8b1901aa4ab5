import type { MovedPerson } from "../core/move/person.ts";
import { idDefect } from "../core/primitives/ids.ts";
import type { Problem } from "../core/problem/problem.ts";
import { objectId } from "../edge/names.ts";
import { problemResponse } from "../http/problem.ts";
import { ledgerOf } from "./get-experiment.ts";
import { admit, answer, type RouteContext } from "./route.ts";

/** An answer grows to about so many characters: as much as a request may bring in again. */
const ANSWER_CHARACTERS = 1_000_000;
/** People looked at for one answer: the platform lets one request make so many calls, on its free plan 50. */
const LOOKED_MAX = 40;
const CURSOR = /^(?:([0-9a-f]{64})(?::(\d{1,15}))?)?$/;

const wrong = (name: string, detail: string): Problem => ({
  code: "query_invalid",
  pointer: `/${name}`,
  detail,
});

/** The stub's types cannot say that JSON travels as it is. */
type HandingOut = {
  handOut(
    after: number,
    charactersMax: number,
  ): Promise<{ readonly person: MovedPerson; readonly next: number | null } | undefined>;
};

/**
 * `GET /v1/persons`: everybody whom the ledger was ever told of, whole, to be taken in elsewhere; `?customer=` for one by the
 * shop's id. Visitors who became a customer come as part of that customer.
 */
export async function getPersons(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const cursor = CURSOR.exec(c.req.query("after") ?? "");
  if (!cursor) return problemResponse(wrong("after", "after must be `next` of the page before."));
  const { CUSTOMER } = c.env;
  const asked = c.req.query("customer");
  let objects: string[];
  if (asked === undefined) {
    const [, last = "", row] = cursor;
    const ledger = ledgerOf(c, access);
    objects = await ledger.people(last, LOOKED_MAX);
    if (row !== undefined) objects.unshift(last);
  } else {
    if (idDefect(asked) !== undefined)
      return problemResponse(wrong("customer", "customer must be an id of the shop's."));
    objects = [(await objectId(c.env, "customer", access.siteId, asked)).toString()];
  }
  const persons: unknown[] = [];
  let after = Number(cursor[2] ?? 0);
  let size = 0;
  for (const object of objects) {
    const stub = CUSTOMER.get(CUSTOMER.idFromString(object)) as unknown as HandingOut;
    const out = await stub.handOut(after, ANSWER_CHARACTERS - size);
    after = 0;
    if (!out) continue;
    persons.push(out.person);
    if (out.next !== null) return answer({ persons, next: `${object}:${out.next}` });
    size += JSON.stringify(out.person).length;
    if (size >= ANSWER_CHARACTERS) return answer({ persons, next: asked === undefined ? object : null });
  }
  const isLast = asked !== undefined || objects.length < LOOKED_MAX;
  return answer({ persons, next: isLast ? null : objects.at(-1)! });
}
