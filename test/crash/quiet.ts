import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const POLL_MS = 250;

/**
 * Waits until nothing under a folder has been committed for a while. It asks nobody anything: whatever is written in
 * between, alarms alone have caused.
 * @returns the moment of the last commit, and whether there was silence before time was up
 */
export async function untilQuiet(
  dir: string,
  since: number,
  quietMs: number,
  maxMs: number,
): Promise<{ readonly lastCommitAt: number; readonly isQuiet: boolean }> {
  let lastCommitAt = since;
  for (;;) {
    lastCommitAt = Math.max(lastCommitAt, newest(dir));
    if (Date.now() - lastCommitAt >= quietMs) return { lastCommitAt, isQuiet: true };
    if (Date.now() - since > maxMs) return { lastCommitAt, isQuiet: false };
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * When anything was last committed. Commits go to write-ahead logs; the files themselves also change when an idle object is
 * put away, which means nothing.
 */
function newest(dir: string): number {
  let latest = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    try {
      if (entry.isDirectory()) latest = Math.max(latest, newest(path));
      else if (entry.name.endsWith("-wal")) latest = Math.max(latest, statSync(path).mtimeMs);
    } catch {
      continue; // Put away between the listing and the look.
    }
  }
  return latest;
}
