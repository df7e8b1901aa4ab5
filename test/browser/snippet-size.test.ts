import { brotliCompressSync, constants } from "node:zlib";
import { expect, test } from "vitest";
import { buildSnippet } from "./snippet-stage.ts";

const brotli = (bytes: Uint8Array): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

test("the snippet fits in 4 KB, compressed", async () => {
  expect(brotli(await buildSnippet())).toBeLessThanOrEqual(4096);
});

test("the snippet never parses markup, evaluates text or touches cookies", async () => {
  const text = Buffer.from(await buildSnippet()).toString();
  expect(text.length).toBeGreaterThan(1000);
  expect(text).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.cookie/,
  );
});

test("the same source makes the same bytes", async () => {
  expect(Buffer.compare(await buildSnippet(), await buildSnippet())).toBe(0);
});
