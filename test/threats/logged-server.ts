import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { freePort, WORKERD } from "../../src/cli/serve.ts";
import { sleep } from "./site.ts";
import { must } from "./threat.ts";

/** A server whose every line of output is kept. */
export type LoggedServer = { readonly url: string; readonly log: () => string; readonly stop: () => void };

/** Starts plain workerd as `serve` does, and listens to what it says. */
export async function logged(
  configPath: string,
  dir: string,
  environment: Readonly<Record<string, string>>,
): Promise<LoggedServer> {
  const port = await freePort();
  const [objects, assets] = [`${dir}/logged-objects`, `${dir}/logged-assets`];
  for (const one of [objects, assets]) mkdirSync(one, { recursive: true });
  const places = ["--directory-path", `objects-disk=${objects}`, "--directory-path", `assets-disk=${assets}`];
  const args = ["serve", configPath, "--verbose", "--socket-addr", `http=127.0.0.1:${port}`, ...places];
  const child = spawn(WORKERD, args, { env: { PATH: process.env["PATH"], ...environment } });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (log += chunk.toString("utf8")));
  const url = `http://127.0.0.1:${port}`;
  for (let waited = 0; ; waited += 100) {
    if (
      await fetch(`${url}/health`).then(
        (reply) => reply.ok,
        () => false,
      )
    )
      break;
    must(waited < 15_000 && child.exitCode === null, `the server did not start: ${log.slice(0, 300)}`);
    await sleep(100);
  }
  return { url, log: () => log, stop: () => void child.kill("SIGKILL") };
}
