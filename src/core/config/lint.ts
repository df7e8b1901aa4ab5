import type { CatalogIndex } from "../catalog/catalog-index.ts";
import { isAvailable } from "../catalog/item.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Config, StrategySettings } from "./config.ts";
import { unknownNames } from "../segment/membership/unknown-names.ts";
import { lintExperiments } from "./lint-experiments.ts";
import { lintFeatures } from "./lint-features.ts";

/** Something valid that probably is not meant. Never stops a publish. */
export type Lint = { readonly code: string; readonly pointer: string; readonly detail: string };

/** What a careful colleague would point at, in the order of the document. */
export function lintConfig(config: Config, catalog: CatalogIndex, now: EpochMs): Lint[] {
  const found: Lint[] = [];
  const say = (code: string, pointer: string, detail: string) => found.push({ code, pointer, detail });
  for (const [id, slot] of Object.entries(config.slots)) {
    if (slot.max === 0) say("slot_empty", `/slots/${id}/max`, "The slot shows nothing.");
    if (slot.max !== undefined && slot.min !== undefined && slot.min > slot.max)
      say("slot_never_filled", `/slots/${id}/min`, "min is above max: the shop's fallback always stays.");
    const pins = config.rules.some(
      (rule) =>
        rule.enabled !== false &&
        (!rule.slots || rule.slots.includes(id)) &&
        rule.then.some((action) => action.do === "pin"),
    );
    if (slot.strategies?.every((name) => name === "pinned") && !pins)
      say("slot_empty", `/slots/${id}/strategies`, "The slot shows pinned items only, and no rule pins any.");
  }
  const states = (field: "cost" | "stock"): boolean =>
    catalog.items.some((item) => item[field] !== undefined);
  for (const [pointer, settings] of settingsOf(config)) {
    for (const [weight, field] of [
      ["marginWeight", "cost"],
      ["stockWeight", "stock"],
    ] as const)
      if ((settings[weight] ?? 0) > 0 && catalog.items.length > 0 && !states(field))
        say("weight_unused", `${pointer}/${weight}`, `No catalog item states its ${field}.`);
    if (settings.capDays !== undefined && (settings.capTimes ?? 0) === 0)
      say("cap_unused", `${pointer}/capDays`, "capDays caps nothing without capTimes.");
  }
  const always = new Map<string, number>();
  config.rules.forEach((rule, i) => {
    const at = `/rules/${i}`;
    if (rule.enabled === false) return;
    if (rule.until !== undefined && rule.until <= now)
      say("rule_over", `${at}/until`, "The rule's time is over.");
    if (rule.from !== undefined && rule.until !== undefined && rule.until <= rule.from)
      say("rule_unreachable", `${at}/until`, "The rule ends before it begins.");
    const known = Object.keys(config.slots);
    if (known.length > 0)
      for (const slot of rule.slots ?? [])
        if (!known.includes(slot))
          say("slot_unknown", `${at}/slots`, "The rule names a slot that the config does not describe.");
    rule.then.forEach((action, k) => {
      const items = "items" in action ? (action.items ?? []) : [];
      for (const id of items) {
        const item = catalog.items[catalog.ordinal.get(id) ?? -1];
        if (!item)
          say(
            "item_unknown",
            `${at}/then/${k}/items`,
            `No catalog item has the id of entry ${items.indexOf(id)}.`,
          );
        else if (action.do === "pin" && !isAvailable(item) && !item.markets)
          say(
            "pin_unavailable",
            `${at}/then/${k}/items`,
            `${item.title} is out of stock, so it will not be shown.`,
          );
      }
      if (action.do === "pin") {
        for (const slot of rule.slots ?? ["*"]) {
          const place = `${slot}:${action.position}`;
          const earlier = always.get(place) ?? always.get(`*:${action.position}`);
          if (earlier !== undefined)
            say("rule_starved", `${at}/then/${k}`, `Rule ${earlier} always pins that place first.`);
          else if (!rule.when && rule.from === undefined && rule.until === undefined) always.set(place, i);
        }
      }
    });
  });
  for (const { pointer, expected } of unknownNames(config.segments)) {
    // What is asked for may be any text, and is not repeated.
    const [id] = pointer.split("/").slice(1);
    say(
      "segment_asks_nothing",
      `/segments/${id}/when`,
      `It asks for what is never there; it should ask ${expected}.`,
    );
  }
  found.push(...lintExperiments(config));
  lintFeatures(config, say);
  return found;
}

/** Every place of a config where strategies are tuned. */
function settingsOf(config: Config): readonly (readonly [pointer: string, StrategySettings])[] {
  const slots = Object.entries(config.slots).map(([id, slot]) => [`/slots/${id}`, slot.settings] as const);
  const variations = config.experiments.flatMap(({ variations: all }, i) =>
    all.map(({ settings }, k) => [`/experiments/${i}/variations/${k}`, settings] as const),
  );
  return [...slots, ...variations].flatMap(([at, settings]) =>
    settings ? [[`${at}/settings`, settings] as const] : [],
  );
}
