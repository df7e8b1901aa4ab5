import type { LogEntry } from "../log.ts";
import { at, read } from "./element.ts";

/** What one source says, by purpose. */
export type Word = { readonly source: string; readonly says: { readonly [purpose: string]: boolean } };

/** Who says what about consent, and what holds. */
export type ConsentReport = {
  readonly purposes: readonly string[];
  readonly words: readonly Word[];
  /** Absent as long as nobody decided anything. */
  readonly holds: { readonly [purpose: string]: boolean } | undefined;
  /** Whether an id may be kept and events may leave; `undefined`: that is not decided. */
  readonly permits: boolean | undefined;
  readonly visitor: string | undefined;
  /** Names in storage, or `undefined` where storage is blocked. */
  readonly kept: readonly string[] | undefined;
};

const NAMES: { readonly [source: string]: string } = {
  tcf: "IAB TCF",
  gcm: "Google Consent Mode",
  shopify: "Shopify",
  banner: "Our banner",
};

const booleansOf = (value: unknown): { [purpose: string]: boolean } =>
  Object.fromEntries(
    Object.entries(value ?? {}).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"),
  );

/**
 * Who says what. A tool's no is not kept on the device, so the log is asked first. `asked` is what the last request
 * said, which is what counts where the page knows nothing more.
 */
export function consentOf(log: readonly LogEntry[]): ConsentReport {
  let kept: string[] | undefined;
  let stored: unknown;
  let visitor: string | undefined;
  try {
    kept = Object.keys(localStorage).filter((name) => name.startsWith("concierge."));
    stored = read(localStorage.getItem("concierge.consent"));
    visitor = localStorage.getItem("concierge.visitor") ?? undefined;
  } catch {
    kept = undefined;
  }
  const told = log.findLast(({ kind }) => kind === "consent")?.data;
  const said = (typeof told === "string" ? read(told) : told) ?? stored ?? {};
  const words: Word[] = [{ source: "The shop's own call", says: booleansOf(said) }];
  for (const [source, says] of Object.entries(said))
    if (says && typeof says === "object")
      words.push({ source: NAMES[source] ?? source, says: booleansOf(says) });
  if (navigator.globalPrivacyControl)
    words.push({ source: "The browser (GPC)", says: { personalization: false, marketing: false } });
  let holds: { [purpose: string]: boolean } | undefined;
  for (const { says } of words)
    for (const purpose in says) (holds ??= {})[purpose] = holds[purpose] !== false && says[purpose]!;
  const sent = log.findLast(({ kind }) => kind.startsWith("send "))?.data;
  const last = booleansOf(at(read(sent), "consent"));
  if (!holds && Object.keys(last).length > 0) {
    words.push({ source: "The last request", says: last });
    holds = last;
  }
  const purposes = [...new Set(["personalization", "analytics", "marketing", ...Object.keys(holds ?? {})])];
  const permits = holds && (holds["personalization"] === true || holds["analytics"] === true);
  return { purposes, words, holds, permits, visitor, kept };
}
