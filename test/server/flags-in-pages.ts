import { GrowthBook } from "@growthbook/growthbook";
import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import { OpenFeature, type Provider } from "@openfeature/web-sdk";

/** What a page's script finds out with other people's SDKs, as they come from npm. */
export type Found = {
  readonly ofrep: string;
  readonly again: readonly number[];
  readonly growthbook: string;
};

/** Runs in the page: asks another origin with both SDKs. */
async function ask(url: string, key: string): Promise<Found> {
  const context = {
    targetingKey: "visitor-1",
    country: "AT",
    consent: { personalization: true, analytics: true },
  };
  const again: number[] = [];
  const provider = new OFREPWebProvider({
    baseUrl: url,
    headers: [["Authorization", `Bearer ${key}`]],
    cacheMode: "disabled",
    fetchImplementation: async (...asked) => {
      const reply = await fetch(...asked);
      again.push(reply.status);
      return reply;
    },
  });
  await OpenFeature.setProviderAndWait(provider as Provider, context).catch(() => undefined);
  const client = OpenFeature.getClient();
  const ofrep = client.getStringValue("greeting", "none");
  await OpenFeature.setContext({ ...context, page: "another" });
  const gb = new GrowthBook({ apiHost: url, clientKey: key, attributes: { id: "visitor-1", country: "AT" } });
  await gb.init({ timeout: 3_000, skipCache: true });
  return { ofrep, again, growthbook: gb.getFeatureValue("greeting", "none") };
}

Object.assign(globalThis, { askFlags: ask });
