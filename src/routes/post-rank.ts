import { rankItems } from "../core/decide/rank-items.ts";
import { setScene } from "../core/decide/set-scene.ts";
import { RankRequest } from "../core/wire/decide.ts";
import { circumstancesOf, meet, resolveRef } from "../edge/meeting.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, askerOf, consentOf, enter, withCookies, type RouteContext } from "./route.ts";

/** `POST /v1/rank`: the shop's own list (search results, a category) in the customer's order, hidden items left out. */
export async function postRank(c: RouteContext): Promise<Response> {
  const entered = await enter(c, RankRequest);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const { headers } = access;
  const { items } = request;
  try {
    const met = await meet(askerOf(c, access), access, {
      ...request,
      consent: consentOf(c, access, request),
    });
    if (!met.ok) return problemResponse(met.problem, headers);
    const { view, world, withheld, person } = met.value;
    const scene = setScene(world, circumstancesOf(request, world, Date.now()), view);
    const order = rankItems(
      scene,
      items.map((ref) => resolveRef(world, ref)),
    );
    const reply = answer(
      {
        status: view ? "personalized" : "contextual",
        items: order.map((place, rank) => ({ item: items[place], rank: rank + 1, was: place + 1 })),
        configRevision: world.config.revision,
        consent: { applied: view?.permitted ?? [], withheld },
        ...(view && person?.mintedId !== undefined ? { visitorId: person.mintedId } : {}),
      },
      headers,
    );
    return withCookies(reply, view ? (person?.cookies ?? []) : []);
  } catch (error) {
    console.error(JSON.stringify({ at: "rank", error: String(error) }));
    return answer(
      { status: "fallback", items: items.map((item, place) => ({ item, rank: place + 1, was: place + 1 })) },
      headers,
    );
  }
}
