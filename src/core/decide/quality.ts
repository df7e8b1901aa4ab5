import type { CatalogItem } from "../catalog/item.ts";

/** What a number of an item measures, in words for a shopper, and which way is better. */
type Quality = {
  readonly noun: string;
  readonly dimension: Dimension;
  readonly better: "more" | "less";
  /** The kinds of product for which it is so; absent: all. */
  readonly onlyFor?: RegExp;
};

type Dimension =
  | "data"
  | "mass"
  | "volume"
  | "length"
  | "distance"
  | "time"
  | "charge"
  | "energy"
  | "power"
  | "sound"
  | "light"
  | "pixels"
  | "rate"
  | "pieces";

/** Units by their usual spelling, with their size in the dimension's own unit. */
const UNITS: ReadonlyMap<string, readonly [Dimension, number]> = new Map(
  Object.entries({
    data: { mb: 0.001, gb: 1, tb: 1000 },
    mass: { g: 1, gram: 1, grams: 1, kg: 1000, oz: 28.349523125, lb: 453.59237, lbs: 453.59237 },
    volume: {
      ml: 1,
      cl: 10,
      l: 1000,
      liter: 1000,
      liters: 1000,
      litre: 1000,
      litres: 1000,
      gal: 3785.411784,
    },
    length: { mm: 1, cm: 10, inch: 25.4, inches: 25.4 },
    distance: { km: 1, mile: 1.609344, miles: 1.609344 },
    time: {
      minute: 1,
      minutes: 1,
      hour: 60,
      hours: 60,
      month: 43_830,
      months: 43_830,
      year: 525_960,
      years: 525_960,
    },
    charge: { mah: 1, ah: 1000 },
    energy: { wh: 1, kwh: 1000 },
    power: { watt: 1, watts: 1, kw: 1000 },
    sound: { db: 1, dba: 1 },
    light: { lm: 1, lumen: 1, lumens: 1 },
    pixels: { mp: 1, megapixel: 1, megapixels: 1 },
    rate: { hz: 1 },
    pieces: { ct: 1, count: 1, pcs: 1, pieces: 1 },
  } satisfies Record<Dimension, Record<string, number>>).flatMap(([dimension, units]) =>
    Object.entries(units).map(([unit, size]) => [unit, [dimension as Dimension, size]] as const),
  ),
);

/** What people carry: the lighter, the better. Of a dumbbell nobody says so. */
const CARRIED =
  /\b(laptops?|notebooks?|tablets?|(smart|head|ear)?phones?|cameras?|earbuds|backpacks?|rucksacks?|tents?|strollers?|pushchairs?|luggage|suitcases?|bicycles?|bikes?)\b/i;

const more = (noun: string, dimension: Dimension): Quality => ({ noun, dimension, better: "more" });
const less = (noun: string, dimension: Dimension): Quality => ({ noun, dimension, better: "less" });

const BATTERY = [more("battery life", "time"), more("battery", "charge"), more("battery", "energy")];
const CONTENT = [more("content", "mass"), more("content", "volume"), more("content", "pieces")];
const ENERGY = [less("energy use", "energy"), less("energy use", "power")];
const NOISE = [less("noise", "sound")];
const PIXELS = [more("resolution", "pixels")];
const LIGHT = [more("light", "light")];

/** What is known to be better, by the words of an attribute's name without its unit. About the rest nothing is said. */
const QUALITIES: ReadonlyMap<string, readonly Quality[]> = new Map(
  Object.entries({
    storage: [more("storage", "data")],
    memory: [more("memory", "data")],
    ram: [more("memory", "data")],
    capacity: [more("capacity", "volume"), more("capacity", "mass")],
    battery: BATTERY,
    "battery life": BATTERY,
    "battery capacity": BATTERY,
    resolution: PIXELS,
    megapixels: PIXELS,
    light: LIGHT,
    brightness: LIGHT,
    lumen: LIGHT,
    warranty: [more("warranty", "time")],
    range: [more("range", "distance")],
    screen: [more("screen", "length")],
    "screen size": [more("screen", "length")],
    "refresh rate": [more("refresh rate", "rate")],
    "package size": CONTENT,
    "pack size": CONTENT,
    "net weight": CONTENT,
    "net content": CONTENT,
    contents: CONTENT,
    noise: NOISE,
    "noise level": NOISE,
    weight: [{ ...less("weight", "mass"), onlyFor: CARRIED }],
    energy: ENERGY,
    "energy use": ENERGY,
    "energy consumption": ENERGY,
    "power consumption": ENERGY,
    "charging time": [less("charging time", "time")],
  }),
);

/** A quality of one item in its dimension's unit. */
export type Measured = { readonly quality: Quality; readonly value: number };

/**
 * The known qualities of an item, by noun and dimension. The unit stands in the attribute's name ("storageGb": 512) or in
 * its text ("package_size": "14 OZ"); what has no unit, no known name or two different values is left out.
 * @example measuredOf(laptop).get("storage data") // { quality: { noun: "storage", … }, value: 512 }
 */
export function measuredOf({ attributes = {}, type = "" }: CatalogItem): Map<string, Measured> {
  const found = new Map<string, Measured>();
  const unsure = new Set<string>();
  for (const [name, stated] of Object.entries(attributes)) {
    const one = measure(name, stated);
    if (!one || one.quality.onlyFor?.test(type) === false) continue;
    const key = `${one.quality.noun} ${one.quality.dimension}`;
    const other = found.get(key);
    if (other && other.value !== one.value) unsure.add(key);
    found.set(key, one);
  }
  for (const key of unsure) found.delete(key);
  return found;
}

const QUANTITY = /^\s*(\d{1,9}(?:\.\d{1,6})?|\.\d{1,6})\s*([a-z]+)\s*$/i;

function measure(name: string, stated: string | number | boolean): Measured | undefined {
  const words = wordsOf(name);
  const inText = typeof stated === "string" ? QUANTITY.exec(stated) : undefined;
  const inName = words.at(-1) ?? "";
  const unit = UNITS.get(inText ? inText[2]!.toLowerCase() : inName);
  const number = inText ? Number(inText[1]) : stated;
  if (!unit || typeof number !== "number" || !(number > 0) || !Number.isFinite(number)) return undefined;
  const [dimension, size] = unit;
  const isUnitLast = UNITS.has(inName) && words.length > 1;
  const qualities = QUALITIES.get((isUnitLast ? words.slice(0, -1) : words).join(" "));
  const quality = qualities?.find((one) => one.dimension === dimension);
  const value = number * size;
  return quality && Number.isFinite(value) ? { quality, value } : undefined;
}

/** The words of a name. @example wordsOf("batteryLife_hours") // ["battery", "life", "hours"] */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
