import { fold } from "../profile/fold.ts";
import { comesBefore, MAY_NOTE, type LoggedEvent, type Provenance } from "../profile/logged.ts";
import { newProfile, type Profile } from "../profile/profile.ts";

/** What folding needs of a log row. */
export type Kept = Provenance & { readonly events: readonly LoggedEvent[] };

/** The profile that all these events give, in the order in which they count. The order of the rows does not matter. */
export function refold(rows: Iterable<Kept>): Profile {
  const all: { readonly event: LoggedEvent; readonly row: Kept }[] = [];
  for (const row of rows) for (const event of row.events) all.push({ event, row });
  all.sort((a, b) => (comesBefore(a.event, b.event) ? -1 : 1));
  const profile = newProfile();
  for (const { event, row } of all) fold(profile, event, row);
  return profile;
}

/**
 * What is left of a row when grants have ended: events that nothing covers any more go, and what stays may be used for
 * less. Orders that the shop told stand on the transaction; consent itself is the proof of what was allowed.
 * @param may what is still granted: bits of `MAY_LEARN`, `MAY_REMEMBER`, `MAY_NOTE` and `MAY_LIFE`
 */
export function stripped<R extends Kept>(row: R, may: number): R {
  const events = row.events.flatMap((event): LoggedEvent[] => {
    const left = event.may & may;
    const isProof = event.type === "consent_updated";
    const isTransaction = row.isTrusted && event.type.startsWith("order_");
    const isNote = event.type === "note_added";
    if (isNote ? (left & MAY_NOTE) === 0 : left === 0 && !isProof && !isTransaction) return [];
    return [left === event.may ? event : { ...event, may: left }];
  });
  return { ...row, events };
}
