import { model, type ProductType } from "../product-type.ts";

export const AUDIO: readonly ProductType[] = [
  {
    key: "headphones",
    path: "Tech > Audio > Headphones",
    shape: "headphones",
    story: "Quiet outside, music inside.",
    models: [
      model("Murmur on-ear headphones, 30 h", "Pico", 69, { batteryHours: 30, noiseCancelling: false }, [
        "cream",
        "charcoal",
        "sky",
      ]),
      model("Hush over-ear headphones, 40 h", "Pico", 149, { batteryHours: 40, noiseCancelling: true }, [
        "charcoal",
        "blush",
      ]),
      model(
        "Cathedral over-ear headphones, 60 h",
        "Sable",
        329,
        { batteryHours: 60, noiseCancelling: true, weightGrams: 260 },
        ["walnut", "ink"],
      ),
    ],
  },
  {
    key: "earbuds",
    path: "Tech > Audio > Earbuds",
    shape: "earbuds",
    story: "Small case, long day.",
    models: [
      model("Pebble earbuds, 24 h", "Pico", 59, { batteryHours: 24, noiseCancelling: false }, [
        "white",
        "sage",
      ]),
      model("Whisper earbuds, 32 h", "Pico", 119, { batteryHours: 32, noiseCancelling: true }, [
        "charcoal",
        "clay",
      ]),
    ],
  },
  {
    key: "speaker",
    path: "Tech > Audio > Speakers",
    shape: "speaker",
    story: "Fills the room before you turn it up.",
    models: [
      model(
        "Biscuit portable speaker, 10 W",
        "Pico",
        49,
        { watt: 10, batteryHours: 12 },
        ["ochre", "sky", "rust"],
        { shape: "portable-speaker" },
      ),
      model(
        "Loaf portable speaker, 30 W",
        "Pico",
        119,
        { watt: 30, batteryHours: 20 },
        ["forest", "charcoal"],
        { shape: "portable-speaker" },
      ),
      model("Nook room speaker, 60 W", "Sable", 229, { watt: 60 }, ["white", "walnut"]),
      model("Alcove room speaker, 120 W", "Sable", 429, { watt: 120 }, ["oak"]),
    ],
  },
  {
    key: "turntable",
    path: "Tech > Audio > Turntables",
    shape: "turntable",
    story: "Belt drive, a good cartridge, no fuss.",
    models: [
      model("Revolve turntable", "Sable", 229, { speeds: 2, weightGrams: 4100 }, ["charcoal", "oak"]),
      model("Revolve Reference turntable", "Sable", 499, { speeds: 3, weightGrams: 7600 }, ["walnut"]),
    ],
  },
  {
    key: "vinyl-care",
    path: "Tech > Audio > Record Care",
    shape: "carton",
    story: "Fewer crackles, more song.",
    models: [
      model("Velvet record brush", "Sable", 14.9, { pieces: 1 }, ["plum"]),
      model("Inner record sleeves, 50 pieces", "Sable", 19.9, { pieces: 50 }, ["white"]),
      model("Groove stylus upgrade", "Sable", 89, { pieces: 1 }, ["ink"]),
    ],
  },
];
