import { build, type BuildOptions, type Plugin } from "esbuild";
import { minify } from "uglify-js";

/** How everything is made that a page loads by a script tag. */
export const PAGE: BuildOptions = {
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
};

/** Names that only our own files see: letters do for them. */
const INTERNAL = /^(own|isFilled|isEdge)$/;

/**
 * A script as a shop's page loads it, as small as we can: bundled by esbuild, then minified by UglifyJS, which for code
 * like this saves another 4 % of the compressed size. The same source makes the same bytes.
 * @param external modules that the page brings: the output is then a module itself
 */
export async function buildScript(
  entry: string,
  { plugins = [], external }: { readonly plugins?: Plugin[]; readonly external?: string[] } = {},
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...PAGE,
    entryPoints: [entry],
    minify: false,
    mangleProps: INTERNAL,
    write: false,
    plugins,
    ...(external ? { format: "esm", external } : {}),
  });
  const { code, error } = minify(outputFiles![0]!.text, {
    module: external !== undefined,
    compress: { passes: 4, pure_getters: true, keep_fargs: false, inline: 2 },
    mangle: true,
  });
  if (error) throw error;
  return new TextEncoder().encode(code);
}
