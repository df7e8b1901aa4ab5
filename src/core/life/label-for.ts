import type { Role } from "../access/role.ts";
import { permits, type ConsentRecord } from "../consent/consent.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { CompiledLife } from "./compile-life.ts";
import type { CurrentLife } from "./life-of.ts";

/** Who would read a life event's name. `isSelf`: they proved that they are the customer. */
export type Reader = { readonly role: Role; readonly isSelf: boolean };

/**
 * The words for a customer's life event, where the reader may have them: the customer themself, the owner, and an
 * associate whom the customer granted clienteling, though not for sensitive kinds. Everybody else gets `undefined`; a
 * page never has a name to show, only what a rule made of it.
 * @example labelFor({ role: "page", isSelf: false }, move, life, consent, now) // undefined
 */
export function labelFor(
  reader: Reader,
  current: CurrentLife,
  life: CompiledLife,
  consent: ConsentRecord,
  now: EpochMs,
): string | undefined {
  const kind = life.kinds.get(current.kind);
  if (!kind || !permits(consent, "life_events", now)) return undefined;
  const isAssociate =
    reader.role === "associate" && !kind.isSensitive && permits(consent, "clienteling", now);
  if (!reader.isSelf && reader.role !== "owner" && !isAssociate) return undefined;
  return current.isDeclared ? kind.title : `${kind.title} (a guess)`;
}
