import { describe, expect, test } from "vitest";
import type { ConfigDocument } from "../../../src/core/config/config.ts";
import { lintConfig } from "../../../src/core/config/lint.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { euros, item, NOW, worldOf } from "../decide/scenes.ts";

const lint = (document: ConfigDocument, items = [item("a")]) =>
  lintConfig(readConfig(document), worldOf({ items, facts: [] }).catalog, NOW).map(
    ({ code, pointer }) => `${code} ${pointer}`,
  );
const slot = (settings: NonNullable<NonNullable<ConfigDocument["slots"]>[string]["settings"]>) => ({
  slots: { one: { settings } },
});

describe("settings that can do nothing", () => {
  test("a weight of what the catalog does not state", () => {
    expect(lint(slot({ marginWeight: 0.5, stockWeight: 0.5 }))).toEqual([
      "weight_unused /slots/one/settings/marginWeight",
      "weight_unused /slots/one/settings/stockWeight",
    ]);
    expect(
      lint(slot({ marginWeight: 0.5, stockWeight: 0.5 }), [item("a", { cost: euros(1), stock: 0 })]),
    ).toEqual([]);
    expect(lint(slot({ marginWeight: 0.5 }), [])).toEqual([]);
    expect(lint(slot({ marginWeight: 0 }))).toEqual([]);
  });
  test("days of a cap without times, also in a variation", () => {
    expect(lint(slot({ capDays: 7 }))).toEqual(["cap_unused /slots/one/settings/capDays"]);
    expect(lint(slot({ capDays: 7, capTimes: 3 }))).toEqual([]);
    const experiments = [
      { id: "e", variations: [{ id: "a" }, { id: "b", settings: { capDays: 3, capTimes: 0 } }] },
    ];
    expect(lint({ experiments })).toEqual(["cap_unused /experiments/0/variations/1/settings/capDays"]);
  });
});

test.each([
  [{ diversity: 1.1 }],
  [{ diversity: -0.1 }],
  [{ stockWeight: 2 }],
  [{ count: "many" }],
  [{ capTimes: -1 }],
  [{ capTimes: 1.5 }],
  [{ capDays: 0 }],
  [{ taste: 1 }],
])("settings out of range are refused: %j", (settings) => {
  expect(() => readConfig({ slots: { one: { settings } } })).toThrow();
});
