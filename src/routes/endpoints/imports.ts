import { getImport, getImports } from "../get-import.ts";
import { CommitRequest, postImportCommit } from "../post-import-commit.ts";
import { postImport } from "../post-import.ts";
import { postShopify } from "../post-shopify.ts";
import { postWooCommerce } from "../post-woocommerce.ts";
import {
  getHooks,
  putShopifySecret,
  putWooCommerceSecret,
  ShopifySecret,
  WooCommerceRotate,
} from "../put-hook.ts";
import { IMPORTERS, ok, OWNERS, type Endpoint } from "./endpoint.ts";

/** The shop's server: what happened elsewhere. */
export const IMPORTS_ENDPOINTS: readonly Endpoint[] = [
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
];
