import { describe, expect, test } from "vitest";
import type { Worth } from "../../../src/core/insight/accumulator.ts";
import { addFlows, flowOf, NO_FLOWS, type DayFlows, type Flow } from "../../../src/core/insight/flow.ts";
import { movementOf, type EquityDay, type Movement } from "../../../src/core/insight/movement.ts";
import { isWithheld } from "../../../src/core/insight/withhold.ts";
import { bought, simpleScore, times } from "./people.ts";

describe("one change of a card", () => {
  const flow = (kind: Flow["kind"], minor: number, currency = "EUR", people = 1) => ({
    kind,
    currency,
    minor,
    people,
  });
  const again = (gap: number) =>
    bought({ lastDay: bought().firstDay + gap, repeats: 1, repeatMinor: 500, orders: 2 });

  test.each([
    ["a first order", undefined, bought(), [flow("acquired", 1000)]],
    ["another one", bought(), again(20), [flow("grown", 500)]],
    ["one after half a year", bought(), again(180), [flow("returned", 500)]],
    ["a return", again(20), bought(), [flow("shrunk", -500)]],
    ["an erasure", again(20), undefined, [flow("left", -1500)]],
    ["nothing", bought(), bought(), []],
    ["a visitor", undefined, undefined, []],
    [
      "another currency",
      bought(),
      bought({ currency: "USD", firstMinor: 9 }),
      [flow("shrunk", -1000), flow("grown", 9, "USD")],
    ],
  ])("%s", (_, before, after, expected) => expect(flowOf(before, after, simpleScore)).toEqual(expected));

  test("a customer counts once a day, and nothing flows without a score", () => {
    expect(flowOf(bought(), again(20), simpleScore, true)).toEqual([flow("grown", 500, "EUR", 0)]);
    const none = (): Worth => ({ clvMinor: null, expectedOrders: null });
    expect(flowOf(undefined, bought(), none)).toEqual([]);
    expect(flowOf(bought(), bought({ currency: "USD" }), none)).toEqual([]);
  });

  test("add up by day and currency, without changing what was given", () => {
    const day = addFlows({}, [flow("grown", 5) as Flow, flow("grown", 7, "USD") as Flow]);
    const more = addFlows(day, [flow("grown", 3, "EUR", 0) as Flow]);
    expect(day["EUR"]!.grown).toEqual({ minor: 5, people: 1 });
    expect(more["EUR"]!.grown).toEqual({ minor: 8, people: 1 });
    expect(more["USD"]!.grown).toEqual({ minor: 7, people: 1 });
  });
});

const flows = (over: Partial<DayFlows>): DayFlows => ({ ...NO_FLOWS, ...over });
const day = (at: number, closingMinor: number | null, over: Partial<DayFlows> = {}): EquityDay => ({
  day: at,
  closingMinor,
  customers: 200,
  revaluedMinor: 0,
  flows: flows(over),
});
const eur = (minor: number) => ({ minor, currency: "EUR" });

/** What somebody learns who takes all told parts of a row from its change: the sum of the others. */
function leftOver(row: Movement["days"][number]): { parts: string[]; minor: number } {
  if (isWithheld(row)) return { parts: [], minor: 0 };
  const { day: _, days: __, opening, closing, ...parts } = row;
  let left = closing.minor - opening.minor;
  const hidden: string[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (isWithheld(part)) hidden.push(name);
    else left -= part.minor;
  }
  return { parts: hidden, minor: left };
}

describe("movement", () => {
  test("opening and all parts are closing; what nobody did has faded", () => {
    const found = movementOf("EUR", [
      day(1, 1000),
      {
        ...day(2, 1300, { acquired: { minor: 400, people: 8 }, shrunk: { minor: -60, people: 6 } }),
        revaluedMinor: 50,
      },
    ]);
    expect(found.days).toEqual([
      {
        day: 2,
        days: 1,
        opening: eur(1000),
        acquired: eur(400),
        grown: eur(0),
        returned: eur(0),
        shrunk: eur(-60),
        left: eur(0),
        revalued: eur(50),
        faded: eur(-90),
        closing: eur(1300),
      },
    ]);
    expect(found.total).toEqual(found.days[0]);
  });

  test("a day whose sum is missing is told with the next one", () => {
    const found = movementOf("EUR", [
      day(1, 1000),
      day(2, null, { grown: { minor: 30, people: 5 } }),
      day(3, 1100, { grown: { minor: 70, people: 7 } }),
    ]);
    expect(found.days).toEqual([
      expect.objectContaining({ day: 3, days: 2, grown: eur(100), faded: eur(0) }),
    ]);
  });

  test("few people's part is withheld, with another one, so that it is not what is left", () => {
    const found = movementOf("EUR", [
      day(1, 1000),
      day(2, 1200, { acquired: { minor: 250, people: 9 }, left: { minor: -30, people: 1 } }),
    ]);
    expect(found.days[0]).toMatchObject({
      acquired: { withheld: true },
      left: { withheld: true },
      faded: eur(-20),
    });
    expect(leftOver(found.days[0]!)).toEqual({ parts: ["acquired", "left"], minor: 220 });
  });

  test("nor is it what is left when the other days are taken from the total", () => {
    const some = times(5, (i) =>
      day(i + 2, 1000, {
        grown: { minor: 100, people: 20 },
        left: { minor: i === 2 ? -33 : -100, people: i === 2 ? 1 : 10 },
      }),
    );
    const { days, total } = movementOf("EUR", [day(1, 1000), ...some]);
    if (total === null || isWithheld(total)) throw new Error("withheld");
    const hidden = days.filter((row) => !isWithheld(row) && isWithheld(row.left));
    expect(total.left).toEqual(eur(-433));
    expect(hidden.length).toBeGreaterThanOrEqual(2);
    for (const row of days) expect([0, 2, 3, 4]).toContain(leftOver(row).parts.length);
  });

  test("a shop of few customers has no movement, and one day is none", () => {
    const few = [1, 2].map((at) => ({ ...day(at, 1000), customers: 4 }));
    expect(movementOf("EUR", few)).toEqual({
      currency: "EUR",
      days: [{ day: 2, withheld: true }],
      total: { withheld: true },
    });
    expect(movementOf("EUR", [day(1, 1000)])).toEqual({ currency: "EUR", days: [], total: null });
  });
});
