import { createHmac, randomBytes } from "node:crypto";
import { bytesHold } from "./files.ts";
import { Site, until } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const GUESSES = 300;
const SAMPLES = [
  "",
  "short",
  "a".repeat(40),
  "changeme-changeme-changeme-changeme-1",
  "your-own-secret-goes-here-0123456789",
  "abcdefghijklmnopqrstuvwxyz0123456789",
];

export const keys: Threat = {
  id: "T5",
  title: "Guess a key, find one at rest, use one that has ended, start with a sample secret",
  off: [
    {
      name: "the look-up of the key's digest",
      edits: [
        {
          file: "src/http/access.ts",
          find: "const row = site.keys.get(parsed.digest);",
          replace: "const row = [...site.keys.values()].find((one) => one.kind === parsed.kind);",
        },
        { file: "src/http/access.ts", find: " || !isSameDigest(row.digest, parsed.digest)", replace: "" },
      ],
    },
    {
      name: "that only a digest of a key is stored",
      edits: [
        {
          file: "src/edge/keys.ts",
          find: 'return toHex(await hmac(env.CONCIERGE_SECRET, "key-digest", key));',
          replace: "return key;",
        },
      ],
    },
    {
      name: "the end of a key that was replaced",
      edits: [
        {
          file: "src/http/access.ts",
          find: "if (row.expiresAt !== null && row.expiresAt <= now) return fail(unknownKey);",
          replace: "",
        },
        {
          file: "src/store/key-store.ts",
          find: "(expires_at IS NULL OR expires_at > ?)",
          replace: "? > 0",
        },
      ],
    },
    {
      name: "the refusal of weak secrets",
      edits: [
        {
          file: "src/edge/secret.ts",
          find: "const isWeak = (text: unknown, lengthMin: number, distinctMin: number): boolean =>",
          replace:
            "const isWeak = (_text: unknown, _lengthMin: number, _distinctMin: number): boolean => false;\nexport const wasWeak = (text: unknown, lengthMin: number, distinctMin: number): boolean =>",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const { adminKey, serverKey, siteId } = site.keys;
    const tail = adminKey.slice(-32);
    const guesses = [
      "",
      "ak",
      "ak__",
      `ak_${siteId}_`,
      adminKey.slice(0, -1),
      `${adminKey}A`,
      adminKey.toUpperCase(),
      adminKey.replace("ak_", "sk_"),
      serverKey.replace("sk_", "ak_"),
      `ak_${siteId}_${[...tail].toReversed().join("")}`,
      `${adminKey}\u00e9`.normalize(),
      `ak_${siteId}_${"A".repeat(32)}`,
      `ak_${siteId}_${"A".repeat(5000)}`,
      `ak_constructor_${"A".repeat(32)}`,
      ...Array.from(
        { length: GUESSES },
        (_, i) =>
          `ak_${siteId}_${createHmac("sha256", "guess").update(String(i)).digest("base64url").slice(0, 32)}`,
      ),
    ];
    for (const key of guesses) {
      // A header takes only Latin-1.
      const { status } = await stage.send("GET", "/v1/config", {
        headers: { authorization: `Bearer ${key}` },
      });
      tries.held(
        status === 401 || status === 404,
        `a guessed key of ${key.length} characters was answered ${status}`,
      );
    }
    for (const secret of [
      adminKey,
      serverKey,
      site.keys.writeKey,
      stage.secrets.OPERATOR_KEY,
      stage.secrets.CONCIERGE_SECRET,
    ])
      tries.held(!bytesHold(stage.dataDir, secret), "a key stands in the files in clear");

    const made = await site.owner("POST", "/v1/keys", { kind: "sk", label: "till" });
    const old = made.json["key"] as string;
    must(made.status === 201 && old, made.text);
    const rotated = await site.owner("POST", `/v1/keys/${made.json["id"] as string}/rotate`, {
      graceHours: 0.0003,
    });
    must(rotated.status === 201, rotated.text);
    const statusOf = async (key: string) => (await stage.send("GET", "/v1/customers/nobody", { key })).status;
    tries.held(
      await until(async () => (await statusOf(old)) === 401, 5_000),
      "a key that was replaced still opens after 5 s",
    );
    tries.held((await statusOf(rotated.json["key"] as string)) === 404, "the new key does not open");

    const statusWith = async (CONCIERGE_SECRET: string): Promise<number> => {
      const server = await stage.beside({ CONCIERGE_SECRET });
      const reply = await fetch(`${server.url}/v1/sites`, {
        method: "POST",
        headers: { authorization: `Bearer ${stage.secrets.OPERATOR_KEY}` },
        body: JSON.stringify({ origin: "https://shop.example" }),
      });
      await server.stop("SIGKILL");
      return reply.status;
    };
    must((await statusWith(randomBytes(32).toString("base64url"))) === 201, "a sound secret is refused too");
    for (const sample of SAMPLES)
      tries.held(
        (await statusWith(sample)) === 503,
        `a deployment with the secret “${sample.slice(0, 12)}” makes sites`,
      );
    return tries.outcome("guesses, the files, a replaced key, sample secrets");
  },
};
