import * as v from "valibot";
import { permits } from "../core/consent/consent.ts";
import { compileConfig } from "../core/config/compile.ts";
import { parseConfig } from "../core/config/read.ts";
import { compareDecisions, type SlotSide } from "../core/decide/compare.ts";
import type { Scene } from "../core/decide/scene.ts";
import { setScene } from "../core/decide/set-scene.ts";
import { joinWorld, type World } from "../core/decide/world.ts";
import { Page } from "../core/event/event.ts";
import { CustomerId, ItemId, Name } from "../core/primitives/ids.ts";
import { Persona, viewOfPersona } from "../core/profile/persona.ts";
import { decodeView, type View } from "../core/profile/view.ts";
import type { KnownDocument } from "../core/customer/known.ts";
import { circumstancesOf } from "../edge/meeting.ts";
import { objectId } from "../edge/names.ts";
import type { Access } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, enter, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

export const CompareRequest = v.strictObject({
  /** The config that might be published. */
  config: v.unknown(),
  slots: v.pipe(v.array(Name), v.minLength(1), v.maxLength(12)),
  page: v.optional(v.strictObject({ ...Page.entries, item: v.optional(ItemId) })),
  cart: v.optional(v.pipe(v.array(ItemId), v.maxLength(200))),
  market: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]{2})?$/i))),
  /** Somebody invented; absent, and no customer named: a visitor of whom nothing is known. */
  persona: v.optional(Persona),
  /** A real customer who granted personalization and clienteling. Owners only; it is written into the audit log. */
  customer: v.optional(CustomerId),
});
type CompareRequest = v.InferOutput<typeof CompareRequest>;

/**
 * `POST /v1/config/compare`: what slots show now beside what they would show with another config, in the same circumstances. Holdouts
 * and experiments are left out, since a look is in none. Each rule in force says whether it makes a difference. Nothing is counted, stored or published.
 */
export async function postCompare(c: RouteContext): Promise<Response> {
  const entered = await enter(c, CompareRequest);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const { world } = access.site;
  if (request.customer !== undefined && request.persona !== undefined)
    return problemResponse({
      code: "body_invalid",
      pointer: "/persona",
      detail: "Slots are looked at either as a customer or as a persona.",
      cure: "Leave one of them out.",
    });
  const config = parseConfig(request.config, access.site.site.kind);
  if (!config.ok)
    return problemResponse({ ...config.problem, pointer: `/config${config.problem.pointer ?? ""}` });
  const view = request.customer === undefined ? undefined : await viewOfCustomer(c, access, request.customer);
  if (view instanceof Response) return view;
  const now = Date.now();
  const seen = view ?? (request.persona && viewOfPersona(request.persona, now));
  const draft = joinWorld(compileConfig(config.value, 0), world.catalog, world.model, new Map(), world.value);
  const sceneIn = (of: World): Scene => setScene(of, circumstancesOf(circumstances(request), of, now), seen);
  const compared = compareDecisions(sceneIn(world), sceneIn(draft), {
    slots: request.slots,
    pageType: request.page?.type,
  });
  return answer({
    slots: compared.map((one) => ({
      slot: one.slot,
      isChanged: !one.isSame,
      before: shown(one.live),
      after: shown(one.draft),
    })),
  });
}

const circumstances = ({ page, market, cart }: CompareRequest) => ({
  page,
  market,
  cart: cart?.map((item) => ({ item, quantity: 1 })),
});

const shown = ({ items, ...side }: SlotSide) => ({
  ...side,
  items: items.map(({ id, title, why, price }) => ({ id, title, why, price: price?.text ?? null })),
});

/** A real customer's view, if they let the shop look, and the shop's owner asks. */
async function viewOfCustomer(c: RouteContext, access: Access, id: string): Promise<View | Response> {
  if (access.role !== "owner")
    return problemResponse({
      code: "key_not_allowed",
      pointer: "/customer",
      detail: "Only an owner's key may look through a real customer's eyes.",
      cure: "Describe somebody with `persona` instead.",
    });
  const stub = c.env.CUSTOMER.get(await objectId(c.env, "customer", access.siteId, id));
  // The stub's types cannot say that JSON values travel as they are.
  const told = (await stub.told(1)) as unknown as { readonly known: KnownDocument } | undefined;
  if (!told)
    return problemResponse({
      code: "customer_unknown",
      pointer: "/customer",
      detail: "Nothing is known under this id.",
    });
  const { consent } = told.known;
  const now = Date.now();
  if (!permits(consent, "clienteling", now) || !permits(consent, "personalization", now))
    return problemResponse({
      code: "consent_missing",
      pointer: "/customer",
      detail: "The customer has not granted both `clienteling` and `personalization`.",
      cure: "Describe somebody with `persona` instead.",
    });
  const looked = await stub.view({});
  if (looked === "unknown" || looked === "denied" || looked === "joined")
    return problemResponse({
      code: "consent_missing",
      pointer: "/customer",
      detail: "The customer has paused personalization, or is somebody else by now.",
      cure: "Describe somebody with `persona` instead.",
    });
  // The log is the site's own: it says that somebody was looked at, not who.
  await (
    await siteStub(c.env, access.siteId)
  ).note(access.actor, "slots looked at through a customer's eyes");
  return decodeView(looked);
}
