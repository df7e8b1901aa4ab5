import type { Purpose } from "../core/consent/consent.ts";
import { decide } from "../core/decide/decide.ts";
import { setScene } from "../core/decide/set-scene.ts";
import { decodeView } from "../core/profile/view.ts";
import type { JsonObject, JsonValue } from "../core/webhook/notice.ts";
import { siteForObject } from "../edge/site-source.ts";
import { signClaim, TOKEN_MS } from "../edge/tokens.ts";
import type { Env } from "../env.ts";
import { randomText } from "./random.ts";

/** Picks that a notice is to carry: decided when it is sent, so that consent, stock and what was bought since are heeded. */
export type PicksAsked = {
  readonly site: string;
  /** The person's object id. */
  readonly subject: string;
  /** The id experiments split by. */
  readonly unit: string;
  readonly slot: string;
  readonly purpose: Purpose;
};

/** What may be sent now, or that nothing about this person may be sent any more. */
export async function composePicks(
  env: Env,
  { site, subject, unit, slot, purpose }: PicksAsked,
): Promise<JsonObject | "withheld"> {
  const { CUSTOMER } = env;
  const [snapshot, text] = await Promise.all([
    siteForObject(env, site, "all"),
    CUSTOMER.get(CUSTOMER.idFromString(subject)).view({}),
  ]);
  if (!snapshot) return "withheld";
  if (text === "unknown" || text === "denied" || text === "joined") return "withheld";
  const view = decodeView(text);
  if (!view.permitted.includes(purpose)) return "withheld";
  const now = Date.now();
  const { world } = snapshot;
  const scene = setScene(
    world,
    {
      now,
      page: {},
      market: undefined,
      locale: undefined,
      device: undefined,
      cart: undefined,
      exclude: [],
    },
    view,
  );
  const [decided] = decide(scene, { unit, pageType: undefined, slots: [{ id: slot }] });
  const { answer, picks, assignments } = decided!;
  const token = view.permitted.includes("analytics")
    ? await signClaim(env, {
        site,
        subject: subject.slice(0, 16),
        expiresAt: now + TOKEN_MS,
        decisionId: randomText(12),
        slot,
        revision: world.config.revision,
        picks,
        assignments,
      })
    : null;
  return { slot, status: answer.status, items: answer.items as unknown as JsonValue, token };
}
