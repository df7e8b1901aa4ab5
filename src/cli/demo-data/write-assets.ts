import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CatalogItem } from "../../core/catalog/item.ts";
import { demoCatalog } from "./catalog.ts";
import { pictureOf } from "./picture.ts";

/** What the page may know of an item: everything but what it cost the shop. */
export type DemoItem = Omit<CatalogItem, "cost">;

/**
 * Writes the demo shop's generated assets: `catalog.json` (a `DemoItem[]`) and `pictures/<id>.svg`.
 * @param outDir folder served at `/demo/`; made when absent
 */
export async function writeDemoAssets(outDir: string): Promise<void> {
  const pictures = join(outDir, "pictures");
  await mkdir(pictures, { recursive: true });
  const catalog = demoCatalog();
  const shown = catalog.map(({ cost: _cost, ...item }): DemoItem => item);
  await Promise.all([
    writeFile(join(outDir, "catalog.json"), JSON.stringify(shown)),
    ...catalog.map((item) => writeFile(join(pictures, `${item.id}.svg`), pictureOf(item))),
  ]);
}
