/** So many bytes are drawn at a time: asking the platform costs some 20 µs, however few one wants. */
const DRAWN_BYTES = 4_096;

let drawn = new Uint8Array(0);
let given = 0;

/**
 * Random bytes that nobody can guess, none of them given twice. For what each request needs a few of; keys and other secrets
 * are drawn where they are made, so that they lie nowhere before.
 */
export function chance(count: number): Uint8Array {
  if (given + count > drawn.length) {
    drawn = crypto.getRandomValues(new Uint8Array(Math.max(DRAWN_BYTES, count)));
    given = 0;
  }
  return drawn.slice(given, (given += count));
}
