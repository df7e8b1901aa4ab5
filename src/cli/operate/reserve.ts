import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What gives way when the disk is full. */
export const RESERVE = "reserve";
const BYTES = 64 * 1024 * 1024;

/**
 * Keeps a file beside the objects that can be deleted when the disk is full: erasing somebody needs room too, and must not
 * wait for a larger disk.
 */
export function provideReserve(objects: string): void {
  const path = join(objects, RESERVE);
  if (!existsSync(path)) writeFileSync(path, Buffer.alloc(BYTES), { mode: 0o600 });
}
