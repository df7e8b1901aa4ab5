const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const WORTH: ReadonlyMap<string, number> = new Map([...ALPHABET].map((character, i) => [character, i]));

/** Largest number a Fibonacci code may spell here: section ids are small, and a run of zeros must not cost anything. */
const FIBONACCI_MAX = 1024;

/**
 * Reads a base64url text bit by bit, the highest bit of each character first, as consent strings are packed. Reading past
 * the end yields zeros and sets `ranOut`, so that a decoder asks once, at its end, instead of after every field.
 */
export class BitReader {
  readonly #text: string;
  #at = 0;
  #ranOut = false;

  /** @param text base64url without padding; see `isBase64Url`. */
  constructor(text: string) {
    this.#text = text;
  }

  /** Whether more was asked for than there was: what was read since is worthless. */
  get ranOut(): boolean {
    return this.#ranOut;
  }

  /** Passes over so many bits. */
  skip(width: number): void {
    this.#at += width;
    if (this.#at > this.#text.length * 6) this.#ranOut = true;
  }

  /** The next bits as an unsigned integer. `width` in bits, at most 53. @example new BitReader("CA").int(6) // 2 */
  int(width: number): number {
    const from = this.#at;
    this.skip(width);
    if (this.#ranOut) return 0;
    let value = 0;
    // Multiplied, not shifted: moments are 36 bits wide and shifts know 32.
    for (let at = from; at < this.#at; at++) {
      const sextet = WORTH.get(this.#text[Math.floor(at / 6)]!) ?? 0;
      value = value * 2 + ((sextet >> (5 - (at % 6))) & 1);
    }
    return value;
  }

  /** The next bit as yes or no. */
  flag(): boolean {
    return this.int(1) === 1;
  }

  /** Positions, counted from one, of the bits that are set among the next so many. */
  positions(width: number): number[] {
    const set: number[] = [];
    for (let position = 1; position <= width; position++) if (this.flag()) set.push(position);
    return set;
  }

  /**
   * The next integer in Fibonacci code: a sum of 1, 2, 3, 5, 8 …, ended by two ones in a row. A number beyond what any
   * section id could be counts as running out. @example new BitReader("WA").fibonacci() // 2, from the bits 011
   */
  fibonacci(): number {
    let [value, weight, next, wasSet] = [0, 1, 2, false];
    while (weight <= FIBONACCI_MAX) {
      const isSet = this.flag();
      if (this.#ranOut) return 0;
      if (isSet && wasSet) return value;
      if (isSet) value += weight;
      wasSet = isSet;
      [weight, next] = [next, weight + next];
    }
    this.#ranOut = true;
    return 0;
  }
}

/** Whether a text is base64url without padding, and not empty: what a segment of a consent string must be. */
export const isBase64Url = (text: string): boolean => /^[A-Za-z0-9_-]+$/.test(text);
