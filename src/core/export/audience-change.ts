import type { AudienceMember } from "./audience.ts";

/**
 * What a platform was told last: identifiers, each with the value that went with it ("" for none). An identifier is
 * `email:` or `phone:` and its hash. Hashes of addresses can be guessed: keep them sealed, or in the customer's own object.
 */
export type Told = ReadonlyMap<string, string>;

/** One line for the platform's list. To add somebody again replaces their value. */
export type AudienceLine =
  | ({ readonly op: "add" } & AudienceMember)
  | { readonly op: "remove"; readonly emailSha256: string }
  | { readonly op: "remove"; readonly phoneSha256: string };

const identifiersOf = ({ emailSha256, phoneSha256 }: AudienceMember): string[] => [
  ...(emailSha256 === undefined ? [] : [`email:${emailSha256}`]),
  ...(phoneSha256 === undefined ? [] : [`phone:${phoneSha256}`]),
];

const valueOf = ({ value, currency }: AudienceMember): string =>
  value === undefined ? "" : `${value} ${currency ?? ""}`;

/**
 * What has changed since the platform was told last. Removals come first: a member whose address changed goes under the
 * old one before they come under the new one. Who withdrew, left the segment or was erased is simply not among the members.
 * Of two members with one identifier the one of greater value has it, whatever order they come in.
 * @returns the lines, and what the platform knows once it has taken them
 */
export function audienceChange(
  before: Told,
  members: Iterable<AudienceMember>,
): { readonly lines: AudienceLine[]; readonly told: Map<string, string> } {
  const holders = new Map<string, AudienceMember>();
  for (const member of members)
    for (const identifier of identifiersOf(member))
      if (outbids(member, holders.get(identifier))) holders.set(identifier, member);
  const told = new Map<string, string>();
  const changed = new Set<AudienceMember>();
  for (const [identifier, member] of holders) {
    told.set(identifier, valueOf(member));
    if (before.get(identifier) !== valueOf(member)) changed.add(member);
  }
  const lines: AudienceLine[] = [];
  for (const identifier of before.keys()) if (!told.has(identifier)) lines.push(removal(identifier));
  for (const member of changed) {
    const { emailSha256, phoneSha256, ...bid } = member;
    lines.push({
      op: "add",
      ...(holders.get(`email:${emailSha256}`) === member ? { emailSha256 } : {}),
      ...(holders.get(`phone:${phoneSha256}`) === member ? { phoneSha256 } : {}),
      ...bid,
    });
  }
  return { lines, told };
}

/** Larger first; between equals the text decides, so that the answer does not flicker. */
function outbids(member: AudienceMember, holder: AudienceMember | undefined): boolean {
  if (!holder) return true;
  const [mine, theirs] = [member.value ?? -1, holder.value ?? -1];
  return mine === theirs ? valueOf(member) > valueOf(holder) : mine > theirs;
}

function removal(identifier: string): AudienceLine {
  const hash = identifier.slice("email:".length);
  return identifier.startsWith("email:")
    ? { op: "remove", emailSha256: hash }
    : { op: "remove", phoneSha256: hash };
}
