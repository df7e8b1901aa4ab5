import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve, type Served } from "../../src/cli/serve.ts";
import { openFilesOf, rssMbOf } from "../bench/serve/process.ts";
import { bundleInto } from "../crash/bundle.ts";
import { filesIn } from "../threats/files.ts";
import type { Ground } from "./scenario.ts";

/** Objects of people have their files here, below the data folder. */
const CUSTOMERS = "CustomerObject";

type Made = { readonly dir: string; readonly dataDir: string; readonly configPath: string };

/** A server as it runs in production, plain workerd with the objects on disk, in a folder of its own. */
export class Place {
  readonly dir: string;
  readonly dataDir: string;
  readonly secrets: ReturnType<typeof localSecrets>;
  readonly #configPath: string;
  readonly #settings: Readonly<Record<string, string>>;
  #served: Served;

  private constructor({ dir, dataDir, configPath }: Made, settings: Ground["settings"], served: Served) {
    this.dir = dir;
    this.dataDir = dataDir;
    this.secrets = localSecrets(dir);
    this.#configPath = configPath;
    this.#settings = settings;
    this.#served = served;
    process.once("exit", this.#abandon);
  }

  /**
   * Built anew from the sources, into a folder of its own.
   * @param mount where the objects go instead, made by whoever calls from the folder it is given
   */
  static async open(ground: Ground, mount?: (dir: string) => string): Promise<Place> {
    const dir = mkdtempSync(join(tmpdir(), "concierge-load-"));
    try {
      const plant = { name: "load", note: "", caughtBy: [], edits: ground.edits };
      const configPath = await bundleInto(join(dir, "bundle"), plant, {});
      const made = { dir, dataDir: mount?.(dir) ?? join(dir, "objects"), configPath };
      return new Place(made, ground.settings, await start(made, ground.settings));
    } catch (error) {
      rmSync(dir, { recursive: true, force: true });
      throw error;
    }
  }

  get url(): string {
    return this.#served.url;
  }
  get port(): number {
    return Number(new URL(this.url).port);
  }
  get rssMb(): number {
    return rssMbOf(this.#pid) ?? Number.NaN;
  }
  get openFiles(): number {
    return openFilesOf(this.#pid) ?? Number.NaN;
  }
  get #pid(): number {
    return this.#served.process.pid!;
  }

  /** People's objects that are awake: those whose database is open. */
  awake(): number {
    const dir = `/proc/${this.#pid}/fd`;
    const open = new Set<string>();
    for (const fd of readdirSync(dir)) {
      try {
        const path = readlinkSync(join(dir, fd));
        if (path.includes(CUSTOMERS) && path.endsWith(".sqlite")) open.add(path);
      } catch {
        // Closed between the list and the look.
      }
    }
    return open.size;
  }

  /** People's objects that have a file. */
  stored(): number {
    return filesIn(this.dataDir).filter((path) => path.includes(CUSTOMERS) && path.endsWith(".sqlite"))
      .length;
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#served = await start(this, this.#settings, this.#configPath);
  }

  /** Stops the server; its files stay. */
  stop(): Promise<void> {
    return this.#served.stop();
  }

  async close(): Promise<void> {
    process.off("exit", this.#abandon);
    await this.#served.stop("SIGKILL");
    rmSync(this.dir, { recursive: true, force: true });
  }

  readonly #abandon = (): void => void this.#served.process.kill("SIGKILL");
}

function start(
  { dir, dataDir, configPath }: Omit<Made, "configPath"> & { readonly configPath?: string | undefined },
  settings: Ground["settings"],
  config = configPath,
): Promise<Served> {
  const assetsDir = join(dir, "assets");
  if (config !== undefined) mkdirSync(assetsDir, { recursive: true });
  return serve({
    dataDir,
    secrets: localSecrets(dir),
    quiet: true,
    // No browser without a window is let in, as in production.
    settings: { ALLOW_HEADLESS: "0", ...settings },
    ...(config === undefined ? {} : { configPath: config, assetsDir }),
  });
}
