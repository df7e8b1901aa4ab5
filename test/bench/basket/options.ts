import { parseArgs } from "node:util";
import { UsageError } from "../session/usage-error.ts";
import type { Baskets } from "./baskets.ts";
import { COLUMNS, readBaskets, type Columns } from "./columns.ts";
import { sharedBaskets, SHARED_NAMES, type SharedName } from "./shared-baskets.ts";

export const HELP = `What goes with an item or a cart: seed and basket HR, P, MRR at 10, coverage, time, bytes; what k customers per pair cost.

  --data ${SHARED_NAMES.join("|")}   shared data sets, several by commas; all unless told
  --baskets FILE       your own file instead, packed by gzip or not: CSV with a header, or NDJSON; a line per item sold
  --basket, --customer, --item, --time, --type, --quantity, --price COLUMN
                       what its columns are called; guessed by the usual names. Basket, item and time are needed
  --cut-days N         days at the end that are guessed; 30 unless told
  --valid [N]          guess the span before the last one (N: so many spans before) instead: tune with this
  --guarded            learn as a running shop does, where acts count by how far they can be believed
  --quick              without the baselines
`;

export type Options = {
  readonly isHelp: boolean;
  readonly sources: readonly (() => Baskets | undefined)[];
  readonly cutDays: number;
  /** Spans left alone at the end; 0: the test. */
  readonly back: number;
  readonly isGuarded: boolean;
  readonly isQuick: boolean;
};

/** The command line understood. Throws a `UsageError` that says the cure. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  const { baskets: file, data } = values;
  const columns = Object.fromEntries(COLUMNS.map((column) => [column, values[column]])) as Columns;
  const named = COLUMNS.find((column) => columns[column] !== undefined);
  if (file === undefined && named !== undefined) {
    throw new UsageError(`--${named} names a column of your own file. Add --baskets FILE.`);
  }
  if (file !== undefined && data !== undefined) {
    throw new UsageError("--data and --baskets exclude each other. Leave one out.");
  }
  const spans = positionals[0];
  if (positionals.length > (values.valid ? 1 : 0)) {
    throw new UsageError(`"${positionals.at(-1)}" is no option. --help lists the options.`);
  }
  const names = data?.split(",") ?? SHARED_NAMES;
  const sources =
    file === undefined
      ? names.map((name) => () => sharedBaskets(nameOf(name)))
      : [() => readBaskets(file, columns)];
  for (const name of data?.split(",") ?? []) nameOf(name);
  return {
    isHelp: values.help ?? false,
    sources,
    cutDays: numberOf("--cut-days", values["cut-days"] ?? "30", 1, 3650),
    back: values.valid ? numberOf("--valid", spans ?? "1", 1, 100) : 0,
    isGuarded: values.guarded ?? false,
    isQuick: values.quick ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        data: { type: "string" },
        baskets: { type: "string" },
        basket: { type: "string" },
        customer: { type: "string" },
        item: { type: "string" },
        time: { type: "string" },
        type: { type: "string" },
        quantity: { type: "string" },
        price: { type: "string" },
        "cut-days": { type: "string" },
        valid: { type: "boolean" },
        guarded: { type: "boolean" },
        quick: { type: "boolean" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0]! : String(error);
    throw new UsageError(`${reason}. --help lists the options.`);
  }
}

function nameOf(name: string): SharedName {
  const known = SHARED_NAMES.find((one) => one === name);
  if (known) return known;
  throw new UsageError(`--data is "${name}". Give ${SHARED_NAMES.join(", ")}.`);
}

function numberOf(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`${option} is "${text}". Give a whole number from ${min} to ${max}.`);
}
