import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { demoCatalog } from "./catalog.ts";
import { pictureOf } from "./picture.ts";

/**
 * Writes the demo shop's generated assets: `catalog.json` (every item without what it cost the shop) and `pictures/<id>.svg`.
 * @param outDir folder served at `/demo/`; made when absent
 */
export async function writeDemoAssets(outDir: string): Promise<void> {
  const pictures = join(outDir, "pictures");
  await mkdir(pictures, { recursive: true });
  const catalog = demoCatalog();
  const shown = catalog.map(({ cost: _cost, ...item }) => item);
  await Promise.all([
    writeFile(join(outDir, "catalog.json"), JSON.stringify(shown)),
    ...catalog.map((item) => writeFile(join(pictures, `${item.id}.svg`), pictureOf(item))),
  ]);
}
