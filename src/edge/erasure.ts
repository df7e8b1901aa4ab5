import { DAY_MS } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import { toBase64url } from "./hmac.ts";
import { standingOf } from "./intake.ts";
import type { Person } from "./person.ts";
import { ERASED_ID_USE, seal } from "./seal.ts";
import type { SiteSnapshot } from "./site-entry.ts";

/** What somebody holds in their hand after an erasure. */
export type ErasureReceipt = {
  readonly receipt: string;
  readonly erasedAt: string;
  /** The person's own object: no byte left in any file from this moment on. */
  readonly ownData: "erased";
  /** Logs shared with others are rewritten without the person by then. */
  readonly sharedLogsClearedBy: string;
  /** The platform's own recovery copy ages out by then; erasures are applied again before any restored copy serves. */
  readonly platformRecoveryUntil: string;
};

const SHARED_MS = DAY_MS;
const RECOVERY_MS = 30 * DAY_MS;

/** Erases one person of a site, and says until when what is not gone already will be. */
export async function erasePerson(
  env: Env,
  siteId: string,
  site: SiteSnapshot,
  person: Person,
): Promise<ErasureReceipt> {
  const receipt = `er_${toBase64url(crypto.getRandomValues(new Uint8Array(12)))}`;
  const burial = await env.CUSTOMER.get(person.objectId).erase({
    ...standingOf(siteId, site, person),
    receipt,
    sealedId: person.customerId === undefined ? undefined : await seal(env, ERASED_ID_USE, person.customerId),
  });
  const at = (ms: number) => new Date(burial.at + ms).toISOString();
  return {
    receipt: burial.receipt,
    erasedAt: at(0),
    ownData: "erased",
    sharedLogsClearedBy: at(SHARED_MS),
    platformRecoveryUntil: at(RECOVERY_MS),
  };
}
