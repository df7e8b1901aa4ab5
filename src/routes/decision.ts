import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { PURPOSES } from "../core/consent/consent.ts";
import { decide } from "../core/decide/decide.ts";
import { forNobody } from "../core/decide/for-nobody.ts";
import { forceDefect, forcedOf } from "../core/decide/force.ts";
import { setScene } from "../core/decide/set-scene.ts";
import type { DecideAnswer, DecideRequest } from "../core/wire/decide.ts";
import { chance } from "../edge/chance.ts";
import { circumstancesOf, meet, resolveRef } from "../edge/meeting.ts";
import { toBase64url } from "../edge/hmac.ts";
import { subjectOf } from "../edge/person.ts";
import { signClaim, TOKEN_MS } from "../edge/tokens.ts";
import { siteSnapshot } from "../edge/site-source.ts";
import { noteDecision } from "../edge/traffic.ts";
import { deviceOf } from "../edge/whereabouts.ts";
import type { Access } from "../http/access.ts";
import { add } from "../http/metrics.ts";
import { askerOf, consentOf, type RouteContext } from "./route.ts";

/** A decision as it is answered, whatever the answer is written in. */
export type Decision = {
  readonly answer: DecideAnswer;
  readonly cookies: readonly string[];
  readonly timing: Record<string, string>;
};

/** What was asked, and whether what is stored of somebody's consent may speak for them: where only a cookie comes, as with a page's own request. */
export type Asking = DecideRequest & { readonly isByRecord?: boolean };

/**
 * Decides for every slot of a page. Events sent along are applied first, in the same turn of the customer's object. A fault
 * becomes the shop's own fallback; only what is wrong with the question is refused.
 */
export async function decisionFor(
  c: RouteContext,
  entered: Access,
  request: Asking,
): Promise<Result<Decision>> {
  const startedAt = Date.now();
  const access = await enough(c, entered, request);
  if (!access) {
    add("concierge_slots", { status: "warming_up" }, request.slots.length);
    return succeed(leftToShop(entered, request, "warming_up"));
  }
  const { siteId } = access;
  const forced = forcedOf(request.force);
  const isLook = forced !== undefined && forced.size > 0;
  // Before anything is stored; a preview has experiments of its own, and stores nothing.
  const wrong =
    request.draft === undefined && forceDefect(access.site.world.config, forced, access.kind === "sk");
  if (wrong) return fail(wrong);
  const decisionId = decisionIdOf();
  try {
    const met = await meet(askerOf(c, access), access, {
      ...request,
      consent: consentOf(c, access, request),
    });
    if (!met.ok) return fail(met.problem);
    const { person, view, events, world, withheld } = met.value;
    const metAt = Date.now();
    const device = request.device ?? deviceOf(c.req.header("user-agent") ?? "");
    const amiss = request.draft !== undefined && forceDefect(world.config, forced, true);
    if (amiss) return fail(amiss);
    if (!isLook) noteDecision(siteId, person !== undefined && view?.permitted.includes("analytics") === true);
    const decideNow = () =>
      decide(setScene(world, circumstancesOf({ ...request, device }, world, metAt), view), {
        unit: person && view ? person.unit : "",
        pageType: request.page?.type,
        forced,
        slots: request.slots.map((slot) => ({
          ...slot,
          ...(slot.seeds
            ? {
                seedOrdinals: slot.seeds
                  .map((ref) => resolveRef(world, ref))
                  .filter((ordinal) => ordinal >= 0),
              }
            : {}),
        })),
      });
    const { page, market, locale, cart, exclude } = request;
    const decided =
      view || forced || request.draft !== undefined
        ? decideNow()
        : forNobody(
            world,
            JSON.stringify([page, market, locale, device, cart, exclude, request.slots]),
            metAt,
            decideNow,
          );
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
    return succeed({
      answer: {
        decisionId,
        configRevision: world.config.revision,
        slots,
        consent: { applied: view?.permitted ?? [], withheld },
        ...(met.value.degraded === undefined ? {} : { degraded: met.value.degraded }),
        ...(mintedId === undefined ? {} : { visitorId: mintedId }),
        ...(events.length === 0 ? {} : { events }),
      },
      cookies: view ? (person?.cookies ?? []) : [],
      timing: { "server-timing": `object;dur=${metAt - startedAt}, decide;dur=${Date.now() - metAt}` },
    });
  } catch (error) {
    console.error(JSON.stringify({ at: "decide", error: String(error) }));
    add("concierge_slots", { status: "fault" }, request.slots.length);
    return succeed(leftToShop(access, request, "fault"));
  }
}

/**
 * The access with all that this request needs, or `undefined` where it can only be left to the shop: this isolate has just
 * begun, and catalog and model are on their way. What has to be kept waits for them; what is only asked does not.
 */
async function enough(c: RouteContext, access: Access, request: DecideRequest): Promise<Access | undefined> {
  if (!access.site.isPartial) return access;
  const { events, draft } = request;
  const consent = consentOf(c, access, request);
  const isKept = (events?.length ?? 0) > 0 || PURPOSES.some((purpose) => consent[purpose] === false);
  if (!isKept && draft === undefined) return undefined;
  const site = await siteSnapshot(c.env, c.executionCtx, access.siteId);
  return site && { ...access, site };
}

/** The shop's own content in every slot. Counted nowhere, and a fallback to whoever reads it. */
function leftToShop({ site }: Access, { slots }: DecideRequest, reason: string): Decision {
  return {
    answer: {
      decisionId: decisionIdOf(),
      configRevision: site.world.config.revision,
      slots: slots.map(({ id }) => ({
        id,
        status: "fallback" as const,
        reason,
        items: [],
        assignments: [],
        holdout: false,
      })),
      consent: { applied: [], withheld: [] },
    },
    cookies: [],
    timing: {},
  };
}

const decisionIdOf = (): string => toBase64url(chance(12));
