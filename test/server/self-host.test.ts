import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { carries } from "../../src/cli/operate/room.ts";
import { parseSecrets } from "../../src/cli/operate/secrets-file.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { freePort } from "../../src/cli/serve.ts";

const dir = mkdtempSync(join(tmpdir(), "concierge-host-"));
const data = join(dir, "data");
const random = () => randomBytes(32).toString("base64url");
const SECRETS = { CONCIERGE_SECRET: random(), OPERATOR_KEY: random() };
const file = join(dir, "secrets");
writeFileSync(
  file,
  `# ours\nCONCIERGE_SECRET=${SECRETS.CONCIERGE_SECRET}\nexport OPERATOR_KEY='${SECRETS.OPERATOR_KEY}'\n`,
  {
    mode: 0o600,
  },
);
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

type Host = {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
};

/** The command, as a service manager starts it. */
function host(args: readonly string[], env: Record<string, string> = {}): Host {
  const child = spawn(process.execPath, [join(ROOT, "src/cli/self-host.ts"), "--no-build", ...args], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  void ended.then(() => running.delete(child));
  return { child, said: () => said, ended };
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/ready`).then(
    (reply) => reply.ok,
    () => false,
  );
const untilServed = (one: Host): Promise<void> =>
  expect.poll(() => one.said(), { timeout: 25_000 }).toContain("Serving at");

test("it serves with production settings, says what there is room for, and ends on SIGTERM with nothing left behind", async () => {
  const port = await freePort();
  // Not even where the environment asks for it.
  const one = host([`--data=${data}`, `--port=${port}`, `--secrets=${file}`], { ALLOW_HEADLESS: "1" });
  await untilServed(one);
  expect(one.said()).toMatch(/Disk +\d[\d,]* GB free/);
  expect(one.said()).toMatch(/Inodes +/);
  expect(one.said()).toMatch(/Descriptors +\d[\d,]*: [\d,]+ objects open at once/);
  expect(one.said()).not.toContain(SECRETS.CONCIERGE_SECRET);
  const keys = await call<SiteKeys>(`http://127.0.0.1:${port}/v1/sites`, {
    key: SECRETS.OPERATOR_KEY,
    body: { origin: "https://shop.example" },
  });
  const reply = await fetch(`http://127.0.0.1:${port}/v1/decide`, {
    method: "POST",
    headers: { origin: "https://shop.example", "user-agent": "HeadlessChrome/120.0" },
    body: JSON.stringify({
      key: keys.writeKey,
      consent: { personalization: true },
      slots: [{ id: "trending" }],
    }),
  });
  expect(await reply.json()).toMatchObject({ degraded: "bot_suspected" });

  const second = host([`--data=${data}`, `--port=${await freePort()}`, `--secrets=${file}`]);
  expect(await second.ended).toBe(78);
  expect(second.said()).toContain("is in use by process");

  const workerd = Number(/\(process (\d+)\)/.exec(one.said())![1]);
  expect(() => process.kill(workerd, 0)).not.toThrow();
  one.child.kill("SIGTERM");
  expect(await one.ended).toBe(0);
  expect(() => process.kill(workerd, 0)).toThrow(/ESRCH/);
  expect(await answers(port)).toBe(false);
  expect(existsSync(join(data, "serving.pid"))).toBe(false);
}, 60_000);

test("a server that ends by itself is a failure, which a service manager tries again", async () => {
  const one = host([`--data=${join(dir, "crashed")}`, `--port=${await freePort()}`, `--secrets=${file}`]);
  await untilServed(one);
  process.kill(Number(/\(process (\d+)\)/.exec(one.said())![1]), "SIGKILL");
  expect(await one.ended).toBe(1);
}, 30_000);

test.skipIf(process.platform !== "linux" || !existsSync("/usr/bin/setpriv"))(
  "kill -9 of the command takes the server with it, and the next start is not kept from the folder",
  async () => {
    const port = await freePort();
    const args = [`--data=${join(dir, "killed")}`, `--port=${port}`, `--secrets=${file}`];
    const one = host(args);
    await untilServed(one);
    one.child.kill("SIGKILL");
    await one.ended;
    await expect.poll(() => answers(port)).toBe(false);
    const again = host(args);
    await untilServed(again);
    again.child.kill("SIGTERM");
    expect(await again.ended).toBe(0);
  },
  60_000,
);

const REFUSED: readonly [what: string, env: Record<string, string>, said: RegExp][] = [
  ["no secret at all", {}, /CONCIERGE_SECRET and OPERATOR_KEY are missing/],
  ["no operator's key", { CONCIERGE_SECRET: SECRETS.CONCIERGE_SECRET }, /OPERATOR_KEY is missing/],
  ["a short one", { ...SECRETS, CONCIERGE_SECRET: "too-short" }, /at least 32 characters/],
  [
    "one out of documentation",
    { ...SECRETS, CONCIERGE_SECRET: "change-me-change-me-change-me-please-1234" },
    /that nobody can guess/,
  ],
  [
    "a guessable operator's key",
    { ...SECRETS, OPERATOR_KEY: "operator-password-1234567890" },
    /OPERATOR_KEY must/,
  ],
];
test.each(REFUSED)("%s is refused with its cure, and nothing is served", async (_, env, said) => {
  const fresh = join(dir, `refused-${random().slice(0, 8)}`);
  const port = await freePort();
  const one = host([`--data=${fresh}`, `--port=${port}`], env);
  expect(await one.ended).toBe(78);
  expect(one.said()).toMatch(said);
  expect(one.said()).toContain("openssl rand -base64 32");
  expect(one.said()).not.toContain("too-short");
  expect(await answers(port)).toBe(false);
  // Nothing keeps it from being served with a right one.
  expect(existsSync(join(fresh, "concierge.json"))).toBe(false);
});

test("another secret than the folder was made with is refused: nothing in it could be reached", async () => {
  const one = host([`--data=${data}`, `--port=${await freePort()}`], {
    ...SECRETS,
    CONCIERGE_SECRET: random(),
  });
  expect(await one.ended).toBe(78);
  expect(one.said()).toContain("was made with another CONCIERGE_SECRET");
  expect(readFileSync(join(data, "concierge.json"), "utf8")).not.toContain(SECRETS.CONCIERGE_SECRET);
});

test("secrets that everybody can read are refused", async () => {
  const open = join(dir, "open");
  writeFileSync(open, readFileSync(file));
  chmodSync(open, 0o644);
  const one = host([`--data=${data}`, `--secrets=${open}`]);
  expect(await one.ended).toBe(78);
  expect(one.said()).toContain(`chmod 600 ${open}`);
});

test("secrets are read as lines or as JSON", () => {
  const lines = "# no=1\nOPERATOR_KEY = \"op_a b\" \nexport TOKEN_SECRET='x=y'\n\nlower=1\n";
  expect(parseSecrets(lines)).toEqual({ OPERATOR_KEY: "op_a b", TOKEN_SECRET: "x=y" });
  expect(parseSecrets(' {"OPERATOR_KEY":"z"}')).toEqual({ OPERATOR_KEY: "z" });
});

test("what a machine carries is the least of what it has", () => {
  const room = { freeBytes: 28 * 1024 * 1_000, freeInodes: 500, descriptors: 1_100 };
  expect(carries(room)).toEqual({ byDisk: 1_000, byInodes: 500, openAtOnce: 300 });
  expect(carries({ ...room, descriptors: 10 }).openAtOnce).toBe(0);
});
