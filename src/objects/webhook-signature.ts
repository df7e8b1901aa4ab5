import type { SecretVersion } from "../core/webhook/secret-version.ts";
import { signingSecrets } from "../core/webhook/secret-version.ts";
import { secondsOf, signedContent } from "../core/webhook/message.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { hmac } from "../edge/hmac.ts";
import { lengthPrefixed } from "../edge/length-prefixed.ts";

const PREFIX = "whsec_";

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/**
 * An endpoint's secret of a version, as its receiver holds it: 32 bytes derived from the root secret, so nothing secret is
 * stored. `courier` is the object's id and stands for the site.
 * @example "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
 */
export async function webhookSecret(
  env: { readonly CONCIERGE_SECRET: string },
  courier: string,
  endpoint: string,
  version: number,
): Promise<string> {
  const parts = lengthPrefixed([courier, "webhook", endpoint, String(version)]);
  return PREFIX + toBase64(await hmac(env.CONCIERGE_SECRET, "webhook-secret", parts));
}

/**
 * Signs a message with one secret. Source: Standard Webhooks 1.0, "Symmetric signatures".
 * @throws when the secret is none: an empty key would sign for everybody
 */
export async function signWith(secret: string, content: string): Promise<string> {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : "";
  if (encoded === "") throw new Error("A webhook secret is whsec_ and base64.");
  const key = await crypto.subtle.importKey(
    "raw",
    Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(content));
  return `v1,${toBase64(new Uint8Array(signature))}`;
}

/** The headers by which a receiver knows a message is ours: signed by every secret that is valid now. */
export async function signedHeaders(
  env: { readonly CONCIERGE_SECRET: string },
  courier: string,
  endpoint: { readonly id: string; readonly secrets: readonly SecretVersion[] },
  message: { readonly id: string; readonly sentAt: EpochMs; readonly body: string },
): Promise<Record<string, string>> {
  const content = signedContent(message.id, message.sentAt, message.body);
  const signatures = signingSecrets(endpoint.secrets, message.sentAt).map(async ({ version }) =>
    signWith(await webhookSecret(env, courier, endpoint.id, version), content),
  );
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(secondsOf(message.sentAt)),
    "webhook-signature": (await Promise.all(signatures)).join(" "),
  };
}
