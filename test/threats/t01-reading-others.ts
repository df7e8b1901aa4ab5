import { createHmac } from "node:crypto";
import { identityToken } from "../crash/identity.ts";
import { Site, type Slot } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const GUESSES = 200;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Tokens that are none: unsigned, altered, of another shop, expired, living too long. */
async function forgeries(site: Site, other: Site, victim: string): Promise<[string, string][]> {
  const key = await site.identityKey();
  const now = Math.floor(Date.now() / 1000);
  const good = { sub: victim, aud: site.keys.siteId, iat: now, exp: now + 600 };
  const head = { alg: "HS256", typ: "JWT", kid: key.kid };
  const signed = (secret: string, header: object, claims: object): string => {
    const text = `${part(header)}.${part(claims)}`;
    return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
  };
  const own = await site.token("mallory");
  const [ownHead, , ownSignature] = own.split(".");
  const forged: [string, string][] = [
    ["unsigned (alg none)", `${part({ ...head, alg: "none" })}.${part(good)}.`],
    ["unsigned, with a signature of noise", `${part({ ...head, alg: "none" })}.${part(good)}.AAAA`],
    ["her own token with another's name", `${ownHead}.${part(good)}.${ownSignature}`],
    ["signed with the empty key", signed("", head, good)],
    ["signed with the site's id", signed(site.keys.siteId, head, good)],
    ["signed with the page's key", signed(site.keys.writeKey, head, good)],
    ["another shop's key", identityToken(await other.identityKey(), site.keys.siteId, victim, undefined)],
    ["another shop's key under this one's name", signed((await other.identityKey()).secret, head, good)],
    ["expired", signed(key.secret, head, { ...good, iat: now - 4000, exp: now - 600 })],
    ["for another shop", signed(key.secret, head, { ...good, aud: other.keys.siteId })],
    ["for a list of shops", signed(key.secret, head, { ...good, aud: [site.keys.siteId] })],
    ["living for a year", signed(key.secret, head, { ...good, exp: now + 31_536_000 })],
  ];
  for (let i = 0; i < GUESSES; i++) {
    const noise = createHmac("sha256", `guess ${i}`).update(victim).digest("base64url");
    forged.push(["a guessed signature", `${part(head)}.${part({ ...good, jti: String(i) })}.${noise}`]);
  }
  return forged;
}

export const readingOthers: Threat = {
  id: "T1",
  title: "Read another person's recommendations by guessing an id",
  off: [
    {
      name: "the identity token's signature",
      edits: [
        {
          file: "src/edge/identity.ts",
          find: "({ payload } = await compactVerify(token, usable, { algorithms: [key.alg] }));",
          replace: 'payload = fromBase64url(token.split(".")[1]!)!;',
        },
      ],
    },
    {
      name: "the token's expiry",
      edits: [
        {
          file: "src/core/identity/claims.ts",
          find: "if (exp <= nowS - CLOCK_TOLERANCE_S)",
          replace: "if (false)",
        },
      ],
    },
    {
      name: "that a page may not name customers",
      edits: [{ file: "src/edge/person.ts", find: 'kind === "pk" ? fail(unverified) :', replace: "" }],
    },
    {
      name: "the seal of the device cookie",
      edits: [
        {
          file: "src/edge/seal.ts",
          find: "if (bytes === undefined || bytes.length <= IV_BYTES) return undefined;",
          replace:
            "if (bytes === undefined) return undefined;\n  if (bytes[0] === 91) return new TextDecoder().decode(bytes);",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const [site, other] = [await Site.open(stage), await Site.open(stage)];
    const seen = ["i3", "i4", "i5"];
    const told = await site.tell(
      "victim",
      seen.map((item) => ({ type: "product_viewed", item })),
    );
    must(told.status === 200 && told.text.includes("accepted"), told.text);
    const consent = { personalization: true };
    const ask = (body: object, headers?: Record<string, string>) =>
      site.decide("recently-viewed", { consent, ...body }, headers);
    const shows = (slot: Slot | undefined) => slot?.items.some((item) => seen.includes(item.id)) === true;
    must(
      shows((await ask({ identity: await site.token("victim") })).slot),
      "the customer sees nothing herself",
    );

    for (const [how, identity] of await forgeries(site, other, "victim")) {
      const reply = await ask({ identity });
      tries.held(reply.status === 403 && !shows(reply.slot), `a token ${how} was answered ${reply.status}`);
    }
    for (const [path, what] of [
      ["/v1/decide", { slots: [{ id: "recently-viewed" }] }],
      ["/v1/rank", { items: seen }],
    ] as const) {
      const reply = await site.page(path, { customerId: "victim", consent, ...what });
      tries.held(reply.status >= 400, `${path} let a page name a customer`);
    }
    const known = await ask({ customerId: "victim" });
    const unknown = await ask({ customerId: "nobody" });
    tries.held(known.text === unknown.text, "a refusal tells whether a customer exists");

    const sealed = Buffer.from(JSON.stringify([site.keys.siteId, "victim", "d_x", 0, 9e15])).toString(
      "base64url",
    );
    const cookies = [sealed, "AAAA", `${sealed}AAAA`];
    for (const value of cookies) {
      const reply = await ask({}, { cookie: `cg_d=${value}` });
      tries.held(!shows(reply.slot), "a cookie that nobody sealed speaks for a customer");
    }
    for (let i = 0; i < GUESSES; i++) {
      const visitorId = `v_${createHmac("sha256", "visitor").update(String(i)).digest("base64url").slice(0, 24)}`;
      const reply = await ask({ visitorId });
      tries.held(reply.status === 400, "an invented visitor id is taken for one of ours");
    }
    return tries.outcome("forged and guessed tokens, cookies and ids");
  },
};
