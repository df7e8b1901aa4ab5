import { pointerTo, type Defect } from "../defect.ts";
import { askedOf } from "./asked-of.ts";
import { PERSON_NAMES, REQUEST_NAMES, rootOf } from "./names.ts";
import type { SegmentRecord } from "./segment-defects.ts";

/**
 * Places where segments ask for what there is not: such a value is always missing. Stored configs may have some, so this
 * is a hint and no reason to refuse.
 */
export function unknownNames(segments: SegmentRecord): readonly Defect[] {
  const known = [...PERSON_NAMES, ...REQUEST_NAMES];
  return Object.entries(segments).flatMap(([id, { when }]) =>
    askedOf(when).attributes.flatMap(({ pointer, what: [path] }) => {
      const at = `${pointerTo("", id)}/when${pointer}`;
      if (rootOf(path) === "segments") return [{ pointer: at, expected: 'written as {"$segment": "id"}' }];
      return known.includes(rootOf(path))
        ? []
        : [{ pointer: at, expected: `about one of ${known.join(", ")}` }];
    }),
  );
}
