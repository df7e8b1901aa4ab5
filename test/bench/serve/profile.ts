import { spawn } from "node:child_process";
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { freePort, isTaken, WORKERD, type Serving } from "../../../src/cli/serve.ts";
import { DIST } from "../../../src/cli/paths.ts";
import type { Target } from "./contenders.ts";

/** V8's CPU profile, as far as it is read here (Chrome DevTools Protocol, Profiler.Profile). Times in microseconds. */
export type CpuProfile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

export type Inspected = Target & { readonly inspectorPort: number; stop(): Promise<void> };

/** Starts plain workerd as `serve` does, with its inspector open. */
export async function serveInspected({
  dataDir,
  secrets,
  configPath,
  settings,
}: Serving & { readonly configPath: string }): Promise<Inspected> {
  mkdirSync(dataDir, { recursive: true });
  const [port, inspectorPort] = [await freePort(), await freePort()];
  const args = [
    "serve",
    configPath,
    "--socket-addr",
    `http=127.0.0.1:${port}`,
    `--inspector-addr=127.0.0.1:${inspectorPort}`,
    "--directory-path",
    `objects-disk=${dataDir}`,
    "--directory-path",
    `assets-disk=${join(DIST, "assets")}`,
  ];
  const child = spawn("sh", ["-c", 'ulimit -n 65536 2>/dev/null || true; exec "$0" "$@"', WORKERD, ...args], {
    env: { PATH: process.env["PATH"], ALLOW_HEADLESS: "1", ...settings, ...secrets },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for (let waited = 0; !(await isTaken(port)); waited += 50) {
    if (child.exitCode !== null || waited > 20_000)
      throw new Error("workerd with its inspector did not start.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    inspectorPort,
    stop: async () => {
      child.kill();
      await gone;
    },
  };
}

/** Profiles the server's isolate while some work goes on, and writes what DevTools and editors open. */
export async function profileDuring(
  inspectorPort: number,
  path: string,
  work: () => Promise<unknown>,
): Promise<CpuProfile> {
  const targets = (await (await fetch(`http://127.0.0.1:${inspectorPort}/json`)).json()) as {
    id: string;
    webSocketDebuggerUrl: string;
  }[];
  const target =
    targets.find(({ webSocketDebuggerUrl }) => webSocketDebuggerUrl.endsWith("/main")) ?? targets[0];
  if (!target) throw new Error("The inspector shows no worker.");
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  let id = 0;
  const send = (method: string, params: object = {}) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const mine = ++id;
      const hear = ({ data }: MessageEvent) => {
        const message = JSON.parse(String(data)) as {
          id?: number;
          result?: Record<string, unknown>;
          error?: { message: string };
        };
        if (message.id !== mine) return;
        socket.removeEventListener("message", hear);
        if (message.error) reject(new Error(`${method}: ${message.error.message}`));
        else resolve(message.result ?? {});
      };
      socket.addEventListener("message", hear);
      socket.send(JSON.stringify({ id: mine, method, params }));
    });
  try {
    await send("Profiler.enable");
    await send("Profiler.setSamplingInterval", { interval: 200 });
    await send("Profiler.start");
    await work();
    const profile = (await send("Profiler.stop"))["profile"] as CpuProfile;
    writeFileSync(path, JSON.stringify(profile));
    return profile;
  } finally {
    socket.close();
  }
}

/** Where the time went, by function: milliseconds of its own and share of the whole profile, most first. */
export function topFunctions(
  profile: CpuProfile,
  count: number,
): { function: string; line: number; ms: number; share: string }[] {
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const totals = new Map<string, { function: string; line: number; us: number }>();
  let whole = 0;
  profile.samples.forEach((node, i) => {
    const { functionName, lineNumber } = frames.get(node)!;
    const key = `${functionName}:${lineNumber}`;
    const total = totals.get(key) ?? { function: functionName || "(anonymous)", line: lineNumber + 1, us: 0 };
    total.us += profile.timeDeltas[i] ?? 0;
    whole += profile.timeDeltas[i] ?? 0;
    totals.set(key, total);
  });
  return [...totals.values()]
    .sort((a, b) => b.us - a.us)
    .slice(0, count)
    .map(({ us, ...rest }) => ({
      ...rest,
      ms: Math.round(us / 100) / 10,
      share: `${((100 * us) / whole).toFixed(1)} %`,
    }));
}
