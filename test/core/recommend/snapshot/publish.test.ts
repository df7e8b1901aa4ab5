import { describe, expect, test } from "vitest";
import {
  bytesAt,
  decodeSnapshot,
  encodeSnapshot,
  layOut,
} from "../../../../src/core/recommend/snapshot/encode.ts";
import type { Model } from "../../../../src/core/recommend/learn/model.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import { popularItems, trendingItems } from "../../../../src/core/recommend/score/ranked.ts";
import { ROW_NAMES } from "../../../../src/core/recommend/settings.ts";
import {
  emptySnapshot,
  neighboursOf,
  type ModelSnapshot,
} from "../../../../src/core/recommend/snapshot/snapshot.ts";
import { buys, DAY, NOON, people, taught, views } from "../facts.ts";

const published = (model: Model, minCustomers: number) =>
  publish(model, { minCustomers, version: 7, now: NOON });

/** Three people viewed a and b and bought a and c; two more viewed a and d; one has odd tastes. */
const shop = () =>
  taught([
    ...people(3).flatMap((who) => [...views(who, ["a", "b"]), buys(who, ["a", "c"])]),
    ...people(5)
      .slice(3)
      .flatMap((who) => views(who, ["a", "d"])),
    ...views("odd", ["a", "secret"]),
    buys("odd", ["a", "secret"]),
  ]);

const names = (snapshot: ModelSnapshot, row: "coVisit" | "coPurchase" | "tradeUp", id: string) =>
  neighboursOf(snapshot, row, snapshot.index.get(id)!).map((one) => snapshot.items[one.index]!);

describe("publish", () => {
  test("tells only what enough different people stand behind", () => {
    const snapshot = published(shop(), 3);
    expect(snapshot.items).toEqual(["a", "b", "c"]);
    expect(names(snapshot, "coVisit", "a")).toEqual(["b"]);
    expect(names(snapshot, "coPurchase", "a")).toEqual(["c"]);
    expect(snapshot.rows.coVisit.customers.every((n) => n >= 3)).toBe(true);
    expect(popularItems(snapshot, 9).map((one) => snapshot.items[one.index])).toEqual(["a", "c", "b"]);
    expect(trendingItems(snapshot, 9).map((one) => snapshot.items[one.index])).toEqual(["a", "b"]);
  });

  test("tells everything at one customer, and nothing above what the model can tell apart", () => {
    expect(names(published(shop(), 1), "coVisit", "a").sort()).toEqual(["b", "d", "secret"]);
    expect(published(shop(), 6).items).toEqual([]);
    const wider = taught(
      people(6).flatMap((who) => views(who, ["a", "b"])),
      { supportersCap: 6 },
    );
    expect(published(wider, 6).items).toEqual(["a", "b"]);
  });

  test("one person, a hundred times, is still one", () => {
    const model = taught(
      Array.from({ length: 100 }, (_, i) => [
        ...views("ann", ["a", "b"], i),
        buys("ann", ["a", "b"], NOON + i),
      ]).flat(),
    );
    expect(published(model, 2).items).toEqual([]);
  });

  test("gives the true counts: buyers are people, baskets are orders", () => {
    const snapshot = published(
      taught([buys("ann", ["a"]), buys("ann", ["a"], NOON + 1), buys("bob", ["a"])]),
      1,
    );
    expect(popularItems(snapshot, 1)).toEqual([
      { index: 0, score: 2, evidence: { visits: 0, buyers: 2, inBaskets: 3 } },
    ]);
  });

  test("holds shares in co-visit rows that sum to one", () => {
    const snapshot = published(shop(), 1);
    const { offsets, weights, scales } = snapshot.rows.coVisit;
    for (let i = 0; i < snapshot.items.length; i++) {
      const row = weights.subarray(offsets[i], offsets[i + 1]);
      if (row.length === 0) continue;
      expect(row.reduce((sum, one) => sum + (one / 65_535) * scales[i]!, 0)).toBeCloseTo(1, 3);
    }
  });
});

describe("trending", () => {
  test("halves a visit after the half-life", () => {
    const model = taught([...views("ann", ["old"], 1, NOON - 3 * DAY), ...views("bob", ["new"])]);
    const scores = trendingItems(published(model, 1), 2).map((one) => one.score);
    expect(scores).toEqual([1, 0.5]);
  });

  test("is the same whether or not the counters were rebased on the way", () => {
    const late = NOON - 400 * DAY;
    const visits = [0, 1, 2].flatMap((i) => views(`p${i}`, ["x", "y"].slice(0, i + 1), 1, NOON - i * DAY));
    const plain = published(taught(visits), 1);
    const rebased = published(taught([...views("early", ["z"], 1, late), ...visits]), 1);
    const heatOf = (snapshot: ModelSnapshot, id: string) => snapshot.heat[snapshot.index.get(id)!];
    for (const id of ["x", "y"]) expect(heatOf(rebased, id)).toBeCloseTo(heatOf(plain, id)!, 6);
  });
});

describe("encode", () => {
  const wide = () =>
    taught(people(2).flatMap((who) => [...views(who, ["tea 茶", "x", "Ä"]), buys(who, ["x"])]));

  test.each([
    ["a shop", () => published(shop(), 1)],
    ["a shop at three customers", () => published(shop(), 3)],
    ["wide item ids", () => published(wide(), 1)],
    ["nothing", emptySnapshot],
  ])("gives %s back unchanged", (_, make) => {
    const snapshot = make();
    expect(decodeSnapshot(encodeSnapshot(snapshot))).toEqual(snapshot);
  });

  test("reads bytes that begin anywhere in their buffer", () => {
    const snapshot = published(shop(), 1);
    const bytes = encodeSnapshot(snapshot);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    expect(decodeSnapshot(moved.subarray(3))).toEqual(snapshot);
  });

  test("refuses damaged, shortened and foreign bytes", () => {
    const bytes = encodeSnapshot(published(shop(), 1));
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = bytes.slice();
      damaged[at]! ^= 1;
      expect(() => decodeSnapshot(damaged)).toThrow();
    }
    expect(() => decodeSnapshot(bytes.slice(0, -4))).toThrow("damaged");
    expect(() => decodeSnapshot(bytes.slice(0, 6))).toThrow("damaged");
    expect(() => decodeSnapshot(new Uint8Array(0))).toThrow("not a model snapshot");
  });

  test("keeps numbers beyond sixteen bits of items", () => {
    const pairs = Array.from({ length: 33_000 }, (_, i) => views(`p${i}`, [`i${i}`, `j${i}`]));
    const model = taught(pairs.flat());
    const snapshot = decodeSnapshot(encodeSnapshot(published(model, 1)));
    const last = neighboursOf(snapshot, "coVisit", snapshot.index.get("i32999")!);
    expect(last.map((one) => snapshot.items[one.index])).toEqual(["j32999"]);
    expect(ROW_NAMES.map((name) => snapshot.rows[name].neighbours.BYTES_PER_ELEMENT)).toEqual([4, 4, 4, 4]);
  });
});

describe("bytes that rows may take", () => {
  test("cut every row at the same length, the lightest entries first", () => {
    const facts = people(6).flatMap((who, i) =>
      views(who, ["hub", ...Array.from({ length: 12 }, (_, n) => `item-${n}`).slice(0, 2 + 2 * i)]),
    );
    const whole = publish(taught(facts), { minCustomers: 1, version: 1, now: NOON });
    const cut = publish(taught(facts, { publishedBytes: 400 }), { minCustomers: 1, version: 1, now: NOON });
    const entries = (snapshot: ModelSnapshot) =>
      Object.values(snapshot.rows).reduce((sum, { weights }) => sum + weights.length, 0);
    expect(entries(whole) * 7).toBeGreaterThan(400);
    expect(entries(cut) * 7).toBeLessThanOrEqual(400);
    const hub = whole.index.get("hub")!;
    const kept = neighboursOf(cut, "coVisit", hub).map(({ index }) => index);
    expect(kept.length).toBeGreaterThan(0);
    expect(
      neighboursOf(whole, "coVisit", hub)
        .map(({ index }) => index)
        .slice(0, kept.length),
    ).toEqual(kept);
  });
});

describe("pieces", () => {
  test("of any size make the whole again", () => {
    const layout = layOut(published(shop(), 1));
    const whole = encodeSnapshot(published(shop(), 1));
    for (const size of [1, 7, 64, 4096]) {
      const pieces: number[] = [];
      for (let at = 0; at < layout.size; at += size) pieces.push(...bytesAt(layout, at, size));
      expect(Uint8Array.from(pieces)).toEqual(whole);
    }
    expect(bytesAt(layout, layout.size, 10)).toEqual(new Uint8Array(0));
  });
});
