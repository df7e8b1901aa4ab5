import type { Condition } from "../condition.ts";
import { SEGMENT_OPERATOR } from "../condition.ts";
import { isCountOperator } from "../count/definition.ts";
import { eachEntry, type Entry } from "../map-condition.ts";
import { REQUEST_NAMES, rootOf } from "./names.ts";

/** What a segment's condition asks about. Each with the place where it is asked, as a pointer into the condition. */
export type Asked = {
  /** Ids of other segments. */
  readonly segments: readonly Place<string>[];
  /** Attributes by path, with the test each is put to. */
  readonly attributes: readonly Place<Entry>[];
  /** Counting lines. */
  readonly counts: readonly Place<Entry>[];
  /** Those of `attributes` that only the request can tell. */
  readonly request: readonly Place<Entry>[];
};
export type Place<T> = { readonly pointer: string; readonly what: T };

export function askedOf(condition: Condition): Asked {
  const segments: Place<string>[] = [];
  const attributes: Place<Entry>[] = [];
  const counts: Place<Entry>[] = [];
  eachEntry(condition, (entry, pointer) => {
    const [key, operand] = entry;
    if (key === SEGMENT_OPERATOR) {
      if (typeof operand === "string") segments.push({ pointer, what: operand });
    } else if (isCountOperator(key)) counts.push({ pointer, what: entry });
    else if (!key.startsWith("$")) attributes.push({ pointer, what: entry });
  });
  const request = attributes.filter(({ what: [path] }) => REQUEST_NAMES.includes(rootOf(path)));
  return { segments, attributes, counts, request };
}
