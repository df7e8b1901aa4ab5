import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { ROOT } from "./paths.ts";

/** An endpoint as the Worker's own table has it, as far as the client and the reference need it. */
export type ApiEndpoint = {
  readonly method: string;
  /** @example "/v1/keys/:id" */
  readonly path: string;
  readonly summary: string;
  readonly callers: readonly string[] | "public" | "operator";
  readonly request?: unknown;
  readonly accepts?: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<number, { readonly description: string; readonly type?: string | null }>>;
  /** Name of the function that answers. */
  readonly handler: string;
};

export type JsonSchema = { readonly [field: string]: unknown };

/** The Worker's OpenAPI document, as `GET /openapi.json` gives it. */
export type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
};

export type Api = { readonly endpoints: readonly ApiEndpoint[]; readonly document: ApiDocument };

const SOURCE = `
import { TABLE } from "./src/routes/table.ts";
import { describeAll } from "./src/http/openapi.ts";
export const endpoints = TABLE.map(({ handle, ...told }) => ({ ...told, handler: handle.name }));
export const document = JSON.parse(JSON.stringify(describeAll(TABLE)));
`;

/** Reads the table of endpoints out of the Worker's source: what is described is what is deployed. */
export async function readApi(): Promise<Api> {
  return (await runSource(SOURCE)) as Api;
}

/** Bundles a module of the repository as the Worker is bundled, runs it here, and gives back what it exports. */
export async function runSource(contents: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
    keepNames: true,
    logLevel: "error",
  });
  const folder = mkdtempSync(join(tmpdir(), "concierge-source-"));
  const file = join(folder, "source.mjs");
  writeFileSync(file, outputFiles[0]!.text);
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
