import { createHash } from "node:crypto";
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { buildScript, PAGE } from "./build-script.ts";
import { GUARDED, POLICY } from "./page-policy.ts";
import { ROOT } from "./paths.ts";

/** A script that a shop's page may load: its name, its compressed size, and what the page may demand of it. */
export type BuiltScript = {
  readonly name: string;
  /** Address that never changes its content: `concierge.<version>.js`. */
  readonly versioned: string;
  readonly brotliBytes: number;
  /** Subresource integrity, for `integrity="…"` beside the versioned address. */
  readonly integrity: string;
};

/** Bytes of a script as a CDN would send it: Brotli at its best. */
export const brotliBytes = (script: Uint8Array): number =>
  brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

const BINDINGS = ["react", "vue"];

/** Everything a shop's page can load, by name, as bytes. The same source makes the same bytes. */
export async function clientScripts(): Promise<Map<string, Uint8Array>> {
  const at = (path: string): string => join(ROOT, "client", path);
  const scripts: Promise<readonly [string, Uint8Array]>[] = [];
  const add = (name: string, script: Promise<Uint8Array>) =>
    scripts.push(script.then((bytes) => [name, bytes] as const));
  add("concierge.js", buildScript(at("snippet/snippet.ts")));
  add("concierge-shop.js", buildScript(at("presets/shop.ts")));
  add("concierge.mjs", buildScript(at("snippet/module.ts"), { external: [] }));
  for (const name of BINDINGS)
    add(`concierge-${name}.mjs`, buildScript(at(`bindings/${name}.ts`), { external: BINDINGS }));
  add("concierge-element.js", buildScript(at("bindings/element.ts")));
  for (const path of globSync(at("adapters/entries/*.ts")).sort()) {
    const name = basename(path, ".ts");
    add(`concierge-${name}.js`, buildScript(path));
  }
  return new Map(await Promise.all(scripts));
}

/** Writes all scripts under their short names and under names with their version, and says what they weigh. */
export async function buildClient(folder: string): Promise<readonly BuiltScript[]> {
  mkdirSync(folder, { recursive: true });
  for (const stale of globSync(join(folder, "concierge*"))) rmSync(stale);
  await build({
    ...PAGE,
    entryPoints: [join(ROOT, "client/snippet/debug.ts")],
    outfile: join(folder, "concierge-debug.js"),
  });
  // A page of its own rather than a part of the snippet: no page but the customer's account loads it.
  const me = await buildScript(join(ROOT, "client/me/me.ts"));
  const built = [...(await clientScripts()), ["concierge-me.js", me] as const].map(([name, script]) => {
    const digest = createHash("sha384").update(script).digest("base64");
    const version = createHash("sha256").update(script).digest("hex").slice(0, 10);
    const versioned = name.replace(/\.(m?js)$/, `.${version}.$1`);
    for (const file of [name, versioned]) writeFileSync(join(folder, file), script);
    return { name, versioned, brotliBytes: brotliBytes(script), integrity: `sha384-${digest}` };
  });
  // Cloudflare reads this; on one machine the asset server says the same.
  const headers = built.map(
    ({ versioned }) =>
      `/${versioned}\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n`,
  );
  const policy = Object.entries(POLICY).map(([name, value]) => `  ${name}: ${value}\n`);
  const guarded = GUARDED.map((path) => `${path}*\n${policy.join("")}`);
  writeFileSync(
    join(folder, "_headers"),
    `/*\n  Access-Control-Allow-Origin: *\n${headers.join("")}${guarded.join("")}`,
  );
  writeFileSync(join(folder, "concierge-scripts.json"), JSON.stringify(built, null, 2));
  return built;
}
