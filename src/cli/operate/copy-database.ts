import { constants } from "node:fs";
import { copyFile, rm, stat, utimes } from "node:fs/promises";
import { backup, DatabaseSync } from "node:sqlite";

/** How a database was copied; `gone`: it was deleted meanwhile. */
export type Copied = "resting" | "open" | "gone";

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
const marksOf = async (path: string): Promise<string | undefined> => {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.ino} ${found.size} ${found.mtimeNs}`;
};

/**
 * Copies one SQLite database while a server may be writing to it. A database at rest has no write-ahead log: its file is all
 * there is, and it is copied as a file if it stays untouched meanwhile. One in use is read by SQLite itself, within one
 * read transaction: what was committed when it began, and nothing half done.
 */
export async function copyDatabase(from: string, to: string): Promise<Copied> {
  const before = await marksOf(from);
  if (before === undefined) return "gone";
  if ((await sizeOf(`${from}-wal`)) === 0) {
    await copyFile(from, to, constants.COPYFILE_FICLONE).catch((error: { code?: string }) => {
      if (error.code !== "ENOENT") throw error;
    });
    // A log that was written to and folded in again while we copied shows in the file itself.
    if ((await marksOf(from)) === before) {
      // When it last changed tells a restore whether anything of it was on its way.
      const { atime, mtime } = await stat(from);
      await utimes(to, atime, mtime);
      return "resting";
    }
    await rm(to, { force: true });
  }
  if ((await marksOf(from)) === undefined) return "gone";
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5_000 });
  try {
    // All pages at once: in steps, a writer between two of them would have it begin again, for ever.
    await backup(source, to, { rate: 2 ** 30 });
  } finally {
    source.close();
  }
  return "open";
}
