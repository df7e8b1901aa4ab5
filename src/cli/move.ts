import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  keepProgress,
  makeSite,
  moveCatalog,
  moveConfig,
  moveNamed,
  movePeople,
  readProgress,
  type End,
} from "./operate/move-site.ts";
import { EXIT, Refusal, runCommand } from "./operate/refusal.ts";
import { compareCounts, recountSite, tableOf } from "./operate/site-recount.ts";

const USAGE = `npm run move -- --from <url> --from-key ak_… --to <url> --to-operator-key …

Takes a site from one deployment to another and counts it again at both ends. Runs again until both are equal.

  --to-key ak_…         the site is there already: its owner key
  --state <file>        how far it is, and the new keys; default concierge-move.json
  --customers <file>    ids of the shop's customers, one a line: brings also those of whom no index knows
  --known-only          leaves visitors behind who are nobody's customer
  --patience <seconds>  how long sums may take to settle; default 60`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      "from-key": { type: "string", default: process.env["FROM_KEY"] ?? "" },
      to: { type: "string" },
      "to-operator-key": { type: "string", default: process.env["TO_OPERATOR_KEY"] ?? "" },
      "to-key": { type: "string" },
      state: { type: "string", default: "concierge-move.json" },
      customers: { type: "string" },
      "known-only": { type: "boolean", default: false },
      patience: { type: "string", default: "60" },
    },
  });
  if (!values.from || !values.to || !values["from-key"])
    throw new Refusal("From where, and to where?", USAGE);
  const from: End = { api: values.from.replace(/\/$/, ""), key: values["from-key"] };
  const api = values.to.replace(/\/$/, "");
  let progress = readProgress(values.state);
  if (!progress.keys && !values["to-key"]) {
    if (!values["to-operator-key"]) throw new Refusal("Who may make the site at the target?", USAGE);
    progress = {
      ...progress,
      keys: await makeSite(from, { api, operatorKey: values["to-operator-key"] }),
    };
    keepProgress(values.state, progress);
    console.log(`Made ${progress.keys!.siteId}; its keys are in ${values.state}.`);
  }
  const to: End = { api, key: values["to-key"] ?? progress.keys!.adminKey };
  await moveConfig(from, to);
  const items = await moveCatalog(from, to);
  console.log(`Config, and ${items.toLocaleString("en-US")} items.`);
  const isAgain = progress.after === null;
  if (isAgain) progress = { ...progress, after: "" }; // Who did something since is brought up to date.
  progress = await movePeople(from, to, progress, values["known-only"], (now) => {
    keepProgress(values.state, now);
    console.log(`${(now.taken ?? 0).toLocaleString("en-US")} people or parts of them …`);
  });
  if (values.customers !== undefined) {
    const ids = readFileSync(values.customers, "utf8").split(/\r?\n/).filter(Boolean);
    progress = await moveNamed(from, to, ids, progress);
  }
  const startedAt = Date.now();
  const isKnownOnly = values["known-only"];
  const expected = await recountSite(from.api, from.key, isKnownOnly);
  const compare = async () => compareCounts(expected, await recountSite(to.api, to.key, isKnownOnly));
  let rows = await compare();
  while (rows.some((row) => row.from !== row.to) && Date.now() - startedAt < Number(values.patience) * 1000) {
    await pause(2_000);
    rows = await compare();
  }
  const wrong = rows.filter((row) => row.from !== row.to);
  console.log(`\n${tableOf(rows)}\n`);
  console.log(
    wrong.length === 0
      ? "Both ends are equal."
      : `${wrong.length} numbers differ. If anything happened at the source meanwhile, run this again: only what is new is brought.`,
  );
  if ((progress.erased ?? 0) + (progress.joined ?? 0) > 0)
    console.log(
      `Not brought: ${progress.erased ?? 0} erased at the target, ${progress.joined ?? 0} merged there.`,
    );
  console.log(`
Left behind: keys, identity keys, webhooks and hook secrets, drafts and older revisions of the config, the audit log, tokens of
decisions made there, what browsers know their visitors by, who was erased there.`);
  console.log(
    JSON.stringify({
      items,
      taken: progress.taken ?? 0,
      differences: wrong.length,
      counts: Object.fromEntries(rows.map(({ name, to: n }) => [name, n])),
    }),
  );
  return wrong.length === 0 ? EXIT.done : EXIT.differs;
});
