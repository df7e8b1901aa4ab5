import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { launchBrowser } from "../support/browser.ts";
import { snippetOf } from "./patching.ts";
import { must, Tries, type Threat } from "./threat.ts";

/** Markup and addresses that run something where somebody believes them. `hit()` is the page's alarm. */
const PAYLOADS = [
  "<script>hit()</script>",
  "<img src=x onerror=hit()>",
  "<svg onload=hit()>",
  "<svg><script>hit()</script></svg>",
  "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
  "<body onload=hit()>",
  "<details open ontoggle=hit()>",
  "<video><source onerror=hit()></video>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=hit()>",
  '"><img src=x onerror=hit()>',
  "'><svg onload=hit()>",
  '" onmouseover=hit() x="',
  "<a href=javascript:hit()>x</a>",
  "</textarea><img src=x onerror=hit()>",
  "</title><img src=x onerror=hit()>",
  "<template><img src=x onerror=hit()></template><img src=x onerror=hit()>",
  "<input autofocus onfocus=hit()>",
  "<object data=javascript:hit()>",
  "<embed src=javascript:hit()>",
  "<style>@import 'javascript:hit()'</style><img src=x onerror=hit()>",
  "<svg><animate onbegin=hit() attributeName=x dur=1s>",
  "<marquee onstart=hit()>x</marquee>",
  '<noscript><p title="</noscript><img src=x onerror=hit()>">',
  "&lt;img src=x onerror=hit()&gt;",
  "<img src=`x`onerror=hit()>",
  "<!--><img src=x onerror=hit()>-->",
  "<svg/onload=hit()//",
  "{{constructor.constructor('hit()')()}}",
  "${hit()}",
  "\u2028<img src=x onerror=hit()>",
];
const ADDRESSES = [
  "javascript:hit()",
  "JaVaScRiPt:hit()",
  " javascript:hit()",
  "java\nscript:hit()",
  "java\tscript:hit()",
  "\u0001javascript:hit()",
  "javascript://shop.example/%0ahit()",
  "data:text/html,<script>parent.hit()</script>",
  "vbscript:hit()",
  "blob:https://shop.example/x",
  "filesystem:https://shop.example/x",
  '//x" onerror=hit() y="',
  'https://shop.example/"onmouseover="hit()',
];

type Made = {
  readonly scripts: number;
  readonly links: readonly string[];
  readonly hits: number;
  readonly handlers: number;
};

/** Picks in whose every field a payload stands. */
const picks = (payload: string, address: string): object[] => [
  {
    id: payload,
    rank: 1,
    title: payload,
    brand: payload,
    url: address,
    image: address,
    price: { minor: 100, currency: "EUR", text: payload },
    regularPrice: { minor: 200, currency: "EUR", text: payload },
    why: { code: payload, text: payload },
    controls: ["not_this"],
  },
];

const PAGE = `<!doctype html><title>Shop</title>
<script>window.hits = 0; window.hit = () => { window.hits++; }; localStorage.setItem("concierge.consent", '{"personalization":true}');</script>
<div data-concierge-slot="trending"></div>
<div data-concierge-slot="similar"><template><a data-concierge-field="url"><img data-concierge-field="image"><b data-concierge-field="title"></b><i data-concierge-field="brand"></i><u data-concierge-field="why"></u></a></template></div>
<script src="/concierge.js" data-key="pk_x"></script>`;

/** A shop whose API answers with hostile items. */
async function shop(
  snippet: string,
  answer: () => object,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, reply) => {
    const isScript = request.url?.endsWith("concierge.js");
    if (isScript) return void reply.writeHead(200, { "content-type": "text/javascript" }).end(snippet);
    if (request.method === "POST")
      return void reply.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer()));
    return void reply.writeHead(200, { "content-type": "text/html" }).end(PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

export const script: Threat = {
  id: "T9",
  title: "Run script in the shop's page through a catalog, a title or an address",
  off: [
    {
      name: "that text is written as text",
      edits: [
        {
          file: "client/snippet/card.ts",
          find: "place.textContent = (value as PickedItem",
          replace: "place.innerHTML = (value as PickedItem",
        },
      ],
    },
    {
      name: "the check of an address's scheme",
      edits: [
        {
          file: "client/snippet/card.ts",
          find: "if (/^https?:/.test(protocol)) place.setAttribute(link, href);",
          replace: "place.setAttribute(link, protocol && href);",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    let current: object[] = [];
    const slot = (id: string) => ({
      id,
      status: "personalized",
      reason: "x",
      title: PAYLOADS[1],
      items: current,
      assignments: [],
      holdout: false,
    });
    const { server, url } = await shop(await snippetOf(stage.patch), () => ({
      decisionId: "d",
      configRevision: 1,
      consent: { applied: [], withheld: [] },
      slots: [slot("trending"), slot("similar")],
    }));
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      let dialogs = 0;
      page.on("dialog", (dialog) => {
        dialogs++;
        void dialog.dismiss();
      });
      for (let i = 0; i < Math.max(PAYLOADS.length, ADDRESSES.length); i++) {
        const [payload, address] = [PAYLOADS[i % PAYLOADS.length]!, ADDRESSES[i % ADDRESSES.length]!];
        current = picks(payload, address);
        await page.goto(url, { waitUntil: "load" });
        await page.waitForSelector("[data-concierge-control]", { state: "attached" });
        const made: Made = await page.evaluate(async () => {
          for (const one of document.querySelectorAll<HTMLElement>("[data-concierge-slot] *")) {
            one.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
            one.dispatchEvent(new Event("error"));
          }
          await new Promise((resolve) => setTimeout(resolve, 20));
          const all = [...document.querySelectorAll("[data-concierge-slot] *")];
          return {
            scripts: all.filter((one) => /^(script|iframe|object|embed|style)$/i.test(one.tagName)).length,
            links: all.flatMap((one) => ["href", "src"].flatMap((name) => one.getAttribute(name) ?? [])),
            hits: (window as unknown as { hits: number }).hits,
            handlers: all.filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on")))
              .length,
          };
        });
        tries.held(
          made.hits === 0 && dialogs === 0,
          `script ran out of ${JSON.stringify(payload)} or ${JSON.stringify(address)}`,
        );
        tries.held(made.scripts === 0 && made.handlers === 0, `${JSON.stringify(payload)} became elements`);
        const bad = made.links.find((link) => !/^https?:\/\//.test(link));
        tries.held(bad === undefined, `the address ${JSON.stringify(bad)} was taken over`);
      }
      must((await page.locator("[data-concierge-why]").count()) > 0, "no card was made");
    } finally {
      await browser.close();
      server.close();
      server.closeAllConnections();
    }
    return tries.outcome(
      `${PAYLOADS.length} markups and ${ADDRESSES.length} addresses in every field, in Chromium`,
    );
  },
};
