import * as v from "valibot";
import { fail, succeed, type Result } from "../primitives/result.ts";
import { pointerInto, shapeOf, type Problem, type ProblemCode } from "./problem.ts";

/** The RFC 6901 pointer of a schema issue, under a prefix, as far as its names are fit to be repeated. */
function pointerOf(
  issue: v.BaseIssue<unknown>,
  prefix: string,
): { readonly pointer: string; readonly isWhole: boolean } {
  let pointer = prefix;
  for (const step of issue.path ?? []) {
    const next = pointerInto(pointer, typeof step.key === "number" ? step.key : String(step.key));
    if (next === pointer) return { pointer, isWhole: false };
    pointer = next;
  }
  return { pointer, isWhole: true };
}

/** valibot's "expected" names, in words a reader understands; a schema's own message wins. */
function expectationOf(issue: v.BaseIssue<unknown>): string {
  if (!issue.message.startsWith("Invalid ")) return issue.message;
  return issue.expected === "never" ? "no such field" : (issue.expected ?? "another value");
}

/** The first issue of a failed parse as a problem. @example "/slots/0/max must be <=24, not integer." */
export function problemOf(
  issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
  code: ProblemCode,
  prefix = "",
): Problem {
  const issue = issues[0];
  const { pointer, isWhole } = pointerOf(issue, prefix);
  const place = isWhole ? pointer || "The body" : `A field in ${pointer || "the body"}`;
  const shape = shapeOf(issue.input);
  return {
    code,
    detail: `${place} must be ${expectationOf(issue)}, not ${shape}.`,
    pointer,
    shape,
  };
}

/** Parses once, at the border. The value that comes out is core's; inside, nobody validates again. */
export function parseWith<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  code: ProblemCode,
  prefix = "",
): Result<v.InferOutput<S>> {
  const parsed = v.safeParse(schema, input, { abortEarly: true });
  return parsed.success ? succeed(parsed.output) : fail(problemOf(parsed.issues, code, prefix));
}
