import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { Asked } from "./pages.ts";
import type { Road, Traffic } from "./road.ts";
import { eventOf, keepsNothing, tellAll, until, wait, type Fields } from "./shop-page.ts";

/** What all trials of a run share. */
export type Lab = {
  /** Origin of the shop's pages. */
  readonly shop: string;
  readonly road: Road;
  /** What is added to a page, by `<trial>/<page>`. */
  readonly extras: Map<string, string>;
  /** The pages that were asked for. */
  readonly asked: readonly Asked[];
  /** `cached` keeps pages that were left; `other` is a second process. Started when first asked for. */
  browser(kind?: "usual" | "cached" | "other"): Promise<Browser>;
  /** A folder that is removed in the end. */
  folder(): string;
  /** How long after leaving a page an event counts as delivered on exit, in milliseconds. */
  readonly exitMs: number;
  /** How long the Worker is out of reach, in milliseconds. */
  readonly outageMs: number;
  /** How long a page may take until everything kept is delivered, in milliseconds. */
  readonly patienceMs: number;
};

/** Something that a page was told, or that the snippet sees by itself, and that must be stored so many times. */
export type Promised = {
  readonly mark: string;
  readonly type: string;
  readonly times: number;
  readonly toldAt: number;
};

/** The console of a browser reports each request that fails by itself; nobody's script can keep it from that. */
const BROWSERS_OWN = /^Failed to load resource/;

/** One visitor, from their first page to their last: what was promised to be stored, and when they were gone. */
export class Trial {
  readonly promised: Promised[] = [];
  /** What else was seen, by name; a scenario may limit it. */
  readonly figures: Record<string, number> = { consoleErrors: 0 };
  /** From then on what arrives was not delivered on exit. */
  exitEndedAt = Infinity;
  readonly name: string;
  readonly index: number;
  readonly lab: Lab;
  readonly traffic: Traffic;
  readonly #contexts: BrowserContext[] = [];
  #told = 0;

  constructor(lab: Lab, scenario: string, index: number, plant?: string) {
    this.lab = lab;
    this.index = index;
    this.name = `${scenario}-${index}${plant === undefined ? "" : `+${plant}`}`;
    this.traffic = lab.road.trial(this.name);
  }

  /** A fresh browser profile. */
  async context(options: BrowserContextOptions = {}, browser?: Browser): Promise<BrowserContext> {
    return this.adopt(await (browser ?? (await this.lab.browser())).newContext(options));
  }

  /** Watches a profile, and closes it in the end. */
  adopt(context: BrowserContext): BrowserContext {
    this.#contexts.push(context);
    context.on("weberror", () => this.figures["consoleErrors"]!++);
    context.on("console", (message) => {
      if (message.type() === "error" && !BROWSERS_OWN.test(message.text())) this.figures["consoleErrors"]!++;
    });
    return context;
  }

  async end(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close().catch(() => {})));
  }

  address(page: string): string {
    return `${this.lab.shop}/t/${this.name}/${page}`;
  }

  plainAddress(page = "left"): string {
    return `${this.lab.shop}/plain/${this.name}/${page}`;
  }

  /** Adds markup to a page of this trial. */
  addTo(page: string, markup: string): void {
    this.lab.extras.set(`${this.name}/${page}`, markup);
  }

  /** A view of one of our pages, which the snippet is to notice by itself. */
  expectView(page: string, times = 1): void {
    this.promised.push({ mark: this.address(page), type: "page_viewed", times, toldAt: Date.now() });
  }

  /** Opens a page with the snippet; `isWarm`: and waits until the browser has its id and its view is stored. */
  async open(context: BrowserContext, name: string, isWarm = true): Promise<Page> {
    const page = await context.newPage();
    await this.goTo(page, name);
    if (isWarm) await this.settle(page, name);
    return page;
  }

  async goTo(page: Page, name: string): Promise<void> {
    this.expectView(name);
    await page.goto(this.address(name), { waitUntil: "load" });
  }

  /** Events of several types that a page is about to be told; each says in its address which one it is. */
  events(count: number, bytes = 0): Fields[] {
    return Array.from({ length: count }, () => {
      const n = ++this.#told;
      const mark = `${this.lab.shop}/e/${this.name}/${n}`;
      const event = eventOf(n, mark, bytes);
      this.promised.push({ mark, type: event.type, times: 1, toldAt: Date.now() });
      return event;
    });
  }

  /** Tells the page of events and, in the same task, goes elsewhere. */
  async tell(page: Page, events: readonly Fields[], to?: string): Promise<void> {
    const told = page.evaluate(tellAll, { events, to });
    if (to === undefined) return told;
    // The answer may be cut short by the leaving; what was told is told.
    await Promise.all([told.catch(() => {}), page.waitForURL(to)]);
  }

  /** The visitor was gone for a while, and opens a page with the snippet again. */
  async comeBack(context: BrowserContext, page?: Page, name = "next"): Promise<Page> {
    await wait(this.lab.exitMs);
    this.exitEndedAt = Math.min(this.exitEndedAt, Date.now());
    const next = page ?? (await context.newPage());
    await this.goTo(next, name);
    await this.settle(next, name);
    return next;
  }

  /** Waits until a page's own view has been answered, and nothing is kept on the device any more. */
  async settle(page: Page, name: string): Promise<void> {
    const isDone = (): boolean => this.isTaken(name) && this.traffic.underway === 0;
    await until(this.lab.patienceMs, async () => isDone() && (await keepsNothing(page)));
  }

  /** Whether something of a page was answered. */
  isTaken(page: string): boolean {
    const address = `"${this.address(page)}"`;
    return this.traffic.passed.some(({ status, body }) => status === 200 && body.includes(address));
  }
}
