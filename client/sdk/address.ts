import type { CallOptions } from "./send.ts";

/** What a call may say besides its body, as it is read here. */
export type Said = CallOptions & {
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly type?: string;
  readonly [parameter: string]: unknown;
};

/** Words of a call that are no parameters of the address. */
const OWN = new Set(["signal", "timeoutMs", "ifMatch", "ifNoneMatch", "type"]);

/** The address of a call: its path with the names filled in, and everything else that was said as the query. */
export function addressOf(pattern: string, said: Said): string {
  const taken = new Set(OWN);
  const path = pattern.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    taken.add(name);
    return segmentOf(name, said[name]);
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(said))
    if (!taken.has(name) && value !== undefined && value !== null) query.set(name, textOfValue(value));
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

const textOfValue = (value: unknown): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);

/** One name of a path. Two dots, even escaped, would lead to another address, and none to a list. */
function segmentOf(name: string, value: unknown): string {
  if (typeof value !== "string" || value === "" || value === "." || value === "..")
    throw new TypeError(`\`${name}\` must be an id.`);
  return encodeURIComponent(value);
}
