/**
 * Memory for the counter rows of one kind: blocks cut from large chunks, so that a hundred thousand rows cost no hundred
 * thousand objects. A row begins small and moves to a block twice the size when it is full. When the bytes are spent,
 * rows stay as long as they are; a last fifth is kept for the first counters of items not met before.
 *
 * A block with room for `room` counters holds, one after the other: `room` items and `room` weights (a word each),
 * `room` event counts (half a word each) and `room` groups of `supportersCap` labels of people (a byte each; 0 is a free
 * place).
 */
export type RowStore = {
  readonly lengthMax: number;
  readonly supportersCap: number;
  readonly wordsMax: number;
  readonly chunks: Chunk[];
  readonly chunkWords: number;
  /** Per item: the word its block begins at (chunk number × `chunkWords` + offset), its room and its length. */
  starts: Float64Array;
  rooms: Uint16Array;
  lengths: Uint16Array;
  /** First word not yet cut, and per room the blocks that rows have left. */
  end: number;
  readonly free: Map<number, number[]>;
};

/** The same memory, as words, floats, half words and bytes. */
type Chunk = {
  readonly words: Uint32Array;
  readonly floats: Float32Array;
  readonly shorts: Uint16Array;
  readonly bytes: Uint8Array;
};

/**
 * Where a row lies: its chunk, and where each part begins: `items` and `weights` in words, `times` in half words, `labels`
 * in bytes.
 */
export type Block = Chunk & {
  readonly items: number;
  readonly weights: number;
  readonly times: number;
  readonly labels: number;
};

const ROOM_MIN = 4;
const CHUNK_WORDS = 65_536;
const GROWTH_SHARE = 0.8;

const sizeOf = (room: number, supportersCap: number) =>
  2 * room + Math.ceil((room * (2 + supportersCap)) / 4);

/** An empty store for rows of at most `lengthMax` counters that tell `supportersCap` people apart. */
export function emptyRows(lengthMax: number, supportersCap: number, bytesMax = Infinity): RowStore {
  return {
    lengthMax,
    supportersCap,
    wordsMax: bytesMax / 4,
    chunks: [],
    chunkWords: Math.max(CHUNK_WORDS, sizeOf(lengthMax, supportersCap)),
    starts: new Float64Array(0),
    rooms: new Uint16Array(0),
    lengths: new Uint16Array(0),
    end: 0,
    free: new Map(),
  };
}

/** The block of an item that has a row. */
export function blockOf(store: RowStore, item: number): Block {
  const start = store.starts[item]!;
  const number = Math.floor(start / store.chunkWords);
  const items = start - number * store.chunkWords;
  const room = store.rooms[item]!;
  const { words, floats, shorts, bytes } = store.chunks[number]!;
  const times = 2 * (items + 2 * room);
  return { words, floats, shorts, bytes, items, weights: items + room, times, labels: 2 * (times + room) };
}

/** The block of an item's row with room for one more counter, or `undefined` when there is none to be had. */
export function roomyBlockOf(store: RowStore, item: number): Block | undefined {
  widen(store, item + 1);
  const room = store.rooms[item]!;
  const length = store.lengths[item]!;
  if (length < room) return blockOf(store, item);
  if (length >= store.lengthMax) return undefined;
  const wider = Math.min(Math.max(ROOM_MIN, room * 2), store.lengthMax);
  const start = cut(store, wider, room === 0 ? 1 : GROWTH_SHARE);
  if (start === undefined) return undefined;
  const old = room > 0 ? blockOf(store, item) : undefined;
  const oldStart = store.starts[item]!;
  store.rooms[item] = wider;
  store.starts[item] = start;
  const block = blockOf(store, item);
  if (old) {
    const cap = store.supportersCap;
    block.words.set(old.words.subarray(old.items, old.items + length), block.items);
    block.words.set(old.words.subarray(old.weights, old.weights + length), block.weights);
    block.shorts.set(old.shorts.subarray(old.times, old.times + length), block.times);
    block.bytes.set(old.bytes.subarray(old.labels, old.labels + length * cap), block.labels);
    const left = store.free.get(room);
    if (left) left.push(oldStart);
    else store.free.set(room, [oldStart]);
  }
  return block;
}

function widen(store: RowStore, items: number): void {
  if (items <= store.rooms.length) return;
  const size = Math.max(64, items, store.rooms.length * 2);
  const { starts, rooms, lengths } = store;
  store.starts = new Float64Array(size);
  store.rooms = new Uint16Array(size);
  store.lengths = new Uint16Array(size);
  store.starts.set(starts);
  store.rooms.set(rooms);
  store.lengths.set(lengths);
}

function cut(store: RowStore, room: number, share: number): number | undefined {
  const left = store.free.get(room)?.pop();
  if (left !== undefined) return left;
  const size = sizeOf(room, store.supportersCap);
  if (store.end + size > store.wordsMax * share) return undefined;
  const capacity = store.chunks.length * store.chunkWords;
  if (store.end + size > capacity) {
    const words = new Uint32Array(store.chunkWords);
    const floats = new Float32Array(words.buffer);
    const { buffer } = words;
    store.chunks.push({ words, floats, shorts: new Uint16Array(buffer), bytes: new Uint8Array(buffer) });
    store.end = capacity;
  }
  const start = store.end;
  store.end += size;
  return start;
}
