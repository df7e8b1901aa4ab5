import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { parse } from "smol-toml";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../src/cli/paths.ts";

/** The free plan's limit on a Worker's size, compressed (Cloudflare Workers "Limits", 2026-11): the strictest there is. */
const GZIP_BYTES_MAX = 3 * 1024 * 1024;
/** Static files of the free plan: how many, and how large each (Cloudflare Workers "Static assets limits"). */
const ASSETS_MAX = 20_000;
const ASSET_BYTES_MAX = 25 * 1024 * 1024;

type Wrangler = {
  readonly durable_objects: { readonly bindings: readonly { name: string; class_name: string }[] };
  readonly migrations: readonly { tag: string; new_sqlite_classes?: readonly string[] }[];
  readonly assets: { readonly directory: string };
  readonly compatibility_flags: readonly string[];
};
const wrangler = parse(readFileSync(join(ROOT, "wrangler.toml"), "utf8")) as unknown as Wrangler;
const dir = mkdtempSync(join(tmpdir(), "concierge-deploy-"));
let worker = "";
let output = "";

beforeAll(() => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--outdir", dir],
    {
      cwd: ROOT,
      encoding: "utf8",
      timeout: 60_000,
      // Nobody is told that we tried, and nobody has to be there to be told.
      env: {
        PATH: process.env["PATH"],
        HOME: dir,
        CI: "1",
        WRANGLER_SEND_METRICS: "false",
        HTTPS_PROXY: "http://127.0.0.1:9",
        HTTP_PROXY: "http://127.0.0.1:9",
      },
    },
  );
  output = `${stdout}\n${stderr}`;
  expect(status, output).toBe(0);
  worker = readFileSync(join(dir, "worker.js"), "utf8");
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("wrangler makes the Worker without a network and without a warning", () => {
  expect(output).toContain("--dry-run: exiting now.");
  expect(output).not.toMatch(/\bWARNING\b|\[ERROR\]/);
});

test("it is smaller than any plan's limit, and so are the static files", () => {
  const bytes = gzipSync(worker).length;
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThan(GZIP_BYTES_MAX);
  const assets = readdirSync(join(ROOT, wrangler.assets.directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
  expect(assets.length).toBeGreaterThan(20);
  expect(assets.length).toBeLessThan(ASSETS_MAX);
  expect(Math.max(...assets)).toBeLessThan(ASSET_BYTES_MAX);
});

test("it needs nothing of Node's: workerd alone runs it", async () => {
  expect(wrangler.compatibility_flags).not.toContain("nodejs_compat");
  const { metafile } = await build({
    entryPoints: [join(dir, "worker.js")],
    bundle: true,
    format: "esm",
    packages: "external",
    external: ["cloudflare:*"],
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect([...new Set(imported)]).toEqual(["cloudflare:workers"]);
});

test("every class that is bound is exported, and made by exactly one migration", () => {
  const bound = wrangler.durable_objects.bindings.map((one) => one.class_name);
  expect(bound.length).toBeGreaterThan(7);
  const exported = new Set(
    [...worker.matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, names]) =>
      names!.split(",").map((one) =>
        one
          .trim()
          .split(/\s+as\s+/)
          .at(-1)!,
      ),
    ),
  );
  for (const name of bound) expect(exported, name).toContain(name);
  const made = wrangler.migrations.flatMap((one) => one.new_sqlite_classes ?? []);
  expect(made.toSorted()).toEqual([...new Set(bound)].toSorted());
  expect(new Set(wrangler.migrations.map((one) => one.tag)).size).toBe(wrangler.migrations.length);
});

test("no secret stands in what is uploaded", () => {
  const text = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  expect(text).not.toMatch(/^\s*(CONCIERGE_SECRET|OPERATOR_KEY|TOKEN_SECRET)\s*=/m);
});
