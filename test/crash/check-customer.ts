import type { Defects } from "./defects.ts";
import type { CustomerFile } from "./stored.ts";

/** An id that is in the log and not remembered would be taken in again. */
export function checkMemory(file: CustomerFile, defects: Defects): void {
  for (const { events } of file.rows)
    for (const { id } of events) {
      const dash = id.lastIndexOf("-");
      const ranges = file.streams.get(id.slice(0, dash)) ?? [];
      const n = Number(id.slice(dash + 1));
      let isCounted = false;
      for (let i = 0; i < ranges.length; i += 2) isCounted ||= n >= ranges[i]! && n <= ranges[i + 1]!;
      if (!isCounted && !file.seen.has(id)) defects.add("an event's id is not remembered", id);
    }
}

/** Everything owed has arrived, and what was begun has ended. */
export function checkDelivery(
  file: CustomerFile,
  ledger: ReadonlyMap<string, number>,
  model: ReadonlyMap<string, number>,
  living: ReadonlySet<string>,
  defects: Defects,
): void {
  const name = file.object.slice(0, 8);
  const mine = file.rows.filter((row) => row.via === undefined);
  const last = (owes: (row: CustomerFile["rows"][number]) => boolean) => mine.findLast(owes)?.seq ?? 0;
  const sums = last((row) => row.deltas.length + row.claims.length > 0);
  const facts = last((row) => row.facts.length > 0);
  if ((ledger.get(file.source) ?? 0) < sums)
    defects.add("never reached the ledger", `${name} ${ledger.get(file.source) ?? 0} of ${sums}`);
  if ((model.get(file.source) ?? 0) < facts)
    defects.add("never reached the model", `${name} ${model.get(file.source) ?? 0} of ${facts}`);
  if (file.isErasing) defects.add("an erasure never ended", name);
  if (file.mark && file.mark.handed < file.nextSeq - 1)
    defects.add("a hand-over never ended", `${name} ${file.mark.handed} of ${file.nextSeq - 1}`);
  if (file.mark && !living.has(file.mark.into)) defects.add("joined to somebody who is gone", name);
}
