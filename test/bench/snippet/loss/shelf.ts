import { CLOCKS } from "./clocks.ts";
import { DEVICES } from "./devices.ts";
import { EXITS } from "./exits.ts";
import { LIFETIMES } from "./lifetimes.ts";
import { OUTAGES } from "./outages.ts";
import type { Scenario } from "./scenario.ts";
import { TABS } from "./tabs.ts";

/** Every way to lose an event that the runner knows. */
export const SCENARIOS: readonly Scenario[] = [
  ...EXITS,
  ...OUTAGES,
  ...DEVICES,
  ...TABS,
  ...LIFETIMES,
  ...CLOCKS,
];
