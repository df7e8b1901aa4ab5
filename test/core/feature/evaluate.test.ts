import { describe, expect, test } from "vitest";
import { hashBucket } from "../../../src/core/experiment/bucket.ts";
import { compileFeatures } from "../../../src/core/feature/compile.ts";
import type { FeatureContext, Features } from "../../../src/core/feature/context.ts";
import { evaluateFeature, runExperiment } from "../../../src/core/feature/evaluate.ts";
import { unitOf } from "../../../src/core/feature/hash-attribute.ts";
import { pageAddress } from "../../../src/core/feature/page-address.ts";
import { queryOverride } from "../../../src/core/feature/query-override.ts";
import { redirectOf, withQueryOf } from "../../../src/core/feature/redirect.ts";
import { compileUrlTargets, type UrlTarget } from "../../../src/core/feature/url-target.ts";

const valueOf = (key: string, context: FeatureContext): unknown => evaluateFeature(key, context).value;

describe("a flag", () => {
  const features = compileFeatures({
    banner: { defaultValue: "plain", rules: [{ condition: { country: "AT" }, force: "servus" }] },
    empty: {},
    nothing: { defaultValue: 1, rules: [{ force: null }] },
    wild: { defaultValue: 0, rules: [{ condition: { agent: { $regexi: "(mobile|tablet)" } }, force: 1 }] },
  });

  test("answers with the first rule that applies, and else with its default", () => {
    expect(evaluateFeature("banner", { features, attributes: { country: "AT" } })).toEqual({
      value: "servus",
      on: true,
      off: false,
      source: "force",
      ruleId: "",
    });
    expect(valueOf("banner", { features })).toBe("plain");
    expect(valueOf("empty", { features })).toBe(null);
    expect(evaluateFeature("nothing", { features })).toMatchObject({ value: null, source: "force" });
    expect(valueOf("wild", { features, attributes: { agent: "Android MOBILE" } })).toBe(1);
  });

  test("a share includes the bucket at its very end, as in GrowthBook's SDKs; a range does not", () => {
    const bucket = hashBucket("x", "1", 1);
    const of = (rule: object) =>
      valueOf("x", { features: { x: { rules: [{ force: 1, ...rule }] } }, attributes: { id: "1" } });
    expect([of({ coverage: bucket }), of({ coverage: bucket - 0.001 })]).toEqual([1, null]);
    expect([of({ range: [0, bucket] }), of({ range: [bucket, 1] })]).toEqual([null, 1]);
  });

  test("is unknown where it is only inherited", () => {
    for (const key of ["toString", "__proto__", "constructor"])
      expect(evaluateFeature(key, { features }).source).toBe("unknownFeature");
  });

  test("can be overridden by the context", () => {
    expect(evaluateFeature("banner", { features, forcedFeatures: { banner: "mine" } })).toMatchObject({
      value: "mine",
      source: "override",
    });
  });
});

describe("what is met on the way is told", () => {
  const features: Features = {
    holdout: {
      defaultValue: true,
      rules: [{ key: "held", variations: [false, true], weights: [0.05, 0.95], hashVersion: 2 }],
    },
    layout: {
      defaultValue: 0,
      rules: [
        { parentConditions: [{ id: "holdout", condition: { value: true }, gate: true }], variations: [1, 2] },
      ],
    },
  };

  test("a prerequisite's experiment and the flag's own", () => {
    const met = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const { source, tracks = [] } = evaluateFeature("layout", { features, attributes: { id: `${i}` } });
      met.add(`${source}: ${tracks.map(({ experiment }) => experiment.key).join(", ")}`);
    }
    expect([...met].sort()).toEqual(["experiment: held, layout", "prerequisite: held"]);
  });

  test("nothing, where nobody draws lots", () => {
    expect(
      evaluateFeature("layout", { features, enabled: false, attributes: { id: "1" } }),
    ).not.toHaveProperty("tracks");
  });

  test("what is to be kept, once", () => {
    const rule = { variations: [0, 1], meta: [{ key: "a" }, { key: "b" }] };
    const sticky: Features = { x: { rules: [{ key: "x", ...rule }, { force: 9 }] } };
    const context: FeatureContext = { features: sticky, attributes: { id: "7" }, stickyBuckets: {} };
    const first = evaluateFeature("x", context).experimentResult!;
    expect(first.stickyDocument).toEqual({
      attributeName: "id",
      attributeValue: "7",
      assignments: { x__0: first.key },
    });
    const again = evaluateFeature("x", { ...context, stickyBuckets: { "id||7": first.stickyDocument! } });
    expect(again.experimentResult).toMatchObject({ key: first.key, stickyBucketUsed: true });
    expect(again.experimentResult).not.toHaveProperty("stickyDocument");
    expect(
      evaluateFeature("x", { ...context, stickyBuckets: undefined as never }).experimentResult,
    ).not.toHaveProperty("stickyDocument");
  });

  test("a version that counts to a billion is answered at once", () => {
    const features: Features = {
      x: { rules: [{ key: "x", variations: [0, 1], minBucketVersion: 1_000_000_000 }] },
    };
    const stickyBuckets = {
      "id||7": { attributeName: "id", attributeValue: "7", assignments: { x__3: "0" } },
    };
    expect(valueOf("x", { features, attributes: { id: "7" }, stickyBuckets })).toBe(null);
    expect(valueOf("x", { features, attributes: { id: "7" }, stickyBuckets: {} })).not.toBe(null);
  });
});

describe("prerequisites", () => {
  test("a circle is found, however long, and others are not harmed", () => {
    const features: Features = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [
        `f${i}`,
        { defaultValue: i, rules: [{ parentConditions: [{ id: `f${(i + 1) % 50}` }], force: "in" }] },
      ]),
    );
    expect(evaluateFeature("f7", { features }).source).toBe("cyclicPrerequisite");
    const broken: Features = { ...features, f49: { defaultValue: 49 } };
    expect(valueOf("f7", { features: broken })).toBe("in");
  });

  test("an experiment by itself asks them too", () => {
    const experiment = {
      key: "x",
      variations: [0, 1],
      parentConditions: [{ id: "open", condition: { value: true } }],
    };
    const attributes = { id: "1" };
    const run = (open: boolean) =>
      runExperiment(experiment, { attributes, features: { open: { defaultValue: open } } }).inExperiment;
    expect([run(true), run(false)]).toEqual([true, false]);
  });
});

describe("an experiment", () => {
  const experiment = { key: "my-test", variations: ["a", "b"] };
  const attributes = { id: "1" };

  test.each<[name: string, context: FeatureContext]>([
    ["without a unit", {}],
    ["with a list for a unit", { attributes: { id: ["1"] } }],
    ["with an object for a unit", { attributes: { id: JSON.parse('{"toString":1}') } }],
    ["in QA mode", { attributes, qaMode: true }],
    ["switched off", { attributes, enabled: false }],
    ["stopped by an override", { attributes, overrides: { "my-test": { status: "stopped" } } }],
    ["on no page", { attributes, overrides: { "my-test": { urlPatterns: [] } } }],
    ["with a hash nobody knows", { attributes, overrides: { "my-test": { hashVersion: 3 } } }],
  ])("nobody takes part %s", (_, context) => {
    expect(runExperiment(experiment, context)).toMatchObject({
      inExperiment: false,
      hashUsed: false,
      variationId: 0,
      value: "a",
    });
  });

  test("one looked at by address is in, and not counted", () => {
    const url = "https://shop.example/?my-test=1";
    expect(runExperiment({ ...experiment, active: false }, { attributes, url })).toMatchObject({
      inExperiment: true,
      hashUsed: false,
      value: "b",
    });
    expect(queryOverride("my-test", "https://shop.example/?my-test=%31", 2)).toBe(null);
  });

  test("a unit within something else is found, and a name with dots goes before", () => {
    expect(unitOf({ user: { id: 7 } }, "user.id")).toEqual({ attribute: "user.id", value: 7, text: "7" });
    expect(unitOf({ user: { id: 7 }, "user.id": "x" }, "user.id").text).toBe("x");
    expect(unitOf({ id: "" }, "id", "device")).toEqual({ attribute: "id", value: "", text: "" });
    expect(unitOf({ device: "d" }, "id", "device").attribute).toBe("device");
  });
});

describe("pages", () => {
  const simple = (pattern: string, include = true): UrlTarget => ({ type: "simple", pattern, include });
  test.each<[targets: UrlTarget[], url: string, expected: boolean]>([
    [[simple("/cart/*")], "https://shop.example/cart/7", true],
    [[simple("/cart")], "https://shop.example/Cart/?x=1#y", true],
    [[simple("shop.example/cart")], "https://shop.example/cart", true],
    [[simple("*.shop.example/cart")], "https://www.shop.example/cart", true],
    [[simple("*.shop.example/cart")], "https://shop.example/cart", false],
    [[simple("https://shop.example:443/a/../b")], "http://shop.example/b", true],
    [[simple("/x?color=r*")], "https://shop.example/x?size=4&color=red", true],
    [[simple("/x?color=red")], "https://shop.example/x", false],
    [[simple("/x#top")], "https://shop.example/x#top", true],
    [[simple("/x#top")], "https://shop.example/x", false],
    [[simple("/größe")], "https://shop.example/gr%C3%B6%C3%9Fe", true],
    [[simple("/a*a")], "https://shop.example/a", false],
    [[simple("/*"), simple("/admin/*", false)], "https://shop.example/admin/x", false],
    [[simple("/admin/*", false)], "https://shop.example/x", true],
    [[{ type: "regex", pattern: "^/p/\\d+$" }], "https://shop.example/p/12", true],
    [[{ type: "regex", pattern: "^https://shop" }], "https://shop.example/p", true],
    [[{ type: "regex", pattern: "(?=x)x" }], "https://shop.example/x", false],
    [[], "https://shop.example/", false],
    [[simple("/*")], "mailto:a@shop.example", false],
  ])("%j of %s: %s", (targets, url, expected) => {
    expect(compileUrlTargets(targets)(url)).toBe(expected);
  });

  test.each([
    "https://shop.example",
    "HTTP://user:pass@Shop.Example:80/a/./b/../c?x=1 2&y=é#z ä",
    "https://shop.example:8443/%7Ea?q=%zz",
    "https://shop.example/a//b/..",
    'https://shop.example/"<>`{}',
  ])("%s comes apart as in a browser", (text) => {
    const url = new URL(text);
    expect(pageAddress(text, undefined)).toMatchObject({
      origin: url.origin,
      host: url.host,
      path: url.pathname,
    });
  });

  test("a redirect's control stays, and stops later ones", () => {
    const to = (key: string, target: string, weights: number[]) => ({
      key,
      urlPatterns: [simple("/home")],
      weights,
      variations: [{}, { urlRedirect: target }],
    });
    const context = { attributes: { id: "1" }, url: "http://shop.example/home" };
    const stays = to("a", "http://shop.example/a", [1, 0]);
    const goes = to("b", "http://shop.example/b", [0, 1]);
    expect(redirectOf([stays, goes], context)).not.toHaveProperty("urlRedirect");
    expect(redirectOf([goes, stays], context)?.urlRedirect).toBe("http://shop.example/b");
    expect(redirectOf([to("c", context.url, [0, 1])], context)).not.toHaveProperty("urlRedirect");
  });

  test.each([
    ["http://a.example/?x=1&y=2 3", "http://b.example/new?x=5", "http://b.example/new?x=5&y=2+3"],
    ["http://a.example/?~=*", "http://b.example", "http://b.example/?%7E=*"],
    ["http://a.example/", "http://b.example/n?q=a b", "http://b.example/n?q=a%20b"],
    ["nonsense", "/b", "/b"],
  ])("the parameters of %s on %s", (from, to, expected) => {
    expect(withQueryOf(from, to)).toBe(expected);
  });
});
