import { model, sizes, type ProductType } from "../product-type.ts";

export const TEXTILES: readonly ProductType[] = [
  {
    key: "throw",
    path: "Home > Textiles > Throws",
    shape: "throw",
    story: "Woven in a mill that is older than the shop.",
    models: [
      model("Heath cotton throw, 130 × 170 cm", "Nordvik", 49, { material: "cotton", weightGrams: 700 }, [
        "ochre",
        "sage",
        "blush",
      ]),
      model("Moor wool throw, 140 × 200 cm", "Nordvik", 99, { material: "wool", weightGrams: 950 }, [
        "slate",
        "rust",
      ]),
      model(
        "Peak alpaca throw, 140 × 200 cm",
        "Castor & Vale",
        179,
        { material: "alpaca", weightGrams: 820 },
        ["cream"],
      ),
    ],
  },
  {
    key: "cushion",
    path: "Home > Textiles > Cushions",
    shape: "cushion",
    story: "Feather filling, hidden zip, washable cover.",
    models: [
      model("Heath cushion, 45 × 45 cm", "Nordvik", 24.9, { material: "cotton" }, [
        "ochre",
        "sage",
        "blush",
        "ink",
      ]),
      model("Fold linen cushion, 50 × 50 cm", "Nordvik", 39, { material: "linen" }, ["clay", "cream"]),
      model("Plush velvet cushion, 50 × 50 cm", "Castor & Vale", 55, { material: "velvet" }, [
        "forest",
        "plum",
      ]),
    ],
  },
  {
    key: "towel",
    path: "Home > Textiles > Towels",
    shape: "towel",
    story: "Dries you, then dries itself.",
    models: [
      model(
        "Cove waffle towel",
        "Nordvik",
        16.9,
        { material: "cotton" },
        ["white"],
        sizes({ "50 × 100 cm": 0, "70 × 140 cm": 12 }),
      ),
      model(
        "Spa terry towel",
        "Castor & Vale",
        24.9,
        { material: "combed cotton" },
        ["sky"],
        sizes({ "50 × 100 cm": 0, "70 × 140 cm": 16 }),
      ),
      model("Reef hammam towel, 90 × 180 cm", "Nordvik", 34.9, { material: "cotton" }, ["clay", "ink"]),
    ],
  },
  {
    key: "bedding",
    path: "Home > Textiles > Bed Linen",
    shape: "bedding",
    story: "Crisp the first night, soft ever after.",
    models: [
      model("Calm percale set", "Nordvik", 79, { material: "cotton percale" }, ["white", "sky"]),
      model(
        "Drift washed-linen set",
        "Nordvik",
        159,
        { material: "linen" },
        ["sage"],
        sizes({ single: 0, double: 60 }),
      ),
    ],
  },
];
