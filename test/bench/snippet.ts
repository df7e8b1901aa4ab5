/**
 * Figures of the snippet, in a real browser and with peers beside it: `npm run bench:snippet`, or one part by
 * `-- --part size|load|shift|input|flicker|loss`; what follows is the part's own (`--runs 15`, `--peers none`). A short run
 * shows where the figures are. Exits with 1 where a reach is missed. Last line JSON.
 */
import { run as flicker } from "./snippet/flicker.ts";
import { run as input } from "./snippet/input.ts";
import { run as load } from "./snippet/load.ts";
import { run as loss } from "./snippet/loss.ts";
import { run as shift } from "./snippet/shift.ts";
import { run as size } from "./snippet/size.ts";

/** A part measures, shows a table, and gives what the last line says, with what it finds wrong in words. */
type Part = (
  argv: readonly string[],
) => Promise<Readonly<Record<string, unknown>> & { readonly failed: readonly string[] }>;

const PARTS: Readonly<Record<string, Part>> = {
  size,
  shift,
  load,
  input,
  flicker,
  loss: async (argv) => {
    const { loss: tallies } = await loss(argv);
    const broken = tallies.flatMap(({ scenario, broken }) =>
      broken.map((what) => `loss: ${scenario}: ${what}`),
    );
    return { loss: tallies, failed: broken };
  },
};

const argv = process.argv.slice(2);
const at = argv.indexOf("--part");
const name = at < 0 ? undefined : argv[at + 1];
const wanted = Object.entries(PARTS).filter(([part]) => at < 0 || part === name);
if (wanted.length === 0) {
  console.error(`There is no part ${name}. Parts: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}
const report: Record<string, unknown> = {};
const failed: string[] = [];
for (const [, part] of wanted) {
  const { failed: found, ...figures } = await part(at < 0 ? argv : argv.toSpliced(at, 2)).catch(
    (problem: unknown) => {
      console.error(problem instanceof Error ? problem.message : String(problem));
      process.exit(2);
    },
  );
  Object.assign(report, figures);
  failed.push(...found);
}
for (const what of failed) console.error(`MISSED ${what}`);
console.log(JSON.stringify({ ...report, failed }));
process.exit(failed.length > 0 ? 1 : 0);
