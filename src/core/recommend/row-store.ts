/**
 * Memory for the counter rows of one kind: blocks of words cut from large chunks, so that a hundred thousand rows cost
 * no hundred thousand objects. A row begins small and moves to a block twice the size when it is full.
 *
 * A block with room for `room` counters holds, one after the other: `room` items, `room` weights (floats), `room`
 * event counts, and `room` groups of `supportersCap` labels of people (0 is a free place).
 */
export type RowStore = {
  readonly lengthMax: number;
  readonly supportersCap: number;
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

/** The same memory, as integers and as floats. */
type Chunk = { readonly words: Uint32Array; readonly floats: Float32Array };

/** Where a row lies: its chunk, and the first word of each of its parts. */
export type Block = Chunk & {
  readonly room: number;
  readonly items: number;
  readonly weights: number;
  readonly times: number;
  readonly labels: number;
};

const ROOM_MIN = 4;
const CHUNK_WORDS = 65_536;

/** An empty store for rows of at most `lengthMax` counters that tell `supportersCap` people apart. */
export function emptyRows(lengthMax: number, supportersCap: number): RowStore {
  return {
    lengthMax,
    supportersCap,
    chunks: [],
    chunkWords: Math.max(CHUNK_WORDS, lengthMax * (3 + supportersCap)),
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
  const { words, floats } = store.chunks[number]!;
  const weights = items + room;
  return { words, floats, room, items, weights, times: weights + room, labels: weights + 2 * room };
}

/** The block of an item's row, with room for at least one more counter. The row must be shorter than `lengthMax`. */
export function roomyBlockOf(store: RowStore, item: number): Block {
  widen(store, item + 1);
  const room = store.rooms[item]!;
  const length = store.lengths[item]!;
  if (length < room) return blockOf(store, item);
  const old = room > 0 ? blockOf(store, item) : undefined;
  const oldStart = store.starts[item]!;
  store.rooms[item] = Math.min(Math.max(ROOM_MIN, room * 2), store.lengthMax);
  store.starts[item] = cut(store, store.rooms[item]!);
  const block = blockOf(store, item);
  if (old) {
    const cap = store.supportersCap;
    block.words.set(old.words.subarray(old.items, old.items + length), block.items);
    block.words.set(old.words.subarray(old.weights, old.weights + length), block.weights);
    block.words.set(old.words.subarray(old.times, old.times + length), block.times);
    block.words.set(old.words.subarray(old.labels, old.labels + length * cap), block.labels);
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

function cut(store: RowStore, room: number): number {
  const left = store.free.get(room)?.pop();
  if (left !== undefined) return left;
  const size = room * (3 + store.supportersCap);
  const capacity = store.chunks.length * store.chunkWords;
  if (store.end + size > capacity) {
    const words = new Uint32Array(store.chunkWords);
    store.chunks.push({ words, floats: new Float32Array(words.buffer) });
    store.end = capacity;
  }
  const start = store.end;
  store.end += size;
  return start;
}
