const CONSENT = { personalization: true, analytics: true };
const VIEW = { id: "e-1", type: "product_viewed", item: "A1", page: { type: "product", url: "https://shop.example/a1" } };
const SEGMENT = {
  anonymousId: "v_4f1d",
  messageId: "m-1",
  context: { consent: { categoryPreferences: { personalization: true, analytics: true } } },
};
const RULE = { id: "no-socks", slots: ["home-top"], then: [{ do: "hide", where: { type: "Socks" } }] };

/** A body of each operation that takes JSON, small and plausible. Tests send them to the Worker. */
export const BODIES: Readonly<Record<string, unknown>> = {
  "POST /v1/events": { visitorId: "v_4f1d", consent: CONSENT, events: [VIEW] },
  "POST /v1/decide": {
    visitorId: "v_4f1d",
    consent: CONSENT,
    page: { type: "product", item: "A1" },
    slots: [{ id: "product-goes-with", max: 3 }],
  },
  "POST /v1/rank": { visitorId: "v_4f1d", consent: CONSENT, items: ["A1", "A2", "A3"] },
  "POST /v1/batch": { ...SEGMENT, batch: [{ ...SEGMENT, type: "track", event: "Product Viewed", properties: { product_id: "A1" } }] },
  "POST /v1/track": { ...SEGMENT, event: "Product Viewed", properties: { product_id: "A1" } },
  "POST /v1/page": { ...SEGMENT, name: "Home", properties: { url: "https://shop.example/" } },
  "POST /v1/screen": { ...SEGMENT, name: "Home" },
  "POST /v1/group": { ...SEGMENT, groupId: "club" },
  "POST /v1/alias": { ...SEGMENT, previousId: "v_4f1c", userId: "c-1" },
  "POST /v1/ga4": {
    visitorId: "v_4f1d",
    consent: CONSENT,
    events: [{ id: "g-1", name: "view_item", params: { currency: "EUR", items: [{ item_id: "A1", price: 19.9 }] } }],
  },
  "POST /v1/identify": { customerId: "c-1", visitorId: "v_4f1d" },
  "POST /v1/reset": {},
  "POST /v1/me": {},
  "POST /v1/me/export": {},
  "POST /v1/me/change": { correct: { size: "M" }, consent: { personalization: false } },
  "POST /v1/me/erase": {},
  "POST /v1/customers/unmerge": { visitorId: "v_4f1d", customerId: "c-1" },
  "POST /v1/erasures": {
    erasures: [{ object: "0".repeat(64), at: 1_767_225_600_000, receipt: "er-1", returnedAt: null }],
  },
  "POST /v1/persons": {
    persons: [
      {
        source: "Vx3kP0aQ",
        customerId: "c-7",
        bornAt: 1_767_225_600_000,
        touchedAt: 1_767_225_600_000,
        isPaused: false,
        hidden: [],
        grants: [],
        rows: [],
        ids: { streams: [], bygone: [] },
      },
    ],
  },
  "POST /v1/catalog/why": { item: "A1", slot: "home-top", page: { type: "home" } },
  "PUT /v1/config": {
    slots: { "home-top": { title: "For you", strategies: ["for_you", "trending"], max: 4 } },
    rules: [RULE],
  },
  "POST /v1/config/rollback": { revision: 1 },
  "POST /v1/drafts": { config: { rules: [RULE] }, persona: { viewed: ["A1"] }, hours: 24 },
  "POST /v1/config/compare": { config: { rules: [RULE] }, slots: ["home-top"], persona: { viewed: ["A1"] } },
  "POST /v1/experiments/plan": { lift: 0.05, variations: 2 },
  "POST /v1/experiments/:id/step": { approve: true },
  "POST /v1/imports/:run/commit": { acceptInvalid: true },
  "PUT /v1/hooks/shopify": { secret: "shpss_0123456789abcdef" },
  "PUT /v1/hooks/woocommerce": { rotate: true },
  "PUT /v1/webhooks/:id": {
    url: "https://hooks.shop.example/concierge",
    types: ["segment_entered", "segment_left"],
    purpose: "marketing",
  },
  "POST /v1/webhooks/:id/rotate": { overlapHours: 24 },
  "POST /v1/webhooks/deliveries/replay": { endpoint: "crm" },
  "POST /v1/keys": { kind: "ak", role: "analyst", label: "Ada" },
  "POST /v1/keys/:id/rotate": { graceHours: 24 },
  "PUT /v1/origins": { origins: ["https://shop.example", "https://www.shop.example"] },
  "POST /v1/identity-keys": { alg: "HS256" },
  "POST /v1/sites": { origin: "https://shop.example" },
  "POST /ofrep/v1/evaluate/flags": { context: { targetingKey: "v_4f1d", consent: CONSENT, country: "AT" } },
  "POST /ofrep/v1/evaluate/flags/:key": { context: { country: "AT" } },
  "POST /v1/segments/preview": { when: { "counts.bought": { $gte: 2 } } },
  "POST /v1/audiences/:segment": { platform: "meta" },
};

/** Files that are no JSON of ours, by operation. */
export const FILES: Readonly<Record<string, { readonly type: string; readonly text: string }>> = {
  "PUT /v1/catalog": {
    type: "application/x-ndjson",
    text: '{"id":"A1","title":"Linen shirt","price":"49.00 EUR","link":"https://shop.example/a1","availability":"in_stock"}\n',
  },
  "POST /v1/import/:kind": {
    type: "text/csv",
text: "orderId,customerId,at,currency,item,quantity,price\n1001,c-1,2026-05-01T10:00:00Z,EUR,A1,1,49.00\n",
  },
};

/** Ids for addresses. */
export const IDS: Readonly<Record<string, string>> = {
  id: "c-1",
  kind: "orders",
  run: "run-1",
  kid: "k-1",
  key: "buy-button",
  site: "s-1",
  segment: "regulars",
  name: "cohorts",
  clientKey: "pk_…",
};
