import { parse, read, write } from "./storage.ts";

/** A visitor's yes or no per purpose. */
export type Choice = { readonly [purpose: string]: boolean };
/** As it comes from a page. Only booleans say something; `null` takes a source's word back. */
export type Stated = { readonly [purpose: string]: unknown };

/** What was said: the shop's own call by purpose, and beside it what each other source said, by its name. */
const said = (): { [name: string]: unknown } => parse(read("concierge.consent") ?? "{}") ?? {};

let known: string | undefined;
let merged: { [purpose: string]: boolean } | undefined;

/**
 * What holds, purpose by purpose; absent as long as nobody said anything. Of several sources one no is a no. Looked up
 * each time, for another tab may have asked, and worked out anew where it changed.
 */
export function choice(): Choice | undefined {
  const text = read("concierge.consent");
  if (text != known) {
    known = text;
    merged = undefined;
    const all = said();
    for (const word of [all, ...Object.values(all)])
      for (const purpose in word as Stated) {
        const value = (word as Stated)[purpose];
        if (value === !!value) (merged ??= {})[purpose] = merged[purpose] != false && value;
      }
  }
  return merged;
}

/**
 * What a request says about consent. Global Privacy Control is a no to personalization and marketing, whatever was
 * clicked.
 */
export const statement = (): Choice | undefined =>
  navigator.globalPrivacyControl ? { ...choice(), personalization: false, marketing: false } : choice();

/** Whether an id may be kept and events may leave the device. Unknown is no. */
export const permits = (): boolean | undefined =>
  statement()?.["personalization"] || statement()?.["analytics"];

/** Whether somebody decided, and decided no. */
export const isRefused = (): unknown => choice() && !permits();

/**
 * Writes down what a source says; purposes it does not name keep what they had. Returns whether anything changed. A no
 * that came from a tool is the tool's to remember: it leaves no trace of ours on the device.
 */
export function decideConsent(stated: Stated, source?: string): boolean {
  const before = JSON.stringify(choice());
  const all = said();
  const own = { ...(source ? (all[source] as Stated) : all), ...stated };
  const next = JSON.stringify(source ? { ...all, [source]: own } : own);
  write("concierge.consent", next, true);
  if (permits() || !source) write("concierge.consent", next);
  return JSON.stringify(choice()) != before;
}

declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}
