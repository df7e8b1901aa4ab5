import type { Defects } from "./defects.ts";
import type { CustomerFile } from "./stored.ts";

type Grant = { readonly isGranted: boolean; readonly at: number };

const BITS = { analytics: 1, personalization: 2 } as const;

/**
 * Nothing in a log is used for more than its customer had said by then. A later word replaces an earlier one, at the same
 * moment a denial wins, and what a call states beside its events cannot revive what was denied.
 */
export function checkConsent(file: CustomerFile, defects: Defects): void {
  if (file.joined.length > 0) return; // Others' words count here as well; theirs are checked where they were said.
  const said = new Map<keyof typeof BITS, Grant>();
  for (const row of file.rows)
    for (const event of row.events) {
      if (event.type === "consent_updated") {
        const consent = event["consent"] as Readonly<Record<string, unknown>>;
        for (const purpose of ["analytics", "personalization"] as const) {
          const isGranted = consent[purpose] === true;
          const known = said.get(purpose);
          const isOvertaken = known && (known.at > event.at || (known.at === event.at && !known.isGranted));
          if (!isOvertaken) said.set(purpose, { isGranted, at: event.at });
        }
        continue;
      }
      for (const [purpose, { isGranted }] of said)
        if (!isGranted && (event.may & BITS[purpose]) !== 0)
          defects.add("used without consent", `${event.id} for ${purpose}`);
      if (event.may === 0 && !(row.isTrusted && event.type.startsWith("order_")))
        defects.add("kept without any consent", event.id);
    }
}
