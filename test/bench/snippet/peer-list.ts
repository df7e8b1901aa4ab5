/** Something else that a shop may embed. */
export type Peer = {
  readonly name: string;
  readonly packageName: string;
  /** What these bytes do, in a few words. */
  readonly does: string;
  /**
   * The script: starts with what the page names in `window.bench` (the collector's `api` and `host`), counts the page view
   * where it can, and a click on `#add` as a product put into the cart.
   */
  readonly entry: string;
  /** Path of the requests that carry events. Absent: it sends none. */
  readonly event?: RegExp;
};

/** The same listener for everybody, in their own file, so that the trace knows whose it is. */
const onAdd = (call: string): string =>
  `document.addEventListener("click", ({ target }) => { if (target.id === "add") ${call}; });`;
const PROPERTIES = `{ product_id: "p7", quantity: 1, price: 12.99, currency: "EUR" }`;

/** Defaults of the vendors, except that nothing records the screen; settings are answered by the collector. */
export const PEERS: readonly Peer[] = [
  {
    name: "preact",
    packageName: "preact",
    does: "control: renders one line",
    entry: `import { h, render } from "preact"; render(h("i", null, "ok"), document.createElement("div"));`,
  },
  {
    name: "plausible-legacy",
    packageName: "plausible-tracker",
    does: "page views, outbound links",
    event: /\/api\/event$/,
    entry: `import Plausible from "plausible-tracker";
      const own = Plausible({ domain: "shop.example", apiHost: bench.api, trackLocalhost: true });
      own.trackPageview(); ${onAdd(`own.trackEvent("Add", { props: ${PROPERTIES} })`)}`,
  },
  {
    name: "plausible",
    packageName: "@plausible-analytics/tracker",
    does: "page views, engagement, files, forms",
    event: /\/api\/event$/,
    entry: `import { init, track } from "@plausible-analytics/tracker";
      init({ domain: "shop.example", endpoint: bench.api + "/api/event", captureOnLocalhost: true });
      ${onAdd(`track("Add", { props: ${PROPERTIES} })`)}`,
  },
  {
    name: "growthbook",
    packageName: "@growthbook/growthbook",
    does: "client-side assignment",
    entry: `import { GrowthBook } from "@growthbook/growthbook";
      const own = new GrowthBook({ apiHost: bench.api, clientKey: "sdk-1", attributes: { id: "v1" } });
      own.init(); ${onAdd(`own.isOn("add")`)}`,
  },
  {
    name: "snowplow",
    packageName: "@snowplow/browser-tracker",
    does: "page views, queue",
    event: /\/tp2$/,
    entry: `import { newTracker, trackPageView, trackStructEvent } from "@snowplow/browser-tracker";
      newTracker("own", bench.api, { appId: "shop" }); trackPageView();
      ${onAdd(`trackStructEvent({ category: "cart", action: "add", label: "p7", value: 12.99 })`)}`,
  },
  {
    name: "jitsu",
    packageName: "@jitsu/js",
    does: "Segment-style events",
    event: /\/api\/s\//,
    entry: `import { jitsuAnalytics } from "@jitsu/js";
      const own = jitsuAnalytics({ host: bench.api, writeKey: "k" }); own.page();
      ${onAdd(`own.track("Product Added", ${PROPERTIES})`)}`,
  },
  {
    name: "mixpanel",
    packageName: "mixpanel-browser",
    does: "events, queue (core, without recorder)",
    event: /\/track\//,
    entry: `import own from "mixpanel-browser/src/loaders/loader-module-core";
      own.init("token", { api_host: bench.api, track_pageview: true, persistence: "localStorage" });
      ${onAdd(`own.track("Product Added", ${PROPERTIES})`)}`,
  },
  {
    name: "segment",
    packageName: "@segment/analytics-next",
    does: "events, plugins",
    event: /\/v1\/(p|t)$/,
    entry: `import { AnalyticsBrowser } from "@segment/analytics-next";
      const own = AnalyticsBrowser.load({ writeKey: "k", cdnURL: bench.api },
        { integrations: { "Segment.io": { apiHost: bench.host + "/v1", protocol: "http" } } });
      own.page(); ${onAdd(`own.track("Product Added", ${PROPERTIES})`)}`,
  },
  {
    name: "amplitude",
    packageName: "@amplitude/analytics-browser",
    does: "events, autocapture",
    event: /\/2\/httpapi$/,
    entry: `import * as own from "@amplitude/analytics-browser";
      own.init("key", { serverUrl: bench.api + "/2/httpapi", fetchRemoteConfig: false, autocapture: { pageViews: true } });
      ${onAdd(`own.track("Product Added", ${PROPERTIES})`)}`,
  },
  {
    name: "posthog",
    packageName: "posthog-js",
    does: "events, flags (without recording)",
    event: /\/e\/$/,
    entry: `import own from "posthog-js";
      own.init("phc_1", { api_host: bench.api, disable_session_recording: true, capture_pageview: true });
      ${onAdd(`own.capture("Product Added", ${PROPERTIES})`)}`,
  },
];
