/** The five entities that XML itself defines. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * Decodes XML's own five entities and numeric references; whatever else looks like one stays as it is. Nothing a
 * document declares is ever expanded, so text never grows.
 * @example decodeXmlText("caf&#xE9; &amp; bar &shop;") // "café & bar &shop;"
 */
export function decodeXmlText(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED.get(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    const isCharacter =
      code === 9 ||
      code === 10 ||
      code === 13 ||
      (code >= 32 && code <= 0x10ffff && (code & 0xfffff800) !== 0xd800);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}

/**
 * Whether a document declares a type or an entity anywhere outside comments and CDATA. One pass, in linear time.
 * @example declaresDoctype("<!DOCTYPE rss []><rss/>") // true
 */
export function declaresDoctype(xml: string): boolean {
  let from = 0;
  for (;;) {
    const at = xml.indexOf("<!", from);
    if (at < 0) return false;
    const end = xml.startsWith("<![CDATA[", at) ? "]]>" : xml.startsWith("<!--", at) ? "-->" : undefined;
    if (end === undefined) {
      if (/^<!(doctype|entity|element|attlist)/i.test(xml.slice(at, at + 10))) return true;
      from = at + 2;
      continue;
    }
    const closed = xml.indexOf(end, at + 4);
    if (closed < 0) return false;
    from = closed + end.length;
  }
}
