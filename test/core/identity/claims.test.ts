import { expect, test } from "vitest";
import { readClaims } from "../../../src/core/identity/claims.ts";

const NOW = 1_800_000_000_000;
const S = NOW / 1000;
const GOOD = { sub: "c-1", aud: "shop-1f0a9c3e", iat: S - 10, exp: S + 290 };
const read = (claims: unknown, now = NOW) => readClaims(claims, "shop-1f0a9c3e", now);

test("a good token says who, since when and until when", () => {
  expect(read({ ...GOOD, registeredAt: S - 86_400, jti: "t-1", email: "ignored" })).toEqual({
    ok: true,
    value: {
      customerId: "c-1",
      issuedAt: NOW - 10_000,
      expiresAt: NOW + 290_000,
      registeredAt: NOW - 86_400_000,
      tokenId: "t-1",
    },
  });
  expect(read(GOOD)).toEqual({
    ok: true,
    value: { customerId: "c-1", issuedAt: NOW - 10_000, expiresAt: NOW + 290_000 },
  });
});

test.each([
  ["a whole hour of life", { iat: S, exp: S + 3_600 }],
  ["expired within the tolerance", { iat: S - 600, exp: S - 59 }],
  ["issued within the tolerance ahead", { iat: S + 60, exp: S + 300 }],
  ["fractions of seconds", { iat: S - 0.5, exp: S + 10.25 }],
  ["nbf that has passed", { nbf: S }],
  ["a customer id beyond ASCII", { sub: "Käufer 7" }],
])("accepted: %s", (_, claims) => expect(read({ ...GOOD, ...claims }).ok).toBe(true));

test.each([
  ["aud of another site", { aud: "shop-2" }, /aud/],
  ["aud absent", { aud: undefined }, /aud/],
  ["aud as a list", { aud: ["shop-1f0a9c3e"] }, /aud/],
  ["sub absent", { sub: undefined }, /sub/],
  ["sub as a list", { sub: ["c-1"] }, /sub/],
  ["sub as a number", { sub: 7 }, /sub/],
  ["sub empty", { sub: "" }, /sub/],
  ["sub a placeholder", { sub: "undefined" }, /sub/],
  ["sub with an invisible character", { sub: "c\u200b1" }, /sub/],
  ["sub too long", { sub: "c".repeat(129) }, /sub/],
  ["exp absent", { exp: undefined }, /exp/],
  ["exp as text", { exp: String(S + 290) }, /exp/],
  ["exp null", { exp: null }, /exp/],
  ["exp not finite", { exp: Infinity }, /exp/],
  ["exp in milliseconds", { exp: NOW + 290_000 }, /exp/],
  ["iat absent", { iat: undefined }, /iat/],
  ["iat in milliseconds", { iat: NOW, exp: NOW + 300 }, /iat/],
  ["iat negative", { iat: -1 }, /iat/],
  ["iat ahead", { iat: S + 61, exp: S + 300 }, /future/],
  ["exp before iat", { iat: S, exp: S }, /later/],
  ["a second over the hour", { iat: S, exp: S + 3_601 }, /hour/],
  ["a year of life", { exp: S + 31_536_000 }, /hour/],
  ["expired beyond the tolerance", { iat: S - 600, exp: S - 60 }, /expired/],
  ["nbf ahead", { nbf: S + 61 }, /nbf/],
  ["nbf as text", { nbf: "now" }, /nbf/],
  ["jti not text", { jti: 7 }, /jti/],
  ["jti too long", { jti: "t".repeat(129) }, /jti/],
  ["registered in the future", { registeredAt: S + 61 }, /registeredAt/],
  ["registered in milliseconds", { registeredAt: NOW }, /registeredAt/],
  ["registered as text", { registeredAt: "2026-01-01" }, /registeredAt/],
])("refused: %s", (_, claims, detail) => {
  const result = read({ ...GOOD, ...claims });
  if (result.ok) throw new Error("accepted");
  expect(result.problem.code).toBe("identity_unverified");
  expect(result.problem.detail).toMatch(detail);
});

test.each([null, [], "text", 7, true, undefined])("a payload of %j is refused", (claims) => {
  expect(read(claims).ok).toBe(false);
});

test("a refusal repeats nothing of the token", () => {
  const result = read({ ...GOOD, aud: "secret-site", sub: "secret-customer" });
  expect(JSON.stringify(result)).not.toContain("secret");
});
