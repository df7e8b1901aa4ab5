import type { World } from "../core/decide/world.ts";
import type { ContactTraits } from "../core/export/audience.ts";
import type { Worth } from "../core/export/subject.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Purchases } from "../core/value/purchases.ts";
import { termsOf } from "../core/config/value-config.ts";
import { scoreOf, type Score } from "../core/value/score.ts";
import { toHex } from "../edge/hmac.ts";

/** SHA-256 as ad platforms ask for it: of the UTF-8 text, in lower-case hexadecimal. */
export const sha256Hex = async (text: string): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));

/** How the site calls the traits that hold a way to reach somebody. */
export function contactTraitsOf(world: World | undefined): ContactTraits | undefined {
  const audiences = world?.config.config.audiences;
  return (
    audiences && {
      email: audiences.emailTrait,
      phone: audiences.phoneTrait,
      callingCode: audiences.callingCode,
    }
  );
}

/** What a customer is worth by the site's model. */
export const worthNow = (world: World, purchases: Purchases, now: EpochMs): Score =>
  scoreOf(purchases, world.value, termsOf(world.config.config.value), now);

/** The same as an export tells it; absent while there is no model. */
export function worthFor(world: World, purchases: Purchases, now: EpochMs): Worth | undefined {
  const score = worthNow(world, purchases, now);
  if (score.version === null) return undefined;
  return {
    modelVersion: score.version,
    horizonDays: world.config.config.value.horizonDays,
    expectedOrders: score.expectedOrders ?? undefined,
    noOrderShare: score.churn ?? undefined,
    currency: score.currency,
    valueMinor: score.clvMinor ?? undefined,
    rfm: score.rfm?.cell,
  };
}
