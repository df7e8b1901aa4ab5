import { describe, expect, test } from "vitest";
import { isBot, isTooBusy } from "../../../src/edge/bots.ts";
import { readShared } from "../../support/shared.ts";

const asks = (name: string | undefined, settings: { ALLOW_HEADLESS?: string } = {}) =>
  isBot({ headers: new Headers(name === undefined ? {} : { "user-agent": name }) }, settings);

/** The lists of a YAML file that holds nothing but lists of one-line texts. */
function textsOf(yaml: string): string[] {
  return yaml
    .split("\n")
    .filter((line) => line.startsWith("  - "))
    .map((line) => line.slice(4).trim())
    .map((text) => {
      if (text.startsWith('"')) return JSON.parse(text) as string;
      return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text;
    });
}

const crawlers = readShared("vectors/isbot/fixtures/crawlers.yml");
const browsers = readShared("vectors/isbot/fixtures/browsers.yml");

describe.skipIf(crawlers === undefined || browsers === undefined)("isbot's own fixtures", () => {
  test("all 626 crawlers are bots", () => {
    const names = textsOf(crawlers!);
    expect(names).toHaveLength(626);
    expect(names.filter((name) => !asks(name))).toEqual([]);
  });

  test("none of 555 browsers is", () => {
    const names = textsOf(browsers!);
    expect(names).toHaveLength(555);
    expect(names.filter((name) => asks(name))).toEqual([]);
  });

  test("on one's own machine scripts and windowless browsers count as people, whoever calls itself a crawler does not", () => {
    const settings = { ALLOW_HEADLESS: "1" };
    const letIn = textsOf(crawlers!).filter((name) => !asks(name, settings));
    expect(letIn.filter((name) => /bot|crawl|spider|slurp/i.test(name))).toEqual([]);
    expect(textsOf(browsers!).filter((name) => asks(name, settings))).toEqual([]);
  });
});

const HEADLESS =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/153.0.0.0 Safari/537.36";

test.each([
  { name: HEADLESS, allow: undefined, bot: true },
  { name: HEADLESS, allow: "1", bot: false },
  { name: HEADLESS, allow: "0", bot: true },
  { name: undefined, allow: undefined, bot: true },
  { name: undefined, allow: "1", bot: false },
  { name: "   ", allow: undefined, bot: true },
  { name: "curl/8.1", allow: "1", bot: false },
  { name: "curl/8.1", allow: undefined, bot: true },
  { name: "Mozilla/5.0 (compatible; Googlebot/2.1)", allow: "1", bot: true },
  { name: `${HEADLESS.replace("Headless", "")} ${"a ".repeat(600)}`, allow: "1", bot: true },
])("ALLOW_HEADLESS=$allow, $name: $bot", ({ name, allow, bot }) => {
  expect(asks(name, allow === undefined ? {} : { ALLOW_HEADLESS: allow })).toBe(bot);
});

describe("too many decisions", () => {
  test("make a machine of a visitor for ten minutes, and of nobody else", () => {
    const verdicts = Array.from({ length: 91 }, () => isTooBusy({}, "shop", "v-busy", 0));
    expect(verdicts.indexOf(true)).toBe(90);
    expect(isTooBusy({}, "shop", "v-other", 0)).toBe(false);
    expect(isTooBusy({}, "other-shop", "v-busy", 0)).toBe(false);
    expect(isTooBusy({}, "shop", "v-busy", 599_000)).toBe(true);
    expect(isTooBusy({}, "shop", "v-busy", 600_000)).toBe(false);
  });

  test("a person who opens a page every two seconds for an hour stays a person", () => {
    const verdicts = Array.from({ length: 1_800 }, (_, i) => isTooBusy({}, "shop", "v-person", i * 2_000));
    expect(verdicts.filter(Boolean)).toEqual([]);
  });

  test("two a second is no person's pace", () => {
    const verdicts = Array.from({ length: 600 }, (_, i) => isTooBusy({}, "shop", "v-script", i * 500));
    expect(verdicts.indexOf(true)).toBe(179);
    expect(verdicts.slice(179).every(Boolean)).toBe(true);
  });
});
