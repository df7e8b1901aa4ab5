import { XMLParser, XMLValidator } from "fast-xml-parser";
import { openFeed, type Feed } from "./feed-rows.ts";
import { fieldsOf, isFields, type Fields } from "./read-field.ts";
import { declaresDoctype, decodeXmlText } from "./xml-text.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  // A GTIN keeps its leading zeros, a price its currency: everything stays text.
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => name === "item" || name === "entry",
  entityDecoder: {
    decode: decodeXmlText,
    setExternalEntities: () => {},
    addInputEntities: () => {},
    reset: () => {},
    setXmlVersion: () => {},
  },
});

/** Text of an element; an Atom link's address is its attribute. Nested elements stay an object. */
function valueOf(element: unknown): unknown {
  if (Array.isArray(element)) {
    const all = element as readonly unknown[];
    const plain = all.find((one) => (fieldsOf(one)["@rel"] ?? "alternate") === "alternate");
    return valueOf(plain ?? all[0]);
  }
  if (!isFields(element)) return element;
  return element["@href"] ?? element["#text"] ?? element;
}

/** An item's elements as a row: `g:` and `c:` prefixes fall off, and a prefixed name wins over the plain one. */
function rowOf(item: unknown): Fields {
  const row = new Map<string, unknown>();
  const elements = Object.entries(fieldsOf(item)).filter(([name]) => !/^[@#]/.test(name));
  for (const [name, element] of elements) if (!/^[gc]:/.test(name)) row.set(name, valueOf(element));
  for (const [name, element] of elements) if (/^[gc]:/.test(name)) row.set(name.slice(2), valueOf(element));
  return Object.fromEntries(row);
}

/**
 * Reads a Google Merchant feed: RSS 2.0 `item` or Atom `entry`. A row's line is the item's ordinal. A document type is
 * refused, and so is a document that is not well-formed to its end: half a feed must not pass for a small one.
 */
export function readXmlFeed(text: string): Feed {
  const feed = openFeed();
  if (declaresDoctype(text)) {
    feed.spoil(1, "A document type declaration is not accepted.");
    return feed.close();
  }
  try {
    const validity = XMLValidator.validate(text);
    if (validity !== true) {
      feed.spoil(validity.err.line, "The document is not well-formed XML.");
      return feed.close();
    }
    const root = fieldsOf(parser.parse(text));
    const items = fieldsOf(fieldsOf(root["rss"])["channel"])["item"] ?? fieldsOf(root["feed"])["entry"];
    const isFeed = "rss" in root || "feed" in root;
    if (!isFeed) feed.spoil(1, "The document is neither an RSS 2.0 nor an Atom feed.");
    for (const [index, item] of (Array.isArray(items) ? items : []).entries())
      feed.add(index + 1, rowOf(item));
  } catch {
    // The parser throws on names that could reach an object's prototype and on documents nested too deeply.
    feed.spoil(1, "The document holds names or nesting that no feed needs.");
  }
  return feed.close();
}
