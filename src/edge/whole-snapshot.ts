import type { SnapshotStart } from "../core/recommend/snapshot/encode.ts";
import type { Env } from "../env.ts";

/** All bytes of a snapshot whose first piece has come, or `undefined` when a newer one was published on the way. */
export async function wholeSnapshot(
  stub: ReturnType<Env["MODEL"]["get"]>,
  start: SnapshotStart,
  minCustomers: number,
): Promise<Uint8Array | undefined> {
  const { version, size, bytes: first } = start;
  if (first.length === size) return first;
  const bytes = new Uint8Array(size);
  bytes.set(first);
  for (let at = first.length; at < size;) {
    const piece = await stub.snapshotFrom(version, minCustomers, at);
    if (!piece || piece.length === 0) return undefined;
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
