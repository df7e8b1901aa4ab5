import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { brotliBytes, clientScripts } from "../../src/cli/build-client.ts";

/** Versions of Brotli differ by a few bytes. */
const SLACK = 24;

let scripts: Map<string, Uint8Array>;
beforeAll(async () => {
  scripts = await clientScripts();
}, 60_000);

test("the snippet fits in 4 KB, compressed", () => {
  expect(brotliBytes(scripts.get("concierge.js")!)).toBeLessThanOrEqual(4096);
});

test("what is optional fits in 600 bytes, but for the two that must know the currencies' decimals", () => {
  const large = [...scripts].filter(([name, script]) => /-/.test(name) && brotliBytes(script) > 600);
  expect(large.map(([name]) => name).sort()).toEqual([
    "concierge-ga4.js",
    "concierge-shop.js",
    "concierge-shopify-pixel.js",
  ]);
});

test("the guide and the README say what is so", () => {
  const guide = readFileSync("docs/guide/adapters.md", "utf8");
  const said = [...guide.matchAll(/^\| `(concierge[\w-]*\.js)` \|.*\| (\d+) \|$/gm)];
  expect(said.length).toBeGreaterThan(10);
  for (const [, name, bytes] of said)
    expect(Math.abs(brotliBytes(scripts.get(name!)!) - Number(bytes)), name).toBeLessThanOrEqual(SLACK);
  const [, readme] = /\*\*Snippet\*\*: ([\d,]+) bytes/.exec(readFileSync("README.md", "utf8"))!;
  const snippet = brotliBytes(scripts.get("concierge.js")!);
  expect(Math.abs(snippet - Number(readme!.replace(",", "")))).toBeLessThanOrEqual(SLACK);
});

test("nothing parses markup, evaluates text or touches cookies", () => {
  for (const [name, script] of scripts) {
    const text = Buffer.from(script).toString();
    expect(text.length, name).toBeGreaterThan(200);
    expect(text, name).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.cookie/,
    );
  }
});

test("the same source makes the same bytes", async () => {
  const again = await clientScripts();
  for (const [name, script] of scripts) expect(Buffer.compare(script, again.get(name)!), name).toBe(0);
}, 60_000);
