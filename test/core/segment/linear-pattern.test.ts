import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conditionDefect } from "../../../src/core/segment/condition.ts";
import { compileLinearPattern, patternDefect } from "../../../src/core/segment/linear-pattern.ts";

const matches = (pattern: string, text: string, foldsCase = false): boolean | undefined =>
  compileLinearPattern(pattern, foldsCase)?.(text);

describe("answers as RegExp does", () => {
  test.each([
    ["", ["", "a"]],
    ["^$", ["", "a"]],
    ["^a|b$", ["ax", "xb", "xax"]],
    ["a{2,3}b", ["ab", "aab", "aaaab"]],
    ["^a{2}$", ["a", "aa", "aaa"]],
    ["^a{2,}$", ["a", "aa", "aaaaa"]],
    ["a{", ["a{", "a"]],
    ["x{,2}", ["x{,2}", "xx"]],
    ["[]", ["", "a"]],
    ["[^]", ["", "\n"]],
    ["[\\d-x]", ["-", "5", "x", "a"]],
    ["[a-]", ["-", "a", "b"]],
    ["[\\b]", ["\b", "b"]],
    ["\\bcat\\b", ["a cat sat", "concat", "cat"]],
    ["\\Bcat", ["concat", "cat"]],
    ["\\u00e4|\\x41|\\0", ["ä", "A", "\0", "a"]],
    ["^.$", ["\n", "\u2028", "x", "é", "😀"]],
    ["\\s", ["\u00a0", "\ufeff", "x", "\u180e"]],
    ["(?:^|,)sku-\\d+(?:,|$)", ["a,sku-12,b", "sku-", "sku-7"]],
    ["(a*)*b", ["aaab", "aaac"]],
    ["(|a)+$", ["", "aaa"]],
    ["()", ["", "x"]],
    ["a]}", ["a]}", "a]"]],
    ["\\/path\\.html\\?x", ["/path.html?x", "/pathxhtml?x"]],
    ["(?:\\b)*x", ["x", "ax"]],
    ["^(?:\\d{1,3}\\.){3}\\d{1,3}$", ["10.0.0.1", "10.0.0", "1000.0.0.1"]],
  ])("%s", (pattern, texts) => {
    expect(patternDefect(pattern)).toBeUndefined();
    for (const text of texts)
      expect([text, matches(pattern, text)]).toEqual([text, new RegExp(pattern).test(text)]);
  });

  test.each([
    ["straße", ["STRASSE", "STRAßE", "Straße"]],
    ["^[a-z]+$", ["ABC", "ſ", "K", "É"]],
    ["^[^k]$", ["K", "k", "\u212a", "x"]],
    ["µ", ["μ", "Μ", "m"]],
    ["[α-ω]", ["Σ", "ς", "a"]],
    ["ı", ["I", "i", "ı"]],
    ["\\w", ["ſ", "_", "-"]],
    ["[\\W]", ["ſ", "K", "é"]],
    ["Ǆ", ["ǆ", "ǅ", "x"]],
  ])("without regard to case: %s", (pattern, texts) => {
    for (const text of texts)
      expect([text, matches(pattern, text, true)]).toEqual([text, new RegExp(pattern, "i").test(text)]);
  });

  const literal = fc.constantFrom(..."abAB01-_ é", "\\.", "\\-", "\\/", "\\n", "\\x62", "\\u00c9");
  const set = fc.constantFrom(
    ..."dDwWsS".split("").map((one) => `\\${one}`),
    ".",
    "[ab]",
    "[^a-c]",
    "[\\dA-]",
    "[^\\s_]",
    "[]",
    "[^]",
  );
  const edge = fc.constantFrom("^", "$", "\\b", "\\B");
  const count = fc.constantFrom("*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{1,}", "{0,3}", "{1,2}?", "");
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => {
    const inner = tie("pattern");
    const group = fc.tuple(fc.constantFrom("(", "(?:"), inner).map(([open, text]) => `${open}${text})`);
    const atom = fc.oneof({ depthSize: "small" }, literal, set, group);
    const piece = fc.oneof(
      { weight: 5, arbitrary: fc.tuple(atom, count).map((parts) => parts.join("")) },
      { weight: 1, arbitrary: edge },
    );
    const sequence = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join(""));
    return {
      pattern: fc
        .array(sequence, { minLength: 1, maxLength: 3, depthIdentifier: "either" })
        .map((parts) => parts.join("|")),
    };
  });
  const texts = fc.array(fc.string({ unit: fc.constantFrom(..."aabbABc01-_. /\nÉé\u2028"), maxLength: 10 }), {
    minLength: 1,
    maxLength: 5,
  });

  test("on random patterns and texts, with and without regard to case", () => {
    let found = 0;
    fc.assert(
      fc.property(pattern, texts, fc.boolean(), (source, given, foldsCase) => {
        const mine = compileLinearPattern(source, foldsCase);
        fc.pre(mine !== undefined);
        const theirs = new RegExp(source, foldsCase ? "i" : "");
        for (const text of given) {
          const expected = theirs.test(text);
          if (expected) found++;
          expect([source, text, mine!(text)]).toEqual([source, text, expected]);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(found).toBeGreaterThan(300);
  });

  test("on random garbage: what we accept, RegExp accepts and answers alike", () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."ab()[]{}|*+?^$\\,-:1d"), maxLength: 12 }),
        texts,
        (source, given) => {
          const mine = compileLinearPattern(source, false);
          if (mine === undefined) return;
          accepted++;
          const theirs = new RegExp(source);
          for (const text of given)
            expect([source, text, mine(text)]).toEqual([source, text, theirs.test(text)]);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });
});

describe("what cannot be had is said", () => {
  test.each([
    ["(a)\\1", "a pattern without back-references"],
    ["(?=a)", "a group of the form (…) or (?:…)"],
    ["(?<!a)b", "a group of the form (…) or (?:…)"],
    ["(?<name>a)", "a group of the form (…) or (?:…)"],
    ["\\p{L}", "a known escape instead of \\p"],
    ["a**", "something to repeat before a quantifier"],
    ["^*", "something to repeat before a quantifier"],
    ["{2}", "something to repeat before a quantifier"],
    ["/???***[)", "something to repeat before a quantifier"],
    ["(a", "a ) for every ("],
    ["a)", "a ( for every )"],
    ["[a", "a class that ends with ]"],
    ["[z-a]", "a range whose end is not before its beginning"],
    ["a{3,2}", "a count whose end is not before its beginning"],
    ["a\\", "something behind the last backslash"],
    ["(?:a{50}){50}", "a pattern with fewer repetitions: at most 200 steps"],
    ["(?:){999999999999}", "a pattern with fewer repetitions: at most 200 steps"],
    ["a".repeat(501), "a pattern of at most 500 characters"],
  ])("%s", (pattern, expected) => {
    expect(patternDefect(pattern)).toBe(expected);
    expect(compileLinearPattern(pattern, false)).toBeUndefined();
  });

  test("a condition's defect points at the pattern", () => {
    expect(conditionDefect({ $and: [{ agent: { $regex: "(Mobile|Tablet)" } }] })).toBeUndefined();
    expect(conditionDefect({ $and: [{ agent: { $regexi: "(a)\\1" } }] })).toEqual({
      pointer: "/$and/0/agent/$regexi",
      expected: "a pattern without back-references",
    });
    expect(conditionDefect({ agent: { $regex: ["a"] } })).toEqual({
      pointer: "/agent/$regex",
      expected: "a pattern as text",
    });
  });
});

describe("no text can stall", () => {
  // Backtracking takes 2^n steps here; the test would not end.
  test.each(["(a+)+$", "^(a|a)*$", "(a|aa)+$", "(.*)*x$", "^(([a-z])+.)+[A-Z]([a-z])+$"])("%s", (pattern) => {
    expect(matches(pattern, `${"a".repeat(2_000)}!`)).toBe(false);
  });

  test("a text of more than 2048 characters matches nothing", () => {
    expect(matches("a", "a".repeat(2_048))).toBe(true);
    expect(matches("a", "a".repeat(2_049))).toBe(false);
  });
});
