import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { DIST } from "./paths.ts";
import type { SETTINGS } from "./workerd-config.ts";

/** The binary's path. Required, not imported: loaders disagree on what a CommonJS default is. */
export const WORKERD = (createRequire(import.meta.url)("workerd") as { default: string }).default;

export type Served = {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends the server and waits until it is gone. `SIGKILL` for crash tests. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
};

export type Serving = {
  readonly dataDir: string;
  readonly secrets: Readonly<Record<"CONCIERGE_SECRET" | "OPERATOR_KEY", string>>;
  /** 0 or absent: any free port of 127.0.0.1. */
  readonly port?: number;
  readonly configPath?: string;
  /** Default: what the build made. */
  readonly assetsDir?: string;
  readonly quiet?: boolean;
  /** Settings such as `ALLOW_HEADLESS`, by name. */
  readonly settings?: Readonly<Partial<Record<(typeof SETTINGS)[number], string>>>;
};

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Whether something answers on a port of this machine. */
export async function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(true));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(false)));
  });
}

/** Starts plain workerd on the built worker, objects on local disk, and waits until it answers. */
export async function serve({
  dataDir,
  secrets,
  port,
  configPath,
  assetsDir,
  quiet,
  settings,
}: Serving): Promise<Served> {
  mkdirSync(dataDir, { recursive: true });
  const listenOn = port || (await freePort());
  const args = [
    "serve",
    configPath ?? join(DIST, "workerd.capnp"),
    "--socket-addr",
    `http=127.0.0.1:${listenOn}`,
    "--directory-path",
    `objects-disk=${dataDir}`,
    "--directory-path",
    `assets-disk=${assetsDir ?? join(DIST, "assets")}`,
  ];
  // Every open object takes three file descriptors; a shell raises the limit, since Node cannot.
  const child = spawn(
    "sh",
    [
      "-c",
      'ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)" || true; exec "$0" "$@"',
      WORKERD,
      ...args,
    ],
    {
      // Somebody on their own machine is no bot, whatever browser they drive and however fast.
      env: { PATH: process.env["PATH"], ALLOW_HEADLESS: "1", ...settings, ...secrets },
      stdio: ["ignore", quiet ? "ignore" : "inherit", quiet ? "ignore" : "inherit"],
    },
  );
  const url = `http://127.0.0.1:${listenOn}`;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (let waited = 0; ; waited += 50) {
    if (child.exitCode !== null)
      throw new Error(`workerd ended with code ${child.exitCode} before it answered.`);
    if (
      await fetch(`${url}/health`).then(
        (reply) => reply.ok,
        () => false,
      )
    )
      break;
    if (waited > 20_000) {
      child.kill("SIGKILL");
      throw new Error("workerd did not answer within 20 s.");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    process: child,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      await gone;
    },
  };
}
