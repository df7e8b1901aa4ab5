import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { listenTo, pages } from "./proof-shop.ts";

/** What a shop's page has done to the ground that everybody stands on. */
export type Havoc = {
  readonly name: string;
  /** Runs before everything else on the page. */
  readonly script?: string;
  readonly body?: string;
  /** Markup of the head, before the stub. */
  readonly head?: string;
  /** Where it leaves us nothing to work with: the shop's own content stays then. */
  readonly isFatal?: boolean;
  /** On a page without the inline stub. */
  readonly isStubless?: boolean;
};

export const HAVOC: readonly Havoc[] = [
  { name: "nothing, for comparison" },
  {
    name: "a dataLayer that throws whenever it is touched",
    script: `window.dataLayer = new Proxy([], { get() { throw new Error("mine"); }, set() { throw new Error("mine"); } });`,
  },
  {
    name: "a dataLayer that cannot be read at all",
    script: `Object.defineProperty(window, "dataLayer", { get() { throw new Error("mine"); } });`,
  },
  {
    name: "frozen prototypes of Object, Array, Function, Promise, EventTarget and Element",
    script: `for (const one of [Object, Array, Function, Promise, EventTarget, Element, HTMLElement, Node]) Object.freeze(one.prototype);`,
  },
  {
    name: "enumerable extras on the prototypes of Array, Object, String and Function",
    script: `for (const one of [Array, Object, String, Function]) { one.prototype.each = function () {}; one.prototype.extend = { personalization: true }; one.prototype.first = true; }`,
  },
  {
    name: "array methods written anew, as shims did",
    script: `Array.prototype.map = function (act, self) { var all = []; for (var at = 0; at < this.length; at++) all.push(act.call(self, this[at], at, this)); return all; };
      Array.prototype.filter = function (act, self) { var all = []; for (var at = 0; at < this.length; at++) if (act.call(self, this[at], at, this)) all.push(this[at]); return all; };
      Array.prototype.find = function (act) { for (var at = 0; at < this.length; at++) if (act(this[at], at, this)) return this[at]; };
      Array.from = function (list) { var all = []; for (var at = 0; at < list.length; at++) all.push(list[at]); return all; };
      Element.prototype.remove = function () { if (this.parentNode) this.parentNode.removeChild(this); };`,
  },
  {
    name: "a fetch that throws",
    script: `window.fetch = () => { throw new Error("mine"); };`,
    isFatal: true,
  },
  { name: "a fetch that answers nothing", script: `window.fetch = () => undefined;`, isFatal: true },
  {
    name: "a fetch that answers nonsense",
    script: `window.fetch = async () => ({ status: "ok", headers: null, json: () => 42 });`,
    isFatal: true,
  },
  {
    name: "a Promise of the shop's own that throws",
    script: `window.Promise = function () { throw new Error("mine"); }; Promise.prototype = {}; Promise.resolve = Promise.all = () => { throw new Error("mine"); };`,
  },
  {
    name: "a Promise of the shop's own that never settles",
    script: `window.Promise = function () { this.then = this.catch = () => this; }; Promise.resolve = () => new Promise();`,
  },
  {
    name: "a JSON.stringify that throws",
    script: `JSON.stringify = () => { throw new Error("mine"); };`,
    isFatal: true,
  },
  { name: "a JSON.parse that throws", script: `JSON.parse = () => { throw new Error("mine"); };` },
  { name: "a JSON.parse that answers 42", script: `JSON.parse = () => 42;` },
  { name: "no JSON", script: `delete window.JSON;`, isFatal: true },
  {
    name: "an addEventListener that throws",
    script: `EventTarget.prototype.addEventListener = () => { throw new Error("mine"); };`,
    isFatal: true,
  },
  {
    name: "an addEventListener that hands every listener nonsense",
    script: `const real = EventTarget.prototype.addEventListener; EventTarget.prototype.addEventListener = function (type, act, how) { return real.call(this, type, () => act({}), how); };`,
  },
  {
    name: "storage that throws",
    script: `for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("mine", "SecurityError"); } });`,
  },
  { name: "storage that is null", script: `Object.defineProperty(window, "localStorage", { value: null });` },
  {
    name: "storage that is full",
    script: `Storage.prototype.setItem = () => { throw new DOMException("mine", "QuotaExceededError"); };`,
  },
  {
    name: "storage full of other people's rubbish under our names",
    script: `localStorage.setItem("concierge.consent", "{broken"); localStorage.setItem("concierge.queue.1", "[[["); localStorage.setItem("concierge.queue.2", "null"); localStorage.setItem("concierge.queue.3", '{"id":7,"type":{}}'); localStorage.setItem("concierge.queue.4", "[1,null]");`,
  },
  { name: "no crypto", script: `Object.defineProperty(window, "crypto", { value: undefined });` },
  { name: "no IntersectionObserver", script: `delete window.IntersectionObserver;` },
  { name: "no TextEncoder", script: `delete window.TextEncoder;`, isFatal: true },
  { name: "no CustomEvent", script: `delete window.CustomEvent;`, isFatal: true },
  {
    name: "a clock that stands still and chance that is none",
    script: `Date.now = () => 0; Math.random = () => 0;`,
  },
  { name: "a clock that says NaN", script: `Date.now = () => NaN;` },
  {
    name: "slots that are not displayed",
    body: `<div style="display: none"><div data-concierge-slot="hidden-one"></div></div><div hidden data-concierge-slot="hidden-two"></div>`,
  },
  {
    name: "500 slots",
    body: `<div data-concierge-slot="home-top" style="min-height: 320px"></div>${Array.from({ length: 500 }, (_, at) => `<div data-concierge-slot="s${at}"></div>`).join("")}`,
  },
  {
    name: "slots with names of every kind",
    body: [
      "",
      " ",
      "__proto__",
      "constructor",
      "Not A Name",
      "a".repeat(65),
      "ümlaut",
      "a\u0000b",
      "toString",
    ]
      .map((name) => `<div data-concierge-slot="${name}" ></div>`)
      .join(""),
  },
  ...[",,,  ,", "p1,"].map((seeds) => ({
    name: `one slot with seeds that are none: ${seeds}`,
    body: `<div data-concierge-slot="other" data-seeds="${seeds}"></div>`,
  })),
  {
    name: "10,000 links",
    body: `<div style="height: 40px; overflow: auto">${Array.from({ length: 10_000 }, (_, at) => `<a href="/l/${at}">l</a> `).join("")}</div>`,
  },
  {
    name: "an element called concierge, whose fields are called like ours",
    body: `<form id="concierge"><input name="q"><input name="log"><input name="length"></form>`,
  },
  {
    name: "the same, on a page without the stub",
    body: `<form id="concierge"><input name="q"><input name="log"></form>`,
    isStubless: true,
  },
  {
    name: "images called like what a document can do",
    body: [
      "body",
      "documentElement",
      "head",
      "title",
      "referrer",
      "readyState",
      "hidden",
      "visibilityState",
      "cookie",
      "forms",
    ]
      .map((name) => `<img name="${name}" id="${name}" alt="">`)
      .join(""),
  },
  {
    name: "a form called querySelectorAll, another createElement",
    body: `<form name="querySelectorAll"></form><form name="createElement"></form>`,
    isFatal: true,
  },
  {
    name: "an image called currentScript",
    head: `<img name="currentScript" alt="">`,
    isFatal: true,
  },
  {
    name: "a form around everything, whose fields are called like what an element can do",
    body: `<form id="trap" data-concierge-slot="trap" onsubmit="return false">${["getAttribute", "setAttribute", "closest", "children", "childNodes", "querySelector", "querySelectorAll", "replaceChildren", "append", "dispatchEvent", "hidden", "matches"].map((name) => `<input name="${name}" aria-label="${name}">`).join("")}</form>`,
  },
  {
    name: "a base that sends every address elsewhere",
    head: `<base href="https://elsewhere.invalid/deep/">`,
  },
];

/** Opens a page in a fresh profile, and collects what it complains of. */
export async function openLoud(
  browser: Browser,
  url: string,
): Promise<{ page: Page; complaints: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = listenTo(page);
  await page.goto(url, { waitUntil: "load" });
  return { page, complaints, close: () => context.close() };
}

/** The shop's page is used as a visitor would. Only what the page itself counts is looked at. */
export async function isAlive(page: Page): Promise<void> {
  await page.click("#add");
  await page.click("#add");
  await page.fill("#words", "tea");
  await page.press("#words", "Enter");
  const said = (selector: string, name: string) => page.locator(selector).getAttribute(name);
  expect(await said("#add", "data-clicks")).toBe("2");
  expect(await said("#words", "data-typed")).toBe("yes");
  expect(await said("#find", "data-sent")).toBe("yes");
}

/** The products of the slot that is filled. */
export const PICKS = "[data-concierge-slot=home-top] [data-concierge-pick]";

/** Puts the case's page under a path of its own, since several are open at once. */
export function place(
  shop: string,
  path: string,
  { script = "", head = "", body = "", isStubless }: Havoc,
): string {
  pages.set(path, {
    head: `<script>${script}</script>${head}`,
    body,
    // The tag's address is not the matter where a base leads it astray.
    replace: [
      ["/concierge.js", `${shop}/concierge.js`],
      ...(isStubless ? [[/<script nonce="n0nce">[\s\S]*?<\/script>/, ""] as const] : []),
    ],
  });
  return shop + path;
}
