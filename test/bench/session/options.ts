import { parseArgs } from "node:util";
import type { Repeats } from "./measure.ts";
import { EXPERTS, product, type Expert } from "./product.ts";
import type { Recommender } from "./recommender.ts";
import { reference, REFERENCE_NAMES } from "./reference/recommenders.ts";
import { SHARED_NAMES, sharedSource, type Format, type Source } from "./task.ts";
import { UsageError } from "./usage-error.ts";

export const HELP = `What comes next in a visit: HR, MRR, P, R, MAP at 20, coverage, popularity, time and bytes.

  --data ${SHARED_NAMES.join("|")}   shared data sets, several by commas; all unless told
  --train FILE --test FILE     your own files instead, packed by gzip or not
  --format tsv|srgnn           tsv: SessionId, ItemId, Time in epoch seconds, with tabs; srgnn: a session of items a
                               line, and test lines of items, a tab, the next item. Guessed from the file unless told
  --repeats on|off             whether the item being looked at may be shown; both unless told
  --online                     learn each test click before the next is guessed
  --history SHARE              learn only the latest sessions, this share of them (above 0, at most 1)
  --valid                      guess the last day (srgnn: the last tenth) of the training part; tune with this
  --with NAME                  product (unless told) or ${REFERENCE_NAMES.join(", ")}
  --expert ${EXPERTS.join("|")}                which part of the product answers
  --set NAME=NUMBER            changes a setting of a reference algorithm; as often as needed
`;

export type Options = {
  readonly isHelp: boolean;
  readonly sources: readonly Source[];
  readonly repeats: readonly Repeats[];
  readonly isOnline: boolean;
  readonly isValid: boolean;
  readonly historyShare: number;
  readonly recommender: () => Recommender;
};

/** The command line understood. Throws a `UsageError` that says the cure. */
export function readOptions(args: readonly string[]): Options {
  const values = parsed(args);
  const kind = oneOf("--with", values.with ?? "product", ["product", ...REFERENCE_NAMES]);
  const expert = oneOf("--expert", values.expert ?? "fused", EXPERTS) as Expert;
  const changes = values.set ?? [];
  if (kind === "product" && changes.length > 0) {
    throw new UsageError("--set changes reference algorithms only. Name one by --with.");
  }
  const historyShare = Number(values.history ?? 1);
  if (!(historyShare > 0 && historyShare <= 1)) {
    throw new UsageError(`--history is ${values.history}. Give a share above 0 and at most 1.`);
  }
  const repeats =
    values.repeats === undefined ? undefined : oneOf("--repeats", values.repeats, ["on", "off"]);
  const recommender = () => (kind === "product" ? product(expert) : reference(kind, changes));
  if (kind !== "product") recommender();
  return {
    isHelp: values.help ?? false,
    sources: sourcesOf(values),
    repeats: repeats ? [repeats as Repeats] : ["on", "off"],
    isOnline: values.online ?? false,
    isValid: values.valid ?? false,
    historyShare,
    recommender,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        train: { type: "string" },
        test: { type: "string" },
        format: { type: "string" },
        repeats: { type: "string" },
        online: { type: "boolean" },
        history: { type: "string" },
        valid: { type: "boolean" },
        with: { type: "string" },
        expert: { type: "string" },
        set: { type: "string", multiple: true },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0]! : String(error);
    throw new UsageError(`${reason}. --help lists the options.`);
  }
}

function sourcesOf(values: ReturnType<typeof parsed>): Source[] {
  const { train, test, data } = values;
  const format =
    values.format === undefined ? undefined : (oneOf("--format", values.format, ["tsv", "srgnn"]) as Format);
  if (train !== undefined) {
    if (data !== undefined) throw new UsageError("--data and --train exclude each other. Leave one out.");
    return [{ name: train, train, test, format }];
  }
  if (test !== undefined) throw new UsageError("--test needs --train FILE beside it.");
  if (format !== undefined) throw new UsageError("--format is for your own files. Add --train FILE.");
  const names = data?.split(",") ?? SHARED_NAMES;
  return names.flatMap((name) => sharedSource(oneOf("--data", name, SHARED_NAMES)) ?? []);
}

function oneOf(option: string, value: string, known: readonly string[]): string {
  if (known.includes(value)) return value;
  throw new UsageError(`${option} is "${value}". Give ${known.join(", ")}.`);
}
