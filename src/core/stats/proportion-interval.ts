/**
 * Where the share behind some successes may lie, with 95 % confidence: the score interval, which stays within 0 and 1 and holds
 * for few trials too. Source: Wilson, "Probable inference" (1927).
 * @param successes 0 to `trials` @param trials above 0
 * @example proportionInterval(10, 100) // { low: 0.0552…, high: 0.1744… }
 */
export function proportionInterval(
  successes: number,
  trials: number,
): { readonly low: number; readonly high: number } {
  const z = 1.959963984540054;
  const share = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const middle = (share + z ** 2 / (2 * trials)) / scale;
  const reach = (z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2))) / scale;
  return { low: successes === 0 ? 0 : middle - reach, high: successes === trials ? 1 : middle + reach };
}
