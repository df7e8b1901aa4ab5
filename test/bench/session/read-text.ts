import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { UsageError } from "./usage-error.ts";

const GZIP_MAGIC = [0x1f, 0x8b];

/** Lines of a text file that are not empty; one that is packed by gzip, whatever its name, is unpacked. */
export function readLines(path: string): string[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
    if (GZIP_MAGIC.every((byte, i) => bytes[i] === byte)) bytes = gunzipSync(bytes);
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read (${reasonOf(error)}). Name a text file, packed by gzip or not.`,
    );
  }
  const lines = bytes
    .toString("utf8")
    .split("\n")
    .map((line) => line.trimEnd())
    .filter(Boolean);
  if (lines.length === 0) throw new UsageError(`${path} is empty. Name a file with sessions.`);
  return lines;
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
