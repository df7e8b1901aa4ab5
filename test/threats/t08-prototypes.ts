import { readShared } from "../support/shared.ts";
import { eventId, Site } from "./site.ts";
import { load } from "./patching.ts";
import { must, Tries, type Threat } from "./threat.ts";

const VALUE = { admin: true, personalization: true, isTrusted: true };
/** As text: what JSON.parse makes of it has `__proto__` as a field of its own. */
const POLLUTIONS = [
  '{"__proto__":VALUE}',
  '{"\\u005f_proto__":VALUE}',
  '{"constructor":{"prototype":VALUE}}',
  '{"a":{"__proto__":VALUE}}',
  '{"a":[{"b":{"prototype":VALUE}}]}',
].map((text) => text.replace("VALUE", JSON.stringify(VALUE)));

type ReadBody = { parseJson(text: string): { readonly ok: boolean; readonly value?: unknown } };
type Joining = { joinStatements(all: readonly Record<string, unknown>[]): Record<string, unknown> };

/** Every place of a body into which somebody's object goes, with the pollution in it. */
function bodies(site: Site, pollution: string): [method: string, path: string, key: string, body: string][] {
  const { writeKey, serverKey, adminKey } = site.keys;
  const event = (fields: string) =>
    `{"events":[{"type":"traits_updated","id":"${eventId()}",${fields}}],"consent":{"personalization":true}}`;
  return [
    ["POST", "/v1/events", writeKey, event(`"traits":${pollution}`)],
    ["POST", "/v1/events", serverKey, event(`"traits":{},"page":${pollution}`)],
    ["POST", "/v1/events", writeKey, `{"events":[],"consent":${pollution}}`],
    ["POST", "/v1/decide", writeKey, `{"slots":[{"id":"trending"}],"consent":${pollution}}`],
    ["POST", "/v1/decide", writeKey, `{"slots":[{"id":"trending"}],"page":${pollution}}`],
    ["POST", "/v1/rank", writeKey, `{"items":["i1"],"page":${pollution}}`],
    ["POST", "/v1/ga4", writeKey, `{"events":[{"id":"1","name":"view_item","params":${pollution}}]}`],
    [
      "POST",
      "/v1/track",
      writeKey,
      `{"anonymousId":"a-1","event":"x","properties":${pollution},"context":${pollution}}`,
    ],
    ["PUT", "/v1/config", adminKey, `{"segments":${pollution}}`],
    ["PUT", "/v1/config", adminKey, pollution],
    ["POST", "/v1/drafts", adminKey, `{"config":{},"persona":{"traits":${pollution}}}`],
    ["POST", "/v1/keys", adminKey, pollution],
    ["POST", "/v1/identity-keys", adminKey, `{"alg":"EdDSA","publicKey":${pollution}}`],
  ];
}

export const prototypes: Threat = {
  id: "T8",
  title: "Reach every object through its prototype",
  off: [
    {
      name: "the refusal of keys that belong to prototypes",
      edits: [{ file: "src/http/read-body.ts", find: "if (PROTOTYPE_KEYS.has(key))", replace: "if (false)" }],
    },
    {
      name: "that conditions read own fields only",
      edits: [
        {
          file: "src/core/segment/attribute-path.ts",
          find: "if (steps.some((step) => NEVER_READ.has(step))) return () => null;",
          replace: "",
        },
        {
          file: "src/core/segment/attribute-path.ts",
          find: "!Object.hasOwn(from, name)",
          replace: "!(name in from)",
        },
      ],
    },
    {
      name: "that statements are joined without assigning names",
      edits: [
        {
          file: "src/core/consent/join.ts",
          find: "return Object.fromEntries(joined);",
          replace:
            'const made: Record<string, boolean> = {};\n  for (const statement of statements) for (const [purpose, granted] of Object.entries(statement)) { if (purpose === "__proto__") Object.assign(made[purpose] as object, granted); else made[purpose] = granted as boolean; }\n  return made;',
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const decided = async () =>
      (await site.decide("similar", { page: { type: "product", item: "i1" } })).slot?.items
        .map(({ id }) => id)
        .join(" ");
    const before = await decided();
    must(before?.includes("i2"), "nothing is decided");
    for (const pollution of POLLUTIONS)
      for (const [method, path, key, body] of bodies(site, pollution)) {
        const reply = await stage.send(method, path, { key, body, headers: { "if-match": '"2"' } });
        tries.held(
          reply.status >= 400 && reply.status < 500,
          `${method} ${path} answered ${reply.status} to ${pollution}`,
        );
      }
    const shared = JSON.parse(readShared("vectors/hostile/bodies.json") ?? '{"bodies":[]}') as {
      bodies: { name: string; raw?: string }[];
    };
    for (const { name, raw } of shared.bodies)
      for (const path of ["/v1/events", "/v1/decide"])
        if (raw !== undefined) {
          const reply = await stage.send("POST", path, { key: site.keys.writeKey, body: raw });
          tries.held(
            reply.status >= 400 && reply.status < 500,
            `${path} answered ${reply.status} to the body ${name}`,
          );
        }

    for (const name of [
      "constructor.name",
      "__proto__.constructor",
      "page.constructor.name",
      "traits.toString",
      "page.hasOwnProperty",
    ]) {
      const rules = [
        { id: "hide", when: { [name]: { $exists: true } }, then: [{ do: "hide", items: ["i2"] }] },
      ];
      const reply = await site.publish({ holdout: { share: 0 }, rules });
      tries.held(
        reply.status === 400 || (await decided()) === before,
        `a condition reads ${name} of every object`,
      );
    }

    // The same in this process, where prototypes can be looked at.
    const names = Object.getOwnPropertyNames(Object.prototype).join();
    const { parseJson } = await load<ReadBody>(stage.patch, stage.dir, "src/http/read-body.ts");
    const { joinStatements } = await load<Joining>(stage.patch, stage.dir, "src/core/consent/join.ts");
    for (const pollution of POLLUTIONS) {
      tries.held(!parseJson(pollution).ok, `${pollution} is taken as JSON`);
      joinStatements([JSON.parse(pollution) as Record<string, unknown>, { analytics: true }]);
      const isClean = Object.getOwnPropertyNames(Object.prototype).join() === names && !("admin" in {});
      for (const name of Object.keys(VALUE)) Reflect.deleteProperty(Object.prototype, name);
      tries.held(isClean, `joining ${pollution} changed every object`);
    }
    return tries.outcome(
      "pollutions in every JSON endpoint, prototypes in conditions, prototypes afterwards",
    );
  },
};
