import { model, sizes, type ProductType } from "../product-type.ts";

export const HIKING: readonly ProductType[] = [
  {
    key: "backpack",
    path: "Outdoor > Hiking > Backpacks",
    shape: "backpack",
    story: "A back panel with air behind it.",
    models: [
      model("Ridge daypack, 18 L", "Fjellhus", 69, { capacityLitres: 18, weightGrams: 620 }, [
        "sage",
        "ink",
        "rust",
      ]),
      model("Saddle backpack, 32 L", "Fjellhus", 119, { capacityLitres: 32, weightGrams: 1050 }, [
        "ochre",
        "slate",
      ]),
      model("Summit trekking pack, 55 L", "Tarn", 219, { capacityLitres: 55, weightGrams: 1690 }, [
        "forest",
        "plum",
      ]),
    ],
  },
  {
    key: "bottle",
    path: "Outdoor > Hiking > Bottles",
    shape: "bottle",
    story: "Cold for a day, hot for a morning.",
    models: [
      model("Spring bottle, 0.5 L", "Tarn", 24.9, { capacityLitres: 0.5, hoursCold: 24 }, [
        "sky",
        "blush",
        "charcoal",
      ]),
      model("Spring Large bottle, 1.0 L", "Tarn", 34.9, { capacityLitres: 1.0, hoursCold: 30 }, [
        "forest",
        "cream",
      ]),
      model(
        "Kelp flask with cup, 0.75 L",
        "Fjellhus",
        39,
        { capacityLitres: 0.75, hoursHot: 16 },
        ["rust", "ink"],
        { shape: "flask" },
      ),
    ],
  },
  {
    key: "poles",
    path: "Outdoor > Hiking > Trekking Poles",
    shape: "poles",
    story: "Cork grips and locks that do not slip.",
    models: [
      model("Stride aluminium poles, pair", "Fjellhus", 59, { weightGrams: 520 }, ["ochre"]),
      model("Stride Carbon poles, pair", "Tarn", 129, { weightGrams: 340 }, ["charcoal"]),
    ],
  },
  {
    key: "headlamp",
    path: "Outdoor > Hiking > Headlamps",
    shape: "headlamp",
    story: "Red light for the map, white for the path.",
    models: [
      model("Owl headlamp, 250 lm", "Tarn", 29, { lumen: 250, batteryHours: 40 }, ["rust"]),
      model("Lynx headlamp, 600 lm", "Tarn", 69, { lumen: 600, batteryHours: 60 }, ["charcoal", "sky"]),
    ],
  },
  {
    key: "boots",
    path: "Outdoor > Hiking > Boots",
    shape: "boots",
    story: "Broken in by Tuesday.",
    models: [
      model(
        "Trail hiking shoe",
        "Fjellhus",
        119,
        { weightGrams: 780, waterproof: false },
        ["slate"],
        sizes({ "38": 0, "40": 0, "42": 0, "44": 0 }),
      ),
      model(
        "Scree hiking boot",
        "Fjellhus",
        189,
        { weightGrams: 1120, waterproof: true },
        ["walnut"],
        sizes({ "38": 0, "40": 0, "42": 0, "44": 0 }),
      ),
    ],
  },
  {
    key: "socks",
    path: "Outdoor > Hiking > Socks",
    shape: "socks",
    story: "Merino, cushioned at heel and toe.",
    replenishDays: 180,
    models: [
      model("Ewe merino socks", "Fjellhus", 19.9, { material: "merino" }, ["sage", "rust"]),
      model("Ram heavy merino socks", "Tarn", 26.9, { material: "merino" }, ["charcoal"]),
    ],
  },
  {
    key: "energy-bar",
    path: "Outdoor > Hiking > Provisions",
    shape: "bar",
    story: "Oats, nuts and nothing you cannot spell.",
    replenishDays: 25,
    models: [
      model("Hazel oat bars, box of 12", "Trail Larder", 19.9, { pieces: 12 }, ["oak"]),
      model("Cherry oat bars, box of 12", "Trail Larder", 19.9, { pieces: 12 }, ["rust"]),
    ],
  },
];
