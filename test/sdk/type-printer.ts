import { SymbolFlags, TypeFlags, type Checker, type Symbol, type Type } from "typescript/unstable/sync";

const { Any, Unknown, Undefined, Void, Never, Object: Thing } = TypeFlags;
const PRIMITIVE = TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.BooleanLike;

/** characters of a type that is worth a name of its own when it comes up more than once */
const SHARED_LENGTH_MIN = 120;

/** Fields that the wire leaves open because it parses them one by one, and what is meant by them. */
const openings: Readonly<Record<string, string>> = {
  "events: readonly unknown[]": "readonly ShopEvent[]",
};

/** A property's own name fits unquoted. */
const PLAIN = /^[A-Za-z_$][\w$]*$/;

/**
 * Writes types of the Worker's source as text that stands by itself: what has a name there keeps it and is told once, everything
 * else is written out. Only what JSON carries is told: no methods, no symbols, `undefined` as an absent field.
 */
export class TypePrinter {
  readonly #checker: Checker;
  readonly #taken: ReadonlySet<string>;
  /** What a first look over everything found more than once. */
  readonly #before: TypePrinter | undefined;
  /** How often each text was printed, and each type's text. */
  readonly #counts = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  readonly #shared = new Map<string, string>();
  /** Names of the fields on the way to what is printed. */
  readonly #way: string[] = [];
  /** Bodies of named types, by name, in the order in which they were met. */
  readonly #named = new Map<string, string>();
  readonly #names = new Map<number, string>();
  #depth = 0;

  /**
   * @param taken names that mean something else where the text will stand
   * @param before a printer that has printed the same: what it met more than once gets a name, from the field that holds it
   */
  constructor(checker: Checker, taken: ReadonlySet<string>, before?: TypePrinter) {
    this.#checker = checker;
    this.#taken = taken;
    this.#before = before;
  }

  /** Every named type met so far, as declarations. */
  declarations(): string[] {
    return [...this.#named]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, body]) => `export type ${name} = ${body};`);
  }

  /** A type under a name of the caller's choice. */
  declare(name: string, type: Type): void {
    if (this.#names.has(type.id)) return;
    this.#names.set(type.id, name);
    this.#named.set(name, "unknown");
    this.#named.set(name, this.#body(type, name));
  }

  /** @param field what a type without a name may be called after, if it comes up again */
  print(whole: Type, field?: string): string {
    const type = this.#bare(whole);
    if (field === undefined) return this.#printed(type);
    this.#way.push(field);
    const text = this.#printed(type);
    this.#way.pop();
    return text;
  }

  /** A type without what is not told of it: that it may be absent, or that it can be disposed of. */
  #bare(type: Type): Type {
    const parts = type.isUnionType()
      ? type.getTypes()!.filter(({ flags }) => !(flags & (Undefined | Void | Never)))
      : type.isIntersectionType()
        ? type.getTypes()!.filter((one) => one.flags & PRIMITIVE || !this.#isSilent(one))
        : [];
    return parts.length === 1 ? this.#bare(parts[0]!) : type;
  }

  #printed(type: Type): string {
    return this.#nameOf(type) ?? this.#sharedName(type) ?? this.#counted(type);
  }

  #counted(type: Type): string {
    const text = this.#body(type);
    this.#texts.set(type.id, text);
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
    return text;
  }

  /** A name for what is written out in several places and is long enough to deserve one. */
  #sharedName(type: Type): string | undefined {
    const before = this.#before;
    if (before === undefined) return undefined;
    const text = before.#texts.get(type.id);
    if (text === undefined || text.length < SHARED_LENGTH_MIN || (before.#counts.get(text) ?? 0) < 2)
      return undefined;
    if (this.#checker.isArrayType(type)) return undefined;
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    const field = this.#way.at(-1) ?? "Shared";
    const ending = text.startsWith('"') ? "Name" : "";
    const name = this.#free(`${field[0]!.toUpperCase()}${field.slice(1).replaceAll(/\W/g, "")}${ending}`);
    this.#shared.set(text, name);
    this.#named.set(name, "unknown");
    this.#named.set(name, this.#body(type, name));
    return name;
  }

  #free(wanted: string): string {
    let name = wanted;
    for (let next = 2; this.#named.has(name) || this.#taken.has(name); next++) name = `${wanted}${next}`;
    return name;
  }

  /** A name that the source itself gives a type without parameters. */
  #nameOf(type: Type): string | undefined {
    const known = this.#names.get(type.id);
    if (known !== undefined) return known;
    if ((type.flags & (Thing | TypeFlags.UnionOrIntersection)) === 0) return undefined;
    const alias = type.getAliasSymbol();
    if (alias === undefined || type.getAliasTypeArguments().length > 0) return undefined;
    if (!alias.declarations.some(({ path }) => path.includes("/src/"))) return undefined;
    const name = this.#free(alias.name);
    this.#names.set(type.id, name);
    this.#named.set(name, "unknown");
    const body = this.#body(type, name);
    // Two instances of one alias differ in nothing but their number.
    const twin = [...this.#named].find(
      ([other, text]) => other !== name && text === body && baseOf(other) === alias.name,
    );
    if (twin !== undefined) {
      this.#named.delete(name);
      this.#names.set(type.id, twin[0]);
      return twin[0];
    }
    this.#named.set(name, body);
    return name;
  }

  #body(type: Type, self?: string): string {
    const { flags } = type;
    if (flags & (Any | Unknown)) return "unknown";
    if (flags & (Undefined | Void | Never)) return "undefined";
    if (flags & TypeFlags.Null) return "null";
    if (type.isStringLiteralType() || type.isNumberLiteralType() || type.isBooleanLiteralType())
      return JSON.stringify(type.value);
    if (flags & TypeFlags.String) return "string";
    if (flags & TypeFlags.Number) return "number";
    if (flags & TypeFlags.Boolean) return "boolean";
    if (flags & TypeFlags.TemplateLiteral) return this.#checker.typeToString(type);
    if (type.isUnionType()) return this.#union(type.getTypes()!);
    if (type.isIntersectionType()) return this.#intersection(type, type.getTypes()!);
    if (this.#checker.isArrayType(type))
      return this.#array(this.#checker.getTypeArguments(type as never)[0]!);
    if (this.#checker.isTupleType(type)) {
      const parts = this.#checker.getTypeArguments(type as never).map((one) => this.print(one));
      return `readonly [${parts.join(", ")}]`;
    }
    if (flags & (Thing | TypeFlags.NonPrimitive)) return this.#object(type, self);
    return "unknown";
  }

  #array(of: Type): string {
    const text = of.flags & Never ? "never" : this.print(of);
    return /^\w+$/.test(text) ? `readonly ${text}[]` : `readonly (${text})[]`;
  }

  #union(types: readonly Type[]): string {
    const parts = new Set<string>();
    for (const one of types) if (!(one.flags & (Undefined | Void | Never))) parts.add(this.print(one));
    if (parts.has("unknown")) return "unknown";
    if (parts.delete("true")) parts.add(parts.delete("false") ? "boolean" : "true");
    if (parts.has("false") && parts.has("boolean")) parts.delete("false");
    return parts.size === 0 ? "undefined" : [...parts].join(" | ");
  }

  /** A branded text is a text; what a stub adds to an answer (that it can be disposed of) is nothing that is told. */
  #intersection(whole: Type, types: readonly Type[]): string {
    const telling = types.filter((one) => one.flags & PRIMITIVE || !this.#isSilent(one));
    const primitive = telling.find((one) => one.flags & PRIMITIVE);
    if (primitive) return this.print(primitive);
    return telling.length === 1 ? this.print(telling[0]!) : this.#object(whole);
  }

  #isSilent(type: Type): boolean {
    if (this.#checker.isArrayType(type) || this.#checker.isTupleType(type) || type.isUnionType())
      return false;
    return this.#tellable(type).length === 0 && this.#checker.getIndexInfosOfType(type).length === 0;
  }

  #tellable(type: Type): Symbol[] {
    return this.#checker
      .getPropertiesOfType(type)
      .filter(
        ({ name, flags }) =>
          !(flags & SymbolFlags.Method) && !name.startsWith("\u{fe}@") && !name.startsWith("__@"),
      );
  }

  #object(type: Type, self?: string): string {
    if (this.#depth > 24) throw new Error(`A type has no end: ${self ?? this.#checker.typeToString(type)}`);
    this.#depth++;
    const lines = this.#tellable(type).map((property) => {
      const of = this.#checker.getTypeOfSymbol(property)!;
      const isOptional = (property.flags & SymbolFlags.Optional) !== 0 || mayBeAbsent(of);
      const name = PLAIN.test(property.name) ? property.name : JSON.stringify(property.name);
      const doc = property
        .getDocumentationComment(this.#checker)
        .replaceAll(/\s*\n\s*/g, " ")
        .trim();
      const text = this.print(of, property.name);
      return `${doc ? `/** ${doc} */\n` : ""}readonly ${name}${isOptional ? "?" : ""}: ${openings[`${property.name}: ${text}`] ?? text};`;
    });
    for (const { keyType, valueType } of this.#checker.getIndexInfosOfType(type))
      lines.push(
        `readonly [name: ${this.print(keyType) === "number" ? "number" : "string"}]: ${this.print(valueType)};`,
      );
    this.#depth--;
    return lines.length === 0 ? "Readonly<Record<string, unknown>>" : `{\n${lines.join("\n")}\n}`;
  }
}

const baseOf = (name: string): string => name.replace(/\d+$/, "");
const mayBeAbsent = (type: Type): boolean =>
  type.isUnionType() && type.getTypes()!.some(({ flags }) => (flags & Undefined) !== 0);
