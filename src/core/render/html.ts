const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that stays text, in content and in quoted attributes. @example escaped(`<b title="x">`) // "&lt;b title=&quot;x&quot;&gt;" */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** Attributes, each with a space before it and its value quoted and escaped. Names are ours. */
export const attributes = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("");

/**
 * An address that leads to the web: absolute over http or https, or a path of the shop's own. Anything else, a script's
 * too, is none.
 * @example webAddress("javascript:alert(1)") // undefined
 */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /^(https?:\/\/[^/]|\/(?![/\\]))/i.test(text) ? text : undefined;
}
