import { freePort, serve, type Served } from "../../src/cli/serve.ts";
import type { localSecrets } from "../../src/cli/secrets.ts";

type Place = {
  readonly dataDir: string;
  readonly configPath: string;
  readonly assetsDir: string;
  readonly secrets: ReturnType<typeof localSecrets>;
  /** Whether the server may write to this process's own output. */
  readonly isLoud: boolean;
};

/** Plain workerd on one port, killed and started again as often as one likes. */
export class Server {
  readonly #place: Place;
  readonly #port: number;
  #served: Served;
  /** Milliseconds from each kill to the server's first answer. */
  readonly downMs: number[] = [];
  /** Milliseconds from each kill to the first event that was acknowledged after it. */
  readonly recoveryMs: number[] = [];
  #killedAt: number | undefined;

  private constructor(place: Place, port: number, served: Served) {
    this.#place = place;
    this.#port = port;
    this.#served = served;
  }

  static async start(place: Place): Promise<Server> {
    const port = await freePort();
    const server = new Server(place, port, await launch(place, port));
    process.once("exit", server.#abandon);
    return server;
  }

  get url(): string {
    return this.#served.url;
  }

  /** `kill -9`, without a word of warning, and a new start at once. */
  async kill(): Promise<void> {
    this.#killedAt = performance.now();
    await this.#served.stop("SIGKILL");
    this.#served = await launch(this.#place, this.#port);
    this.downMs.push(performance.now() - this.#killedAt);
  }

  /** To be told of every acknowledgement: the first one after a kill ends its outage. */
  answered(): void {
    if (this.#killedAt === undefined || this.downMs.length === this.recoveryMs.length) return;
    this.recoveryMs.push(performance.now() - this.#killedAt);
  }

  async stop(): Promise<void> {
    process.off("exit", this.#abandon);
    await this.#served.stop();
  }

  /** Nothing goes on serving when this process ends early. */
  readonly #abandon = (): void => void this.#served.process.kill("SIGKILL");
}

const launch = (place: Place, port: number): Promise<Served> =>
  serve({ ...place, port, quiet: !place.isLoud });
