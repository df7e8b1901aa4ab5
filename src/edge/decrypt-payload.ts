/**
 * Opens an encrypted GrowthBook payload: `iv.ciphertext`, both Base64, AES-CBC under a Base64 key. `undefined`: the key is
 * another, or the text is none of that. What comes out is text; whether it is JSON, the reader finds out.
 * Source: GrowthBook SDK specification 0.8.0, `decrypt`.
 */
export async function decryptPayload(sealed: string, key: string): Promise<string | undefined> {
  const [iv, body, ...more] = sealed.split(".");
  if (iv === undefined || body === undefined || more.length > 0) return undefined;
  try {
    const opened = await crypto.subtle.decrypt(
      { name: "AES-CBC", iv: bytesOf(iv) },
      await crypto.subtle.importKey("raw", bytesOf(key), { name: "AES-CBC" }, false, ["decrypt"]),
      bytesOf(body),
    );
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(opened);
  } catch {
    return undefined;
  }
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
