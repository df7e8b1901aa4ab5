import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve, type Served, type Serving } from "../../src/cli/serve.ts";
import { bundleInto } from "../crash/bundle.ts";
import { Internet } from "./internet.ts";
import type { Ground, Network, Patch } from "./threat.ts";

/** A browser as people have one. */
const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Whoever takes longer to answer has stalled. */
const ANSWER_MS_MAX = 20_000;

export type Sending = {
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes as it is, bytes too, anything else as JSON. */
  readonly body?: unknown;
};

export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; an empty object where it is none. */
  readonly json: Record<string, unknown>;
};

/** A server on plain workerd with some defence switched off, or none, and all there is to attack it with. */
export class Stage {
  readonly patch: Patch | undefined;
  readonly dir: string;
  readonly internet: Internet;
  readonly secrets: ReturnType<typeof localSecrets>;
  readonly configPath: string;
  readonly #settings: Readonly<Record<string, string>>;
  #served: Served;
  #sites = 0;

  private constructor(
    made: Pick<Stage, "patch" | "dir" | "internet" | "secrets">,
    configPath: string,
    settings: Readonly<Record<string, string>>,
    served: Served,
  ) {
    this.patch = made.patch;
    this.dir = made.dir;
    this.internet = made.internet;
    this.secrets = made.secrets;
    this.configPath = configPath;
    this.#settings = settings;
    this.#served = served;
  }

  static async open(patch: Patch | undefined, ground: Ground = {}): Promise<Stage> {
    const dir = mkdtempSync(join(tmpdir(), "concierge-threat-"));
    const internet = await Internet.open();
    const secrets = localSecrets(dir);
    const plant = patch && { name: patch.name, note: patch.name, caughtBy: [], edits: patch.edits };
    const configPath = await bundleInto(join(dir, "bundle"), plant, {});
    const config = readFileSync(configPath, "utf8");
    writeFileSync(configPath, reaching(config, ground.network ?? "stand-in", internet.port));
    mkdirSync(join(dir, "assets"));
    // No browser without a window is let in here: bots are part of what is tried.
    const settings = {
      ALLOW_HEADLESS: "0",
      CLEAR_AFTER_MS: "1000",
      ...ground.settings,
    };
    const served = await start(dir, configPath, secrets, settings);
    return new Stage({ patch, dir, internet, secrets }, configPath, settings, served);
  }

  get url(): string {
    return this.#served.url;
  }

  get dataDir(): string {
    return join(this.dir, "objects");
  }

  get workerPath(): string {
    return join(this.dir, "bundle/worker.js");
  }

  get pid(): number {
    return this.#served.process.pid!;
  }

  /** A name for a site that nobody else on this server has. */
  nextHost(): string {
    return `shop-${process.pid}-${++this.#sites}.example`;
  }

  /** One exchange. Never throws for what the server answers; throws when it does not. */
  async send(method: string, path: string, { key, headers, body }: Sending = {}): Promise<Reply> {
    const isText = typeof body === "string" || body instanceof Uint8Array;
    const reply = await fetch(this.url + path, {
      method,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
      headers: {
        "user-agent": BROWSER,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? (body as string) : JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, text, json: jsonOf(text) };
  }

  /** Whether the server answers at all, and soon. */
  async isAlive(): Promise<boolean> {
    const signal = AbortSignal.timeout(3_000);
    return fetch(`${this.url}/health`, { signal }).then(
      (reply) => reply.ok,
      () => false,
    );
  }

  /** Stops the server, lets its files be changed, and starts it again. */
  async restart(between: () => void = () => undefined, settings: Record<string, string> = {}): Promise<void> {
    await this.#served.stop();
    between();
    this.#served = await start(this.dir, this.configPath, this.secrets, { ...this.#settings, ...settings });
  }

  /** `kill -9`, and a new start. */
  async kill(): Promise<void> {
    await this.#served.stop("SIGKILL");
    this.#served = await start(this.dir, this.configPath, this.secrets, this.#settings);
  }

  /** A second server of the same build with other secrets, on files of its own. */
  async beside(secrets: Partial<Serving["secrets"]>): Promise<Served> {
    const dataDir = mkdtempSync(join(this.dir, "beside-"));
    const all = { ...this.secrets, ...secrets };
    return serve({
      dataDir,
      configPath: this.configPath,
      assetsDir: join(this.dir, "assets"),
      secrets: all,
      settings: this.#settings,
      quiet: true,
    });
  }

  async close(): Promise<void> {
    await this.#served.stop("SIGKILL").catch(() => undefined);
    this.internet.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function start(
  dir: string,
  configPath: string,
  secrets: Serving["secrets"],
  settings: Record<string, string>,
): Promise<Served> {
  return serve({
    dataDir: join(dir, "objects"),
    assetsDir: join(dir, "assets"),
    configPath,
    secrets,
    settings,
    quiet: true,
  });
}

function reaching(config: string, network: Network, port: number): string {
  if (network === "public") return config;
  if (network === "any")
    return config.replace(
      "services = [",
      'services = [(name = "internet", network = (allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),',
    );
  return config
    .replace(
      "services = [",
      `services = [(name = "stand-in", external = (address = "127.0.0.1:${port}", http = ())),`,
    )
    .replace("durableObjectStorage =", 'globalOutbound = "stand-in",\n  durableObjectStorage =');
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
