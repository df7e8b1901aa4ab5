import { model, type ProductType } from "../product-type.ts";

export const CAMPING: readonly ProductType[] = [
  {
    key: "tent",
    path: "Outdoor > Camping > Tents",
    shape: "tent",
    story: "Stands in seven minutes and stays there in the rain.",
    models: [
      model("Lark tent, 2 persons", "Fjellhus", 149, { persons: 2, weightGrams: 2600, waterColumnMm: 3000 }, [
        "forest",
        "ochre",
      ]),
      model(
        "Curlew tent, 3 persons",
        "Fjellhus",
        249,
        { persons: 3, weightGrams: 3100, waterColumnMm: 4000 },
        ["clay", "slate"],
      ),
      model(
        "Osprey ultralight tent, 2 persons",
        "Tarn",
        429,
        { persons: 2, weightGrams: 1250, waterColumnMm: 5000 },
        ["sky"],
      ),
      model(
        "Crane family tent, 5 persons",
        "Fjellhus",
        549,
        { persons: 5, weightGrams: 9800, waterColumnMm: 4000 },
        ["sage"],
        { shape: "tunnel-tent" },
      ),
    ],
  },
  {
    key: "sleeping-bag",
    path: "Outdoor > Camping > Sleeping Bags",
    shape: "sleeping-bag",
    story: "A collar that keeps the warmth where you are.",
    models: [
      model("Dormouse sleeping bag, +8 °C", "Fjellhus", 69, { comfortCelsius: 8, weightGrams: 1100 }, [
        "sage",
        "rust",
      ]),
      model("Marten sleeping bag, 0 °C", "Fjellhus", 129, { comfortCelsius: 0, weightGrams: 1450 }, [
        "ink",
        "ochre",
      ]),
      model("Ermine down sleeping bag, −7 °C", "Tarn", 299, { comfortCelsius: -7, weightGrams: 980 }, [
        "plum",
      ]),
    ],
  },
  {
    key: "sleeping-mat",
    path: "Outdoor > Camping > Sleeping Mats",
    shape: "sleeping-mat",
    story: "Rolls up smaller than your pillow.",
    models: [
      model("Fern foam mat", "Fjellhus", 29, { thicknessCm: 1.5, weightGrams: 410, rValue: 1.8 }, ["forest"]),
      model(
        "Lichen self-inflating mat",
        "Fjellhus",
        69,
        { thicknessCm: 3.8, weightGrams: 850, rValue: 3.4 },
        ["slate", "clay"],
      ),
      model("Cirrus air mat", "Tarn", 149, { thicknessCm: 8, weightGrams: 480, rValue: 4.6 }, ["sky"]),
    ],
  },
  {
    key: "stove",
    path: "Outdoor > Camping > Stoves",
    shape: "camp-stove",
    story: "A litre boils before the tent is up.",
    models: [
      model("Spark gas stove", "Tarn", 39, { watt: 2600, weightGrams: 95 }, ["steel"]),
      model("Flint stove system, 1 L", "Tarn", 119, { watt: 3000, weightGrams: 390, capacityLitres: 1 }, [
        "rust",
        "charcoal",
      ]),
    ],
  },
  {
    key: "gas",
    path: "Outdoor > Camping > Gas & Fuel",
    shape: "gas",
    story: "Screw cartridge with a valve that closes itself.",
    replenishDays: 60,
    models: [
      model("Blue gas cartridge, 230 g", "Tarn", 7.5, { grams: 230 }, ["sky"]),
      model("Winter gas cartridge, 450 g", "Tarn", 12.9, { grams: 450 }, ["ink"]),
    ],
  },
  {
    key: "lantern",
    path: "Outdoor > Camping > Lanterns",
    shape: "lantern",
    story: "Light for six at a table, charged by USB-C.",
    models: [
      model("Firefly lantern, 200 lm", "Fjellhus", 29, { lumen: 200, batteryHours: 18 }, ["ochre", "sage"]),
      model("Beacon lantern, 600 lm", "Tarn", 69, { lumen: 600, batteryHours: 30 }, ["rust"]),
    ],
  },
  {
    key: "camp-mug",
    path: "Outdoor > Camping > Tableware",
    shape: "camp-mug",
    story: "Enamel that chips into character.",
    models: [
      model("Camp enamel mug, 0.35 L", "Fjellhus", 9.9, { capacityLitres: 0.35 }, ["white", "forest", "ink"]),
      model("Mess enamel plate set, four pieces", "Fjellhus", 29.9, { pieces: 4 }, ["cream"], {
        shape: "plates",
      }),
    ],
  },
];
