import type { Edit } from "../crash/plants.ts";
import type { Verdict } from "./verdict.ts";

/** A defence that can be switched off: without it the named verdict has to fail, or the scenario proves nothing. */
export type Control = {
  readonly name: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly edits?: readonly Edit[];
  /** How the verdicts begin of which at least one has to be missed. */
  readonly misses: readonly string[];
};

/** What switches a defence off for a run; both empty where all are on. */
export type Ground = {
  readonly settings: Readonly<Record<string, string>>;
  readonly edits: readonly Edit[];
};

export type Outcome = {
  readonly verdicts: readonly Verdict[];
  /** What was seen beside: tables for people, and a part of the last line. */
  readonly figures: Readonly<Record<string, unknown>>;
};

/** One kind of bad load, run against a server of its own. */
export type Scenario = {
  readonly name: string;
  readonly title: string;
  readonly off: readonly Control[];
  run(ground: Ground): Promise<Outcome>;
};
