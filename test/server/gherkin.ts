import { readShared } from "../support/shared.ts";
import { reworded } from "./gherkin-first.ts";

/** A scenario with its placeholders filled in: one per row of its examples. */
export type Scenario = {
  readonly name: string;
  readonly tags: readonly string[];
  readonly steps: readonly Step[];
};
export type Step = { readonly text: string; readonly table: readonly (readonly string[])[] };

const cellsOf = (line: string): string[] =>
  line
    .slice(1, line.lastIndexOf("|"))
    .split("|")
    .map((cell) => cell.trim());

/** Reads the part of Gherkin that OpenFeature's features are written in. Steps of the background are left out. */
export function parseGherkin(text: string): Scenario[] {
  const scenarios: Scenario[] = [];
  let tags: string[] = [];
  let outline:
    | {
        name: string;
        tags: string[];
        steps: { text: string; table: string[][] }[];
        rows: string[][];
        ran: boolean;
      }
    | undefined;
  let place: "background" | "steps" | "examples" = "background";
  const finish = (): void => {
    if (outline && !outline.ran) scenarios.push(outline);
    outline = undefined;
  };
  const fill = (row: readonly string[], header: readonly string[], line: string): string =>
    header.reduce((filled, name, i) => filled.replaceAll(`<${name}>`, row[i]!), line);
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const scenario = /^Scenario(?: Outline)?: (.*)$/.exec(line);
    if (line === "" || line.startsWith("#") || line.startsWith("Feature:")) continue;
    if (line.startsWith("@")) {
      if (place === "examples" || place === "steps") tags = line.split(/\s+/);
      else tags = [...tags, ...line.split(/\s+/)];
    } else if (scenario) {
      finish();
      outline = { name: scenario[1]!, tags, steps: [], rows: [], ran: false };
      [tags, place] = [[], "steps"];
    } else if (line.startsWith("Background")) place = "background";
    else if (line.startsWith("Examples") && outline) {
      [place, outline.rows] = ["examples", []];
    } else if (line.startsWith("|") && place === "examples" && outline) {
      const row = cellsOf(line);
      const header = outline.rows[0];
      outline.rows.push(row);
      if (header === undefined) continue;
      outline.ran = true;
      scenarios.push({
        name: `${outline.name} (${row.join(", ")})`,
        tags: outline.tags,
        steps: outline.steps.map((step) => ({ text: fill(row, header, step.text), table: step.table })),
      });
    } else if (line.startsWith("|") && outline) outline.steps.at(-1)!.table.push(cellsOf(line));
    else if (place === "steps" && outline)
      outline.steps.push({ text: line.replace(/^(Given|When|Then|And) /, ""), table: [] });
  }
  finish();
  return scenarios;
}

type TestFlag = {
  readonly variants: Readonly<Record<string, unknown>>;
  readonly defaultVariant?: string | null;
  readonly disabled?: boolean;
  readonly contextEvaluator?: string;
  readonly flagMetadata?: Readonly<Record<string, string | number | boolean>> | null;
};

/** The two expressions of the test flags, in our words. */
const CONDITIONS: Readonly<Record<string, readonly [variant: string, condition: object]>> = {
  "email == 'ballmer@macrosoft.com' ? 'zero' : ''": ["zero", { email: "ballmer@macrosoft.com" }],
  "!customer && email == 'ballmer@macrosoft.com' && age > 10 ? 'internal' : ''": [
    "internal",
    { $not: { customer: true }, email: "ballmer@macrosoft.com", age: { $gt: 10 } },
  ],
};

/** OpenFeature's test flags as flags of a site's config. */
export function testFlags(text: string): Record<string, object> {
  const flags = JSON.parse(text) as Record<string, TestFlag>;
  const own = Object.fromEntries(
    Object.entries(flags).map(([key, flag]) => {
      const { variants, defaultVariant, disabled, contextEvaluator, flagMetadata } = flag;
      const rule = contextEvaluator === undefined ? undefined : CONDITIONS[contextEvaluator];
      if (contextEvaluator !== undefined && rule === undefined)
        throw new Error(`No condition for ${contextEvaluator}`);
      return [
        key,
        {
          ...(typeof defaultVariant === "string" ? { defaultValue: variants[defaultVariant] } : {}),
          ...(rule ? { rules: [{ force: variants[rule[0]], condition: rule[1] }] } : {}),
          ...(disabled ? { disabled } : {}),
          ...(flagMetadata ? { metadata: flagMetadata } : {}),
          variants,
        },
      ];
    }),
  );
  return { ...own, "context-aware": CONTEXT_AWARE };
}

export type Kind = "Boolean" | "String" | "Integer" | "Float" | "Object";
export type Details = {
  readonly value: unknown;
  readonly flagKey: string;
  readonly reason?: string | undefined;
  readonly variant?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly flagMetadata?: Readonly<Record<string, unknown>> | undefined;
};
/** What an SDK is asked in a scenario. */
export type Ask = (
  kind: Kind,
  key: string,
  fallback: unknown,
  context: Record<string, unknown>,
) => Promise<Details>;

function valueOf(kind: string, text: string): unknown {
  switch (kind) {
    case "Boolean":
      return text === "true";
    case "Integer":
    case "Float":
      return Number(text);
    case "Object":
      return JSON.parse(text.replaceAll('\\"', '"'));
    default:
      return text;
  }
}

/** The flag that the first feature asks for and the test flags leave out. */
const CONTEXT_AWARE = {
  defaultValue: "EXTERNAL",
  rules: [
    {
      force: "INTERNAL",
      condition: { fn: "Sulisław", ln: "Świętopełk", age: { $gte: 29 }, customer: false },
    },
  ],
};

/** What a scenario found: nothing, what differed, or a step that is about the SDK alone. */
export type Outcome = { readonly unknown?: string; readonly wrong: readonly string[] };

/** Runs a scenario's steps with an SDK. */
export async function runScenario({ steps }: Scenario, ask: Ask): Promise<Outcome> {
  let [kind, key, fallback]: [Kind, string, unknown] = ["Boolean", "", undefined];
  let details: Details | undefined;
  const context: Record<string, unknown> = {};
  const wrong: string[] = [];
  const same = (what: string, actual: unknown, wanted: unknown): void => {
    if (JSON.stringify(actual) !== JSON.stringify(wanted))
      wrong.push(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`);
  };
  for (const { text, table } of steps) {
    const [, given, givenKey, fallbackText] =
      /^an? (Boolean|String|Integer|Float|Object)-flag with key "(.*?)" and a fallback value "(.*)"$/.exec(
        text,
      ) ?? [];
    const [, name, type, value] =
      /^a context containing a key "(.*?)", with type "(.*?)" and with value "(.*)"$/.exec(text) ?? [];
    const [, nullName] = /^a context containing a key "(.*?)" with null value$/.exec(text) ?? [];
    const [, what, wanted] =
      /^the (resolved details value|reason|variant|flag key|error-code) should be "(.*)"$/.exec(text) ?? [];
    if (given !== undefined) {
      [kind, key, fallback] = [given as Kind, givenKey!, valueOf(given, fallbackText!)];
    } else if (name !== undefined) context[name] = valueOf(type!, value!);
    else if (nullName !== undefined) context[nullName] = null;
    else if (/^the flag was evaluated with details( asynchronously)?$/.test(text))
      details = await ask(kind, key, fallback, context);
    else if (text === "the evaluation should complete without blocking") continue;
    else if (text === "an empty context") for (const field of Object.keys(context)) delete context[field];
    else if (text === "the fallback value should be returned") same(text, details?.value, fallback);
    else if (what !== undefined && details) {
      if (what === "resolved details value") same(what, details.value, valueOf(kind, wanted!));
      else if (what === "reason") same(what, details.reason, wanted);
      else if (what === "variant") same(what, details.variant, wanted);
      else if (what === "flag key") same(what, details.flagKey, wanted);
      else same(what, details.errorCode, wanted);
    } else if (text === "the resolved metadata should contain" && details) {
      for (const [field, type, told] of table.slice(1))
        same(`metadata ${field}`, details.flagMetadata?.[field!], valueOf(type!, told!));
    } else if (text === "the resolved metadata is empty" && details)
      same("metadata", Object.keys(details.flagMetadata ?? {}), []);
    else return { unknown: text, wrong };
  }
  return { wrong };
}

/** Every scenario about evaluations and metadata, the deprecated first feature included. Empty where they are absent. */
export const SCENARIOS: readonly Scenario[] = [
  reworded(readShared("vectors/openfeature/evaluation.feature") ?? ""),
  readShared("vectors/openfeature/evaluation_v2.feature") ?? "",
  readShared("vectors/openfeature/metadata.feature") ?? "",
].flatMap(parseGherkin);
export const TEST_FLAGS = readShared("vectors/openfeature/test-flags.json");
