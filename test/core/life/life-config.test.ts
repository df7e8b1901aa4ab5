import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { isSensitiveKind, LifeConfig } from "../../../src/core/config/life-config.ts";
import { compileLife } from "../../../src/core/life/compile-life.ts";
import { KNOWN_KINDS } from "../../../src/core/life/known-kinds.ts";
import { soundsSensitive } from "../../../src/core/life/sensitive-words.ts";
import { parseWith } from "../../../src/core/problem/parse.ts";

const SIGN = { event: "bought", where: { type: "Moving boxes" }, weight: 2 };
const parse = (document: unknown) => parseWith(LifeConfig, document, "config_invalid", "/lifeEvents");
const refusal = (document: unknown) => {
  const parsed = parse(document);
  return parsed.ok ? undefined : parsed.problem;
};

test("nothing said means: nothing is concluded", () => {
  expect(parse({})).toEqual({ ok: true, value: { infer: false, kinds: {} } });
});

describe("a sensitive kind", () => {
  const sensitive = Object.entries(KNOWN_KINDS).flatMap(([name, kind]) => (kind.isSensitive ? [name] : []));

  test("health, children, death, separation and faith are", () => {
    expect(sensitive).toEqual(
      expect.arrayContaining([
        "illness",
        "pregnancy",
        "new_child",
        "bereavement",
        "divorce",
        "religious_event",
      ]),
    );
  });

  test.each(sensitive)("%s may have no signs", (name) => {
    expect(refusal({ infer: true, kinds: { [name]: { signs: [SIGN] } } })).toMatchObject({
      code: "config_invalid",
      pointer: `/lifeEvents/kinds/${name}/signs`,
    });
  });

  test.each(sensitive)("%s cannot be declared ordinary", (name) => {
    expect(refusal({ kinds: { [name]: { sensitive: false } } })?.pointer).toBe(
      `/lifeEvents/kinds/${name}/sensitive`,
    );
  });

  test.each([
    ["by the site's word", "first_car", { sensitive: true }],
    ["by its name", "baby_shower", {}],
    ["by its name in German", "schwangerschaft", {}],
    ["by its title", "event7", { title: "Décès d’un proche" }],
    ["by the title given to an ordinary one", "move", { title: "Divorce" }],
  ])("%s", (_, name, kind) => {
    expect(isSensitiveKind(name, kind)).toBe(true);
    expect(refusal({ kinds: { [name]: { ...kind, signs: [SIGN] } } })?.pointer).toBe(
      `/lifeEvents/kinds/${name}/signs`,
    );
  });

  test("has no signs even where a stored config says so", () => {
    const stored = v.parse(LifeConfig, { infer: true, kinds: { move: { signs: [SIGN] } } });
    const compiled = compileLife({ ...stored, kinds: { pregnancy: stored.kinds["move"]! } });
    expect(compiled.kinds.get("pregnancy")).toMatchObject({ signs: [], isSensitive: true });
  });
});

test.each([
  "birthday_party",
  "new_kitchen",
  "move",
  "wedding",
  "first_bike",
  "transport",
  "kindle_reader",
  "graduation",
])("%s is ordinary", (name) => {
  expect(soundsSensitive(name)).toBe(false);
});

test.each<[what: string, document: unknown, pointer: string]>([
  [
    "a threshold that one product type could reach",
    { kinds: { move: { threshold: 0.5 } } },
    "/lifeEvents/kinds/move/threshold",
  ],
  [
    "a weight of nothing",
    { kinds: { move: { signs: [{ ...SIGN, weight: 0 }] } } },
    "/lifeEvents/kinds/move/signs/0/weight",
  ],
  [
    "another event",
    { kinds: { move: { signs: [{ ...SIGN, event: "page_viewed" }] } } },
    "/lifeEvents/kinds/move/signs/0/event",
  ],
  [
    "an unknown operator",
    { kinds: { move: { signs: [{ ...SIGN, where: { type: { $like: "x" } } }] } } },
    "/lifeEvents/kinds/move/signs/0/where",
  ],
  ["half a day", { kinds: { move: { halfLifeDays: 0.5 } } }, "/lifeEvents/kinds/move/halfLifeDays"],
  ["an unknown field", { kinds: { move: { sign: [] } } }, "/lifeEvents/kinds/move/sign"],
])("%s is refused", (_, document, pointer) => {
  expect(refusal(document)?.pointer).toBe(pointer);
});

test("what a site leaves out is the known kind's", () => {
  const life = compileLife(v.parse(LifeConfig, { kinds: { move: { lastsDays: 30 }, first_car: {} } }));
  expect(life.kinds.get("move")).toMatchObject({
    title: "Moving house",
    leadDays: 90,
    lastsDays: 30,
    threshold: 0.8,
  });
  expect(life.kinds.get("first_car")).toMatchObject({
    title: "first car",
    isSensitive: false,
    lastsDays: 180,
  });
  expect(life.kinds.get("birthday")?.isYearly).toBe(true);
});
