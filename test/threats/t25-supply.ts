import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../src/cli/paths.ts";
import { bundleInto } from "../crash/bundle.ts";
import { snippetOf } from "./patching.ts";
import { Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const RUNTIME_MAX = 12;
/** What keys and secrets look like: ours, and those that people leave behind. */
const SECRETS =
  /\b[psa]k_[a-z0-9-]{3,80}_[A-Za-z0-9_-]{32}\b|\bop_[A-Za-z0-9_-]{32}\b|whsec_[A-Za-z0-9+/]{40,}|-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b/;
/** Samples that examples of the documentation must show. */
const SHOWN = /whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|_A{32}|_x{32}|_…/;
const OLD = [
  "/v0/events",
  "/v2/events",
  "/v1beta/decide",
  "/v1/decide/",
  "/v1//decide",
  "/v1/admin",
  "/v1/debug",
  "/v1/internal",
  "/.git/config",
  "/.env",
  "/v1/../.env",
  "/secrets.json",
];

type Manifest = {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
};
type Lock = {
  readonly packages: Record<
    string,
    { readonly resolved?: string; readonly integrity?: string; readonly link?: boolean }
  >;
};

/** Not the same twice, as a build with a date or a random number in it. */
const drifting = {
  file: "src/core/primitives/hash.ts",
  find: "let hash = 0x811c9dc5;",
  get replace(): string {
    return `let hash = 0x811c9dc5 + 0 * ${Math.random()};`;
  },
};

export const supply: Threat = {
  id: "T25",
  title:
    "Come in through the build: a secret in it, a dependency nobody knows, an old version that still answers",
  off: [
    { name: "a build that is the same twice", edits: [drifting] },
    {
      name: "a tree without secrets",
      edits: [
        {
          file: "src/routes/get-health.ts",
          find: "status:",
          replace: `key: "sk_shop-example-1f0a9c3e_${"k3JxQ0mVbT7yLr9uWcE2nHs5dGa8fPz1"}", status:`,
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const plant = stage.patch && { name: stage.patch.name, note: "", caughtBy: [], edits: stage.patch.edits };
    const built: string[] = [];
    for (const name of ["one", "two"]) {
      await bundleInto(join(stage.dir, "clean", name), plant, {});
      const dir = join(stage.dir, "clean", name);
      built.push(
        ["worker.js", "asset-server.js", "workerd.capnp"]
          .map((file) => readFileSync(join(dir, file), "utf8").replaceAll(dir, ""))
          .join("\n") + (await snippetOf(stage.patch)),
      );
    }
    tries.held(built[0] === built[1], "two clean builds differ");
    tries.held(!SECRETS.test(built[0]!), "a secret stands in the build");
    tries.held(!built[0]!.includes(ROOT), "the build tells where it was made");

    const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
      cwd: ROOT,
      encoding: "utf8",
    })
      .trim()
      .split("\n");
    must(files.length > 100, "the tree was not listed");
    for (const file of files) {
      if (!existsSync(join(ROOT, file)) || file.startsWith("test/")) continue;
      const found = SECRETS.exec(readFileSync(join(ROOT, file), "utf8"))?.[0];
      tries.held(
        found === undefined || SHOWN.test(found),
        `${file} holds what looks like a secret: ${found?.slice(0, 12)}`,
      );
      tries.held(!/(^|\/)(\.env|\.dev\.vars|secrets\.json|[^/]*\.pem)$/.test(file), `${file} is in the tree`);
    }
    const { vars } = {
      vars: /\[vars\][^[]*/.exec(readFileSync(join(ROOT, "wrangler.toml"), "utf8"))?.[0] ?? "",
    };
    tries.held(!/SECRET|KEY/.test(vars), "wrangler.toml holds a secret as a variable");

    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;
    const runtime = Object.entries(manifest.dependencies);
    tries.held(
      runtime.length <= RUNTIME_MAX,
      `${runtime.length} runtime dependencies, of ${RUNTIME_MAX} allowed`,
    );
    for (const [name, range] of runtime)
      tries.held(/^\d+\.\d+\.\d+/.test(range), `${name} is not pinned: ${range}`);
    const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as Lock;
    const packages = Object.entries(lock.packages).filter(([path, one]) => path !== "" && !one.link);
    const loose = packages.filter(([, one]) => one.integrity === undefined).map(([path]) => path);
    if (loose.length > 0)
      tries.gap(
        `${loose.length} packages for other machines have no integrity in the lockfile: ${loose.join(", ")}`,
      );
    const elsewhere = packages.filter(
      ([, one]) => one.resolved !== undefined && !one.resolved.startsWith("https://registry.npmjs.org/"),
    );
    tries.held(elsewhere.length === 0, `${elsewhere[0]?.[0]} comes from elsewhere than the registry`);
    const loosely = Object.entries(manifest.devDependencies).filter(([, range]) => !/^\d/.test(range));
    if (loosely.length > 0)
      tries.gap(
        `tools that are not pinned: ${loosely.map(([name, range]) => `${name} ${range}`).join(", ")}`,
      );
    const npmrc = join(ROOT, ".npmrc");
    if (!existsSync(npmrc) || !/ignore-scripts\s*=\s*true/.test(readFileSync(npmrc, "utf8")))
      tries.gap("installing may run scripts of dependencies: there is no .npmrc with ignore-scripts=true");
    tries.gap(
      "no bill of materials, no signed provenance and no SRI hash of the snippet is published with a build",
    );

    const site = await Site.open(stage);
    for (const path of OLD)
      for (const method of ["GET", "POST"]) {
        const reply = await stage.send(method, path, {
          key: site.keys.adminKey,
          ...(method === "POST" ? { body: {} } : {}),
        });
        tries.held(
          [401, 404, 405, 410].includes(reply.status),
          `${method} ${path} was answered ${reply.status}`,
        );
      }
    await site.publish({
      holdout: { share: 0 },
      rules: [{ id: "hide", then: [{ do: "hide", items: ["i2"] }] }],
    });
    const back = await site.owner("POST", "/v1/config/rollback", { revision: 2 });
    const now = await site.owner("GET", "/v1/config");
    tries.held(back.status === 200 && !now.text.includes("hide"), "a config cannot be taken back");
    const revisions = (await site.owner("GET", "/v1/config/revisions")).json["revisions"] as {
      author: string;
    }[];
    tries.held(
      revisions.every(({ author }) => author !== ""),
      "a revision has no author",
    );
    return tries.outcome(
      `two builds, ${files.length} files, ${runtime.length} runtime and ${packages.length} locked packages, old and unknown addresses`,
    );
  },
};
