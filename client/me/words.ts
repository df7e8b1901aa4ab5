/** Who told us something, in a customer's words. */
const SOURCES: { readonly [source: string]: string } = {
  snippet: "your visits to these pages",
  customer: "you, on this page",
  server: "the shop's own system",
  import: "the shop's records",
  note: "a note of our staff",
  segment: "the shop's app",
  ga4: "the shop's app",
};

/** @example sourceText("customer") // "you, on this page" */
export const sourceText = (source: string): string => SOURCES[source] ?? `the shop's system “${source}”`;

/** A name a program gave, as a label. @example labelOf("shoe_size") // "Shoe size" */
export function labelOf(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replaceAll(/[_\-./]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @example valueText(true) // "Yes" */
export const valueText = (value: unknown): string =>
  value === true ? "Yes" : value === false ? "No" : String(value);

/** @example counted(1, "order") // "1 order" */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
