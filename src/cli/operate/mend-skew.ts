import { existsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { objectsOf } from "./object-files.ts";

/** Clocks of files and of the manifest may differ by so much, and what was on its way when the backup began is as old. */
const SLACK_MS = 60_000;

type State = {
  sent: number;
  mark?: { handed: number };
  readonly receivers: { readonly ledger: string };
};

/**
 * Persons who did something while the backup was taken: their copy may believe delivered what the older copy of a
 * receiver has never heard. Each is set back to having delivered nothing, and their ledger owes them a call that wakes
 * them; receivers recognise what they know by its sequence and count only the rest.
 * @param since epoch milliseconds: when the backup began
 * @returns how many there were
 */
export function mendSkew(objects: string, since: number): number {
  const woken = new Map<string, string[]>();
  let mended = 0;
  for (const path of objectsOf(objects, "CustomerObject")) {
    if (statSync(path).mtimeMs < since - SLACK_MS) continue;
    const ledger = setBack(path);
    if (ledger === undefined) continue;
    mended++;
    const object = basename(path, ".sqlite");
    const others = woken.get(ledger);
    if (others) others.push(object);
    else woken.set(ledger, [object]);
  }
  for (const [ledger, persons] of woken) oweCalls(objects, ledger, persons);
  return mended;
}

/** @returns the person's ledger; `undefined` where nobody is stored */
function setBack(path: string): string | undefined {
  const database = new DatabaseSync(path);
  try {
    const hasState = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'state'").get();
    const row =
      hasState && (database.prepare("SELECT body FROM state").get() as { body: string } | undefined);
    if (!row) return undefined;
    const state = JSON.parse(row.body) as State;
    if (state.sent > 0 || (state.mark?.handed ?? 0) > 0) {
      state.sent = 0;
      if (state.mark) state.mark.handed = 0;
      // Whoever restores begins anew if the machine fails meanwhile.
      database.exec("PRAGMA synchronous = OFF");
      database.prepare("UPDATE state SET body = ?").run(JSON.stringify(state));
    }
    return state.receivers.ledger;
  } finally {
    database.close();
  }
}

/** News of the shelf without any news: whoever hears it looks after what they owe. */
const CALL = JSON.stringify({ act: "shelf", changes: [] });

function oweCalls(objects: string, ledger: string, persons: readonly string[]): void {
  const [any] = objectsOf(objects, "LedgerObject");
  const path = any && join(dirname(any), `${ledger}.sqlite`);
  // A site that was made while the backup was taken: its ledger was not there yet, and begins anew.
  if (path === undefined || !existsSync(path)) return;
  const database = new DatabaseSync(path);
  try {
    database.exec("BEGIN IMMEDIATE");
    const owe = database.prepare("INSERT INTO owed (target, body) VALUES (?, ?)");
    for (const person of persons) owe.run(person, CALL);
    database.exec("COMMIT");
  } finally {
    database.close();
  }
}
