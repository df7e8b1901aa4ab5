import { model, sizes, type ProductType } from "../product-type.ts";

export const PHOTO: readonly ProductType[] = [
  {
    key: "camera",
    path: "Tech > Photo > Cameras",
    shape: "camera",
    story: "Dials you can read, files you can keep.",
    models: [
      model("Orbit compact camera, 20 MP", "Iris", 399, { megapixels: 20, weightGrams: 310 }, [
        "steel",
        "charcoal",
      ]),
      model("Meter mirrorless camera, 26 MP", "Iris", 849, { megapixels: 26, weightGrams: 420 }, [
        "charcoal",
        "steel",
      ]),
      model("Meter Pro mirrorless camera, 40 MP", "Iris", 1490, { megapixels: 40, weightGrams: 560 }, [
        "charcoal",
      ]),
      model("Snap instant camera", "Iris", 89, { picturesPerCharge: 100 }, ["sky", "blush", "sage"], {
        shape: "instant-camera",
      }),
    ],
  },
  {
    key: "lens",
    path: "Tech > Photo > Lenses",
    shape: "lens",
    story: "Glass first, everything else second.",
    models: [
      model("Thirty-five 35 mm f/2 lens", "Iris", 349, { focalMm: 35, weightGrams: 180 }, ["charcoal"]),
      model("Portrait 56 mm f/1.4 lens", "Iris", 549, { focalMm: 56, weightGrams: 340 }, ["charcoal"]),
      model("Wander 18–120 mm f/4 zoom lens", "Iris", 799, { focalMm: 120, weightGrams: 460 }, ["slate"]),
    ],
  },
  {
    key: "memory-card",
    path: "Tech > Photo > Memory Cards",
    shape: "memory-card",
    story: "Writes faster than you can press.",
    models: [
      model(
        "Keep SD card",
        "Cairn",
        12.9,
        { megabytesPerSecond: 100 },
        ["ink"],
        sizes({ "64 GB": 0, "128 GB": 9 }),
      ),
      model(
        "Vault SD card",
        "Cairn",
        44.9,
        { megabytesPerSecond: 280 },
        ["brass"],
        sizes({ "128 GB": 0, "256 GB": 40 }),
      ),
    ],
  },
  {
    key: "tripod",
    path: "Tech > Photo > Tripods",
    shape: "tripod",
    story: "Steady in wind, light on the way there.",
    models: [
      model("Stork travel tripod", "Iris", 79, { weightGrams: 1200, heightCm: 140 }, ["charcoal"]),
      model("Stork Carbon tripod", "Iris", 199, { weightGrams: 880, heightCm: 155 }, ["slate"]),
    ],
  },
  {
    key: "camera-bag",
    path: "Tech > Photo > Camera Bags",
    shape: "camera-bag",
    story: "Padded where it counts, plain where it shows.",
    models: [
      model("Satchel camera bag, 6 L", "Fjellhus", 79, { capacityLitres: 6 }, ["walnut", "slate"]),
      model("Field camera backpack, 20 L", "Fjellhus", 149, { capacityLitres: 20 }, ["forest"], {
        shape: "backpack",
      }),
    ],
  },
  {
    key: "film",
    path: "Tech > Photo > Instant Film",
    shape: "film",
    story: "Twenty pictures, no second tries.",
    replenishDays: 30,
    models: [
      model("White-frame instant film, 20 pictures", "Iris", 17.9, { pieces: 20 }, ["sky"]),
      model("Black-frame instant film, 20 pictures", "Iris", 18.9, { pieces: 20 }, ["charcoal"]),
    ],
  },
];
