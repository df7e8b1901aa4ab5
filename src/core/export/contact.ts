/** Whose rules an identifier is written by before it is hashed: they differ, and a wrong hash matches nobody. */
export const AUDIENCE_PLATFORMS = ["google", "meta"] as const;
export type AudiencePlatform = (typeof AUDIENCE_PLATFORMS)[number];

const EMAIL = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/;
const DOTLESS = new Set(["gmail.com", "googlemail.com"]);

/**
 * An e-mail address as a platform hashes it; `undefined` for what is none. Both: without spaces around, in lower case.
 * Google besides: no dots before the @ of its own domains; what follows a + stays, as in its published samples.
 * Sources: Google Ads API "Normalize and hash user-provided data" with the samples of its client libraries; Meta Marketing
 * API "Customer information parameters", `em`.
 * @example plainEmail(" Jane.Doe@Gmail.com ", "google") // "janedoe@gmail.com"
 * @example plainEmail(" Jane.Doe@Gmail.com ", "meta") // "jane.doe@gmail.com"
 */
export function plainEmail(text: string, platform: AudiencePlatform): string | undefined {
  const email = text.trim().toLowerCase();
  if (email.length > 254 || !EMAIL.test(email)) return undefined;
  const [name, domain] = email.split("@") as [string, string];
  if (platform !== "google" || !DOTLESS.has(domain)) return email;
  const dotless = name.replaceAll(".", "");
  return dotless === "" ? undefined : `${dotless}@${domain}`;
}

/** Country calling code of Italy: a number there keeps its leading zero (ITU-T E.164, national numbering plan of Italy). */
const KEEPS_ZERO = "39";

/**
 * A telephone number as a platform hashes it: E.164, for Google with its +, for Meta the digits alone. `undefined` for
 * what is not certainly one number of a known country.
 * Sources: Google Ads API "Normalize and hash user-provided data"; Meta Marketing API "Customer information parameters", `ph`.
 * @param callingCode country calling code of numbers that have none. @example "43"
 * @example plainPhone("(650) 555-1212", "meta", "1") // "16505551212"
 * @example plainPhone("+44 (0)20 7031 3000", "google") // "+442070313000"
 */
export function plainPhone(
  text: string,
  platform: AudiencePlatform,
  callingCode?: string,
): string | undefined {
  const compact = text
    .trim()
    .replace(/^(\+|00)([\d\s]*)\(0\)/, "$1$2") // The 0 that is only dialled within the country.
    .replace(/[\s().\-/]/g, "");
  const international = /^(?:\+|00)(\d+)$/.exec(compact)?.[1];
  const digits = international ?? nationalNumber(compact, callingCode);
  if (digits === undefined || !/^[1-9]\d{7,14}$/.test(digits)) return undefined;
  return platform === "google" ? `+${digits}` : digits;
}

function nationalNumber(compact: string, callingCode: string | undefined): string | undefined {
  if (callingCode === undefined || !/^\d{6,14}$/.test(compact)) return undefined;
  return callingCode + (callingCode === KEEPS_ZERO ? compact : compact.replace(/^0/, ""));
}
