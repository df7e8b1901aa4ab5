import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/core/primitives/time.ts";
import { attendTriggers } from "../../../src/core/trigger/attend-triggers.ts";
import { quietEnd, timeOfDay } from "../../../src/core/trigger/quiet-hours.ts";
import { isTimeZone, wallOf } from "../../../src/core/trigger/time-zone.ts";
import { instantOf } from "../../../src/core/trigger/wall-clock.ts";
import { contextOf, happening, live, moment, triggersOf } from "./living.ts";

const ZONES = [
  "UTC",
  "Europe/Vienna",
  "America/New_York",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Pacific/Apia",
  "Africa/Cairo",
];
const night = { from: timeOfDay("21:00"), until: timeOfDay("08:00") };
const wall = (text: string) => moment(`${text}Z`);

describe("time zones", () => {
  test("known by their names, whoever writes them", () => {
    expect(["Europe/Vienna", "UTC", "Asia/Kathmandu"].every(isTimeZone)).toBe(true);
    expect(["", "Mars/Olympus", "Vienna", "x".repeat(1_000), "../etc"].some(isTimeZone)).toBe(false);
  });

  // Clocks as published by the IANA database, release 2025b.
  test.each([
    ["Europe/Vienna", "2027-03-28T00:59:59Z", "2027-03-28T01:59:59"],
    ["Europe/Vienna", "2027-03-28T01:00:00Z", "2027-03-28T03:00:00"],
    ["America/New_York", "2027-11-07T05:59:59Z", "2027-11-07T01:59:59"],
    ["America/New_York", "2027-11-07T06:00:00Z", "2027-11-07T01:00:00"],
    ["Asia/Kathmandu", "2027-01-01T00:00:00Z", "2027-01-01T05:45:00"],
    ["Australia/Lord_Howe", "2027-04-03T15:00:00Z", "2027-04-04T01:30:00"],
    ["Nowhere", "2027-01-01T00:00:00Z", "2027-01-01T00:00:00"],
  ])("in %s at %s clocks show %s", (zone, at, shown) => {
    expect(wallOf(zone, moment(at))).toBe(wall(shown));
  });

  test.each([
    ["an ordinary time", "Europe/Vienna", "2027-01-13T08:00:00", "2027-01-13T07:00:00Z"],
    ["a time that is skipped", "Europe/Vienna", "2027-03-28T02:30:00", "2027-03-28T01:00:00Z"],
    ["a time shown twice: the first", "Europe/Vienna", "2027-10-31T02:30:00", "2027-10-31T00:30:00Z"],
    ["half an hour back", "Australia/Lord_Howe", "2027-04-04T01:45:00", "2027-04-03T14:45:00Z"],
    // Egypt puts its clocks forward at midnight: that day begins at one.
    ["a midnight that is skipped", "Africa/Cairo", "2027-04-30T00:00:00", "2027-04-29T22:00:00Z"],
    // Samoa went without the 30th of December 2011.
    ["a day that is skipped", "Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T10:00:00Z"],
  ])("%s in %s: %s", (_what, zone, shown, at) => {
    expect(instantOf(zone, wall(shown))).toBe(moment(at));
  });

  test("clocks show what was asked for, or the first moment after what they skip", () => {
    const times = fc.integer({ min: 20_000 * 48, max: 24_000 * 48 }).map((halves) => halves * 30 * MINUTE_MS);
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), times, (zone, shown) => {
        const at = instantOf(zone, shown);
        expect(wallOf(zone, at)).toBeGreaterThanOrEqual(shown);
        expect(wallOf(zone, at - 1)).toBeLessThan(shown);
      }),
      { numRuns: 400 },
    );
  });
});

describe("quiet hours", () => {
  test.each([
    ["in the evening", "Europe/Vienna", "2027-01-13T22:00:00Z", "2027-01-14T07:00:00Z"],
    ["after midnight", "Europe/Vienna", "2027-01-14T03:00:00Z", "2027-01-14T07:00:00Z"],
    ["at their beginning", "Europe/Vienna", "2027-01-13T20:00:00Z", "2027-01-14T07:00:00Z"],
    ["a moment before", "Europe/Vienna", "2027-01-13T19:59:59Z", "2027-01-13T19:59:59Z"],
    ["at their end", "Europe/Vienna", "2027-01-14T07:00:00Z", "2027-01-14T07:00:00Z"],
    ["through the night an hour shorter", "Europe/Vienna", "2027-03-27T22:00:00Z", "2027-03-28T06:00:00Z"],
    ["through the night an hour longer", "Europe/Vienna", "2027-10-30T22:00:00Z", "2027-10-31T07:00:00Z"],
    ["on the other side of the world", "America/New_York", "2027-01-14T02:30:00Z", "2027-01-14T13:00:00Z"],
  ])("%s in %s at %s end at %s", (_what, zone, at, end) => {
    expect(quietEnd(night, zone, moment(at))).toBe(moment(end));
  });

  test.each([
    ["an end that is skipped", "2027-03-28T00:00:00Z", "2027-03-28T01:00:00Z"],
    ["an end shown twice, before the first", "2027-10-31T00:10:00Z", "2027-10-31T00:30:00Z"],
    ["an end shown twice, after the first", "2027-10-31T01:10:00Z", "2027-10-31T01:30:00Z"],
  ])("%s", (_what, at, end) => {
    const until = { from: timeOfDay("01:00"), until: timeOfDay("02:30") };
    expect(quietEnd(until, "Europe/Vienna", moment(at))).toBe(moment(end));
  });

  test("within one day", () => {
    const noon = { from: timeOfDay("12:00"), until: timeOfDay("14:00") };
    expect(quietEnd(noon, "UTC", 13 * HOUR_MS)).toBe(14 * HOUR_MS);
    expect(quietEnd(noon, "UTC", 11 * HOUR_MS)).toBe(11 * HOUR_MS);
    expect(quietEnd(noon, "UTC", 14 * HOUR_MS)).toBe(14 * HOUR_MS);
  });

  test("end at their time of day, on every day of every zone, within a day", () => {
    const moments = fc.integer({ min: 20_000 * DAY_MS, max: 24_000 * DAY_MS });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), moments, (zone, at) => {
        const end = quietEnd(night, zone, at);
        expect(end).toBeGreaterThanOrEqual(at);
        expect(end - at).toBeLessThanOrEqual(12 * HOUR_MS);
        if (end > at) expect(wallOf(zone, end) % DAY_MS).toBe(night.until);
        expect(quietEnd(night, zone, end)).toBe(end);
      }),
      { numRuns: 400 },
    );
  });

  test("are kept by whoever is woken late", () => {
    const compiled = triggersOf([
      {
        on: { when: "event", event: "page_viewed" },
        quietHours: { from: "21:00", until: "08:00" },
        delayMinutes: 60,
      },
    ]);
    const at = moment("2027-01-13T19:30:00Z");
    const turn = { at, brings: { happenings: [happening("page_viewed", "view", at)] } };
    const { state } = live(compiled, [turn], at);
    const late = attendTriggers(compiled, state, contextOf(moment("2027-01-13T23:00:00Z")));
    expect([late.fired, late.nextAt]).toEqual([[], moment("2027-01-14T08:00:00Z")]);
    expect(attendTriggers(compiled, late.state, contextOf(late.nextAt!)).fired).toHaveLength(1);
  });

  test("go by the customer's clock, and by the site's where that is not known", () => {
    const at = moment("2027-01-13T21:30:00Z");
    const compiled = triggersOf(
      [{ on: { when: "event", event: "page_viewed" }, quietHours: { from: "21:00", until: "08:00" } }],
      "Europe/Vienna",
    );
    const turn = { at, brings: { happenings: [happening("page_viewed", "view", at)] } };
    const firesAt = (timeZone?: string) =>
      live(compiled, [turn], at + 2 * DAY_MS, { standing: timeZone === undefined ? {} : { timeZone } })
        .fired[0]?.at;
    expect(firesAt()).toBe(moment("2027-01-14T07:00:00Z"));
    expect(firesAt("Mars/Olympus")).toBe(moment("2027-01-14T07:00:00Z"));
    expect(firesAt("Asia/Tokyo")).toBe(moment("2027-01-13T23:00:00Z"));
    expect(firesAt("America/New_York")).toBe(at);
  });
});
