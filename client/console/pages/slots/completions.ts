import { getLocation } from "jsonc-parser";

/** A JSON Schema, as far as completion reads it. */
export type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
};

/** Something that may stand at the caret: what is shown, what is written, and what it takes the place of. */
export type Completion = {
  readonly label: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
};

const MOST = 30;

function* branches(schema: Schema | undefined, root: Schema): Generator<Schema> {
  if (!schema) return;
  const name = schema.$ref?.split("/").at(-1);
  if (name) yield* branches(root.$defs?.[name], root);
  yield schema;
  for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) yield* branches(one, root);
}

/** The schemas that hold at a path: several where it may be one of several things. */
function schemasAt(root: Schema, path: readonly (string | number)[]): Schema[] {
  let here = [...branches(root, root)];
  for (const step of path)
    here = here.flatMap((schema) => {
      const next =
        typeof step === "number"
          ? schema.items
          : (schema.properties?.[step] ??
            (typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined));
      return [...branches(next, root)];
    });
  return here;
}

/** What fits at a place of the text, by the schema: names of members, or values. */
export function completionsAt(text: string, offset: number, root: Schema): Completion[] {
  const location = getLocation(text, offset);
  const { previousNode: node, isAtPropertyKey, path } = location;
  const isInNode = node !== undefined && offset >= node.offset && offset <= node.offset + node.length;
  const from = isInNode ? node.offset : offset;
  const to = isInNode ? node.offset + node.length : offset;
  const typed = isInNode ? text.slice(from, offset).replace(/^"/, "").toLowerCase() : "";
  const schemas = schemasAt(root, isAtPropertyKey ? path.slice(0, -1) : path);
  const words = isAtPropertyKey
    ? schemas.flatMap(({ properties = {} }) => Object.keys(properties))
    : schemas.flatMap((schema) => [
        ...(schema.enum ?? []),
        ...(schema.const === undefined ? [] : [schema.const]),
        ...(schema.type === "boolean" ? [true, false] : []),
      ]);
  return [...new Set(words.map(String))]
    .filter((word) => word.toLowerCase().includes(typed))
    .slice(0, MOST)
    .map((label) => {
      const isPlain = !isAtPropertyKey && /^(true|false|-?\d+(\.\d+)?)$/.test(label);
      const value = isPlain ? label : JSON.stringify(label);
      // A name that is being replaced has its colon already.
      return { label, text: isAtPropertyKey && !isInNode ? `${value}: ` : value, from, to };
    });
}
