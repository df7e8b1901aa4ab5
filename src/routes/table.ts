import { CATALOG_ENDPOINTS } from "./endpoints/catalog.ts";
import { CUSTOMERS_ENDPOINTS } from "./endpoints/customers.ts";
import { FLAGS_ENDPOINTS } from "./endpoints/flags.ts";
import { IMPORTS_ENDPOINTS } from "./endpoints/imports.ts";
import { INSIGHT_ENDPOINTS } from "./endpoints/insight.ts";
import { KEYS_ENDPOINTS } from "./endpoints/keys.ts";
import { MARKETER_ENDPOINTS } from "./endpoints/marketer.ts";
import { OPERATOR_ENDPOINTS } from "./endpoints/operator.ts";
import { ok, type Endpoint } from "./endpoints/endpoint.ts";
import { PAGES_ENDPOINTS } from "./endpoints/pages.ts";
import { PERSONS_ENDPOINTS } from "./endpoints/persons.ts";
import { TRACKERS_ENDPOINTS } from "./endpoints/trackers.ts";
import { WEBHOOKS_ENDPOINTS } from "./endpoints/webhooks.ts";
import { getOpenApi } from "./get-openapi.ts";

export type { Endpoint };

/** Every endpoint there is. The front door registers it, `GET /openapi.json` tells it, tests go through it. */
export const TABLE: readonly Endpoint[] = [
  ...PAGES_ENDPOINTS,
  ...TRACKERS_ENDPOINTS,
  ...PERSONS_ENDPOINTS,
  ...CUSTOMERS_ENDPOINTS,
  ...CATALOG_ENDPOINTS,
  ...MARKETER_ENDPOINTS,
  ...IMPORTS_ENDPOINTS,
  ...WEBHOOKS_ENDPOINTS,
  ...KEYS_ENDPOINTS,
  ...OPERATOR_ENDPOINTS,
  ...FLAGS_ENDPOINTS,
  ...INSIGHT_ENDPOINTS,
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
