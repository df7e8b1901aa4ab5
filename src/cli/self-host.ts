import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { isTaken, launch } from "./launch.ts";
import { isBuilt } from "./operate/built.ts";
import { admitSecret, dataFolder, lock, writeAbout } from "./operate/data-folder.ts";
import { EXIT, Refusal, runCommand } from "./operate/refusal.ts";
import { provideReserve } from "./operate/reserve.ts";
import { roomOf, tellRoom } from "./operate/room.ts";
import { markOf, readDeployment } from "./operate/secrets-file.ts";
import { DIST } from "./paths.ts";

const USAGE = `npm run self-host -- --data <folder>   serves a real shop from this machine

  --port <n>             default 8787
  --host <address>       default 127.0.0.1: put a proxy with TLS in front
  --secrets <file>|env   NAME=value lines or JSON, readable by you alone; default env
  --origin <host:port>   the shop's own server, where this one stands in front of it ("origin": "local")
  --no-build             serves what was built, though the sources may be newer`;

async function selfHost(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      port: { type: "string", default: "8787" },
      host: { type: "string", default: "127.0.0.1" },
      secrets: { type: "string", default: "env" },
      origin: { type: "string" },
      "no-build": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.data === undefined) throw new Refusal("Where shall the data lie?", USAGE);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Refusal(`--port ${values.port} is no port.`, "A number from 1 to 65535.");
  const { secrets, settings } = readDeployment(values.secrets, process.env);
  const folder = dataFolder(values.data);
  const unlock = lock(folder);
  process.once("exit", unlock);
  const about = admitSecret(folder, markOf(secrets.CONCIERGE_SECRET));
  const room = tellRoom(folder.objects, roomOf(folder.objects));
  provideReserve(folder.objects);
  if (await isTaken(port, values.host))
    throw new Refusal(`Port ${port} of ${values.host} is taken.`, "Choose another: --port 8788");
  await provideBuild(values["no-build"]);
  const served = await launch({
    dataDir: folder.objects,
    secrets,
    port,
    host: values.host,
    isBound: true,
    ...(values.origin === undefined ? {} : { origin: values.origin }),
    settings: {
      ...(about.restoredAt === undefined ? {} : { RESTORED_AT: String(about.restoredAt) }),
      ...settings,
    },
  });
  let isEnding = false;
  const ended = new Promise<number>((resolve) => {
    served.process.once("exit", () => resolve(isEnding ? EXIT.done : EXIT.failed));
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        isEnding = true;
        void served.stop();
      });
  });
  // Whether the secrets are any good is the server's to say: one place knows.
  const ready = await fetch(`${served.url}/ready`);
  if (!ready.ok) {
    const { detail } = (await ready.json()) as { detail: string };
    isEnding = true;
    await served.stop();
    throw new Refusal(
      detail,
      "openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\\n' makes one that will do.",
    );
  }
  writeAbout(folder, about);
  console.log(`Serving at ${served.url} (process ${served.process.pid}).

${room.join("\n")}
Data          ${folder.objects}${about.restoredAt === undefined ? "" : `\nRestored      ${new Date(about.restoredAt).toISOString()}: objects ask the erase ledger first`}

  npm run site -- create https://shop.example --api ${served.url} --operator-key …
  ${served.url}/ready   ${served.url}/metrics

SIGTERM ends it.`);
  const code = await ended;
  if (code !== EXIT.done) console.error("workerd ended by itself. The log above says why.");
  return code;
}

async function provideBuild(isAsIs: boolean): Promise<void> {
  if (isAsIs ? existsSync(`${DIST}/workerd.capnp`) : isBuilt()) return;
  if (isAsIs) throw new Refusal("Nothing is built yet.", "npm run build");
  console.log("Building …");
  // Only here: a machine that serves what was built elsewhere need not have what builds.
  const { buildAll } = await import("./build.ts");
  await buildAll();
}

await runCommand(selfHost);
