/** The client's types as text, and what their comments say. */
export type WireText = {
  /** Declarations by name. */
  readonly types: ReadonlyMap<string, string>;
  /** Text of each operation's body and answer. @example bodies.get("POST /v1/decide") // "DecideRequest" */
  readonly bodies: ReadonlyMap<string, string>;
  readonly answers: ReadonlyMap<string, string>;
};

/** Takes the file of types apart. It is formatted by rule, so that its indentation tells its structure. */
export function readWire(text: string): WireText {
  const [declared, operations] = text.split("export interface Operations {\n") as [string, string];
  const types = new Map(
    [...declared.matchAll(/^export type (\w+) =\s*([^]*?);\n(?=\n|$)/gm)].map(([, name, body]) => [name!, body!]),
  );
  const bodies = new Map<string, string>();
  const answers = new Map<string, string>();
  for (const [, name, fields] of operations.matchAll(/^ {2}"([A-Z]+ [^"]+)": \{\n([^]*?)^ {2}\};/gm)) {
    bodies.set(name!, fieldOf("body", fields!));
    answers.set(name!, fieldOf("answer", fields!));
  }
  return { types, bodies, answers };
}

const fieldOf = (name: string, fields: string): string => {
  const found = new RegExp(`^ {4}readonly ${name}:\\s*([^]*?);$(?=\\n {4}readonly|\\n*$(?![^]))`, "m").exec(fields);
  return (found?.[1] ?? "unknown").replaceAll(/^ {4}/gm, "");
};

/** What the comments of a type say of its fields, by their way from the root. @example docs.get("slots.max") */
export function docsOf(name: string, { types }: WireText): ReadonlyMap<string, string> {
  const docs = new Map<string, string>();
  collect(name, "", types, docs, []);
  return docs;
}

function collect(
  name: string,
  at: string,
  types: ReadonlyMap<string, string>,
  docs: Map<string, string>,
  within: readonly string[],
): void {
  const text = types.get(name);
  if (text === undefined || within.includes(name)) return;
  const way: { readonly indent: number; readonly name: string }[] = [];
  let doc = "";
  for (const line of text.split("\n")) {
    const told = /^\s*\/\*\* (.*) \*\/$/.exec(line);
    if (told) doc = told[1]!;
    const field = /^(\s*)readonly "?([\w$-]+)"?\??:(.*)$/.exec(line);
    if (!field) continue;
    const indent = field[1]!.length;
    while (way.length > 0 && way.at(-1)!.indent >= indent) way.pop();
    way.push({ indent, name: field[2]! });
    const path = [at, ...way.map((one) => one.name)].filter(Boolean).join(".");
    if (doc && !docs.has(path)) docs.set(path, doc);
    doc = "";
    for (const [word] of field[3]!.matchAll(/\b[A-Z]\w+/g)) collect(word, path, types, docs, [...within, name]);
  }
}
