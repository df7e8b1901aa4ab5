import { parseTree, findNodeAtLocation, type ParseError, parse, printParseErrorCode } from "jsonc-parser";

/** The marketer's document, as far as this page knows it; everything else in it is kept as it is. */
export type Config = {
  readonly slots?: Readonly<Record<string, SlotConfig>>;
  readonly rules?: readonly Rule[];
  readonly [part: string]: unknown;
};
export type SlotConfig = {
  readonly title?: string;
  readonly page?: string;
  readonly strategies?: readonly string[];
  readonly max?: number;
};
export type Rule = {
  readonly id: string;
  readonly slots?: readonly string[];
  readonly when?: object;
  readonly then: readonly object[];
};

export const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Line of a place in a text, from 1. @example lineAt("a\nb", 2) // 2 */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

export type Read = { readonly config: Config } | { readonly line: number; readonly what: string };

/** Reads the text, or says where it is no JSON. */
export function readText(text: string): Read {
  const errors: ParseError[] = [];
  const config = parse(text, errors, { disallowComments: true }) as Config;
  const [first] = errors;
  if (first)
    return {
      line: lineAt(text, first.offset),
      what: printParseErrorCode(first.error)
        .replace(/([a-z])([A-Z])/g, "$1 $2")
        .toLowerCase(),
    };
  return { config };
}

/** Steps of a JSON pointer. @example stepsOf("/rules/0/then") // ["rules", 0, "then"] */
export const stepsOf = (pointer: string): (string | number)[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Where a JSON pointer leads in a text; the nearest place above it where it leads nowhere. */
export function placeOf(text: string, pointer: string): { readonly offset: number; readonly length: number } {
  const tree = parseTree(text);
  if (!tree) return { offset: 0, length: 0 };
  for (const steps = stepsOf(pointer); steps.length > 0; steps.pop()) {
    const node = findNodeAtLocation(tree, steps);
    if (node) return { offset: node.offset, length: node.length };
  }
  return { offset: 0, length: 0 };
}

/**
 * Parts that differ between two documents, by their names: `slots/home`, `rules/pin`, or the name of a part as a whole.
 * @example differences({ holdout: 1 }, { holdout: 2 }) // [{ part: "holdout", one: 1, other: 2 }]
 */
export function differences(one: Config, other: Config): Difference[] {
  const found: Difference[] = [];
  for (const part of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [a, b] = [partsOf(one[part]), partsOf(other[part])];
    if (a && b)
      for (const name of new Set([...a.keys(), ...b.keys()])) {
        if (JSON.stringify(a.get(name)) !== JSON.stringify(b.get(name)))
          found.push({ part: `${part}/${name}`, one: a.get(name), other: b.get(name) });
      }
    else if (JSON.stringify(one[part]) !== JSON.stringify(other[part]))
      found.push({ part, one: one[part], other: other[part] });
  }
  return found;
}
export type Difference = { readonly part: string; readonly one: unknown; readonly other: unknown };

/** Named members of a part: entries of an object, or of a list whose members have ids. */
function partsOf(value: unknown): Map<string, unknown> | undefined {
  if (value === undefined) return new Map();
  if (Array.isArray(value))
    return value.every((one) => typeof (one as { id?: unknown } | null)?.id === "string")
      ? new Map(value.map((one: { id: string }) => [one.id, one]))
      : undefined;
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

/** A document with one part taken from another. Members of lists keep their order; new ones come last. */
export function withPart(config: Config, part: string, value: unknown): Config {
  const [name, member] = [
    part.split("/", 1)[0]!,
    part.includes("/") ? part.slice(part.indexOf("/") + 1) : undefined,
  ];
  if (member === undefined) {
    const { [name]: _gone, ...rest } = config;
    return value === undefined ? rest : { ...rest, [name]: value };
  }
  const own = config[name];
  if (
    Array.isArray(own) ||
    (own === undefined && name !== "slots" && (value as { id?: string } | undefined)?.id)
  ) {
    const list = (own ?? []) as { readonly id: string }[];
    const without = list.filter(({ id }) => id !== member);
    const at = list.findIndex(({ id }) => id === member);
    const next =
      value === undefined ? without : without.toSpliced(at === -1 ? without.length : at, 0, value as never);
    return { ...config, [name]: next };
  }
  const { [member]: _gone, ...rest } = (own ?? {}) as Record<string, unknown>;
  return { ...config, [name]: value === undefined ? rest : { ...rest, [member]: value } };
}
