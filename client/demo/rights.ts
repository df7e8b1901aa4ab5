import type { KnownDocument } from "../../src/core/customer/known.ts";
import type { Purpose } from "../../src/core/consent/consent.ts";
import type { Site } from "./site.ts";

/** What came of asking: an answer, or a sentence that says why there is none. */
export type Told<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

/** What is known, `null` where nothing is; and whether the shop knows this person by an account. */
export type Me = { readonly known: KnownDocument | null; readonly isCustomer: boolean };

export type FeedbackKind = "not_this" | "own_it" | "less_like_this" | "gift" | "undo";

/** One change of what is known. `correct` takes a fact out where its value is `null`. */
export type Change =
  | { readonly correct: Readonly<Record<string, string | number | boolean | null>> }
  | { readonly hide: { readonly trait?: string; readonly item?: string; readonly hidden: boolean } }
  | { readonly feedback: { readonly item: string; readonly feedback: FeedbackKind } }
  | { readonly consent: Readonly<Partial<Record<Purpose, boolean>>> }
  | { readonly pause: boolean };

type Changed = {
  readonly known: KnownDocument | null;
  readonly events: readonly { readonly status: string; readonly code?: string }[];
};

export type Receipt = {
  readonly receipt: string;
  readonly erasedAt: string;
  readonly sharedLogsClearedBy: string;
  readonly platformRecoveryUntil: string;
};

const SENTENCES: { readonly [code: string]: string } = {
  self_unknown: "This browser cannot show who it is, so we show it nothing.",
  erased: "This person was erased, and stays so until they register again.",
  paused: "You have paused. Resume first, then change it.",
  consent_missing: "We may not keep this: personal choice of products is off.",
  identity_unverified: "This sign-in has ended. Sign in again.",
};

async function post(site: Site, path: string, body: object): Promise<Response> {
  return fetch(`${site.api}/v1/${path}`, {
    method: "POST",
    credentials: "same-origin",
    body: JSON.stringify({ key: site.writeKey, ...body }),
  });
}

async function ask<T>(site: Site, path: string, body: object = {}): Promise<Told<T>> {
  try {
    const response = await post(site, path, body);
    const answer = (await response.json()) as T & { code?: string; detail?: string };
    if (response.ok) return { ok: true, value: answer };
    const code = answer.code ?? String(response.status);
    return refusal(code, answer.detail);
  } catch {
    return refusal("0", "We cannot be reached right now. Nothing was changed; please try again.");
  }
}

const refusal = (code: string, detail?: string): Told<never> => ({
  ok: false,
  code,
  sentence: SENTENCES[code] ?? detail ?? "That did not work. Nothing was changed.",
});

/** What is known about whoever sits at this browser. */
export const askMe = (site: Site): Promise<Told<Me>> => ask(site, "me");

/** Changes what is known, and tells what is known then. */
export async function changeMe(site: Site, change: Change): Promise<Told<KnownDocument | null>> {
  const told = await ask<Changed>(site, "me/change", change);
  if (!told.ok) return told;
  const refused = told.value.events.find(({ status }) => status === "rejected");
  return refused ? refusal(refused.code ?? "") : { ok: true, value: told.value.known };
}

/** Everything stored, as the text of a file. */
export async function exportMe(site: Site): Promise<Told<string>> {
  const told = await ask<object>(site, "me/export");
  return told.ok ? { ok: true, value: JSON.stringify(told.value, undefined, 2) } : told;
}

export const eraseMe = (site: Site): Promise<Told<Receipt>> => ask(site, "me/erase");

/** Says who this browser's visitor is, by a token that a shop's server would have signed. */
export const signIn = (site: Site, identity: string, visitorId: string | undefined): Promise<Told<object>> =>
  ask(site, "identify", { identity, ...(visitorId === undefined ? {} : { visitorId }) });

/** This browser stops speaking for anybody. */
export const signOut = (site: Site): Promise<Told<object>> => ask(site, "reset");
