import { model, sizes, type ProductType } from "../product-type.ts";

export const TEA_AND_COFFEE: readonly ProductType[] = [
  {
    key: "kettle",
    path: "Kitchen > Tea & Coffee > Kettles",
    shape: "kettle",
    story: "Boils quickly, pours where you aim, and keeps its handle cool.",
    models: [
      model("Pip kettle, 1.0 L", "Haldane", 34.9, { capacityLitres: 1.0, watt: 1800, weightGrams: 860 }, [
        "white",
        "charcoal",
      ]),
      model("Brook kettle, 1.7 L", "Haldane", 49.9, { capacityLitres: 1.7, watt: 2200, weightGrams: 1050 }, [
        "cream",
        "sage",
        "clay",
      ]),
      model(
        "Loch gooseneck kettle, 0.9 L",
        "Brae",
        79,
        { capacityLitres: 0.9, watt: 1200, weightGrams: 980 },
        ["charcoal", "white"],
        { shape: "gooseneck" },
      ),
      model(
        "Tide kettle with temperature dial, 1.7 L",
        "Brae",
        99,
        { capacityLitres: 1.7, watt: 2400, temperatures: 5, weightGrams: 1180 },
        ["steel", "ink"],
      ),
      model(
        "Stag gooseneck kettle with hold, 1.0 L",
        "Kumo",
        149,
        { capacityLitres: 1.0, watt: 1500, temperatures: 60, weightGrams: 1240 },
        ["charcoal", "copper"],
        { shape: "gooseneck" },
      ),
    ],
  },
  {
    key: "teapot",
    path: "Kitchen > Tea & Coffee > Teapots",
    shape: "teapot",
    story: "Stoneware with a basket wide enough for leaves to open.",
    models: [
      model("Wren teapot, 0.6 L", "Oland Pottery", 29.9, { capacityLitres: 0.6, material: "stoneware" }, [
        "sage",
        "cream",
      ]),
      model("Moss teapot, 1.0 L", "Oland Pottery", 42, { capacityLitres: 1.0, material: "stoneware" }, [
        "forest",
        "clay",
        "sky",
      ]),
      model("Kaede cast-iron teapot, 0.9 L", "Kumo", 74, { capacityLitres: 0.9, material: "cast iron" }, [
        "charcoal",
        "rust",
      ]),
      model(
        "Heron porcelain teapot, 1.3 L",
        "Castor & Vale",
        95,
        { capacityLitres: 1.3, material: "porcelain" },
        ["white"],
      ),
    ],
  },
  {
    key: "tea",
    path: "Kitchen > Tea & Coffee > Tea",
    shape: "tea-tin",
    story: "Whole leaf, packed in a tin that closes properly.",
    replenishDays: 30,
    models: [
      model("Morning Assam, 100 g", "Leaf Office", 8.9, { grams: 100, organic: true }, ["rust"]),
      model("Sencha first flush, 100 g", "Leaf Office", 14.5, { grams: 100, organic: true }, ["forest"]),
      model("Earl Grey with bergamot, 100 g", "Leaf Office", 9.9, { grams: 100, organic: false }, ["ink"]),
      model("Chamomile & honeybush, 80 g", "Leaf Office", 7.9, { grams: 80, organic: true }, ["ochre"]),
      model("Gyokuro from Uji, 50 g", "Kumo", 26, { grams: 50, organic: true }, ["sage"]),
    ],
  },
  {
    key: "coffee-beans",
    path: "Kitchen > Tea & Coffee > Coffee Beans",
    shape: "coffee-bag",
    story: "Roasted on Tuesdays, rested for two days, then sent.",
    replenishDays: 21,
    models: [
      model(
        "Harbour house blend",
        "Kiln Roasters",
        9.9,
        { roast: "medium" },
        ["clay"],
        sizes({ "250 g": 0, "1 kg": 19 }),
      ),
      model(
        "Nightshift espresso",
        "Kiln Roasters",
        11.5,
        { roast: "dark" },
        ["charcoal"],
        sizes({ "250 g": 0, "1 kg": 22 }),
      ),
      model("Yirga single origin, 250 g", "Kiln Roasters", 15.9, { roast: "light", organic: true }, ["sky"]),
      model("Slow decaf, 250 g", "Kiln Roasters", 12.9, { roast: "medium", caffeineFree: true }, ["plum"]),
    ],
  },
  {
    key: "coffee-maker",
    path: "Kitchen > Tea & Coffee > Coffee Makers",
    shape: "dripper",
    story: "Simple enough before the first cup.",
    models: [
      model("Drop pour-over set", "Oland Pottery", 34, { cups: 2 }, ["white", "blush"]),
      model("Bay French press, 1.0 L", "Haldane", 45, { cups: 4, capacityLitres: 1.0 }, ["steel", "copper"], {
        shape: "french-press",
      }),
      model("Otto moka pot", "Castor & Vale", 38, { cups: 6 }, ["steel"], { shape: "moka" }),
      model(
        "Vera espresso machine, 15 bar",
        "Brae",
        329,
        { bar: 15, watt: 1450, capacityLitres: 1.4 },
        ["steel", "cream"],
        { shape: "espresso" },
      ),
      model(
        "Vera Duo espresso machine with grinder",
        "Brae",
        549,
        { bar: 15, watt: 1700, capacityLitres: 2.0, grinder: true },
        ["charcoal"],
        { shape: "espresso" },
      ),
    ],
  },
  {
    key: "grinder",
    path: "Kitchen > Tea & Coffee > Coffee Grinders",
    shape: "grinder",
    story: "Even grounds, from press to espresso.",
    models: [
      model("Nut hand grinder", "Brae", 49, { settings: 12, grams: 20 }, ["steel"]),
      model("Nutmeg electric grinder", "Haldane", 89, { settings: 18, watt: 120 }, ["charcoal"]),
      model("Nova burr grinder", "Brae", 189, { settings: 40, watt: 160 }, ["cream", "charcoal"]),
    ],
  },
  {
    key: "mug",
    path: "Kitchen > Tea & Coffee > Mugs",
    shape: "mug",
    story: "Thick where you hold it, thin where you drink.",
    models: [
      model("Wren mug, 0.3 L", "Oland Pottery", 12.9, { capacityLitres: 0.3, material: "stoneware" }, [
        "sage",
        "cream",
        "clay",
        "sky",
      ]),
      model("Fell double-walled mug, 0.35 L", "Haldane", 19.9, { capacityLitres: 0.35, material: "steel" }, [
        "ink",
        "rust",
      ]),
      model("Kaede tea bowl, set of two", "Kumo", 32, { capacityLitres: 0.2, pieces: 2 }, ["charcoal"]),
    ],
  },
  {
    key: "coffee-filter",
    path: "Kitchen > Tea & Coffee > Filters",
    shape: "carton",
    story: "Unbleached paper that tastes of nothing.",
    replenishDays: 45,
    models: [
      model("Paper filters no. 2, 100 pieces", "Brae", 4.9, { pieces: 100 }, ["oak"]),
      model("Cone filters for pour-over, 100 pieces", "Brae", 6.9, { pieces: 100 }, ["cream"]),
      model("Water filter cartridges, 3 pieces", "Haldane", 17.9, { pieces: 3 }, ["sky"]),
    ],
  },
];
