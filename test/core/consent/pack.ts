import fc from "fast-check";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Packs fields of `[value, width in bits]` into base64url: the other direction of what the core reads. */
export function pack(fields: readonly (readonly [value: number, width: number])[]): string {
  const bits = fields.map(([value, width]) => value.toString(2).padStart(width, "0")).join("");
  const sextets = bits.padEnd(Math.ceil(bits.length / 6) * 6, "0").match(/.{6}/g) ?? [];
  return sextets.map((sextet) => ALPHABET[Number.parseInt(sextet, 2)]).join("");
}

/** The fields of a set of positions, counted from one. */
export const positions = (set: readonly number[], width: number): (readonly [number, number])[] =>
  Array.from({ length: width }, (_, i) => [set.includes(i + 1) ? 1 : 0, 1] as const);

/** The same text with one bit of one of its characters turned; separators are left as they are. */
export function turnBit(text: string, at: number): string {
  const place = Math.floor(at / 6);
  const worth = ALPHABET.indexOf(text[place] ?? "");
  if (worth < 0) return text;
  return text.slice(0, place) + ALPHABET[worth ^ (1 << (5 - (at % 6)))] + text.slice(place + 1);
}

/** The lines of a shared file; none where it is absent. */
export const linesOf = (text: string | undefined): string[] =>
  (text ?? "").split("\n").filter((line) => line.trim() !== "");

/** Any unit of text, halves of pairs and control characters included. */
export const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
