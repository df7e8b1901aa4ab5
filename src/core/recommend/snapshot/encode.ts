import type { ItemId } from "../../primitives/ids.ts";
import { ROW_NAMES, type RowName } from "../settings.ts";
import type { ModelSnapshot, RaggedRows } from "./snapshot.ts";
import type { TypePair } from "./type-pairs.ts";

/*
 * Little-endian, as every engine that runs this is: three words (magic, size, length of the head), a head of JSON, the
 * parts it lists, each on a word's border, and a sum over everything before. Item text is UTF-16, or one byte per unit where all units fit.
 */
const MAGIC = 0x32534d43; // "CMS2"
const FIXED_BYTES = 12;
const SUM_BYTES = 4;
const SUM_SEED = 0x811c9dc5;

const VIEWS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array } as const;
type ViewName = keyof typeof VIEWS;
type View = Uint8Array | Uint16Array | Uint32Array | Float32Array;

type Head = Pick<
  ModelSnapshot,
  "version" | "publishedAt" | "minCustomers" | "supportersCap" | "baskets" | "liftSlack"
> & {
  readonly typePairs: readonly (readonly [type: string, pairs: readonly TypePair[]])[];
  readonly parts: readonly (readonly [name: string, view: ViewName, length: number])[];
};

/** FNV-1a over words rather than bytes, carried on from `hash`: finds damage, proves nothing. */
function checksum(bytes: Uint8Array, hash: number): number {
  const isAligned = bytes.byteOffset % 4 === 0;
  const whole = isAligned ? bytes.length >> 2 : 0;
  const words = new Uint32Array(bytes.buffer, isAligned ? bytes.byteOffset : 0, whole);
  let sum = hash;
  for (let i = 0; i < whole; i++) sum = Math.imul(sum ^ words[i]!, 0x01000193);
  for (let i = whole * 4; i < bytes.length; i += 4) {
    const word =
      bytes[i]! | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24);
    sum = Math.imul(sum ^ word, 0x01000193);
  }
  return sum;
}

const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;
const nameOf = (view: View): ViewName =>
  view instanceof Uint8Array
    ? "u8"
    : view instanceof Uint16Array
      ? "u16"
      : view instanceof Uint32Array
        ? "u32"
        : "f32";

/** A snapshot as bytes, to be kept, sent and mapped again. */
export function encodeSnapshot(snapshot: ModelSnapshot): Uint8Array {
  const layout = layOut(snapshot);
  return bytesAt(layout, 0, layout.size);
}

/** Where every byte of an encoded snapshot comes from, so that it can be sent in pieces and is never held twice. */
export type Layout = { readonly version: number; readonly size: number; readonly parts: readonly Placed[] };
/** An encoded snapshot on its way: how many bytes it has, and the first of them. */
export type SnapshotStart = { readonly version: number; readonly size: number; readonly bytes: Uint8Array };
type Placed = { readonly at: number; readonly bytes: Uint8Array };

/** The layout of a snapshot. Its parts stay where they are, so leave the snapshot alone for as long as it is used. */
export function layOut(snapshot: ModelSnapshot): Layout {
  const parts = Object.entries(partsOf(snapshot));
  const { version, publishedAt, minCustomers, supportersCap, baskets, liftSlack } = snapshot;
  const typePairs = [...snapshot.typePairs];
  const head: Head = {
    version,
    publishedAt,
    minCustomers,
    supportersCap,
    baskets,
    liftSlack,
    typePairs,
    parts: parts.map(([name, view]) => [name, nameOf(view), view.length]),
  };
  const text = unitsOf(JSON.stringify(head));
  const views: View[] = [text, ...parts.map(([, view]) => view)];
  const size = views.reduce((sum, view) => sum + padded(view.byteLength), FIXED_BYTES + SUM_BYTES);
  let hash = SUM_SEED;
  let at = 0;
  const placed = [new Uint32Array([MAGIC, size, text.byteLength]), ...views].map((view) => {
    const part = { at, bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength) };
    hash = checksum(part.bytes, hash);
    at += padded(view.byteLength);
    return part;
  });
  placed.push({ at, bytes: new Uint8Array(new Uint32Array([hash >>> 0]).buffer) });
  return { version, size, parts: placed };
}

/** Bytes `from` up to `from + length` of an encoded snapshot, or up to its end. */
export function bytesAt({ size, parts }: Layout, from: number, length: number): Uint8Array {
  const to = Math.min(size, from + length);
  const bytes = new Uint8Array(Math.max(0, to - from));
  for (const part of parts) {
    const end = part.at + part.bytes.length;
    if (end <= from || part.at >= to) continue;
    const skipped = Math.max(0, from - part.at);
    bytes.set(part.bytes.subarray(skipped, to - part.at), part.at + skipped - from);
  }
  return bytes;
}

function partsOf(snapshot: ModelSnapshot): Record<string, View> {
  const units = unitsOf(snapshot.items.join(""));
  const { visits, inBaskets, buyers, heat, popular, trending, sessions } = snapshot;
  const parts: Record<string, View> = {
    lengths: Uint16Array.from(snapshot.items, (id) => id.length),
    units: units.some((unit) => unit > 255) ? units : Uint8Array.from(units),
    visits,
    inBaskets,
    buyers,
    heat,
    popular,
    trending,
  };
  for (const name of ROW_NAMES) {
    for (const [part, view] of Object.entries(snapshot.rows[name])) parts[`${name}.${part}`] = view;
  }
  for (const [part, view] of Object.entries(sessions)) parts[`sessions.${part}`] = view;
  return parts;
}

/**
 * The snapshot in these bytes. Its arrays are views into them, so leave the bytes alone afterwards; only the item ids
 * and their index are made anew.
 * @throws {Error} when the bytes are no snapshot, of another format, cut short or damaged: keep serving the old one
 */
export function decodeSnapshot(source: Uint8Array): ModelSnapshot {
  // Views of numbers must begin at a multiple of their size; bytes from storage or a stream may not.
  const bytes = source.byteOffset % 4 === 0 ? source : source.slice();
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4));
  if (words[0] !== MAGIC) throw new Error("These bytes are not a model snapshot of this format.");
  const [, size, headBytes] = words;
  const isWhole = size === bytes.byteLength && size % 4 === 0;
  if (!isWhole || checksum(bytes.subarray(0, size - SUM_BYTES), SUM_SEED) >>> 0 !== words.at(-1)) {
    throw new Error(`The model snapshot is damaged: ${bytes.byteLength} of ${size} bytes, or a wrong sum.`);
  }
  const text = textOf(new Uint16Array(bytes.buffer, bytes.byteOffset + FIXED_BYTES, headBytes! / 2));
  const { parts, typePairs, ...head } = JSON.parse(text) as Head;
  const views = new Map<string, View>();
  let at = bytes.byteOffset + FIXED_BYTES + padded(headBytes!);
  for (const [name, view, length] of parts) {
    const made = new VIEWS[view](bytes.buffer as ArrayBuffer, at, length);
    views.set(name, made);
    at += padded(made.byteLength);
  }
  const part = <T extends View>(name: string) => views.get(name) as T;
  const group = <T>(prefix: string): T =>
    Object.fromEntries(
      [...views]
        .filter(([name]) => name.startsWith(`${prefix}.`))
        .map(([name, view]) => [name.slice(prefix.length + 1), view]),
    ) as T;
  const items = idsOf(part("lengths"), part("units"));
  const rows = Object.fromEntries(ROW_NAMES.map((name) => [name, group<RaggedRows>(name)]));
  return {
    ...head,
    items,
    index: new Map(items.map((id, place) => [id, place])),
    visits: part("visits"),
    inBaskets: part("inBaskets"),
    buyers: part("buyers"),
    heat: part("heat"),
    popular: part("popular"),
    trending: part("trending"),
    rows: rows as Record<RowName, RaggedRows>,
    sessions: group("sessions"),
    typePairs: new Map(typePairs),
  };
}

const UNITS_AT_ONCE = 8_192;

const unitsOf = (text: string): Uint16Array =>
  Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

function textOf(units: Uint8Array | Uint16Array): string {
  let text = "";
  for (let from = 0; from < units.length; from += UNITS_AT_ONCE) {
    text += String.fromCharCode(...units.subarray(from, from + UNITS_AT_ONCE));
  }
  return text;
}

function idsOf(lengths: Uint16Array, units: Uint8Array | Uint16Array): ItemId[] {
  const text = textOf(units);
  let end = 0;
  return Array.from(lengths, (length) => text.slice(end, (end += length)));
}
