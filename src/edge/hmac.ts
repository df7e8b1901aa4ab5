/** Keys derived from the root secret, imported once per isolate: `importKey` costs more than a signature. */
const imported = new Map<string, Promise<CryptoKey>>();
const encoder = new TextEncoder();

function keyFor(secret: string, use: string): Promise<CryptoKey> {
  const name = `${use}\n${secret}`;
  let key = imported.get(name);
  if (!key) {
    key = crypto.subtle.importKey("raw", encoder.encode(name), { name: "HMAC", hash: "SHA-256" }, false, [
      "sign",
      "verify",
    ]);
    imported.set(name, key);
  }
  return key;
}

/** HMAC-SHA256 of a text under the secret's key for one use; keys of different uses never meet. */
export async function hmac(secret: string, use: string, text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await keyFor(secret, use), encoder.encode(text)));
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

type Base64 = { toBase64?(options: { alphabet: "base64url"; omitPadding: true }): string };

/** Base64url without padding; the runtime's own encoder where it has one. */
export function toBase64url(bytes: Uint8Array): string {
  const own = (bytes as Uint8Array & Base64).toBase64?.({ alphabet: "base64url", omitPadding: true });
  if (own !== undefined) return own;
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromBase64url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return undefined;
  }
}

/** Whether two byte strings are equal, in a time that does not tell where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}
