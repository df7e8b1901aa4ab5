import type { Operation } from "../sdk/operation.ts";
import { SURFACE } from "../sdk/surface.ts";
import type { Endpoint } from "./api.ts";
import { BODIES, FILES, IDS } from "./examples.ts";

type Node = Operation | { readonly [key: string]: Node };

/** Names of the typed client by operation. @example METHODS.get("GET /v1/keys") // "keys.list" */
export const METHODS: ReadonlyMap<string, string> = new Map(namesIn(SURFACE, []));

function namesIn(node: Node, way: readonly string[]): [string, string][] {
  if (typeof node["name"] === "string") return [[node["name"], way.join(".")]];
  return Object.entries(node).flatMap(([key, one]) => namesIn(one as Node, [...way, key]));
}

const keyOf = ({ callers }: Endpoint): string | undefined => {
  if (callers === "public") return undefined;
  if (callers === "operator") return "$OPERATOR_KEY";
  return callers.includes("server") ? "sk_…" : callers.includes("page") ? "pk_…" : "ak_…";
};

const withIds = (path: string): string => path.replaceAll(/:(\w+)/g, (_, name: string) => idOf(path, name));
/** Ids of what stands below an address, where the parameter's name alone does not tell. */
const BELOW: readonly (readonly [prefix: string, id: string])[] = [
  ["/v1/customers", "c-1"],
  ["/v1/visitors", "v_4f1d"],
  ["/v1/catalog", "A1"],
  ["/v1/webhooks", "crm"],
  ["/v1/export", "events"],
  ["/v1/experiments", "word"],
  ["/v1/keys", "k-1"],
];
const idOf = (path: string, name: string): string =>
  BELOW.find(([prefix]) => path.startsWith(prefix))?.[1] ?? IDS[name] ?? name;

/** The example as a command. */
export function curlOf(endpoint: Endpoint): string {
  const { method, path } = endpoint;
  const name = `${method} ${path}`;
  const key = keyOf(endpoint);
  const file = FILES[name];
  const isPageOnly = key === "pk_…";
  const body = BODIES[name];
  const text = file?.text ?? (body === undefined ? undefined : JSON.stringify(isPageOnly ? { key: "pk_…", ...body } : body, null, 2));
  const lines = [
    `curl${method === "GET" || (method === "POST" && text !== undefined) ? "" : ` -X ${method}`} https://edge.example${withIds(path)}`,
    key !== undefined && !isPageOnly && `-H "Authorization: Bearer ${key}"`,
    isPageOnly && `-H "Origin: https://shop.example"`,
    file && `-H "Content-Type: ${file.type}"`,
    path === "/v1/config" && method === "PUT" && `-H 'If-Match: "3"'`,
    text !== undefined && `--data-binary '${compact(text.trimEnd())}'`,
  ];
  return lines.filter(Boolean).join(" \\\n  ");
}

/** The example in the words of the typed client. */
export function sdkOf({ method, path }: Endpoint): string | undefined {
  const name = `${method} ${path}`;
  const called = METHODS.get(name);
  if (called === undefined) return undefined;
  const ids = [...path.matchAll(/:(\w+)/g)].map(([, id]) => `${id}: ${JSON.stringify(idOf(path, id!))}`);
  if (name === "PUT /v1/config") ids.push("ifMatch: etag");
  const said = ids.length === 0 ? "" : `{ ${ids.join(", ")} }`;
  const body = name in FILES ? "text" : name in BODIES ? literal(BODIES[name]) : "";
  return `await shop.${called}(${[body, said].filter(Boolean).join(", ")})`;
}

/** JSON as one would write it in a program. */
const literal = (value: unknown): string =>
  compact(JSON.stringify(value, null, 2)).replaceAll(/"([A-Za-z_$][\w$]*)":/g, "$1:");

/** JSON with short parts on one line each. */
function compact(text: string): string {
  const spaced = text.replaceAll(/\n\s*/g, " ");
  return spaced.length <= 64 ? spaced : text.replaceAll(/[[{]\n\s*([^[\]{}]{0,64}?)\n\s*([\]}])/g, (whole, inside: string, end: string) => `${whole[0]} ${inside.replaceAll(/\n\s*/g, " ")} ${end}`);
}
