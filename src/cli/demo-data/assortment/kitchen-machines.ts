import { model, type ProductType } from "../product-type.ts";

export const KITCHEN_MACHINES: readonly ProductType[] = [
  {
    key: "blender",
    path: "Kitchen > Machines > Blenders",
    shape: "blender",
    story: "Crushes ice without shouting.",
    models: [
      model("Whirl blender, 1.0 L", "Haldane", 59, { capacityLitres: 1.0, watt: 600 }, ["cream", "sage"]),
      model("Gale blender, 1.5 L", "Haldane", 119, { capacityLitres: 1.5, watt: 1200 }, ["charcoal", "rust"]),
      model("Storm blender, 2.0 L", "Brae", 279, { capacityLitres: 2.0, watt: 2000 }, ["steel"]),
      model("Sip bottle blender, 0.6 L", "Haldane", 39, { capacityLitres: 0.6, watt: 350 }, ["blush", "sky"]),
    ],
  },
  {
    key: "toaster",
    path: "Kitchen > Machines > Toasters",
    shape: "toaster",
    story: "Browns both sides the same; a promise rarer than it sounds.",
    models: [
      model("Pip toaster, two slots", "Haldane", 39.9, { slots: 2, watt: 850 }, ["white", "charcoal"]),
      model("Brook toaster, two long slots", "Haldane", 59.9, { slots: 2, watt: 1000 }, [
        "cream",
        "sage",
        "clay",
      ]),
      model("Tide toaster, four slots", "Brae", 109, { slots: 4, watt: 1800 }, ["steel", "ink"]),
    ],
  },
  {
    key: "mixer",
    path: "Kitchen > Machines > Stand Mixers",
    shape: "mixer",
    story: "Kneads for ten minutes so that you need not.",
    models: [
      model(
        "Dough stand mixer, 4.3 L",
        "Haldane",
        249,
        { capacityLitres: 4.3, watt: 800, weightGrams: 7200 },
        ["cream", "sky", "rust"],
      ),
      model(
        "Batch stand mixer, 6.9 L",
        "Castor & Vale",
        449,
        { capacityLitres: 6.9, watt: 1300, weightGrams: 11800 },
        ["charcoal", "sage"],
      ),
    ],
  },
  {
    key: "scale",
    path: "Kitchen > Machines > Scales",
    shape: "scale",
    story: "Settles in a second, weighs to the gram.",
    models: [
      model("Gram kitchen scale, 5 kg", "Haldane", 24.9, { capacityKg: 5, precisionGrams: 1 }, ["white"]),
      model("Barista scale with timer, 2 kg", "Brae", 59, { capacityKg: 2, precisionGrams: 0.1 }, [
        "charcoal",
      ]),
    ],
  },
];
