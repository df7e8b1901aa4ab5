/**
 * What a customer buys next: recall of the next order from at most 2 KB a customer and the model's bounded rows, beside
 * the reference algorithms in the same run. `npm run bench:nextbasket`, or with files of the same format:
 * `-- --history F --future F [--keyset F]`; without a keyset all users are asked about. `--valid` asks about the
 * keyset's validation users: tune there. The last line is JSON.
 */
import { parseArgs } from "node:util";
import { publish } from "../../src/core/recommend/snapshot/publish.ts";
import { readShared } from "../support/shared.ts";
import { measure, rounded, type Figures } from "./nextbasket/measure.ts";
import { learned, ours, stored } from "./nextbasket/ours.ts";
import { tifuKnn, topLists, upCf } from "./nextbasket/reference.ts";
import { BadInput, splitOf, textOf, type Split } from "./nextbasket/split.ts";

const OPTIONS = {
  history: { type: "string" },
  future: { type: "string" },
  keyset: { type: "string" },
  valid: { type: "boolean", default: false },
} as const;

function readSplit(): { split: Split; part: string } | undefined {
  let values;
  try {
    values = parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    throw new BadInput(`${(error as Error).message} Use --history F --future F [--keyset F] [--valid].`);
  }
  const { history, future, keyset, valid } = values;
  const part = valid ? "val" : "test";
  if ((history === undefined) !== (future === undefined) || (keyset !== undefined && history === undefined))
    throw new BadInput("Give --history and --future together; --keyset goes with them.");
  if (valid && history !== undefined && keyset === undefined)
    throw new BadInput("--valid needs a --keyset that names the validation users.");
  if (history !== undefined && future !== undefined) {
    const texts = { history: textOf(history), future: textOf(future), keyset: keyset && textOf(keyset) };
    return { split: splitOf(texts, part), part };
  }
  const shared = (name: string) => readShared(`data/tafeng-nbr/tafeng_${name}.json.gz`);
  const [past, next, keys] = [shared("history"), shared("future"), shared("keyset")];
  if (past === undefined || next === undefined || keys === undefined) return undefined;
  return { split: splitOf({ history: past, future: next, keyset: keys }, part), part };
}

function run({ all, asked }: Split, part: string) {
  const figures: Record<string, Figures> = {};
  const { model, usPerOrder } = learned(all);
  const texts = stored(asked);
  for (const minCustomers of [1, 5]) {
    const snapshot = publish(model, { minCustomers, version: 1, now: 0 });
    figures[`ours, ${minCustomers} or more customers`] = measure(asked, ours(texts, snapshot));
  }
  for (const { name, predict } of [...topLists(all), tifuKnn(all), upCf(all)])
    figures[name] = measure(asked, predict);
  const bytes = [...texts.values()]
    .map((text) => Buffer.byteLength(JSON.stringify(text)))
    .sort((a, b) => a - b);
  const bytesOf = (share: number) => bytes[Math.min(bytes.length - 1, Math.floor(bytes.length * share))]!;
  const customerBytes = { p50: bytesOf(0.5), p99: bytesOf(0.99), max: bytesOf(1) };
  const counted = {
    customers: all.length,
    asked: asked.length,
    orders: model.baskets,
    items: model.ids.length,
  };
  return {
    bench: "nextbasket",
    part,
    ...counted,
    learnUsPerOrder: rounded(usPerOrder, 1),
    customerBytes,
    figures,
  };
}

try {
  const read = readSplit();
  if (!read) console.log(JSON.stringify({ bench: "nextbasket", skipped: true }));
  else {
    const report = run(read.split, read.part);
    console.table(report.figures);
    console.log(JSON.stringify(report));
  }
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
