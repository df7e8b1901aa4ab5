import { array, assert, integer, nat, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import {
  count,
  countersOf,
  keepCounters,
  labelOf,
} from "../../../../src/core/recommend/learn/counter-row.ts";
import { emptyRows } from "../../../../src/core/recommend/learn/row-store.ts";
import { people } from "../facts.ts";

describe("a counter row", () => {
  test("counts distinct people exactly up to the cap, and events beyond it", () => {
    const store = emptyRows(8, 3);
    const customers = [11, 11, 12, 13, 14, 12].map((label) => {
      count(store, 0, 7, 0.5, label);
      return countersOf(store, 0)[0]!.customers;
    });
    expect(customers).toEqual([1, 1, 2, 3, 3, 3]);
    expect(countersOf(store, 0)).toEqual([{ item: 7, weight: 3, times: 6, customers: 3 }]);
  });

  test("replaces its smallest counter when that is worn down, and starts it again", () => {
    const store = emptyRows(2, 5);
    for (const label of [1, 2, 3]) count(store, 0, 10, 1, label);
    for (const label of [1, 2]) count(store, 0, 11, 1, label);
    count(store, 0, 12, 1, 9);
    expect(countersOf(store, 0).find((one) => one.item === 11)).toMatchObject({ weight: 1, customers: 2 });
    count(store, 0, 12, 1, 9);
    expect(countersOf(store, 0)).toEqual([
      { item: 10, weight: 3, times: 3, customers: 3 },
      { item: 12, weight: 1, times: 1, customers: 1 },
    ]);
  });

  test("keeps what comes often among a hundred times as much noise of single items", () => {
    const store = emptyRows(16, 5);
    for (let i = 0; i < 20_000; i++) {
      count(store, 3, 1_000 + i, 1, i + 1);
      if (i % 5 === 0) count(store, 3, 42, 1, (i % 7) + 1);
    }
    const kept = countersOf(store, 3);
    expect(kept).toHaveLength(16);
    expect(kept.find((one) => one.item === 42)).toMatchObject({ times: 4_000, customers: 5 });
  });

  test("agrees with a plain map as long as nothing has to give way", () => {
    const acts = array(record({ owner: nat(5), item: nat(30), label: integer({ min: 1, max: 9 }) }), {
      maxLength: 400,
    });
    assert(
      property(acts, (all) => {
        const store = emptyRows(31, 4);
        const plain = new Map<string, { times: number; people: Set<number> }>();
        for (const { owner, item, label } of all) {
          count(store, owner, item, 1, label);
          const one = plain.get(`${owner} ${item}`) ?? { times: 0, people: new Set() };
          one.times += 1;
          one.people.add(label);
          plain.set(`${owner} ${item}`, one);
        }
        const read = [0, 1, 2, 3, 4, 5].flatMap((owner) =>
          countersOf(store, owner).map((one) => [`${owner} ${one.item}`, one] as const),
        );
        expect(read).toHaveLength(plain.size);
        for (const [key, { weight, times, customers }] of read) {
          const { times: expected, people } = plain.get(key)!;
          expect([weight, times, customers]).toEqual([expected, expected, Math.min(4, people.size)]);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("stops growing when the bytes are spent, and still learns", () => {
    const bytesMax = 200_000;
    const store = emptyRows(64, 5, bytesMax);
    for (let i = 0; i < 100_000; i++) count(store, i % 400, (i * 7919) % 501, 1, (i % 9) + 1);
    expect(store.end * 4).toBeLessThanOrEqual(bytesMax);
    expect(countersOf(store, 0).length).toBeLessThan(64);
    for (const label of [1, 2, 3]) count(store, 450, 42, 1, label);
    expect(countersOf(store, 450)).toEqual([{ item: 42, weight: 3, times: 3, customers: 3 }]);
    for (let i = 0; i < 1_000; i++) count(store, 0, 77, 1, (i % 5) + 1);
    expect(countersOf(store, 0).find((one) => one.item === 77)).toMatchObject({ customers: 5 });
  });

  test("tells people apart by their label", () => {
    const labels = new Set(people(500).map(labelOf));
    expect(labels.has(0)).toBe(false);
    expect(labels.size).toBeGreaterThan(490);
  });

  test("moves with its supporters when items are forgotten", () => {
    const store = emptyRows(8, 3);
    for (const label of [5, 6]) count(store, 2, 0, 1, label);
    count(store, 2, 1, 1, 5);
    count(store, 1, 2, 1, 5);
    const next = keepCounters(store, [0, 2], Int32Array.of(0, -1, 1));
    expect(countersOf(next, 1)).toEqual([{ item: 0, weight: 2, times: 2, customers: 2 }]);
    count(next, 1, 0, 1, 6);
    expect(countersOf(next, 1)[0]!.customers).toBe(2);
  });
});
