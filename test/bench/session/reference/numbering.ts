/** Small numbers for names, in the order in which they are first met. */
export type Numbering = { readonly names: string[]; readonly numbers: Map<string, number> };

/** Numbers for no names yet. */
export const noNumbers = (): Numbering => ({ names: [], numbers: new Map() });

/** The number of a name, a new one if it has none. */
export function numberOf({ names, numbers }: Numbering, name: string): number {
  let number = numbers.get(name);
  if (number === undefined) {
    number = names.push(name) - 1;
    numbers.set(name, number);
  }
  return number;
}
