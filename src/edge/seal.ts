import { fromBase64url, hmac, toBase64url } from "./hmac.ts";

/** The sealing key of each root secret, imported once per isolate. */
const imported = new Map<string, Promise<CryptoKey>>();
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes of the random start of a sealed text; AES-GCM's own size (NIST SP 800-38D, 8.2.2). */
const IV_BYTES = 12;

type Secret = { readonly CONCIERGE_SECRET: string };

/** The use under which an erased customer's id travels from their object through the ledger to the courier. */
export const ERASED_ID_USE = "erased-customer-id";

function keyOf({ CONCIERGE_SECRET: secret }: Secret): Promise<CryptoKey> {
  let key = imported.get(secret);
  if (!key) {
    key = hmac(secret, "seal", "aes-gcm-256").then((bytes) =>
      crypto.subtle.importKey("raw", bytes as Uint8Array<ArrayBuffer>, "AES-GCM", false, [
        "encrypt",
        "decrypt",
      ]),
    );
    imported.set(secret, key);
  }
  return key;
}

/**
 * Locks a text with AES-256-GCM under a key derived from the root secret. `use` says what it is for and is
 * authenticated: what was sealed for one use opens for no other.
 * @returns base64url without padding: 28 bytes more than the text's UTF-8
 * @example await unseal(env, "device", await seal(env, "device", "x")) // "x"
 */
export async function seal(env: Secret, use: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const locked = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: encoder.encode(use) },
    await keyOf(env),
    encoder.encode(text),
  );
  const bytes = new Uint8Array(IV_BYTES + locked.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(locked), IV_BYTES);
  return toBase64url(bytes);
}

/** Opens a sealed text; `undefined` where it was not sealed by this deployment for this use, or was altered. */
export async function unseal(env: Secret, use: string, sealed: string): Promise<string | undefined> {
  const bytes = fromBase64url(sealed);
  if (bytes === undefined || bytes.length <= IV_BYTES) return undefined;
  try {
    const text = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: bytes.slice(0, IV_BYTES), additionalData: encoder.encode(use) },
      await keyOf(env),
      bytes.slice(IV_BYTES),
    );
    return decoder.decode(text);
  } catch {
    return undefined;
  }
}
