import { isTold, type Told } from "../../parts/withheld.ts";
import { WORDS } from "../../words/segments.ts";

/** Writes a figure, or that it is about too few. */
export const told = <T>(value: Told<T> | null | undefined, write: (value: T) => string): string =>
  value === null || value === undefined ? "–" : isTold(value) ? write(value) : WORDS.few;
