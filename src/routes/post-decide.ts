import { decide } from "../core/decide/decide.ts";
import { forceDefect, forcedOf } from "../core/decide/force.ts";
import { setScene } from "../core/decide/set-scene.ts";
import { DecideRequest, type DecideAnswer } from "../core/wire/decide.ts";
import { circumstancesOf, meet, resolveRef } from "../edge/meeting.ts";
import { toBase64url } from "../edge/hmac.ts";
import { subjectOf } from "../edge/person.ts";
import { signClaim, TOKEN_MS } from "../edge/tokens.ts";
import { noteDecision } from "../edge/traffic.ts";
import { deviceOf } from "../edge/whereabouts.ts";
import { add } from "../http/metrics.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, askerOf, consentOf, enter, withCookies, type RouteContext } from "./route.ts";

/**
 * `POST /v1/decide`: what to show in each slot of a page, and why. Events sent along are applied first, in the same
 * turn of the customer's object. Never a 5xx into a page: a fault becomes the shop's own fallback.
 */
export async function postDecide(c: RouteContext): Promise<Response> {
  const startedAt = Date.now();
  const entered = await enter(c, DecideRequest);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const { siteId, headers } = access;
  const forced = forcedOf(request.force);
  const isLook = forced !== undefined && forced.size > 0;
  // Before anything is stored; a preview has experiments of its own, and stores nothing.
  const wrong =
    request.draft === undefined && forceDefect(access.site.world.config, forced, access.kind === "sk");
  if (wrong) return problemResponse(wrong, headers);
  const decisionId = toBase64url(crypto.getRandomValues(new Uint8Array(12)));
  try {
    const met = await meet(askerOf(c, access), access, {
      ...request,
      consent: consentOf(c, access, request),
    });
    if (!met.ok) return problemResponse(met.problem, headers);
    const { person, view, events, world, withheld } = met.value;
    const metAt = Date.now();
    const device = request.device ?? deviceOf(c.req.header("user-agent") ?? "");
    const scene = setScene(world, circumstancesOf({ ...request, device }, world, metAt), view);
    const amiss = request.draft !== undefined && forceDefect(world.config, forced, true);
    if (amiss) return problemResponse(amiss, headers);
    if (!isLook) noteDecision(siteId, person !== undefined && scene.permitted.has("analytics"));
    const decided = decide(scene, {
      unit: person && view ? person.unit : "",
      pageType: request.page?.type,
      forced,
      slots: request.slots.map((slot) => ({
        ...slot,
        ...(slot.seeds
          ? {
              seedOrdinals: slot.seeds.map((ref) => resolveRef(world, ref)).filter((ordinal) => ordinal >= 0),
            }
          : {}),
      })),
    });
    const slots = await Promise.all(
      decided.map(async ({ answer: slot, picks, assignments }) => {
        // Without a token nothing of an answer can be reported: a look is counted nowhere.
        if (isLook || !person || !view?.permitted.includes("analytics")) return slot;
        const token = await signClaim(c.env, {
          site: siteId,
          subject: subjectOf(person),
          expiresAt: metAt + TOKEN_MS,
          decisionId,
          slot: slot.id,
          revision: world.config.revision,
          picks,
          assignments,
        });
        return { ...slot, token };
      }),
    );
    for (const { status } of slots) add("concierge_slots", { status });
    for (const { status } of events) add("concierge_events", { status });
    const mintedId = view ? person?.mintedId : undefined;
    const reply = answer(
      {
        decisionId,
        configRevision: world.config.revision,
        slots,
        consent: { applied: view?.permitted ?? [], withheld },
        ...(met.value.degraded === undefined ? {} : { degraded: met.value.degraded }),
        ...(mintedId === undefined ? {} : { visitorId: mintedId }),
        ...(events.length === 0 ? {} : { events }),
      } satisfies DecideAnswer,
      {
        ...headers,
        "server-timing": `object;dur=${metAt - startedAt}, decide;dur=${Date.now() - metAt}`,
      },
    );
    return withCookies(reply, view ? (person?.cookies ?? []) : []);
  } catch (error) {
    console.error(JSON.stringify({ at: "decide", error: String(error) }));
    add("concierge_slots", { status: "fault" }, request.slots.length);
    const slots = request.slots.map(({ id }) => ({
      id,
      status: "fallback" as const,
      reason: "fault",
      items: [],
      assignments: [],
      holdout: false,
    }));
    return answer(
      {
        decisionId,
        configRevision: access.site.world.config.revision,
        slots,
        consent: { applied: [], withheld: [] },
      } satisfies DecideAnswer,
      headers,
    );
  }
}
