/** Words of a title that are looked at. A longer title is an advertisement, not a name. */
export const WORDS_MAX = 24;
/** Characters of a title that are looked at. */
const CHARACTERS_MAX = 256;

// oxlint-disable-next-line no-control-regex -- the range of ASCII begins with control characters
const ASCII = /^[\x00-\x7f]*$/;
// oxlint-disable-next-line no-control-regex -- all but the range of ASCII
const BEYOND_ASCII = /[^\x00-\x7f]/gu;
const DIACRITICS = /[\u0300-\u036f]+/g;
const IN_WORDS = /[\p{L}\p{N}\p{M}]/u;

/** Characters folded so far: a shop's language has few, and normalizing is slow. */
const folded = new Map<string, string>();
const FOLDED_MAX = 10_000;

function foldCharacter(character: string): string {
  let plain = folded.get(character);
  if (plain !== undefined) return plain;
  // Recomposed afterwards: what is no diacritic (Hangul, kana marks) belongs to its letter.
  plain = character.normalize("NFKD").replace(DIACRITICS, "").normalize("NFC").toLowerCase();
  if (plain === "ß") plain = "ss";
  if (plain !== "" && !IN_WORDS.test(plain)) plain = " ";
  if (folded.size >= FOLDED_MAX) folded.clear();
  folded.set(character, plain);
  return plain;
}

/**
 * A title as words are compared in: lower case, Latin, Greek and Cyrillic letters without their marks, compatibility
 * forms (full width, ligatures) as plain letters. ASCII separators may remain; `eachWord` passes over them.
 * @example fold("Café-Crème №5") // "cafe-creme no5"
 */
export function fold(title: string): string {
  const text = title.length > CHARACTERS_MAX ? title.slice(0, CHARACTERS_MAX) : title;
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize("NFC").replace(BEYOND_ASCII, foldCharacter).toLowerCase();
}

const isAsciiWord = (code: number) => (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
/** Scripts that put no spaces between words: Thai to Khmer, and Han with the kana. */
const isUnspaced = (code: number) =>
  (code >= 0x0e00 && code <= 0x0eff) ||
  (code >= 0x1780 && code <= 0x17ff) ||
  (code >= 0x2e80 && code <= 0x9fff) ||
  // Halves of the rarer Han characters; of emoji too, which are no worse told apart in pairs.
  (code >= 0xd800 && code <= 0xdfff);
const isWord = (code: number) => (code < 128 ? isAsciiWord(code) : true);

/** FNV-1a's prime. */
const PRIME = 0x01000193;
const BASIS = 0x811c9dc5;

/**
 * Calls `visit` with the hash of each word of a folded title and where it lies in it, at most `WORDS_MAX` times; a word
 * said twice comes twice. Where a script puts no spaces, each two neighbouring characters are a word.
 */
export function eachWord(folded: string, visit: (hash: number, from: number, to: number) => void): void {
  const { length } = folded;
  let words = 0;
  for (let at = 0; at < length && words < WORDS_MAX;) {
    const first = folded.charCodeAt(at);
    if (!isWord(first)) {
      at++;
      continue;
    }
    const from = at;
    if (isUnspaced(first)) {
      while (at < length && isUnspaced(folded.charCodeAt(at))) at++;
      if (at - from === 1) visit(Math.imul(BASIS ^ first, PRIME) >>> 0, from, at);
      for (let i = from; i + 1 < at && words < WORDS_MAX; i++, words++) {
        const one = Math.imul(BASIS ^ folded.charCodeAt(i), PRIME);
        visit(Math.imul(one ^ folded.charCodeAt(i + 1), PRIME) >>> 0, i, i + 2);
      }
      words++;
      continue;
    }
    let hash = BASIS;
    for (; at < length; at++) {
      const code = folded.charCodeAt(at);
      if (!isWord(code) || isUnspaced(code)) break;
      hash = Math.imul(hash ^ code, PRIME);
    }
    visit(hash >>> 0, from, at);
    words++;
  }
}
