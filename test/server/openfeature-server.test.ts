import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OpenFeature, type Client, type EvaluationContext, type JsonValue } from "@openfeature/server-sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFlags, type FlagServer } from "./flag-server.ts";
import { runScenario, SCENARIOS, TEST_FLAGS, testFlags, type Ask } from "./gherkin.ts";

let server: FlagServer;
let client: Client;

beforeAll(async () => {
  server = await startFlags();
  const provider = new OFREPProvider({
    baseUrl: server.url,
    headers: [["Authorization", `Bearer ${server.keys.serverKey}`]],
  });
  await OpenFeature.setProviderAndWait(provider);
  client = OpenFeature.getClient();
});
afterAll(async () => {
  await OpenFeature.close();
  await server?.stop();
});

const ask: Ask = (kind, key, fallback, context) => {
  const about = context as EvaluationContext;
  switch (kind) {
    case "Boolean":
      return client.getBooleanDetails(key, fallback as boolean, about);
    case "String":
      return client.getStringDetails(key, fallback as string, about);
    case "Object":
      return client.getObjectDetails(key, fallback as JsonValue, about);
    default:
      return client.getNumberDetails(key, fallback as number, about);
  }
};

describe.skipIf(TEST_FLAGS === undefined)(
  "OpenFeature's own scenarios, with the unmodified server provider",
  () => {
    test("all that are about answers agree; what is about the SDK alone is left out", async () => {
      await server.publish({ features: testFlags(TEST_FLAGS!) });
      const wrong: string[] = [];
      const left: string[] = [];
      let agreed = 0;
      for (const scenario of SCENARIOS) {
        const outcome = await runScenario(scenario, ask);
        // This version of the provider takes an answer without a value for a broken one, and keeps no answers.
        const isBeyond = /@reason-codes-(disabled|cached)/.test(scenario.tags.join(" "));
        if (outcome.unknown !== undefined || isBeyond) left.push(scenario.name);
        else if (outcome.wrong.length > 0) wrong.push(`${scenario.name}: ${outcome.wrong.join("; ")}`);
        else agreed++;
      }
      expect(wrong).toEqual([]);
      expect({ agreed, left: left.length }).toEqual({ agreed: 76, left: 24 });
    });
  },
);

describe("a flag of an experiment", () => {
  const VARIATIONS = [
    { id: "buy", value: "Buy" },
    { id: "add", value: "Add to cart" },
  ];
  test("splits those who agreed, the same way at each question, and nobody else", async () => {
    await server.publish({
      holdout: { share: 0 },
      experiments: [{ id: "wording", flag: "button", variations: VARIATIONS }],
    });
    const counts: Record<string, number> = {};
    for (let i = 0; i < 60; i++) {
      const targetingKey = `visitor-${i}`;
      const consent = { personalization: true, analytics: true };
      const agreed = await client.getStringDetails("button", "?", { targetingKey, consent });
      const again = await client.getStringDetails("button", "?", { targetingKey, consent });
      const silent = await client.getStringDetails("button", "?", { targetingKey });
      expect(agreed).toMatchObject({ reason: "SPLIT", flagMetadata: { experiment: "wording" } });
      expect(again).toEqual(agreed);
      expect(silent).toMatchObject({ value: "Buy", reason: "DEFAULT", flagMetadata: { consent: "missing" } });
      counts[agreed.value] = (counts[agreed.value] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toEqual(["Add to cart", "Buy"]);
    const nameless = await client.getStringDetails("button", "?", {
      consent: { personalization: true, analytics: true },
    });
    expect(nameless).toMatchObject({ value: "?", reason: "ERROR", errorCode: "TARGETING_KEY_MISSING" });
  });

  test("a placeholder instead of an id, and a wrong key, are the SDK's own errors", async () => {
    expect(await client.getStringDetails("button", "?", { targetingKey: "undefined" })).toMatchObject({
      value: "?",
      errorCode: "INVALID_CONTEXT",
    });
    const stranger = new OFREPProvider({ baseUrl: server.url, headers: { "X-API-Key": "sk_nobodys" } });
    await OpenFeature.setProviderAndWait("stranger", stranger);
    const details = await OpenFeature.getClient("stranger").getStringDetails("button", "?", {});
    expect(details).toMatchObject({ value: "?", reason: "ERROR" });
  });
});
