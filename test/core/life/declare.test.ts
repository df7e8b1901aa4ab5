import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { LifeConfig } from "../../../src/core/config/life-config.ts";
import { compileLife } from "../../../src/core/life/compile-life.ts";
import { dayInYear, dayOfDate, keptDate, yearOf } from "../../../src/core/life/calendar-day.ts";
import { declare, deny, forgetKind, lifeDefect, type Word } from "../../../src/core/life/declare.ts";
import { lifeAttributes, nextLifeChange } from "../../../src/core/life/life-attributes.ts";
import { lifeOf } from "../../../src/core/life/life-of.ts";
import { forgetLife, newLife, type LifeState } from "../../../src/core/life/life-state.ts";
import { hear } from "../../../src/core/life/told.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";

const life = compileLife(v.parse(LifeConfig, {}));
const day = (date: string): number => dayOfDate(date)! * DAY_MS;
const own = (at: number): Word => ({ at, source: "customer", isOwnWord: true });
const shop = (at: number): Word => ({ at, source: "server", isOwnWord: false });
const kindsAt = (state: LifeState, now: number) => lifeAttributes(lifeOf(state, life, now, true));

describe("dates", () => {
  test.each([
    ["1960-02-29", true, "02-29"],
    ["1961-02-29", true, undefined],
    ["1900-02-29", true, undefined],
    ["02-29", true, "02-29"],
    ["02-30", true, undefined],
    ["2027-05-31", false, "2027-05-31"],
    ["2027-06-31", false, undefined],
    ["05-31", false, undefined],
    ["yesterday", true, undefined],
  ])("of %s (yearly: %s) is kept %s", (date, isYearly, kept) => {
    expect(keptDate(date, isYearly)).toBe(kept);
  });

  test("a year is found for every day", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 400 }), (at) => {
        const year = yearOf(at);
        expect(dayInYear("01-01", year)! <= at && at < dayInYear("01-01", year + 1)!).toBe(true);
      }),
    );
  });

  test("the 29th of February is the 28th where there is none", () => {
    expect(dayInYear("02-29", 2027)).toBe(dayOfDate("2027-02-28"));
    expect(dayInYear("02-29", 2028)).toBe(dayOfDate("2028-02-29"));
  });
});

test("what cannot be taken in changes nothing", () => {
  expect(lifeDefect(life, "alien_visit")).toMatch(/kind of life event/);
  expect(lifeDefect(life, "__proto__")).toMatch(/kind of life event/);
  expect(lifeDefect(life, "birthday", "02-30")).toMatch(/date such as/);
  expect(declare(newLife(), life, { kind: "birthday", on: "02-30" }, own(1))).toEqual(newLife());
  expect(deny(newLife(), life, "alien_visit", own(1))).toEqual(newLife());
});

describe("what is told", () => {
  const born = declare(newLife(), life, { kind: "birthday", on: "1980-03-10" }, own(day("2026-01-01")));

  test("a birthday is kept without its year", () => {
    expect(JSON.stringify(born)).not.toContain("1980");
  });

  test.each([
    ["2026-02-07", {}],
    ["2026-02-08", { birthday: 1 }],
    ["2026-03-10", { birthday: 1 }],
    ["2026-03-11", {}],
    ["2031-03-10", { birthday: 1 }],
  ])("on %s a birthday on the 10th of March makes %o", (date, expected) => {
    expect(kindsAt(born, day(date))).toEqual(expected);
  });

  test("its next change is when it begins, and then when it ends", () => {
    expect(nextLifeChange(born, life, day("2026-01-05"), true)).toBe(day("2026-02-08"));
    expect(nextLifeChange(born, life, day("2026-02-08"), true)).toBe(day("2026-03-11"));
    expect(nextLifeChange(born, life, day("2026-03-11"), true)).toBe(day("2027-02-08"));
  });

  test("around New Year a birthday of January begins in the year before", () => {
    const january = declare(newLife(), life, { kind: "birthday", on: "01-05" }, own(day("2026-06-01")));
    expect(lifeOf(january, life, day("2026-12-20"), true)).toEqual([
      {
        kind: "birthday",
        isDeclared: true,
        confidence: 1,
        on: "01-05",
        since: day("2026-12-06"),
        until: day("2027-01-06"),
      },
    ]);
  });

  test("a wedding matters from when it is told until after it, without a date from when it is told", () => {
    const dated = declare(newLife(), life, { kind: "wedding", on: "2026-09-12" }, own(day("2026-06-01")));
    expect(kindsAt(dated, day("2026-06-01"))).toEqual({ wedding: 1 });
    expect(kindsAt(dated, day("2026-11-10"))).toEqual({ wedding: 1 });
    expect(kindsAt(dated, day("2026-11-11"))).toEqual({});
    const undated = declare(newLife(), life, { kind: "wedding" }, own(day("2026-06-01")));
    expect(kindsAt(undated, day("2026-07-30"))).toEqual({ wedding: 1 });
    expect(kindsAt(undated, day("2026-07-31"))).toEqual({});
  });

  test("a sensitive kind can be told", () => {
    const told = declare(newLife(), life, { kind: "pregnancy", on: "2026-09-12" }, own(day("2026-06-01")));
    expect(kindsAt(told, day("2026-06-02"))).toEqual({ pregnancy: 1 });
  });

  test("without the grant there is nothing", () => {
    expect(lifeOf(born, life, day("2026-03-10"), false)).toEqual([]);
    expect(nextLifeChange(born, life, day("2026-03-10"), false)).toBeUndefined();
  });

  test("the customer's own word stands against the shop's later one, yes or no", () => {
    const yes = declare(newLife(), life, { kind: "move" }, own(day("2026-01-01")));
    expect(kindsAt(deny(yes, life, "move", shop(day("2026-01-02"))), day("2026-01-03"))).toEqual({ move: 1 });
    const no = deny(newLife(), life, "move", own(day("2026-01-01")));
    expect(kindsAt(declare(no, life, { kind: "move" }, shop(day("2026-01-02"))), day("2026-01-03"))).toEqual(
      {},
    );
    expect(kindsAt(declare(no, life, { kind: "move" }, own(day("2026-01-02"))), day("2026-01-03"))).toEqual({
      move: 1,
    });
  });

  test("forgotten is gone from the state, but for the fact that it was", () => {
    const gone = forgetKind(born, "birthday", own(day("2026-03-01")));
    expect(kindsAt(gone, day("2026-03-10"))).toEqual({});
    expect(JSON.stringify(gone)).not.toContain("03-10");
  });

  test("a withdrawal leaves the customer's denials only", () => {
    const denied = deny(deny(born, life, "move", own(2)), life, "travel", shop(2));
    expect(forgetLife(denied).told.map(({ kind }) => kind)).toEqual(["move"]);
  });
});

test("words count the same in any order, told once or twice", () => {
  const word = fc.record({
    kind: fc.constantFrom("move", "wedding", "birthday"),
    says: fc.constantFrom("yes" as const, "no" as const, "gone" as const),
    at: fc.integer({ min: 0, max: 3 }),
    source: fc.constantFrom("server", "note"),
    isOwnWord: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (words, keys) => {
      const shuffled = [...words, ...words]
        .map((one) => [keys.next().value as number, one] as const)
        .sort((a, b) => a[0] - b[0])
        .map(([, one]) => one);
      expect(shuffled.reduce(hear, newLife().told)).toEqual(words.reduce(hear, newLife().told));
    }),
  );
});
