const encoder = new TextEncoder();

/**
 * Whether a shop system signed this very text: base64 of HMAC-SHA256, as Shopify (`X-Shopify-Hmac-Sha256`) and
 * WooCommerce (`X-WC-Webhook-Signature`) send it. Compared by the platform's own verification, whose time tells nothing.
 * @param secrets tried in turn, so that a secret can be replaced without losing a webhook
 */
export async function isSigned(
  body: string,
  signature: string | undefined,
  secrets: readonly string[],
): Promise<boolean> {
  const bytes = bytesOf(signature);
  if (!bytes) return false;
  for (const secret of secrets) {
    if (secret === "") continue;
    const key = await crypto.subtle.importKey(
      "raw",
      encoder.encode(secret),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["verify"],
    );
    if (await crypto.subtle.verify("HMAC", key, bytes, encoder.encode(body))) return true;
  }
  return false;
}

function bytesOf(base64: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (base64 === undefined || !/^[A-Za-z0-9+/]{43}=$/.test(base64)) return undefined;
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
