import { describe, expect, test } from "vitest";
import { gatherSegments } from "../../../src/core/insight/segment-sizes.ts";
import { isWithheld } from "../../../src/core/insight/withhold.ts";
import { customer, gather, times, TODAY, visitor } from "./people.ts";

const eur = (minor: number) => ({ minor, currency: "EUR" });
const IDS = ["loyal", "tea", "nobody", "few"];

// 40 loyal customers (20 of them like tea), 20 visitors who like tea, 30 others who bought once, 3 in "few".
const people = [
  ...times(40, (i) =>
    customer(
      { segments: i < 20 ? ["loyal", "tea"] : ["loyal"] },
      { firstDay: TODAY - 365, repeats: 4, repeatMinor: 3000, orders: 5 },
    ),
  ),
  ...times(20, () => visitor({ segments: ["tea"] })),
  ...times(30, (i) => customer({ segments: i < 3 ? ["few"] : [] }, { firstDay: TODAY - 100 })),
  // Without analytics nobody knows segments: these are in no figure here.
  ...times(50, () => customer({ may: 0, segments: ["loyal"] })),
];
const found = gather(people, gatherSegments(IDS, TODAY));
const segment = (id: string) => found.segments.find((one) => one.segment === id)!;

describe("sizes and values", () => {
  test("all", () => {
    expect(found.all).toEqual({
      people: 90,
      customers: 70,
      // 160 repeat days in 40 × 365 + 30 × 100 days.
      ordersPerYear: (365 * 160) / 17_600,
      returnedShare: 40 / 70,
      value: [
        {
          currency: "EUR",
          customers: 70,
          revenue: eur(190_000),
          revenuePerCustomer: eur(Math.round(190_000 / 70)),
          clv: eur(190_000),
          clvPerCustomer: eur(Math.round(190_000 / 70)),
        },
      ],
    });
  });

  test("a segment beside them", () => {
    expect(segment("loyal")).toMatchObject({
      share: 40 / 90,
      people: 40,
      customers: 40,
      ordersPerYear: 4,
      returnedShare: 1,
      value: [{ revenuePerCustomer: eur(4000), clv: eur(160_000) }],
    });
  });

  test("in the order asked for; nobody and few look the same", () => {
    expect(found.segments.map((one) => one.segment)).toEqual(IDS);
    expect(segment("nobody")).toEqual({ segment: "nobody", withheld: true });
    expect(segment("few")).toEqual({ segment: "few", withheld: true });
  });

  test("what segments have in common", () => {
    expect(found.overlaps).toEqual([{ a: "loyal", b: "tea", people: 20, shareOfA: 0.5, shareOfB: 0.5 }]);
  });
});

describe("subtraction", () => {
  const answer = (cards: typeof people, ids: string[]) => gather(cards, gatherSegments(ids, TODAY));

  test("of a segment within another", () => {
    const nested = times(60, (i) =>
      customer({ segments: i < 20 ? ["spent_100", "spent_99"] : i < 22 ? ["spent_99"] : [] }),
    );
    const { segments, overlaps } = answer(nested, ["spent_99", "spent_100"]);
    expect(segments.map(isWithheld)).toEqual([false, true]);
    expect(overlaps).toEqual([]);
  });

  test("of a segment's customers from all customers, where the others are visitors", () => {
    const mixed = [
      ...times(30, () => customer({ segments: ["a"] })),
      ...times(2, () => customer({}, { firstMinor: 123_456 })),
      ...times(30, () => visitor()),
    ];
    const { all, segments } = answer(mixed, ["a"]);
    expect(all).toMatchObject({ customers: 32, value: [{ revenue: eur(30_000 + 246_912) }] });
    expect(segments[0]).toMatchObject({
      people: 30,
      customers: { withheld: true },
      ordersPerYear: { withheld: true },
      value: [{ currency: "EUR", withheld: true }],
    });
  });

  test("of told currencies from the number of customers", () => {
    const two = [...times(30, () => customer()), ...times(3, () => customer({}, { currency: "USD" }))];
    expect(answer(two, []).all).toMatchObject({
      customers: { withheld: true },
      value: [
        { currency: "EUR", customers: 30 },
        { currency: "USD", withheld: true },
      ],
    });
  });

  test("of those who came back from all who did", () => {
    const back = { repeats: 1, repeatMinor: 1, orders: 2 };
    const some = [
      ...times(40, (i) => customer({ segments: ["a"] }, i < 20 ? back : {})),
      ...times(40, (i) => customer({}, i < 2 ? back : {})),
    ];
    const { all, segments } = answer(some, ["a"]);
    expect(all).toMatchObject({ returnedShare: 22 / 80 });
    expect(segments[0]).toMatchObject({ customers: 40, returnedShare: { withheld: true } });
  });
});
