import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { DAY_MS, MINUTE_MS } from "../core/primitives/time.ts";
import { call, type SiteKeys } from "./call.ts";

/** A key that signs identity tokens, as `POST /v1/identity-keys` tells it. */
export type IdentityKey = { readonly kid: string; readonly secret: string };

/** The one registered customer of the demo. */
const ROBIN = { id: "robin-example", name: "Robin Example" };
/** Seconds a token lives; a new one is written long before. */
const TOKEN_S = 900;

/** Makes the key that a shop's server would sign with, and tells what the shop knows of its one customer. */
export async function openAccount(url: string, keys: SiteKeys): Promise<IdentityKey> {
  const { kid, secret } = await call<IdentityKey>(`${url}/v1/identity-keys`, {
    key: keys.adminKey,
    body: { alg: "HS256" },
  });
  const now = Date.now();
  const consent = { personalization: true, analytics: true };
  const price = (minor: number) => ({ minor, currency: "EUR" });
  await call(`${url}/v1/events`, {
    key: keys.serverKey,
    body: {
      customerId: ROBIN.id,
      consent,
      events: [
        {
          id: "robin-traits",
          type: "traits_updated",
          at: now - 40 * DAY_MS,
          traits: { customerSince: "2024", favouriteDrink: "Coffee", brewsWith: "Gas hob" },
        },
        {
          id: "robin-order",
          type: "order_completed",
          at: now - 30 * DAY_MS,
          orderId: "FF-ROBIN-1",
          channel: "store",
          lines: [
            { item: "kettle-brook-sage", quantity: 1, price: price(4990) },
            { item: "teapot-wren-sage", quantity: 1, price: price(3490) },
          ],
        },
        {
          id: "robin-survey",
          type: "survey_answered",
          at: now - 20 * DAY_MS,
          survey: "after your order",
          question: "would you recommend us",
          kind: "nps",
          score: 9,
          max: 10,
        },
      ],
    },
  });
  return { kid, secret };
}

/**
 * Keeps a fresh token of the demo's customer in a file beside its pages, as a shop's server would print one into a page of
 * somebody who is logged in. Only a demo on one's own machine hands tokens to whoever asks. The customer counts as
 * registered at the moment of signing, so that after an erasure they can begin anew.
 */
export function keepToken(path: string, siteId: string, key: IdentityKey): void {
  const write = () =>
    writeFileSync(path, JSON.stringify({ name: ROBIN.name, identity: tokenOf(siteId, key, Date.now()) }));
  write();
  setInterval(write, MINUTE_MS).unref();
}

function tokenOf(siteId: string, { kid, secret }: IdentityKey, now: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const iat = Math.floor(now / 1000);
  const claims = { sub: ROBIN.id, aud: siteId, iat, exp: iat + TOKEN_S, registeredAt: iat };
  const signed = `${part({ alg: "HS256", typ: "JWT", kid })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}
