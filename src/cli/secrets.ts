import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

type Secrets = Readonly<Record<"CONCIERGE_SECRET" | "OPERATOR_KEY", string>>;

/** The local deployment's secrets: made at random at the first start, readable by their owner only. */
export function localSecrets(dir: string): Secrets {
  const path = join(dir, "secrets.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Secrets;
  mkdirSync(dir, { recursive: true });
  const secrets: Secrets = {
    CONCIERGE_SECRET: randomBytes(32).toString("base64url"),
    OPERATOR_KEY: `op_${randomBytes(24).toString("base64url")}`,
  };
  writeFileSync(path, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
