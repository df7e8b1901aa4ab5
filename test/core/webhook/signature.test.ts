import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signedContent } from "../../../src/core/webhook/message.ts";
import { signedHeaders, signWith, webhookSecret } from "../../../src/objects/webhook-signature.ts";
import { readShared } from "../../support/shared.ts";

const env = { CONCIERGE_SECRET: "a-secret-of-the-tests-and-of-nothing-else" };
const SECOND = 1_000;

type Vector = { secret: string; id: string; timestampSeconds: number; payload: string; signature: string };
const vectors = readShared("vectors/standard-webhooks/vectors.json");

/** The same signature from Node's own HMAC: shares no line with the code under test. */
const independent = (secret: string, text: string) =>
  `v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
    .update(text)
    .digest("base64")}`;

describe.skipIf(vectors === undefined)("the reference example of Standard Webhooks", () => {
  const { sign } = JSON.parse(vectors ?? "{}") as { sign: Vector[] };
  test.each(sign)("$id", async ({ secret, id, timestampSeconds, payload, signature }) => {
    const content = signedContent(id, timestampSeconds * SECOND + 999, payload);
    expect(await signWith(secret, content)).toBe(signature);
    expect(independent(secret, content)).toBe(signature);
  });
});

test("a secret that is empty, or none, signs nothing", async () => {
  for (const secret of ["whsec_", "", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    await expect(signWith(secret, "x")).rejects.toThrow("whsec_");
});

test("a secret is 32 bytes, the same each time, and another for each site, endpoint and version", async () => {
  const places = [
    ["site-1", "crm", 1],
    ["site-1", "crm", 2],
    ["site-1", "erp", 1],
    ["site-2", "crm", 1],
    // Parts are told apart by their lengths.
    ["site-1c", "rm", 1],
  ] as const;
  const secrets = await Promise.all(
    places.map(([site, id, version]) => webhookSecret(env, site, id, version)),
  );
  expect(new Set(secrets).size).toBe(places.length);
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(Buffer.from(secret.slice(6), "base64")).toHaveLength(32);
  }
  expect(await webhookSecret(env, "site-1", "crm", 1)).toBe(secrets[0]);
  const elsewhere = { CONCIERGE_SECRET: "another-secret-of-another-deployment" };
  expect(await webhookSecret(elsewhere, "site-1", "crm", 1)).not.toBe(secrets[0]);
});

test("headers carry one signature for each secret that is valid at the moment of the try, the current one first", async () => {
  const secrets = [
    { version: 30, until: null },
    { version: 20, until: 5_000 },
    { version: 10, until: 4_000 },
  ];
  const headers = await signedHeaders(
    env,
    "site",
    { id: "crm", secrets },
    { id: "n1", sentAt: 4_321, body: "ü{}" },
  );
  const own = async (version: number) =>
    independent(await webhookSecret(env, "site", "crm", version), "n1.4.ü{}");
  expect(headers).toEqual({
    "webhook-id": "n1",
    "webhook-timestamp": "4",
    "webhook-signature": `${await own(30)} ${await own(20)}`,
  });
});
