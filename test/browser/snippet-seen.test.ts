import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { seededRng } from "../../src/core/primitives/rng.ts";
import { checkSrm } from "../../src/core/stats/srm.ts";
import type { SlotStatus } from "../../src/core/wire/decide.ts";
import { launchBrowser } from "../support/browser.ts";
import { byContent, byPlace, PLACE, walksThatDiffer, WINDOW, type SeenRule } from "./seen-rules.ts";
import { ask, pick, Stage, visit } from "./snippet-stage.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
});

/** The arms of an experiment, by how much of the page the slot takes: picks and own content of 100 and 120 px. */
type Arm = {
  readonly name: string;
  readonly slot: SlotStatus;
  readonly picks: number;
  readonly height: number;
};
const ARMS: readonly Arm[] = [
  { name: "personalized, tall", slot: "personalized", picks: 24, height: 2400 },
  { name: "personalized, small", slot: "personalized", picks: 1, height: 100 },
  { name: "holdout, empty", slot: "holdout", picks: 0, height: 0 },
  { name: "suppressed, empty", slot: "suppressed", picks: 0, height: 0 },
  { name: "fallback, the shop's own", slot: "fallback", picks: 0, height: 120 },
];

/** Stops on a way through the page: px scrolled, and how long, in ms. Each way starts at the top. */
type Walk = readonly (readonly [depth: number, ms: number])[];
const stay = (depth: number): Walk => [[depth, 2000]];
/** One stop each. The slot's top is at the lower edge of the window at 400 px, at the upper edge at 1000. */
const DEPTHS = [399, 400, 460, 600, 900, 1000, 1001, 1300, 2500];
const WALKS: Readonly<Record<string, readonly [walk: Walk, isSeen: boolean]>> = {
  "past it without a stop": [
    [
      [600, 300],
      [4000, 900],
    ],
    false,
  ],
  "two halves of a second with a way between": [
    [
      [700, 550],
      [1200, 900],
      [700, 550],
      [0, 900],
    ],
    false,
  ],
  "in steps, with the place always in view": [
    [
      [450, 500],
      [650, 500],
      [850, 500],
      [1000, 900],
    ],
    true,
  ],
  "from below": [
    [
      [3000, 600],
      [1400, 1500],
      [950, 2000],
    ],
    true,
  ],
  "below its top only": [
    [
      [1100, 1300],
      [1500, 1300],
    ],
    false,
  ],
};

/** Where the product asks whether the place is in view, and what the planted rule asks instead. */
const PLACE_RULE = "intersectionRect.top - boundingClientRect.top < 1";
const CONTENT_RULE =
  "(intersectionRect.height >= boundingClientRect.height / 2 || intersectionRect.height > innerHeight / 2)";

/** The planted defect: the snippet's own source with the other rule. Fails to build where the source no longer has it once. */
const byContentPlanted: Plugin = {
  name: "planted",
  setup: (build) =>
    build.onLoad({ filter: /snippet\/seen\.ts$/ }, ({ path }) => {
      const parts = readFileSync(path, "utf8").split(PLACE_RULE);
      if (parts.length !== 2) throw new Error(`The place rule stands ${parts.length - 1} times in ${path}.`);
      return { contents: parts.join(CONTENT_RULE), loader: "ts" };
    }),
};

/** One arm's visitor goes each of the ways, with a fresh decision for each; the names of those that counted. */
async function seenIn(
  { slot, picks, height }: Arm,
  walks: ReadonlyMap<string, Walk>,
  plugins: Plugin[] = [],
  query = "",
): Promise<Set<string>> {
  const stage = await new Stage().open(plugins);
  const context = await browser.newContext({ viewport: { width: 800, height: WINDOW } });
  try {
    stage.reset({ slot, items: Array.from({ length: picks }, (_, i) => pick(`p${i}`)) });
    const own = slot === "fallback" ? "own" : "";
    const page = await visit(context, `${stage.shop}/scroll.html?${query}${own}`, {
      personalization: true,
      analytics: true,
    });
    await answered(page);
    const found = await page.locator("[data-concierge-slot]").evaluate((slot) => slot.clientHeight);
    expect(found).toBe(height);
    for (const [name, walk] of walks) {
      stage.manner.token = name;
      await go(page, [[0, 0]]);
      await page.locator("[data-concierge-slot]").evaluate((slot) => {
        slot.removeAttribute("data-concierge-status");
      });
      await ask(page, "decide");
      await answered(page);
      await go(page, walk);
    }
    await ask(page, "track", { type: "promotion_viewed", promotion: "the end" });
    await vi.waitFor(() => expect(stage.events().at(-1)).toMatchObject({ promotion: "the end" }), {
      timeout: 10_000,
    });
    expect(stage.problems).toEqual([]);
    return new Set(
      stage.events().flatMap(({ type, token }) => (type === "slot_seen" ? [String(token)] : [])),
    );
  } finally {
    await context.close();
    stage.close();
  }
}

const answered = (page: Page) => page.waitForSelector("[data-concierge-status]", { state: "attached" });

/** Scrolls from stop to stop: the window, or the box that the page has around its content. */
const go = (page: Page, walk: Walk): Promise<void> =>
  page.evaluate(async (walk) => {
    const scroller = document.querySelector(".box") ?? document.documentElement;
    for (const [depth, ms] of walk) {
      scroller.scrollTop = depth;
      await new Promise((done) => setTimeout(done, ms));
    }
  }, walk);

/** All arms at once, each in a browser profile of its own. */
async function seenInAll(
  walks: ReadonlyMap<string, Walk>,
  plugins?: Plugin[],
  query?: string,
): Promise<Map<string, Set<string>>> {
  const seen = await Promise.all(ARMS.map((arm) => seenIn(arm, walks, plugins, query)));
  return new Map(ARMS.map(({ name }, i) => [name, seen[i]!]));
}

const stops = (depths: readonly number[]): Map<string, Walk> =>
  new Map(depths.map((depth) => [`stop at ${depth}`, stay(depth)]));

/** What a rule says of each arm at each depth. */
const predicted = (rule: SeenRule, depths: readonly number[]): Map<string, Set<string>> =>
  new Map(
    ARMS.map(({ name, height }) => [
      name,
      new Set(depths.filter((depth) => rule(depth, height)).map((depth) => `stop at ${depth}`)),
    ]),
  );

describe("a slot is seen by its place, in every arm alike", () => {
  test("where one stops decides, not what the slot holds", async () => {
    const seen = await seenInAll(stops(DEPTHS));
    expect(walksThatDiffer(seen)).toEqual([]);
    expect(seen).toEqual(predicted(byPlace, DEPTHS));
    expect(seen.get("holdout, empty")!.size).toBe(5);
  });

  test("so does the way there: one whole second of the place in view", async () => {
    const seen = await seenInAll(new Map(Object.entries(WALKS).map(([name, [walk]]) => [name, walk])));
    expect(walksThatDiffer(seen)).toEqual([]);
    const expected = Object.keys(WALKS).filter((name) => WALKS[name]![1]);
    expect([...seen.get("holdout, empty")!].sort()).toEqual(expected.sort());
  });

  test("inside a box that scrolls by itself", async () => {
    const depths = [599, 600, 1000, 1001];
    const seen = await seenInAll(stops(depths), [], "box");
    expect(walksThatDiffer(seen)).toEqual([]);
    expect(seen.get("personalized, tall")).toEqual(new Set(["stop at 600", "stop at 1000"]));
  });
});

describe("a rule about the content is caught", () => {
  const depths = [460, 900, 1050, 1300, 2500];

  test("by the same check, with the same shop and the same visitors", async () => {
    const seen = await seenInAll(stops(depths), [byContentPlanted]);
    expect(walksThatDiffer(seen)).toEqual(["stop at 1050", "stop at 1300", "stop at 2500", "stop at 460"]);
    expect(seen).toEqual(predicted(byContent, depths));
  });
});

describe("what it does to an experiment's users", () => {
  const TALL = 2400;

  /**
   * Counts 20,000 visitors of an even split who scroll on by 150 px at a time and stop somewhere, at 1,000 px on average.
   * The first variation fills the slot, the second leaves it empty.
   */
  function usersUnder(rule: SeenRule): [filled: number, empty: number] {
    const rng = seededRng("twenty thousand visitors");
    const users: [number, number] = [0, 0];
    for (let visitor = 0; visitor < 20_000; visitor++) {
      const variation = rng() < 0.5 ? 0 : 1;
      const deepest = -PLACE * Math.log(1 - rng());
      for (let depth = 0; depth <= deepest; depth += 150)
        if (rule(depth, variation === 0 ? TALL : 0)) {
          users[variation]++;
          break;
        }
    }
    return users;
  }

  test("counted by place the split stands", () => {
    const users = usersUnder(byPlace);
    expect(users[0] + users[1]).toBeGreaterThan(10_000);
    expect(checkSrm(users, [0.5, 0.5])).toMatchObject({ blocks: false });
  });

  test("counted by content the split breaks, and the gate holds the verdict back", () => {
    const users = usersUnder(byContent);
    expect(users[0]).toBeLessThan(users[1]);
    expect(checkSrm(users, [0.5, 0.5])).toMatchObject({ blocks: true });
  });
});

describe.concurrent("nobody is looking", () => {
  /** A page with the empty slot of a holdout in view, which something happens to before the second is over. */
  async function seenAfter(happens: (page: Page) => Promise<void>): Promise<unknown[]> {
    const stage = await new Stage().open();
    const context = await browser.newContext({ viewport: { width: 800, height: WINDOW } });
    try {
      stage.reset({ slot: "holdout", token: "t" });
      const page = await visit(context, `${stage.shop}/scroll.html`, {
        personalization: true,
        analytics: true,
      });
      await answered(page);
      await go(page, [[700, 300]]);
      await happens(page);
      await page.waitForTimeout(1700);
      await ask(page, "track", { type: "promotion_viewed", promotion: "the end" });
      await vi.waitFor(() => expect(stage.events().at(-1)).toMatchObject({ promotion: "the end" }), {
        timeout: 10_000,
      });
      return stage.events().filter(({ type }) => type === "slot_seen");
    } finally {
      await context.close();
      stage.close();
    }
  }
  const hide = (page: Page, hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    }, hidden);

  test("at a page in the background, until it comes to the front", async () => {
    expect(await seenAfter((page) => hide(page, true))).toEqual([]);
    const back = await seenAfter(async (page) => {
      await hide(page, true);
      await page.waitForTimeout(1500);
      await hide(page, false);
    });
    expect(back).toHaveLength(1);
  });

  test.each([
    ["that a single-page shop took out of the document", (slot: Element) => slot.remove()],
    ["that is not displayed", (slot: Element) => slot.setAttribute("style", "display: none")],
  ])("at a slot %s", async (_, happens) => {
    const seen = await seenAfter((page) => page.locator("[data-concierge-slot]").evaluate(happens));
    expect(seen).toEqual([]);
  });
});
