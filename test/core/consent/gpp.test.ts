import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeGpp, statementOfGpp } from "../../../src/core/consent/gpp.ts";
import { expressConsentsOf } from "../../../src/core/consent/tcf-canada.ts";
import { US_SECTIONS } from "../../../src/core/consent/us-privacy.ts";
import { readShared } from "../../support/shared.ts";
import { anyUnit, linesOf, pack, positions, turnBit } from "./pack.ts";

const file = readShared("vectors/gpp/gpp-strings.txt");
const OBJECTION = { marketing: false, third_party: false };
const UNREAD = { ...OBJECTION, analytics: false, personalization: false };
const ALL_DENIED = { analytics: false, personalization: false, marketing: false };

/** How many fields of two bits stand before the first objection, by the sections' own tables; three where not named. */
const FIELDS_BEFORE = new Map([
  [7, 6],
  [11, 4],
  [18, 4],
  [24, 5],
  [25, 5],
  [26, 5],
  [27, 5],
]);

/** Weights of the code's digits, enough for any section id. */
const WEIGHTS = [1, 2, 3, 5, 8, 13, 21, 34, 55];

/** A number in Fibonacci code, by taking the largest weight that fits until nothing is left. */
function fibonacci(number: number): readonly (readonly [number, number])[] {
  const set: number[] = [];
  let rest = number;
  for (let i = WEIGHTS.length; i > 0; i--) {
    if (WEIGHTS[i - 1]! > rest) continue;
    set.push(i);
    rest -= WEIGHTS[i - 1]!;
  }
  return [...positions(set, Math.max(...set)), [1, 1]];
}

function gppOf(sections: readonly (readonly [id: number, text: string])[]): string {
  const ids = sections.map(([id]) => id);
  const steps = ids.flatMap((id, i) => [[0, 1] as const, ...fibonacci(id - (ids[i - 1] ?? 0))]);
  const header = pack([[3, 6], [1, 6], [ids.length, 12], ...steps]);
  return [header, ...sections.map(([, text]) => text)].join("~");
}

/** A section of the United States whose fields before the objections are zeros, and whose rest is long enough for any. */
const usOf = (bit: number, choices: readonly number[], version = 1): string =>
  pack([[version, 6], [0, bit - 6], ...choices.map((choice) => [choice, 2] as const), [0, 60]]);

test("sections, single and in ranges, belong to the ids of the header", () => {
  expect(decodeGpp("DBAA")).toEqual([]);
  expect(decodeGpp("DBABTA~1YNN")).toEqual([{ id: 6, text: "1YNN" }]);
  const texts = Array.from({ length: 25 }, () => "1---");
  // 2, then the range from three after it to 27, as the published strings pack theirs.
  const ids = decodeGpp(["DBACOcGA", ...texts.slice(0, 24)].join("~"))?.map((section) => section.id);
  expect(ids).toEqual([2, ...Array.from({ length: 23 }, (_, i) => i + 5)]);
  const any = fc.uniqueArray(fc.integer({ min: 1, max: 88 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(any, (unsorted) => {
      const sorted = unsorted.toSorted((a, b) => a - b);
      const read = decodeGpp(gppOf(sorted.map((id) => [id, "x"])));
      expect(read?.map((section) => section.id)).toEqual(sorted);
    }),
  );
});

test("every section of the United States: an objection denies, its absence grants nothing", () => {
  expect([...US_SECTIONS.keys()]).toEqual(Array.from({ length: 21 }, (_, i) => i + 7));
  for (const id of US_SECTIONS.keys()) {
    const bit = 6 + 2 * (FIELDS_BEFORE.get(id) ?? 3);
    const count = id === 7 ? 3 : 2;
    const choose = (at: number, choice: number) =>
      Array.from({ length: count }, (_, i) => (i === at ? choice : 2));
    const say = (text: string) => statementOfGpp(gppOf([[id, text]]));
    expect(say(usOf(bit, choose(0, 2)))).toEqual({});
    expect(say(usOf(bit, choose(0, 0)))).toEqual({});
    for (let at = 0; at < count; at++) {
      expect(say(usOf(bit, choose(at, 1)))).toEqual(OBJECTION);
      expect(say(usOf(bit, choose(at, 3)))).toEqual(OBJECTION);
    }
    // The bits around them are notices and sensitive data: nothing of ours.
    expect(
      say(
        pack([
          [1, 6],
          [(1 << (bit - 6)) - 1, bit - 6],
          [0, 2 * count],
          [2 ** 40 - 1, 40],
        ]),
      ),
    ).toEqual({});
    expect(say(`${usOf(bit, choose(0, 2))}.QA`)).toEqual({});
    expect(say(`${usOf(bit, choose(0, 2))}.YA`)).toEqual(OBJECTION);
    expect(say(usOf(bit, choose(0, 2), 0))).toEqual(UNREAD);
    expect(say(usOf(bit, choose(0, 2), 9))).toEqual(UNREAD);
    expect(say("BA")).toEqual(UNREAD);
  }
});

test.each([
  ["a US Privacy string without objection", "DBABTA~1YNN", {}],
  ["one with", "DBABTA~1YYN", OBJECTION],
  ["one that does not apply", "DBABTA~1---", {}],
  ["one of another version", "DBABTA~2YNN", UNREAD],
  ["no sections yet", "DBAA", {}],
  ["nothing", "", UNREAD],
  ["a header of another kind", "CBABTA~1YNN", UNREAD],
  ["a header of another version", "DCABTA~1YNN", UNREAD],
  ["fewer sections than promised", "DBABTA", UNREAD],
  ["more sections than promised", "DBABTA~1YNN~1YNN", UNREAD],
  ["a blank section", "DBABTA~", UNREAD],
  ["a law nobody here knows", gppOf([[60, "BAAAAA"]]), UNREAD],
  [
    "European version 1",
    gppOf([[1, "BONMj34ONMj34ABACDENALqAAAAAqABAD2AAAAAAAAAAAAAAAAAAAAAAAAAA"]]),
    UNREAD,
  ],
  ["a signature alone", gppOf([[4, "anything"]]), {}],
])("%s", (_, text, expected) => {
  expect(statementOfGpp(text)).toEqual(expected);
});

test("sections join, and a denial wins", () => {
  const canada = (express: readonly number[], implied: readonly number[]) =>
    pack([[1, 6], [0, 72], [0, 60], [0, 13], ...positions(express, 24), ...positions(implied, 24), [0, 34]]);
  const all = [1, 3, 4, 5, 6, 7, 8, 9, 10];
  const granted = { analytics: true, personalization: true, marketing: true };
  expect(statementOfGpp(gppOf([[5, canada(all, [])]]))).toEqual(granted);
  expect(statementOfGpp(gppOf([[5, canada([], all)]]))).toEqual(ALL_DENIED);
  expect(
    statementOfGpp(
      gppOf([
        [5, canada(all, [])],
        [6, "1YYN"],
      ]),
    ),
  ).toEqual({ ...granted, ...OBJECTION });
  expect(
    statementOfGpp(
      gppOf([
        [5, canada(all, [])],
        [6, "garbled"],
      ]),
    ),
  ).toEqual(UNREAD);
  expect(expressConsentsOf(canada(all, []).slice(0, -2))).toBeUndefined();
  const own = { clienteling: [1] } as const;
  expect(statementOfGpp(gppOf([[5, canada([1], [])]]), own)).toEqual({ clienteling: true });
  expect(statementOfGpp("garbled", own)).toEqual({ ...UNREAD, clienteling: false });
});

test("garbage grants nothing and never throws", () => {
  const garbage = fc.oneof(
    fc.string({ unit: anyUnit, maxLength: 100 }),
    fc.string({ maxLength: 100 }).map((text) => `DB${text}`),
    fc.string({ maxLength: 100 }).map((text) => `DBABMA~C${text}`),
    fc.string({ maxLength: 100 }).map((text) => `DBACOeA~${text}~B${text}~1YNN`),
    // A header that promises a great many sections.
    fc.base64String({ maxLength: 100 }).map((text) => `DB__${text.replaceAll(/[+/=]/g, "_")}`),
  );
  fc.assert(
    fc.property(garbage, (text) => {
      expect(Object.values(statementOfGpp(text))).not.toContain(true);
    }),
    { numRuns: 200 },
  );
  expect(statementOfGpp(`DB${"A".repeat(9000)}`)).toEqual(UNREAD);
});

describe.skipIf(file === undefined)("published strings", () => {
  const lines = linesOf(file);

  test("read as their makers say", () => {
    const said = lines.map((text) => {
      const ids = decodeGpp(text)?.map((section) => section.id);
      return [ids?.join(" "), statementOfGpp(text)];
    });
    const everywhere = [2, ...Array.from({ length: 23 }, (_, i) => i + 5)].join(" ");
    expect(said).toEqual([
      ...Array.from({ length: 8 }, () => ["7", {}]),
      ...Array.from({ length: 5 }, () => ["2", ALL_DENIED]),
      ...Array.from({ length: 3 }, () => ["6", {}]),
      ["6", OBJECTION],
      ["2 6", ALL_DENIED],
      ...Array.from({ length: 2 }, () => [everywhere, ALL_DENIED]),
      // Promises three sections and carries two.
      [undefined, UNREAD],
      ...Array.from({ length: 2 }, () => ["2 5 6", ALL_DENIED]),
    ]);
    const canadian = lines.slice(-2).map((text) => expressConsentsOf(decodeGpp(text)![1]!.text));
    expect(canadian).toEqual(Array.from({ length: 2 }, () => [1, 2, 3, 4, 5, 6, 13, 14, 15, 16, 17, 18]));
  });

  test("with any bit turned, they do not throw", () => {
    let turned = 0;
    for (const text of lines)
      for (let bit = 0; bit < text.length * 6; bit++, turned++) statementOfGpp(turnBit(text, bit));
    expect(turned).toBeGreaterThan(5000);
  });
});
