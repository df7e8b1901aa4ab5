import { addressOf, type Said } from "./address.ts";
import { keyFor, textOf } from "./body.ts";
import { tableOf, type Table } from "./ndjson.ts";
import type { Form, Method, Operation, OperationName, Versioned } from "./operation.ts";
import { ConciergeProblem } from "./problem.ts";
import { send, type ClientSettings } from "./send.ts";
import { SURFACE } from "./surface.ts";

type ClientOf<Surface> = {
  readonly [Key in keyof Surface]: Surface[Key] extends Operation<infer Name, infer As>
    ? Method<Name, As>
    : ClientOf<Surface[Key]>;
};

/** Everything a deployment can be asked, by what it is about. */
export type Concierge = ClientOf<typeof SURFACE>;

/**
 * A client of one deployment, for one key. It keeps no state but what it is given, and sends nothing by itself.
 * @example
 * const shop = concierge({ api: "https://edge.example", key: process.env.CONCIERGE_KEY });
 * const { slots } = await shop.decide({ customerId: "c-1", slots: [{ id: "home-top" }] });
 */
export function concierge(settings: ClientSettings): Concierge {
  const api = settings.api.replace(/\/+$/, "");
  if (!/^https?:\/\/[^/]/.test(api))
    throw new TypeError("`api` is where the Worker is: https://edge.example");
  // Whoever reads the page reads the key, and with it everything about the shop's customers.
  if (settings.key?.startsWith("sk_") && "document" in globalThis)
    throw new TypeError("A server's key must never be in a page. Pages use the one that begins with pk_.");
  return grow(SURFACE, { ...settings, api }) as Concierge;
}

type Surface = { readonly [key: string]: Operation | Surface };

function grow(surface: Surface, settings: ClientSettings): object {
  return Object.fromEntries(
    Object.entries(surface).map(([key, one]) => [
      key,
      isOperation(one) ? method(one, settings) : grow(one, settings),
    ]),
  );
}

const isOperation = (one: Operation | Surface): one is Operation => typeof one["name"] === "string";

/** An operation's function. Whether it takes a body is told by its method: a POST without one has nothing but ids to say. */
function method(
  { name, form, isRepeatable }: Operation,
  settings: ClientSettings,
): Method<OperationName, Form> {
  const [verb, path] = name.split(" ") as [string, string];
  const takesBody = (verb === "POST" || verb === "PUT") && !BODILESS.has(name);
  const ask = async (...given: readonly unknown[]): Promise<unknown> => {
    const [body, said = {}] = (takesBody ? given : [undefined, ...given]) as [unknown, Said?];
    const { text, type } = textOf(body, said.type);
    const keyed = keyFor(settings.key, path, text);
    const headers: Record<string, string> = { ...keyed.headers };
    if (type !== undefined && !keyed.isSimple) headers["content-type"] = type;
    if (said.ifMatch !== undefined) headers["if-match"] = said.ifMatch;
    if (said.ifNoneMatch !== undefined) headers["if-none-match"] = said.ifNoneMatch;
    const { signal, timeoutMs } = said;
    return send(
      settings,
      {
        method: verb,
        url: settings.api + addressOf(path, said),
        headers,
        body: keyed.body,
        signal,
        timeoutMs,
        isRepeatable,
        // The Worker gives that permission, but not for cookies.
        isAnonymous: settings.key?.startsWith("pk_") === true && !keyed.isSimple,
        isFile: form === "file",
      },
      (response) => read(response, form),
    );
  };
  return ask as Method<OperationName, Form>;
}

/** POSTs that take nothing. */
const BODILESS: ReadonlySet<string> = new Set<OperationName>(["POST /v1/webhooks/:id/test"]);

async function read(response: Response, form: Form): Promise<unknown> {
  if (form === "file") return tableOf(response) satisfies Table;
  const etag = response.headers.get("etag") ?? "";
  if (response.status === 304) return { value: undefined, etag } satisfies Versioned<unknown>;
  if (response.status === 204) return undefined;
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "");
  const value = isJson ? parse(text, response.status) : text;
  return form === "versioned" ? ({ value, etag } satisfies Versioned<unknown>) : value;
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ConciergeProblem(
      { code: "unintelligible", status, detail: "The answer is no JSON; it may have been cut off." },
      { cause: error },
    );
  }
}
