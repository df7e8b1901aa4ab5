import { fail, succeed, type Result } from "../core/primitives/result.ts";

const PEM = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;

/**
 * An Ed25519 public key, from JWK (object or text) or SPKI PEM, as the JWK text that is kept: its public members and
 * nothing else. Problem: `body_invalid`.
 * @example await publicKeyText({ kty: "OKP", crv: "Ed25519", x: "11qYAYKx…" }) // '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKx…"}'
 */
export async function publicKeyText(given: unknown): Promise<Result<string>> {
  const isPrivate =
    typeof given === "string"
      ? /PRIVATE KEY|"d"\s*:/.test(given)
      : typeof given === "object" && given !== null && "d" in given;
  if (isPrivate)
    return refuse(
      "/publicKey holds a private key.",
      "Send the public key alone, and make a new pair: this one has now left your server.",
    );
  const x = typeof given === "string" ? await fromText(given) : await fromJwk(given);
  return x === undefined
    ? refuse(
        "/publicKey must be an Ed25519 public key.",
        "Send a JWK (kty OKP, crv Ed25519) or SPKI PEM: openssl pkey -in private.pem -pubout",
      )
    : succeed(JSON.stringify({ kty: "OKP", crv: "Ed25519", x }));
}

const refuse = (detail: string, cure: string) =>
  fail({ code: "body_invalid", pointer: "/publicKey", detail, cure });

async function fromText(text: string): Promise<string | undefined> {
  const pem = PEM.exec(text);
  try {
    if (!pem) return await fromJwk(JSON.parse(text));
    const der = Uint8Array.from(atob(pem[1]!.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0));
    return await xOf("spki", der);
  } catch {
    return undefined;
  }
}

async function fromJwk(value: unknown): Promise<string | undefined> {
  const { kty, crv, x } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (kty !== "OKP" || crv !== "Ed25519" || typeof x !== "string") return undefined;
  try {
    return await xOf("jwk", { kty, crv, x });
  } catch {
    return undefined;
  }
}

/** Imports the key, which checks it, and gives its one public member in the platform's own spelling. */
async function xOf(...given: ["spki", Uint8Array] | ["jwk", JsonWebKey]): Promise<string | undefined> {
  const key = await crypto.subtle.importKey(given[0], given[1], { name: "Ed25519" }, true, ["verify"]);
  const exported = (await crypto.subtle.exportKey("jwk", key)) as JsonWebKey;
  return exported.kty === "OKP" && exported.crv === "Ed25519" ? exported.x : undefined;
}
