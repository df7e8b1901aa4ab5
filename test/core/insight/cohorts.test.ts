import { describe, expect, test } from "vitest";
import { gatherCohorts, type Cohort } from "../../../src/core/insight/cohorts.ts";
import { monthName, monthOfDay } from "../../../src/core/insight/month-of-day.ts";
import { isWithheld } from "../../../src/core/insight/withhold.ts";
import { cdnowCards, customer, gather, times } from "./people.ts";

const dayOf = (text: string) => Date.parse(text) / 86_400_000;

test("months of days are those of the calendar", () => {
  for (let day = -1000; day < 40_000; day += 1) {
    const date = new Date(day * 86_400_000);
    const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
    if (monthOfDay(day) !== month) expect([day, monthOfDay(day)]).toEqual([day, month]);
  }
  expect(monthName(monthOfDay(dayOf("1997-01-31")))).toBe("1997-01");
});

describe("by hand", () => {
  const january = monthOfDay(dayOf("2026-01-15"));
  const first = (months: [number, number][], over = {}) =>
    customer({ months }, { firstDay: dayOf("2026-01-15"), ...over });
  // Ten buy for 100 in January; six of them for 50 in February, five others for 20 in March, of whom one in April too.
  const people = [
    ...times(4, () => first([[january, 100]])),
    ...times(6, () =>
      first([
        [january, 100],
        [january + 1, 50],
      ]),
    ),
    ...times(4, () =>
      first([
        [january, 100],
        [january + 2, 20],
      ]),
    ),
    first([
      [january, 100],
      [january + 2, 20],
      [january + 3, 999],
    ]),
  ];
  const cohortsOf = (cards: typeof people) =>
    gather(cards, gatherCohorts(dayOf("2026-04-20"))).currencies[0]!.cohorts;

  test("a cohort's return and value run up month by month", () => {
    expect(cohortsOf([...people, ...times(1, () => first([[january, 100]]))])).toEqual([
      {
        firstMonth: "2026-01",
        customers: 16,
        months: [
          {
            month: 0,
            returnedShare: null,
            valuePerCustomer: { minor: 100, currency: "EUR" },
            isRunning: false,
          },
          {
            month: 1,
            returnedShare: 6 / 16,
            valuePerCustomer: { minor: Math.round((1600 + 300) / 16), currency: "EUR" },
            isRunning: false,
          },
          {
            month: 2,
            returnedShare: 11 / 16,
            valuePerCustomer: { minor: Math.round((1600 + 300 + 100) / 16), currency: "EUR" },
            isRunning: false,
          },
          {
            month: 3,
            returnedShare: { withheld: true },
            valuePerCustomer: { withheld: true },
            isRunning: true,
          },
        ],
      },
    ]);
  });

  test("a share that leaves few who never came back is withheld", () => {
    const [cohort] = cohortsOf(people);
    expect(cohort).toHaveProperty("months.2.returnedShare", { withheld: true });
    expect(cohort).toHaveProperty("months.1.returnedShare", 6 / 15);
  });

  test("a cohort of few takes the next smallest with it", () => {
    const other = (day: string, n: number) =>
      times(n, () => customer({ months: [[monthOfDay(dayOf(day)), 100]] }, { firstDay: dayOf(day) }));
    const cohorts = cohortsOf([...people, ...other("2026-02-01", 3), ...other("2026-03-01", 8)]);
    expect(cohorts.map((cohort) => [cohort.firstMonth, isWithheld(cohort)])).toEqual([
      ["2026-01", false],
      ["2026-02", true],
      ["2026-03", true],
    ]);
  });

  test("orders in the future and cohorts older than five years are left out", () => {
    const odd = [
      ...times(6, () => customer({ months: [] }, { firstDay: dayOf("2026-09-01") })),
      ...times(6, () => customer({ months: [] }, { firstDay: dayOf("2020-01-01") })),
    ];
    expect(cohortsOf([...people, ...odd]).map(({ firstMonth }) => firstMonth)).toEqual(["2026-01"]);
  });
});

const cdnow = cdnowCards();
describe.skipIf(cdnow === undefined)("CDNOW", () => {
  const [found] = gather(cdnow ?? [], gatherCohorts(dayOf("1998-06-30"))).currencies;
  const cohorts = (found?.cohorts ?? []).flatMap((cohort: Cohort) => (isWithheld(cohort) ? [] : [cohort]));

  test("three cohorts, all of January to March 1997", () => {
    expect(cohorts.map(({ firstMonth }) => firstMonth)).toEqual(["1997-01", "1997-02", "1997-03"]);
    expect(cohorts.reduce((sum, { customers }) => sum + customers, 0)).toBe(2357);
  });

  test("who came back within three months, and what a customer brought, counted another way", () => {
    const january = cdnow!.filter(({ purchases }) => purchases!.firstDay < dayOf("1997-02-01"));
    const until = monthOfDay(dayOf("1997-04-30"));
    const returned = january.filter(({ months }) =>
      months!.some(([month]) => month > monthOfDay(dayOf("1997-01-01")) && month <= until),
    );
    const minor = january
      .flatMap(({ months }) => months!)
      .filter(([month]) => month <= until)
      .reduce((sum, [, value]) => sum + value, 0);
    expect(cohorts[0]).toMatchObject({ customers: january.length });
    expect(cohorts[0]!.months[3]).toEqual({
      month: 3,
      returnedShare: returned.length / january.length,
      valuePerCustomer: { minor: Math.round(minor / january.length), currency: "USD" },
      isRunning: false,
    });
  });
});
