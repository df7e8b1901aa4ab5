import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { progressBar } from "../progress-bar.ts";
import { copyDatabase } from "./copy-database.ts";
import { readAbout, type DataFolder } from "./data-folder.ts";
import { exportErasures, ERASURES } from "./erasures.ts";
import { writeManifest, type Manifest } from "./manifest.ts";
import { databasesIn, pathOf, placesIn, type ObjectFile } from "./object-files.ts";
import { Refusal } from "./refusal.ts";

/** Databases copied at the same time: enough to keep a disk busy, few enough to leave it to the server. */
const AT_ONCE = 8;

export type Watching = {
  /** Shows no progress. */
  readonly isQuiet?: boolean;
  /** Waited for before the objects of a class are copied. */
  readonly before?: (place: string) => Promise<void> | void;
};

/**
 * Copies everything of a data folder, also while it is served. Each object's copy is as it was at one moment; different
 * objects' copies are of different moments, which `mendSkew` sets right at a restore.
 */
export async function takeBackup(
  folder: DataFolder,
  to: string,
  { isQuiet = false, before }: Watching = {},
): Promise<Manifest> {
  const places = placesIn(folder.objects);
  if (places.length === 0)
    throw new Refusal(
      `There are no objects in ${folder.objects}.`,
      "Name the folder that self-host was given: --data",
    );
  const beganAt = Date.now();
  const list = places.map((place) => databasesIn(folder.objects, place));
  const bar = isQuiet
    ? undefined
    : progressBar(
        "Copying",
        list.reduce((sum, one) => sum + one.length, 0),
      );
  const sums = { files: 0, bytes: 0, open: 0 };
  for (const [i, place] of places.entries()) {
    await before?.(place);
    mkdirSync(join(to, "objects", place), { recursive: true, mode: 0o700 });
    // A class that was met when the list was made may have gained objects since: a customer who is new meanwhile.
    const files = i === 0 ? list[0]! : databasesIn(folder.objects, place);
    await eachAtOnce(files, async (file) => {
      const path = pathOf(join(to, "objects"), file);
      const copied = await copyDatabase(pathOf(folder.objects, file), path);
      bar?.step();
      if (copied === "gone") return;
      sums.files++;
      sums.bytes += statSync(path).size;
      if (copied === "open") sums.open++;
    });
  }
  bar?.end();
  // Newer than every copy: whoever was erased meanwhile is in it.
  exportErasures(folder.objects, join(to, ERASURES));
  const secret = readAbout(folder)?.secret;
  const manifest: Manifest = {
    format: "concierge-backup/1",
    beganAt,
    endedAt: Date.now(),
    ...(secret === undefined ? {} : { secret }),
    ...sums,
  };
  writeManifest(to, manifest);
  return manifest;
}

/** Does something with each of a list, some at the same time. */
export async function eachAtOnce(
  files: readonly ObjectFile[],
  act: (file: ObjectFile) => Promise<void>,
): Promise<void> {
  const left = files.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const file of left) await act(file);
    }),
  );
}
