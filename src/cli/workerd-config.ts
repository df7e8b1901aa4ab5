import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { SECRETS, SETTINGS } from "./settings.ts";

/** What we read of wrangler.toml; `workerd serve` does not read that file, and two descriptions would part ways. */
type Wrangler = {
  readonly name: string;
  readonly compatibility_date: string;
  readonly compatibility_flags?: readonly string[];
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly assets?: { readonly directory: string; readonly binding: string };
  readonly durable_objects: {
    readonly bindings: readonly { readonly name: string; readonly class_name: string }[];
  };
  readonly migrations: readonly { readonly new_sqlite_classes?: readonly string[] }[];
};

const text = (value: string): string => JSON.stringify(value);

/**
 * Derives workerd's configuration from wrangler.toml: objects, assets, variables. Everything that runs outside
 * Cloudflare (start, self-hosting, crash tests, benches) goes through here. `worker` and `assets` are module files
 * beside the configuration. Keys of objects are `<name>-<class>`; ids derive from them, so they never change.
 */
export function deriveWorkerdConfig(
  tomlPath: string,
  files: { readonly worker: string; readonly assetServer: string },
): string {
  const wrangler = parse(readFileSync(tomlPath, "utf8")) as unknown as Wrangler;
  const sqlite = new Set(wrangler.migrations.flatMap((one) => one.new_sqlite_classes ?? []));
  const namespaces = wrangler.durable_objects.bindings.map(({ class_name: name }) => {
    return `(className = ${text(name)}, uniqueKey = ${text(`${wrangler.name}-${name}`)}, enableSql = ${sqlite.has(name)})`;
  });
  const bindings = [
    ...wrangler.durable_objects.bindings.map(
      (one) => `(name = ${text(one.name)}, durableObjectNamespace = ${text(one.class_name)})`,
    ),
    ...Object.entries(wrangler.vars ?? {}).map(
      ([name, value]) => `(name = ${text(name)}, text = ${text(String(value))})`,
    ),
    ...[...SECRETS, ...SETTINGS].map((name) => `(name = ${text(name)}, fromEnvironment = ${text(name)})`),
    `(name = "ORIGIN", service = "origin")`,
    ...(wrangler.assets ? [`(name = ${text(wrangler.assets.binding)}, service = "assets")`] : []),
  ];
  const settings = `compatibilityDate = ${text(wrangler.compatibility_date)},
  compatibilityFlags = [${(wrangler.compatibility_flags ?? []).map(text).join(", ")}]`;
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "assets", worker = .assets),
    (name = "assets-disk", disk = (writable = false)),
    (name = "objects-disk", disk = (writable = true)),
    (name = "origin", external = (address = "127.0.0.1:9", http = ())),
  ],
  sockets = [(name = "http", http = (), service = "main")],
);

const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed ${text(files.worker)})],
  ${settings},
  durableObjectNamespaces = [
    ${namespaces.join(",\n    ")},
  ],
  durableObjectStorage = (localDisk = "objects-disk"),
  bindings = [
    ${bindings.join(",\n    ")},
  ],
);

const assets :Workerd.Worker = (
  modules = [(name = "asset-server.js", esModule = embed ${text(files.assetServer)})],
  ${settings},
  bindings = [(name = "DISK", service = "assets-disk")],
);
`;
}
