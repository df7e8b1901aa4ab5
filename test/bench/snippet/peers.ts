import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { PAGE } from "../../../src/cli/build-script.ts";
import { PEERS, type Peer } from "./peer-list.ts";

/** Where peers are installed, apart from everything that is ours. */
const FOLDER = join(import.meta.dirname, "peers");

/** A peer's script as a shop would embed it, and where it comes from. */
export type BuiltPeer = Peer & { readonly version: string; readonly script: Uint8Array };

/** What a bench says where peers are missing: it measures ours alone then. */
export const HOW_TO_INSTALL = "Peers are not installed: npm --prefix test/bench/snippet/peers ci";

const manifestOf = (packageName: string): string => join(FOLDER, "node_modules", packageName, "package.json");

/** Peers that are installed, built the way a shop's bundler would: smallest sensible entry, started, one call exposed. */
export async function buildPeers(names?: readonly string[]): Promise<readonly BuiltPeer[]> {
  const wanted = PEERS.filter(({ name }) => names === undefined || names.includes(name));
  const there = wanted.filter(({ packageName }) => existsSync(manifestOf(packageName)));
  if (there.length < wanted.length) console.log(HOW_TO_INSTALL);
  return Promise.all(
    there.map(async (peer) => {
      const { version } = JSON.parse(readFileSync(manifestOf(peer.packageName), "utf8")) as {
        version: string;
      };
      const { outputFiles } = await build({
        ...PAGE,
        stdin: { contents: peer.entry, resolveDir: FOLDER, sourcefile: `${peer.name}.js` },
        define: { "process.env.NODE_ENV": '"production"' },
        write: false,
        logLevel: "error",
      });
      return { ...peer, version, script: outputFiles![0]!.contents };
    }),
  );
}
