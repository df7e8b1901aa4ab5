import { model, type ProductType } from "../product-type.ts";

export const GARDEN: readonly ProductType[] = [
  {
    key: "watering-can",
    path: "Outdoor > Garden > Watering Cans",
    shape: "watering-can",
    story: "Balanced when full, with a rose that unscrews.",
    models: [
      model("Dew indoor watering can, 1.2 L", "Greenhithe", 24.9, { capacityLitres: 1.2 }, ["sage", "blush"]),
      model("Meadow watering can, 5 L", "Greenhithe", 44, { capacityLitres: 5 }, ["steel", "forest"]),
      model("Orchard zinc watering can, 9 L", "Greenhithe", 69, { capacityLitres: 9 }, ["slate"]),
    ],
  },
  {
    key: "secateurs",
    path: "Outdoor > Garden > Secateurs",
    shape: "secateurs",
    story: "A clean cut heals; these cut clean.",
    models: [
      model("Snip herb scissors", "Greenhithe", 17.9, { bladeCm: 4 }, ["sage"]),
      model("Bower secateurs", "Greenhithe", 34.9, { bladeCm: 6 }, ["rust"]),
      model("Bower Pro secateurs, forged", "Smith & Daughters", 69, { bladeCm: 6.5, forged: true }, ["ink"]),
    ],
  },
  {
    key: "seeds",
    path: "Outdoor > Garden > Seeds",
    shape: "seeds",
    story: "Open-pollinated, tested for this year.",
    replenishDays: 120,
    models: [
      model("Basil seeds", "Greenhithe", 3.5, { organic: true }, ["forest"]),
      model("Tomato seeds, four old kinds", "Greenhithe", 8.9, { organic: true }, ["rust"]),
      model("Wildflower seeds, 10 m²", "Greenhithe", 12.9, { organic: true }, ["sky"]),
    ],
  },
  {
    key: "grill",
    path: "Outdoor > Garden > Grills",
    shape: "grill",
    story: "A lid that seals and ash that empties in one go.",
    models: [
      model("Cinder kettle grill, 47 cm", "Smith & Daughters", 159, { diameterCm: 47, weightGrams: 11200 }, [
        "charcoal",
        "forest",
      ]),
      model(
        "Cinder Grand kettle grill, 57 cm",
        "Smith & Daughters",
        259,
        { diameterCm: 57, weightGrams: 16900 },
        ["charcoal", "rust"],
      ),
    ],
  },
  {
    key: "charcoal",
    path: "Outdoor > Garden > Charcoal",
    shape: "charcoal-bag",
    story: "Beech from a forest that is still one.",
    replenishDays: 35,
    models: [
      model("Beech charcoal, 3 kg", "Smith & Daughters", 9.9, { weightGrams: 3000 }, ["walnut"]),
      model("Long-burn briquettes, 6 kg", "Smith & Daughters", 16.9, { weightGrams: 6000 }, ["charcoal"]),
    ],
  },
  {
    key: "garden-chair",
    path: "Outdoor > Garden > Seating",
    shape: "deck-chair",
    story: "Folds flat for winter.",
    models: [
      model("Jetty deck chair", "Nordvik", 89, { material: "ash and canvas" }, ["sky", "ochre"]),
      model("Jetty Wide deck chair with footrest", "Nordvik", 139, { material: "ash and canvas" }, [
        "forest",
      ]),
    ],
  },
];
