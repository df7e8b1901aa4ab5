import { model, sizes, type ProductType } from "../product-type.ts";

export const LIVING: readonly ProductType[] = [
  {
    key: "vase",
    path: "Home > Living > Vases",
    shape: "vase",
    story: "Good with tulips, better with three twigs.",
    models: [
      model("Pebble vase, 18 cm", "Oland Pottery", 27, { heightCm: 18 }, ["blush", "slate", "cream"]),
      model("Column vase, 30 cm", "Oland Pottery", 49, { heightCm: 30 }, ["forest", "clay"]),
      model("Ripple glass vase, 26 cm", "Castor & Vale", 65, { heightCm: 26 }, ["sky"]),
    ],
  },
  {
    key: "planter",
    path: "Home > Living > Planters",
    shape: "planter",
    story: "With a saucer inside, so the shelf stays dry.",
    models: [
      model(
        "Sprout planter",
        "Oland Pottery",
        19,
        { material: "terracotta" },
        ["clay"],
        sizes({ "14 cm": 0, "19 cm": 9 }),
      ),
      model("Grove planter on legs, 26 cm", "Nordvik", 69, { diameterCm: 26 }, ["white", "charcoal"], {
        shape: "planter-on-legs",
      }),
    ],
  },
  {
    key: "clock",
    path: "Home > Living > Clocks",
    shape: "clock",
    story: "Silent movement; you will only notice when you look.",
    models: [
      model("Noon wall clock, 25 cm", "Lumen & Loft", 39, { diameterCm: 25 }, ["white", "ink"]),
      model("Meridian wall clock, 40 cm", "Castor & Vale", 89, { diameterCm: 40 }, ["oak", "charcoal"]),
    ],
  },
  {
    key: "chair",
    path: "Home > Living > Chairs",
    shape: "chair",
    story: "Sits upright people comfortably.",
    models: [
      model("Perch dining chair", "Nordvik", 119, { material: "beech", weightGrams: 4800 }, [
        "oak",
        "charcoal",
        "sage",
      ]),
      model(
        "Lean lounge chair",
        "Nordvik",
        389,
        { material: "oak and wool", weightGrams: 9800 },
        ["forest", "rust"],
        { shape: "armchair" },
      ),
      model(
        "Lodge armchair",
        "Castor & Vale",
        649,
        { material: "walnut and bouclé", weightGrams: 16500 },
        ["cream"],
        { shape: "armchair" },
      ),
    ],
  },
  {
    key: "side-table",
    path: "Home > Living > Side Tables",
    shape: "side-table",
    story: "Holds a lamp, a book and the last cup of the day.",
    models: [
      model("Stump side table, 40 cm", "Nordvik", 89, { diameterCm: 40 }, ["oak", "white"]),
      model("Pier side table with shelf, 45 cm", "Nordvik", 149, { diameterCm: 45 }, ["walnut"]),
    ],
  },
  {
    key: "room-scent",
    path: "Home > Living > Room Scents",
    shape: "diffuser",
    story: "Reeds, not sprays; lasts about two months.",
    replenishDays: 60,
    models: [
      model("Fig reed diffuser, 100 ml", "Ember Apothecary", 29, { millilitres: 100 }, ["plum"]),
      model("Cedar reed diffuser, 200 ml", "Ember Apothecary", 45, { millilitres: 200 }, ["forest"]),
    ],
  },
];
