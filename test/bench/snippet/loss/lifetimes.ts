import { chromium } from "playwright-core";
import { ARGS, installedChromium, NO_CHROMIUM, startAlone } from "./chromium.ts";
import type { Scenario } from "./scenario.ts";
import { until, wait } from "./shop-page.ts";
import type { Trial } from "./trial.ts";

const script = (text: string): string => `<script>${text}</script>`;

/** Pages that are kept, fetched ahead or killed. */
export const LIFETIMES: readonly Scenario[] = [
  {
    name: "bfcache",
    what: "left, restored from the back-forward cache, five events, left again",
    onExit: 0.999,
    // The packed browser is a headless shell, which keeps no page.
    missing: installedChromium === undefined ? NO_CHROMIUM : undefined,
    async play(trial) {
      const context = await trial.context({}, await trial.lab.browser("cached"));
      // A restored page may not be driven from outside: it does by itself what it was told before it was left.
      trial.addTo(
        "kept",
        script(`addEventListener("pageshow", ({ persisted }) => persisted && setTimeout(() => {
          for (const event of later) concierge("track", event);
          location.href = "${trial.plainAddress()}";
        }, 300));`),
      );
      trial.addTo("back", script(`setTimeout(() => history.back(), 300);`));
      const page = await trial.open(context, "kept");
      const later = trial.events(5);
      await page.evaluate((later) => Object.assign(window, { later }), later);
      trial.expectView("kept");
      await trial.tell(page, trial.events(3), trial.plainAddress("back"));
      if (!(await until(8000, () => page.url() === trial.plainAddress())))
        throw new Error("The page was not restored from the back-forward cache.");
      await trial.comeBack(context);
    },
  },
  {
    name: "prerender",
    what: "one page fetched ahead is opened, another is not: a view only where somebody looked",
    trialsMax: 20,
    missing: installedChromium === undefined ? NO_CHROMIUM : undefined,
    play: prerender,
  },
  {
    name: "crash",
    what: "five events, then the tab's process dies",
    async play(trial) {
      const context = await trial.context();
      await context.newPage();
      const page = await trial.open(context, "first");
      const session = await context.newCDPSession(page);
      const crashed = page.waitForEvent("crash");
      await trial.tell(page, trial.events(5));
      void session.send("Page.crash").catch(() => {});
      await crashed;
      await page.close();
      await trial.comeBack(context);
    },
  },
  {
    name: "quit",
    what: "five events, then the browser is quit; later it is started again",
    trialsMax: 20,
    missing: installedChromium === undefined ? NO_CHROMIUM : undefined,
    async play(trial) {
      const folder = trial.lab.folder();
      const start = async () =>
        trial.adopt(
          await chromium.launchPersistentContext(folder, { executablePath: installedChromium!, args: ARGS }),
        );
      const context = await start();
      const page = await trial.open(context, "first");
      await trial.tell(page, trial.events(5));
      await context.close();
      await trial.comeBack(await start());
    },
  },
];

/** A browser that somebody drives renders nothing ahead, so this one is only given a first address. */
async function prerender(trial: Trial): Promise<void> {
  const { lab } = trial;
  const urls = [trial.address("seen"), trial.address("unseen")];
  const rules = { prerender: [{ source: "list", urls, eagerness: "immediate" }] };
  trial.addTo(
    "first",
    `<script type="speculationrules">${JSON.stringify(rules)}</script>` +
      script(`setTimeout(() => (location.href = "${urls[0]}"), 3000);`),
  );
  trial.addTo(
    "seen",
    script(`const go = () => setTimeout(() => {
      for (const event of ${JSON.stringify(trial.events(5))}) concierge("track", event);
      location.href = "${trial.plainAddress()}";
    }, 1500);
    document.prerendering ? addEventListener("prerenderingchange", go, { capture: true }) : go();`),
  );
  trial.addTo(
    "left",
    script(`setTimeout(() => (location.href = "${trial.address("next")}"), ${lab.exitMs});`),
  );
  trial.expectView("first");
  trial.expectView("seen");
  trial.expectView("unseen", 0);
  const stop = startAlone(lab.folder(), trial.address("first"));
  try {
    const path = new URL(trial.address("next")).pathname;
    await until(20_000, () => lab.asked.some((request) => request.path === path));
    trial.exitEndedAt = lab.asked.find((request) => request.path === path)?.at ?? Date.now();
    trial.expectView("next");
    await until(8000, () => trial.isTaken("next"));
    await wait(1000);
  } finally {
    await stop();
  }
  const ahead = lab.asked.filter(({ path, purpose }) =>
    urls.some((url) => new URL(url).pathname === path && purpose.includes("prerender")),
  );
  if (ahead.length < 2) throw new Error("The browser rendered nothing ahead.");
}
