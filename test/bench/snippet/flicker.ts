/**
 * What a visitor in the variant's arm gets to see of the control: every frame of a screencast from the first paint on, on a
 * processor 4 times slower. Where the edge has filled the slot: not one. Where the page asks: no content that was visible
 * is exchanged. A script that exchanges it, as many do, is recorded beside: there the camera sees both.
 */
import type { Browser } from "playwright-core";
import { buildScript } from "../../../src/cli/build-script.ts";
import { readOptions } from "./options.ts";
import { OWN, ownTag, pageOf, slotOf, STORED, TOLD, WAIT, type PageParts } from "./page.ts";
import { readFrames, startScreencast } from "./screencast.ts";
import { StandIn } from "./stand-in.ts";
import { showTable } from "./table.ts";
import { launchAsPerson, openVisit, SLOW_CPU } from "./visit.ts";

/** A way for the variant to get into the slot. */
type Way = {
  readonly name: string;
  readonly decideMs: number;
  /** How the script learns of the visitor's yes. Absent: from an earlier page. */
  readonly yes?: string;
  /** The page, given the tag of our script. */
  readonly parts: (scripts: string) => PageParts;
};

/** Over all loads of a way. */
export type Flickered = {
  readonly name: string;
  readonly loads: number;
  readonly frames: number;
  /** Frames in which the control is to be seen. */
  readonly control: number;
  /** Frames in which the variant is. */
  readonly variant: number;
  /** Loads in which the control was seen first, and then the variant in its place. */
  readonly swaps: number;
};

const LOOK_MS = 2300;
/** Beyond single pixels that a scaled picture may mix: a thousandth of the window. */
const SEEN_SHARE = 0.001;

const PICKS = Array.from(
  { length: 6 },
  (_, at) => `<li data-concierge-pick="p${at}"><a href="/p/${at}">Pick ${at}</a></li>`,
);
const FILLED = slotOf(
  `<ul data-concierge-list role="list">${PICKS.join("")}</ul>`,
  'data-concierge-status="personalized" data-concierge-token="t1"',
);
const EDGE = "filled by the edge";
const EXCHANGED = "exchanged by a script";

const WAYS: readonly Way[] = [
  { name: EDGE, decideMs: 300, parts: (scripts) => ({ scripts, head: WAIT, slot: FILLED }) },
  { name: "asked, own content waits", decideMs: 300, parts: (scripts) => ({ scripts, head: WAIT }) },
  { name: "asked, answer after 1.5 s", decideMs: 1500, parts: (scripts) => ({ scripts, head: WAIT }) },
  {
    name: "the same, yes told by the page",
    decideMs: 1500,
    yes: TOLD,
    parts: (scripts) => ({ scripts, head: WAIT }),
  },
  { name: "asked, own content visible", decideMs: 300, parts: (scripts) => ({ scripts }) },
  {
    name: EXCHANGED,
    decideMs: 300,
    parts: () => ({
      slot: `<section class="slot" id="place">${OWN}</section>`,
      end: `<script>setTimeout(() => { place.innerHTML = ${JSON.stringify(FILLED)} }, 300)</script>`,
    }),
  },
];

export async function run(
  argv: readonly string[],
): Promise<{ flicker: readonly Flickered[]; failed: string[] }> {
  const { runs } = readOptions(argv);
  const flicker = await measureFlicker(runs);
  showTable(
    `flicker: frames of ${runs} loads in the variant's arm, ${SLOW_CPU} x CPU`,
    ["slot", "frames", "show control", "show variant", "swaps"],
    flicker.map(({ name, frames, control, variant, swaps }) => [name, frames, control, variant, swaps]),
  );
  return { flicker, failed: flicker.flatMap(failuresOf) };
}

function failuresOf({ name, loads, control, variant, swaps }: Flickered): string[] {
  if (name === EXCHANGED)
    return swaps === loads ? [] : [`flicker: the camera saw ${swaps} of ${loads} exchanges`];
  return [
    ...(swaps === 0 ? [] : [`flicker: ${name}: ${swaps} swaps`]),
    ...(name === EDGE && control > 0 ? [`flicker: ${name}: ${control} frames show the control`] : []),
    ...(name === EDGE && variant < loads ? [`flicker: ${name}: the variant was not recorded`] : []),
  ];
}

async function measureFlicker(runs: number): Promise<readonly Flickered[]> {
  const [browser, shop] = await Promise.all([launchAsPerson(), new StandIn().open()]);
  try {
    const script = shop.put(
      "/concierge.js",
      "text/javascript",
      await buildScript("client/snippet/snippet.ts"),
    );
    const ways = WAYS.map(({ parts, yes = STORED, ...way }, at) => ({
      ...way,
      page: shop.put(`/way-${at}.html`, "text/html", pageOf(parts(ownTag(script, shop.api, yes)))),
      seen: [] as Recorded[],
    }));
    for (let at = 0; at < runs; at++)
      for (const { decideMs, page, seen } of ways) {
        shop.reset({ decideMs });
        seen.push(await record(browser, page));
      }
    return ways.map(({ name, seen }) => summarize(name, seen));
  } finally {
    await browser.close();
    shop.close();
  }
}

type Recorded = {
  readonly frames: number;
  readonly control: number;
  readonly variant: number;
  readonly isSwapped: boolean;
};

async function record(browser: Browser, url: string): Promise<Recorded> {
  const { context, page, cdp } = await openVisit(browser, { cpu: SLOW_CPU });
  const stop = await startScreencast(cdp);
  await page.goto(url, { waitUntil: "load" });
  await page.waitForTimeout(LOOK_MS);
  const pictures = await stop();
  const reader = await context.newPage();
  const frames = await readFrames(reader, pictures);
  await context.close();
  const control = frames.map((frame) => frame.control > SEEN_SHARE);
  const variant = frames.map((frame) => frame.variant > SEEN_SHARE);
  const first = control.indexOf(true);
  return {
    frames: frames.length,
    control: control.filter(Boolean).length,
    variant: variant.filter(Boolean).length,
    isSwapped: first >= 0 && variant.lastIndexOf(true) > first,
  };
}

function summarize(name: string, loads: readonly Recorded[]): Flickered {
  const total = (field: "frames" | "control" | "variant"): number =>
    loads.reduce((sum, load) => sum + load[field], 0);
  return {
    name,
    loads: loads.length,
    frames: total("frames"),
    control: total("control"),
    variant: total("variant"),
    swaps: loads.filter(({ isSwapped }) => isSwapped).length,
  };
}
