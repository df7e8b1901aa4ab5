import { env as bound } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import type { IdentityKey } from "../../src/core/identity/identity.ts";
import { seededRng } from "../../src/core/primitives/rng.ts";
import { readCookie } from "../../src/edge/cookies.ts";
import {
  endDevice,
  mintDevice,
  mintVisitorCookie,
  readDevice,
  readVisitorCookie,
} from "../../src/edge/device.ts";
import { toBase64url } from "../../src/edge/hmac.ts";
import { identitySecret } from "../../src/edge/identity-key.ts";
import { verifyIdentity } from "../../src/edge/identity.ts";

const env = { CONCIERGE_SECRET: "a-secret-of-the-tests-and-of-nothing-else" };
const SITE = "shop-example-1f0a9c3e";
const OTHER = "other-example-2e1b8d4f";
const NOW = 1_800_000_000_000;
const S = NOW / 1000;
const CLAIMS = { sub: "c-77", aud: SITE, iat: S - 10, exp: S + 300 };
const encode = (value: unknown): string =>
  toBase64url(new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)));

/** Signs as any shop's server would: RFC 7515 by hand, so that it shares nothing with what is under test. */
async function signed(key: CryptoKey, head: object, claims: unknown): Promise<string> {
  const input = `${encode(head)}.${encode(claims)}`;
  const signature = await crypto.subtle.sign(key.algorithm.name, key, new TextEncoder().encode(input));
  return `${input}.${toBase64url(new Uint8Array(signature))}`;
}

const hmacKey = (secret: string | Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    "raw",
    typeof secret === "string" ? new TextEncoder().encode(secret) : secret,
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );

const HS: IdentityKey = { kid: "ik-1", alg: "HS256", publicKey: null };
const HS_HEAD = { alg: "HS256", typ: "JWT", kid: "ik-1" };
const ED_HEAD = { alg: "EdDSA", typ: "JWT", kid: "ik-2" };
let ed: IdentityKey;
let edKey: CryptoKey;
let edPublic: { x: string };
let hs: CryptoKey;
let otherHs: CryptoKey;
let otherEd: CryptoKey;

beforeAll(async () => {
  const make = () =>
    crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
  const pair = await make();
  edKey = pair.privateKey;
  otherEd = (await make()).privateKey;
  edPublic = (await crypto.subtle.exportKey("jwk", pair.publicKey)) as { x: string };
  ed = { kid: "ik-2", alg: "EdDSA", publicKey: JSON.stringify(edPublic) };
  hs = await hmacKey(await identitySecret(env, SITE, "ik-1"));
  otherHs = await hmacKey(await identitySecret(env, OTHER, "ik-1"));
});

const verify = (token: string, keys: readonly IdentityKey[] = [HS, ed], now = NOW) =>
  verifyIdentity(env, SITE, keys, token, now);

async function refusal(token: string, keys?: readonly IdentityKey[], now?: number): Promise<string> {
  const result = await verify(token, keys, now);
  if (result.ok) throw new Error("accepted");
  expect(result.problem.code).toBe("identity_unverified");
  return result.problem.detail;
}

const ACCEPTED = {
  ok: true,
  value: { customerId: "c-77", issuedAt: NOW - 10_000, expiresAt: NOW + 300_000 },
};

describe("a token the shop's server signed", () => {
  test("HS256 with the derived secret, and EdDSA with the shop's own key", async () => {
    expect(await verify(await signed(hs, HS_HEAD, CLAIMS))).toEqual(ACCEPTED);
    expect(await verify(await signed(edKey, ED_HEAD, CLAIMS))).toEqual(ACCEPTED);
  });

  test("needs no kid where one key lives", async () => {
    expect(await verify(await signed(hs, { alg: "HS256" }, CLAIMS), [HS])).toEqual(ACCEPTED);
    expect(await refusal(await signed(hs, { alg: "HS256" }, CLAIMS))).toMatch(/kid/);
  });

  test("says when the customer registered", async () => {
    const token = await signed(hs, HS_HEAD, { ...CLAIMS, registeredAt: S - 60, jti: "t-1" });
    expect(await verify(token)).toEqual({
      ok: true,
      value: { ...ACCEPTED.value, registeredAt: NOW - 60_000, tokenId: "t-1" },
    });
  });

  test("an EdDSA key pasted with its private part, or named otherwise, verifies and signs nothing", async () => {
    const pasted = { ...ed, publicKey: JSON.stringify({ ...edPublic, d: "AAAA", alg: "HS256", use: "enc" }) };
    expect(await verify(await signed(edKey, ED_HEAD, CLAIMS), [pasted])).toEqual(ACCEPTED);
  });
});

describe("refused", () => {
  test("without a key of the site", async () => {
    expect(await refusal(await signed(hs, HS_HEAD, CLAIMS), [])).toMatch(/no identity key/);
  });

  test.each([
    ["alg none", { alg: "none", kid: "ik-1" }, /HS256/],
    ["alg None", { alg: "None", kid: "ik-1" }, /HS256/],
    ["no alg", { kid: "ik-1" }, /HS256/],
    ["alg of a longer hash", { alg: "HS512", kid: "ik-1" }, /HS256/],
    ["alg as a list", { alg: ["HS256"], kid: "ik-1" }, /HS256/],
    ["alg of the other key", { alg: "EdDSA", kid: "ik-1" }, /HS256/],
    ["kid of nobody", { alg: "HS256", kid: "ik-9" }, /kid/],
    ["kid as a path", { alg: "HS256", kid: "../../dev/null" }, /kid/],
    ["kid as a number", { alg: "HS256", kid: 1 }, /kid/],
    ["kid null", { alg: "HS256", kid: null }, /kid/],
    ["a critical extension", { ...HS_HEAD, crit: ["b64"], b64: false }, /crit/],
    ["an unknown extension", { ...HS_HEAD, crit: ["exp"] }, /crit/],
  ])("%s", async (_, head, detail) => {
    expect(await refusal(await signed(hs, head, CLAIMS))).toMatch(detail);
  });

  test("no signature at all", async () => {
    for (const alg of ["none", "HS256"]) {
      const unsigned = `${encode({ alg, kid: "ik-1" })}.${encode(CLAIMS)}`;
      for (const token of [unsigned, `${unsigned}.`, `${unsigned}.AA`, `${unsigned}.${"A".repeat(43)}`])
        await refusal(token);
    }
  });

  test("HS256 under the public EdDSA key, in each form it is published in", async () => {
    const raw = Uint8Array.from(atob(edPublic.x.replaceAll("-", "+").replaceAll("_", "/")), (one) =>
      one.charCodeAt(0),
    );
    for (const secret of [ed.publicKey!, edPublic.x, raw, JSON.stringify({ x: edPublic.x })]) {
      const key = await hmacKey(secret);
      expect(await refusal(await signed(key, { alg: "HS256", kid: "ik-2" }, CLAIMS))).toMatch(/EdDSA/);
      await refusal(await signed(key, { alg: "HS256", kid: "ik-2" }, CLAIMS), [ed]);
      await refusal(await signed(key, { alg: "HS256" }, CLAIMS), [ed]);
    }
  });

  test("a key the token brings along", async () => {
    const jwk = { kty: "oct", k: encode("mine") };
    const mine = await hmacKey("mine");
    const head = { ...HS_HEAD, jwk, jku: "https://evil.example/jwks", x5u: "https://evil.example/x" };
    expect(await refusal(await signed(mine, head, CLAIMS))).toMatch(/signature/);
  });

  test("the other key's kid, the other site's key, the other site's aud", async () => {
    expect(await refusal(await signed(hs, { ...HS_HEAD, kid: "ik-2" }, CLAIMS))).toMatch(/EdDSA/);
    expect(await refusal(await signed(otherHs, HS_HEAD, CLAIMS))).toMatch(/signature/);
    expect(await refusal(await signed(hs, HS_HEAD, { ...CLAIMS, aud: OTHER }))).toMatch(/aud/);
    const ofOther = await signed(otherHs, HS_HEAD, { ...CLAIMS, aud: OTHER });
    expect(await refusal(ofOther)).toMatch(/signature/);
    expect((await verifyIdentity(env, OTHER, [HS], ofOther, NOW)).ok).toBe(true);
  });

  test("a retired key, once it has left the site's list", async () => {
    expect(await refusal(await signed(hs, HS_HEAD, CLAIMS), [ed])).toMatch(/kid/);
  });

  test.each([
    ["no exp", { exp: undefined }, /exp/],
    ["nbf ahead", { nbf: S + 3_600 }, /nbf/],
    ["sub as a list", { sub: ["c-77"] }, /sub/],
    ["an hour and a second", { iat: S, exp: S + 3_601 }, /hour/],
  ])("rightly signed, but %s", async (_, claims, detail) => {
    expect(await refusal(await signed(hs, HS_HEAD, { ...CLAIMS, ...claims }))).toMatch(detail);
    expect(await refusal(await signed(edKey, ED_HEAD, { ...CLAIMS, ...claims }))).toMatch(detail);
  });

  test("a signature written with other meaningless bits: one token has one text", async () => {
    for (const token of [await signed(hs, HS_HEAD, CLAIMS), await signed(edKey, ED_HEAD, CLAIMS)]) {
      const texts = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map(
        (digit) => token.slice(0, -1) + digit,
      );
      const accepted: string[] = [];
      for (const text of texts) if ((await verify(text)).ok) accepted.push(text);
      expect(accepted).toEqual([token]);
    }
  });

  test("a huge token, before anything is decoded", async () => {
    const token = await signed(hs, HS_HEAD, { ...CLAIMS, note: "n".repeat(4_096) });
    expect(await refusal(token)).toMatch(/4096/);
    expect(await refusal("a".repeat(10_000_000))).toMatch(/4096/);
  });

  test.each([
    "",
    ".",
    "..",
    "a.b",
    "a.b.c",
    "a.b.c.d",
    "a.b.c.d.e",
    `${encode("null")}.e30.AA`,
    `${encode("[]")}.e30.AA`,
    `${encode('"x"')}.e30.AA`,
    `${encode("{")}.e30.AA`,
    "_____.e30.AA",
    " e30.e30.AA",
    "e30.e30.AA\n",
    "e30=.e30.AA",
    "e+0.e/0.AA",
  ])("%j, which is no JWT", async (token) => {
    await refusal(token);
  });

  test("a payload that is no object of JSON, though rightly signed", async () => {
    for (const payload of ["null", "[]", "7", '"c-77"', "{", "", "\ufeff{}"]) {
      await refusal(await signed(hs, HS_HEAD, payload));
    }
  });

  test.each([
    "not json",
    "null",
    "{}",
    '{"kty":"EC","crv":"P-256","x":"AA"}',
    '{"kty":"OKP","crv":"Ed25519","x":"AA"}',
  ])("any token under a stored key of %j", async (publicKey) => {
    await refusal(await signed(edKey, ED_HEAD, CLAIMS), [{ ...ed, publicKey }]);
  });

  test("nothing of the token is repeated", async () => {
    const claims = { ...CLAIMS, sub: ["marker-sub"], aud: SITE, note: "marker-note" };
    const token = await signed(hs, { ...HS_HEAD, note: "marker-head" }, claims);
    expect(JSON.stringify(await verify(token))).not.toMatch(/marker/);
  });
});

test("of 10,000 altered, expired, foreign and forged tokens none is accepted", async () => {
  const rng = seededRng("ten thousand tokens");
  const below = (max: number): number => Math.floor(rng() * max);
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const good = [await signed(hs, HS_HEAD, CLAIMS), await signed(edKey, ED_HEAD, CLAIMS)];
  const admin = [
    await signed(otherHs, HS_HEAD, { ...CLAIMS, sub: "c-1" }),
    await signed(otherEd, ED_HEAD, { ...CLAIMS, sub: "c-1" }),
  ];
  const alter = (token: string): string => {
    const at = below(token.length);
    if (token[at] === ".") return token.slice(0, at);
    const digit = DIGITS[(DIGITS.indexOf(token[at]!) + 1 + below(63)) % 64]!;
    return token.slice(0, at) + digit + token.slice(at + 1);
  };
  const swap = (token: string, other: string): string => {
    const parts = token.split(".");
    const which = below(3);
    parts[which] = other.split(".")[which]!;
    return parts.join(".") === token ? other : parts.join(".");
  };
  const kinds: ((which: 0 | 1) => string | Promise<string>)[] = [
    (which) => alter(good[which]!),
    (which) => alter(alter(good[which]!) + "A"),
    (which) => good[which]!.slice(0, below(good[which]!.length)),
    (which) => swap(good[which]!, admin[which]!),
    (which) => sign(which, { iat: S - 61 - 7_200 * rng() - 300, exp: S - 61 - 100 * rng() }),
    (which) => sign(which, { aud: `${SITE.slice(0, -1)}${below(10)}`, sub: `c-${below(1e6)}` }),
    (which) => sign(which, { exp: S + 3_600 + below(1e6) }),
    (which) => signed(which === 0 ? otherHs : otherEd, which === 0 ? HS_HEAD : ED_HEAD, CLAIMS),
  ];
  const sign = (which: 0 | 1, claims: object): Promise<string> =>
    which === 0
      ? signed(hs, HS_HEAD, { ...CLAIMS, ...claims })
      : signed(edKey, ED_HEAD, { ...CLAIMS, ...claims });
  const accepted: string[] = [];
  for (let i = 0; i < 10_000; i++) {
    const token = await kinds[i % kinds.length]!(i % 3 === 0 ? 1 : 0);
    if ((await verify(token)).ok) accepted.push(token);
  }
  expect(accepted).toEqual([]);
  for (const token of good) expect(await verify(token)).toEqual(ACCEPTED);
}, 120_000);

const HTTPS = "https://api.example/v1/decide";
const LOCAL = "http://localhost:8787/v1/decide";
const asking = (url: string, cookie?: string): Request =>
  new Request(url, cookie === undefined ? {} : { headers: { cookie } });
const pairOf = (header: string): string => header.split(";", 1)[0]!;
const bind = (url: string, customerId = "c-77", days = 90) =>
  mintDevice(bound, SITE, asking(url), { customerId, now: NOW, days });

describe("a device binding", () => {
  test.each([HTTPS, LOCAL, "http://127.0.0.1:8787/", "http://[::1]:8787/", "http://behind-a-proxy.example/"])(
    "set at %s comes back as it was",
    async (url) => {
      const { setCookie, device } = await bind(url);
      expect(device).toEqual({
        customerId: "c-77",
        deviceId: expect.stringMatching(/^d_[A-Za-z0-9_-]{16}$/),
        issuedAt: NOW,
        expiresAt: NOW + 90 * 86_400_000,
      });
      const request = asking(url, `theme=dark; ${pairOf(setCookie)}; _ga=GA1.2.3.4`);
      expect(await readDevice(bound, SITE, request, NOW)).toEqual(device);
      expect(await readDevice(bound, SITE, request, device.expiresAt - 1)).toEqual(device);
      expect(await readDevice(bound, SITE, request, device.expiresAt)).toBeUndefined();
      expect(await readDevice(bound, OTHER, request, NOW)).toBeUndefined();
    },
  );

  test("is out of reach of scripts, other hosts and other shops; on one's own machine over http it still works", async () => {
    const { setCookie } = await bind(HTTPS);
    expect(setCookie).toMatch(
      /^__Host-cg_d=[A-Za-z0-9_-]+; Path=\/; Max-Age=7776000; HttpOnly; Secure; SameSite=None; Partitioned$/,
    );
    expect((await bind("http://behind-a-proxy.example/")).setCookie).toMatch(/^__Host-cg_d=.*; Secure;/);
    expect((await bind(LOCAL)).setCookie).toMatch(
      /^cg_d=[A-Za-z0-9_-]+; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax$/,
    );
  });

  test("says nothing about the customer, and is another each time", async () => {
    const [one, two] = [await bind(HTTPS, "jane@shop.example"), await bind(HTTPS, "jane@shop.example")];
    const value = pairOf(one.setCookie).split("=")[1]!;
    expect(atob(value.replaceAll("-", "+").replaceAll("_", "/"))).not.toMatch(/jane|shop|d_/);
    expect(pairOf(two.setCookie)).not.toBe(pairOf(one.setCookie));
    expect(two.device.deviceId).not.toBe(one.device.deviceId);
  });

  test("altered is none, and a visitor's cookie is none", async () => {
    const pair = pairOf((await bind(HTTPS)).setCookie);
    // Bits of the last digit may mean nothing, so another digit there may be the same cookie.
    for (let at = pair.indexOf("=") + 1; at < pair.length - 1; at++) {
      const altered = pair.slice(0, at) + (pair[at] === "A" ? "B" : "A") + pair.slice(at + 1);
      expect(await readDevice(bound, SITE, asking(HTTPS, altered), NOW), `digit ${at}`).toBeUndefined();
    }
    const visitor = await mintVisitorCookie(bound, SITE, asking(HTTPS), {
      visitorId: "v",
      now: NOW,
      days: 1,
    });
    const renamed = pairOf(visitor).replace("cg_v", "cg_d");
    expect(await readDevice(bound, SITE, asking(HTTPS, renamed), NOW)).toBeUndefined();
  });

  test("of the local name is none on the web", async () => {
    const local = pairOf((await bind(LOCAL)).setCookie);
    expect(await readDevice(bound, SITE, asking(HTTPS, local), NOW)).toBeUndefined();
  });

  test("lives no longer than browsers let it", async () => {
    const { setCookie, device } = await bind(HTTPS, "c-77", 10_000);
    expect(setCookie).toContain(`Max-Age=${400 * 86_400};`);
    expect(device.expiresAt).toBe(NOW + 400 * 86_400_000);
  });

  test("ends, with the visitor's cookie, when the browser is told so", () => {
    expect(endDevice(asking(HTTPS))).toEqual([
      "__Host-cg_d=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None; Partitioned",
      "__Host-cg_v=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None; Partitioned",
    ]);
    expect(endDevice(asking(LOCAL))).toEqual([
      "cg_d=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
      "cg_v=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
    ]);
  });
});

describe("a visitor's cookie", () => {
  test("proves to its site alone, and for its time, which id this browser was handed", async () => {
    const visitorId = "v_0123456789abcdefghijklmn";
    const header = await mintVisitorCookie(bound, SITE, asking(HTTPS), { visitorId, now: NOW, days: 30 });
    const request = asking(HTTPS, pairOf(header));
    expect(header).toMatch(/^__Host-cg_v=/);
    expect(await readVisitorCookie(bound, SITE, request, NOW)).toBe(visitorId);
    expect(await readVisitorCookie(bound, OTHER, request, NOW)).toBeUndefined();
    expect(await readVisitorCookie(bound, SITE, request, NOW + 30 * 86_400_000)).toBeUndefined();
    expect(await readVisitorCookie(bound, SITE, asking(HTTPS), NOW)).toBeUndefined();
  });
});

describe("the cookie parser", () => {
  test.each([
    ["a=1", "1"],
    ["b=2; a=1; c=3", "1"],
    ["b=2;a=1", "1"],
    ["aa=2; xa=3; a=1", "1"],
    ["b; ; =; a=1", "1"],
    ["a =1", "1"],
  ])("finds it in %j", (cookie, value) => expect(readCookie(asking(HTTPS, cookie), "a")).toBe(value));

  test.each([
    ["two of one name", "a=1; a=2"],
    ["two that agree", "a=1; b=2; a=1"],
    ["another case", "A=1"],
    ["an empty value", "a="],
    ["a quoted value", 'a="1"'],
    ["a value with a space", "a=1 2"],
    ["a value with an equals sign", "a=1=2"],
    ["a percent sign", "a=%31"],
    ["a comma", "a=1,b=2"],
    ["a name in a value", "b=a=1"],
    ["a name without a value", "a"],
    ["a value too long", `a=${"1".repeat(2_049)}`],
    ["a header too long", `b=${"2".repeat(17_000)}; a=1`],
  ])("finds nothing in %s", (_, cookie) => expect(readCookie(asking(HTTPS, cookie), "a")).toBeUndefined());

  test("finds nothing where there is no header", () => {
    expect(readCookie(asking(HTTPS), "a")).toBeUndefined();
  });
});
