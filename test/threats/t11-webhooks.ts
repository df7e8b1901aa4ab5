import { createHmac } from "node:crypto";
import type { Arrival } from "./internet.ts";
import { Site, until } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

/** Standard Webhooks 1.0 as a receiver checks it: id, second and body, base64 of HMAC-SHA256, five minutes. */
function verifies(secret: string, { headers, body }: Pick<Arrival, "headers" | "body">): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const right = createHmac("sha256", key).update(content).digest("base64");
  const isFresh = Math.abs(Date.now() / 1000 - Number(headers["webhook-timestamp"])) < 300;
  return isFresh && (headers["webhook-signature"] ?? "").split(" ").includes(`v1,${right}`);
}

const order = (id: string, customer: number) => ({
  id: Number(id),
  currency: "EUR",
  processed_at: new Date().toISOString(),
  updated_at: new Date().toISOString(),
  created_at: new Date().toISOString(),
  subtotal_price: "90.00",
  customer: { id: customer },
  customer_id: customer,
  status: "completed",
  total: "90.00",
  date_created_gmt: new Date().toISOString().slice(0, 19),
  line_items: [{ sku: "i1", product_id: 1, quantity: 1, price: "90.00", total: "90.00" }],
});

export const webhooks: Threat = {
  id: "T11",
  title: "Forge or replay a webhook; use one endpoint's secret for another",
  off: [
    {
      name: "a secret for each endpoint and version",
      edits: [
        {
          file: "src/objects/webhook-signature.ts",
          find: '[courier, "webhook", endpoint, String(version)]',
          replace: '[courier, "webhook", "", ""]',
        },
      ],
    },
    {
      name: "that id and moment are signed",
      edits: [
        {
          file: "src/core/webhook/message.ts",
          find: "`${id}.${secondsOf(sentAt)}.${body}`",
          replace: "`${body}`",
        },
      ],
    },
    {
      name: "the signature of what shop systems send",
      edits: [
        { file: "src/import/hook-signature.ts", find: "if (!bytes) return false;", replace: "return true;" },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const [crm, erp] = [`crm-${stage.nextHost()}`, `erp-${stage.nextHost()}`];
    const put = async (id: string, host: string): Promise<string> => {
      const asked = { url: `https://${host}/hook`, types: ["order_recorded"], purpose: "transaction" };
      const made = await site.owner("PUT", `/v1/webhooks/${id}`, asked);
      must(made.status === 201 && typeof made.json["secret"] === "string", made.text);
      return made.json["secret"] as string;
    };
    let failures = 1;
    stage.internet.host(crm, (_, reply) => reply.writeHead(failures-- > 0 ? 503 : 204).end());
    const [crmSecret, erpSecret] = [await put("crm", crm), await put("erp", erp)];
    tries.held(crmSecret !== erpSecret, "two endpoints have one secret");

    await site.tell("c-1", [
      {
        type: "order_completed",
        orderId: "o-1",
        revenue: { minor: 9000, currency: "EUR" },
        lines: [{ item: "i1" }],
      },
    ]);
    must(
      await until(() => stage.internet.to(crm).length > 1 && stage.internet.to(erp).length > 0, 12_000),
      "nothing was sent, or not again",
    );
    const [first, again] = stage.internet.to(crm) as [Arrival, Arrival];
    const [other] = stage.internet.to(erp) as [Arrival];
    tries.held(
      verifies(crmSecret, first) && verifies(crmSecret, again),
      "what is sent does not verify by Standard Webhooks",
    );
    tries.held(first.headers["webhook-id"] === again.headers["webhook-id"], "a repeat has another id");
    tries.held(first.body === again.body, "a repeat has another body");
    tries.held(!(first.headers["webhook-id"] ?? ".").includes("."), "an id holds a dot");
    tries.held(
      !verifies(erpSecret, first) && !verifies(crmSecret, other),
      "one endpoint's secret verifies another's webhooks",
    );
    const second = Number(first.headers["webhook-timestamp"]);
    const forged: Pick<Arrival, "headers" | "body">[] = [
      { ...first, body: `${first.body} ` },
      { ...first, body: first.body.replace("9000", "9") },
      { ...first, headers: { ...first.headers, "webhook-id": "n_other" } },
      { ...first, headers: { ...first.headers, "webhook-timestamp": String(second + 1) } },
      { ...first, headers: { ...first.headers, "webhook-timestamp": String(second - 3_600) } },
    ];
    for (const one of forged) tries.held(!verifies(crmSecret, one), "an altered webhook verifies");

    const rotated = await site.owner("POST", "/v1/webhooks/crm/rotate", { overlapHours: 0 });
    const next = rotated.json["secret"] as string;
    must(rotated.status === 200 && next, rotated.text);
    await site.owner("POST", "/v1/webhooks/crm/test", {});
    const last = stage.internet.to(crm).at(-1)!;
    tries.held(
      verifies(next, last) && !verifies(crmSecret, last),
      "a secret that leaked still signs after its rotation",
    );
    const both = await site.owner("POST", "/v1/webhooks/crm/rotate", { overlapHours: 1 });
    await site.owner("POST", "/v1/webhooks/crm/test", {});
    const overlap = stage.internet.to(crm).at(-1)!;
    tries.held(
      verifies(next, overlap) && verifies(both.json["secret"] as string, overlap),
      "a rotation loses a webhook",
    );

    // What a shop system's webhook says is believed for its signature alone.
    const hooks = await site.owner("GET", "/v1/hooks");
    must(hooks.status === 200, `the addresses for shop systems are not told: ${hooks.text}`);
    const secret = (hooks.json["woocommerce"] as { secret: string }).secret;
    const sign = (key: string, body: string) => createHmac("sha256", key).update(body).digest("base64");
    const deliver = (platform: string, headers: Record<string, string>, body: string) =>
      stage.send("POST", `/v1/hooks/${platform}/${site.keys.siteId}`, { headers, body });
    const body = JSON.stringify(order("77", 5));
    const forgeries: Record<string, string>[] = [
      {},
      { "x-wc-webhook-signature": "" },
      { "x-wc-webhook-signature": sign("guess", body) },
      { "x-wc-webhook-signature": sign("", body) },
      { "x-wc-webhook-signature": sign(secret, `${body} `) },
      { "x-wc-webhook-signature": "AAAA" },
    ];
    for (const headers of forgeries) {
      const reply = await deliver("woocommerce", { ...headers, "x-wc-webhook-topic": "order.created" }, body);
      tries.held(reply.status === 401, `a forged order was answered ${reply.status}`);
      const shopify = {
        "x-shopify-topic": "customers/redact",
        "x-shopify-hmac-sha256": headers["x-wc-webhook-signature"] ?? "",
      };
      const redact = await deliver("shopify", shopify, JSON.stringify({ customer: { id: 5 } }));
      tries.held(redact.status === 401, `a forged erasure was answered ${redact.status}`);
    }
    const signed = { "x-wc-webhook-signature": sign(secret, body), "x-wc-webhook-topic": "order.created" };
    const taken = await deliver("woocommerce", signed, body);
    must(
      taken.status === 200 && !taken.text.includes("ignored"),
      `a right order was not taken: ${taken.text}`,
    );
    const state = await site.stateOf("woocommerce:5");
    await deliver("woocommerce", signed, body);
    tries.held((await site.stateOf("woocommerce:5")) === state, "an order that is replayed counts again");
    return tries.outcome("signatures, secrets, repeats, rotations, forged orders and erasures");
  },
};
