import { Config } from "../core/config/config.ts";
import { DecideRequest, RankRequest } from "../core/wire/decide.ts";
import { EventsRequest } from "../core/wire/events.ts";
import { EndpointRequest } from "../core/webhook/endpoint.ts";
import { ReplayRequest, RotateRequest as WebhookRotateRequest } from "../core/webhook/requests.ts";
import type { Role } from "../core/access/role.ts";
import type { Described } from "../http/openapi.ts";
import {
  deleteCustomer,
  ErasuresRequest,
  getCustomerExport,
  getErasures,
  postErasures,
  postUnmerge,
  UnmergeRequest,
} from "./customers.ts";
import { deleteIdentityKey } from "./delete-identity-key.ts";
import { deleteKey } from "./delete-key.ts";
import { deleteWebhook } from "./delete-webhook.ts";
import { getAudit } from "./get-audit.ts";
import { getConfigSchema, getStarters } from "./get-config-schema.ts";
import { getConfig, getRevisions } from "./get-config.ts";
import { getCustomer } from "./get-customer.ts";
import { getExperiment } from "./get-experiment.ts";
import { getGpc } from "./get-gpc.ts";
import { getHealth } from "./get-health.ts";
import { getIdentityKey, getIdentityKeys } from "./get-identity-keys.ts";
import { getKeys } from "./get-keys.ts";
import { getImport, getImports } from "./get-import.ts";
import { getOpenApi } from "./get-openapi.ts";
import { getPrivacyRegister } from "./get-privacy-register.ts";
import { getQuality } from "./get-quality.ts";
import { getSite } from "./get-site.ts";
import { getUnmatched } from "./get-unmatched.ts";
import { getWebhookDeliveries } from "./get-webhook-deliveries.ts";
import { getWebhooks } from "./get-webhooks.ts";
import { postAnyIdentify } from "./post-any-identify.ts";
import { postDecide } from "./post-decide.ts";
import { DraftRequest, postDrafts } from "./post-drafts.ts";
import { postEvents } from "./post-events.ts";
import { Ga4Request, postGa4 } from "./post-ga4.ts";
import { IdentifyRequest, postReset, ResetRequest } from "./post-identify.ts";
import { IdentityKeyRequest, postIdentityKeys } from "./post-identity-keys.ts";
import { CommitRequest, postImportCommit } from "./post-import-commit.ts";
import { postImport } from "./post-import.ts";
import { KeyRequest, postKeyRotate, postKeys, RotateRequest } from "./post-keys.ts";
import { MeChange, MeRequest, postMe, postMeChange, postMeErase, postMeExport } from "./post-me.ts";
import { postNamingRotate } from "./post-naming-rotate.ts";
import { postRank } from "./post-rank.ts";
import { postSegment, SegmentRequest } from "./post-segment.ts";
import { postShopify } from "./post-shopify.ts";
import { postSites, SitesRequest } from "./post-sites.ts";
import { postWebhookReplay } from "./post-webhook-replay.ts";
import { postWebhookRotate } from "./post-webhook-rotate.ts";
import { postWebhookTest } from "./post-webhook-test.ts";
import { putCatalog } from "./put-catalog.ts";
import { postWooCommerce } from "./post-woocommerce.ts";
import { postRollback, putConfig, RollbackRequest } from "./put-config.ts";
import {
  getHooks,
  putShopifySecret,
  putWooCommerceSecret,
  ShopifySecret,
  WooCommerceRotate,
} from "./put-hook.ts";
import { OriginsRequest, putOrigins } from "./put-origins.ts";
import { putWebhook } from "./put-webhook.ts";
import type { RouteContext } from "./route.ts";

/** One address and method: what it is for, who may call, what it takes and gives, and what answers. */
export type Endpoint = Described & {
  readonly handle: (c: RouteContext) => Response | Promise<Response>;
};

/** Who may call, by what they do. Whoever is not named may not. */
const PAGES: readonly Role[] = ["page", "server"];
const SELF: readonly Role[] = ["page"];
const CATALOG: readonly Role[] = ["server", "owner"];
const CATALOG_READERS: readonly Role[] = ["server", "owner", "marketer"];
const MARKETERS: readonly Role[] = ["owner", "marketer"];
const REPORT_READERS: readonly Role[] = ["owner", "marketer", "analyst"];
const OWNERS: readonly Role[] = ["owner"];
const CUSTOMER_READERS: readonly Role[] = ["server", "owner", "associate"];
const IMPORTERS: readonly Role[] = ["server", "owner", "associate"];
const CUSTOMERS: readonly Role[] = ["server", "owner"];

/** Refusals of whatever finds out which person a page or a server speaks for. */
const WHO = ["identity_unverified", "id_invalid", "bot_suspected", "budget_spent"] as const;
/** Refusals where people must prove who they are, and what their own state may answer. */
const WHO_SELF = ["self_unknown", "identity_unverified"] as const;

const ok = (description: string) => ({ 200: { description } });
const made = (description: string) => ({ 201: { description } });

/** Words of Segment's tracking API: one handler, told apart by the address. */
const SEGMENT_CALLS = ["batch", "track", "page", "screen", "group", "alias"] as const;

const FEED_TYPES = [
  "application/x-ndjson",
  "application/json",
  "text/csv",
  "text/tab-separated-values",
  "application/xml",
];

/** Every endpoint there is. The front door registers it, `GET /openapi.json` tells it, tests go through it. */
export const TABLE: readonly Endpoint[] = [
  // Pages: what happened, and what to show.
  {
    method: "POST",
    path: "/v1/events",
    summary: "Takes what a page or a server saw; answers for each event on its own.",
    callers: PAGES,
    request: EventsRequest,
    answers: ok("One answer per event, in their order: accepted, duplicate, or rejected with a code."),
    problems: WHO,
    handle: postEvents,
  },
  {
    method: "POST",
    path: "/v1/decide",
    summary: "Says what to show in each slot of a page, and why.",
    callers: PAGES,
    request: DecideRequest,
    answers: ok(
      "One answer per slot: status, reason, items, assignments. A fault gives the shop's own fallback.",
    ),
    problems: [...WHO, "draft_unknown"],
    handle: postDecide,
  },
  {
    method: "POST",
    path: "/v1/rank",
    summary: "Puts the shop's own list in the customer's order, hidden items left out.",
    callers: PAGES,
    request: RankRequest,
    answers: ok("The items with their new rank and their old place."),
    problems: [...WHO, "draft_unknown"],
    handle: postRank,
  },
  // Other trackers' words for the same.
  ...SEGMENT_CALLS.map((call): Endpoint => ({
    method: "POST",
    path: `/v1/${call}`,
    summary: `Segment's \`${call}\` call, so that a shop that sends there changes an address only.`,
    callers: PAGES,
    request: SegmentRequest,
    answers: ok("One answer per call, as for events."),
    problems: WHO,
    handle: postSegment,
  })),
  {
    method: "POST",
    path: "/v1/ga4",
    summary: "Takes GA4 e-commerce events, as a dataLayer holds them.",
    callers: PAGES,
    request: Ga4Request,
    answers: ok("One answer per message, as for events."),
    problems: WHO,
    handle: postGa4,
  },
  // Who a visitor is, and what is known about whoever asks.
  {
    method: "POST",
    path: "/v1/identify",
    summary: "Joins a visitor to the customer that a signed token, or the shop's server, says they are.",
    callers: PAGES,
    request: IdentifyRequest,
    answers: ok("That the visitor is known now. Segment's call of this name is answered as its others are."),
    problems: WHO,
    handle: postAnyIdentify,
  },
  {
    method: "POST",
    path: "/v1/reset",
    summary: "This browser stops speaking for anybody: for shared devices, and on logging out.",
    callers: SELF,
    request: ResetRequest,
    answers: ok("That it is done."),
    problems: [],
    handle: postReset,
  },
  {
    method: "POST",
    path: "/v1/me",
    summary: "What is known about whoever asks, from where, and which decisions used it.",
    callers: SELF,
    request: MeRequest,
    answers: ok("What is known, or null."),
    problems: WHO_SELF,
    handle: postMe,
  },
  {
    method: "POST",
    path: "/v1/me/export",
    summary: "Everything stored about whoever asks, as one document.",
    callers: SELF,
    request: MeRequest,
    answers: ok("The document."),
    problems: WHO_SELF,
    handle: postMeExport,
  },
  {
    method: "POST",
    path: "/v1/me/change",
    summary: "Corrects, hides, gives feedback, changes consent, pauses.",
    callers: SELF,
    request: MeChange,
    answers: ok("What became of each change, and what is known now."),
    problems: [...WHO_SELF, "budget_spent"],
    handle: postMeChange,
  },
  {
    method: "POST",
    path: "/v1/me/erase",
    summary: "Forgets whoever asks.",
    callers: SELF,
    request: MeRequest,
    answers: ok("A receipt, with the moments by which everything is gone."),
    problems: WHO_SELF,
    handle: postMeErase,
  },
  // The shop's own systems and people, about a customer.
  {
    method: "GET",
    path: "/v1/customers/:id",
    summary: "Timeline, facts, segments and next best offers, with the customer's grant for clienteling.",
    callers: CUSTOMER_READERS,
    params: { id: "The customer's id in the shop's own system." },
    answers: ok("The customer."),
    problems: ["customer_unknown", "consent_missing", "id_invalid"],
    handle: getCustomer,
  },
  {
    method: "GET",
    path: "/v1/customers/:id/export",
    summary: "Everything stored about a customer, to answer their request for it.",
    callers: CUSTOMERS,
    params: { id: "The customer's id in the shop's own system." },
    answers: ok("The document."),
    problems: ["customer_unknown", "id_invalid"],
    handle: getCustomerExport,
  },
  {
    method: "DELETE",
    path: "/v1/customers/:id",
    summary: "Erases a customer.",
    callers: CUSTOMERS,
    params: { id: "The customer's id in the shop's own system." },
    answers: ok("A receipt, with the moments by which everything is gone."),
    problems: ["id_invalid"],
    handle: deleteCustomer,
  },
  {
    method: "DELETE",
    path: "/v1/visitors/:id",
    summary: "Erases a visitor.",
    callers: CUSTOMERS,
    params: { id: "The visitor's id, as the browser keeps it." },
    answers: ok("A receipt, with the moments by which everything is gone."),
    problems: ["id_invalid"],
    handle: deleteCustomer,
  },
  {
    method: "POST",
    path: "/v1/customers/unmerge",
    summary: "Takes a visitor out of a customer again, while a merge can be undone.",
    callers: CUSTOMERS,
    request: UnmergeRequest,
    answers: ok("That it is undone."),
    problems: ["merge_final", "customer_unknown"],
    handle: postUnmerge,
  },
  {
    method: "GET",
    path: "/v1/erasures",
    summary: "The erase ledger, a page at a time, to be kept with every backup. It names nobody.",
    callers: OWNERS,
    query: { after: "`next` of the page before." },
    answers: ok("Up to 1,000 erasures."),
    problems: [],
    handle: getErasures,
  },
  {
    method: "POST",
    path: "/v1/erasures",
    summary: "Gives the erase ledger back to a restored copy, before it serves.",
    callers: OWNERS,
    accepts: ["application/json"],
    request: ErasuresRequest,
    answers: ok("How many were new."),
    problems: ["body_not_json", "body_too_deep", "body_hostile", "body_invalid"],
    handle: postErasures,
  },
  {
    method: "GET",
    path: "/v1/privacy/register",
    summary: "What is stored, what for, for how long, who receives it and where it lies.",
    callers: MARKETERS,
    answers: ok("The register, made from the code's own tables and the site's config."),
    problems: [],
    handle: getPrivacyRegister,
  },
  // The shop's server: what it sells.
  {
    method: "PUT",
    path: "/v1/catalog",
    summary: "Upserts and deletes items; right rows are kept, wrong ones reported by line.",
    callers: CATALOG,
    accepts: FEED_TYPES,
    query: {
      mode: "`replace` retires what is absent.",
      confirm: "`true`: replace even though many items would go.",
    },
    answers: ok("How many rows were accepted, changed, removed and rejected, and what was wrong with them."),
    problems: ["catalog_format_unknown", "catalog_row_invalid", "catalog_shrinks"],
    handle: putCatalog,
  },
  {
    method: "GET",
    path: "/v1/catalog/unmatched",
    summary: "References that no item answered to, the most frequent first, with the pages they came from.",
    callers: CATALOG_READERS,
    answers: ok("References with their counts."),
    problems: [],
    handle: getUnmatched,
  },
  // The marketer: what to do, and what it earned.
  {
    method: "GET",
    path: "/v1/config",
    summary: "The marketer's document as it was published; its revision is the ETag.",
    callers: MARKETERS,
    query: { revision: "An older revision's number." },
    headers: { "If-None-Match": "The ETag at hand." },
    answers: {
      200: { description: "The document, as PUT takes it." },
      304: { description: "It is the one at hand.", type: null },
    },
    problems: ["revision_unknown"],
    handle: getConfig,
  },
  {
    method: "PUT",
    path: "/v1/config",
    summary: "Publishes the whole document as the next revision, if nobody else published in between.",
    callers: MARKETERS,
    request: Config,
    query: { dryRun: "`true`: check and lint only.", message: "Why, for whoever reads the revisions." },
    headers: { "If-Match": "The ETag of the revision this change is based on." },
    answers: ok("The new revision, and what is valid but hardly meant."),
    problems: ["config_invalid", "config_changed", "config_unconditional"],
    handle: putConfig,
  },
  {
    method: "GET",
    path: "/v1/config/revisions",
    summary: "Who published what, when and why; the newest first.",
    callers: MARKETERS,
    answers: ok("Up to 100 revisions."),
    problems: [],
    handle: getRevisions,
  },
  {
    method: "POST",
    path: "/v1/config/rollback",
    summary: "Publishes an older revision again, as a new one.",
    callers: MARKETERS,
    request: RollbackRequest,
    answers: ok("The new revision."),
    problems: ["revision_unknown", "config_changed"],
    handle: postRollback,
  },
  {
    method: "GET",
    path: "/v1/schema/config.json",
    summary: "The config's JSON Schema, for editors.",
    callers: "public",
    answers: { 200: { description: "JSON Schema 2020-12.", type: "application/schema+json" } },
    problems: [],
    handle: getConfigSchema,
  },
  {
    method: "GET",
    path: "/v1/config/starters",
    summary: "Configs to start from, by kind of shop.",
    callers: "public",
    answers: ok("Configs by name."),
    problems: [],
    handle: getStarters,
  },
  {
    method: "POST",
    path: "/v1/drafts",
    summary: "Makes a preview link: an invented persona sees a config that is not live.",
    callers: MARKETERS,
    request: DraftRequest,
    answers: made("The preview's id and its end."),
    problems: ["config_invalid"],
    handle: postDrafts,
  },
  {
    method: "GET",
    path: "/v1/experiments/:id",
    summary: "Customers, conversions and revenue per variation, and the difference with its interval.",
    callers: REPORT_READERS,
    params: { id: "An experiment of the config, or `holdout`." },
    answers: ok("The report."),
    problems: ["experiment_unknown"],
    handle: getExperiment,
  },
  {
    method: "GET",
    path: "/v1/site",
    summary: "What this site is and has: origins, catalog, model, events of the last days.",
    callers: REPORT_READERS,
    answers: ok("The site."),
    problems: [],
    handle: getSite,
  },
  // The shop's server: what happened elsewhere.
  {
    method: "POST",
    path: "/v1/import/:kind",
    summary:
      "Stages a file of orders, customers, surveys, reviews, notes or events: checks everything, commits nothing yet.",
    callers: IMPORTERS,
    params: { kind: "orders, customers, surveys, reviews, notes or events" },
    query: { options: "Column mapping, legal basis and formats, as JSON" },
    accepts: ["text/csv", "application/x-ndjson"],
    answers: {
      202: { description: "The run: counts, errors by line, what would be withheld." },
      ...ok("The run of the same file, as it stands."),
    },
    problems: [
      "import_unknown",
      "import_unreadable",
      "format_unsupported",
      "body_invalid",
      "body_hostile",
      "body_not_json",
      "body_too_deep",
      "key_not_allowed",
    ],
    handle: postImport,
  },
  {
    method: "POST",
    path: "/v1/imports/:run/commit",
    summary: "Commits a staged run, chunk by chunk; killed anywhere it goes on.",
    callers: IMPORTERS,
    request: CommitRequest,
    answers: { 202: { description: "The run." }, ...ok("The run.") },
    problems: ["import_unknown", "import_row_invalid", "key_not_allowed"],
    handle: postImportCommit,
  },
  {
    method: "GET",
    path: "/v1/imports/:run",
    summary: "How a run stands: what was accepted, repeated, refused and withheld.",
    callers: IMPORTERS,
    answers: ok("The run."),
    problems: ["import_unknown"],
    handle: getImport,
  },
  {
    method: "GET",
    path: "/v1/imports",
    summary: "The latest runs.",
    callers: IMPORTERS,
    answers: ok("The runs."),
    problems: [],
    handle: getImports,
  },
  {
    method: "GET",
    path: "/v1/hooks",
    summary: "Which shop platforms may send orders here, and to which address.",
    callers: OWNERS,
    answers: ok("The hooks."),
    problems: [],
    handle: getHooks,
  },
  {
    method: "PUT",
    path: "/v1/hooks/shopify",
    summary: "Sets the secret that Shopify signs with.",
    callers: OWNERS,
    request: ShopifySecret,
    answers: ok("The address to send to."),
    problems: [],
    handle: putShopifySecret,
  },
  {
    method: "PUT",
    path: "/v1/hooks/woocommerce",
    summary: "Makes the secret to paste into WooCommerce, and shows it.",
    callers: OWNERS,
    request: WooCommerceRotate,
    answers: ok("The secret, and the address to send to."),
    problems: [],
    handle: putWooCommerceSecret,
  },
  {
    method: "POST",
    path: "/v1/hooks/shopify/:site",
    summary: "Takes a signed Shopify webhook.",
    callers: "public",
    accepts: ["application/json"],
    answers: ok("What became of it."),
    problems: ["site_unknown", "signature_invalid", "not_configured"],
    handle: postShopify,
  },
  {
    method: "POST",
    path: "/v1/hooks/woocommerce/:site",
    summary: "Takes a signed WooCommerce webhook.",
    callers: "public",
    accepts: ["application/json"],
    answers: ok("What became of it."),
    problems: ["site_unknown", "signature_invalid", "not_configured"],
    handle: postWooCommerce,
  },
  // The owner: which systems are told what.
  {
    method: "PUT",
    path: "/v1/webhooks/:id",
    summary: "Adds a webhook, or changes one; the secret is told when it is added.",
    callers: OWNERS,
    request: EndpointRequest,
    answers: { ...ok("The webhook, changed."), ...made("The webhook, and its secret.") },
    problems: ["id_invalid", "unsafe_webhook_url", "too_many_webhooks"],
    handle: putWebhook,
  },
  {
    method: "GET",
    path: "/v1/webhooks",
    summary: "The site's webhooks, and how they do.",
    callers: MARKETERS,
    answers: ok("The webhooks."),
    problems: [],
    handle: getWebhooks,
  },
  {
    method: "DELETE",
    path: "/v1/webhooks/:id",
    summary: "Removes a webhook and everything queued for it.",
    callers: OWNERS,
    answers: ok("That it is gone."),
    problems: ["id_invalid", "webhook_unknown"],
    handle: deleteWebhook,
  },
  {
    method: "POST",
    path: "/v1/webhooks/:id/rotate",
    summary: "Makes a new secret; the old one signs beside it for the grace.",
    callers: OWNERS,
    request: WebhookRotateRequest,
    answers: ok("The new secret."),
    problems: ["id_invalid", "webhook_unknown"],
    handle: postWebhookRotate,
  },
  {
    method: "POST",
    path: "/v1/webhooks/:id/test",
    summary: "Sends a test delivery now.",
    callers: OWNERS,
    answers: ok("That it is queued."),
    problems: ["id_invalid", "webhook_unknown"],
    handle: postWebhookTest,
  },
  {
    method: "GET",
    path: "/v1/webhooks/deliveries",
    summary: "Deliveries: recent outcomes, waiting, or parked.",
    callers: MARKETERS,
    query: { state: "recent (default), waiting or parked" },
    answers: ok("The deliveries."),
    problems: ["body_invalid"],
    handle: getWebhookDeliveries,
  },
  {
    method: "POST",
    path: "/v1/webhooks/deliveries/replay",
    summary: "Sends parked deliveries again, under the ids they had.",
    callers: OWNERS,
    request: ReplayRequest,
    answers: ok("How many go out again."),
    problems: ["delivery_unknown"],
    handle: postWebhookReplay,
  },
  // The owner: who may do what.
  {
    method: "GET",
    path: "/v1/keys",
    summary: "The live keys, each with role, label, end and the day it was last used; never the key itself.",
    callers: OWNERS,
    answers: ok("The keys."),
    problems: [],
    handle: getKeys,
  },
  {
    method: "POST",
    path: "/v1/keys",
    summary: "Makes a key of a role and shows it, this once.",
    callers: OWNERS,
    request: KeyRequest,
    answers: made("The key."),
    problems: ["keys_too_many"],
    handle: postKeys,
  },
  {
    method: "POST",
    path: "/v1/keys/naming/rotate",
    summary: "Says why the secret that names everything cannot change, and what can.",
    callers: OWNERS,
    answers: {},
    problems: ["key_not_rotatable"],
    handle: postNamingRotate,
  },
  {
    method: "POST",
    path: "/v1/keys/:id/rotate",
    summary: "Makes a key of the same kind, role and label; the old one ends after the grace.",
    callers: OWNERS,
    request: RotateRequest,
    answers: made("The new key, and when the old one ends."),
    problems: ["key_not_found", "keys_too_many"],
    handle: postKeyRotate,
  },
  {
    method: "DELETE",
    path: "/v1/keys/:id",
    summary: "Ends a key, everywhere within 5 seconds.",
    callers: OWNERS,
    answers: ok("That it is revoked."),
    problems: ["key_not_found", "key_last_owner"],
    handle: deleteKey,
  },
  {
    method: "PUT",
    path: "/v1/origins",
    summary: "Replaces the origins whose pages may use the write keys.",
    callers: OWNERS,
    request: OriginsRequest,
    answers: ok("The origins from now on."),
    problems: [],
    handle: putOrigins,
  },
  {
    method: "GET",
    path: "/v1/identity-keys",
    summary: "The keys that sign customers' identities, without their secrets.",
    callers: OWNERS,
    answers: ok("At most two keys."),
    problems: [],
    handle: getIdentityKeys,
  },
  {
    method: "POST",
    path: "/v1/identity-keys",
    summary:
      "Makes a key for the shop's server to sign its customers' identities with, or takes its public one.",
    callers: OWNERS,
    request: IdentityKeyRequest,
    answers: made("The key; for HS256 with its secret."),
    problems: ["keys_too_many"],
    handle: postIdentityKeys,
  },
  {
    method: "GET",
    path: "/v1/identity-keys/:kid",
    summary: "One identity key, for HS256 with its secret; that it was shown is noted.",
    callers: OWNERS,
    answers: ok("The key."),
    problems: ["key_not_found"],
    handle: getIdentityKey,
  },
  {
    method: "DELETE",
    path: "/v1/identity-keys/:kid",
    summary: "Ends an identity key: what it signed is no longer believed.",
    callers: OWNERS,
    answers: ok("That it is revoked."),
    problems: ["key_not_found"],
    handle: deleteIdentityKey,
  },
  {
    method: "GET",
    path: "/v1/audit",
    summary: "Who changed what and when, the newest first.",
    callers: OWNERS,
    answers: ok("The latest 200 changes."),
    problems: [],
    handle: getAudit,
  },
  {
    method: "GET",
    path: "/v1/quality",
    summary:
      "What the shop's own data lacks: items, amounts, agreement between channels, a use for its facts.",
    callers: REPORT_READERS,
    answers: ok("The report."),
    problems: [],
    handle: getQuality,
  },
  // The operator, and whoever looks.
  {
    method: "POST",
    path: "/v1/sites",
    summary: "Makes a site and its owner, server and write keys, told this once.",
    callers: "operator",
    request: SitesRequest,
    answers: made("The site's id and its three keys."),
    problems: ["site_exists"],
    handle: postSites,
  },
  {
    method: "GET",
    path: "/health",
    summary: "That the Worker runs.",
    callers: "public",
    answers: ok('`{"status":"ok"}`'),
    problems: [],
    handle: getHealth,
  },
  {
    method: "GET",
    path: "/.well-known/gpc.json",
    summary: "That this server abides by Global Privacy Control.",
    callers: "public",
    answers: ok("The statement, and when it was last looked over."),
    problems: [],
    handle: getGpc,
  },
  {
    method: "GET",
    path: "/openapi.json",
    summary: "This description.",
    callers: "public",
    answers: ok("OpenAPI 3.1."),
    problems: [],
    handle: () => getOpenApi(TABLE),
  },
];
