import { keyOf, type Delta } from "./stored.ts";

/** Numbers by the JSON of family, name, part and metric. Exact, however large the squares. */
export class Numbers {
  readonly all = new Map<string, bigint>();

  add(family: string, name: string, part: string, metric: string, by: bigint | number): void {
    const key = JSON.stringify([family, name, part, metric]);
    this.all.set(key, (this.all.get(key) ?? 0n) + BigInt(by));
  }

  addDelta(delta: Delta): void {
    const key = keyOf(delta);
    this.all.set(key, (this.all.get(key) ?? 0n) + BigInt(delta.by));
  }

  addAll(other: Numbers): void {
    for (const [key, by] of other.all) this.all.set(key, (this.all.get(key) ?? 0n) + by);
  }
}

/** How two sets of numbers differ, a phrase per difference. A number that is absent is nought. */
export function differences(
  found: ReadonlyMap<string, bigint>,
  expected: ReadonlyMap<string, bigint>,
): string[] {
  const keys = new Set([...found.keys(), ...expected.keys()]);
  return [...keys].sort().flatMap((key) => {
    const [is, should] = [found.get(key) ?? 0n, expected.get(key) ?? 0n];
    return is === should ? [] : [`${key} is ${is}, recounted ${should}`];
  });
}
