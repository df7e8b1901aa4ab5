import type { SegmentSizes } from "../../../../src/core/insight/segment-sizes.ts";
import { useRead } from "../../api/use-read.ts";
import { count } from "../../parts/format.ts";
import { isTold } from "../../parts/withheld.ts";
import { WORDS } from "../../words/slots.ts";

/** How many people a rule for a segment would reach: as many as are in it now. */
export function Reach({ segment }: { readonly segment: string }) {
  const read = useRead<SegmentSizes>(segment === "" ? undefined : "/v1/segments");
  const found = read.data?.segments.find((one) => one.segment === segment);
  const all = read.data && isTold(read.data.all) ? read.data.all.people : undefined;
  return (
    <p class="hint" aria-live="polite">
      {WORDS.reach}:{" "}
      {segment === ""
        ? WORDS.reachAll
        : found && "people" in found && all !== undefined
          ? WORDS.reachOf(count(found.people), count(all))
          : "–"}
    </p>
  );
}
