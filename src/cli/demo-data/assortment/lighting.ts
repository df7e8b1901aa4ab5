import { model, type ProductType } from "../product-type.ts";

export const LIGHTING: readonly ProductType[] = [
  {
    key: "table-lamp",
    path: "Home > Lighting > Table Lamps",
    shape: "table-lamp",
    story: "Warm light, dimmed with one finger.",
    models: [
      model("Acorn table lamp", "Lumen & Loft", 49, { lumen: 400, watt: 5, heightCm: 28 }, [
        "sage",
        "clay",
        "cream",
      ]),
      model("Dune ceramic table lamp", "Lumen & Loft", 89, { lumen: 600, watt: 7, heightCm: 41 }, [
        "blush",
        "ink",
      ]),
      model(
        "Ferry brass desk lamp",
        "Castor & Vale",
        139,
        { lumen: 750, watt: 9, heightCm: 52 },
        ["brass", "charcoal"],
        { shape: "desk-lamp" },
      ),
      model(
        "Glim portable lamp, 20 h",
        "Lumen & Loft",
        79,
        { lumen: 250, batteryHours: 20, heightCm: 30 },
        ["rust", "forest", "white"],
        { shape: "mushroom-lamp" },
      ),
    ],
  },
  {
    key: "floor-lamp",
    path: "Home > Lighting > Floor Lamps",
    shape: "floor-lamp",
    story: "A reading corner in one piece.",
    models: [
      model("Reed floor lamp", "Lumen & Loft", 119, { lumen: 900, watt: 10, heightCm: 148 }, [
        "charcoal",
        "oak",
      ]),
      model("Arc floor lamp", "Castor & Vale", 249, { lumen: 1300, watt: 14, heightCm: 186 }, ["brass"], {
        shape: "arc-lamp",
      }),
    ],
  },
  {
    key: "pendant",
    path: "Home > Lighting > Pendant Lamps",
    shape: "pendant",
    story: "Hangs low over the table and dazzles nobody.",
    models: [
      model("Bell pendant lamp, 30 cm", "Lumen & Loft", 79, { lumen: 800, diameterCm: 30 }, [
        "forest",
        "cream",
        "charcoal",
      ]),
      model("Cloud paper pendant, 45 cm", "Kumo", 109, { lumen: 900, diameterCm: 45 }, ["white"], {
        shape: "paper-lantern",
      }),
      model("Dome metal pendant, 50 cm", "Castor & Vale", 179, { lumen: 1400, diameterCm: 50 }, [
        "copper",
        "ink",
      ]),
    ],
  },
  {
    key: "bulb",
    path: "Home > Lighting > Bulbs",
    shape: "bulb",
    story: "Filament look, twenty thousand hours.",
    models: [
      model("Glow LED bulb E27, 470 lm", "Lumen & Loft", 6.9, { lumen: 470, watt: 4.5, dimmable: false }, [
        "ochre",
      ]),
      model(
        "Glow Plus dimmable LED bulb E27, 806 lm",
        "Lumen & Loft",
        11.9,
        { lumen: 806, watt: 7, dimmable: true },
        ["brass"],
      ),
      model(
        "Globe smart bulb E27, 806 lm",
        "Halo",
        24.9,
        { lumen: 806, watt: 8, dimmable: true, smart: true },
        ["white"],
      ),
    ],
  },
  {
    key: "candle",
    path: "Home > Lighting > Candles",
    shape: "candle",
    story: "Rapeseed wax, cotton wick, burns down evenly.",
    replenishDays: 40,
    models: [
      model("Fig scented candle, 40 h", "Ember Apothecary", 24, { burnHours: 40 }, ["plum"]),
      model("Cedar scented candle, 40 h", "Ember Apothecary", 24, { burnHours: 40 }, ["forest"]),
      model("Linen scented candle, 60 h", "Ember Apothecary", 34, { burnHours: 60 }, ["cream"]),
    ],
  },
];
