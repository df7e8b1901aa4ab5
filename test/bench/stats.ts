/**
 * Figures of the statistics, by simulation with fixed seeds. `npm run bench:stats` takes about a minute and shows where they
 * are; `-- --full` takes long and gives those that may be told; `-- --part power` runs one part. Last line JSON.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PARTS, type Part } from "./stats/parts.ts";

const USAGE = `Usage: node test/bench/stats.ts [--full] [--part ${Object.keys(PARTS).join("|")}]`;

function stop(message: string): never {
  console.error(`${message}\n${USAGE}`);
  process.exit(2);
}

function options(): { full: boolean; parts: [string, Part][] } {
  try {
    const { values } = parseArgs({
      options: { full: { type: "boolean", default: false }, part: { type: "string" } },
    });
    const parts = Object.entries(PARTS).filter(([name]) => values.part === undefined || values.part === name);
    return parts.length === 0 ? stop(`There is no part ${values.part}.`) : { full: values.full, parts };
  } catch (problem) {
    return stop(problem instanceof Error ? problem.message : String(problem));
  }
}

/** Runs a part, shows what it prints, and gives its last line. */
function run(name: string, { file, small, full }: Part, isFull: boolean): Record<string, unknown> {
  const began = performance.now();
  const args = [join(import.meta.dirname, "stats", file), ...(isFull ? full : small)];
  const done = spawnSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
  const lines = (done.stdout ?? "").trimEnd().split("\n");
  const last = lines.pop() ?? "";
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`\n== ${name} (${seconds} s)`);
  if (lines.length > 0) console.log(lines.join("\n"));
  if (done.status !== 0) stop(`The part ${name} ended with ${done.status ?? done.signal}.`);
  return JSON.parse(last) as Record<string, unknown>;
}

const { full, parts } = options();
const report: Record<string, unknown> = { size: full ? "full" : "small" };
for (const [name, part] of parts) Object.assign(report, run(name, part, full));
console.log(JSON.stringify(report));
