import { slotElement } from "../core/render/slot-html.ts";
import { pointerInto } from "../core/problem/problem.ts";
import { parseWith } from "../core/problem/parse.ts";
import { DecideRequest } from "../core/wire/decide.ts";
import { problemResponse } from "../http/problem.ts";
import { decisionFor } from "./decision.ts";
import { admit, withCookies, type RouteContext } from "./route.ts";

const SUFFIX = ".html";

/**
 * `GET /v1/slots/:slot.html`: one slot as a fragment of HTML, for pages that are put together of fragments (ESI, HTMX,
 * server includes). The page's public key and what the page is about stand in the query; who asks is shown by a cookie of ours,
 * and only what that record permits counts. 204: there is nothing to show, and the page's own content stays.
 */
export async function getSlotHtml(c: RouteContext): Promise<Response> {
  c.set("isHurried", true);
  const { key, slot: _slot, ...query } = c.req.query();
  const access = await admit(c, key);
  if (access instanceof Response) return access;
  const { headers } = access;
  const name = c.req.param("slot") ?? "";
  if (!name.endsWith(SUFFIX))
    return problemResponse(
      {
        code: "query_invalid",
        detail: "Only fragments of HTML are to be had here.",
        cure: "A slot's fragment ends in .html: /v1/slots/goes-with.html",
      },
      headers,
    );
  const { type, item, category, q, market, locale, max, ...unknown } = query;
  const [strange] = Object.keys(unknown);
  if (strange !== undefined)
    return problemResponse(
      {
        code: "query_invalid",
        pointer: pointerInto("", strange),
        detail: "There is no such parameter.",
        cure: "key, type, item, category, q, market, locale and max are read.",
      },
      headers,
    );
  const page = {
    ...(type && { type }),
    ...(item && { item }),
    ...(category && { category }),
    ...(q && { query: q }),
  };
  const asked = parseWith(
    DecideRequest,
    {
      ...(Object.keys(page).length > 0 ? { page } : {}),
      ...(market && { market }),
      ...(locale && { locale }),
      slots: [{ id: name.slice(0, -SUFFIX.length), ...(max && { max: Number(max) }) }],
    },
    "query_invalid",
  );
  if (!asked.ok) return problemResponse(asked.problem, headers);
  const decided = await decisionFor(c, access, { ...asked.value, isByRecord: true });
  if (!decided.ok) return problemResponse(decided.problem, headers);
  const { answer, cookies, timing } = decided.value;
  const [slot] = answer.slots;
  const isEmpty = !slot || slot.items.length === 0;
  const reply = new Response(isEmpty ? null : slotElement(slot), {
    status: isEmpty ? 204 : 200,
    headers: {
      ...headers,
      ...timing,
      "cache-control": "private, no-store",
      "x-robots-tag": "noindex",
      "x-content-type-options": "nosniff",
      ...(isEmpty ? {} : { "content-type": "text/html; charset=utf-8" }),
    },
  });
  return withCookies(reply, cookies);
}
