/**
 * What everything weighs on its way to a page: Brotli 11 of the scripts as they are served, module by module of the
 * snippet, and peers beside it. Exact, and the same on every machine.
 */
import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { STUB } from "../../../client/bindings/stub.ts";
import { brotliBytes, clientScripts } from "../../../src/cli/build-client.ts";
import { buildScript, PAGE } from "../../../src/cli/build-script.ts";
import { buildPeers } from "./peers.ts";
import { showTable } from "./table.ts";

/** A script's minified bytes, and those after Brotli. */
export type Weight = {
  readonly name: string;
  readonly minified: number;
  readonly brotli: number;
  /** What it may weigh, where that is limited. */
  readonly limit?: number;
};
/** A module's share of the snippet. Compressed together, modules have no weight of their own: theirs is prorated. */
export type ModuleWeight = { readonly name: string; readonly minified: number; readonly brotliShare: number };

const ROOT = join(import.meta.dirname, "../../..");
const CORE = "concierge.js";
const CORE_LIMIT = 4096;
const EXTRA_LIMIT = 600;
const STUB_LIMIT = 350;

export async function run(): Promise<{
  size: { own: readonly Weight[]; modules: readonly ModuleWeight[]; peers: readonly Weight[] };
  failed: string[];
}> {
  const own = await weighOwn();
  const modules = await weighModules(own.find(({ name }) => name === CORE)!.brotli);
  const peers = (await buildPeers()).map(({ name, version, does, script }) => ({
    ...weigh(`${name} ${version}`, script),
    does,
  }));
  const cells = ({ name, minified, brotli }: Weight): (string | number)[] => [name, minified, brotli];
  showTable(
    "size: bytes of ours, as served",
    ["script", "min", "brotli", "limit"],
    own.map((weight) => [...cells(weight), weight.limit ?? "-"]),
  );
  showTable(
    "size: modules of the snippet, by esbuild",
    ["module", "min", "brotli share"],
    modules.map(({ name, minified, brotliShare }) => [name, minified, brotliShare]),
  );
  if (peers.length > 0)
    showTable(
      "size: peers",
      ["package", "min", "brotli", "does"],
      peers.map((peer) => [...cells(peer), peer.does]),
    );
  const failed = own
    .filter(({ brotli, limit = Infinity }) => brotli > limit)
    .map(({ name, brotli, limit }) => `size: ${name} has ${brotli} bytes, not ${limit}`);
  return { size: { own, modules, peers }, failed };
}

const weigh = (name: string, script: Uint8Array): Weight => ({
  name,
  minified: script.length,
  brotli: brotliBytes(script),
});

/** What is loaded instead of the snippet, and has it inside: the module, and the presets. */
const WHOLE = [
  "concierge.mjs",
  ...globSync("*.ts", { cwd: join(ROOT, "client/presets") }).map(
    (path) => `concierge-${basename(path, ".ts")}.js`,
  ),
];
/** Only whoever asks for it loads it. */
const DEBUG = "concierge-debug.js";

async function weighOwn(): Promise<readonly Weight[]> {
  const scripts = await clientScripts();
  scripts.set(DEBUG, await buildScript(join(ROOT, "client/snippet/debug.ts")));
  const weights = [...scripts].map(([name, script]): Weight => {
    const weight = weigh(name, script);
    if (name === CORE) return { ...weight, limit: CORE_LIMIT };
    return [...WHOLE, DEBUG].includes(name) ? weight : { ...weight, limit: EXTRA_LIMIT };
  });
  return [...weights, { ...weigh("inline stub", new TextEncoder().encode(STUB)), limit: STUB_LIMIT }];
}

async function weighModules(brotli: number): Promise<readonly ModuleWeight[]> {
  const { metafile } = await build({
    ...PAGE,
    absWorkingDir: ROOT,
    entryPoints: ["client/snippet/snippet.ts"],
    metafile: true,
    write: false,
  });
  const { bytes, inputs } = Object.values(metafile!.outputs)[0]!;
  return Object.entries(inputs)
    .map(([name, { bytesInOutput }]) => ({
      name,
      minified: bytesInOutput,
      brotliShare: Math.round((brotli * bytesInOutput) / bytes),
    }))
    .sort((a, b) => b.minified - a.minified);
}
