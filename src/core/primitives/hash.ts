/**
 * FNV-1a, 32 bits, over UTF-16 code units: what every GrowthBook SDK in JavaScript does, so the answer for non-ASCII
 * text differs from SDKs that hash UTF-8 bytes.
 * @example fnv1a32("a") // 3826002220
 */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
