/**
 * The network an address belongs to: IPv4 by /24, IPv6 by /64, which is what one household or one server is given whole.
 * An IPv4 address in IPv6's clothes (`::ffff:…`) is IPv4. `undefined` for text that is no address.
 * @example networkPrefix("203.0.113.9") // "203.0.113"
 * @example networkPrefix("2001:db8:1:2::9") // "2001:db8:1:2"
 */
export function networkPrefix(address: string): string | undefined {
  const text = address.trim().toLowerCase();
  if (text.length > 45) return undefined;
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  if (!text.includes(":") || mapped) return prefixOfFour(mapped?.[1] ?? text);
  const groups = groupsOf(text.split("%", 1)[0]!);
  if (!groups) return undefined;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return `${groups[6]! >> 8}.${groups[6]! & 0xff}.${groups[7]! >> 8}`;
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":");
}

function prefixOfFour(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.slice(0, 3).map(Number).join(".");
}

/** The eight groups of an IPv6 address, `::` filled with zeros (RFC 4291, 2.2). */
function groupsOf(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const given = [...head!, ...(tail ?? [])];
  if (!given.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined;
  const missing = 8 - given.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const zeros = Array.from({ length: missing }, () => "0");
  return [...head!, ...(tail === undefined ? [] : zeros), ...(tail ?? [])].map((group) =>
    Number.parseInt(group, 16),
  );
}
