import * as v from "valibot";
import { EVENT_SCHEMA, ShopEvent } from "../../../src/core/event/event.ts";
import { resolveEvent } from "../../../src/core/event/resolve-event.ts";
import { digestOf, type ResolvedEvent } from "../../../src/core/event/resolved.ts";
import type { ImportKind } from "../../../src/core/import/import-kind.ts";
import { ImportOptions } from "../../../src/core/import/options.ts";
import { parseWith } from "../../../src/core/problem/parse.ts";
import type { Problem } from "../../../src/core/problem/problem.ts";
import { openTable } from "../../../src/import/csv-rows.ts";
import { openLines } from "../../../src/import/ndjson-rows.ts";
import { FileRun, type Entry } from "../../../src/import/offline-run.ts";

export const NOW = Date.UTC(2026, 10, 1);

/** What the border does with an event, against a catalog that knows nothing. */
export function take(raw: unknown): ResolvedEvent | Problem {
  const type = String((raw as { type?: unknown }).type);
  const parsed = parseWith(EVENT_SCHEMA.get(type) ?? ShopEvent, raw, "event_invalid");
  if (!parsed.ok) return parsed.problem;
  const text = JSON.stringify(raw);
  const at = { now: NOW, itemOf: () => undefined, claims: new Map(), digest: digestOf(text) };
  const resolved = resolveEvent(parsed.value, at);
  return resolved.ok ? resolved.value : resolved.problem;
}

export type Read = { readonly file: FileRun; readonly entries: readonly Entry[] };

/** Reads a file through; CSV unless it starts like an object. */
export function read(kind: ImportKind, text: string, options: object = {}, run = "run"): Read {
  const source = text.startsWith("{") ? openLines(text) : openTable(text);
  if ("detail" in source) throw new Error(`line ${source.line}: ${source.detail}`);
  const file = new FileRun(source, {
    run,
    kind,
    options: v.parse(ImportOptions, options),
    now: NOW,
    grantDays: 180,
    take,
  });
  return { file, entries: [...file.entries()] };
}

export const eventsOf = ({ entries }: Read): ResolvedEvent[] => entries.flatMap((entry) => entry.events);
export const jsonLines = (...rows: object[]): string => rows.map((row) => JSON.stringify(row)).join("\n");
