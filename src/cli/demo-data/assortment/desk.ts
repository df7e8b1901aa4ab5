import { model, sizes, type ProductType } from "../product-type.ts";

export const DESK: readonly ProductType[] = [
  {
    key: "keyboard",
    path: "Tech > Desk > Keyboards",
    shape: "keyboard",
    story: "A sound you will not tire of.",
    models: [
      model("Quill keyboard", "Cairn", 59, { keys: 84, wireless: true }, ["white", "charcoal"]),
      model("Quill Mechanical keyboard", "Cairn", 119, { keys: 84, wireless: true, mechanical: true }, [
        "cream",
        "ink",
      ]),
      model(
        "Scribe aluminium mechanical keyboard",
        "Sable",
        219,
        { keys: 98, wireless: true, mechanical: true },
        ["steel"],
      ),
    ],
  },
  {
    key: "mouse",
    path: "Tech > Desk > Mice",
    shape: "mouse",
    story: "Fits the hand, not the other way round.",
    models: [
      model("Vole wireless mouse", "Cairn", 34.9, { dpi: 2400, batteryHours: 400 }, [
        "white",
        "charcoal",
        "sage",
      ]),
      model("Vole Pro ergonomic mouse", "Cairn", 79, { dpi: 8000, batteryHours: 700 }, ["charcoal"]),
    ],
  },
  {
    key: "tablet",
    path: "Tech > Desk > Tablets",
    shape: "tablet",
    story: "For recipes, maps and the last page of the novel.",
    models: [
      model(
        "Slate tablet, 10.4 in",
        "Cairn",
        279,
        { screenInch: 10.4 },
        ["slate"],
        sizes({ "64 GB": 0, "128 GB": 50 }),
      ),
      model(
        "Slate Air tablet, 11 in",
        "Cairn",
        449,
        { screenInch: 11 },
        ["sky"],
        sizes({ "128 GB": 0, "256 GB": 90 }),
      ),
      model("Folio e-reader, 7 in", "Cairn", 159, { screenInch: 7, storageGb: 32 }, ["charcoal", "sage"], {
        shape: "e-reader",
      }),
    ],
  },
  {
    key: "power-bank",
    path: "Tech > Desk > Power Banks",
    shape: "power-bank",
    story: "Charges itself and your phone through one cable.",
    models: [
      model("Ration power bank, 5 000 mAh", "Cairn", 24.9, { batteryMah: 5000, watt: 12 }, [
        "blush",
        "white",
      ]),
      model("Reserve power bank, 10 000 mAh", "Cairn", 44.9, { batteryMah: 10000, watt: 22 }, [
        "ink",
        "sage",
      ]),
      model("Depot power bank, 20 000 mAh", "Cairn", 79, { batteryMah: 20000, watt: 65 }, ["charcoal"]),
    ],
  },
  {
    key: "ssd",
    path: "Tech > Desk > Storage",
    shape: "ssd",
    story: "A drive that survives the drop it will have.",
    models: [
      model(
        "Cache portable SSD",
        "Cairn",
        79,
        { megabytesPerSecond: 1000 },
        ["clay"],
        sizes({ "500 GB": 0, "1 TB": 40, "2 TB": 110 }),
      ),
      model(
        "Bedrock rugged SSD",
        "Cairn",
        139,
        { megabytesPerSecond: 2000 },
        ["forest"],
        sizes({ "1 TB": 0, "2 TB": 80 }),
      ),
    ],
  },
  {
    key: "watch",
    path: "Tech > Desk > Watches",
    shape: "watch",
    story: "Maps, steps and the time, in this order of use.",
    models: [
      model("Lap fitness watch", "Halo", 129, { batteryHours: 168, gps: false }, [
        "sage",
        "blush",
        "charcoal",
      ]),
      model("Mile sports watch", "Halo", 249, { batteryHours: 336, gps: true }, ["ink", "rust"]),
      model("Atlas expedition watch", "Halo", 449, { batteryHours: 720, gps: true, maps: true }, [
        "charcoal",
      ]),
    ],
  },
  {
    key: "cable",
    path: "Tech > Desk > Cables & Chargers",
    shape: "cable",
    story: "Braided, so it outlives the pocket.",
    models: [
      model("Braid USB-C cable, 1 m", "Cairn", 14.9, { lengthM: 1, watt: 60 }, ["charcoal", "rust"]),
      model("Braid Long USB-C cable, 2 m", "Cairn", 19.9, { lengthM: 2, watt: 100 }, ["sage"]),
      model("Plug charger, 65 W", "Cairn", 44.9, { watt: 65, ports: 3 }, ["white"], { shape: "charger" }),
    ],
  },
];
