import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder } from "./operate/data-folder.ts";
import { exportErasures } from "./operate/erasures.ts";
import { EXIT, Refusal, runCommand } from "./operate/refusal.ts";
import { takeBackup } from "./operate/take-backup.ts";

const USAGE = `npm run backup -- --data <folder> --to <folder>   copies everything, also while it is served

  --ledger-only   only the erase ledger: small, for every few minutes

Each backup is a folder of its own below --to, named by its moment. Keep the secret apart from it.`;

/** @example stampOf(new Date(0)) // "19700101T000000Z" */
const stampOf = (at: Date): string => at.toISOString().replace(/[-:]|\.\d+/g, "");

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      to: { type: "string" },
      "ledger-only": { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
    },
  });
  if (values.data === undefined || values.to === undefined)
    throw new Refusal("From where, and to where?", USAGE);
  const folder = dataFolder(values.data);
  mkdirSync(values.to, { recursive: true, mode: 0o700 });
  if (values["ledger-only"]) {
    const path = join(values.to, "erasures.ndjson");
    const erasures = exportErasures(folder.objects, path);
    console.log(`${erasures} erasures in ${path}.`);
    console.log(JSON.stringify({ ledger: path, erasures }));
    return EXIT.done;
  }
  const to = join(values.to, stampOf(new Date()));
  if (existsSync(to)) throw new Refusal(`${to} exists.`, "Wait a second.");
  const { files, bytes, open, beganAt, endedAt } = await takeBackup(folder, to, { isQuiet: values.quiet });
  const seconds = (endedAt - beganAt) / 1000;
  console.log(`
Backup        ${to}
Databases     ${files.toLocaleString("en-US")}, of which ${open.toLocaleString("en-US")} were in use
Size          ${(bytes / 1024 / 1024).toFixed(1)} MB
Took          ${seconds.toFixed(1)} s

Keep CONCIERGE_SECRET somewhere else: without it this opens nothing. Take the erase ledger often (--ledger-only): a
restore needs one that is newer than the backup.`);
  console.log(JSON.stringify({ backup: to, files, open, bytes, seconds }));
  return EXIT.done;
});
