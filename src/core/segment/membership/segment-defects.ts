import * as v from "valibot";
import { conditionDefect, type Condition } from "../condition.ts";
import type { CountOperand } from "../count/definition.ts";
import { definitionOf, keyOf } from "../count/definition.ts";
import { COUNT_LIMITS } from "../count/limits.ts";
import { issueOf, pointerTo, type Defect } from "../defect.ts";
import { askedOf, type Asked } from "./asked-of.ts";

/** Segments as a config holds them. */
export type SegmentRecord = { readonly [id: string]: { readonly when: Condition } };

/**
 * Everything for which a config's segments are refused, with pointers into the record: conditions that are none, other
 * segments that do not exist or lead back, counting mixed with what only a request tells, and too much that is counted.
 */
export function segmentDefects(segments: SegmentRecord): readonly Defect[] {
  const asked = new Map<string, Asked>();
  const defects: Defect[] = [];
  for (const [id, { when }] of Object.entries(segments)) {
    const defect = conditionDefect(when, "segment");
    if (defect) defects.push({ ...defect, pointer: `${placeOf(id)}${defect.pointer}` });
    else asked.set(id, askedOf(when));
  }
  // What is malformed is not looked into.
  if (defects.length > 0) return defects;
  for (const [id, { segments: others, counts, request }] of asked) {
    for (const { pointer, what } of others)
      if (!asked.has(what))
        defects.push({ pointer: `${placeOf(id)}${pointer}`, expected: "the id of a segment of this config" });
    if (counts.length > 0 && request.length > 0)
      defects.push({
        pointer: `${placeOf(id)}${counts[0]!.pointer}`,
        expected: `in a segment that asks nothing about the request, as ${request[0]!.what[0]} does: make one segment that counts, one that asks about the request, and a third that joins both by $segment`,
      });
  }
  for (const defect of [wayBack(asked), meterBeyondLimit(asked)]) if (defect) defects.push(defect);
  return defects;
}

/** The record's place in a config is left to whoever holds it. */
const placeOf = (id: string): string => `${pointerTo("", id)}/when`;

/** A way from a segment over others back to itself, if there is one. */
function wayBack(asked: ReadonlyMap<string, Asked>): Defect | undefined {
  const way: string[] = [];
  const done = new Set<string>();
  const visit = (id: string): Defect | undefined => {
    way.push(id);
    for (const { pointer, what } of asked.get(id)?.segments ?? []) {
      const from = way.indexOf(what);
      if (from >= 0) {
        const round = [...way.slice(from), what].join(" → ");
        return {
          pointer: `${placeOf(id)}${pointer}`,
          expected: `a segment that does not lead back here (${round})`,
        };
      }
      const defect = done.has(what) ? undefined : visit(what);
      if (defect) return defect;
    }
    way.pop();
    done.add(id);
    return undefined;
  };
  for (const id of asked.keys()) {
    const defect = done.has(id) ? undefined : visit(id);
    if (defect) return defect;
  }
  return undefined;
}

function meterBeyondLimit(asked: ReadonlyMap<string, Asked>): Defect | undefined {
  const keys = new Set<string>();
  for (const [id, { counts }] of asked)
    for (const { pointer, what } of counts) {
      const { of, to } = what[1] as { readonly of?: unknown; readonly to?: unknown };
      const counted = to === undefined ? [what[1]] : [of, to];
      for (const one of counted) keys.add(keyOf(definitionOf(one as CountOperand)));
      if (keys.size > COUNT_LIMITS.metersMax)
        return {
          pointer: `${placeOf(id)}${pointer}`,
          expected: `one of at most ${COUNT_LIMITS.metersMax} different things that are counted`,
        };
    }
  return undefined;
}

/** For the schema of a config: refuses segments by their first defect, and points at its place. */
export const segmentsCheck = <T extends SegmentRecord>() =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const defect = segmentDefects(dataset.value)[0];
    if (!defect) return;
    addIssue(issueOf(defect, dataset.value));
  });
