import { decide } from "../core/decide/decide.ts";
import { setScene } from "../core/decide/set-scene.ts";
import { permits } from "../core/consent/consent.ts";
import type { KnownDocument, TimelineEntry } from "../core/customer/known.ts";
import { affinitiesOf, sentenceOf, type Affinities } from "../core/recommend/history/affinities.ts";
import { termsOf } from "../core/config/value-config.ts";
import type { World } from "../core/decide/world.ts";
import { labelFor } from "../core/life/label-for.ts";
import type { CurrentLife } from "../core/life/life-of.ts";
import type { Preference } from "../core/preference/preference.ts";
import { sayDo, type SayDo } from "../core/preference/say-do.ts";
import { decodeView, type View } from "../core/profile/view.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { clvRangeOf } from "../core/value/clv-range.ts";
import type { Purchases } from "../core/value/purchases.ts";
import { scoreOf } from "../core/value/score.ts";
import { problemResponse } from "../http/problem.ts";
import { named } from "./customers.ts";
import { answer, type RouteContext } from "./route.ts";

const OFFERS_MAX = 6;
const TIMELINE_MAX = 200;

type Told = {
  readonly known: KnownDocument;
  readonly timeline: readonly TimelineEntry[];
  readonly life: readonly CurrentLife[];
};

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
  const { known, timeline, life } = told;
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
    // A life event is told with its label, to whom it may be told, and nowhere else.
    known: { ...known, life: {} },
    timeline: timeline.filter(({ type }) => type !== "life_event_told"),
    segments: held.map((id) => ({
      id,
      because: segments[id],
      values: valuesFor(segments[id], scene.attributes),
    })),
    value: view?.purchases ? worthOf(view.purchases, world, now) : null,
    lifeEvents: life.flatMap((one) => {
      const label = labelFor(
        { role: access.role, isSelf: false },
        one,
        world.config.life,
        known.consent,
        now,
      );
      return label === undefined ? [] : [{ label, since: one.since, until: one.until, on: one.on ?? null }];
    }),
    says: view ? saysAndDoes(view, scene.preferences, world) : [],
    affinities: view ? affinitiesTold(affinitiesOf(view.history, world.catalog)) : null,
    offers: offers?.answer.items ?? [],
  });
}

/** What the customer says they like, and how often they did so: what they bought since, and looked at. */
function saysAndDoes(view: View, preferences: readonly Preference[], { catalog }: World): readonly SayDo[] {
  const itemsOf = (ids: Iterable<string>) =>
    [...ids].flatMap((id) => catalog.items[catalog.ordinal.get(id) ?? -1] ?? []);
  const byMoment = (kinds: readonly string[]) =>
    [
      ...Map.groupBy(
        view.recent.filter(({ kind }) => kinds.includes(kind)),
        ({ at }) => at,
      ),
    ].map(([at, touches]) => ({ at, items: itemsOf(touches.map(({ item }) => item)) }));
  return sayDo(preferences, byMoment(["buy"]), byMoment(["view", "click"]));
}

/** Affinities with the sentence they make, if they make one. */
const affinitiesTold = (affinities: Affinities) => ({
  sentence: sentenceOf(affinities) ?? null,
  ...affinities,
});

/** What a customer is worth, and within which range four of five such customers end up. */
function worthOf(purchases: Purchases, { config, value }: World, now: EpochMs) {
  const terms = termsOf(config.config.value);
  const clvRange = value ? clvRangeOf(purchases, value, terms, now) : null;
  return { ...scoreOf(purchases, value, terms, now), clvRange };
}

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
