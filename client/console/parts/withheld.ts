/** A figure, or the sign that it is about too few people to be told. */
export type Told<T> = T | { readonly withheld: true };

/** Whether a figure is told. @example isTold({ withheld: true }) // false */
export const isTold = <T>(value: Told<T>): value is T =>
  !(typeof value === "object" && value !== null && "withheld" in value);
