import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { call, type SiteKeys } from "./call.ts";
import { examine } from "./doctor.ts";
import { LOCAL } from "./paths.ts";
import { localSecrets } from "./secrets.ts";

const USAGE = `npm run site -- create <origin> [more]  makes a site and prints its keys and snippet
npm run site -- doctor <page url>      looks at a real page and says what to mend

  --api <url>            the deployment; default http://127.0.0.1:8787
  --operator-key <key>   default: $OPERATOR_KEY, else the local deployment's own
  --admin-key <key>      doctor: the site's ak_ key, for what only its owner may see; default: $CONCIERGE_ADMIN_KEY`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { api: { type: "string" }, "operator-key": { type: "string" }, "admin-key": { type: "string" } },
});
const [command, target] = positionals;
const api = (values.api ?? process.env["CONCIERGE_API"] ?? "http://127.0.0.1:8787").replace(/\/$/, "");

function operatorKey(): string {
  const given = values["operator-key"] ?? process.env["OPERATOR_KEY"];
  if (given) return given;
  if (existsSync(join(LOCAL, "secrets.json"))) return localSecrets(LOCAL).OPERATOR_KEY;
  throw new Error(
    "No operator key: give --operator-key, or run `npm start` once to make a local deployment.",
  );
}

async function create(origin: string, origins: readonly string[]): Promise<void> {
  const site = await call<SiteKeys>(`${api}/v1/sites`, { key: operatorKey(), body: { origin, origins } });
  console.log(`Made ${site.siteId} for ${site.origin}. These keys are shown this once:

  owner   ${site.adminKey}    config, experiments, previews: for people
  server  ${site.serverKey}    catalog, orders: for your server, never in a page
  write   ${site.writeKey}    for the page; it is public

Put this into every page:

  <script async src="${api}/concierge.js" data-key="${site.writeKey}"></script>

and this where recommendations shall stand:

  <div data-concierge-slot="product-goes-with"></div>

Then send the catalog:

  curl -X PUT ${api}/v1/catalog -H "Authorization: Bearer ${site.serverKey}" \\
       -H "Content-Type: application/x-ndjson" --data-binary @items.ndjson

and look whether all is well:  npm run site -- doctor ${site.origin}/ --admin-key ${site.adminKey.slice(0, 12)}…`);
}

try {
  if (command === "create" && target) await create(target, positionals.slice(2));
  else if (command === "doctor" && target)
    process.exitCode = await examine(target, api, values["admin-key"] ?? process.env["CONCIERGE_ADMIN_KEY"]);
  else {
    console.log(USAGE);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
