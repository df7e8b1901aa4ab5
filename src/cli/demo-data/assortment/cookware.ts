import { model, sizes, type ProductType } from "../product-type.ts";

export const COOKWARE: readonly ProductType[] = [
  {
    key: "pan",
    path: "Kitchen > Cookware > Frying Pans",
    shape: "pan",
    story: "Heats evenly and goes into the oven, handle and all.",
    models: [
      model(
        "Ember frying pan",
        "Haldane",
        39,
        { material: "aluminium" },
        ["charcoal"],
        sizes({ "24 cm": 0, "28 cm": 8 }),
      ),
      model(
        "Forge carbon-steel pan",
        "Smith & Daughters",
        69,
        { material: "carbon steel" },
        ["slate"],
        sizes({ "24 cm": 0, "28 cm": 14 }),
      ),
      model("Sol copper-core pan, 28 cm", "Castor & Vale", 139, { diameterCm: 28, material: "copper core" }, [
        "copper",
      ]),
      model(
        "Anvil cast-iron skillet, 26 cm",
        "Smith & Daughters",
        54,
        { diameterCm: 26, material: "cast iron" },
        ["charcoal"],
      ),
    ],
  },
  {
    key: "pot",
    path: "Kitchen > Cookware > Pots & Casseroles",
    shape: "pot",
    story: "For stews that take all afternoon.",
    models: [
      model("Ember saucepan, 1.8 L", "Haldane", 35, { capacityLitres: 1.8, diameterCm: 16 }, ["steel"]),
      model("Broth stock pot, 6 L", "Haldane", 65, { capacityLitres: 6, diameterCm: 24 }, ["steel"]),
      model(
        "Hearth enamelled casserole, 4.2 L",
        "Smith & Daughters",
        129,
        { capacityLitres: 4.2, diameterCm: 24 },
        ["rust", "forest", "cream"],
      ),
      model(
        "Manor enamelled casserole, 6.7 L",
        "Castor & Vale",
        229,
        { capacityLitres: 6.7, diameterCm: 28 },
        ["ink", "ochre"],
      ),
    ],
  },
  {
    key: "knife",
    path: "Kitchen > Cookware > Knives",
    shape: "knife",
    story: "Ground thin, honed by hand, easy to keep sharp.",
    models: [
      model("Aki paring knife, 9 cm", "Kumo", 39, { bladeCm: 9 }, ["walnut"]),
      model("Haru santoku, 17 cm", "Kumo", 89, { bladeCm: 17, layers: 1 }, ["oak", "charcoal"]),
      model("Fuyu chef's knife, 20 cm, 33 layers", "Kumo", 169, { bladeCm: 20, layers: 33 }, ["walnut"]),
      model("Loaf bread knife, 24 cm", "Smith & Daughters", 49, { bladeCm: 24 }, ["oak"]),
    ],
  },
  {
    key: "board",
    path: "Kitchen > Cookware > Cutting Boards",
    shape: "board",
    story: "Solid wood with a groove that catches the juice.",
    models: [
      model("Plank cutting board", "Nordvik", 29, { material: "oak" }, ["oak"], sizes({ M: 0, L: 14 })),
      model("Butcher end-grain board", "Nordvik", 84, { material: "walnut" }, ["walnut"]),
    ],
  },
  {
    key: "bakeware",
    path: "Kitchen > Cookware > Bakeware",
    shape: "baking-dish",
    story: "Straight from oven to table.",
    models: [
      model("Gratin dish, 2.5 L", "Oland Pottery", 36, { capacityLitres: 2.5 }, ["clay", "white", "forest"]),
      model("Tin loaf tin, 1 kg", "Haldane", 18, { capacityLitres: 1.4 }, ["slate"]),
      model("Crust bread cloche", "Smith & Daughters", 79, { capacityLitres: 3 }, ["cream"]),
    ],
  },
];
