import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../../src/core/primitives/time.ts";
import { dateIn, returnsAround, yearlyDate } from "../../../src/core/trigger/yearly-date.ts";
import { live, moment, triggersOf, type Standing, type Turn } from "./living.ts";

describe("a date in a trait", () => {
  test.each([
    ["1990-05-17", { monthDay: "05-17", year: 1990 }],
    ["05-17", { monthDay: "05-17" }],
    ["--05-17", { monthDay: "05-17" }],
    ["1960-02-29", { monthDay: "02-29", year: 1960 }],
    ["02-29", { monthDay: "02-29" }],
    ["1961-02-29", undefined],
    ["02-30", undefined],
    ["13-01", undefined],
    ["17.05.1990", undefined],
    ["1990-5-17", undefined],
    ["--1990-05-17", undefined],
    ["", undefined],
    [19_900_517, undefined],
    [null, undefined],
  ])("%j", (value, read) => {
    expect(yearlyDate(value)).toEqual(read);
  });

  test("of a moment is the customer's own date", () => {
    const at = moment("2026-12-31T23:30:00Z");
    expect(dateIn("UTC", at)).toEqual({ monthDay: "12-31", year: 2026 });
    expect(dateIn("Europe/Vienna", at)).toEqual({ monthDay: "01-01", year: 2027 });
    expect(dateIn("America/New_York", moment("2028-03-01T04:00:00Z"))).toEqual({
      monthDay: "02-29",
      year: 2028,
    });
  });

  test("of every day is that of the calendar", () => {
    // What a calendar of the platform says, day by day, over a common and a leap year and the turn of a century.
    for (const start of ["2027-01-01T12:00:00Z", "2028-01-01T12:00:00Z", "2099-12-01T12:00:00Z"])
      for (let day = 0; day < 366; day++) {
        const at = moment(start) + day * DAY_MS;
        const text = new Date(at).toISOString();
        expect(dateIn("UTC", at)).toEqual({ monthDay: text.slice(5, 10), year: Number(text.slice(0, 4)) });
      }
  });

  test("comes back on the 28th where February has 28 days", () => {
    const birthday = { monthDay: "02-29", year: 2024 };
    const around = (now: string) => returnsAround(birthday, 0, "UTC", moment(now));
    const y2025 = { year: 2025, at: moment("2025-02-28T00:00:00Z") };
    const y2026 = { year: 2026, at: moment("2026-02-28T00:00:00Z") };
    expect(around("2024-02-29T12:00:00Z")).toEqual([y2025]);
    expect(around("2025-02-27T23:59:59Z")).toEqual([y2025]);
    expect(around("2025-02-28T12:00:00Z")).toEqual([y2025, y2026]);
    expect(around("2027-06-01T00:00:00Z")).toEqual([{ year: 2028, at: moment("2028-02-29T00:00:00Z") }]);
  });
});

describe("an anniversary", () => {
  const birthday = { when: "anniversary", of: { trait: "birthday" } };
  const traits = (value: unknown): Standing => ({ attributes: () => ({ traits: { birthday: value } }) });
  const START = moment("2026-06-01T12:00:00Z");
  const known = (value: unknown): Turn => ({ at: START, sets: traits(value) });
  const moments = (settings: object, turns: readonly Turn[], until: string, standing: Standing = {}) =>
    live(triggersOf([{ on: birthday, ...settings }]), turns, moment(until), { standing }).fired.map(
      ({ at }) => at,
    );

  test.each([
    ["in UTC", undefined, "2027-05-17T00:00:00Z"],
    ["in Vienna", "Europe/Vienna", "2027-05-16T22:00:00Z"],
    ["in New York", "America/New_York", "2027-05-17T04:00:00Z"],
    ["in Kathmandu", "Asia/Kathmandu", "2027-05-16T18:15:00Z"],
  ])("begins at midnight %s", (_where, timeZone, at) => {
    const standing: Standing = timeZone === undefined ? {} : { timeZone };
    expect(moments({}, [known("1990-05-17")], "2027-12-31T00:00:00Z", standing)).toEqual([moment(at)]);
  });

  test("begins days before, into the year before", () => {
    const on = { ...birthday, daysBefore: 5 };
    const { fired } = live(triggersOf([{ on }]), [known("--01-02")], moment("2027-06-01T00:00:00Z"));
    expect(fired.map(({ at, data }) => [at, data])).toEqual([
      [moment("2026-12-28T00:00:00Z"), { year: 2027 }],
    ]);
  });

  test("comes every year", () => {
    expect(moments({}, [known("02-29")], "2028-12-31T00:00:00Z")).toEqual([
      moment("2027-02-28T00:00:00Z"),
      moment("2028-02-29T00:00:00Z"),
    ]);
  });

  test("of somebody who tells it on the very day is that day's", () => {
    const at = moment("2026-05-17T15:00:00Z");
    expect(moments({}, [{ at, sets: traits("1990-05-17") }], "2026-12-31T00:00:00Z")).toEqual([at]);
  });

  test("that was days ago is not made up for", () => {
    const at = moment("2026-05-19T15:00:00Z");
    expect(moments({}, [{ at, sets: traits("1990-05-17") }], "2026-12-31T00:00:00Z")).toEqual([]);
  });

  test("is not told again in the year because its date was corrected", () => {
    const corrected: Turn = { at: moment("2027-05-18T12:00:00Z"), sets: traits("1990-05-19") };
    expect(moments({}, [known("1990-05-17"), corrected], "2027-12-31T00:00:00Z")).toHaveLength(1);
  });

  test("is dropped where the date was taken back while it waited", () => {
    const gone: Turn = { at: moment("2027-05-17T05:00:00Z"), sets: traits(null) };
    const quiet = { quietHours: { from: "21:00", until: "08:00" } };
    expect(moments(quiet, [known("1990-05-17"), gone], "2027-12-31T00:00:00Z")).toEqual([]);
    expect(moments(quiet, [known("1990-05-17")], "2027-12-31T00:00:00Z")).toEqual([
      moment("2027-05-17T08:00:00Z"),
    ]);
  });

  test("of a date still to come is a year after it", () => {
    expect(moments({}, [known("2026-09-01")], "2027-12-31T00:00:00Z")).toEqual([
      moment("2027-09-01T00:00:00Z"),
    ]);
  });

  test.each(["first_order", "registration"])("of the %s tells which one it is", (of) => {
    const at = moment("2024-02-29T23:30:00Z");
    const sets: Standing = of === "first_order" ? { firstOrderAt: at } : { registeredAt: at };
    const compiled = triggersOf([{ on: { when: "anniversary", of } }]);
    const { fired } = live(compiled, [{ at: START, sets }], moment("2028-12-31T00:00:00Z"));
    expect(fired.map((one) => [one.at, one.data])).toEqual([
      [moment("2027-02-28T00:00:00Z"), { year: 2027, years: 3 }],
      [moment("2028-02-29T00:00:00Z"), { year: 2028, years: 4 }],
    ]);
  });

  test("of the day itself is none", () => {
    const compiled = triggersOf([{ on: { when: "anniversary", of: "first_order" } }]);
    expect(
      live(compiled, [{ at: START, sets: { firstOrderAt: START } }], START + 300 * DAY_MS).fired,
    ).toEqual([]);
  });

  test("that begins while nobody looks is found within the day", () => {
    const compiled = triggersOf([{ on: birthday }]);
    const standing = traits("05-17");
    for (const [hours, times] of [
      [23, 1],
      [25, 0],
    ] as const) {
      const at = moment("2027-05-17T00:00:00Z") + hours * HOUR_MS;
      expect(live(compiled, [{ at }], at, { standing }).fired).toHaveLength(times);
    }
  });
});
