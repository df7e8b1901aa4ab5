import { toJsonSchema } from "@valibot/to-json-schema";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { TimeZone, Trigger, TriggerOn, Triggers } from "../../../src/core/config/trigger-config.ts";
import { triggerDefects } from "../../../src/core/trigger/trigger-defects.ts";

const good = {
  id: "welcome",
  on: { when: "event", event: "product_viewed" },
  then: [{ do: "webhook", name: "mail" }],
};

/** Where a trigger is refused, and why. */
const refusals = (changes: object) => {
  const read = v.safeParse(Trigger, { ...good, ...changes });
  return (read.issues ?? []).map((issue) => `${v.getDotPath(issue) ?? ""}: ${issue.message}`);
};

describe("a trigger as it is written", () => {
  test("has defaults to be lived with", () => {
    expect(v.parse(Trigger, good)).toEqual({ ...good, delayMinutes: 0, once: false, purpose: "marketing" });
    expect(v.parse(Trigger, { ...good, on: { when: "price_drop" } }).on).toEqual({
      when: "price_drop",
      interest: ["viewed", "carted", "wished"],
      days: 30,
      atLeast: 0.05,
    });
  });

  test.each<[string, object, RegExp]>([
    [
      "an event that there is not",
      { on: { when: "event", event: "looked" } },
      /^on\.event: one of bought, ordered/,
    ],
    [
      "a name that the event has not",
      { on: { when: "event", event: "page_viewed", where: { "item.type": 1 } } },
      /^on\.where\.item\.type: about what page_viewed has: page$/,
    ],
    [
      "the same in a step",
      {
        on: {
          when: "sequence",
          withinMinutes: 5,
          steps: [{ event: "page_viewed" }, { event: "custom", where: { rating: 1 } }],
        },
      },
      /^on\.steps\.1\.where\.rating: about what custom has/,
    ],
    [
      "an operator that there is not",
      { on: { when: "event", event: "custom", where: { name: { $like: "a" } } } },
      /^on\.where\.name\.\$like: a known operator$/,
    ],
    [
      "a sequence of one step",
      { on: { when: "sequence", withinMinutes: 5, steps: [{ event: "page_viewed" }] } },
      /^on\.steps: at least 2 steps$/,
    ],
    [
      "a wait of a minute and a half",
      { on: { when: "cart_abandoned", minutes: 1.5 } },
      /^on\.minutes: a whole number of minutes from 1 to 576000$/,
    ],
    [
      "a delay beyond 400 days",
      { delayMinutes: 576_001 },
      /^delayMinutes: a whole number of minutes from 0 to 576000$/,
    ],
    ["a cool-down of no days", { coolDownDays: 0 }, /^coolDownDays: a whole number of days from 1 to 400$/],
    [
      "a time of day that there is not",
      { quietHours: { from: "24:00", until: "08:00" } },
      /^quietHours\.from: a time of day/,
    ],
    [
      "quiet hours all day",
      { quietHours: { from: "08:00", until: "08:00" } },
      /^quietHours: quiet hours that end at another time/,
    ],
    [
      "an audience that asks about the request",
      { audience: { $or: [{ "traits.plan": "gold" }, { "page.type": "home" }] } },
      /^audience\.\$or\.1\.page\.type: about the customer: segments, traits/,
    ],
    [
      "an audience that counts",
      { audience: { $count: { event: "ordered", is: 1 } } },
      /^audience: in a segment: only segments count events/,
    ],
    ["a purpose that there is not", { purpose: "spam" }, /^purpose: /],
    ["no effect", { then: [] }, /^then: at least one effect$/],
    ["nine effects", { then: Array.from({ length: 9 }, () => good.then[0]) }, /^then: at most 8 effects$/],
    [
      "an effect with too much content",
      { then: [{ do: "content", slot: "hero", content: "x".repeat(5_000), days: 1 }] },
      /^then\.0\.content: at most 4096 characters of JSON$/,
    ],
    [
      "a price that falls by everything",
      { on: { when: "price_drop", atLeast: 1 } },
      /^on\.atLeast: a share from 0\.01 to 0\.95$/,
    ],
    [
      "a guess for a confidence",
      { on: { when: "life_event", kind: "move", confidence: 0.4 } },
      /^on\.confidence: a share from 0\.5 to 1$/,
    ],
    [
      "the anniversary of nothing",
      { on: { when: "anniversary", of: "wedding" } },
      /^on\.of: first_order, registration or \{"trait": "name"\}$/,
    ],
    ["a word that is not one of ours", { cooldown: 3 }, /^cooldown: /],
  ])("is refused for %s", (_what, changes, expected) => {
    const found = refusals(changes);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  test("a site has at most a hundred, each with its own id", () => {
    const named = (length: number) => Array.from({ length }, (_, i) => ({ ...good, id: `t${i}` }));
    expect(v.is(Triggers, named(100))).toBe(true);
    expect(v.is(Triggers, named(101))).toBe(false);
    expect(v.safeParse(Triggers, [good, good]).issues?.[0].message).toBe("triggers with different ids");
  });

  test("a time zone is one of the database's", () => {
    expect(v.is(TimeZone, "Europe/Vienna")).toBe(true);
    expect(v.is(TimeZone, "Vienna")).toBe(false);
  });

  test("can be told as JSON Schema", () => {
    const schema = JSON.stringify(toJsonSchema(Triggers, { typeMode: "input", errorMode: "ignore" }));
    for (const { entries } of TriggerOn.options)
      expect(schema).toContain(`"const":"${entries.when.literal}"`);
  });

  test("may only name what the config has", () => {
    const around = {
      personalSegments: new Set(["vip"]),
      otherSegments: new Set(["on-home"]),
      lifeKinds: new Set(["move"]),
    };
    const read = (...ons: object[]) =>
      v.parse(
        Triggers,
        ons.map((on, i) => ({ ...good, id: `t${i}`, on })),
      );
    const fine = read({ when: "segment_left", segment: "vip" }, { when: "life_event", kind: "move" });
    expect(triggerDefects(fine, around)).toEqual([]);
    const bad = read(
      { when: "segment_entered", segment: "nobody" },
      { when: "segment_left", segment: "on-home" },
      { when: "life_event", kind: "jackpot" },
    );
    expect(triggerDefects(bad, around).map(({ pointer }) => pointer)).toEqual([
      "/0/on/segment",
      "/1/on/segment",
      "/2/on/kind",
    ]);
  });
});

describe("the guide", () => {
  const guide = readFileSync(join(import.meta.dirname, "../../../docs/guide/triggers.md"), "utf8");
  const examples = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1]!);

  test("shows triggers that can be published", () => {
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const example of examples) {
      const { triggers } = JSON.parse(example) as { triggers: unknown };
      expect(v.safeParse(Triggers, triggers).issues).toBeUndefined();
    }
  });

  test("tells of every kind", () => {
    for (const { entries } of TriggerOn.options) expect(guide).toContain(`\`${entries.when.literal}\``);
  });
});
