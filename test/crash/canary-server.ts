import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DIST } from "../../src/cli/paths.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { freePort, serve, type Served } from "../../src/cli/serve.ts";
import type { CanaryPerson, Letter } from "./canary-person.ts";

export type Answered = {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly code?: string;
    /** What became of each event; a shop system is told the word alone. */
    readonly events?: readonly (string | { readonly status: string })[];
  };
};

export const statusOf = (event: string | { readonly status: string }): string =>
  typeof event === "string" ? event : event.status;

const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Plain workerd that is stopped, killed and started again on the same files; everybody's letters go through here. */
export class CanaryServer {
  readonly #dir: string;
  readonly #configPath: string;
  readonly #clearAfterMs: number;
  #port = 0;
  #served: Served | undefined;

  constructor(dir: string, configPath: string, clearAfterMs: number) {
    this.#dir = dir;
    this.#configPath = configPath;
    this.#clearAfterMs = clearAfterMs;
  }

  get dataDir(): string {
    return join(this.#dir, "objects");
  }
  get url(): string {
    return this.#served!.url;
  }
  get operatorKey(): string {
    return localSecrets(this.#dir).OPERATOR_KEY;
  }

  async start(): Promise<void> {
    this.#port ||= await freePort();
    const assetsDir = join(DIST, "assets");
    if (!existsSync(assetsDir)) mkdirSync(assetsDir, { recursive: true });
    this.#served = await serve({
      dataDir: this.dataDir,
      secrets: localSecrets(this.#dir),
      port: this.#port,
      configPath: this.#configPath,
      assetsDir,
      quiet: true,
      settings: { CLEAR_AFTER_MS: String(this.#clearAfterMs), BUDGET_FACTOR: "1000" },
    });
  }

  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    await this.#served?.stop(signal);
    this.#served = undefined;
  }

  /** Sends a letter with the cookies of whoever it is about, and keeps those that come back. */
  async send({ method, path, body, type, headers, key }: Letter, person?: CanaryPerson): Promise<Answered> {
    const cookie = [...(person?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(`${this.#served!.url}${path}`, {
      method,
      headers: {
        "content-type": type ?? "application/json",
        "user-agent": BROWSER,
        ...headers,
        ...(key === undefined ? (cookie === "" ? {} : { cookie }) : { authorization: `Bearer ${key}` }),
      },
      ...(body === "" ? {} : { body }),
    });
    for (const line of key === undefined ? reply.headers.getSetCookie() : []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === "") person?.cookies.delete(name!);
      else person?.cookies.set(name!, value!);
    }
    return { status: reply.status, body: (await reply.json()) as Answered["body"] };
  }

  /** The same where nothing but a success will do; all of its events have to be taken. */
  async demand(letter: Letter, person?: CanaryPerson): Promise<Answered["body"]> {
    const { status, body } = await this.send(letter, person);
    const refused = body.events?.find((event) => statusOf(event) === "rejected");
    if (status >= 300 || refused)
      throw new Error(
        `${letter.method} ${letter.path} answered ${status} ${JSON.stringify(refused ?? body)}`,
      );
    person?.letters.push(letter);
    return body;
  }
}
