import type { Purpose } from "../consent/consent.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Problem } from "../problem/problem.ts";
import type { EventAnswer } from "../wire/decide.ts";
import type { ImportKind } from "./import-kind.ts";
import type { Bases } from "./options.ts";

/** One wrong row: where and what, never what it said. */
export type RowError = { readonly line: number } & Pick<
  Problem,
  "code" | "detail" | "pointer" | "shape" | "cure"
>;

/** What became of the events of a run. */
export type Outcome = {
  accepted: number;
  /** Known already, from another file or another channel. */
  duplicates: number;
  /** Known already when a chunk was begun again after a stop: taken in before it, by this run or another. */
  repeated: number;
  rejected: { [code: string]: number };
  /** Events kept as transaction only, by the purpose they may not serve. */
  withheld: { [purpose in Purpose]?: number };
  /** Events whose customers could not be reached for a whole day. */
  failed: number;
};

/** What a file says before anything of it is kept. */
export type FileReport = {
  readonly counts: {
    readonly rows: number;
    readonly valid: number;
    readonly invalid: number;
    /** Rows that say nothing to keep, such as orders that were never completed. */
    readonly skipped: number;
    readonly duplicatesInFile: number;
    /** What the valid rows make: orders where lines were put together. */
    readonly entries: number;
    readonly events: number;
    readonly persons: number;
  };
  readonly errors: readonly RowError[];
  readonly columns: {
    readonly known: readonly string[];
    readonly mapped: readonly string[];
    readonly unused: readonly string[];
  };
  /** Entries without a basis for a purpose: kept as transaction, or refused, unless the customer granted it themselves. */
  readonly withheldIfCommitted: { readonly [purpose in Purpose]?: number };
};

export type RunStatus = "checked" | "staging" | "staged" | "committing" | "done";

/** A run as the shop sees it. Holds nothing of a person, so it can stay. */
export type RunReport = FileReport & {
  readonly run: string;
  readonly kind: ImportKind;
  readonly status: RunStatus;
  readonly fileHash: string;
  readonly bases: Bases;
  readonly createdAt: EpochMs;
  /** A run that is not committed by then is cleared. */
  readonly expiresAt?: EpochMs;
  readonly committedAt?: EpochMs;
  readonly finishedAt?: EpochMs;
  readonly progress?: { readonly chunks: number; readonly done: number };
  readonly outcome?: Outcome;
};

export const noOutcome = (): Outcome => ({
  accepted: 0,
  duplicates: 0,
  repeated: 0,
  rejected: {},
  withheld: {},
  failed: 0,
});

/** Adds what a customer's object answered. `isAgain`: it may have been told the same before a stop. */
export function addAnswers(outcome: Outcome, answers: readonly EventAnswer[], isAgain: boolean): void {
  for (const answer of answers) {
    if (answer.status === "rejected") {
      outcome.rejected[answer.code] = (outcome.rejected[answer.code] ?? 0) + 1;
      continue;
    }
    if (answer.status === "accepted") outcome.accepted++;
    else if (isAgain) outcome.repeated++;
    else outcome.duplicates++;
    for (const purpose of answer.withheld ?? [])
      outcome.withheld[purpose] = (outcome.withheld[purpose] ?? 0) + 1;
  }
}
