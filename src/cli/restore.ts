import { parseArgs } from "node:util";
import { launch } from "./launch.ts";
import { dataFolder } from "./operate/data-folder.ts";
import { EXIT, Refusal, runCommand } from "./operate/refusal.ts";
import { restoreBackup } from "./operate/restore-backup.ts";
import { markOf, readDeployment } from "./operate/secrets-file.ts";
import { readManifest } from "./operate/manifest.ts";

const USAGE = `npm run restore -- --from <backup> --data <new folder> --ledger <erasures.ndjson>

  --ledger <file>        erase ledger newer than the backup; may be given several times
  --without-ledger       there is none: who was erased since the backup comes back
  --secrets <file>|env   default env; to look whether the copy opens`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      data: { type: "string" },
      ledger: { type: "string", multiple: true, default: [] },
      "without-ledger": { type: "boolean", default: false },
      secrets: { type: "string", default: "env" },
      quiet: { type: "boolean", default: false },
    },
  });
  if (values.from === undefined || values.data === undefined)
    throw new Refusal("From where, and to where?", USAGE);
  if (values.ledger.length === 0 && !values["without-ledger"])
    throw new Refusal(
      "No erase ledger is given: whoever was erased since the backup would come back.",
      "--ledger <erasures.ndjson>, newer than the backup; or --without-ledger, and erase them again.",
    );
  const { secrets, settings } = readDeployment(values.secrets, process.env);
  const { secret } = readManifest(values.from);
  if (secret !== undefined && secret !== markOf(secrets.CONCIERGE_SECRET))
    throw new Refusal(
      "The backup was made with another CONCIERGE_SECRET: nothing in it could be reached with this one.",
      "Use the secret it was made with.",
    );
  const folder = dataFolder(values.data);
  const startedAt = Date.now();
  const { files, bytes, damaged, erasures, mended, restoredAt } = await restoreBackup(
    values.from,
    folder,
    values.ledger,
    values.quiet,
  );
  const seconds = (Date.now() - startedAt) / 1000;
  // Privately, on a port that nobody knows: whether it opens.
  const served = await launch({
    dataDir: folder.objects,
    secrets,
    quiet: true,
    isBound: true,
    settings: { ...settings, RESTORED_AT: String(restoredAt) },
  });
  const isReady = (await fetch(`${served.url}/ready`)).ok;
  await served.stop();
  console.log(`
Restored      ${folder.dir}
Databases     ${files.toLocaleString("en-US")}, ${(bytes / 1024 / 1024).toFixed(1)} MB, ${damaged.length} damaged
Erasures      ${erasures} that the backup did not know: they are carried out before anybody is served
On their way  ${mended} persons deliver again; what had arrived is recognised
Opens         ${isReady ? "yes" : "NO: it did not become ready"}
Took          ${seconds.toFixed(1)} s

Serve it:  npm run self-host -- --data ${values.data}
Every object asks the erase ledger before it serves, for as long as this folder is used.`);
  for (const name of damaged) console.error(`Damaged: ${name}`);
  console.log(JSON.stringify({ files, bytes, damaged: damaged.length, erasures, mended, isReady, seconds }));
  return isReady && damaged.length === 0 ? EXIT.done : EXIT.failed;
});
