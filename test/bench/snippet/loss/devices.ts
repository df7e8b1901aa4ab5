import type { BrowserContext } from "playwright-core";
import { deny, fill, forgetKeepalive, hog, refuseBeacons } from "./faults.ts";
import type { Scenario } from "./scenario.ts";
import { wait } from "./shop-page.ts";
import type { Trial } from "./trial.ts";

type Preparing = (context: BrowserContext) => Promise<unknown>;

/** Five events and away, on a device that was prepared; `isWarm`: after the browser got its id. */
const goAwayOn =
  (prepare: Preparing, isWarm = true) =>
  async (trial: Trial): Promise<void> => {
    const context = await trial.context();
    await prepare(context);
    const page = await trial.open(context, "first", isWarm);
    await trial.tell(page, trial.events(5), trial.plainAddress());
    await trial.comeBack(context, page);
  };

/** Devices that keep nothing, and visitors who block. */
export const DEVICES: readonly Scenario[] = [
  {
    name: "quota-later",
    what: "the shop fills localStorage to the last character, then five events and away",
    onExit: 0.999,
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first");
      await page.evaluate(fill);
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "quota-before",
    what: "localStorage is full before the first visit; the visitor stays three seconds, then leaves",
    onExit: 0.999,
    async play(trial) {
      const context = await trial.context();
      await context.addInitScript(fill);
      const page = await trial.open(context, "first");
      await trial.tell(page, trial.events(5));
      await wait(3000);
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "denied",
    what: "storage is forbidden: on exit only",
    onExit: 0.999,
    play: goAwayOn((context) => context.addInitScript(deny)),
  },
  {
    name: "denied-cold",
    what: "storage is forbidden, and the visitor leaves before the browser has an id",
    onExit: 0.999,
    play: goAwayOn((context) => context.addInitScript(deny), false),
  },
  {
    name: "no-beacon",
    what: "sendBeacon is blocked",
    onExit: 0.999,
    play: goAwayOn((context) => context.addInitScript(refuseBeacons)),
  },
  {
    name: "no-keepalive",
    what: "a browser without keepalive: the next page",
    play: goAwayOn((context) => context.addInitScript(forgetKeepalive)),
  },
  {
    name: "neither",
    what: "no keepalive, and sendBeacon blocked: the next page",
    play: goAwayOn(async (context) => {
      await context.addInitScript(forgetKeepalive);
      await context.addInitScript(refuseBeacons);
    }),
  },
  {
    name: "hogged",
    what: "another script sends as much at exit as a browser lets be in flight",
    async play(trial) {
      const context = await trial.context();
      const elsewhere = `${trial.name}-hog`;
      trial.lab.road.trial(elsewhere).weather.deafUntil = Infinity;
      await context.addInitScript(hog, `${trial.lab.road.url}/${elsewhere}/`);
      const page = await trial.open(context, "first");
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "blocked",
    what: "an ad-blocker ends every request for eight seconds of a page, then it is switched off",
    limits: { triesWhileBlocked: 3, consoleErrors: 0 },
    trialsMax: 30,
    async play(trial) {
      const context = await trial.context();
      let tries = 0;
      const api = `${trial.lab.road.url}/**`;
      await context.route(api, (route) => {
        tries++;
        return route.abort("blockedbyclient");
      });
      const page = await trial.open(context, "first", false);
      await trial.tell(page, trial.events(5));
      await wait(4000);
      await trial.tell(page, trial.events(5));
      await wait(4000);
      trial.figures["triesWhileBlocked"] = tries;
      await context.unroute(api);
      await trial.tell(page, [], trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
];
