import * as v from "valibot";
import { PURPOSES, type Purpose } from "../consent/consent.ts";
import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { fail, succeed, type Result } from "../primitives/result.ts";
import { shapeOf } from "../problem/problem.ts";
import { Bases, type Basis } from "./options.ts";
import type { RowFields } from "./row-fields.ts";
import { booleanOf, type RawFields } from "./row-reader.ts";

/** What one source says about a person's purposes. */
export type Declaration = {
  readonly consent: { readonly [purpose in Purpose]?: boolean };
  readonly basis: Basis["basis"];
  readonly source: string;
  readonly policyVersion: string;
  /** When the customer said so. Absent: it settles only what nobody has decided yet. */
  readonly at?: EpochMs;
};

type Said = Basis & { readonly granted: boolean };

/**
 * What allows a row to be used: the run's bases, the row's own over them, and the row's yes and no per purpose. A purpose
 * that the file asks about and the row leaves empty is not granted; a yes older than grants last is none any more.
 */
export function declarationsOf(
  run: Bases,
  row: RowFields,
  now: EpochMs,
  grantDays: number,
): Result<readonly Declaration[]> {
  let bases = run;
  if (row.has("basis")) {
    const own = v.safeParse(Bases, row.raw["basis"], { abortEarly: true });
    if (!own.success) {
      row.refuse("basis", "an object of purposes, each with basis, source and policyVersion");
      return fail(row.problem!);
    }
    bases = { ...run, ...own.output };
  }
  const said = new Map<Purpose, Said>();
  for (const purpose of PURPOSES) {
    const basis = bases[purpose];
    if (basis) said.set(purpose, { ...basis, granted: true });
  }
  const answers = row.raw["consent"];
  if (typeof answers === "object" && answers !== null) {
    const saidAt = row.moment("consentAt");
    if (row.problem) return fail(row.problem);
    for (const purpose of PURPOSES) {
      if (!Object.hasOwn(answers, purpose)) continue;
      const answer = (answers as RawFields)[purpose];
      said.delete(purpose);
      if (answer === null) continue;
      const granted = booleanOf(answer);
      const basis = bases[purpose];
      if (granted === undefined || (granted && basis === undefined))
        return fail(noBasis(purpose, answer, granted));
      said.set(purpose, {
        ...(basis ?? { source: "import", policyVersion: "" }),
        basis: granted ? basis!.basis : "consent",
        granted,
        ...(saidAt === undefined ? {} : { at: saidAt }),
      });
    }
  }
  return succeed(grouped(said, now - grantDays * DAY_MS));
}

const noBasis = (purpose: Purpose, answer: unknown, granted: boolean | undefined) =>
  ({
    code: "import_row_invalid",
    pointer: `/consent/${purpose}`,
    shape: shapeOf(answer),
    detail:
      granted === undefined
        ? "A consent must be yes or no, true or false, 1 or 0, or empty."
        : "A yes needs a basis with its source and policy version.",
    cure:
      granted === undefined
        ? "Translate your words with `values` in the mapping."
        : `Declare basis.${purpose} in the options.`,
  }) as const;

/** One declaration for all purposes with the same source, so that a customer's object is told once. */
function grouped(said: ReadonlyMap<Purpose, Said>, expiredBefore: EpochMs): Declaration[] {
  const groups = new Map<string, Declaration>();
  for (const [purpose, { granted, basis, source, policyVersion, at: stated }] of said) {
    // Another basis than the customer's word does not overrule that word, so its moment says nothing.
    const at = basis === "consent" ? stated : undefined;
    if (granted && at !== undefined && at <= expiredBefore) continue;
    const key = JSON.stringify([basis, source, policyVersion, at]);
    const known = groups.get(key);
    groups.set(key, {
      basis,
      source,
      policyVersion,
      ...(at === undefined ? {} : { at }),
      consent: { ...known?.consent, [purpose]: granted },
    });
  }
  return [...groups.values()];
}
