import type { ClaimedAssignment } from "../event/resolved.ts";
import { HOLDOUT } from "../experiment/key.ts";
import type { EpochMs } from "../primitives/time.ts";
import { MAY_LEARN } from "../profile/logged.ts";
import type { JsonValue } from "../webhook/notice.ts";
import { column, type RowOf } from "./column.ts";
import {
  hiddenItems,
  isWithin,
  permitsNow,
  SUBJECT_COLUMNS,
  subjectOf,
  type Exported,
  type Span,
} from "./subject.ts";

export const DECISION_COLUMNS = {
  ...SUBJECT_COLUMNS,
  decisionId: column("string", "Id of the decision; with `slot` it names the row."),
  slot: column("string", "The place on the page."),
  seenAt: column("timestamp", "When the place came into view."),
  revision: column("int64", "Revision of the config that decided."),
  picks: column("json", "What was chosen, in order: `item` and the `propensity` with which it stood there."),
  seenItems: column("json", "Items that the page showed in the slot, where it told."),
  assignments: column(
    "json",
    "`experiment`, `variation`, and of a bandit the `share` it gave and the `leaf` of its context.",
  ),
  arm: column("string", "`personalized` or `held_out`, where the site's holdout shaped the decision."),
} as const;

export type DecisionRow = RowOf<typeof DECISION_COLUMNS>;

/** A row for each decision of the span that was seen while analytics was granted, and is still to be told. */
export function decisionRows(input: Exported, span: Span, now: EpochMs): DecisionRow[] {
  const subject = subjectOf(input);
  if (!subject || !permitsNow(input, "analytics", now)) return [];
  const isHidden = hiddenItems(input.customer);
  const rows: DecisionRow[] = [];
  for (const { events } of input.rows)
    for (const event of events) {
      if (event.type !== "slot_seen" || (event.may & MAY_LEARN) === 0 || !isWithin(event.at, span)) continue;
      const { claim, items } = event;
      rows.push({
        ...subject,
        decisionId: claim.decisionId,
        slot: claim.slot,
        seenAt: event.at,
        revision: claim.revision,
        picks: claim.picks.flatMap(([item, propensity]) => (isHidden(item) ? [] : [{ item, propensity }])),
        seenItems: items?.filter((item) => !isHidden(item)),
        assignments: claim.assignments.map(plainAssignment),
        arm: claim.assignments.find(([experiment]) => experiment === HOLDOUT)?.[1],
      });
    }
  return rows;
}

function plainAssignment([experiment, variation, , stake]: ClaimedAssignment): JsonValue {
  return {
    experiment,
    variation,
    ...(stake?.p === undefined ? {} : { share: stake.p }),
    ...(stake?.leaf === undefined ? {} : { leaf: stake.leaf }),
  };
}
