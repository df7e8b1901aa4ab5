import type { Scenario } from "./scenario.ts";
import type { Trial } from "./trial.ts";

/** What leaves in one body: `count` events of `bytes` each, told in the task that goes elsewhere. */
const goAway = (count: number, bytes: number) => async (trial: Trial) => {
  const context = await trial.context();
  const page = await trial.open(context, "first");
  await trial.tell(page, trial.events(count, bytes), trial.plainAddress());
  await trial.comeBack(context, page);
};

/** Ways of leaving that shops' pages have; a trial takes the one of its number. */
const WAYS = [
  (to: string) => location.replace(to),
  (to: string) => {
    const link = document.querySelector<HTMLAnchorElement>("#next")!;
    link.href = to;
    link.click();
  },
  (to: string) => {
    const form = document.querySelector<HTMLFormElement>("#search")!;
    form.action = to;
    form.submit();
  },
  (to: string) => void window.open(to, "_self"),
];

/** Leaving a page, in every way that a visitor can. */
export const EXITS: readonly Scenario[] = [
  {
    name: "A",
    what: "five small events, then location.href= in the same task",
    onExit: 0.999,
    play: goAway(5, 0),
  },
  {
    name: "B",
    what: "five small events, then the tab is closed",
    onExit: 0.999,
    async play(trial) {
      const context = await trial.context();
      await context.newPage();
      const page = await trial.open(context, "first");
      await trial.tell(page, trial.events(5));
      await page.close();
      await trial.comeBack(context);
    },
  },
  {
    name: "C",
    what: "thirty events of 3 KB, then location.href= in the same task",
    play: goAway(30, 3000),
  },
  {
    name: "under-60",
    what: "eighteen events of 3 KB, under 60,000 bytes, then location.href= in the same task",
    onExit: 0.999,
    play: goAway(18, 3000),
  },
  {
    name: "ways",
    what: "five small events, then location.replace, a link, a form or window.open",
    onExit: 0.999,
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first");
      await trial.tell(page, trial.events(5));
      const to = trial.plainAddress();
      await page.evaluate(WAYS[trial.index % WAYS.length]!, to);
      await page.waitForURL(`${to}*`);
      await trial.comeBack(context, page);
    },
  },
  {
    name: "first-page",
    what: "five small events and away, before the browser has an id",
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first", false);
      await trial.tell(page, trial.events(5), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
  {
    name: "hops",
    what: "four pages in a row, three events on each, the next as soon as the last is there",
    async play(trial) {
      const context = await trial.context();
      const page = await trial.open(context, "first", false);
      for (const name of ["second", "third", "fourth"]) {
        trial.expectView(name);
        await trial.tell(page, trial.events(3), trial.address(name));
        await page.waitForLoadState("load");
        await page.waitForFunction(() => !("q" in window.concierge!));
      }
      await trial.tell(page, trial.events(3), trial.plainAddress());
      await trial.comeBack(context, page);
    },
  },
];
