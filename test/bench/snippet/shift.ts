/**
 * Whether anything on a shop's page moves because of a slot: the sum of all layout shifts, in every way a slot can end and
 * on three widths. A slot without reserved height is measured beside them: there things do move, so the meter works.
 */
import type { Browser, Page } from "playwright-core";
import { buildScript } from "../../../src/cli/build-script.ts";
import { OWN, ownTag, pageOf, slotOf, STORED, WAIT, waitFor } from "./page.ts";
import { CASES, UNRESERVED, WIDTHS, type Case, type End } from "./shift-cases.ts";
import { StandIn } from "./stand-in.ts";
import { showTable } from "./table.ts";
import { launchAsPerson, openVisit, paintsOf } from "./visit.ts";

/** The sum of layout shifts, and how the slot stood. */
export type Shifted = End & { readonly shift: number };

/** A shop for these cases, with our script in it. */
export async function openShop(): Promise<StandIn> {
  const shop = await new StandIn().open();
  const script = shop.put("/concierge.js", "text/javascript", await buildScript("client/snippet/snippet.ts"));
  for (const { name, slot, yes = STORED, patienceS } of [...CASES, UNRESERVED])
    shop.put(
      pathOf(name),
      "text/html",
      pageOf({
        head: patienceS === undefined ? WAIT : waitFor(patienceS),
        scripts: ownTag(script, shop.api, yes),
        slot: slot ?? slotOf(OWN),
      }),
    );
  return shop;
}

const pathOf = (name: string): string => `/${name.replaceAll(/\W+/g, "-")}.html`;

/** Plays a case on all widths at once, and gives what each saw. */
export async function playCase(browser: Browser, shop: StandIn, played: Case): Promise<readonly Shifted[]> {
  shop.reset(played.manner);
  return Promise.all(
    WIDTHS.map(async ([width, height]) => {
      const { context, page } = await openVisit(browser, { width, height });
      if (played.blocked) await page.route(played.blocked, (route) => route.abort());
      await page.goto(shop.shop + pathOf(played.name), { waitUntil: "load" });
      await lookOn(page, played);
      if (played.isRerendered) {
        await page.evaluate(renderNext);
        await lookOn(page, played);
      }
      const { shift } = await paintsOf(page);
      const end = await endOf(page);
      await context.close();
      return { shift, ...end };
    }),
  );
}

/** How long whatever might still move has time to, in milliseconds. */
const LOOK_MS = 1500;

/** Looks on until the slot has its answer, where one comes, and then for a while. */
async function lookOn(page: Page, { end }: Case): Promise<void> {
  if (end.status !== null) await page.waitForSelector("[data-concierge-status]", { state: "attached" });
  await page.waitForTimeout(LOOK_MS);
}

/** As a single-page shop does: another address, then other elements, a fresh slot among them. */
const renderNext = (): void => {
  const main = document.querySelector("main")!;
  history.pushState(null, "", "/next");
  const next = main.cloneNode(true) as HTMLElement;
  const slot = next.querySelector("[data-concierge-slot]")!;
  slot.removeAttribute("data-concierge-status");
  slot.innerHTML = "<div id='own' class='own'>The shop's own choice</div>";
  main.replaceWith(next);
};

const endOf = (page: Page): Promise<End> =>
  page.evaluate(() => ({
    status: document.querySelector("[data-concierge-slot]")!.getAttribute("data-concierge-status"),
    picks: document.querySelectorAll("[data-concierge-pick]").length,
    isOwnShown: document.querySelector("#own")?.checkVisibility({ visibilityProperty: true }) ?? false,
  }));

export async function run(): Promise<{ shift: Record<string, readonly number[]>; failed: string[] }> {
  const [browser, shop] = await Promise.all([launchAsPerson(), openShop()]);
  const shift: Record<string, readonly number[]> = {};
  const failed: string[] = [];
  try {
    for (const played of [...CASES, UNRESERVED]) {
      const seen = await playCase(browser, shop, played);
      shift[played.name] = seen.map((one) => one.shift);
      for (const { shift, ...end } of seen) {
        if (JSON.stringify(end) !== JSON.stringify(played.end))
          failed.push(`shift: ${played.name} ended as ${JSON.stringify(end)}`);
        if ((shift !== 0) !== (played === UNRESERVED)) failed.push(`shift: ${played.name} moved by ${shift}`);
      }
    }
  } finally {
    await browser.close();
    shop.close();
  }
  showTable(
    "shift: sum of all layout shifts, by width",
    ["slot", ...WIDTHS.map(([width]) => `${width} px`)],
    Object.entries(shift).map(([name, shifts]) => [name, ...shifts.map((value) => value.toFixed(4))]),
  );
  return { shift, failed };
}
