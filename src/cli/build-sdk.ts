import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { brotliBytes } from "./build-client.ts";
import { ROOT } from "./paths.ts";

/** Modules of the client whose declarations a caller needs, each before those that use it. */
const DECLARED = [
  "wire",
  "problem",
  "ndjson",
  "send",
  "operation",
  "surface",
  "connect",
  "event-id",
  "flags",
];

const FILE = "concierge-sdk.mjs";

/** What the typed client weighs, compressed. */
export const sdkBytes = (assets: string): number => brotliBytes(readFileSync(join(assets, "sdk", FILE)));

/** Writes the typed client into a folder of assets: one module, one file of types, and a package around them. */
export async function buildSdk(assets: string): Promise<void> {
  const folder = join(assets, "sdk");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, FILE);
  const [types] = await Promise.all([
    sdkTypes(),
    build({
      entryPoints: [join(ROOT, "client/sdk/entry.ts")],
      outfile,
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      legalComments: "none",
    }),
  ]);
  writeFileSync(join(folder, "concierge-sdk.d.mts"), types);
  const { version, license } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly version: string;
    readonly license: string;
  };
  const about = {
    name: "concierge-sdk",
    version,
    license,
    type: "module",
    sideEffects: false,
    exports: { ".": { types: "./concierge-sdk.d.mts", default: `./${FILE}` } },
  };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
}

/**
 * The declarations of the client as one file that needs no other: the compiler writes one per module, and what they import
 * of each other is in the same file then.
 */
async function sdkTypes(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "concierge-types-"));
  try {
    const project = join(folder, "tsconfig.json");
    writeFileSync(
      project,
      JSON.stringify({
        extends: join(ROOT, "client/tsconfig.json"),
        compilerOptions: {
          noEmit: false,
          declaration: true,
          emitDeclarationOnly: true,
          rootDir: ROOT,
          outDir: join(folder, "out"),
        },
        include: [],
        files: [join(ROOT, "client/sdk/entry.ts")],
      }),
    );
    await promisify(execFile)(join(ROOT, "node_modules/.bin/tsc"), ["-p", project]);
    const texts = DECLARED.map((name) =>
      readFileSync(join(folder, "out/client/sdk", `${name}.d.ts`), "utf8"),
    );
    const entry = readFileSync(join(folder, "out/client/sdk/entry.d.ts"), "utf8");
    return bundleTypes(texts, entry);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts declarations into one file: nothing is imported, and only what the entry names, and every type, is exported. */
function bundleTypes(texts: readonly string[], entry: string): string {
  const seen = new Set<string>();
  const exported = new Set(
    [...entry.matchAll(/\{([^}]*)\}/g)].flatMap(([, names]) =>
      names!.split(",").map((name) => name.replace(/^\s*type\s/, "").trim()),
    ),
  );
  const bodies = texts.map((text) => {
    for (const [, name] of text.matchAll(
      /^(?:export )?(?:declare )?(?:type|interface|class|const|function) (\w+)/gm,
    )) {
      if (seen.has(name!)) throw new Error(`Two declarations of the client are named ${name}.`);
      seen.add(name!);
    }
    return text
      .replaceAll(/^import .*;\n/gm, "")
      .replaceAll(/^export \{\};\n/gm, "")
      .replaceAll(/^export declare (const|function|class) (\w+)/gm, (whole, kind: string, name: string) =>
        exported.has(name) ? whole : `declare ${kind} ${name}`,
      );
  });
  // Without an export of its own kind a file of declarations would give away everything in it.
  return `${bodies.join("\n")}\nexport {};\n`;
}
