import * as v from "valibot";
import { idDefect } from "../primitives/ids.ts";
import { Money, moneyOf, parsePrice } from "../primitives/money.ts";
import type { EpochMs } from "../primitives/time.ts";
import { shapeOf, type Problem } from "../problem/problem.ts";
import { momentOf, type DateFormat } from "./moment.ts";
import { numberOf, type RawFields } from "./row-reader.ts";

/** How cells are read that do not say it themselves. */
export type Reading = {
  readonly dateFormat: DateFormat;
  readonly offset: string;
  readonly currency?: string | undefined;
};

const DATE_CURE =
  "Say how dates are written with `dateFormat`: rfc3339, iso-date, epoch-s, epoch-ms, dd/mm/yyyy or mm/dd/yyyy.";

/**
 * One row while it becomes events. Each getter parses one field: absent is `undefined`; what is wrong is `undefined`
 * too, and the first such thing is kept in `problem`. Never the text itself: a report of an import holds nobody's data.
 */
export class RowFields {
  readonly line: number;
  readonly raw: RawFields;
  problem: Problem | undefined;
  readonly #reading: Reading;

  constructor(line: number, raw: RawFields, reading: Reading) {
    this.line = line;
    this.raw = raw;
    this.#reading = reading;
  }

  has(field: string): boolean {
    return this.raw[field] !== undefined && this.raw[field] !== null;
  }

  /** Notes what is wrong with a field, and answers `undefined`. */
  refuse(field: string, expected: string, cure?: string): undefined {
    const shape = shapeOf(this.raw[field] ?? undefined);
    this.problem ??= {
      code: "import_row_invalid",
      pointer: `/${field}`,
      shape,
      detail: `/${field} must be ${expected}, not ${shape}.`,
      ...(cure === undefined ? {} : { cure }),
    };
    return undefined;
  }

  id(field: string): string | undefined {
    if (!this.has(field)) return undefined;
    const value = this.raw[field];
    const text = Number.isSafeInteger(value) ? String(value) : value;
    return typeof text === "string" && idDefect(text) === undefined
      ? text
      : this.refuse(field, "an id of 1 to 128 visible bytes");
  }

  text(field: string, max: number): string | undefined {
    if (!this.has(field)) return undefined;
    const value = this.raw[field];
    const text = typeof value === "number" ? String(value) : value;
    return typeof text === "string" && text.length <= max
      ? text
      : this.refuse(field, `text of at most ${max} characters`);
  }

  /** One of a closed list of words, whatever their case. */
  word<const W extends string>(field: string, words: readonly W[]): W | undefined {
    if (!this.has(field)) return undefined;
    const found = words.find((word) => word === String(this.raw[field]).toLowerCase());
    return (
      found ??
      this.refuse(field, `one of: ${words.join(", ")}`, "Translate your words with `values` in the mapping.")
    );
  }

  number(field: string): number | undefined {
    if (!this.has(field)) return undefined;
    return numberOf(this.raw[field]) ?? this.refuse(field, "a number");
  }

  whole(field: string): number | undefined {
    const number = this.number(field);
    return number === undefined || Number.isSafeInteger(number)
      ? number
      : this.refuse(field, "a whole number");
  }

  moment(field: string): EpochMs | undefined {
    if (!this.has(field)) return undefined;
    const { dateFormat, offset } = this.#reading;
    return (
      momentOf(this.raw[field], dateFormat, offset) ??
      this.refuse(field, `a moment as ${dateFormat}`, DATE_CURE)
    );
  }

  /** An amount in major units, as text or number, or our own `{minor, currency}`. */
  money(field: string): Money | undefined {
    if (!this.has(field)) return undefined;
    const value = this.raw[field];
    const currency = this.raw["currency"] ?? this.#reading.currency;
    if (typeof value === "object") {
      const money = v.safeParse(Money, value);
      return money.success ? money.output : this.refuse(field, "an amount with its currency");
    }
    const read =
      typeof value === "string"
        ? parsePrice(value, typeof currency === "string" ? currency : undefined)
        : moneyOf(value, currency);
    return (
      read ??
      this.refuse(
        field,
        "an amount with a currency, such as 12.99",
        "Map `currency` or give it in the options; of 1,299 nobody can say whether it is 1.299 or 1299.",
      )
    );
  }

  /** A value that must be there. */
  need<T>(field: string, value: T | undefined): T | undefined {
    return value ?? this.refuse(field, "given", `Map a column to ${field}.`);
  }
}
