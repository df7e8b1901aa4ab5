import type { Scenario } from "./scenario.ts";
import { wait } from "./shop-page.ts";
import type { Trial } from "./trial.ts";
import type { BrowserContext, Page } from "playwright-core";

/** Two pages take turns within milliseconds, then both leave at once. */
async function tellBoth(trial: Trial, [one, other]: readonly [Page, Page]): Promise<void> {
  await Promise.all(
    [one, other].map(async (page) => {
      for (let round = 0; round < 5; round++) await trial.tell(page, trial.events(2));
    }),
  );
  await Promise.all([
    trial.tell(one, trial.events(3), trial.plainAddress("one")),
    trial.tell(other, trial.events(3), trial.plainAddress("other")),
  ]);
}

/** One visitor in several places at once. */
export const TABS: readonly Scenario[] = [
  {
    name: "two-tabs",
    what: "two tabs tell of thirteen events each at the same time, and leave at once",
    onExit: 0.999,
    limits: { people: 1 },
    async play(trial) {
      const context = await trial.context();
      const one = await trial.open(context, "first");
      const other = await trial.open(context, "second");
      await tellBoth(trial, [one, other]);
      await trial.comeBack(context, one);
    },
  },
  {
    name: "two-tabs-cold",
    what: "two tabs are opened at the same moment, before the browser has an id",
    // Within milliseconds two processes cannot see what the other one stores: the first events of one may count for two visitors.
    twiceMax: 3,
    async play(trial) {
      const context = await trial.context();
      const [one, other] = await Promise.all([
        trial.open(context, "first", false),
        trial.open(context, "second", false),
      ]);
      await tellBoth(trial, [one, other]);
      await trial.comeBack(context, one);
    },
  },
  {
    name: "tab-closed-beside",
    what: "a tab is closed with events on it while another one stays, which takes them over or lets them be",
    async play(trial) {
      const context = await trial.context();
      const stays = await trial.open(context, "first");
      const goes = await trial.open(context, "second");
      trial.traffic.weather.downUntil = Date.now() + trial.lab.outageMs;
      await trial.tell(goes, trial.events(5));
      await goes.close();
      await trial.tell(stays, trial.events(5));
      await wait(trial.lab.outageMs);
      await trial.tell(stays, [], trial.plainAddress());
      await trial.comeBack(context, stays);
    },
  },
  {
    name: "tab-copied",
    what: "a tab is copied with what it keeps for its session, and both go on",
    onExit: 0.999,
    limits: { people: 1 },
    async play(trial) {
      const context = await trial.context();
      const one = await trial.open(context, "first");
      await trial.tell(one, trial.events(2));
      trial.expectView("copy");
      const [other] = await Promise.all([
        context.waitForEvent("page"),
        one.evaluate((to) => void window.open(to), trial.address("copy")),
      ]);
      await other.waitForFunction(() => window.concierge && !("q" in window.concierge));
      await tellBoth(trial, [one, other]);
      await trial.comeBack(context, one);
    },
  },
  {
    name: "profile-copied",
    what: "all a browser keeps, events under way included, is copied into a second process; both go on",
    limits: { people: 1 },
    async play(trial) {
      const context = await trial.context();
      const one = await trial.open(context, "first");
      await trial.tell(one, trial.events(5));
      const storageState = await context.storageState();
      const elsewhere: BrowserContext = await trial.context(
        { storageState },
        await trial.lab.browser("other"),
      );
      const other = await trial.open(elsewhere, "second", false);
      await other.waitForFunction(() => window.concierge && !("q" in window.concierge));
      await tellBoth(trial, [one, other]);
      await Promise.all([trial.comeBack(context, one), trial.comeBack(elsewhere, other, "next-elsewhere")]);
    },
  },
];
