import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** Who may import whom. A room or package not listed on the right is out of bounds. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/core": ["src/core", "valibot", "@valibot/to-json-schema"],
  "src/store": ["src/store", "src/core"],
  "src/import": ["src/import", "src/core", "papaparse", "fast-xml-parser", "valibot"],
  "src/export": ["src/export", "src/core", "hyparquet-writer"],
  "src/objects": [
    "src/objects",
    "src/store",
    "src/core",
    "src/import",
    "src/edge/names.ts",
    "src/edge/hmac.ts",
    "src/edge/length-prefixed.ts",
    "src/edge/seal.ts",
    "src/edge/site-source.ts",
    "src/edge/tokens.ts",
    "src/env.ts",
    "cloudflare:workers",
    "itty-durable",
  ],
  "src/edge": [
    "src/edge",
    "src/core",
    "src/store",
    "src/objects/draft-object.ts",
    "src/objects/customer-object.ts",
    "src/http/access.ts",
    "src/env.ts",
    "itty-durable",
    "jose",
    "isbot",
  ],
  "src/http": ["src/http", "src/core", "src/edge", "src/env.ts"],
  "src/proxy": ["src/proxy", "src/routes", "src/http", "src/core", "src/env.ts", "valibot"],
  "src/routes": [
    "src/routes",
    "src/proxy/front.ts",
    "src/proxy/shops.ts",
    "src/http",
    "src/edge",
    "src/export",
    "src/import",
    "src/store",
    "src/core",
    "src/env.ts",
    "hono",
    "valibot",
  ],
  "src/cli": ["src/cli", "src/core", "valibot", "esbuild", "uglify-js", "smol-toml", "workerd", "node:"],
  "client/snippet": ["client/snippet", "src/core"],
  "client/adapters": ["client/adapters", "client/snippet", "src/core"],
  "client/presets": ["client/adapters", "client/snippet"],
  "client/bindings": ["client/bindings", "src/core", "react", "vue", "valibot"],
  "client/sdk": ["client/sdk", "src/core"],
  "client/docs": ["client/docs", "client/sdk"],
  "client/console": ["client/console", "src/core", "preact", "@zag-js", "uplot", "jsonc-parser"],
  "client/me": ["client/me", "src/core"],
  "client/demo": ["client/demo", "client/snippet", "src/core"],
};

/** From these rooms only types may come: they bring no code along. */
const TYPES_ONLY: readonly (readonly [room: string, from: string])[] = [
  ["src/edge", "src/store"],
  ["src/edge", "src/http"],
  ["src/edge", "src/objects"],
  ["src/routes", "src/store"],
  ["client/snippet", "src/core"],
  ["client/bindings", "src/core"],
  ["client/bindings", "valibot"],
  ["client/console", "src/core"],
];

const roomOf = (path: string): string | undefined =>
  Object.keys(MAY_IMPORT).find((room) => path.startsWith(`${room}/`));
const IMPORT = /^(?:import|export)\b([^"';]*?)from\s*["']([^"']+)["']/gm;
const SIDE_EFFECT = /^import\s*["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\s*\(/;

const files = globSync("{src,client}/**/*.{ts,tsx}").map((path) => path.replaceAll("\\", "/"));
const looked: Record<string, number> = {};

for (const file of files) {
  const room = roomOf(file);
  if (room === undefined) continue;
  looked[room] = (looked[room] ?? 0) + 1;
  test(`${file} stays in bounds`, () => {
    const text = readFileSync(file, "utf8");
    const specifiers = [...text.matchAll(IMPORT)].map((match) => ({
      isType: /^\s*type\b/.test(match[1]!),
      from: match[2]!,
    }));
    for (const match of text.matchAll(SIDE_EFFECT)) specifiers.push({ isType: false, from: match[1]! });
    if (room === "src/core") expect(DYNAMIC.test(text), "src/core may not import dynamically").toBe(false);
    for (const { isType, from } of specifiers) {
      const target = from.startsWith(".") ? normalize(join(dirname(file), from)).replaceAll("\\", "/") : from;
      const isAllowed = MAY_IMPORT[room]!.some(
        (allowed) =>
          target === allowed ||
          target.startsWith(`${allowed}/`) ||
          (allowed.endsWith(":") && target.startsWith(allowed)),
      );
      expect(isAllowed, `${room} may not import ${target}`).toBe(true);
      const isTypesOnly = TYPES_ONLY.some(([of, source]) => of === room && target.startsWith(`${source}/`));
      if (isTypesOnly) expect(isType, `${room} may import only types from ${target}`).toBe(true);
    }
  });
}

test("the guard looked into every room", () => {
  for (const room of Object.keys(MAY_IMPORT)) expect(looked[room] ?? 0, room).toBeGreaterThan(0);
  expect(files.length).toBeGreaterThan(100);
});

test("only the front door and the rooms it opens lie in src", () => {
  const strays = files.filter((file) => file.startsWith("src/") && roomOf(file) === undefined);
  expect(strays.sort()).toEqual(["src/env.ts", "src/worker.ts"]);
});
