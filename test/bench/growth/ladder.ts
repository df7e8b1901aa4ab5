import { round } from "../serve/figures.ts";
import { fitPower } from "./fit.ts";

/** How much an exponent may come to: what ought to stay the same, and what may grow with the size. */
export const EXPONENT_MAX = { flat: 0.1, linear: 1.05 } as const;

/** One figure at every size. "told" is no promise: it is shown, and judged by nobody. */
export type Series = {
  readonly name: string;
  readonly expected: keyof typeof EXPONENT_MAX | "told";
  readonly values: readonly number[];
};
/** How long a run may take, and other sizes than its own. */
export type Effort = { readonly quick: boolean; readonly sizes?: readonly number[] | undefined };
export type Ladder = {
  /** What grows. */
  readonly what: string;
  readonly sizes: readonly number[];
  readonly series: readonly Series[];
  /** What one has to know to read it. */
  readonly note: string;
};
export type Judged = {
  readonly name: string;
  readonly exponent: number;
  readonly error: number;
  readonly expected: string;
  readonly verdict: string;
};

/** An exponent is within its bound, or beyond it, by more than its own standard error; what lies on both sides is unclear. */
export function judge({ sizes, series }: Ladder): Judged[] {
  return series.map(({ name, expected, values }) => {
    const { exponent, error } = fitPower(sizes.map((size, i) => [size, values[i]!] as const));
    const fit = { name, exponent: round(exponent), error: round(error) };
    if (expected === "told") return { ...fit, expected, verdict: "" };
    const most = EXPONENT_MAX[expected];
    const verdict = exponent + error <= most ? "met" : exponent - error <= most ? "unclear" : "missed";
    return { ...fit, expected: `${expected}, ≤ ${most}`, verdict };
  });
}

/** Prints the figures at every size, and how each grows. */
export function printLadder(ladder: Ladder): readonly Judged[] {
  console.log(`\n${ladder.what}. ${ladder.note}`);
  const judged = judge(ladder);
  console.table(
    Object.fromEntries(
      ladder.series.map(({ name, values }, i) => [
        name,
        {
          ...Object.fromEntries(ladder.sizes.map((size, n) => [`${size}`, round(values[n]!)])),
          exponent: `${judged[i]!.exponent.toFixed(3)} ± ${judged[i]!.error.toFixed(3)}`,
          expected: judged[i]!.expected,
          verdict: judged[i]!.verdict,
        },
      ]),
    ),
  );
  return judged;
}
