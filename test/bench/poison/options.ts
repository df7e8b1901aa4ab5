import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

export const HELP = `How many false acts it takes to change what others are shown, and what the defence costs.

  --differencing     instead: can the lists before and after somebody's act tell what they did? AUC of guessing
  --targets NUMBER   people to attack in --differencing; 1000 unless told
  --valid            data up to thirty days earlier (baskets), the validation file (visits): tune with this
`;

export type Options = {
  readonly isHelp: boolean;
  readonly isDifferencing: boolean;
  readonly isValid: boolean;
  readonly targets: number;
};

/** The command line understood. Throws a `UsageError` that says the cure. */
export function readOptions(args: readonly string[]): Options {
  const values = parsed(args);
  const targets = Number(values.targets ?? 1_000);
  if (!Number.isInteger(targets) || targets < 1 || targets > 5_000)
    throw new UsageError(`--targets is "${values.targets}". Give a whole number from 1 to 5000.`);
  return {
    isHelp: values.help ?? false,
    isDifferencing: values.differencing ?? false,
    isValid: values.valid ?? false,
    targets,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        differencing: { type: "boolean" },
        targets: { type: "string" },
        valid: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0]! : String(error);
    throw new UsageError(`${reason}. --help lists the options.`);
  }
}
