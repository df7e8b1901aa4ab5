import { nameEvent } from "../core/import/name-event.ts";
import type { Problem } from "../core/problem/problem.ts";
import { hmac, toBase64url } from "../edge/hmac.ts";
import { erasePerson } from "../edge/erasure.ts";
import { mergeVisitor, resolvingOf, standingOf, takeEvent } from "../edge/intake.ts";
import { isSiteId } from "../edge/keys.ts";
import { lengthPrefixed } from "../edge/length-prefixed.ts";
import { objectId } from "../edge/names.ts";
import type { Person } from "../edge/person.ts";
import { unseal } from "../edge/seal.ts";
import { deploymentDefect } from "../edge/secret.ts";
import type { SiteSnapshot } from "../edge/site-entry.ts";
import { siteSnapshot } from "../edge/site-source.ts";
import { isForgedVisitorId } from "../edge/visitor-id.ts";
import type { Env } from "../env.ts";
import { problemResponse } from "../http/problem.ts";
import { parseJson, readText } from "../http/read-body.ts";
import { isSigned } from "../import/hook-signature.ts";
import type { HookReading } from "../import/shop-order.ts";
import { envelopeOf, shelfOf } from "./imports.ts";
import { answer, type RouteContext } from "./route.ts";

/** bytes of a webhook: an order of 500 lines with all its properties. */
const HOOK_BYTES_MAX = 2 * 1024 * 1024;
/** How long a replaced secret of ours still opens: as long as it takes to paste the new one. */
const GRACE_MS = 3_600_000;
const SECRETS_FRESH_MS = 30_000;

export type Platform = "shopify" | "woocommerce";
export const SECRET_USE = "hook-secret";

/** One shop system: where it signs, how it names what happened, and how its orders are read. */
export type HookDoor = {
  readonly platform: Platform;
  readonly signature: string;
  readonly topic: string;
  readonly read: (topic: string, body: unknown) => HookReading;
};

/** Secrets this isolate knows, so that a flood of forged webhooks wakes no object. */
const known = new Map<string, { readonly secrets: readonly string[]; readonly at: number }>();
const KNOWN_MAX = 500;

export const forgetSecrets = (siteId: string, platform: Platform): boolean =>
  known.delete(`${platform} ${siteId}`);

/** The secret we hand out: derived, never stored; the next version is another. */
export async function ourSecret(
  env: Env,
  siteId: string,
  platform: Platform,
  version: number,
): Promise<string> {
  return toBase64url(
    await hmac(env.CONCIERGE_SECRET, SECRET_USE, lengthPrefixed([siteId, platform, "", String(version)])),
  );
}

async function secretsOf(env: Env, siteId: string, platform: Platform): Promise<readonly string[]> {
  const now = Date.now();
  const name = `${platform} ${siteId}`;
  const fresh = known.get(name);
  if (fresh && now - fresh.at < SECRETS_FRESH_MS) return fresh.secrets;
  const row = await (await shelfOf(env, siteId)).hookSecret(platform);
  const secrets: string[] = [];
  if (platform === "shopify") {
    if (row?.sealed) secrets.push((await unseal(env, SECRET_USE, row.sealed)) ?? "");
  } else {
    const version = row?.version ?? 1;
    secrets.push(await ourSecret(env, siteId, platform, version));
    if (row && now - row.at < GRACE_MS) secrets.push(await ourSecret(env, siteId, platform, version - 1));
  }
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, { secrets, at: now });
  return secrets;
}

const FORGED: Problem = {
  code: "signature_invalid",
  detail: "The webhook's signature does not fit its body.",
  cure: "Compare the secret on both sides, and let no proxy change the body.",
};

/**
 * Takes a shop system's webhook: its site from the address, its right from the signature over every byte. What is signed
 * and not for us is answered 200, because platforms drop webhooks that fail; what cannot be stored now is a 5xx, because
 * they send it again.
 */
export async function takeHook(c: RouteContext, door: HookDoor): Promise<Response> {
  const { env } = c;
  const siteId = c.req.param("site") ?? "";
  const defect = deploymentDefect(env);
  if (defect) return problemResponse(defect);
  if (siteId.length > 80 || !(await isSiteId(env, siteId))) return problemResponse(NO_SITE);
  const text = await readText(c.req.raw, HOOK_BYTES_MAX);
  if (!text.ok) return problemResponse(text.problem);
  const signature = c.req.header(door.signature);
  // WooCommerce tries an address before it signs anything for it.
  if (door.platform === "woocommerce" && signature === undefined && /^webhook_id=\d{1,20}$/.test(text.value))
    return answer({ ignored: true });
  if (!(await isSigned(text.value, signature, await secretsOf(env, siteId, door.platform))))
    return problemResponse(FORGED);
  const site = await siteSnapshot(env, c.executionCtx, siteId);
  if (!site) return problemResponse(NO_SITE);
  const topic = (c.req.header(door.topic) ?? "").slice(0, 64);
  const body = parseJson(text.value);
  const reading: HookReading = body.ok ? door.read(topic, body.value) : { ignored: "not JSON" };
  const outcome = await act(c, siteId, site, door.platform, reading);
  const shelf = await shelfOf(env, siteId);
  // A person must see these; they are stored before the platform is told that they arrived.
  const noted = shelf.noteHook(door.platform, topic, "request" in reading ? reading.request : outcome.status);
  if ("request" in reading) await noted;
  else c.executionCtx.waitUntil(noted);
  return answer(outcome);
}

const NO_SITE: Problem = {
  code: "site_unknown",
  detail: "The address names a site that does not exist here.",
};

/** Whom a signed webhook is about: the customer, with the visitor who turned out to be them, or the visitor alone. */
async function personOf(
  env: Env,
  siteId: string,
  { customerId, visitorId }: { readonly customerId?: string; readonly visitorId?: string },
): Promise<Person | undefined> {
  const isMade = visitorId !== undefined && !(await isForgedVisitorId(env, siteId, visitorId));
  const visitor = isMade ? await objectId(env, "visitor", siteId, visitorId) : undefined;
  if (customerId !== undefined) {
    const customer = await objectId(env, "customer", siteId, customerId);
    return { unit: customerId, customerId, objectId: customer, visitor, cookies: [] };
  }
  return visitor && { unit: visitorId!, objectId: visitor, cookies: [] };
}

type HookOutcome = { readonly status: string; readonly [field: string]: unknown };

async function act(
  c: RouteContext,
  siteId: string,
  site: SiteSnapshot,
  platform: Platform,
  reading: HookReading,
): Promise<HookOutcome> {
  if ("ignored" in reading) return { status: `ignored: ${reading.ignored}`, ignored: true };
  if ("request" in reading) return { status: "noted", ignored: false };
  const { env } = c;
  const person = await personOf(env, siteId, "erase" in reading ? { customerId: reading.erase } : reading);
  if (!person) return { status: "ignored: names nobody", ignored: true };
  if (!("events" in reading)) {
    await erasePerson(env, siteId, site, person);
    return { status: "erased" };
  }
  const resolving = resolvingOf(site, Date.now());
  const events = reading.events.flatMap((event) => {
    const { raw, digest } = nameEvent("orders", event, ["", 0]);
    const taken = takeEvent(raw, resolving, 0);
    return "code" in taken ? [] : [digest === undefined ? taken : { ...taken, digest }];
  });
  if (events.length === 0) return { status: "ignored: nothing that can be kept", ignored: true };
  await mergeVisitor(env, siteId, site, person);
  const { retention, ...envelope } = envelopeOf(siteId, site);
  const { answers } = await env.CUSTOMER.get(person.objectId).observe({
    ...standingOf(siteId, site, person),
    ...envelope,
    events,
    consent: {},
    source: platform,
    isTrusted: true,
    wantsView: false,
    retention: {
      behaviourDays: retention.behaviourDays,
      orderDays: retention.orderDays,
      idleDays: person.customerId === undefined ? retention.idleVisitorDays : retention.idleCustomerDays,
    },
  });
  return { status: "taken", events: answers.map(({ status }) => status) };
}
