import { describe, expect, test } from "vitest";
import {
  isInStreams,
  oldestStream,
  remember,
  STREAMS_MAX,
  type Streams,
} from "../../../src/core/customer/stream.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";

const NOON = 1_795_435_200_000;
/** A page's stream, as the snippet names it. */
const page = (at: number, tail = "abcd"): string => at.toString(36) + tail;
const pages = (count: number, everyMs: number): Streams => {
  const streams: Streams = new Map();
  for (let i = 0; i < count; i++) remember(streams, `${page(NOON + i * everyMs)}-1`);
  return streams;
};

describe("streams of pages", () => {
  test("the first is forgotten for a new one when nothing of it can come again", () => {
    const streams = pages(STREAMS_MAX, DAY_MS / 10);
    expect(remember(streams, `${page(NOON + 20 * DAY_MS)}-1`)).toBe(true);
    expect(streams.size).toBe(STREAMS_MAX);
    expect(isInStreams(streams, `${page(NOON)}-1`)).toBeUndefined();
    expect(isInStreams(streams, `${page(NOON + 20 * DAY_MS)}-1`)).toBe(true);
  });

  test("none is forgotten within three days: then an id costs a row", () => {
    const streams = pages(STREAMS_MAX, 60_000);
    expect(remember(streams, `${page(NOON + 2 * DAY_MS)}-1`)).toBe(false);
    expect(isInStreams(streams, `${page(NOON)}-1`)).toBe(true);
    expect(remember(streams, `${page(NOON)}-2`)).toBe(true);
  });
});

test("a browser without an id is told by the oldest of its pages, wherever its events stand", () => {
  const [first, second] = [`${page(NOON)}-7`, `${page(NOON + 4_000)}-1`];
  expect(oldestStream([{ id: second }, { id: "of-a-shop" }, { id: first }, null])).toBe(page(NOON));
  expect(oldestStream([{ id: "of-a-shop" }, {}])).toBeUndefined();
});
