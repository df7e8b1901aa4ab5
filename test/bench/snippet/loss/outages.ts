import type { Page } from "playwright-core";
import type { Scenario } from "./scenario.ts";
import { keepsNothing, until, wait } from "./shop-page.ts";
import type { Trial } from "./trial.ts";

/** Requests that came while nobody answered them well. */
const triesOf = (trial: Trial): number => trial.traffic.passed.filter(({ status }) => status !== 200).length;

/** Whether the page could deliver everything it kept, while it is open. */
const delivers = (page: Page): Promise<boolean> => until(20_000, () => keepsNothing(page));

/** The Worker is down, out of reach, or its answers are. */
export const OUTAGES: readonly Scenario[] = [
  {
    name: "503-stay",
    what: "503 with Retry-After for a while; the visitor stays on the page until it is over",
    // One when it begins, and one too early by a rounded second.
    limits: { triesWhileDown: 2 },
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first");
      trial.traffic.weather.downUntil = Date.now() + trial.lab.outageMs;
      await trial.tell(page, trial.events(5));
      await wait(trial.lab.outageMs);
      trial.figures["triesWhileDown"] = triesOf(trial);
      trial.figures["staysLeft"] = (await delivers(page)) ? 0 : 1;
      await trial.tell(page, [], trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "503-leave",
    what: "503 with Retry-After for a while; the visitor leaves during it and comes back after it",
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first");
      const { weather } = trial.traffic;
      weather.downUntil = Date.now() + trial.lab.outageMs;
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await wait(Math.max(0, weather.downUntil - Date.now()));
      await trial.comeBack(context, page);
    },
  },
  {
    name: "503-cold",
    what: "503 from the first request on, over three pages, before the browser has an id",
    async play(trial) {
      const context = await trial.context();
      const { weather } = trial.traffic;
      weather.downUntil = Date.now() + trial.lab.outageMs;
      const page = await trial.open(context, "first", false);
      await trial.tell(page, trial.events(5));
      trial.expectView("second");
      await trial.tell(page, [], trial.address("second"));
      await page.waitForFunction(() => !("q" in window.concierge!));
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await wait(Math.max(0, weather.downUntil - Date.now()));
      await trial.comeBack(context, page);
    },
  },
  {
    name: "offline-stay",
    what: "offline when it happens, online again on the same page",
    limits: { staysLeft: 0 },
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first");
      await context.setOffline(true);
      await trial.tell(page, trial.events(5));
      await wait(trial.lab.outageMs);
      await context.setOffline(false);
      trial.figures["staysLeft"] = (await delivers(page)) ? 0 : 1;
      await trial.comeBack(context, page);
    },
  },
  {
    name: "offline-leave",
    what: "offline when it happens, the tab is closed offline, online again later",
    async play(trial) {
      const context = await trial.context();
      await context.newPage();
      const page = await trial.open(context, "first");
      await context.setOffline(true);
      await trial.tell(page, trial.events(5));
      await page.close();
      await context.setOffline(false);
      await trial.comeBack(context);
    },
  },
  {
    name: "blackhole",
    what: "requests are swallowed without an answer; the visitor leaves, and comes back later",
    trialsMax: 30,
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first");
      const { weather } = trial.traffic;
      weather.deafUntil = Infinity;
      await trial.tell(page, trial.events(5));
      await wait(2500);
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await wait(500);
      weather.deafUntil = 0;
      await trial.comeBack(context, page);
    },
  },
  {
    name: "answer-lost",
    what: "the Worker takes the events, the connection breaks before its answer",
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first");
      trial.traffic.weather.answersToLose = 1 + (trial.index % 3);
      await trial.tell(page, trial.events(5));
      await wait(2500);
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "id-lost",
    what: "the answer that brings the browser its id is lost, once or twice",
    limits: { people: 1 },
    async play(trial) {
      const context = await trial.context();
      trial.traffic.weather.answersToLose = 1 + (trial.index % 2);
      const page = await trial.open(context, "first", false);
      await trial.tell(page, trial.events(5));
      await wait(1500);
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "doubled",
    what: "every request reaches the Worker twice at the same time, from the first on",
    limits: { people: 1 },
    async play(trial) {
      const context = await trial.context();
      trial.traffic.weather.isDoubling = true;
      const page = await trial.open(context, "first", false);
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
];
