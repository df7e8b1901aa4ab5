import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idDefect } from "../../../src/core/primitives/ids.ts";
import { minorDigits, moneyOf, parsePrice } from "../../../src/core/primitives/money.ts";
import { publicUrlDefect } from "../../../src/core/primitives/public-url.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { fnv1a32 } from "../../../src/core/primitives/hash.ts";
import { parseMoment } from "../../../src/core/primitives/time.ts";
import { readShared } from "../../support/shared.ts";

describe("parseMoment", () => {
  test("agrees with the platform's Date wherever that one is defined", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }),
        (date) => {
          expect(parseMoment(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });

  test.each([
    ["2026-03-29T02:30:00+01:00", 1774747800000],
    ["2016-12-31T23:59:60Z", 1483228799999],
    ["2028-02-29T12:00:00Z", Date.UTC(2028, 1, 29, 12)],
    [1_700_000_000_000, 1_700_000_000_000],
  ])("%s is %d", (raw, at) => expect(parseMoment(raw)).toBe(at));

  test.each([
    "2026-10-25T02:30:00",
    "2026-02-29T00:00:00Z",
    "2026-12-31T24:00:00Z",
    "-000001-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "2026-11-22",
    "2026-11-22T11:00:00+25:00",
    "1700000000",
    "",
    "now",
    "22/11/2026",
    1_700_000_000,
    -1,
    0,
    1e20,
    1.5e12 + 0.5,
    null,
    undefined,
    {},
  ])("%j is refused: a guessed time is a wrong order", (raw) => expect(parseMoment(raw)).toBeUndefined());

  test.skipIf(readShared("vectors/hostile/times.json") === undefined)(
    "every hostile time is a moment or nothing",
    () => {
      const { values } = JSON.parse(readShared("vectors/hostile/times.json")!) as { values: unknown[] };
      for (const value of values) {
        const at = parseMoment(value);
        if (at !== undefined) expect(Number.isSafeInteger(at)).toBe(true);
      }
    },
  );
});

describe("money", () => {
  test.each([
    [12.99, "eur", 1299],
    ["1.005", "EUR", 101],
    [0.1 + 0.2, "EUR", 30],
    [-5, "EUR", -500],
    [100, "JPY", 100],
    ["1.234", "KWD", 1234],
    ["0", "EUR", 0],
  ])("%s %s is %d minor units", (amount, currency, minor) =>
    expect(moneyOf(amount, currency)?.minor).toBe(minor),
  );

  test.each([
    [Number.NaN, "EUR"],
    [Number.POSITIVE_INFINITY, "EUR"],
    ["1e30", "EUR"],
    ["12", "EURO"],
    ["", "EUR"],
    [null, "EUR"],
    ["1,2", "EUR"],
    [{}, "EUR"],
  ])("%j %s is no money", (amount, currency) => expect(moneyOf(amount, currency)).toBeUndefined());

  test("whole minor units survive the way through text", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom("EUR", "JPY", "KWD"),
        (minor, currency) => {
          const amount = (minor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));
          expect(moneyOf(amount, currency)?.minor).toBe(minor);
        },
      ),
    );
  });

  test.each([
    ["12.99 EUR", 1299],
    ["EUR 12.99", 1299],
    ["12,99 EUR", 1299],
    ["1,299.00 EUR", 129900],
    ["1.299,00 EUR", 129900],
    ["1,299 EUR", undefined],
    ["twelve EUR", undefined],
  ])("a feed's %j is %s", (text, minor) => expect(parsePrice(text)?.minor).toBe(minor));
});

describe("ids", () => {
  test.each([
    "",
    " ",
    "a ",
    "null",
    "[object Object]",
    "{{customer.id}}",
    "${userId}",
    "a\u0000b",
    "\ud800",
    "\u202eevil",
    "id\r\n",
    "x".repeat(129),
    "é".repeat(65),
    "e\u0301",
    "__proto__",
  ])("%j is not one", (id) => expect(idDefect(id)).toBeTypeOf("string"));
  test.each(["a", "SKU-1", "a/b", "Größe 42", "x".repeat(128), "v_abc-_1", "🙂"])("%j is one", (id) =>
    expect(idDefect(id)).toBeUndefined(),
  );
});

test("fnv1a32 has its published values", () => {
  // Source: the FNV reference test vectors of Landon Curt Noll, FNV-1a 32 bits.
  expect([fnv1a32(""), fnv1a32("a"), fnv1a32("foobar")]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

test("a seeded rng repeats itself, stays in [0, 1) and is even", () => {
  const draw = (seed: string) => {
    const rng = seededRng(seed);
    return Array.from({ length: 20_000 }, rng);
  };
  const numbers = draw("d1");
  expect(draw("d1")).toEqual(numbers);
  expect(draw("d2")).not.toEqual(numbers);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  // 4 standard errors of the mean of 20,000 uniforms.
  expect(Math.abs(numbers.reduce((sum, x) => sum + x, 0) / numbers.length - 0.5)).toBeLessThan(
    4 / Math.sqrt(12 * 20_000),
  );
});

test("publicUrlDefect lets public https through and nothing else", () => {
  expect(publicUrlDefect("https://feeds.shop.example/items.xml?a=b")).toBeUndefined();
  for (const url of [
    "http://shop.example/",
    "https://localhost/",
    "https://10.0.0.1/",
    "https://0x7f.1/",
    "https://[::1]/",
    "https://a:b@shop.example/",
    "https://shop.example:8443/",
    "https://127.0.0.1.nip.io/",
    "https://shop.local/",
    "ftp://shop.example/",
    "https://shop",
    "",
  ]) {
    expect(publicUrlDefect(url), url).toBeTypeOf("string");
  }
});
