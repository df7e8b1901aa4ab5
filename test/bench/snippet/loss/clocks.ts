import type { Scenario } from "./scenario.ts";
import { wait } from "./shop-page.ts";
import type { Trial } from "./trial.ts";

const DAY_MS = 86_400_000;

declare global {
  interface Window {
    /** By how much the clock of this device is off, in milliseconds. */
    clockOff?: number;
  }
}

/** A clock that the page cannot tell from a device's own, and that can be set at any moment. */
function ownClock(off: number): void {
  window.clockOff = off;
  const real = Date.now;
  Date.now = () => real() + (window.clockOff ?? 0);
  const Real = Date;
  window.Date = new Proxy(Real, {
    construct: (target, args: [], self) =>
      Reflect.construct(target, args.length === 0 ? [Real.now()] : args, self) as object,
  });
}

const setClock = (off: number): void => {
  window.clockOff = off;
};

/** A day ahead or a day behind, by turns. */
const offOf = (trial: Trial): number => (trial.index % 2 === 0 ? DAY_MS : -DAY_MS);

/**
 * `timeErrorMs`: how far the stored moments are from those at which the page was to be told, in milliseconds. A busy machine
 * tells it a second or two late; a wrong correction is off by the day.
 */
const TIME_ERROR_MS_MAX = 5000;

/** A device's clock is a claim. */
export const CLOCKS: readonly Scenario[] = [
  {
    name: "clock-off",
    what: "the device's clock is a day ahead or behind",
    onExit: 0.999,
    limits: { timeErrorMs: TIME_ERROR_MS_MAX },
    async play(trial) {
      const context = await trial.context();
      await context.addInitScript(ownClock, offOf(trial));
      const page = await trial.open(context, "first");
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "clock-stepped",
    what: "the clock is set a day ahead or back between five events and the next five, on one page",
    limits: { timeErrorMs: TIME_ERROR_MS_MAX },
    async play(trial) {
      const context = await trial.context();
      await context.addInitScript(ownClock, 0);
      const page = await trial.open(context, "first");
      await trial.tell(page, trial.events(5));
      await page.evaluate(setClock, offOf(trial));
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "clock-stepped-kept",
    what: "events are kept while the Worker is down, and the clock is a day off when the next page sends them",
    async play(trial) {
      const context = await trial.context();
      await context.addInitScript(ownClock, 0);
      const page = await trial.open(context, "first");
      trial.traffic.weather.downUntil = Date.now() + trial.lab.outageMs;
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await wait(trial.lab.outageMs);
      await context.addInitScript(setClock, offOf(trial));
      await trial.comeBack(context, page);
    },
  },
];
