import { execFileSync, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readClaims } from "../../../src/core/identity/claims.ts";

const guide = readFileSync(new URL("../../../docs/guide/identity.md", import.meta.url), "utf8");
const codeOf = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([^]+?)\`\`\``).exec(guide)?.[1] ?? "";

const CALL = `("Käufer 7", "shop-example-1f0a9c3e", "ik-1", "the secret-as_shown")`;
const LANGUAGES = [
  {
    language: "js",
    command: process.execPath,
    args: (code: string) => ["--input-type=module", "-e", `${code}\nconsole.log(conciergeToken${CALL})`],
  },
  {
    language: "php",
    command: "php",
    args: (code: string) => ["-r", `${code}\necho concierge_token${CALL};`],
  },
  {
    language: "ruby",
    command: "ruby",
    args: (code: string) => ["-e", `${code}\nputs concierge_token${CALL}`],
  },
  {
    language: "python",
    command: "python3",
    args: (code: string) => ["-c", `${code}\nprint(concierge_token${CALL})`],
  },
];

describe.each(LANGUAGES)("the guide's $language", ({ language, command, args }) => {
  const isHere = spawnSync(command, ["--version"]).status === 0;
  if (!isHere) console.warn(`SKIPPED: ${command} is not here; the guide's ${language} is not run.`);

  test("has ten lines at most", () => {
    const lines = codeOf(language).trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.length).toBeLessThanOrEqual(10);
  });

  test.skipIf(!isHere)("makes a token that is accepted", () => {
    const token = execFileSync(command, args(codeOf(language)), { encoding: "utf8" }).trim();
    const [head, body, signature, ...rest] = token.split(".");
    expect(rest).toEqual([]);
    expect(signature).toBe(
      createHmac("sha256", "the secret-as_shown").update(`${head}.${body}`).digest("base64url"),
    );
    const json = (part = ""): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
    expect(json(head)).toEqual({ alg: "HS256", typ: "JWT", kid: "ik-1" });
    const read = readClaims(json(body), "shop-example-1f0a9c3e", Date.now());
    expect(read).toMatchObject({ ok: true, value: { customerId: "Käufer 7" } });
  });
});
