import type { Plant } from "./plants.ts";
import type { Scenario } from "./scenario.ts";
import type { Stored } from "./stored.ts";
import type { Trial } from "./trial.ts";

/** What became of a scenario. */
export type Tally = {
  readonly scenario: string;
  readonly plant?: Plant;
  readonly trials: number;
  /** Events and views that were to be stored. */
  readonly promised: number;
  /** Share of what was told before leaving that was stored before the visitor came back, in [0, 1]. */
  readonly onExit: number;
  readonly missing: number;
  /** Stored more often than promised. */
  readonly duplicates: number;
  /** Requests by which a browser asked for permission. */
  readonly preflights: number;
  /** Largest values of what else was seen. `people`: persons one visitor was stored as. */
  readonly figures: Readonly<Record<string, number>>;
  /** Examples of what went wrong: trial, number or page, and type. */
  readonly examples: readonly string[];
  readonly failures: readonly string[];
  /** What was promised and not kept, in words. Empty: all is well. */
  readonly broken: readonly string[];
  readonly skipped?: string;
};

type Played = { readonly trial: Trial; readonly failure?: string };

/** Compares what was promised with what the Worker has, one by one. */
export function tally(
  scenario: Scenario,
  plant: Plant | undefined,
  played: readonly Played[],
  stored: ReadonlyMap<string, readonly Stored[]>,
): Tally {
  const figures: Record<string, number> = {};
  const most = (name: string, value: number): void => {
    figures[name] = Math.max(figures[name] ?? 0, value);
  };
  const examples: string[] = [];
  const sum = { promised: 0, missing: 0, duplicates: 0, told: 0, before: 0, preflights: 0 };
  for (const { trial } of played) {
    const people = new Set<string>();
    sum.preflights += trial.traffic.passed.filter(({ method }) => method === "OPTIONS").length;
    for (const [name, value] of Object.entries(trial.figures)) most(name, value);
    for (const [mark, expected] of expectedOf(trial)) {
      const rows = (stored.get(mark) ?? []).filter(({ type }) => type === expected.type);
      sum.promised += expected.times;
      sum.missing += Math.max(0, expected.times - rows.length);
      sum.duplicates += Math.max(0, rows.length - expected.times);
      if (rows.length !== expected.times && examples.length < 6)
        examples.push(`${trial.name} ${mark.split("/").at(-1)} ${expected.type} × ${rows.length}`);
      for (const row of rows) {
        people.add(row.customer);
        // A view happens when its page has come, which takes as long as it takes.
        if (row.type !== "page_viewed") most("timeErrorMs", Math.abs(row.happenedAt - expected.toldAt));
      }
      if (expected.toldAt >= trial.exitEndedAt) continue;
      sum.told += expected.times;
      const before = rows.filter(({ receivedAt }) => receivedAt < trial.exitEndedAt).length;
      sum.before += Math.min(expected.times, before);
    }
    most("people", people.size);
  }
  const failures = played.flatMap(({ trial, failure }) => (failure ? [`${trial.name}: ${failure}`] : []));
  const { promised, missing, duplicates, preflights } = sum;
  const onExit = sum.told === 0 ? 1 : sum.before / sum.told;
  const isFew = duplicates <= (scenario.twiceMax ?? 0) * played.length;
  const found = { missing, duplicates: isFew ? 0 : duplicates, preflights, failures: failures.length };
  return {
    scenario: scenario.name,
    ...(plant === undefined ? {} : { plant }),
    ...(scenario.missing === undefined ? {} : { skipped: scenario.missing }),
    trials: played.length,
    promised,
    onExit,
    missing,
    duplicates,
    preflights,
    figures,
    examples,
    failures,
    broken: [
      ...Object.entries(found).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : [])),
      ...(onExit < (scenario.onExit ?? 0) ? [`${(100 * onExit).toFixed(2)} % on exit`] : []),
      ...Object.entries(scenario.limits ?? {}).flatMap(([name, limit]) =>
        (figures[name] ?? 0) > limit ? [`${name} ${figures[name]}`] : [],
      ),
    ],
  };
}

/** By mark; a page that is seen twice is to be stored twice. */
function expectedOf({ promised }: Trial): Map<string, { type: string; times: number; toldAt: number }> {
  const expected = new Map<string, { type: string; times: number; toldAt: number }>();
  for (const { mark, type, times, toldAt } of promised) {
    const known = expected.get(mark);
    expected.set(mark, { type, times: (known?.times ?? 0) + times, toldAt: known?.toldAt ?? toldAt });
  }
  return expected;
}
