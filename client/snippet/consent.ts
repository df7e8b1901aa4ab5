import { log } from "./log.ts";
import { parse, read, write } from "./storage.ts";

/** A visitor's yes or no per purpose. */
export type Choice = { readonly [purpose: string]: boolean };

/** What the visitor decided; absent as long as nothing was decided. Read anew each time: another tab may have asked. */
export const choice = (): Choice | undefined => parse(read("consent"));

/**
 * What a request says about consent. Global Privacy Control is a no to personalization and marketing, whatever was
 * clicked.
 */
export const statement = (): Choice | undefined =>
  navigator.globalPrivacyControl ? { ...choice(), personalization: false, marketing: false } : choice();

/** Whether an id may be kept and events may leave the device. Unknown is no. */
export const permits = (): boolean | undefined =>
  statement()?.["personalization"] || statement()?.["analytics"];

/** Whether the visitor decided, and decided no. */
export const isRefused = (): unknown => choice() && !permits();

/** Writes a decision down; purposes it does not name keep what they had. Returns whether anything changed. */
export function decideConsent(stated: { readonly [purpose: string]: unknown }): boolean {
  const next: { [purpose: string]: boolean } = { ...choice() };
  for (const purpose in stated) if (typeof stated[purpose] == "boolean") next[purpose] = stated[purpose];
  const text = JSON.stringify(next);
  const isNew = text != read("consent");
  log("consent", next);
  if (isNew) write("consent", text);
  return isNew;
}

declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
}
