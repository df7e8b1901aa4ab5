import type { Problem } from "../core/problem/problem.ts";

/** What secrets in documentation, templates and first tries are made of. None of it is a secret. */
const SAMPLE =
  /change.?me|replace.?(me|this|with)|your.?(own|secret|key)|my.?secret|super.?secret|top.?secret|secret.?key|placeholder|sample|example|password|passphrase|default|openssl|insert.?here|lorem|12345678|abcdefgh|qwertyui/i;

/** @param distinctMin different characters: what is random has many, what was typed in a hurry few */
const isWeak = (text: unknown, lengthMin: number, distinctMin: number): boolean =>
  typeof text !== "string" ||
  text.length < lengthMin ||
  new Set(text).size < distinctMin ||
  SAMPLE.test(text);

const refusal = (name: string, lengthMin: number): Problem => ({
  code: "not_configured",
  detail: `${name} must be set to at least ${lengthMin} characters that nobody can guess.`,
  cure: `wrangler secret put ${name}, with the output of: openssl rand -base64 32`,
});

/** Why a root secret may not be served with: missing, short, repetitive, or out of somebody's documentation. */
export function secretDefect(secret: unknown): Problem | undefined {
  return isWeak(secret, 32, 12) ? refusal("CONCIERGE_SECRET", 32) : undefined;
}

type TokenSecrets = { readonly TOKEN_SECRET?: string; readonly TOKEN_SECRET_PREVIOUS?: string };
type RootSecrets = { readonly CONCIERGE_SECRET: string; readonly OPERATOR_KEY: string };

/**
 * Why the deployment may not serve yet. Names, keys and signatures made from a guessable secret would protect nothing, and
 * could never be changed again; so whoever opens a door asks here first. Without an OPERATOR_KEY nobody can make sites,
 * which harms nobody; with a weak one anybody could.
 */
export function deploymentDefect(env: RootSecrets & TokenSecrets): Problem | undefined {
  const { CONCIERGE_SECRET, OPERATOR_KEY, TOKEN_SECRET, TOKEN_SECRET_PREVIOUS } = env;
  const secrets = [CONCIERGE_SECRET, OPERATOR_KEY, TOKEN_SECRET, TOKEN_SECRET_PREVIOUS];
  if (secrets.every((secret, i) => secret === sound[i]) && sound.length > 0) return undefined;
  const defect = secretDefect(CONCIERGE_SECRET) ?? operatorKeyDefect(OPERATOR_KEY);
  if (defect) return defect;
  for (const [name, secret] of Object.entries({ TOKEN_SECRET, TOKEN_SECRET_PREVIOUS }))
    if (secret && isWeak(secret, 32, 12)) return refusal(name, 32);
  sound = secrets;
  return undefined;
}

/** Why an operator's key may not be served with; none at all is fine. */
function operatorKeyDefect(key: unknown): Problem | undefined {
  const isAbsent = key === undefined || key === "";
  return !isAbsent && isWeak(key, 24, 10) ? refusal("OPERATOR_KEY", 24) : undefined;
}

/** Secrets found to be sound, so that they are looked at once per isolate. */
let sound: readonly unknown[] = [];
