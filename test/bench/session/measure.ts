import { countList, LIST, meansOf, noAccuracy } from "./accuracy.ts";
import { inOrderOfTime, type Click } from "./click.ts";
import type { Recommender } from "./recommender.ts";
import type { Task } from "./task.ts";

/** Predictions before the clock counts: a server's code is warm, too. */
const WARM_UP = 2000;

/** Whether the item being looked at may be in the list; if not, the list takes one more. */
export type Repeats = "on" | "off";

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const quantile = (sorted: Float64Array, share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/**
 * Learns the training part in order of time and predicts each trial, item after item. `isOnline`: test clicks of all
 * sessions come in order of time, and each is learned before the one after it is predicted.
 */
export function measure(
  task: Task,
  recommender: Recommender,
  repeats: readonly Repeats[],
  isOnline: boolean,
) {
  const history = inOrderOfTime(task.train);
  const from = performance.now();
  for (const click of history) recommender.learn(click);
  const learnUs = ((performance.now() - from) * 1000) / history.length;
  recommender.refresh(history.at(-1)!.at, true);
  const bytes = recommender.bytes();

  const most = [...task.clicksOf.values()].reduce((max, count) => Math.max(max, count), 1);
  const popularityOf = (item: string) => (task.clicksOf.get(item) ?? 0) / most;
  const tallies = repeats.map((kind) => ({ kind, accuracy: noAccuracy() }));
  const us: number[] = [];
  const predict = (items: readonly string[], next: number, { session, at }: Click) => {
    const visit = { session, items: items.slice(0, next), at };
    const start = performance.now();
    const guesses = recommender.predict(visit, LIST + 1);
    us.push((performance.now() - start) * 1000);
    const current = visit.items.at(-1)!;
    const all = guesses.map(({ item }) => item);
    for (const { kind, accuracy } of tallies) {
      const list = kind === "on" ? all : all.filter((item) => item !== current);
      countList(accuracy, list.slice(0, LIST), items.slice(next), popularityOf);
    }
  };

  const asked = new Map(
    task.trials.map(({ id, clicks, from }) => [id, { items: clicks.map(({ item }) => item), from, done: 0 }]),
  );
  for (let i = 0; i < WARM_UP; i++) {
    const { clicks, from } = task.trials[i % task.trials.length]!;
    const { session, at } = clicks[from - 1]!;
    recommender.predict({ session, items: clicks.slice(0, from).map(({ item }) => item), at }, LIST + 1);
  }
  const clicks = isOnline ? inOrderOfTime(task.trials) : task.trials.flatMap((trial) => trial.clicks);
  for (const click of clicks) {
    const trial = asked.get(click.session)!;
    const next = (trial.done += 1);
    const isEnd = next === trial.items.length;
    if (isOnline) {
      recommender.learn(click);
      recommender.refresh(click.at, isEnd);
    }
    if (next >= trial.from && !isEnd) predict(trial.items, next, click);
  }
  const sorted = Float64Array.from(us).sort();
  return {
    predictions: us.length,
    learnUsPerClick: round(learnUs, 2),
    predictUsP50: round(quantile(sorted, 0.5), 1),
    predictUsP99: round(quantile(sorted, 0.99), 1),
    bytes,
    ...Object.fromEntries(
      tallies.map(({ kind, accuracy }) => [`repeats_${kind}`, meansOf(accuracy, task.clicksOf.size)]),
    ),
  } as Measured;
}

export type Measured = {
  readonly predictions: number;
  readonly learnUsPerClick: number;
  readonly predictUsP50: number;
  readonly predictUsP99: number;
  readonly bytes: number;
  readonly repeats_on?: ReturnType<typeof meansOf>;
  readonly repeats_off?: ReturnType<typeof meansOf>;
};
