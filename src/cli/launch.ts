import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { DIST } from "./paths.ts";
import type { SETTINGS } from "./settings.ts";

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
  /** 0 or absent: a free one, which workerd chooses. */
  readonly port?: number;
  /** Address to listen on; default: this machine only. */
  readonly host?: string;
  /** Where `"origin": "local"` of the setting `PROXY` leads, as `<host>:<port>`. */
  readonly origin?: string;
  readonly configPath?: string;
  /** Default: what the build made. */
  readonly assetsDir?: string;
  readonly quiet?: boolean;
  /** Settings such as `LOG_REQUESTS`, by name. None is set unless it is asked for here. */
  readonly settings?: Readonly<Partial<Record<(typeof SETTINGS)[number], string>>>;
  /** The server ends when this process does, however that ends. Where the machine can see to it. */
  readonly isBound?: boolean;
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
export async function isTaken(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(true));
    server.listen(port, host, () => server.close(() => resolve(false)));
  });
}

/** Descriptors as many as one may have: every open object takes three, and Node cannot raise the limit itself. */
const RAISE = 'ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)" || true';
/** Linux tells the server when its parent dies; elsewhere it stays, and whoever started both has to end it. */
const BIND = 'command -v setpriv >/dev/null 2>&1 && exec setpriv --pdeathsig TERM "$0" "$@"';

/** The port that workerd says it listens on. Asked for none, it takes a free one: nobody else can have taken it meanwhile. */
function portOf(control: Readable): Promise<number> {
  return new Promise((resolve) =>
    createInterface({ input: control }).on("line", (line) => {
      const { event, socket, port } = JSON.parse(line) as Record<string, unknown>;
      if (event === "listen" && socket === "http") resolve(port as number);
    }),
  );
}

const isHealthy = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    (reply) => reply.ok,
    () => false,
  );

/** Starts plain workerd on the built worker, objects on local disk, and waits until it answers. */
export async function launch(serving: Serving): Promise<Served> {
  const { dataDir, secrets, configPath, assetsDir, quiet, settings, isBound } = serving;
  const host = serving.host ?? "127.0.0.1";
  mkdirSync(dataDir, { recursive: true });
  const args = [
    "serve",
    configPath ?? join(DIST, "workerd.capnp"),
    "--control-fd=3",
    "--socket-addr",
    `http=${host}:${serving.port ?? 0}`,
    "--directory-path",
    `objects-disk=${dataDir}`,
    "--directory-path",
    `assets-disk=${assetsDir ?? join(DIST, "assets")}`,
    ...(serving.origin === undefined ? [] : ["--external-addr", `origin=${serving.origin}`]),
  ];
  const output = quiet ? "ignore" : "inherit";
  const child = spawn(
    "sh",
    ["-c", `${RAISE}; ${isBound ? `${BIND}; ` : ""}exec "$0" "$@"`, WORKERD, ...args],
    {
      env: { PATH: process.env["PATH"], ...settings, ...secrets },
      stdio: ["ignore", output, output, "pipe"],
    },
  );
  const listening = portOf(child.stdio[3] as Readable);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  let url: string | undefined;
  void listening.then((port) => (url = `http://${name}:${port}`));
  for (let waited = 0; ; waited += 50) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(
        `workerd ended with ${child.exitCode === null ? child.signalCode : `code ${child.exitCode}`} before it answered.`,
      );
    if (url !== undefined && (await isHealthy(url))) break;
    if (waited > 60_000) {
      child.kill("SIGKILL");
      throw new Error("workerd did not answer within 60 s.");
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
