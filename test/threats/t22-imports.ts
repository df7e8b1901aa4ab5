import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { Site, sleep, until } from "./site.ts";
import type { Reply } from "./stage.ts";
import { must, Tries, type Threat } from "./threat.ts";

const MEGABYTE = 1 << 20;
const RSS_MAX = 64 * MEGABYTE;
const MS_MAX = 3_000;
const ROWS = 300;

const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
const HEADER = "customerId,orderId,at,currency,item,quantity,price";
const rowsOf = (n: number): string =>
  Array.from(
    { length: n },
    (_, i) => `imported-${i % 40},order-${i},2026-03-01T10:00:00Z,EUR,i${(i % 9) + 1},1,10.00`,
  ).join("\n");
const rss = (items: string, head = ""): string =>
  `<?xml version="1.0"?>${head}<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>${items}</channel></rss>`;
const item = (title: string): string =>
  `<item><g:id>x1</g:id><title>${title}</title><g:price>1.00 EUR</g:price><g:availability>in stock</g:availability></item>`;
const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "${"ha".repeat(50)}">${Array.from({ length: 8 }, (_, i) => `<!ENTITY ${"abcdefghij"[i + 1]} "${`&${"abcdefghij"[i]};`.repeat(10)}">`).join("")}]>`;

export const imports: Threat = {
  id: "T22",
  title: "Bombs and dirty files",
  ground: {},
  off: [
    {
      name: "the cap on columns",
      edits: [
        { file: "src/core/import/import-kind.ts", find: "columnsMax: 1_000,", replace: "columnsMax: 1e9," },
      ],
    },
    {
      name: "the refusal of document types",
      edits: [
        { file: "src/import/feed-xml.ts", find: "if (declaresDoctype(text)) {", replace: "if (false) {" },
      ],
    },
    {
      name: "that the same file is the same run",
      edits: [
        {
          file: "src/routes/post-import.ts",
          find: "JSON.stringify(reading), fileHash]",
          replace: "JSON.stringify(reading), crypto.randomUUID(), fileHash]",
        },
      ],
    },
    {
      name: "that a row is the same event however often it is read",
      edits: [
        {
          file: "src/core/customer/take.ts",
          find: "const known = state.fresh.get(id) ?? digestBefore(customer, memory, event);",
          replace: "const known = undefined as number | undefined;",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const upload = (
      body: string | Uint8Array,
      options: object = {},
      headers: Record<string, string> = {},
    ): Promise<Reply> =>
      stage.send("POST", `/v1/import/orders?options=${encodeURIComponent(JSON.stringify(options))}`, {
        key: site.keys.serverKey,
        body,
        headers: { "content-type": "text/csv", ...headers },
      });
    const good = `${HEADER}\n${rowsOf(ROWS)}\n`;
    const packed = gzipSync(Buffer.alloc(100 * MEGABYTE));
    const wide = `${HEADER},${Array.from({ length: 1_000_000 }, (_, i) => i.toString(36)).join(",")}\n${rowsOf(1)}`;
    const files: [string, () => Promise<Reply>][] = [
      ["a gzip bomb that says so", () => upload(packed, {}, { "content-encoding": "gzip" })],
      ["a gzip bomb that does not", () => upload(packed)],
      ["a quote that never ends", () => upload(`${HEADER}\n"${"x".repeat(8 * MEGABYTE)}`)],
      ["a million columns", () => upload(wide)],
      ["a million quotes", () => upload(`${HEADER}\n${'"'.repeat(1_000_001)}`)],
      ["26 MB", () => upload(`${HEADER}\n${"x".repeat(26 * MEGABYTE)}`)],
      ["UTF-16", () => upload(new Uint8Array(Buffer.from(`\ufeff${good}`, "utf16le")))],
      ["half a character", () => upload(new Uint8Array([...Buffer.from(HEADER), 10, 0xe2, 0x82]))],
      ["a NUL", () => upload(`${HEADER}\nimported\0,o-1,2026-03-01T10:00:00Z,EUR,i1,1,10.00\n`)],
    ];
    const before = rssOf(stage.pid);
    for (const [what, send] of files) {
      const startedAt = performance.now();
      // Whoever refuses a large body may hang up while it is still being sent, and goes on with other work.
      const reply = await send().catch(() => undefined);
      tries.held(reply !== undefined || (await stage.isAlive()), `${what} stalls the server`);
      const ms = performance.now() - startedAt;
      const counts = reply?.json["counts"] as { valid?: number } | undefined;
      const status = reply?.status ?? 413;
      const isRefused = status >= 400 || (what === "a NUL" && (counts?.valid ?? 0) === 0);
      tries.held(isRefused && status < 500, `${what} was answered ${status}`);
      tries.held(ms < MS_MAX, `${what} took ${ms.toFixed(0)} ms`);
    }
    const feeds: [string, string][] = [
      ["nested entities", rss(item("&i;"), LAUGHS)],
      [
        "an entity of this machine's files",
        rss(item("&x;"), '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      ],
      ["a million open elements", rss("<a>".repeat(300_000))],
      [
        "elements named like prototypes",
        rss(`<item><__proto__>1</__proto__><constructor>1</constructor></item>`),
      ],
      ["half a document", rss(item("half")).slice(0, -30)],
    ];
    for (const [what, body] of feeds) {
      const startedAt = performance.now();
      const reply = await stage.send("PUT", "/v1/catalog", {
        key: site.keys.serverKey,
        body,
        headers: { "content-type": "application/xml" },
      });
      const isRefused = reply.status >= 400 || reply.json["accepted"] === 0;
      tries.held(
        isRefused && reply.status < 500,
        `a feed with ${what} was answered ${reply.status}, ${String(reply.json["accepted"])} items`,
      );
      tries.held(performance.now() - startedAt < MS_MAX, `a feed with ${what} took too long`);
      tries.held(!reply.text.includes("root:"), "a feed reads this machine's files");
    }
    const grown = rssOf(stage.pid) - before;
    if (grown >= RSS_MAX)
      tries.gap(
        `the bombs made the server ${Math.round(grown / MEGABYTE)} MB larger, garbage included (meant: ${RSS_MAX / MEGABYTE} MB)`,
      );

    // The same file again and again, once with the server killed while it commits.
    const commit = (reply: Reply) =>
      site.server("POST", `/v1/imports/${String(reply.json["run"])}/commit`, {});
    const isDone = async (run: string) =>
      (await site.server("GET", `/v1/imports/${run}`)).json["status"] === "done";
    const ordersOf = async () => {
      let orders = 0;
      for (let i = 0; i < 40; i++) {
        const { orders: own } = JSON.parse((await site.stateOf(`imported-${i}`)) || '{"orders":[]}') as {
          orders: unknown[];
        };
        orders += own.length;
      }
      return orders;
    };
    const logged = async () => {
      let events = 0;
      for (let i = 0; i < 40; i++) {
        const { log } = JSON.parse((await site.stateOf(`imported-${i}`)) || '{"log":[]}') as {
          log: { events: unknown[] }[];
        };
        events += log.reduce((sum, row) => sum + row.events.length, 0);
      }
      return events;
    };
    const first = await upload(good);
    must(first.status === 202, `a right file was refused: ${first.text.slice(0, 400)}`);
    const run = String(first.json["run"]);
    must((await commit(first)).status === 202, "the file cannot be committed");
    await stage.kill();
    must(await until(() => isDone(run), 20_000), "the commit is never done");
    await sleep(300);
    tries.held(
      (await ordersOf()) === ROWS,
      `after a kill in the middle ${await ordersOf()} of ${ROWS} orders are there`,
    );
    const eventsThen = await logged();
    for (let again = 0; again < 2; again++) {
      const repeat = await upload(good, { commit: true });
      tries.held(repeat.json["run"] === run, "the same file is another run");
      await until(() => isDone(String(repeat.json["run"])), 10_000);
    }
    // Another file, with the same rows.
    const edited = await upload(`${good}\n\n`, { commit: true });
    await until(() => isDone(String(edited.json["run"])), 10_000);
    tries.held(
      (await ordersOf()) === ROWS && (await logged()) === eventsThen,
      `the same file twice made ${await logged()} events of ${eventsThen}`,
    );
    return tries.outcome(
      "compressed, endless, wide, half and foreign files, entities, the same file, a kill while it commits",
    );
  },
};
