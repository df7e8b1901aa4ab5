import { GrowthBook, GrowthBookClient } from "@growthbook/growthbook";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "../../src/cli/call.ts";
import { startFlags, type FlagServer } from "./flag-server.ts";

const CONFIG = {
  holdout: { share: 0.1 },
  features: {
    greeting: { defaultValue: "hello", rules: [{ condition: { country: "AT" }, force: "servus" }] },
    rollout: {
      defaultValue: false,
      rules: [{ force: true, coverage: 0.4, hashAttribute: "id", hashVersion: 2 }],
    },
    pasted: {
      defaultValue: 0,
      rules: [
        {
          key: "pasted-test",
          seed: "pasted-test",
          variations: [0, 1, 2],
          weights: [0.2, 0.3, 0.5],
          hashVersion: 2,
          namespace: ["menu", 0.1, 0.9],
          parentConditions: [{ id: "greeting", condition: { value: "servus" } }],
        },
      ],
    },
  },
  experiments: [
    {
      id: "wording",
      flag: "button",
      when: { country: "AT" },
      coverage: 0.7,
      variations: [
        { id: "buy", value: { label: "Buy" } },
        { id: "add", value: { label: "Add" }, weight: 0.3 },
      ],
    },
  ],
};
const KEYS = ["greeting", "rollout", "pasted", "button"];
const consent = { personalization: true, analytics: true };
let server: FlagServer;

beforeAll(async () => {
  server = await startFlags();
  await server.publish(CONFIG);
});
afterAll(() => server?.stop());

type Remote = {
  flags: { key: string; value: unknown; variant?: string; metadata?: Record<string, unknown> }[];
};
const remote = async (context: object): Promise<Remote["flags"]> =>
  (
    await call<Remote>(`${server.url}/ofrep/v1/evaluate/flags`, {
      key: server.keys.serverKey,
      body: { context },
    })
  ).flags;

test("the unmodified SDK, given our payload, answers as we do: 300 visitors, with and without consent", async () => {
  const seen: Record<string, Set<string>> = {};
  const gb = new GrowthBook({ apiHost: server.url, clientKey: server.keys.writeKey });
  expect((await gb.init({ timeout: 5_000 })).success).toBe(true);
  for (let i = 0; i < 300; i++) {
    const id = `visitor-${i}${i % 3 === 0 ? "-ü🫖" : ""}`;
    const attributes = { country: i % 4 === 0 ? "DE" : "AT", ...(i % 5 === 0 ? {} : { consent }) };
    await gb.setAttributes({ id, ...attributes });
    for (const flag of await remote({ targetingKey: id, ...attributes })) {
      const own = gb.evalFeature(flag.key);
      expect([own.value, own.experiment?.key], `${id} ${flag.key}`).toEqual([
        flag.value,
        flag.metadata?.["experiment"],
      ]);
      if (own.experiment) expect(own.experimentResult?.key).toBe(flag.variant);
      (seen[flag.key] ??= new Set()).add(JSON.stringify(flag.value));
      if (attributes.consent === undefined) expect(own.source).not.toBe("experiment");
    }
  }
  expect(KEYS.map((key) => seen[key]!.size)).toEqual([2, 2, 3, 2]);
  gb.destroy();
});

test("the SDK tells its tracker of each experiment under our names, and sees what is published", async () => {
  const told: string[] = [];
  const gb = new GrowthBook({
    apiHost: server.url,
    clientKey: server.keys.writeKey,
    attributes: { id: "visitor-1", country: "AT", consent },
    trackingCallback: (experiment, result) => void told.push(`${experiment.key} ${result.key}`),
  });
  await gb.init({ timeout: 5_000 });
  expect(gb.getFeatureValue("greeting", "?")).toBe("servus");
  for (let i = 0; i < 20; i++) {
    await gb.setAttributes({ id: `visitor-${i}`, country: "AT", consent });
    gb.evalFeature("button");
  }
  expect(new Set(told)).toEqual(new Set(["wording buy", "wording add"]));
  await server.publish({ ...CONFIG, features: { ...CONFIG.features, greeting: { defaultValue: "new" } } });
  await gb.refreshFeatures({ skipCache: true });
  expect(gb.getFeatureValue("greeting", "?")).toBe("new");
  gb.destroy();
  await server.publish(CONFIG);
});

test("the SDK for servers, too; a wrong key gives it nothing", async () => {
  const client = new GrowthBookClient({ apiHost: server.url, clientKey: server.keys.writeKey });
  expect((await client.init({ timeout: 5_000, skipCache: true })).success).toBe(true);
  expect(client.getFeatureValue("greeting", "?", { attributes: { country: "AT" } })).toBe("servus");
  client.destroy();
  const stranger = new GrowthBookClient({ apiHost: server.url, clientKey: "pk_nobodys" });
  expect((await stranger.init({ timeout: 5_000 })).success).toBe(false);
  stranger.destroy();
});
