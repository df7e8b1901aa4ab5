import type { JsonSchema } from "./api.ts";

/** A field of a body, as a row. */
export type Field = {
  /** Names on the way to it. @example "slots.max" */
  readonly path: string;
  readonly depth: number;
  readonly name: string;
  readonly isRequired: boolean;
  /** @example "list of texts" */
  readonly type: string;
  /** @example "up to 24" */
  readonly limits: string;
};

type Schemas = Readonly<Record<string, JsonSchema>>;
const DEPTH_MAX = 4;

/** The fields of a body, each before those inside it. Alternatives of a union stand one after another, each field once. */
export function fieldsOf(schema: JsonSchema, schemas: Schemas): Field[] {
  const rows: Field[] = [];
  walk(schema, schemas, "", 0, rows);
  return rows;
}

function walk(given: JsonSchema, schemas: Schemas, at: string, depth: number, rows: Field[]): void {
  const schema = resolve(given, schemas);
  const options = alternativesOf(schema);
  if (options) {
    for (const one of options) walk(one, schemas, at, depth, rows);
    return;
  }
  if (schema["items"]) return walk(schema["items"] as JsonSchema, schemas, at, depth, rows);
  const required = new Set((schema["required"] ?? []) as readonly string[]);
  for (const [name, inner] of Object.entries((schema["properties"] ?? {}) as Schemas)) {
    const path = at === "" ? name : `${at}.${name}`;
    if (rows.some((row) => row.path === path)) continue;
    const field = resolve(inner, schemas);
    rows.push({ path, depth, name, isRequired: required.has(name), type: typeOf(field, schemas), limits: limitsOf(field, schemas) });
    if (depth < DEPTH_MAX) walk(inner, schemas, path, depth + 1, rows);
  }
  const named = schema["additionalProperties"];
  if (typeof named === "object" && named !== null && Object.keys(named).length > 0 && depth < DEPTH_MAX)
    walk(named as JsonSchema, schemas, at === "" ? "*" : `${at}.*`, depth, rows);
}

function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const reference = schema["$ref"];
  return typeof reference === "string" ? resolve(schemas[reference.split("/").at(-1)!] ?? {}, schemas) : schema;
}

const alternativesOf = (schema: JsonSchema): readonly JsonSchema[] | undefined =>
  (schema["anyOf"] ?? schema["oneOf"]) as readonly JsonSchema[] | undefined;

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "number",
  integer: "whole number",
  boolean: "yes or no",
  null: "null",
  object: "object",
  array: "list",
};

/** A type in words. @example typeOf({ type: "array", items: { type: "string" } }, {}) // "list of text" */
export function typeOf(given: JsonSchema, schemas: Schemas): string {
  const schema = resolve(given, schemas);
  const options = alternativesOf(schema);
  if (options) return [...new Set(options.map((one) => typeOf(one, schemas)))].join(" or ");
  if ("const" in schema) return JSON.stringify(schema["const"]);
  const choices = schema["enum"] as readonly unknown[] | undefined;
  if (choices) return choices.map((one) => JSON.stringify(one)).join(", ");
  const type = schema["type"] as string | undefined;
  if (type === undefined) return "any JSON";
  if (type === "array" && schema["items"]) return `list of ${typeOf(schema["items"] as JsonSchema, schemas)}`;
  const named = schema["additionalProperties"];
  if (type === "object" && !schema["properties"] && typeof named === "object" && named !== null)
    return Object.keys(named).length === 0 ? "object of any names" : `${typeOf(named as JsonSchema, schemas)}, by name`;
  return WORDS[type] ?? type;
}

/** Bounds in words. @example limitsOf({ minimum: 0, maximum: 24 }, {}) // "0 to 24" */
export function limitsOf(given: JsonSchema, schemas: Schemas): string {
  const schema = resolve(given, schemas);
  const told: string[] = [];
  const range = (least: unknown, most: unknown, unit: string): void => {
    if (least === undefined && most === undefined) return;
    const text = least === undefined ? `up to ${most}` : most === undefined ? `${least} or more` : least === most ? `${least}` : `${least} to ${most}`;
    told.push(`${text}${unit}`);
  };
  const isSafe = (bound: unknown) => (Math.abs(Number(bound)) >= Number.MAX_SAFE_INTEGER ? undefined : bound);
  range(isSafe(schema["minimum"]), isSafe(schema["maximum"]), "");
  if (schema["exclusiveMinimum"] !== undefined) told.push(`more than ${String(schema["exclusiveMinimum"])}`);
  range(schema["minLength"], schema["maxLength"], " characters");
  range(schema["minItems"], schema["maxItems"], " entries");
  if (schema["pattern"] !== undefined) told.push(`like ${String(schema["pattern"])}`);
  if (schema["default"] !== undefined) told.push(`${JSON.stringify(schema["default"])} unless said`);
  return told.join("; ");
}
