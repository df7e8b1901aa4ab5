import type { PickedItem, SlotStatus } from "../../../src/core/wire/decide.ts";

/** How the collector answers a question for a decision; a measurement overrides what it is about. */
export type Manner = {
  /** Milliseconds until a decision; `Infinity`: it never comes. */
  decideMs: number;
  status: SlotStatus;
  /** How many picks a slot gets. */
  picks: number;
  /** Whether picks have prices: the first price that a browser process writes loads its tables of all languages. */
  hasPrices: boolean;
};

export const CALM: Manner = { decideMs: 60, status: "contextual", picks: 6, hasPrices: true };

/** An answer of the collector: text of a type. */
type Answer = { readonly type: string; readonly text: string };
type Body = {
  readonly visitorId?: string;
  readonly events?: readonly { readonly id: string }[];
  readonly slots?: readonly { readonly id: string }[];
  readonly page?: { readonly url?: string };
};

const json = (value: unknown): Answer => ({ type: "application/json", text: JSON.stringify(value) });

const pickOf = (at: number, about: string, hasPrices: boolean): PickedItem => ({
  id: `p${at}`,
  rank: at + 1,
  title: `Pick ${at} for ${about}`,
  url: `/p/${at}`,
  image: `/i/${at % 12}.svg`,
  ...(hasPrices && {
    price: { minor: 999 + at, currency: "EUR", text: `€${((999 + at) / 100).toFixed(2)}` },
  }),
  why: { code: "bought_together", text: "Often bought together" },
  controls: ["not_this", "own_it", "less_like_this"],
});

/** Settings that peers ask for before they work: with none of them their failure would be measured. */
const SETTINGS: readonly (readonly [path: RegExp, answer: Answer])[] = [
  [
    /\/projects\/.*\/settings$/,
    json({
      integrations: { "Segment.io": { apiKey: "k", unbundledIntegrations: [], addBundledMetadata: true } },
      plan: { track: { __default: { enabled: true, integrations: {} } } },
      edgeFunction: {},
      analyticsNextEnabled: true,
      middlewareSettings: {},
      enabledMiddleware: {},
      metrics: { sampleRate: 0 },
      legacyVideoPluginsEnabled: false,
      remotePlugins: [],
    }),
  ],
  [
    /\/api\/features\//,
    json({ status: 200, features: {}, experiments: [], dateUpdated: "2026-01-01T00:00:00Z" }),
  ],
  [/\.js$/, { type: "text/javascript", text: "" }],
  [
    /\/array\/.*\/config$/,
    json({ supportedCompression: ["gzip-js"], featureFlags: [], hasFeatureFlags: false }),
  ],
  [/\/(flags|decide)\/$/, json({ flags: {}, featureFlags: {}, featureFlagPayloads: {} })],
  [/\/2\/httpapi$/, json({ code: 200, events_ingested: 1, payload_size_bytes: 1, server_upload_time: 1 })],
];

/**
 * What the stand-in for all servers says to a body. It knows nobody and keeps nothing: what is measured is the browser.
 * Nothing: it never answers.
 */
export async function answerOf(
  path: string,
  text: string,
  manner: Manner,
  baseMs: number,
): Promise<Answer | undefined> {
  const isDecide = path === "/v1/decide";
  const ms = isDecide ? manner.decideMs : baseMs;
  if (ms === Infinity) return undefined;
  await new Promise((done) => setTimeout(done, ms));
  if (!isDecide && path !== "/v1/events")
    return SETTINGS.find(([asked]) => asked.test(path))?.[1] ?? json({ status: 1, success: true });
  const body = JSON.parse(text) as Body;
  const about = new URL(body.page?.url ?? "http://shop/").pathname;
  return json({
    visitorId: body.visitorId ? undefined : "visitor-1",
    events: body.events?.map(({ id }) => ({ id, status: "accepted" })),
    decisionId: "d1",
    configRevision: 1,
    consent: { applied: [], withheld: [] },
    slots: body.slots?.map(({ id }) => ({
      id,
      status: manner.status,
      reason: "bench",
      items: Array.from({ length: manner.picks }, (_, at) => pickOf(at, about, manner.hasPrices)),
      assignments: [],
      holdout: false,
      token: "t1",
    })),
  });
}

/** Whether a request carries something that the visitor did: ours travel with the decision, too. */
export const carriesOwnEvent = (path: string, text: string): boolean =>
  /^\/v1\/(decide|events)$/.test(path) && ((JSON.parse(text) as Body).events ?? []).length > 0;
