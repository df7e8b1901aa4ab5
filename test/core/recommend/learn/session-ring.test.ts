import { describe, expect, test } from "vitest";
import {
  emptyRing,
  keepSession,
  NO_SESSION,
  placeOf,
  sessionsIn,
  type SessionRing,
} from "../../../../src/core/recommend/learn/session-ring.ts";
import { people, taught, views } from "../facts.ts";

/** What the ring holds, the oldest session first. */
const contents = (ring: SessionRing): number[][] =>
  Array.from({ length: sessionsIn(ring) }, (_, n) => {
    const place = placeOf(ring, n);
    const from = place * ring.itemsMax;
    return [...ring.items.subarray(from, from + ring.lengths[place]!)];
  });

describe("a session ring", () => {
  test("gives a session a place with its second item, and lets it grow there", () => {
    const ring = emptyRing(3, 4);
    expect(keepSession(ring, NO_SESSION, 7, [1])).toBe(NO_SESSION);
    const serial = keepSession(ring, NO_SESSION, 7, [1, 2]);
    expect(keepSession(ring, serial, 7, [1, 2, 3])).toBe(serial);
    expect(contents(ring)).toEqual([[1, 2, 3]]);
  });

  test("keeps a session's latest items", () => {
    const ring = emptyRing(3, 4);
    keepSession(ring, NO_SESSION, 7, [1, 2, 3, 4, 5, 6]);
    expect(contents(ring)).toEqual([[3, 4, 5, 6]]);
  });

  test("lets the oldest session make room, and a session that lost its place begins anew", () => {
    const ring = emptyRing(2, 4);
    const first = keepSession(ring, NO_SESSION, 1, [1, 2]);
    keepSession(ring, NO_SESSION, 2, [3, 4]);
    keepSession(ring, NO_SESSION, 3, [5, 6]);
    expect(contents(ring)).toEqual([
      [3, 4],
      [5, 6],
    ]);
    expect(keepSession(ring, first, 1, [1, 2, 9])).not.toBe(first);
    expect(contents(ring)).toEqual([
      [5, 6],
      [1, 2, 9],
    ]);
  });

  test("of size 0 keeps nothing", () => {
    expect(keepSession(emptyRing(0, 4), NO_SESSION, 1, [1, 2])).toBe(NO_SESSION);
  });

  test("goes along when weak items are forgotten", () => {
    const crowd = people(6).flatMap((who) => views(who, ["kept", "also-kept"]));
    const flood = Array.from({ length: 30 }, (_, i) => views(`flood-${i}`, [`x${i}`, "kept"])).flat();
    const model = taught([...crowd, ...flood], { itemsMax: 20 });
    const held = contents(model.sessions).map((items) => items.map((item) => model.ids[item]));
    expect(held).toContainEqual(["kept", "also-kept"]);
    for (const items of held) for (const id of items) expect(id).toBeDefined();
  });
});
