import type { Purpose } from "../core/consent/consent.ts";
import type { ResolvedEvent } from "../core/event/resolved.ts";
import { digestOf } from "../core/event/resolved.ts";
import { declarationsOf, type Declaration } from "../core/import/declaration.ts";
import { valueDefect } from "../core/import/hostile-value.ts";
import { IMPORT_LIMITS, type ImportKind } from "../core/import/import-kind.ts";
import { MAPPERS } from "../core/import/list.ts";
import { COMMON_FIELDS } from "../core/import/mapper.ts";
import { nameEvent } from "../core/import/name-event.ts";
import type { ImportOptions } from "../core/import/options.ts";
import type { FileReport, RowError } from "../core/import/report.ts";
import { RowFields } from "../core/import/row-fields.ts";
import { RowReader } from "../core/import/row-reader.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import type { Problem } from "../core/problem/problem.ts";
import type { FileRow, RowSource, Unreadable } from "./csv-rows.ts";

/** Whom an entry is about, as the shop names them. */
export type RowPerson = { readonly customerId: string } | { readonly visitorId: string };

/** One right entry of a file: an order, an answer, a note. */
export type Entry = {
  readonly line: number;
  readonly person: RowPerson;
  readonly events: readonly ResolvedEvent[];
  readonly declarations: readonly Declaration[];
};

export type RunInput = {
  readonly run: string;
  readonly kind: ImportKind;
  readonly options: ImportOptions;
  readonly now: EpochMs;
  readonly grantDays: number;
  /** Parses and resolves one event against the site's catalog. */
  readonly take: (raw: unknown) => ResolvedEvent | Problem;
};

/** Rows of one entry: whose they are, and where each stands (offset and line, in turn). */
type Group = { who: string; readonly places: number[] };

/** The purposes whose absence a report tells, by kind of import. */
const NEEDED = (kind: ImportKind): readonly Purpose[] =>
  kind === "notes" ? ["clienteling"] : ["analytics", "personalization"];

/**
 * Reads a file from its first row to its last: every right entry is given out, everything else is counted and told by
 * line. Keeps one entry in memory at a time, beside the rows' places and what tells repeats apart.
 */
export class FileRun {
  readonly #source: RowSource;
  readonly #input: RunInput;
  readonly #reader: RowReader;
  readonly #errors: RowError[] = [];
  readonly #persons = new Set<number>();
  readonly #seen = new Set<number>();
  readonly #counts = {
    rows: 0,
    valid: 0,
    invalid: 0,
    skipped: 0,
    duplicatesInFile: 0,
    entries: 0,
    events: 0,
  };
  readonly #withheld: { [purpose in Purpose]?: number } = {};
  /** Set when the file turned out to be no file of rows. */
  unreadable: Unreadable | undefined;

  constructor(source: RowSource, input: RunInput) {
    this.#source = source;
    this.#input = input;
    this.#reader = new RowReader([...COMMON_FIELDS, ...MAPPERS[input.kind].fields], input.options.mapping);
    for (const column of source.columns) this.#reader.columns.add(column);
  }

  /** The right entries, person by person. Stops early when the file is unreadable. */
  *entries(): Generator<Entry> {
    for (const rows of this.#groups()) {
      if (this.unreadable) return;
      const entry = this.#entryOf(rows);
      if (entry) yield entry;
    }
  }

  report(): FileReport {
    const { columns, used } = this.#reader;
    this.#keepFirstErrors();
    return {
      counts: { ...this.#counts, persons: this.#persons.size },
      errors: [...this.#errors],
      columns: {
        known: [...COMMON_FIELDS, ...MAPPERS[this.#input.kind].fields],
        mapped: [...used].filter((column) => columns.has(column)),
        unused: [...columns].filter((column) => !used.has(column)).slice(0, 200),
      },
      withheldIfCommitted: this.#withheld,
    };
  }

  /**
   * Rows that make one entry each. Those of one order may lie anywhere in the file, and entries come out person by person,
   * so that each customer's object is called once for many: the file is read twice, and places are kept, not rows.
   */
  *#groups(): Generator<RowFields[]> {
    const { groupBy } = MAPPERS[this.#input.kind];
    const orders = new Map<unknown, Group>();
    const groups: Group[] = [];
    for (const found of this.#source.rows()) {
      if (++this.#counts.rows > IMPORT_LIMITS.rowsMax) {
        this.unreadable = {
          line: found.line,
          detail: `A file may have at most ${IMPORT_LIMITS.rowsMax} rows.`,
        };
        return;
      }
      if (found.isFatal) {
        this.unreadable = { line: found.line, detail: found.defect ?? "" };
        return;
      }
      const row = this.#fields(found);
      if (!row) continue;
      const key = groupBy === undefined || row.has("lines") ? undefined : row.raw[groupBy];
      const who = String(row.raw["customerId"] ?? row.raw["visitorId"] ?? "");
      const known = key === undefined || key === null ? undefined : orders.get(key);
      if (known) {
        known.places.push(found.from, found.line);
        if (known.who === "") known.who = who;
        continue;
      }
      const group = { who, places: [found.from, found.line] };
      groups.push(group);
      if (key !== undefined && key !== null) orders.set(key, group);
    }
    orders.clear();
    for (const [, ofPerson] of Map.groupBy(groups, (group) => group.who))
      for (const { places } of ofPerson) {
        const rows: RowFields[] = [];
        for (let i = 0; i < places.length; i += 2)
          rows.push(this.#fields(this.#source.rowAt(places[i]!, places[i + 1]!))!);
        yield rows;
      }
  }

  #fields(found: FileRow): RowFields | undefined {
    const defect = found.defect ?? valueDefect(found.row);
    if (defect !== undefined) {
      this.#refuse(1, { line: found.line, code: "import_row_invalid", detail: defect });
      return undefined;
    }
    const { dateFormat, offset, currency } = this.#input.options;
    return new RowFields(found.line, this.#reader.read(found.row!), { dateFormat, offset, currency });
  }

  #entryOf(rows: readonly RowFields[]): Entry | undefined {
    const first = rows[0]!;
    const { line } = first;
    const made = this.#make(rows as readonly [RowFields, ...RowFields[]]);
    if (!made.ok) {
      const wrong = rows.find((row) => row.problem) ?? first;
      const { code, detail, pointer, shape, cure } = made.problem;
      const error = {
        line: wrong.line,
        code,
        detail,
        ...(pointer ? { pointer } : {}),
        ...(shape ? { shape } : {}),
        ...(cure ? { cure } : {}),
      };
      this.#refuse(rows.length, error);
      return undefined;
    }
    const { person, events, declarations } = made.value;
    if (events.length === 0 && declarations.length === 0) {
      this.#counts.skipped += rows.length;
      return undefined;
    }
    const who = JSON.stringify(person);
    const digest = digestOf(
      `${who}${JSON.stringify([events.map(({ id, digest }) => [id, digest]), declarations])}`,
    );
    if (this.#seen.has(digest)) {
      this.#counts.duplicatesInFile += rows.length;
      return undefined;
    }
    this.#seen.add(digest);
    this.#persons.add(digestOf(who));
    this.#counts.valid += rows.length;
    this.#counts.entries++;
    this.#counts.events += events.length;
    const granted = new Set(
      declarations.flatMap(({ consent }) =>
        Object.entries(consent).flatMap(([purpose, yes]) => (yes ? [purpose] : [])),
      ),
    );
    for (const purpose of NEEDED(this.#input.kind))
      if (!granted.has(purpose)) this.#withheld[purpose] = (this.#withheld[purpose] ?? 0) + 1;
    return { line, person, events, declarations };
  }

  #make(rows: readonly [RowFields, ...RowFields[]]): Result<Omit<Entry, "line">> {
    const { run, kind, options, now, grantDays, take } = this.#input;
    const [first] = rows;
    const mapped = MAPPERS[kind].map(rows);
    const person = personOf(rows);
    const problem = rows.find((row) => row.problem)?.problem;
    if (problem) return fail(problem);
    const declarations = declarationsOf(options.basis, first, now, grantDays);
    if (!declarations.ok) return declarations;
    const events: ResolvedEvent[] = [];
    for (const event of mapped) {
      const { raw, digest } = nameEvent(kind, event, [run, first.line]);
      const taken = take(raw);
      if ("code" in taken) return fail(taken);
      events.push(digest === undefined ? taken : { ...taken, digest });
    }
    return succeed({ person: person!, events, declarations: declarations.value });
  }

  /** Entries are not read in the order of the file, and a report tells its first errors. */
  #keepFirstErrors(): void {
    this.#errors.sort((a, b) => a.line - b.line);
    this.#errors.length = Math.min(this.#errors.length, IMPORT_LIMITS.errorsShownMax);
  }

  #refuse(rows: number, error: RowError): void {
    this.#counts.invalid += rows;
    this.#errors.push(error);
    if (this.#errors.length > 2 * IMPORT_LIMITS.errorsShownMax) this.#keepFirstErrors();
  }
}

/** The person of an entry: the customer where the row knows one. Rows of one entry that disagree are wrong. */
function personOf(rows: readonly RowFields[]): RowPerson | undefined {
  const first = rows[0]!;
  for (const row of rows)
    for (const field of ["customerId", "visitorId"] as const)
      if (row.has(field) && first.has(field) && String(row.raw[field]) !== String(first.raw[field]))
        row.refuse(field, "the same in all rows of an order");
  const owner = rows.find((row) => row.has("customerId")) ?? first;
  const customerId = owner.id("customerId");
  if (customerId !== undefined) return { customerId };
  const visitorId = first.id("visitorId");
  if (visitorId !== undefined) return { visitorId };
  first.refuse("customerId", "given, or visitorId", "Map the column that says whose row it is.");
  return undefined;
}
