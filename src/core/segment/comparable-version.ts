/** Longest text read as a version. Visitors write the texts that versions are asked of, and may ask thousands of times. */
const LENGTH_MAX = 64;

/** Width that numbers are padded to, so that text order is number order up to 99999. GrowthBook's choice. */
const NUMBER_WIDTH = 5;

/**
 * A version as a text whose order is the version's order: a leading `v` and the build (`+…`) are dropped, numbers are
 * padded, and a release gets a `~` so that it sorts after its pre-releases. What is no version counts as `0`.
 * Source: GrowthBook SDK specification 0.8.0, `paddedVersionString`.
 * @example comparableVersion("v1.2.3+build7") // "    1-    2-    3-~"
 */
export function comparableVersion(raw: unknown): string {
  const given = typeof raw === "number" ? String(raw) : raw;
  const text = typeof given === "string" && given !== "" ? given.slice(0, LENGTH_MAX) : "0";
  const build = text.indexOf("+");
  const parts = text.slice(text.startsWith("v") ? 1 : 0, build === -1 ? text.length : build).split(/[-.]/);
  if (parts.length === 3) parts.push("~");
  return parts.map((part) => (/^[0-9]+$/.test(part) ? part.padStart(NUMBER_WIDTH, " ") : part)).join("-");
}
