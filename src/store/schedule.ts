import type { EpochMs } from "../core/primitives/time.ts";
import type { Storage } from "./sql.ts";

/** Why an object wants to wake up. One row per reason; the object's single alarm is set to the earliest. */
export type Errand = "drain" | "feed" | "retry" | "forget" | "rotate" | "steward" | "shelf" | "sweep";

export const SCHEDULE_TABLE = `
CREATE TABLE schedule (errand TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Plans an errand, unless it is already planned for then or sooner. Call inside the transaction that makes it due.
 * @returns whether the plan changed, and the alarm has to be set anew.
 */
export function plan(storage: Storage, errand: Errand, at: EpochMs): boolean {
  const planned = storage.sql
    .exec<{ at: number }>("SELECT at FROM schedule WHERE errand = ?", errand)
    .toArray()[0];
  if (planned && planned.at <= at) return false;
  storage.sql.exec(
    "INSERT INTO schedule (errand, at) VALUES (?, ?) ON CONFLICT (errand) DO UPDATE SET at = excluded.at",
    errand,
    at,
  );
  return true;
}

export function replan(storage: Storage, errand: Errand, at: EpochMs): void {
  storage.sql.exec(
    "INSERT INTO schedule (errand, at) VALUES (?, ?) ON CONFLICT (errand) DO UPDATE SET at = excluded.at",
    errand,
    at,
  );
}

export function cancel(storage: Storage, errand: Errand): void {
  storage.sql.exec("DELETE FROM schedule WHERE errand = ?", errand);
}

/** The errands whose time has come, the longest due first. */
export function dueErrands(storage: Storage, now: EpochMs): Errand[] {
  return storage.sql
    .exec<{ errand: Errand }>("SELECT errand FROM schedule WHERE at <= ? ORDER BY at", now)
    .toArray()
    .map((row) => row.errand);
}

/**
 * Sets the alarm to the earliest errand. Idempotent, so it is called after every change and at every wake-up: an alarm
 * that throws for two minutes is dropped for good by the platform, and only the table still knows.
 */
export async function arm(storage: Storage): Promise<void> {
  const [row] = storage.sql.exec<{ at: number | null }>("SELECT MIN(at) AS at FROM schedule").toArray();
  const at = row?.at ?? null;
  const current = await storage.getAlarm();
  if (at === null) {
    if (current !== null) await storage.deleteAlarm();
  } else if (current === null || current > at) {
    await storage.setAlarm(at);
  }
}
