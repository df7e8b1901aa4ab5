/** How long after a full disk was met an error without a cause counts as that. */
const FULL_MS = 10_000;
let fullAt = -Infinity;

/** Notes what an object said went wrong. @returns whether it is that the disk is full */
export function noteFault(error: unknown): boolean {
  const isFull = /SQLITE_FULL|database or disk is full|no space/i.test(String(error));
  if (isFull) fullAt = Date.now();
  return isFull;
}

/**
 * Whether an error means that there is no room. A write that fails behind an answer takes its object along, and whoever asked it
 * hears of an internal error only; so shortly after somebody met a full disk that is what it is.
 */
export function isOfFullDisk(error: unknown): boolean {
  if (noteFault(error)) return true;
  return /internal error; reference/i.test(String(error)) && Date.now() < fullAt + FULL_MS;
}
