import { parseArgs } from "node:util";
import { SLOW_CPU } from "./visit.ts";

/** What the timed parts take. */
export type Options = {
  readonly runs: number;
  /** Names of peers to measure beside ours. Absent: all that are installed. */
  readonly peers: readonly string[] | undefined;
  /**
   * Times by which the browser slows the page down. Its brake counts time in which others have the processor, too: on a
   * machine that is busy, 1 tells more, and what is measured is then multiplied.
   */
  readonly cpu: number;
  /** Whether the picks that are rendered have prices. */
  readonly hasPrices: boolean;
};

/** @throws {TypeError} on options that nobody knows */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      runs: { type: "string", default: "5" },
      peers: { type: "string" },
      cpu: { type: "string", default: String(SLOW_CPU) },
      "without-prices": { type: "boolean", default: false },
      // Whoever starts the parts by name may hand it on.
      part: { type: "string" },
    },
  });
  const runs = Number(values.runs);
  const cpu = Number(values.cpu);
  if (!(cpu >= 1)) throw new TypeError(`--cpu takes a number from 1, not ${values.cpu}`);
  if (!Number.isInteger(runs) || runs < 1)
    throw new TypeError(`--runs takes a whole number from 1, not ${values.runs}`);
  return {
    runs,
    cpu,
    peers: values.peers === "none" ? [] : values.peers?.split(","),
    hasPrices: !values["without-prices"],
  };
}
