/** Caps on what enters, each with its unit and reason. */
export const LIMITS = {
  /** bytes of an events, decide or rank body. Segment's own is 500 KB. */
  bodyBytesMax: 512 * 1024,
  /** bytes of a catalog body: 25 MB is some 40,000 items; more come in several requests. */
  catalogBytesMax: 25 * 1024 * 1024,
  /** nesting of a JSON body; V8 parses any depth, but everything that walks the value recurses. */
  depthMax: 16,
  /** keys of one object, and items of one array. */
  widthMax: 5_000,
  /** UTF-16 units of one string. */
  stringMax: 16 * 1024,
} as const;
