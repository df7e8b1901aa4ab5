/**
 * What a browser lets pages of the people behind the shop do: load from here, and nothing else. No string becomes code, no
 * other page frames them, and their addresses (which may name a customer) are told to nobody.
 */
export const POLICY: Readonly<Record<string, string>> = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' https: data:",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

/** Folders whose pages are under the policy. */
export const GUARDED = ["/console/", "/docs/"] as const;

/** Whether a path is under the policy. @example isGuarded("/console/main.js") // true */
export const isGuarded = (path: string): boolean => GUARDED.some((folder) => path.startsWith(folder));
