import app from "../../src/worker.ts";
import type { Env } from "../../src/env.ts";

export * from "../../src/worker.ts";

type First = { call(namespace: string, id: string, method: string, args: unknown[]): Promise<unknown> };

/** A namespace whose ids are computed here and whose objects live in the other process. */
function remote(env: Env & { FIRST: First }, name: "CUSTOMER" | "SITE" | "MODEL" | "LEDGER"): unknown {
  const local = env[name] as DurableObjectNamespace;
  return {
    idFromName: (text: string) => local.idFromName(text),
    idFromString: (text: string) => local.idFromString(text),
    get: (id: DurableObjectId) =>
      new Proxy(
        {},
        {
          get: (_, method) =>
            method === "then"
              ? undefined
              : (...args: unknown[]) => env.FIRST.call(name, id.toString(), String(method), args),
        },
      ),
  };
}

/** The same Worker in a process without objects of its own: what another isolate is on Cloudflare. */
export default {
  fetch(request: Request, env: Env & { FIRST: First }, ctx: ExecutionContext): Response | Promise<Response> {
    const objects = Object.fromEntries(
      (["CUSTOMER", "SITE", "MODEL", "LEDGER"] as const).map((name) => [name, remote(env, name)]),
    );
    return app.fetch(request, { ...env, ...objects } as Env, ctx);
  },
};
