import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { BUCKET_CHECKSUMS } from "../core/feature/bucket-checksum.ts";
import { launchBrowser } from "../support/browser.ts";

// A million by BUCKETS=1000000.
test("units lie in a browser where they lie in node and workerd", async () => {
  const units = process.env["BUCKETS"] === "1000000" ? 1_000_000 : 100_000;
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../core/feature/bucket-checksum.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "buckets",
    charset: "ascii",
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]!.text });
    expect(await page.evaluate(`buckets.bucketChecksum(${units})`)).toBe(BUCKET_CHECKSUMS[units]);
  } finally {
    await browser.close();
  }
});
