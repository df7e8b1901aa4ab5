import { decide } from "../core/decide/decide.ts";
import { setScene } from "../core/decide/set-scene.ts";
import { permits } from "../core/consent/consent.ts";
import type { KnownDocument, TimelineEntry } from "../core/customer/known.ts";
import { affinitiesOf, sentenceOf, type Affinities } from "../core/recommend/history/affinities.ts";
import { decodeView } from "../core/profile/view.ts";
import { problemResponse } from "../http/problem.ts";
import { named } from "./customers.ts";
import { answer, type RouteContext } from "./route.ts";

const OFFERS_MAX = 6;
const TIMELINE_MAX = 200;

type Told = { readonly known: KnownDocument; readonly timeline: readonly TimelineEntry[] };

/**
 * `GET /v1/customers/:id`: what a store associate needs for the next conversation: timeline, facts with where they come
 * from, which segments hold and why, next best offers. Only with the customer's grant for `clienteling`.
 */
export async function getCustomer(c: RouteContext): Promise<Response> {
  const found = await named(c);
  if (found instanceof Response) return found;
  const { access, person } = found;
  const stub = c.env.CUSTOMER.get(person.objectId);
  const now = Date.now();
  // The stub's types cannot say that JSON values travel as they are.
  const told = (await stub.told(TIMELINE_MAX)) as unknown as Told | undefined;
  if (!told) return problemResponse({ code: "customer_unknown", detail: "Nothing is known under this id." });
  const { known, timeline } = told;
  if (!permits(known.consent, "clienteling", now))
    return problemResponse({
      code: "consent_missing",
      detail: "The customer has not granted `clienteling`.",
      cure: "Ask them; their answer is one `consent_updated` event.",
    });
  const looked = await stub.view({});
  const { world } = access.site;
  const view =
    looked === "unknown" || looked === "denied" || looked === "joined" ? undefined : decodeView(looked);
  const circumstances = {
    now,
    page: {},
    market: undefined,
    locale: undefined,
    device: undefined,
    cart: undefined,
    exclude: [],
  };
  const scene = setScene(world, circumstances, view);
  const [offers] = decide(scene, {
    unit: "",
    pageType: "account",
    slots: [
      { id: "next-best-offer", strategies: ["for_you", "cross_sell", "trending"], max: OFFERS_MAX, min: 0 },
    ],
  });
  const held = (view ? scene.attributes["segments"] : []) as readonly string[];
  const { segments } = world.config.config;
  return answer({
    customerId: c.req.param("id"),
    known,
    timeline,
    segments: held.map((id) => ({
      id,
      because: segments[id],
      values: valuesFor(segments[id], scene.attributes),
    })),
    affinities: view ? affinitiesTold(affinitiesOf(view.history, world.catalog)) : null,
    offers: offers?.answer.items ?? [],
  });
}

/** Affinities with the sentence they make, if they make one. */
const affinitiesTold = (affinities: Affinities) => ({
  sentence: sentenceOf(affinities) ?? null,
  ...affinities,
});

/** The values that a condition asked about, by name: why a segment holds for this very customer. */
function valuesFor(
  condition: unknown,
  attributes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && typeof node === "object")
      for (const [key, inner] of Object.entries(node)) {
        if (key.startsWith("$")) walk(inner);
        else
          values[key] = key
            .split(".")
            .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], attributes);
      }
  };
  walk(condition);
  return values;
}
