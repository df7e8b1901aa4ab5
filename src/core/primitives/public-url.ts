/** Names that never leave a machine or a company's own network. */
const PRIVATE_NAME =
  /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|test|invalid|onion|arpa)$/;
/** Public wildcard services whose names resolve to whatever address stands in them. */
const ADDRESS_IN_NAME = /(^|\.)(nip\.io|sslip\.io|xip\.io|localtest\.me|lvh\.me|vcap\.me)$/;

/**
 * Why the server may not fetch an address, as a phrase; `undefined` when it may. Only https on the standard port, to a
 * name with a dot that is not an address: everything that could reach our own network is refused before it is tried.
 * The name may still resolve to a private address; there the platform's own rule (public addresses only) holds.
 * @example publicUrlDefect("https://feeds.shop.example/items.xml") // undefined
 */
export function publicUrlDefect(text: string): string | undefined {
  const match = /^https:\/\/([^/?#]*)([/?#]|$)/i.exec(text);
  if (!match) return "not an https address";
  const authority = match[1]!.toLowerCase();
  if (authority.includes("@")) return "one with user information";
  const [host, port] = authority.split(/:(?=[^\]]*$)/) as [string, string | undefined];
  if (port !== undefined && port !== "443") return "one with a port of its own";
  const name = host.replace(/\.$/, "");
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) return "one without a full DNS name";
  const last = name.slice(name.lastIndexOf(".") + 1);
  // A last label of digits, or 0x…, makes the whole thing an IPv4 address to a URL parser.
  if (/^(\d+|0x[0-9a-f]*)$/.test(last)) return "an IP address";
  if (PRIVATE_NAME.test(name) || ADDRESS_IN_NAME.test(name)) return "a name that leads inside";
  return undefined;
}
