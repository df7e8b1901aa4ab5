import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleInto } from "./bundle.ts";
import { ERASED_AND_FOUND, type EraseReport, type Finding } from "./erase-report.ts";
import { eraseTrial } from "./erase-trial.ts";
import type { Plant } from "./plants.ts";
import { ENCODING_COUNT } from "./scan.ts";

/**
 * `npm run erase-check`: people leave texts of their own in every channel of a running server; half of them are erased, at
 * awkward moments; then every file is searched for every text in ten encodings, also after everything was sent again. A
 * second run with an erasure that only deletes rows has to be caught. Ends with 1 if anything is found.
 */
const { values } = parseArgs({
  options: {
    people: { type: "string", default: "100" },
    "clear-after-ms": { type: "string", default: "2000" },
    "without-plant": { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
const people = Number(values.people);
const clearAfterMs = Number(values["clear-after-ms"]);
if (!Number.isInteger(people) || people < 8) throw new Error("--people takes a number from 8 on.");

/** Enough of each kind for the planted fault to show. */
const PLANTED_PEOPLE = 16;

/** Rows are deleted, as one might do it at first; their bytes stay in the files. */
const ROWS_ONLY: Plant = {
  name: "rows-only",
  note: "an erasure deletes rows instead of clearing the storage.",
  caughtBy: [],
  edits: [
    {
      file: "src/objects/customer-object.ts",
      find: "await this.ctx.storage.deleteAll();",
      replace: `for (const table of ["state", "log", "seen", "orders"])
      if (this.ctx.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = ?", table).toArray().length > 0)
        this.ctx.storage.sql.exec("DELETE FROM " + table);`,
    },
  ],
};

/** Names of unknown items lie in an object per half day, which clears itself; nobody waits so long for a check. */
const SHORT_DAYS = {
  file: "src/edge/unmatched.ts",
  find: "const SLICE_MS = 12 * HOUR_MS;",
  replace: `const SLICE_MS = ${Math.max(1, clearAfterMs / 2)} + 0 * HOUR_MS;`,
};

const root = mkdtempSync(join(tmpdir(), "concierge-erase-"));
async function run(name: string, size: number, plant: Plant): Promise<EraseReport> {
  const dir = join(root, name);
  mkdirSync(dir);
  return eraseTrial({
    dir,
    people: size,
    clearAfterMs,
    configPath: await bundleInto(join(dir, "worker"), plant, {}),
  });
}

const pad = (cells: readonly (string | number)[]): string =>
  cells.map((cell, i) => (i === 0 ? String(cell).padEnd(26) : String(cell).padStart(10))).join("");

function print({ channels, findings, facts }: EraseReport): void {
  console.log(pad(["channel", "planted", "control", "at once", "cleared", "resent"]));
  for (const [channel, row] of channels)
    console.log(
      pad([channel, row.planted, row.isNever ? "never" : row.control, row.atOnce, row.cleared, row.resent]),
    );
  for (const [fact, value] of Object.entries(facts)) console.log(`${fact.padEnd(44)} ${value}`);
  for (const finding of findings.slice(0, 40)) console.log(`FOUND ${textOf(finding)}`);
  if (findings.length > 40) console.log(`… and ${findings.length - 40} more`);
}

const textOf = ({ what, channel, encoding, file, when }: Finding): string =>
  [what, channel && `channel "${channel}"`, encoding, file, when].filter(Boolean).join(", ");

let isBroken = false;
try {
  console.log(
    `${people} people, about half of them erased; shared logs cleared after ${clearAfterMs} ms; ${ENCODING_COUNT} encodings.`,
  );
  const verdict = await run("product", people, {
    name: "short-days",
    note: "",
    caughtBy: [],
    edits: [SHORT_DAYS],
  });
  print(verdict);
  isBroken = verdict.findings.length > 0;
  if (!values["without-plant"]) {
    console.log(`\nPlanted fault "${ROWS_ONLY.name}": ${ROWS_ONLY.note}`);
    const { findings } = await run("planted", PLANTED_PEOPLE, {
      ...ROWS_ONLY,
      edits: [...ROWS_ONLY.edits, SHORT_DAYS],
    });
    const first = findings.find(
      ({ what, file }) => what === ERASED_AND_FOUND && file?.startsWith("concierge-CustomerObject/"),
    );
    console.log(first ? `caught: ${findings.length} findings, such as ${textOf(first)}` : "NOT CAUGHT");
    isBroken ||= first === undefined;
  }
  console.log(
    isBroken
      ? "\nERASE CHECK FAILED"
      : "\nNothing of the erased is left, and the check can find what is there.",
  );
} finally {
  if (values.keep) console.log(`Files stay in ${root}`);
  else rmSync(root, { recursive: true, force: true });
}
process.exit(isBroken ? 1 : 0);
