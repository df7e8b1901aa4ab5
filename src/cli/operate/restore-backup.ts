import { constants, existsSync, mkdirSync, readdirSync } from "node:fs";
import { copyFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DatabaseSync } from "node:sqlite";
import { progressBar } from "../progress-bar.ts";
import { lock, writeAbout, type DataFolder } from "./data-folder.ts";
import { ERASURES, giveErasuresBack, parseErasures } from "./erasures.ts";
import { readManifest } from "./manifest.ts";
import { mendSkew } from "./mend-skew.ts";
import { databasesIn, pathOf, placesIn } from "./object-files.ts";
import { Refusal } from "./refusal.ts";
import { eachAtOnce } from "./take-backup.ts";

export type Restored = {
  readonly files: number;
  readonly bytes: number;
  /** Databases that SQLite finds damaged. */
  readonly damaged: readonly string[];
  /** Erasures that the copy did not know. */
  readonly erasures: number;
  /** Persons who did something while the backup was taken, and deliver again what may not have arrived. */
  readonly mended: number;
  readonly restoredAt: number;
};

/**
 * Puts a backup into an empty data folder and makes it fit to serve: erasures of the ledger given are known before the first
 * request, what was on its way while the backup was taken is sent again, and the folder says that it was restored, so
 * that every object asks the ledger before it serves.
 * @param ledgers files of erasures, beside the backup's own; newer is better
 */
export async function restoreBackup(
  from: string,
  folder: DataFolder,
  ledgers: readonly string[],
  isQuiet = false,
): Promise<Restored> {
  const manifest = readManifest(from);
  if (existsSync(folder.objects) && readdirSync(folder.objects).length > 0)
    throw new Refusal(
      `${folder.objects} is not empty.`,
      "Restore into a new folder; what is in this one stays as it is.",
    );
  const erasures = [join(from, ERASURES), ...ledgers].flatMap(parseErasures);
  const unlock = lock(folder);
  try {
    const source = join(from, "objects");
    const bar = isQuiet ? undefined : progressBar("Restoring", manifest.files);
    const sums = { files: 0, bytes: 0 };
    const damaged: string[] = [];
    for (const place of placesIn(source)) {
      mkdirSync(join(folder.objects, place), { recursive: true, mode: 0o700 });
      await eachAtOnce(databasesIn(source, place), async (file) => {
        const to = pathOf(folder.objects, file);
        await copyFile(pathOf(source, file), to, constants.COPYFILE_FICLONE);
        const { size, atime, mtime } = await stat(pathOf(source, file));
        await utimes(to, atime, mtime); // Tells whether they changed while the backup was taken.
        sums.files++;
        sums.bytes += size;
        if (!isSound(to)) damaged.push(`${file.place}/${file.name}`);
        bar?.step();
      });
    }
    bar?.end();
    const mended = mendSkew(folder.objects, manifest.beganAt);
    const added = giveErasuresBack(folder.objects, erasures);
    const restoredAt = Date.now();
    writeAbout(folder, {
      layout: 2,
      ...(manifest.secret === undefined ? {} : { secret: manifest.secret }),
      restoredAt,
    });
    return { ...sums, damaged, erasures: added, mended, restoredAt };
  } finally {
    unlock();
  }
}

/** Whether SQLite finds a database whole. */
function isSound(path: string): boolean {
  // Nobody else has it open, and a copy has no log beside it: so nothing is made beside it either.
  const address = pathToFileURL(path);
  address.searchParams.set("immutable", "1");
  const database = new DatabaseSync(address, { readOnly: true });
  try {
    return (database.prepare("PRAGMA quick_check(1)").get() as { quick_check: string }).quick_check === "ok";
  } catch {
    return false;
  } finally {
    database.close();
  }
}
