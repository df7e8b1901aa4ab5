import { sharedPath } from "../../support/shared.ts";
import { endOf, visitsOf, type Trial, type Visit } from "./click.ts";
import { parseExamples, parseSequences } from "./read-srgnn.ts";
import { readLines } from "./read-text.ts";
import { parseTsv } from "./read-tsv.ts";
import { UsageError } from "./usage-error.ts";

/** What to learn and what to guess. Each trial's items are known from the training, and there are two at least. */
export type Task = {
  readonly name: string;
  readonly train: readonly Visit[];
  readonly trials: readonly Trial[];
  /** Training clicks of each item, all of them, whatever share of the history is learned. */
  readonly clicksOf: ReadonlyMap<string, number>;
};

export type Format = "tsv" | "srgnn";
export type Source = {
  readonly name: string;
  readonly train: string;
  readonly test: string | undefined;
  readonly format: Format | undefined;
};

const DAY_MS = 86_400_000;
const SHARED: Readonly<Record<string, readonly [train: string, test: string]>> = {
  "serenade-sample": ["serenade-sample/train.txt.gz", "serenade-sample/test.txt.gz"],
  "rsc15-100k": [
    "rsc15-100k/yoochoose-clicks-100k_train_full.txt.gz",
    "rsc15-100k/yoochoose-clicks-100k_test.txt.gz",
  ],
  diginetica: ["diginetica-srgnn/train_sessions.txt.gz", "diginetica-srgnn/test_examples.tsv.gz"],
};
export const SHARED_NAMES: readonly string[] = Object.keys(SHARED);

/** A data set by its name, or `undefined` where it is absent, which is then said. */
export function sharedSource(name: string): Source | undefined {
  const [train, test] = SHARED[name]!.map((path) => sharedPath(`data/${path}`));
  return train && test ? { name, train, test, format: undefined } : undefined;
}

/**
 * Reads a data set. `isValid`: the test file is left alone and the end of the training part is guessed instead, the
 * last day where times are known, else the last tenth of the sessions. `historyShare`: of what is left of the training
 * part only the latest sessions are learned, this share of them; the trials are the same for each share.
 */
export function readTask(source: Source, isValid: boolean, historyShare: number): Task {
  const lines = readLines(source.train);
  const format = source.format ?? formatOf(lines[0]!);
  const visits = format === "tsv" ? visitsOf(parseTsv(lines, source.train)) : parseSequences(lines);
  if (visits.length === 0)
    throw new UsageError(`${source.train} has a header only. Name a file with sessions.`);
  visits.sort((a, b) => endOf(a) - endOf(b));
  const cut = isValid ? validationStart(visits, format) : visits.length;
  const past = visits.slice(0, cut);
  const clicksOf = new Map<string, number>();
  for (const { clicks } of past)
    for (const { item } of clicks) clicksOf.set(item, (clicksOf.get(item) ?? 0) + 1);
  const asked = isValid
    ? visits.slice(cut).map((visit) => ({ ...visit, from: 1 }))
    : readTrials(source, format, past);
  const trials = asked.flatMap((trial) => knownPart(trial, clicksOf));
  if (trials.length === 0) {
    throw new UsageError(
      `${source.name}: no test session has two items of the training part. Are these two files of one shop?`,
    );
  }
  return { name: source.name, train: past.slice(-Math.ceil(past.length * historyShare)), trials, clicksOf };
}

const formatOf = (line: string): Format => (line.split("\t").length >= 3 ? "tsv" : "srgnn");

function validationStart(visits: readonly Visit[], format: Format): number {
  const dayBefore = endOf(visits.at(-1)!) - DAY_MS;
  const start =
    format === "tsv"
      ? visits.findIndex((visit) => endOf(visit) > dayBefore)
      : Math.floor(visits.length * 0.9);
  if (start > 0) return start;
  throw new UsageError("The training part is too short to hold back its last day. Leave out --valid.");
}

function readTrials({ test }: Source, format: Format, past: readonly Visit[]): Trial[] {
  if (test === undefined) throw new UsageError("There is nothing to guess. Give --test FILE, or --valid.");
  const lines = readLines(test);
  if (format === "srgnn") return parseExamples(lines, endOf(past.at(-1)!), test);
  return visitsOf(parseTsv(lines, test)).map((visit) => ({ ...visit, from: 1 }));
}

/** A trial without the items that nobody could have learned; nothing if there is then nothing to guess. */
function knownPart(trial: Trial, known: ReadonlyMap<string, number>): Trial[] {
  const clicks = trial.clicks.filter(({ item }) => known.has(item));
  const before = trial.clicks.slice(0, trial.from).filter(({ item }) => known.has(item)).length;
  const from = Math.max(1, before);
  return clicks.length > from ? [{ ...trial, clicks, from }] : [];
}
