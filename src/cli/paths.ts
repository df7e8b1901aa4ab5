import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** What is built: assets for the edge, modules for workerd. Never committed. */
export const DIST = join(ROOT, "dist");
/** What a local deployment keeps: secrets and data, in the layout of this number. Never committed. */
export const LOCAL = join(ROOT, ".concierge/2");
