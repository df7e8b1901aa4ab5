import type * as v from "valibot";

/** Why something is refused: the place as a JSON pointer, and what was expected there ("must be …"). */
export type Defect = { readonly pointer: string; readonly expected: string };

/** The pointer of a field. @example pointerTo("/a", "b/c") // "/a/b~1c" */
export const pointerTo = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** A defect as an issue of a schema that sees the whole: with the path to its place. */
export function issueOf(
  { pointer, expected }: Defect,
  whole: unknown,
): { message: string; input: unknown; path?: [v.IssuePathItem, ...v.IssuePathItem[]] } {
  let input = whole;
  const path: v.IssuePathItem[] = [];
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const value: unknown =
      typeof input === "object" && input !== null && Object.hasOwn(input, key)
        ? (input as { readonly [key: string]: unknown })[key]
        : undefined;
    path.push({ type: "unknown", origin: "value", input, key, value });
    input = value;
  }
  const [first, ...others] = path;
  return { message: expected, input, ...(first ? { path: [first, ...others] } : {}) };
}
