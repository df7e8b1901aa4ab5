import { call } from "./call.ts";

type Finding = { readonly ok: boolean; readonly what: string; readonly cure?: string };
type Site = {
  readonly siteId: string;
  readonly origins: readonly string[];
  readonly catalog: { readonly items: number };
  readonly daily: readonly { readonly metric: string; readonly value: number }[];
};
type Unmatched = {
  readonly total: number;
  readonly unmatched: readonly { readonly ref: string; readonly count: number }[];
};
type Reply = {
  readonly slots?: readonly {
    readonly id: string;
    readonly status: string;
    readonly reason: string;
    readonly items: readonly unknown[];
  }[];
  readonly code?: string;
  readonly detail?: string;
  readonly cure?: string;
};

const SCRIPT = /<script\b[^>]*\bsrc=["']([^"']*concierge[^"']*\.js)["'][^>]*>/i;
const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}=["']([^"']*)["']`, "i").exec(tag)?.[1];

/** Products that a page's JSON-LD speaks of, by whatever names them. */
function productsIn(html: string): string[] {
  const found: string[] = [];
  for (const [, text] of html.matchAll(
    /<script\b[^>]*type=["']application\/ld\+json["'][^>]*>([\s\S]*?)<\/script>/gi,
  )) {
    try {
      const walk = (node: unknown): void => {
        if (Array.isArray(node)) return node.forEach(walk);
        if (node === null || typeof node !== "object") return;
        const one = node as Record<string, unknown>;
        if ([one["@type"]].flat().includes("Product")) {
          const id = one["productID"] ?? one["sku"] ?? one["gtin13"] ?? one["gtin"] ?? one["url"];
          if (typeof id === "string") found.push(id);
        }
        Object.values(one).forEach(walk);
      };
      walk(JSON.parse(text!));
    } catch {
      found.push("");
    }
  }
  return found;
}

/**
 * Looks at a real page the way a browser would see it, then asks the deployment the questions the page will ask.
 * Prints each finding with its cure; answers 0 when all is well, else 1.
 */
export async function examine(pageUrl: string, api: string, adminKey: string | undefined): Promise<number> {
  const findings: Finding[] = [];
  const say = (ok: boolean, what: string, cure?: string) =>
    findings.push({ ok, what, ...(ok || cure === undefined ? {} : { cure }) });
  const health = await fetch(`${api}/health`).then(
    (reply) => reply.ok,
    () => false,
  );
  say(health, `The deployment at ${api} answers.`, "Start it (npm start), or name the right one with --api.");
  const page = await fetch(pageUrl).catch(() => undefined);
  const html = page?.ok ? await page.text() : undefined;
  say(
    html !== undefined,
    `The page answers${page && !page.ok ? ` with ${page.status}` : ""}.`,
    "Open it in a browser first; the doctor sees what everybody may see.",
  );
  if (!health || html === undefined) return report(findings);

  const script = SCRIPT.exec(html);
  const isBuiltByScript = !script && /concierge/i.test(html);
  say(
    script !== null || isBuiltByScript,
    isBuiltByScript
      ? "The page mentions the snippet, which a script of its own inserts."
      : "The page embeds the snippet.",
    `Add <script async src="${api}/concierge.js" data-key="pk_…"></script>.`,
  );
  const source = script && new URL(script[1]!, pageUrl).href;
  if (source)
    say(
      await fetch(source).then(
        (reply) => reply.ok && /javascript/.test(reply.headers.get("content-type") ?? ""),
        () => false,
      ),
      `The snippet loads from ${source}.`,
      `It is served at ${api}/concierge.js.`,
    );
  const key =
    (script && attribute(script[0], "data-key")) ??
    (/pk_[a-z0-9-]+_[A-Za-z0-9_-]{32}/.exec(html)?.[0] || undefined);
  if (script)
    say(
      key !== undefined,
      "The script carries a write key.",
      'Add data-key="pk_…", the write key that `site create` printed.',
    );
  if (key && !key.startsWith("pk_"))
    say(
      false,
      "The key in the page is a write key.",
      "Only pk_ keys belong in a page. Revoke that one: it is public now.",
    );
  say(
    !/\b[sa]k_[a-z0-9-]+_[A-Za-z0-9_-]{32}/.test(html),
    "No secret key stands in the page.",
    "Take sk_ and ak_ keys out of the page, and revoke them: they are public now.",
  );

  const slots = [...html.matchAll(/data-concierge-slot=["']([^"']+)["']/g)].map(([, id]) => id!);
  say(
    slots.length > 0,
    slots.length > 0 ? `Slots in the page: ${slots.join(", ")}.` : "The page has slots.",
    'Add <div data-concierge-slot="product-goes-with"></div> where recommendations shall stand.',
  );
  const products = productsIn(html);
  if (products.includes(""))
    say(
      false,
      "The page's JSON-LD can be read.",
      "It is not valid JSON; check it with a structured-data tester.",
    );
  const item = attribute(html, "data-concierge-item") ?? products.find((id) => id !== "");
  if (key?.startsWith("pk_")) await tryKey(api, key, new URL(pageUrl).origin, slots, item, say);
  if (adminKey) await askOwner(api, adminKey, new URL(pageUrl).origin, say);
  else
    findings.push({
      ok: true,
      what: "Events, catalog and unmatched ids were not looked at: give --admin-key for that.",
    });
  return report(findings);
}

/** Asks what the page will ask, as the page's origin, without consent: nothing is stored. */
async function tryKey(
  api: string,
  key: string,
  origin: string,
  slots: readonly string[],
  item: string | undefined,
  say: (ok: boolean, what: string, cure?: string) => void,
): Promise<void> {
  const reply = await fetch(`${api}/v1/decide`, {
    method: "POST",
    headers: { origin, "content-type": "text/plain" },
    body: JSON.stringify({
      key,
      page: item === undefined ? {} : { type: "product", item },
      slots: (slots.length > 0 ? slots.slice(0, 12) : ["trending"]).map((id) => ({ id })),
    }),
  });
  const answer = (await reply.json()) as Reply;
  say(
    reply.ok,
    `The key opens the site for ${origin}.`,
    `${answer.detail ?? ""} ${answer.cure ?? ""}`.trim(),
  );
  if (!reply.ok) return;
  say(
    reply.headers.get("access-control-allow-origin") === origin || origin === api,
    "Browsers may read the answer (CORS).",
    "A proxy between page and deployment removes the headers.",
  );
  for (const slot of answer.slots ?? []) {
    say(
      slot.items.length > 0,
      `Slot ${slot.id}: ${slot.items.length} items without consent (${slot.status}).`,
      slot.reason === "below_min"
        ? "Too little is known for it yet: send the catalog, let people shop, or pin items by a rule."
        : `It says ${slot.reason}.`,
    );
  }
}

/** What only the owner may see: origins, catalog, whether events arrive, ids that nothing answered to. */
async function askOwner(
  api: string,
  adminKey: string,
  origin: string,
  say: (ok: boolean, what: string, cure?: string) => void,
): Promise<void> {
  const site = await call<Site>(`${api}/v1/site`, { key: adminKey });
  say(
    site.origins.includes(origin),
    `${origin} is one of the site's origins.`,
    `The site knows ${site.origins.join(", ")}. Make a site for this origin.`,
  );
  say(
    site.catalog.items > 0,
    `The catalog has ${site.catalog.items} items.`,
    "PUT /v1/catalog with the server key.",
  );
  const events = site.daily.filter((row) => row.metric === "events").reduce((sum, row) => sum + row.value, 0);
  say(
    events > 0,
    `${events} events have arrived.`,
    "Events come only after consent: call concierge('consent', {personalization: true, analytics: true}) when the visitor agrees.",
  );
  const { total, unmatched } = await call<Unmatched>(`${api}/v1/catalog/unmatched`, { key: adminKey });
  say(
    total === 0,
    total === 0
      ? "Every id that pages sent is in the catalog."
      : `${total} ids that pages sent are not in the catalog, first ${unmatched
          .slice(0, 3)
          .map((one) => `${one.ref} (${one.count}×)`)
          .join(", ")}.`,
    "Send the same ids in the catalog and on the page: id, sku, gtin, item group or URL.",
  );
}

function report(findings: readonly Finding[]): number {
  for (const { ok, what, cure } of findings)
    console.log(`${ok ? "  ok  " : "  !!  "}${what}${cure === undefined ? "" : `\n        → ${cure}`}`);
  const wrong = findings.filter((one) => !one.ok).length;
  console.log(wrong === 0 ? "\nAll is well." : `\n${wrong} to mend.`);
  return wrong === 0 ? 0 : 1;
}
