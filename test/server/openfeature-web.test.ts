import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import {
  OpenFeature,
  type Client,
  type EvaluationContext,
  type JsonValue,
  type Provider,
} from "@openfeature/web-sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFlags, type FlagServer } from "./flag-server.ts";
import { runScenario, SCENARIOS, TEST_FLAGS, testFlags, type Ask } from "./gherkin.ts";

const CONSENT = { personalization: true, analytics: true };
let server: FlagServer;
let client: Client;
type Options = ConstructorParameters<typeof OFREPWebProvider>[0];
/** The provider as npm has it; its types were made without `exactOptionalPropertyTypes`. */
const providerOf = (options: Options): Provider => new OFREPWebProvider(options) as Provider;
/** Statuses of the provider's own requests, in their order. */
const statuses: number[] = [];

beforeAll(async () => {
  server = await startFlags();
  const provider = providerOf({
    baseUrl: server.url,
    headers: [["Authorization", `Bearer ${server.keys.writeKey}`]],
    cacheMode: "disabled",
    fetchImplementation: async (...asked) => {
      const reply = await fetch(...asked);
      statuses.push(reply.status);
      return reply;
    },
  });
  await OpenFeature.setProviderAndWait(provider);
  client = OpenFeature.getClient();
});
afterAll(async () => {
  await OpenFeature.close();
  await server?.stop();
});

const ask: Ask = async (kind, key, fallback, context) => {
  await OpenFeature.setContext(context as EvaluationContext);
  switch (kind) {
    case "Boolean":
      return client.getBooleanDetails(key, fallback as boolean);
    case "String":
      return client.getStringDetails(key, fallback as string);
    case "Object":
      return client.getObjectDetails(key, fallback as JsonValue);
    default:
      return client.getNumberDetails(key, fallback as number);
  }
};

describe.skipIf(TEST_FLAGS === undefined)(
  "OpenFeature's own scenarios, with the unmodified web provider",
  () => {
    test("all that are about answers agree, disabled flags included", async () => {
      await server.publish({ features: testFlags(TEST_FLAGS!) });
      const wrong: string[] = [];
      const left: string[] = [];
      let agreed = 0;
      for (const scenario of SCENARIOS) {
        const outcome = await runScenario(scenario, ask);
        if (outcome.unknown !== undefined || scenario.tags.includes("@reason-codes-cached"))
          left.push(scenario.name);
        else if (outcome.wrong.length > 0) wrong.push(`${scenario.name}: ${outcome.wrong.join("; ")}`);
        else agreed++;
      }
      expect(wrong).toEqual([]);
      expect({ agreed, left: left.length }).toEqual({ agreed: 81, left: 19 });
    });
  },
);

test("a visitor who agrees, and takes it back, is split and is not", async () => {
  await server.publish({
    holdout: { share: 0 },
    experiments: [
      {
        id: "x",
        flag: "f",
        variations: [
          { id: "a", value: 1 },
          { id: "b", value: 2 },
        ],
      },
    ],
  });
  await OpenFeature.setContext({ targetingKey: "visitor-1", consent: CONSENT });
  expect(client.getNumberDetails("f", 0)).toMatchObject({
    reason: "SPLIT",
    flagMetadata: { experiment: "x" },
  });
  await OpenFeature.setContext({ targetingKey: "visitor-1", consent: { personalization: false } });
  expect(client.getNumberDetails("f", 0)).toMatchObject({
    value: 1,
    reason: "DEFAULT",
    flagMetadata: { consent: "missing" },
  });
});

test("what is known already comes as 304, and what was published since as 200", async () => {
  const flag = (value: number) => ({ features: { f: { defaultValue: value } } });
  await server.publish(flag(1));
  await OpenFeature.setContext({ targetingKey: "visitor-2", page: "a" });
  statuses.length = 0;
  await OpenFeature.setContext({ targetingKey: "visitor-2", page: "b" });
  await server.publish(flag(2));
  await OpenFeature.setContext({ targetingKey: "visitor-2", page: "c" });
  expect(statuses).toEqual([304, 200]);
  expect(client.getNumberValue("f", 0)).toBe(2);
});

test("a key of another shop makes the provider fatal, and the program's own values stand", async () => {
  const stranger = providerOf({ baseUrl: server.url, headers: [["X-API-Key", "pk_nobodys"]] });
  await expect(OpenFeature.setProviderAndWait("stranger", stranger)).rejects.toThrow();
  expect(OpenFeature.getClient("stranger").getNumberDetails("f", 7)).toMatchObject({
    value: 7,
    errorCode: "PROVIDER_FATAL",
  });
});
