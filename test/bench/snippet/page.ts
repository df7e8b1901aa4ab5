import { STUB } from "../../../client/bindings/stub.ts";

/** The shop's page that everything is measured on, and what differs from measurement to measurement. */
export type PageParts = {
  /** Markup of the head, before any script. */
  readonly head?: string;
  /** Scripts of the head: the subject's stub and tag. */
  readonly scripts?: string;
  /** What stands in the slot's place. */
  readonly slot?: string;
  /** Scripts at the end of the body. */
  readonly end?: string;
};

/** Keeps the shop's own choice out of sight, in its place, until an answer comes, or for so many seconds. */
export const waitFor = (seconds: number): string => `<style>
  [data-concierge-slot]:not([data-concierge-status]) > * { visibility: hidden; animation: concierge-show 0s ${seconds}s forwards }
  @keyframes concierge-show { to { visibility: visible } }
</style>`;
/** The guide's own rule. */
export const WAIT = waitFor(0.8);

const YES = `{ personalization: true, analytics: true }`;
/** The visitor's yes, as a shop's page tells it on every page: on the first one it is news. */
export const TOLD = `concierge("consent", ${YES});`;
/** The visitor's yes from an earlier page. */
export const STORED = `localStorage.setItem("concierge.consent", JSON.stringify(${YES}));`;

/** The tag of our own script, with the stub, and the visitor's yes. */
export const ownTag = (src: string, api: string, yes = TOLD): string =>
  `<script>${STUB}; ${yes}</script>
  <script async src="${src}" data-key="pk_bench" data-api="${api}"></script>`;

/** The tag of a peer's script, told where the collector is. */
export const peerTag = (src: string, api: string): string =>
  `<script>window.bench = { api: "${api}", host: "${new URL(api).host}" };</script>
  <script async src="${src}"></script>`;

/** A slot with reserved height and the shop's own content. */
export const slotOf = (content: string, attributes = ""): string =>
  `<section class="slot" data-concierge-slot="home-top" data-max="6" ${attributes}>${content}</section>`;

/** The content a shop puts into the slot itself, as wide as the slot and hard to overlook. */
export const OWN = `<div id="own" class="own">The shop's own choice</div>`;

/** Marks the list as the variant where a screencast looks for colours. */
const STYLE = `
  * { box-sizing: border-box }
  body { margin: 0; font: 16px/1.4 sans-serif; background: #fff }
  header { height: 60px; background: #eee }
  .hero { display: block; width: 100%; height: 220px; object-fit: cover }
  .slot { min-height: 330px; background: #fff }
  .own { height: 300px; background: #f0f }
  .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)); gap: 12px; padding: 12px }
  .grid img { width: 100%; height: 120px }
  [data-concierge-list] { display: flex; gap: 8px; height: 300px; margin: 0; padding: 0; overflow-x: auto; list-style: none; background: #0a0 }
  [data-concierge-pick] { flex: 0 0 180px; overflow: hidden; font-size: 13px }
  [data-concierge-pick] img { width: 180px; height: 150px }`;

const PRODUCTS = Array.from(
  { length: 24 },
  (_, at) =>
    `<a href="/p/${at}"><img src="/i/${at % 12}.svg" alt="" width="160" height="120">Product ${at}, €${at + 9}.99</a>`,
).join("\n");

/** The shop's own work when something goes into a cart of 1,000 lines. */
const CART = `
  const lines = Array.from({ length: 1000 }, (_, at) => ({ id: "p" + at, quantity: 1 + at % 3, minor: 99 + at }));
  document.getElementById("add").addEventListener("click", () => {
    lines[7].quantity++;
    const total = lines.map((line) => line.quantity * line.minor).reduce((sum, line) => sum + line, 0);
    document.getElementById("total").textContent = (total / 100).toFixed(2);
  });`;

/** A shop's page: header, hero picture, slot, 24 products. */
export const pageOf = ({ head = "", scripts = "", slot = slotOf(OWN), end = "" }: PageParts): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title><link rel="icon" href="data:,">
<style>${STYLE}</style>${head}
${scripts}
</head>
<body>
<header>Shop <span id="total"></span></header>
<img class="hero" src="/hero.png" alt="" width="1280" height="220">
<button id="add" data-concierge-track="product_added" data-concierge-product="p7">Add to cart</button>
<main>${slot}
<div class="grid">${PRODUCTS}</div></main>
<script>${CART}</script>${end}
</body>
</html>`;
