import { eventId, Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const ROLES = ["page", "server", "marketer", "analyst", "associate", "owner"] as const;
type Role = (typeof ROLES)[number];

/** Who may call what, told a second time and by somebody else than the product's own table. */
const MAY: readonly (readonly [method: string, path: string, ...Role[]])[] = [
  ["GET", "/v1/config", "owner", "marketer"],
  ["PUT", "/v1/config", "owner", "marketer"],
  ["GET", "/v1/config/revisions", "owner", "marketer"],
  ["POST", "/v1/config/rollback", "owner", "marketer"],
  ["POST", "/v1/drafts", "owner", "marketer"],
  ["PUT", "/v1/catalog", "owner", "server"],
  ["GET", "/v1/catalog/unmatched", "owner", "server", "marketer"],
  ["GET", "/v1/experiments/holdout", "owner", "marketer", "analyst"],
  ["GET", "/v1/site", "owner", "marketer", "analyst"],
  ["GET", "/v1/quality", "owner", "marketer", "analyst"],
  ["GET", "/v1/customers/c-1", "owner", "server", "associate"],
  ["GET", "/v1/customers/c-1/export", "owner", "server"],
  ["DELETE", "/v1/customers/c-1", "owner", "server"],
  ["DELETE", "/v1/visitors/v-1", "owner", "server"],
  ["POST", "/v1/customers/unmerge", "owner", "server"],
  ["GET", "/v1/erasures", "owner"],
  ["POST", "/v1/erasures", "owner"],
  ["GET", "/v1/privacy/register", "owner", "marketer"],
  ["GET", "/v1/keys", "owner"],
  ["POST", "/v1/keys", "owner"],
  ["POST", "/v1/keys/none/rotate", "owner"],
  ["DELETE", "/v1/keys/none", "owner"],
  ["PUT", "/v1/origins", "owner"],
  ["GET", "/v1/identity-keys", "owner"],
  ["POST", "/v1/identity-keys", "owner"],
  ["DELETE", "/v1/identity-keys/none", "owner"],
  ["GET", "/v1/audit", "owner"],
  ["POST", "/v1/sites"],
  ["PUT", "/v1/webhooks/crm", "owner"],
  ["GET", "/v1/webhooks", "owner", "marketer"],
  ["DELETE", "/v1/webhooks/crm", "owner"],
  ["POST", "/v1/import/orders", "owner", "server", "associate"],
  ["GET", "/v1/imports", "owner", "server", "associate"],
  ["GET", "/v1/identity-keys/none", "owner"],
  ["POST", "/v1/keys/naming/rotate", "owner"],
  ["POST", "/v1/webhooks/crm/rotate", "owner"],
  ["POST", "/v1/webhooks/crm/test", "owner"],
  ["GET", "/v1/webhooks/deliveries", "owner", "marketer"],
  ["POST", "/v1/webhooks/deliveries/replay", "owner"],
  ["PUT", "/v1/hooks/shopify", "owner"],
  ["GET", "/v1/hooks", "owner"],
];

/** What pages call, and what anybody may see. */
const OPEN =
  /^\/(health|ready|api\/features\/[^/]+|ofrep\/v1\/evaluate\/flags(\/[^/]+)?|openapi\.json|\.well-known\/.*|v1\/(events|decide|rank|batch|track|page|screen|group|alias|identify|ga4|reset|me|me\/(export|change|erase)|schema\/config\.json|config\/starters|slots\/[^/]+|features|hooks\/[a-z]+\/[^/]+))$/;

/** Answers of a door that stays closed. */
const REFUSALS = [401, 403, 404, 405];

/** Fields that are not the sender's to say. */
const UNTRUE: readonly object[] = [
  { role: "owner" },
  { tenantId: "other" },
  { siteId: "other" },
  { isTrusted: true },
  { verified: true },
  { receivedAt: "1970-01-01T00:00:00Z" },
];

export const privileges: Threat = {
  id: "T4",
  title: "Use what the key's role is not for; set fields that are not the sender's",
  off: [
    {
      name: "the question whether the role may call",
      edits: [
        { file: "src/http/access.ts", find: "if (!roles.includes(row.role)) {", replace: "if (false) {" },
      ],
    },
    {
      name: "that fields nobody declared are refused",
      edits: [
        { file: "src/core/wire/events.ts", find: "v.strictObject({", replace: "v.object({" },
        {
          file: "src/core/event/event.ts",
          find: "v.strictObject({ type: v.literal(type), ...shared, ...fields });",
          replace: "v.object({ type: v.literal(type), ...shared, ...fields });",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const keys: Record<Role, string> = {
      page: site.keys.writeKey,
      server: site.keys.serverKey,
      owner: site.keys.adminKey,
      marketer: "",
      analyst: "",
      associate: "",
    };
    for (const role of ["marketer", "analyst", "associate"] as const) {
      const made = await site.owner("POST", "/v1/keys", { kind: "ak", role, label: role });
      must(made.status === 201, `no key for a ${role}: ${made.text}`);
      keys[role] = made.json["key"] as string;
    }
    const missing = new Set<string>();
    for (const [method, path, ...may] of MAY)
      for (const role of ROLES) {
        if (may.includes(role)) continue;
        const reply = await stage.send(method, path, {
          key: keys[role],
          ...(method === "GET" ? {} : { body: {} }),
        });
        if (reply.json["code"] === "route_unknown" || reply.json["code"] === "method_not_allowed")
          missing.add(`${method} ${path}`);
        else tries.held(REFUSALS.includes(reply.status), `${role} may ${method} ${path}: ${reply.status}`);
      }
    // Endpoints that nobody told here: at least no page, and nobody without a key, gets in.
    const { paths } = (await stage.send("GET", "/openapi.json")).json as { paths: Record<string, object> };
    const told = new Set(
      MAY.map(
        ([method, path]) =>
          `${method} ${path.replace(/\/(c-1|v-1|none|crm|holdout)(?=\/|$)/, "/{}").replace(/import\/orders/, "import/{}")}`,
      ),
    );
    const untold: string[] = [];
    for (const [path, methods] of Object.entries(paths))
      for (const method of Object.keys(methods).map((name) => name.toUpperCase())) {
        if (OPEN.test(path) || told.has(`${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`)) continue;
        untold.push(`${method} ${path}`);
        for (const key of [keys.page, undefined]) {
          const reply = await stage.send(method, path.replaceAll(/\{[^}]*\}/g, "x1"), {
            key,
            ...(method === "GET" ? {} : { body: {} }),
          });
          tries.held(
            [401, 403].includes(reply.status),
            `${method} ${path} was answered ${reply.status} to ${key ? "a page" : "nobody"}`,
          );
        }
      }
    must(untold.length < Object.keys(paths).length, "the endpoints are not listed");
    if (missing.size > 0) tries.gap(`not there to be tried: ${[...missing].join(", ")}`);
    must((await site.owner("GET", "/v1/config")).status === 200, "not even the owner may");

    for (const untrue of UNTRUE) {
      const view = { type: "product_viewed", id: eventId(), item: "i1" };
      const consent = { personalization: true };
      const [name] = Object.keys(untrue);
      const body = await site.page("/v1/events", { consent, events: [view], ...untrue });
      tries.held(body.status === 400, `a body that says ${name} was answered ${body.status}`);
      const event = await site.page("/v1/events", { consent, events: [{ ...view, ...untrue }] });
      tries.held(event.text.includes("event_invalid"), `an event that says ${name} was taken`);
      const config = await site.publish({ ...untrue });
      tries.held(config.status === 400, `a config that says ${name} was answered ${config.status}`);
      const key = await site.owner("POST", "/v1/keys", { kind: "sk", label: "more", ...untrue });
      tries.held(key.status === 400, `a new server key that says ${name} was answered ${key.status}`);
    }
    return tries.outcome("every endpoint with every role that may not, fields of others");
  },
};
