import type { Purpose } from "../../src/core/consent/consent.ts";
import type { Site } from "./site.ts";

/** A customer of the demo's, with a token that a shop's server would have signed. Local demos only. */
export type DemoCustomer = { readonly name: string; readonly identity: string };

/** Whom one can sign in as here, if anybody. Tokens are short-lived, so each time the latest is asked for. */
export async function demoCustomer(site: Site): Promise<DemoCustomer | undefined> {
  if (site.identity === undefined) return undefined;
  try {
    const response = await fetch(site.identity, { cache: "no-store" });
    return response.ok ? ((await response.json()) as DemoCustomer) : undefined;
  } catch {
    return undefined;
  }
}

/** The id that the shop's own system has for them. */
export const DEMO_CUSTOMER = "robin-example";

const SIGNED_IN = "shop.signed-in";

/** Whether somebody signed in in this tab. */
export const isSignedIn = (): boolean => sessionStorage.getItem(SIGNED_IN) !== null;

const visitorId = (): string | undefined => localStorage.getItem("concierge.visitor") ?? undefined;

type Answer = {
  readonly detail?: string;
  readonly events?: readonly { readonly status: string; readonly code?: string }[];
};

async function post(site: Site, path: string, body: object): Promise<string | undefined> {
  try {
    const response = await fetch(`${site.api}/v1/${path}`, {
      method: "POST",
      credentials: "same-origin",
      body: JSON.stringify({ key: site.writeKey, ...body }),
    });
    const { detail, events } = (await response.json()) as Answer;
    if (!response.ok) return detail ?? "That did not work. Nothing was changed.";
    const refused = events?.find(({ status }) => status === "rejected");
    if (refused?.code === "erased") return ERASED;
    return refused && `It was refused (${refused.code}).`;
  } catch {
    return "We cannot be reached right now. Nothing was changed; please try again.";
  }
}

/** The demo's server signs a new token every minute; one from before an erasure lets nobody back in. */
const ERASED =
  "This customer was erased a moment ago, and the sign-in is older than that. Try again in a minute.";

/** Says who this browser's visitor is, by the customer's token. Answers with what went wrong, if anything did. */
export async function signIn(site: Site, { identity }: DemoCustomer): Promise<string | undefined> {
  const id = visitorId();
  const fault = await post(site, "identify", { identity, ...(id === undefined ? {} : { visitorId: id }) });
  if (fault === undefined) sessionStorage.setItem(SIGNED_IN, "1");
  return fault;
}

/** The customer's own yes, kept with their record. Answers with what went wrong, if anything did. */
export async function agreeAs(
  site: Site,
  consent: Readonly<Partial<Record<Purpose, boolean>>>,
): Promise<string | undefined> {
  return post(site, "me/change", { consent });
}

/** This browser stops speaking for anybody. Answers with what went wrong, if anything did. */
export async function signOut(site: Site): Promise<string | undefined> {
  return post(site, "reset", {});
}
