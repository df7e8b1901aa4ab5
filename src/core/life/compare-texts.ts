/** Order of two texts by their code units, as `sort` wants it. @example compareTexts("a", "b") // -1 */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
