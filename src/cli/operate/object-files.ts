import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The worker's name, with which folders of classes begin. */
const PREFIX = "concierge-";

/**
 * Classes in the order in which they are copied while the server runs. Whoever tells is copied after whoever is told, so
 * that a copy of a receiver never knows of something that its teller's copy has not got: ledger before model (it hands
 * erasures on), model before its slices, and persons last of all. What a receiver's copy lacks, the teller sends again.
 */
export const COPY_ORDER = [
  "LedgerObject",
  "CourierObject",
  "ModelObject",
  "BehaviourObject",
  "SiteObject",
  "ImportObject",
  "UnmatchedObject",
  "DraftObject",
  "CustomerObject",
] as const;

/** A database below the folder of the objects: one object, or the alarms of a class. */
export type ObjectFile = { readonly place: string; readonly name: string };

/** Folders of classes that are there, those of the order above first. */
export function placesIn(objects: string): string[] {
  if (!existsSync(objects)) return [];
  const known = COPY_ORDER.map((one) => `${PREFIX}${one}`);
  const rank = (place: string) => (known.indexOf(place) + known.length + 1) % (known.length + 1);
  return readdirSync(objects, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort((a, b) => rank(a) - rank(b));
}

/** Databases of a class, without what SQLite keeps beside them. The class's alarms come last: see `metadata.sqlite`. */
export const databasesIn = (objects: string, place: string): ObjectFile[] =>
  readdirSync(join(objects, place))
    .filter((name) => name.endsWith(".sqlite"))
    .sort((a, b) => Number(a === ALARMS) - Number(b === ALARMS))
    .map((name) => ({ place, name }));

/** Where workerd keeps when the objects of a class want to be woken. */
export const ALARMS = "metadata.sqlite";

export const pathOf = (objects: string, { place, name }: ObjectFile): string => join(objects, place, name);

/** Paths of the objects of a class. */
export const objectsOf = (objects: string, className: (typeof COPY_ORDER)[number]): string[] => {
  const place = `${PREFIX}${className}`;
  if (!existsSync(join(objects, place))) return [];
  return databasesIn(objects, place)
    .filter(({ name }) => name !== ALARMS)
    .map((file) => pathOf(objects, file));
};
