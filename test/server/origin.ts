import { WorkerEntrypoint } from "cloudflare:workers";
import type { Env } from "../../src/env.ts";

export * from "../../src/worker.ts";
export { default } from "../../src/worker.ts";

type Callable = Record<string, (...args: unknown[]) => unknown>;

/** Lets a second process reach this one's objects, as Cloudflare lets every isolate reach them. */
export class Objects extends WorkerEntrypoint<Env> {
  call(
    namespace: "CUSTOMER" | "SITE" | "MODEL" | "LEDGER",
    id: string,
    method: string,
    args: unknown[],
  ): unknown {
    const objects = this.env[namespace] as DurableObjectNamespace;
    return (objects.get(objects.idFromString(id)) as unknown as Callable)[method]!(...args);
  }
}
