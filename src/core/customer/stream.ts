import { DAY_MS, type EpochMs } from "../primitives/time.ts";

/** Snippet ids count up within a stream, so a range remembers thousands of them. More of either than this is nobody's browser. */
export const STREAMS_MAX = 128;
const RANGES_MAX = 128;
/** A page sends nothing again that is older than two days; the third is for clocks. */
const STALE_MS = 3 * DAY_MS;
const STREAM_ID = /^([0-9a-z]{12})-(0|[1-9]\d{0,8})$/;

/** Counters seen of one stream: `[from, to, from, to, …]`, ascending, inclusive, never touching. */
export type Ranges = readonly number[];
export type Streams = Map<string, Ranges>;

/**
 * The stream and counter of an id that a snippet made; `undefined` for anybody else's id.
 * @example streamIdOf("k3f9a0c2m1xz-17") // { stream: "k3f9a0c2m1xz", n: 17 }
 */
export function streamIdOf(id: string): { readonly stream: string; readonly n: number } | undefined {
  const match = STREAM_ID.exec(id);
  return match ? { stream: match[1]!, n: Number(match[2]) } : undefined;
}

/**
 * The oldest stream among events: a page that takes over what earlier ones could not send is the same browser, and must
 * come out as the same visitor. Names of streams begin with their time.
 * @example oldestStream([{ id: "mbx1k2j4abcd-1" }, { id: "mbx1k2j3wxyz-9" }]) // "mbx1k2j3wxyz"
 */
export function oldestStream(events: readonly unknown[]): string | undefined {
  let oldest: string | undefined;
  for (const event of events) {
    const id = (event as { id?: unknown } | null)?.id;
    const stream = typeof id === "string" ? streamIdOf(id)?.stream : undefined;
    if (stream !== undefined && (oldest === undefined || stream < oldest)) oldest = stream;
  }
  return oldest;
}

/** @example inRanges([1, 4, 9, 9], 9) // true */
export function inRanges(ranges: Ranges, n: number): boolean {
  for (let i = ranges.length - 2; i >= 0; i -= 2) {
    if (n >= ranges[i]!) return n <= ranges[i + 1]!;
  }
  return false;
}

/** The ranges with one more counter. @example withCounter([1, 4], 5) // [1, 5] */
export function withCounter(ranges: Ranges, n: number): Ranges {
  const last = ranges.length - 1;
  if (last > 0 && n === ranges[last]! + 1) return [...ranges.slice(0, last), n]; // Nearly always: the next one.
  return inRanges(ranges, n) ? ranges : withRange(ranges, n, n);
}

/** Whether an id was taken before, as far as streams know. `undefined`: it is not theirs to say. */
export function isInStreams(streams: Streams, id: string): boolean | undefined {
  const known = streamIdOf(id);
  const ranges = known && streams.get(known.stream);
  return ranges && inRanges(ranges, known.n) ? true : undefined;
}

/** Remembers an id in its stream; `false` when it has none, or its stream is too ragged: then it costs a row. */
export function remember(streams: Streams, id: string): boolean {
  const known = streamIdOf(id);
  if (!known) return false;
  const ranges = streams.get(known.stream);
  if (!ranges && streams.size >= STREAMS_MAX && !dropStale(streams, known.stream)) return false;
  const next = withCounter(ranges ?? [], known.n);
  if (next.length > 2 * RANGES_MAX) return false;
  streams.set(known.stream, next);
  return true;
}

/** When a page's stream began, by the clock of its device: the first eight characters of its name. */
const beganAt = (stream: string): EpochMs => parseInt(stream.slice(0, 8), 36);

/** Forgets the stream that was met first, if nothing of it can come again. Each page view brings a stream of its own. */
function dropStale(streams: Streams, next: string): boolean {
  const [first] = streams.keys();
  if (first === undefined || beganAt(next) - beganAt(first) < STALE_MS) return false;
  return streams.delete(first);
}

/** Both memories as one. */
export function joinStreams(into: Streams, from: Streams): void {
  for (const [stream, ranges] of from) {
    let joined: Ranges = into.get(stream) ?? [];
    for (let i = 0; i < ranges.length; i += 2) joined = withRange(joined, ranges[i]!, ranges[i + 1]!);
    into.set(stream, joined);
  }
}

function withRange(ranges: Ranges, from: number, to: number): Ranges {
  const pairs: [number, number][] = [[from, to]];
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const joined: number[] = [];
  for (const [start, end] of pairs) {
    if (joined.length > 0 && joined.at(-1)! + 1 >= start)
      joined[joined.length - 1] = Math.max(joined.at(-1)!, end);
    else joined.push(start, end);
  }
  return joined;
}
