import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diversify, likeness, lookOf } from "../../../src/core/decide/diversity.ts";
import { euros, item } from "./scenes.ts";

const look = (more: Parameters<typeof item>[1]) => lookOf(item("any", more), undefined);

describe("likeness", () => {
  const kettle = look({ type: "Home > Kitchen > Kettles", brand: "Brook", price: euros(3000) });
  test.each([
    ["the same in everything", { type: "Home > Kitchen > Kettles", brand: "Brook", price: euros(3000) }, 1],
    [
      "a sister type of the maker, twice the price",
      { type: "Home > Kitchen > Pots", brand: "Brook", price: euros(6000) },
      7 / 12,
    ],
    ["another world", { type: "Garden", brand: "Moss", price: euros(30) }, 0],
    ["another currency", { price: { minor: 3000, currency: "USD" } }, 0],
    ["nothing stated", { price: undefined }, 0],
  ])("%s", (_, more, expected) => {
    expect(likeness(kettle, look(more as object))).toBeCloseTo(expected, 12);
  });

  test("lies in [0, 1], whatever the prices and types, and does not depend on the order", () => {
    const any = fc.record(
      {
        type: fc.oneof(fc.string(), fc.constantFrom("A > B > C", "A > B", "A>", " > > ")),
        brand: fc.constantFrom("x", "y"),
        price: fc.record({
          minor: fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, 0, -5, Number.POSITIVE_INFINITY)),
          currency: fc.constantFrom("EUR", "USD"),
        }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(any, any, (a, b) => {
        const one = likeness(
          look({ price: undefined, ...a } as object),
          look({ price: undefined, ...b } as object),
        );
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(1);
        expect(
          likeness(look({ price: undefined, ...b } as object), look({ price: undefined, ...a } as object)),
        ).toBe(one);
      }),
    );
  });
});

describe("diversify", () => {
  type Row = { id: number; score: number; kind: string };
  const spread = (
    rows: readonly Row[],
    diversity: number,
    wanted = rows.length,
    shown: readonly string[] = [],
  ) =>
    diversify(
      rows,
      ({ kind }) => look({ type: kind, brand: kind }),
      shown.map((kind) => look({ type: kind, brand: kind })),
      diversity,
      wanted,
    );
  const rows = fc
    .array(
      fc.record({
        score: fc.double({ min: 1e-6, max: 1, noNaN: true }),
        kind: fc.constantFrom("a", "b", "c"),
      }),
      {
        maxLength: 30,
      },
    )
    .map((all) => all.sort((a, b) => b.score - a.score).map((row, id) => ({ id, ...row })));

  test("an item makes room for one nearly as good of another kind, not for one much worse", () => {
    const list = (last: number) => [
      { id: 1, score: 1, kind: "kettle" },
      { id: 2, score: 0.9, kind: "kettle" },
      { id: 3, score: last, kind: "tea" },
    ];
    expect(spread(list(0.8), 0.3, 2).map((row) => row.id)).toEqual([1, 3]);
    expect(spread(list(0.5), 0.3, 2).map((row) => row.id)).toEqual([1, 2]);
  });

  test("what stands in the slot already counts", () => {
    const list = [
      { id: 1, score: 1, kind: "kettle" },
      { id: 2, score: 0.9, kind: "tea" },
    ];
    expect(spread(list, 0.3, 1)[0]?.id).toBe(1);
    expect(spread(list, 0.3, 1, ["kettle"])[0]?.id).toBe(2);
  });

  test("0 leaves the order exactly as it is, also where scores do not fall", () => {
    fc.assert(
      fc.property(rows, fc.nat(40), (list, wanted) => {
        expect(spread(list.toReversed(), 0, wanted)).toEqual(list.toReversed().slice(0, wanted));
      }),
    );
  });

  test("shows each item once, and the first stays first", () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (list, diversity) => {
        const ids = spread(list, diversity).map((row) => row.id);
        expect(ids.toSorted((a, b) => a - b)).toEqual(list.map((row) => row.id));
        if (list.length > 0) expect(ids[0]).toBe(0);
      }),
    );
  });

  test("nobody gives way to an item with less than 1 − diversity of their score", () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, diversity) => {
        const order = spread(list, diversity);
        order.forEach((early, i) => {
          for (const late of order.slice(i + 1))
            expect(early.score).toBeGreaterThanOrEqual((1 - diversity) * late.score - 1e-12);
        });
      }),
    );
  });
});
