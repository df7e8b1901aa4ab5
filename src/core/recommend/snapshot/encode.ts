import type { ItemId } from "../../primitives/ids.ts";
import { ROW_NAMES, type RowName } from "../settings.ts";
import type { ModelSnapshot, RaggedRows } from "./snapshot.ts";

/*
 * Little-endian, as every engine that runs this is. Thirty-two words of head, then each part on a word's border:
 * item lengths, item text, counts, lists, and the parts of each row. Item text is UTF-16, or one byte per unit where
 * all units fit.
 */
const MAGIC = 0x31534d43; // "CMS1"
const HEAD_WORDS = 32;
const CHECKSUM_AT = 1;

/** FNV-1a over words rather than bytes: finds damage, proves nothing. */
function checksum(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let i = CHECKSUM_AT + 1; i < words.length; i++) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  return hash >>> 0;
}

/** A snapshot as bytes, to be kept, sent and mapped again. */
export function encodeSnapshot(snapshot: ModelSnapshot): Uint8Array {
  const text = snapshot.items.join("");
  const lengths = Uint16Array.from(snapshot.items, (id) => id.length);
  const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const isWide = units.some((unit) => unit > 255);
  const rows = ROW_NAMES.map((name) => snapshot.rows[name]);
  const parts: (Uint8Array | Uint16Array | Uint32Array | Float32Array)[] = [
    lengths,
    isWide ? units : Uint8Array.from(units),
    snapshot.visits,
    snapshot.inBaskets,
    snapshot.buyers,
    snapshot.heat,
    snapshot.popular,
    snapshot.trending,
    ...rows.flatMap((row) => [
      row.offsets,
      row.scales,
      row.neighbours,
      row.weights,
      row.times,
      row.customers,
    ]),
  ];
  const padded = (bytes: number) => Math.ceil(bytes / 4) * 4;
  const size = parts.reduce((sum, part) => sum + padded(part.byteLength), HEAD_WORDS * 4);
  const bytes = new Uint8Array(size);
  const head = new Uint32Array(bytes.buffer);
  head[0] = MAGIC;
  head.set(
    [
      size,
      snapshot.items.length,
      text.length,
      isWide ? 1 : 0,
      snapshot.minCustomers,
      snapshot.supportersCap,
      snapshot.baskets,
      snapshot.popular.length,
      snapshot.trending.length,
      ...rows.map((row) => row.weights.length),
    ],
    CHECKSUM_AT + 1,
  );
  new Float64Array(bytes.buffer, 16 * 4, 2).set([snapshot.version, snapshot.publishedAt]);
  let at = HEAD_WORDS * 4;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += padded(part.byteLength);
  }
  head[CHECKSUM_AT] = checksum(head);
  return bytes;
}

/**
 * The snapshot in these bytes. Its arrays are views into them, so leave the bytes alone afterwards; only the item ids
 * and their index are made anew.
 * @throws {Error} when the bytes are no snapshot, of another format, cut short or damaged: keep serving the old one
 */
export function decodeSnapshot(source: Uint8Array): ModelSnapshot {
  // Views of numbers must begin at a multiple of their size; bytes from storage or a stream may not.
  const bytes = source.byteOffset % 8 === 0 ? source : source.slice();
  const head = new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4));
  if (head[0] !== MAGIC) throw new Error("These bytes are not a model snapshot of this format.");
  const [size, items, units, isWide, minCustomers, supportersCap, baskets, populars, hot, ...entries] =
    head.subarray(CHECKSUM_AT + 1, 15);
  if (size !== bytes.byteLength || checksum(head) !== head[CHECKSUM_AT]) {
    throw new Error(`The model snapshot is damaged: ${bytes.byteLength} of ${size} bytes, or a wrong sum.`);
  }
  const [version, publishedAt] = new Float64Array(bytes.buffer, bytes.byteOffset + 16 * 4, 2);
  let at = bytes.byteOffset + HEAD_WORDS * 4;
  const part = <T extends { readonly byteLength: number }>(
    View: new (buffer: ArrayBufferLike, offset: number, length: number) => T,
    length: number,
  ): T => {
    const view = new View(bytes.buffer, at, length);
    at += Math.ceil(view.byteLength / 4) * 4;
    return view;
  };
  const ids = idsOf(
    part(Uint16Array, items!),
    isWide === 1 ? part(Uint16Array, units!) : part(Uint8Array, units!),
  );
  const word = (length: number) => part(Uint32Array, length);
  const counts = { visits: word(items!), inBaskets: word(items!), buyers: word(items!) };
  const heat = part(Float32Array, items!);
  const lists = { popular: word(populars!), trending: word(hot!) };
  const rowOf = (length: number): RaggedRows => ({
    offsets: word(items! + 1),
    scales: part(Float32Array, items!),
    neighbours: items! <= 65_536 ? part(Uint16Array, length) : word(length),
    weights: part(Uint16Array, length),
    times: part(Uint16Array, length),
    customers: part(Uint8Array, length),
  });
  const rows = Object.fromEntries(ROW_NAMES.map((name, i) => [name, rowOf(entries[i]!)]));
  return {
    version: version!,
    publishedAt: publishedAt!,
    minCustomers: minCustomers!,
    supportersCap: supportersCap!,
    baskets: baskets!,
    items: ids,
    index: new Map(ids.map((id, place) => [id, place])),
    ...counts,
    heat,
    ...lists,
    rows: rows as Record<RowName, RaggedRows>,
  };
}

const UNITS_AT_ONCE = 8_192;

function idsOf(lengths: Uint16Array, units: Uint8Array | Uint16Array): ItemId[] {
  let text = "";
  for (let from = 0; from < units.length; from += UNITS_AT_ONCE) {
    text += String.fromCharCode(...units.subarray(from, from + UNITS_AT_ONCE));
  }
  let end = 0;
  return Array.from(lengths, (length) => text.slice(end, (end += length)));
}
