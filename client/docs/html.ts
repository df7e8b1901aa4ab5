/** Markup that is safe to stand in a page as it is. */
export type Markup = { readonly markup: string };

type Part = Markup | string | number | false | null | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @example escapeText("<b>") // "&lt;b&gt;" */
export const escapeText = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => ENTITIES[one]!);

/** Writes markup; everything that is put into it is text, unless it was written so itself. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: strings.map((text, at) => text + (at < parts.length ? written(parts[at]) : "")).join(""),
});

function written(part: Part): string {
  if (part === false || part === null || part === undefined) return "";
  if (typeof part === "string" || typeof part === "number") return escapeText(String(part));
  return isList(part) ? part.map(written).join("") : part.markup;
}

const isList = (part: Part): part is readonly Part[] => Array.isArray(part);

/** A sentence with code in backticks. */
export const sentence = (text: string): Markup => ({
  markup: escapeText(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>"),
});
