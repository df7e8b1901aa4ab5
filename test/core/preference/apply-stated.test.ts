import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tasteOf } from "../../../src/core/decide/taste.ts";
import { applyStated } from "../../../src/core/preference/apply-stated.ts";
import { isAbout } from "../../../src/core/preference/is-about.ts";
import { ratingFactor, ratingsOf, RATINGS_MAX, type Review } from "../../../src/core/preference/ratings.ts";
import { statedWhy } from "../../../src/core/preference/stated-why.ts";
import { ITEMS, NOW, person, sceneOf, worldOf } from "../decide/scenes.ts";
import { item, likes, said } from "./items.ts";

const PLAIN = { isSensitive: false };
const table = item("table", {
  brand: "Brook",
  type: "Home > Tables",
  attributes: { material: "Oak/Leather", size: "M" },
});

test.each<[string, Parameters<typeof isAbout>[0], ReturnType<typeof isAbout>]>([
  ["a brand, in any case", likes("brand", "BROOK"), true],
  ["another brand", likes("brand", "Acme"), false],
  ["a type above it", likes("type", "Home"), true],
  ["a type whose name only begins like it", likes("type", "Home > Table"), false],
  ["a type below it", likes("type", "Home > Tables > Low"), false],
  ["one of an attribute's parts", likes("attribute:material", "leather"), true],
  ["an attribute it does not have", likes("attribute:colour", "red"), undefined],
  ["an attribute named like every object's", likes("attribute:constructor", "x"), undefined],
  ["a size", likes("size", "m"), true],
  ["a reason", likes("reason", "gift"), undefined],
  ["a price band", { ...likes("price_band"), band: { min: 40, max: 40 } }, true],
  ["a lower price band", { ...likes("price_band"), band: { max: 39.99 } }, false],
  ["a price band in other money", { ...likes("price_band"), band: { max: 50, currency: "USD" } }, undefined],
])("an item and %s", (_, preference, expected) => {
  expect(isAbout(preference, table)).toBe(expected);
});

describe("what is stated", () => {
  test("lifts, and more topics lift more", () => {
    expect(applyStated([likes("brand", "Acme")], table, PLAIN)).toEqual({
      factor: 1,
      isHidden: false,
      because: [],
    });
    expect(applyStated([likes("brand", "Brook")], table, PLAIN).factor).toBe(2);
    expect(applyStated([likes("brand", "Brook"), likes("brand", "Brook")], table, PLAIN).factor).toBe(2);
    expect(
      applyStated([likes("brand", "Brook"), likes("attribute:material", "oak")], table, PLAIN).factor,
    ).toBe(2.25);
  });

  test("hides what is avoided, whatever else is liked about it", () => {
    const avoided = applyStated([likes("brand", "Brook"), likes("avoid_type", "Home")], table, PLAIN);
    expect(avoided).toMatchObject({ isHidden: true, because: [{ topic: "avoid_type" }] });
  });

  test("may hide a sensitive item, and never lifts it", () => {
    const options = { isSensitive: true };
    expect(applyStated([likes("brand", "Brook")], table, options)).toMatchObject({ factor: 1, because: [] });
    expect(applyStated([likes("avoid_brand", "Brook")], table, options).isHidden).toBe(true);
  });

  test("outranks the strongest liking that is concluded from acts", () => {
    // Only the kettle's brand and type in mind, as strongly as acts can show it.
    const profile = person((one) => {
      one.recent = Array.from({ length: 50 }, (_, i) => ({
        item: "kettle",
        kind: "cart",
        at: NOW - 100 + i,
      }));
    });
    const scene = sceneOf(worldOf(), { profile });
    const ordinalOf = (id: string) => scene.world.catalog.ordinal.get(id)!;
    const taste = tasteOf(scene);
    const concluded = taste(ordinalOf("kettle"));
    expect(concluded).toBeGreaterThan(1.3);
    const cup = ITEMS.find(({ id }) => id === "cup")!;
    expect(taste(ordinalOf("cup")) * applyStated([likes("type", "Cups")], cup, PLAIN).factor).toBeGreaterThan(
      concluded,
    );
  });

  test("says so in the customer's own words", () => {
    const [because] = applyStated(said({ "quiz/wood": ["Warm woods", 1] }), table, PLAIN).because;
    expect(statedWhy(because!, table)).toEqual({ code: "you_said", text: "You told us you like oak." });
    expect(statedWhy(likes("type", "Home > Tables"), table).text).toBe("You told us you like Tables.");
    expect(statedWhy(likes("size", "M"), table).text).toBe("In the size you told us, M.");
    expect(statedWhy(likes("attribute:fair_trade", true), table).text).toBe(
      "You told us you like fair trade.",
    );
    expect(statedWhy(said({ "quiz/spend": ["up to 50", 1] })[0]!, table).text).toBe(
      "In the price range you told us.",
    );
  });
});

describe("own ratings", () => {
  const review = fc.record({
    item: fc.constantFrom("a", "b", "c"),
    rating: fc.integer({ min: 0, max: 5 }),
    at: fc.nat(3),
    id: fc.string({ minLength: 1, maxLength: 4 }),
  });

  test("the latest of each item counts, in any order", () => {
    fc.assert(
      fc.property(fc.uniqueArray(review, { selector: ({ id }) => id }), (reviews) => {
        const ratings = ratingsOf(reviews);
        expect(ratingsOf(reviews.toReversed())).toEqual(ratings);
        for (const { item, at } of reviews) expect(ratings.get(item)!.at).toBeGreaterThanOrEqual(at);
      }),
    );
  });

  test("are bounded", () => {
    const many = Array.from({ length: RATINGS_MAX + 5 }, (_, i): Review => ({
      item: `i${i}`,
      rating: 1,
      at: i,
      id: `e${i}`,
    }));
    const ratings = ratingsOf(many);
    expect(ratings.size).toBe(RATINGS_MAX);
    expect(ratings.has("i4")).toBe(false);
  });

  test("a low one pushes down the item and, less, its other variants", () => {
    const ratings = ratingsOf([
      { item: "red", rating: 1, at: 1, id: "1" },
      { item: "green", rating: 5, at: 1, id: "2" },
      { item: "lamp", rating: 3, at: 1, id: "3" },
    ]);
    const factor = ratingFactor(ratings, (id) => (id === "lamp" ? "lamps" : "shirts"));
    expect(factor(item("red", { group: "shirts" }))).toBe(0.2);
    expect(factor(item("blue", { group: "shirts" }))).toBe(0.6);
    expect(factor(item("green", { group: "shirts" }))).toBe(1);
    expect(factor(item("lamp-2", { group: "lamps" }))).toBe(1);
    expect(factor(item("table"))).toBe(1);
  });
});
