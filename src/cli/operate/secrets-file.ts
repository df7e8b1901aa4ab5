import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { SECRETS, SETTINGS } from "../settings.ts";
import { Refusal } from "./refusal.ts";

export type Given = Readonly<Partial<Record<string, string>>>;
export type Settings = Readonly<Partial<Record<(typeof SETTINGS)[number], string>>>;
export type Deployment = {
  readonly secrets: Readonly<Record<(typeof SECRETS)[number], string>>;
  readonly settings: Settings;
};

const MAKE = "openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\\n'";

/**
 * Secrets and settings of a deployment: from the environment, or from a file that nobody else can read, as
 * `NAME=value` lines or as a JSON object. `ALLOW_HEADLESS` is left out: it is for tests and demos.
 * @param from "env", or the path of a file
 */
export function readDeployment(from: string, env: Given): Deployment {
  const given = from === "env" ? env : parseSecrets(readPrivate(from));
  const missing = SECRETS.filter((name) => !given[name]);
  if (missing.length > 0)
    throw new Refusal(
      `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing from ${from === "env" ? "the environment" : from}.`,
      `Make each once and keep a copy in a safe place: ${MAKE}`,
    );
  const settings = Object.fromEntries(
    SETTINGS.filter((name) => name !== "ALLOW_HEADLESS" && given[name]).map((name) => [name, given[name]!]),
  );
  const secrets = Object.fromEntries(SECRETS.map((name) => [name, given[name]!]));
  return { secrets: secrets as Deployment["secrets"], settings };
}

function readPrivate(path: string): string {
  let mode: number;
  try {
    ({ mode } = statSync(path));
  } catch {
    throw new Refusal(
      `There is no file ${path}.`,
      "Name the file of the secrets, or env: --secrets <file>|env",
    );
  }
  if ((mode & 0o007) !== 0)
    throw new Refusal(`Everybody on this machine can read ${path}.`, `chmod 600 ${path}`);
  return readFileSync(path, "utf8");
}

/**
 * @example parseSecrets("# ours\nOPERATOR_KEY='op_x'\n") // { OPERATOR_KEY: "op_x" }
 */
export function parseSecrets(text: string): Given {
  if (text.trimStart().startsWith("{")) return JSON.parse(text) as Given;
  const given: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const found = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (found) given[found[1]!] = found[2]!.replace(/^(["'])(.*)\1$/, "$2");
  }
  return given;
}

/** Tells one root secret from another, and says nothing about it: kept beside the data that only it opens. */
export const markOf = (secret: string): string =>
  createHash("sha256").update(`concierge data folder\n${secret}`).digest("hex").slice(0, 16);
