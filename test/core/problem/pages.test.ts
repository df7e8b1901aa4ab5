import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROBLEMS, type Problem, type ProblemCode } from "../../../src/core/problem/problem.ts";
import { problemResponse } from "../../../src/http/problem.ts";

const folder = new URL("../../../docs/errors/", import.meta.url);
const codes = Object.keys(PROBLEMS) as ProblemCode[];
const pageOf = (code: ProblemCode): string => readFileSync(new URL(`${code}.md`, folder), "utf8");

/** What stands between a heading in bold and the next one, as its bullets. */
function bullets(page: string, heading: string): string[] {
  const section = page.split(`**${heading}**`)[1]?.split("\n**")[0] ?? "";
  return section.split("\n").filter((line) => line.startsWith("- "));
}

test("every code has a page and every page a code", () => {
  expect(readdirSync(folder).toSorted()).toEqual(codes.map((code) => `${code}.md`).toSorted());
});

test.each(codes)("%s: title and status are those that are sent", (code) => {
  const [title, , status] = pageOf(code).split("\n");
  expect(title).toBe(`# \`${code}\`: ${PROBLEMS[code]}`);
  expect(status).toMatch(
    new RegExp(`^Status: \\*\\*HTTP ${problemResponse({ code, detail: "" }).status}\\*\\*`),
  );
});

test.each(codes)("%s: the example is what a client receives", async (code) => {
  const [, text] = /```json\n([^]+?)\n```/.exec(pageOf(code)) ?? [];
  const example = JSON.parse(text ?? "null") as Problem;
  const { detail, pointer, shape, cure } = example;
  expect(detail).toMatch(/^.{15,}\.$/);
  const said = { code, detail, ...(pointer === undefined ? {} : { pointer }) };
  if ("type" in example) {
    const sent = problemResponse({
      ...said,
      ...(shape === undefined ? {} : { shape }),
      ...(cure === undefined ? {} : { cure }),
    });
    expect(example).toEqual(await sent.json());
  } else {
    // Refused for itself: an entry of the answer to a batch, which is no problem document.
    expect(example).toEqual({ id: "e1", status: "rejected", ...said });
    expect(pageOf(code)).toContain("the request itself answers 200");
  }
});

test.each(codes)("%s: the page says the cause and the cure, in more than a phrase", (code) => {
  for (const heading of ["Usual cause", "Cure"]) {
    expect(bullets(pageOf(code), heading).join(" ").length).toBeGreaterThan(60);
  }
});
