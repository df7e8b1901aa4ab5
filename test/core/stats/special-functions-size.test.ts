import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** Everything that is a special function: no test statistic, no estimate. */
const FILES = [
  "chi-square",
  "digamma",
  "gauss-hermite",
  "gauss-legendre",
  "hypergeometric",
  "incomplete-beta",
  "incomplete-gamma",
  "log-gamma",
  "normal",
  "student-t",
];

test("the special functions fit in 6 KB, compressed", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: FILES.map((file) => `export * from "./${file}.ts";`).join("\n"),
      resolveDir: "src/core/stats",
    },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  const bytes = outputFiles[0]!.contents;
  expect(Buffer.from(bytes).toString()).toMatch(/as studentTQuantile\b.*\}/);
  expect(gzipSync(bytes, { level: 9 }).length).toBeLessThanOrEqual(6 * 1024);
});
