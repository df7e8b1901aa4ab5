import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { messageOf } from "../../../src/core/webhook/message.ts";
import { signedHeaders, webhookSecret } from "../../../src/objects/webhook-signature.ts";

/** The guide's examples, run as they stand there. */
const guide = readFileSync(new URL("../../../docs/guide/webhooks.md", import.meta.url), "utf8");
const example = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([^]+?)\n\`\`\``).exec(guide)![1]!;

const env = { CONCIERGE_SECRET: "a-secret-of-the-tests-and-of-nothing-else" };
const secret = await webhookSecret(env, "site", "crm", 2);
const oldSecret = await webhookSecret(env, "site", "crm", 1);
const secrets = [
  { version: 2, until: null },
  { version: 1, until: Number.MAX_SAFE_INTEGER },
];
const body = messageOf({ type: "order_recorded", at: 0, customerId: "Zoë", data: { orderId: "1001" } });

type Case = { name: string; secret: string; headers: Record<string, string>; body: string; verdict: boolean };

async function cases(): Promise<Case[]> {
  const now = Date.now();
  const signed = (sentAt: number, versions = secrets) =>
    signedHeaders(env, "site", { id: "crm", secrets: versions }, { id: "n1", sentAt, body });
  const headers = await signed(now);
  const fair = { secret, headers, body, verdict: true };
  const bad = (name: string, changed: Partial<Case>): Case => ({ ...fair, name, verdict: false, ...changed });
  return [
    { ...fair, name: "a fair message" },
    { ...fair, name: "one for a receiver that still has the secret before", secret: oldSecret },
    bad("another's secret", { secret: await webhookSecret(env, "site", "erp", 2) }),
    bad("a secret whose overlap is over", { secret: oldSecret, headers: await signed(now, [secrets[0]!]) }),
    bad("one byte more", { body: `${body} ` }),
    bad("one letter changed", { body: body.replace("1001", "1002") }),
    bad("another id", { headers: { ...headers, "webhook-id": "n2" } }),
    bad("another second", {
      headers: { ...headers, "webhook-timestamp": String(Math.floor(now / 1000) - 1) },
    }),
    bad("six minutes old", { headers: await signed(now - 360_000) }),
    bad("from the future", { headers: await signed(now + 360_000) }),
    bad("no signature", { headers: { ...headers, "webhook-signature": "v1," } }),
  ];
}

const verdictsOf = (list: readonly Case[]) => list.map(({ name, verdict }) => ({ name, verdict }));

test("the receiver in Node accepts what is ours and nothing else", async () => {
  const list = await cases();
  const driver = `
    import { readFileSync } from "node:fs";
    const list = JSON.parse(readFileSync(0, "utf8"));
    console.log(JSON.stringify(list.map((one) => ({ name: one.name, verdict: verify(one.secret, one.headers, one.body) }))));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", `${example("js")}\n${driver}`], {
    input: JSON.stringify(list),
    encoding: "utf8",
  });
  expect(JSON.parse(out)).toEqual(verdictsOf(list));
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) console.warn("SKIPPED: python3 is not here; the guide's example in Python is not run.");

describe.skipIf(!hasPython)("the receiver in Python", () => {
  test("accepts what is ours and nothing else", async () => {
    const list = await cases();
    const driver = `
import json, sys
print(json.dumps([{"name": one["name"], "verdict": verify(one["secret"], one["headers"], one["body"].encode())} for one in json.load(sys.stdin)]))`;
    const out = execFileSync("python3", ["-c", `${example("python")}\n${driver}`], {
      input: JSON.stringify(list),
      encoding: "utf8",
    });
    expect(JSON.parse(out)).toEqual(verdictsOf(list));
  });
});

test.each(["js", "python", "php", "ruby"])("the example in %s is short", (language) => {
  expect(example(language).split("\n").length).toBeLessThanOrEqual(10);
});
