import type { KnownDocument } from "../../src/core/customer/known.ts";
import type { Purpose } from "../../src/core/consent/consent.ts";

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

/** Whom to ask, and for which shop. */
export type Office = {
  /** Origin of the API; empty: this page's own. */
  readonly api: string;
  readonly key: string;
  /** A token that the shop's server signed, where it prints one; else the browser's own cookies prove who asks. */
  readonly identity?: string;
};

async function post({ api, key, identity }: Office, path: string, body: object): Promise<Response> {
  return fetch(`${api}/v1/${path}`, {
    method: "POST",
    credentials: "include",
    body: JSON.stringify({ key, ...(identity === undefined ? {} : { identity }), ...body }),
  });
}

async function ask<T>(office: Office, path: string, body: object = {}): Promise<Told<T>> {
  try {
    const response = await post(office, path, body);
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
export const askMe = (office: Office): Promise<Told<Me>> => ask(office, "me");

/** Changes what is known, and tells what is known then. */
export async function changeMe(office: Office, change: Change): Promise<Told<KnownDocument | null>> {
  const told = await ask<Changed>(office, "me/change", change);
  if (!told.ok) return told;
  const refused = told.value.events.find(({ status }) => status === "rejected");
  return refused ? refusal(refused.code ?? "") : { ok: true, value: told.value.known };
}

/** Everything stored, as the text of a file. */
export async function exportMe(office: Office): Promise<Told<string>> {
  const told = await ask<object>(office, "me/export");
  return told.ok ? { ok: true, value: JSON.stringify(told.value, undefined, 2) } : told;
}

export const eraseMe = (office: Office): Promise<Told<Receipt>> => ask(office, "me/erase");
