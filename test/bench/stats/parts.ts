/** A command of its own whose last line is JSON. Its file stands beside this one. */
export type Part = {
  readonly file: string;
  /** Arguments for a few seconds, and for figures that may be told. */
  readonly small: readonly string[];
  readonly full: readonly string[];
};

/** What `npm run bench:stats` runs, in this order. */
export const PARTS: Readonly<Record<string, Part>> = {
  "type-one": { file: "type-one.ts", small: ["--runs", "100"], full: ["--runs", "10000"] },
  coverage: { file: "coverage.ts", small: ["--runs", "40"], full: ["--runs", "2000"] },
  power: { file: "plan-power.ts", small: ["--runs", "2000"], full: ["--runs", "20000"] },
  split: { file: "split-check.ts", small: ["--runs", "1000"], full: ["--runs", "10000"] },
  bandit: { file: "bandit.ts", small: [], full: ["--full"] },
  aipw: { file: "aipw.ts", small: [], full: ["--full"] },
  ope: { file: "ope.ts", small: ["--seeds", "40"], full: ["--seeds", "200"] },
  interleave: { file: "interleave.ts", small: [], full: ["--full"] },
  assign: { file: "assign.ts", small: [], full: [] },
  uplift: { file: "uplift.ts", small: ["--runs", "500"], full: ["--runs", "2000"] },
};
