import type { Metric } from "../../../../src/core/config/experiment-config.ts";
import type { ExperimentReport } from "../../../../src/core/experiment/report.ts";
import type { Proposal } from "../../../../src/core/experiment/step.ts";

export type { Metric };
export type Comparison = ExperimentReport["goals"][number]["comparisons"][number];

/** The first line of an experiment. */
export type Line = Pick<ExperimentReport, "verdict" | "progress"> & {
  readonly id: string;
  readonly question: string | null;
  readonly status: "draft" | "running" | "stopped" | string;
};

/** An experiment with its figures. */
export type Report = ExperimentReport & {
  readonly id: string;
  readonly question: string | null;
  readonly status: string;
  readonly proposal: Proposal | null;
  readonly unmeasuredShare: number | null;
  readonly bandit?: {
    readonly turns?: readonly { readonly at: number; readonly shares: Readonly<Record<string, number>> }[];
  };
};
