import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { advantageOf } from "../../../src/core/decide/advantage.ts";
import { euros, item } from "./scenes.ts";

type Attributes = CatalogItem["attributes"];
const of = (better: Attributes, base: Attributes, type = "Computers > Laptops") =>
  advantageOf(
    item("b", { type, attributes: better, price: undefined }),
    item("a", { type, attributes: base, price: undefined }),
  );

describe("what is said", () => {
  test.each<[Attributes, Attributes, string | undefined]>([
    [{ storageGb: 512 }, { storageGb: 256 }, "twice the storage"],
    [{ storageGb: 500 }, { storageGb: 256 }, "95 % more storage"],
    [{ storageGb: 1024 }, { storageGb: 256 }, "4 times the storage"],
    [{ storage_gb: 640 }, { "Storage GB": 256 }, "2.5 times the storage"],
    [{ storage: "1 TB" }, { storageGb: 250 }, "4 times the storage"],
    [{ batteryHours: 12 }, { batteryHours: 10 }, "20 % more battery life"],
    [{ "Battery life": "90 minutes" }, { batteryLifeHours: 1 }, "50 % more battery life"],
    [{ weightKg: 1.2 }, { weightKg: 1.5 }, "20 % less weight"],
    [{ weight: "1200 g" }, { weightKg: 2.4 }, "50 % less weight"],
    [{ noiseDb: 38 }, { noiseDb: 44 }, "6 dB less noise"],
    [{ energyKwh: 60 }, { energyKwh: 100 }, "40 % less energy use"],
    [{ chargingTimeHours: 1 }, { chargingTimeMinutes: 90 }, "33 % less charging time"],
    [{ capacityLitres: 1.7 }, { capacityLitres: 1 }, "70 % more capacity"],
    [{ megapixels: 24 }, { megapixels: 12 }, "twice the resolution"],
  ])("%j beside %j: %s", (better, base, text) => expect(of(better, base)).toBe(text));

  test("two things at most, the most striking first", () => {
    const better = { storageGb: 1024, weightKg: 1.2, memoryGb: 16, noiseDb: 30 };
    const base = { storageGb: 256, weightKg: 1.5, memoryGb: 8, noiseDb: 33 };
    expect(of(better, base)).toBe("4 times the storage and twice the memory");
  });
});

describe("what is not said", () => {
  test.each<[string, Attributes, Attributes, string?]>([
    ["worse", { storageGb: 128 }, { storageGb: 256 }],
    ["equal", { storageGb: 256 }, { storageGb: 256 }],
    ["hardly better", { storageGb: 270 }, { storageGb: 256 }],
    ["heavier", { weightKg: 2 }, { weightKg: 1 }],
    ["lighter, where nobody carries it", { weightKg: 1 }, { weightKg: 5 }, "Sport > Dumbbells"],
    ["lighter, of no known type", { weightKg: 1 }, { weightKg: 5 }, ""],
    ["louder", { noiseDb: 50 }, { noiseDb: 40 }],
    ["quieter by what nobody hears", { noiseDb: 40 }, { noiseDb: 41 }],
    ["unknown attribute", { sparkle: 9 }, { sparkle: 1 }],
    ["direction unknown", { watt: 2000 }, { watt: 1000 }],
    ["no unit", { storage: 512 }, { storage: 256 }],
    ["other kind of unit", { packageSize: "2 LB" }, { packageSize: "1 ct" }],
    ["only one side states it", { storageGb: 512 }, {}],
    ["nothing stated", undefined, undefined],
    ["zero", { storageGb: 512 }, { storageGb: 0 }],
    ["negative", { storageGb: 512 }, { storageGb: -1 }],
    ["no number", { storageGb: Number.NaN }, { storageGb: 1 }],
    ["endless", { storageGb: Infinity }, { storageGb: 1 }],
    ["yes and no", { storageGb: true }, { storageGb: false }],
    ["two values for one thing", { storageGb: 512, storage: "128 GB" }, { storageGb: 256 }],
    ["names that every object has", { constructor: 2, toString: 2 }, { constructor: 1, toString: 1 }],
  ])("%s", (_, better, base, type) => expect(of(better, base, type)).toBeUndefined());
});

describe("packages", () => {
  const pack = (packageSize: string, minor: number, more: Partial<CatalogItem> = {}) =>
    item("pack", { type: "Coffee", price: euros(minor), attributes: { packageSize }, ...more });

  test("a bigger one, and what the same amount costs in it", () => {
    expect(advantageOf(pack("2 LB", 1500), pack("16 OZ", 1000))).toBe(
      "twice the content and a 25 % lower price for the same amount",
    );
    expect(advantageOf(pack("1500 ml", 150), pack("1 l", 100))).toBe("50 % more content");
  });

  test("no price is compared across currencies or where markets have their own", () => {
    const small = pack("16 OZ", 1000);
    expect(advantageOf(pack("2 LB", 1500, { price: { minor: 1500, currency: "USD" } }), small)).toBe(
      "twice the content",
    );
    expect(advantageOf(pack("2 LB", 1500, { markets: { de: {} } }), small)).toBe("twice the content");
  });
});

test("for any values: says so exactly when it is better, and never more than is true", () => {
  const amount = fc.double({ min: 0.001, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(amount, amount, (now, old) => {
      const more = of({ storageGb: now }, { storageGb: old });
      const less = of({ weightKg: now }, { weightKg: old });
      if (now / old > 1.1001) expect(more).toBeDefined();
      if (old / now > 1.1001) expect(less).toBeDefined();
      if (now / old < 1.0999) expect(more).toBeUndefined();
      if (old / now < 1.0999) expect(less).toBeUndefined();
      if (more) {
        const [claim] = /twice|[\d.e+]+/.exec(more) ?? [];
        const told = claim === "twice" ? 2 : more.includes("%") ? 1 + Number(claim) / 100 : Number(claim);
        expect(told, more).toBeGreaterThan(1);
        expect(told, more).toBeLessThanOrEqual((now / old) * (1 + 1e-6));
      }
      if (less) {
        const told = 1 - Number(/\d+/.exec(less)?.[0]) / 100;
        expect(told, less).toBeGreaterThanOrEqual(now / old - 1e-6);
      }
    }),
  );
});

test("for any attributes: at most two claims, each about a number both state", () => {
  const name = fc.oneof(
    fc.constantFrom("storageGb", "weightKg", "noise_db", "packageSize", "batteryMah"),
    fc.string(),
  );
  const value = fc.oneof(
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constantFrom("12 oz", "1 kg", "2 lb", "6 ct"),
  );
  const bag = fc.dictionary(name, value, { maxKeys: 8 });
  fc.assert(
    fc.property(bag, bag, (better, base) => {
      const text = of(better, base);
      expect(text ?? "").not.toMatch(/NaN|Infinity|undefined/);
      expect((text ?? "").split(" and ").length).toBeLessThanOrEqual(2);
      if (Object.keys(better).length === 0 || Object.keys(base).length === 0) expect(text).toBeUndefined();
    }),
  );
});
