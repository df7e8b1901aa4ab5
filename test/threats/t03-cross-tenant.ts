import { createHash } from "node:crypto";
import type { Reply } from "./stage.ts";
import { ALL, eventId, Site } from "./site.ts";
import { load } from "./patching.ts";
import { must, Tries, type Threat } from "./threat.ts";

const PAIRS = 100_000;
const CANARY = "canary-of-the-other-shop";

/** What stands in the other shop, and must neither be seen nor change. */
async function standing(site: Site): Promise<string> {
  const replies: Reply[] = [];
  for (const path of ["/v1/config", "/v1/keys", "/v1/identity-keys", "/v1/webhooks", "/v1/erasures"])
    replies.push(await site.owner("GET", path));
  // Keys note when they were last used, which this very reading does.
  const texts = replies.map(({ text }) => text.replaceAll(/"lastUsed[^,}]*/g, ""));
  return [await site.stateOf("victim"), ...texts].join("\n");
}

/** Requests that name the other shop in every place a request has. */
function requests(theirs: Site): [method: string, path: string, body?: object][] {
  const { siteId } = theirs.keys;
  const named = { siteId, site: siteId, tenantId: siteId };
  return [
    ["GET", "/v1/customers/victim"],
    ["GET", "/v1/customers/victim/export"],
    ["GET", `/v1/customers/${encodeURIComponent(`${siteId}|victim`)}/export`],
    ["DELETE", "/v1/customers/victim"],
    ["POST", "/v1/customers/unmerge", { visitorId: "x-visitor", customerId: "victim" }],
    ["GET", `/v1/config?site=${siteId}&siteId=${siteId}`],
    ["GET", "/v1/config/revisions"],
    ["POST", "/v1/config/rollback", { revision: 1 }],
    ["GET", "/v1/site"],
    ["GET", "/v1/quality"],
    ["GET", "/v1/audit"],
    ["GET", "/v1/keys"],
    ["POST", "/v1/keys", { kind: "sk", label: "stolen", ...named }],
    ["GET", "/v1/identity-keys"],
    ["GET", "/v1/experiments/holdout"],
    ["GET", "/v1/catalog/unmatched"],
    ["GET", "/v1/privacy/register"],
    ["GET", "/v1/webhooks"],
    ["GET", "/v1/webhooks/deliveries?state=recent"],
    ["POST", "/v1/webhooks/theirs/rotate", {}],
    ["DELETE", "/v1/webhooks/theirs"],
    ["GET", "/v1/imports"],
    ["GET", "/v1/hooks"],
    ["GET", "/v1/erasures"],
    [
      "POST",
      "/v1/events",
      { ...named, customerId: "victim", events: [{ type: "product_viewed", id: eventId(), item: "i9" }] },
    ],
    [
      "POST",
      "/v1/events",
      { customerId: "victim", consent: ALL, events: [{ type: "product_viewed", id: eventId(), item: "i9" }] },
    ],
    ["POST", "/v1/decide", { customerId: "victim", consent: ALL, slots: [{ id: "recently-viewed" }] }],
  ];
}

type Prefixed = { lengthPrefixed(parts: readonly string[]): string };

export const crossTenant: Threat = {
  id: "T3",
  title: "Reach another shop's data",
  off: [
    {
      name: "that the site comes from the key and nowhere else",
      edits: [
        {
          file: "src/http/access.ts",
          find: "siteId: parsed.site,",
          replace: 'siteId: request.headers.get("x-site") ?? parsed.site,',
        },
      ],
    },
    {
      name: "the length before each part of a name",
      edits: [
        { file: "src/edge/length-prefixed.ts", find: "`${part.length}:${part}`", replace: "`${part}|`" },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const [mine, theirs] = [await Site.open(stage), await Site.open(stage)];
    const told = await theirs.tell("victim", [{ type: "traits_updated", traits: { secret: CANARY } }]);
    must(told.text.includes("accepted"), told.text);
    await theirs.owner("PUT", "/v1/webhooks/theirs", {
      url: `https://${CANARY}.example/`,
      types: ["order_recorded"],
      purpose: "transaction",
    });
    const before = await standing(theirs);
    must(before.includes(CANARY), "the other shop has nothing to lose");

    const headers = {
      "x-site": theirs.keys.siteId,
      "x-site-id": theirs.keys.siteId,
      "x-tenant": theirs.keys.siteId,
    };
    for (const key of [mine.keys.writeKey, mine.keys.serverKey, mine.keys.adminKey])
      for (const [method, path, body] of requests(theirs)) {
        const reply = await stage.send(method, path, { key, headers, body });
        tries.held(
          !reply.text.includes(CANARY),
          `${method} ${path} showed another shop's data to ${key.slice(0, 2)}_`,
        );
        tries.held(reply.status < 500, `${method} ${path} answered ${reply.status}`);
      }
    tries.held((await standing(theirs)) === before, "another shop's data was changed");

    // Their tail behind my kind and site, and mine behind theirs: none of it is a key.
    for (const kind of ["writeKey", "serverKey", "adminKey"] as const) {
      const swapped = mine.keys[kind].replace(mine.keys.siteId, theirs.keys.siteId);
      const reply = await stage.send("GET", "/v1/config", { key: swapped });
      tries.held(reply.status === 401, `a key with its site changed was answered ${reply.status}`);
    }

    // Ids made so that two lists of parts look the same once they stand behind each other.
    const { lengthPrefixed } = await load<Prefixed>(stage.patch, stage.dir, "src/edge/length-prefixed.ts");
    const piece = (n: number) =>
      createHash("sha256")
        .update(String(n))
        .digest("base64")
        .slice(0, 2 + (n % 7));
    let equal = 0;
    for (let i = 0; i < PAIRS; i++) {
      const [a, b, c] = [piece(i), piece(i * 3 + 1), piece(i * 5 + 2)];
      const separator = ["|", ":", ";", "1:", "", "0:"][i % 6]!;
      if (lengthPrefixed([a + separator + b, c]) === lengthPrefixed([a, b + separator + c])) equal++;
      if (lengthPrefixed([a, b, c]) === lengthPrefixed([a, `${b}${c}`])) equal++;
    }
    tries.held(equal === 0, `${equal} of ${2 * PAIRS} pairs of ids have one name`);
    return tries.outcome(`every endpoint with foreign names, ${2 * PAIRS} crafted pairs of ids`);
  },
};
