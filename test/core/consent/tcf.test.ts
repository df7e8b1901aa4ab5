import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTcf, statementOfTcf } from "../../../src/core/consent/tcf.ts";
import { readShared } from "../../support/shared.ts";
import { anyUnit, linesOf, pack, positions, turnBit } from "./pack.ts";

const iab = readShared("vectors/tcf/tcf-strings.txt");
const liveramp = readShared("vectors/tcf/tcf-strings-liveramp.txt");
const first = readShared("vectors/tcf/tcf-v1-strings-liveramp.txt");
const ALL_DENIED = { analytics: false, personalization: false, marketing: false };

type Fields = {
  version?: number;
  policy?: number;
  consents?: readonly number[];
  interests?: readonly number[];
};

/** A core segment with one vendor by bit, one range of vendors, and one restriction of the publisher. */
function coreOf({ version = 2, policy = 4, consents = [], interests = [] }: Fields): string {
  return pack([
    [version, 6],
    [16_000_000_000, 36],
    [16_100_000_000, 36],
    [300, 12],
    [7, 12],
    [1, 6],
    [4 * 64 + 13, 12],
    [153, 12],
    [policy, 6],
    [1, 1],
    [0, 1],
    [0, 12],
    ...positions(consents, 24),
    ...positions(interests, 24),
    [0, 1],
    [0, 12],
    ...([
      [1, 16],
      [0, 1],
      [1, 1],
    ] as const),
    ...([
      [9, 16],
      [1, 1],
      [1, 12],
      [1, 1],
      [2, 16],
      [9, 16],
    ] as const),
    ...([
      [1, 12],
      [2, 6],
      [0, 2],
      [1, 12],
      [0, 1],
      [5, 16],
    ] as const),
  ]);
}

const purposes = fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 24 });

test("what a tool packs is what is read", () => {
  fc.assert(
    fc.property(purposes, purposes, (consents, interests) => {
      expect(decodeTcf(`${coreOf({ consents, interests })}.IAAA.YAAA`)).toEqual({
        created: 1_600_000_000_000,
        lastUpdated: 1_610_000_000_000,
        cmpId: 300,
        vendorListVersion: 153,
        policyVersion: 4,
        isServiceSpecific: true,
        purposeConsents: consents.toSorted((a, b) => a - b),
        purposeLegitimateInterests: interests.toSorted((a, b) => a - b),
      });
    }),
  );
});

test.each([
  ["everything", [1, 3, 4, 5, 6, 7, 8, 9, 10], { analytics: true, personalization: true, marketing: true }],
  ["content, one half missing", [1, 5], ALL_DENIED],
  ["content", [1, 5, 6], { ...ALL_DENIED, personalization: true }],
  ["content, and nothing may be stored", [5, 6], ALL_DENIED],
  ["advertising profiles", [1, 3, 4], { ...ALL_DENIED, marketing: true }],
  ["measuring", [1, 7, 8, 9, 10], { ...ALL_DENIED, analytics: true }],
  ["nothing", [], ALL_DENIED],
] as const)("consent to %s", (_, consents, expected) => {
  const tc = decodeTcf(coreOf({ consents }));
  expect(tc).toBeDefined();
  expect(statementOfTcf(tc)).toEqual(expected);
});

test("legitimate interest grants nothing, and a purpose nothing stands for is not granted", () => {
  const tc = decodeTcf(coreOf({ interests: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }));
  expect(tc?.purposeLegitimateInterests).toHaveLength(10);
  expect(statementOfTcf(tc)).toEqual(ALL_DENIED);
  expect(statementOfTcf(decodeTcf(coreOf({ consents: [1] })), { marketing: [], analytics: [1] })).toEqual({
    marketing: false,
    analytics: true,
  });
});

test("another version, an earlier policy and an endless text are refused", () => {
  expect(decodeTcf(coreOf({ policy: 2 }))).toBeDefined();
  for (const fields of [{ version: 1 }, { version: 3 }, { policy: 0 }, { policy: 1 }])
    expect(decodeTcf(coreOf(fields))).toBeUndefined();
  expect(decodeTcf(`${coreOf({})}.${"A".repeat(8192)}`)).toBeUndefined();
  expect(statementOfTcf(undefined)).toEqual(ALL_DENIED);
});

test("a string that breaks off is refused wherever it does", () => {
  const core = coreOf({ consents: [1, 3, 4, 5, 6] });
  for (let end = 0; end < core.length; end++) expect(decodeTcf(core.slice(0, end))).toBeUndefined();
  for (const broken of [`${core}.`, `.${core}`, `${core}=`, ` ${core}`, `${core}\n`, core.replace("A", "+")])
    expect(decodeTcf(broken)).toBeUndefined();
});

test("garbage grants nothing and never throws", () => {
  const garbage = fc.oneof(
    fc.string({ unit: anyUnit, maxLength: 100 }),
    fc.string({ maxLength: 100 }).map((text) => `C${text}`),
    fc.base64String({ maxLength: 40 }),
  );
  fc.assert(
    fc.property(garbage, (text) => {
      expect(statementOfTcf(decodeTcf(text))).toEqual(ALL_DENIED);
    }),
    { numRuns: 200 },
  );
});

describe.skipIf(iab === undefined || liveramp === undefined)("published strings", () => {
  const [headless, ...whole] = linesOf(iab);
  const others = linesOf(liveramp);

  test("read as their makers say", () => {
    const read = whole.map((text) => decodeTcf(text));
    expect(read.map((tc) => [tc?.cmpId, tc?.vendorListVersion, tc?.policyVersion])).toEqual([
      [14, 23, 2],
      [31, 51, 2],
      [123, 54, 2],
      [2, 7, 2],
      [10, 0, 5],
    ]);
    expect(new Date(read[1]!.created).toISOString()).toBe("2020-08-18T09:50:09.600Z");
    expect(read.map((tc) => tc?.isServiceSpecific)).toEqual([false, true, true, false, true]);
    expect(statementOfTcf(read[0])).toEqual(ALL_DENIED);
    expect(statementOfTcf(read[1])).toEqual({ analytics: true, personalization: true, marketing: true });
    expect(statementOfTcf(read[4])).toEqual({ ...ALL_DENIED, personalization: true, marketing: true });
  });

  test("one that has lost its moments and its tool is refused, and read once it has them again", () => {
    expect(decodeTcf(headless!)).toBeUndefined();
    expect(decodeTcf(`CQd924AQd924AASA${headless!}`)?.purposeConsents).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  test("of the second collection, only the two that claim a policy before the second are refused", () => {
    const refused = others.filter((text) => decodeTcf(text) === undefined);
    expect(others).toHaveLength(19);
    expect(refused.map((text) => text.slice(0, 23))).toEqual([
      "CPu5aAAPu5aAAPoABABGCyA",
      "CPu5aAAPu5aAAPoABABGCyB",
    ]);
  });

  test("cut short anywhere, they grant no more than whole; with any bit turned, they do not throw", () => {
    const overreaching: string[] = [];
    let turned = 0;
    for (const text of [...whole, ...others]) {
      const granted = statementOfTcf(decodeTcf(text));
      const core = text.split(".")[0]!;
      for (let end = 0; end < core.length; end++) {
        const cut = statementOfTcf(decodeTcf(core.slice(0, end)));
        for (const purpose of Object.keys(cut))
          if (cut[purpose] === true && granted[purpose] !== true) overreaching.push(core.slice(0, end));
      }
      for (let bit = 0; bit < core.length * 6; bit++, turned++) statementOfTcf(decodeTcf(turnBit(text, bit)));
    }
    expect(overreaching).toEqual([]);
    expect(turned).toBeGreaterThan(10_000);
  });
});

describe.skipIf(first === undefined)("strings of version 1", () => {
  test.each(linesOf(first))("%s is refused", (text) => {
    expect(decodeTcf(text)).toBeUndefined();
  });
});
