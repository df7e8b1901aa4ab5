/** Each part with its length before it, so that no two different lists of parts give one text. */
export const lengthPrefixed = (parts: readonly string[]): string =>
  parts.map((part) => `${part.length}:${part}`).join("");
