import { again, conditional, file, json, versioned, type Operation } from "./operation.ts";
import type { Operations } from "./wire.ts";

/**
 * Every operation under the name that callers use. Each may be sent again if the network fails, where that does no more than
 * sending it once; only `conditional` changes and other POSTs are sent once.
 */
export const SURFACE = {
  /** A table of everybody whom consent lets out: events, customers, decisions or outcomes. */
  export: file("GET /v1/export/:kind"),
  /** Whose key this is, and what its role is. */
  session: json("GET /v1/session"),
  /** Who changed what and when, the newest first. */
  audit: json("GET /v1/audit"),
  /** Says what to show in each slot of a page, and why. */
  decide: again("POST /v1/decide"),
  /** Puts the shop's own list in the customer's order, hidden items left out. */
  rank: again("POST /v1/rank"),
  /** One slot as a fragment of HTML, for ESI, HTMX and server includes. */
  slotHtml: file("GET /v1/slots/:slot"),
  /** Takes what a page or a server saw; answers for each event on its own. */
  events: again("POST /v1/events"),
  /** Joins a visitor to the customer that a signed token, or the shop's server, says they are. */
  identify: again("POST /v1/identify"),
  /** This browser stops speaking for anybody: for shared devices, and on logging out. */
  reset: json("POST /v1/reset"),
  /** Takes GA4 e-commerce events, as a dataLayer holds them. */
  ga4: json("POST /v1/ga4"),
  segment: {
    /** Segment's `batch` call, so that a shop that sends there changes an address only. */
    batch: json("POST /v1/batch"),
    /** Segment's `track` call, so that a shop that sends there changes an address only. */
    track: json("POST /v1/track"),
    /** Segment's `page` call, so that a shop that sends there changes an address only. */
    page: json("POST /v1/page"),
    /** Segment's `screen` call, so that a shop that sends there changes an address only. */
    screen: json("POST /v1/screen"),
    /** Segment's `group` call, so that a shop that sends there changes an address only. */
    group: json("POST /v1/group"),
    /** Segment's `alias` call, so that a shop that sends there changes an address only. */
    alias: json("POST /v1/alias"),
  },
  me: {
    /** What is known about whoever asks, from where, and which decisions used it. */
    see: again("POST /v1/me"),
    /** Everything stored about whoever asks, as one document. */
    export: again("POST /v1/me/export"),
    /** Corrects, hides, gives feedback, changes consent, pauses. */
    change: json("POST /v1/me/change"),
    /** Forgets whoever asks. */
    erase: again("POST /v1/me/erase"),
  },
  flags: {
    /** Every flag for one person, by the OpenFeature Remote Evaluation Protocol; errors are told by it too. */
    all: again("POST /ofrep/v1/evaluate/flags"),
    /** One flag for one person, by the OpenFeature Remote Evaluation Protocol; errors are told by it too. */
    one: again("POST /ofrep/v1/evaluate/flags/:key"),
    /** Every flag with its rules, for SDKs that evaluate by themselves. */
    payload: versioned("GET /v1/features"),
  },
  catalog: {
    /** Upserts and deletes items; right rows are kept, wrong ones reported by line. */
    put: json("PUT /v1/catalog"),
    /** Items with what is known of each, the most visited first; by words, and by what is amiss. */
    items: json("GET /v1/catalog/items"),
    /** An item: what goes with it and why, what may be shown beside it now, and what ties those together. */
    item: json("GET /v1/catalog/items/:id"),
    /** Why an item is shown in a slot, or is not: the word of each step of the decision. */
    why: again("POST /v1/catalog/why"),
    /** References that no item answered to, the most frequent first, with the pages they came from. */
    unmatched: json("GET /v1/catalog/unmatched"),
  },
  customers: {
    /** Timeline, facts, segments and next best offers, with the customer's grant for clienteling. */
    get: json("GET /v1/customers/:id"),
    /** Everything stored about a customer, to answer their request for it. */
    export: json("GET /v1/customers/:id/export"),
    /** Erases a customer. */
    erase: json("DELETE /v1/customers/:id"),
    /** Takes a visitor out of a customer again, while a merge can be undone. */
    unmerge: json("POST /v1/customers/unmerge"),
  },
  visitors: {
    /** Erases a visitor. */
    erase: json("DELETE /v1/visitors/:id"),
  },
  imports: {
    /** Stages a file of orders, customers, surveys, reviews, notes or events: checks everything, commits nothing yet. */
    stage: again("POST /v1/import/:kind"),
    /** Commits a staged run, chunk by chunk; killed anywhere it goes on. */
    commit: again("POST /v1/imports/:run/commit"),
    /** How a run stands: what was accepted, repeated, refused and withheld. */
    get: json("GET /v1/imports/:run"),
    /** The latest runs. */
    list: json("GET /v1/imports"),
  },
  config: {
    /** The marketer's document as it was published; its revision is the ETag. */
    get: versioned("GET /v1/config"),
    /** Publishes the whole document as the next revision, if nobody else published in between. */
    put: conditional("PUT /v1/config"),
    /** Who published what, when and why; the newest first. */
    revisions: json("GET /v1/config/revisions"),
    /** Publishes an older revision again, as a new one. */
    rollback: json("POST /v1/config/rollback"),
    /** The config's JSON Schema, for editors. */
    schema: json("GET /v1/schema/config.json"),
    /** Configs to start from, by kind of shop. */
    starters: json("GET /v1/config/starters"),
    /** What slots show now beside what they would show with another config: to nobody, a persona, or a customer who agreed. */
    compare: json("POST /v1/config/compare"),
    /** Makes a preview link: an invented persona sees a config that is not live. */
    preview: json("POST /v1/drafts"),
  },
  experiments: {
    /** Every experiment and holdout with its verdict and what to do now. */
    list: json("GET /v1/experiments"),
    /** The verdict, what to do now, and the figures of each variation; right whenever it is read. */
    get: json("GET /v1/experiments/:id"),
    /** How many visitors and days an experiment needs, from the site's own figures. */
    plan: again("POST /v1/experiments/plan"),
    /** Takes the step that is proposed for an experiment, or refuses it. */
    step: json("POST /v1/experiments/:id/step"),
  },
  segments: {
    /** Each segment with its size and value, and what segments have in common. */
    list: json("GET /v1/segments"),
    /** What a segment would be, before it is published: its size, value and overlaps. */
    preview: again("POST /v1/segments/preview"),
    /** What has changed in a segment's audience since an ad platform was told last: hashed, with consent. */
    audience: file("POST /v1/audiences/:segment"),
  },
  reports: {
    /** What this site is and has: origins, catalog, model, events of the last days. */
    site: json("GET /v1/site"),
    /** What personalization earned that would not have been earned otherwise: in total, by slot, rule and experiment. */
    impact: json("GET /v1/impact"),
    /** Decisions, events, orders and revenue by day, looks and clicks by slot, the model's state, the ledger's lag. */
    pulse: json("GET /v1/pulse"),
    /** What people just looked at, clicked, put into the cart and bought; never who. */
    live: json("GET /v1/live"),
    /** Each trigger with how often it fired in the last 30 days, and why it did not. */
    triggers: json("GET /v1/triggers"),
    /** Cohorts, journeys, sources, what is looked at before buying, whether the best are looked after, groups found in the data. */
    insight: json("GET /v1/insight/:name"),
    /** What all customers together are worth: range, parts, movement, potential, and what personalization caused. */
    equity: json("GET /v1/equity"),
    /** The customers who are worth most, by the shop's own ids. */
    topCustomers: json("GET /v1/equity/top"),
    /** Predictions of the last days, made without knowing them, against what came. */
    calibration: json("GET /v1/equity/calibration"),
    /** How far each recipe has learned, what it covers, how old the model is, and how large. */
    model: json("GET /v1/model"),
    /** What the shop's own data lacks: items, amounts, agreement between channels, a use for its facts. */
    quality: json("GET /v1/quality"),
  },
  privacy: {
    /** What is stored, what for, for how long, who receives it and where it lies. */
    register: json("GET /v1/privacy/register"),
    /** The erase ledger, a page at a time, to be kept with every backup. It names nobody. */
    erasures: json("GET /v1/erasures"),
    /** Gives the erase ledger back to a restored copy, before it serves. */
    restoreErasures: again("POST /v1/erasures"),
  },
  keys: {
    /** The live keys, each with role, label, end and the day it was last used; never the key itself. */
    list: json("GET /v1/keys"),
    /** Makes a key of a role and shows it, this once. */
    make: json("POST /v1/keys"),
    /** Makes a key of the same kind, role and label; the old one ends after the grace. */
    rotate: json("POST /v1/keys/:id/rotate"),
    /** Ends a key, everywhere within 5 seconds. */
    revoke: json("DELETE /v1/keys/:id"),
  },
  identityKeys: {
    /** The keys that sign customers' identities, without their secrets. */
    list: json("GET /v1/identity-keys"),
    /** Makes a key for the shop's server to sign its customers' identities with, or takes its public one. */
    make: json("POST /v1/identity-keys"),
    /** One identity key, for HS256 with its secret; that it was shown is noted. */
    get: json("GET /v1/identity-keys/:kid"),
    /** Ends an identity key: what it signed is no longer believed. */
    revoke: json("DELETE /v1/identity-keys/:kid"),
  },
  origins: {
    /** Replaces the origins whose pages may use the write keys. */
    put: json("PUT /v1/origins"),
  },
  hooks: {
    /** Which shop platforms may send orders here, and to which address. */
    list: json("GET /v1/hooks"),
    /** Sets the secret that Shopify signs with. */
    setShopifySecret: json("PUT /v1/hooks/shopify"),
    /** Makes the secret to paste into WooCommerce, and shows it. */
    makeWooCommerceSecret: conditional("PUT /v1/hooks/woocommerce"),
  },
  webhooks: {
    /** The site's webhooks, and how they do. */
    list: json("GET /v1/webhooks"),
    /** Adds a webhook, or changes one; the secret is told when it is added. */
    put: conditional("PUT /v1/webhooks/:id"),
    /** Removes a webhook and everything queued for it. */
    remove: json("DELETE /v1/webhooks/:id"),
    /** Makes a new secret; the old one signs beside it for the grace. */
    rotate: json("POST /v1/webhooks/:id/rotate"),
    /** Sends a test delivery now. */
    test: json("POST /v1/webhooks/:id/test"),
    /** Deliveries: recent outcomes, waiting, or parked. */
    deliveries: json("GET /v1/webhooks/deliveries"),
    /** Sends parked deliveries again, under the ids they had. */
    replay: json("POST /v1/webhooks/deliveries/replay"),
  },
  operator: {
    /** Makes a site and its owner, server and write keys, told this once. */
    makeSite: json("POST /v1/sites"),
    /** What this isolate counted since it began: requests, refusals, slots, events, lag. */
    metrics: json("GET /metrics"),
    /** That the Worker runs. */
    health: json("GET /health"),
    /** That requests can be served: secrets are set, and an object answers from its storage. */
    ready: json("GET /ready"),
    /** That this server abides by Global Privacy Control. */
    gpc: json("GET /.well-known/gpc.json"),
    /** This description. */
    openapi: json("GET /openapi.json"),
  },
} as const;

type NameIn<Node> =
  Node extends Operation<infer Name> ? Name : { [Key in keyof Node]: NameIn<Node[Key]> }[keyof Node];

/** Operations that are for others: platforms sign theirs, GrowthBook's SDKs have an address of their own, and one never answers. */
export type LeftOut =
  | "POST /v1/hooks/shopify/:site"
  | "POST /v1/hooks/woocommerce/:site"
  | "GET /api/features/:clientKey"
  | "POST /v1/keys/naming/rotate"
  | "GET /v1/persons"
  | "POST /v1/persons";

/** Operations of the Worker that no method leads to. There are none; a test looks. */
export type Missing = Exclude<keyof Operations, NameIn<typeof SURFACE> | LeftOut>;
