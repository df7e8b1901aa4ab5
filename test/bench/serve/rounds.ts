import { underLoad, type Contender, type Load, type Round } from "./load.ts";

/**
 * Puts the contenders under load in turn, many short rounds in alternating direction, so that what else happens on the
 * machine hits all of them alike. `told` hears of every finished round.
 */
export async function inRounds<K extends string>(
  contenders: Readonly<Record<K, Contender>>,
  rounds: number,
  load: Load,
  told: () => void,
): Promise<Record<K, Round[]>> {
  const names = Object.keys(contenders) as K[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Round[]])) as Record<K, Round[]>;
  for (let n = 0; n < rounds; n++) {
    for (const name of n % 2 === 0 ? names : names.toReversed()) {
      results[name].push(await underLoad(contenders[name], load));
      told();
    }
  }
  return results;
}
