import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleInto } from "./bundle.ts";
import { PLANTS, type Plant } from "./plants.ts";
import { eraseTrial, type Finding, type Verdict } from "./erase-trial.ts";
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
    plant: { type: "string", default: "erase-by-delete" },
    keep: { type: "boolean", default: false },
  },
});
const people = Number(values.people);
const clearAfterMs = Number(values["clear-after-ms"]);
if (!Number.isInteger(people) || people < 8) throw new Error("--people takes a number from 8 on.");

/** Enough of each kind for the planted fault to show. */
const PLANTED_PEOPLE = 16;

const root = mkdtempSync(join(tmpdir(), "concierge-erase-"));
async function run(name: string, size: number, plant: Plant | undefined): Promise<Verdict> {
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

function print({ channels, findings, facts }: Verdict): void {
  console.log(pad(["channel", "planted", "control", "at once", "cleared", "resent"]));
  for (const [channel, row] of channels)
    console.log(
      pad([channel, row.planted, row.isNever ? "sealed" : row.control, row.atOnce, row.cleared, row.resent]),
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
    `${people} people, half of them erased; shared logs cleared after ${clearAfterMs} ms; ${ENCODING_COUNT} encodings.`,
  );
  const verdict = await run("product", people, undefined);
  print(verdict);
  isBroken = verdict.findings.length > 0;
  const plant = PLANTS.find(({ name }) => name === values.plant);
  if (values.plant !== "" && !plant) throw new Error(`There is no plant ${values.plant}.`);
  if (plant) {
    console.log(`\nPlanted fault "${plant.name}": ${plant.note}`);
    const { findings } = await run("planted", PLANTED_PEOPLE, plant);
    const [first] = findings;
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
