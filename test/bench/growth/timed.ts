import { median } from "../serve/figures.ts";

/**
 * Microseconds of each call, as the median of so many rounds. Everybody takes a turn in every round, so that what else happens
 * on the machine hits all alike.
 * @param calls calls that are timed together: a clock is not fine enough for one
 */
export function timedInTurns(works: readonly (() => unknown)[], rounds: number, calls: number): number[] {
  const taken = works.map((): number[] => []);
  for (let n = -1; n < rounds; n++)
    for (const [i, work] of works.entries()) {
      const from = performance.now();
      for (let call = 0; call < calls; call++) work();
      // The first round compiles what is hot.
      if (n >= 0) taken[i]!.push(((performance.now() - from) * 1000) / calls);
    }
  return taken.map(median);
}

/** The same for what is waited for, one call at a time: milliseconds, with the rounds' own figures. */
export async function awaitedInTurns(
  works: readonly ((round: number) => Promise<unknown>)[],
  rounds: number,
): Promise<number[][]> {
  const taken = works.map((): number[] => []);
  for (let n = 0; n < rounds; n++)
    for (const [i, work] of works.entries()) {
      const from = performance.now();
      await work(n);
      taken[i]!.push(performance.now() - from);
    }
  return taken;
}
