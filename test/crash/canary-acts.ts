import type { CanaryPerson } from "./canary-person.ts";

const GRANTS = { personalization: true, analytics: true, clienteling: true, transaction: true };

/** What a browser reports: every kind of event, every field that takes a text. */
export function pageEvents(p: CanaryPerson, item: string): object[] {
  const page = {
    type: "content",
    url: `https://shop.example/story/${p.text("address")}?mail=${p.text("address query")}`,
    title: `About ${p.text("page title")}`,
    referrer: `https://friends.example/${p.text("referrer")}#${p.text("referrer query")}`,
    category: p.text("category"),
    query: p.text("page search"),
  };
  return [
    p.event("consent_updated", {
      consent: { ...GRANTS, [p.text("consent purpose")]: true },
      policyVersion: p.text("policy version"),
    }),
    p.event("page_viewed", { page }),
    p.event("products_searched", { query: `shoes ${p.text("search")}` }),
    p.event("product_viewed", { item, page }),
    p.event("product_viewed", { item: { sku: `SKU-${p.text("unmatched item")}` }, page }),
    p.event("product_list_viewed", {
      list: p.text("list"),
      category: p.text("list category"),
      items: [item],
    }),
    p.event("product_added", { item, quantity: 2, price: { minor: 1250, currency: "EUR" } }),
    p.event("promotion_viewed", { promotion: p.text("promotion") }),
    p.event("checkout_step_completed", { step: p.text("checkout step") }),
    p.event("custom", {
      name: `did ${p.text("custom event")}`,
      facts: { [p.text("custom fact name")]: p.text("custom fact") },
    }),
    p.event("traits_updated", { traits: { [p.text("trait name")]: p.text("trait"), age: 40 + p.n } }),
    p.event("survey_answered", {
      survey: p.text("survey"),
      question: `why ${p.text("question")}`,
      kind: "choice",
      choice: p.text("survey choice"),
      answer: `because \u00e4"${p.text("survey answer")}`,
    }),
    p.event("review_given", { item, rating: 4, title: p.text("review title"), text: p.text("review") }),
    p.event("order_completed", {
      orderId: `ord-${p.text("order id")}`,
      coupon: p.text("coupon"),
      revenue: { minor: 2100, currency: "EUR" },
      lines: [{ item, quantity: 2, price: { minor: 1250, currency: "EUR" } }],
      page,
    }),
  ];
}

/** What the shop's own system reports. */
export const serverEvents = (p: CanaryPerson, item: string): object[] => [
  p.event("note_added", {
    author: p.text("note author"),
    text: `Said ${p.text("note")}`,
    facts: { [p.text("note fact name")]: p.text("note fact") },
  }),
  p.event("order_completed", {
    orderId: `srv-${p.text("server order id")}`,
    coupon: p.text("server coupon"),
    channel: "store",
    lines: [{ item, quantity: 1, price: { minor: 990, currency: "EUR" } }],
  }),
  p.event("order_completed", {
    orderId: `back-${p.text("refunded order id")}`,
    lines: [{ item, quantity: 1 }],
  }),
];

/** What another tracker reports of its visitor, with everything about the device that it likes to send along. */
export function trackerCalls(p: CanaryPerson): object[] {
  const context = {
    ip: `203.0.113.${p.n % 250}`,
    userAgent: `Browser/1 ${p.text("device details")}`,
    device: { id: p.text("device details"), advertisingId: p.text("device details") },
    page: { url: `https://shop.example/${p.text("tracker address")}?q=${p.text("address query")}` },
  };
  const call = (type: string, fields: object) => ({
    type,
    anonymousId: p.visitorId,
    messageId: `seg-${p.text("tracker message id")}`,
    timestamp: new Date().toISOString(),
    context,
    ...fields,
  });
  return [
    call("track", {
      event: `Did ${p.text("tracker event")}`,
      properties: { what: p.text("tracker property") },
    }),
    call("identify", { traits: { club: p.text("tracker trait") } }),
    call("page", { name: p.text("tracker page"), properties: {} }),
  ];
}

/** An order as WooCommerce tells it, with all it knows of the buyer. */
export function wooOrder(p: CanaryPerson): object {
  const buyer = () => p.text("shop system's buyer");
  const address = {
    first_name: buyer(),
    email: `${buyer()}@mail.example`,
    phone: buyer(),
    address_1: buyer(),
  };
  return {
    id: 700_000 + p.n,
    number: p.text("shop system's buyer"),
    status: "processing",
    currency: "EUR",
    date_created_gmt: new Date().toISOString().slice(0, 19),
    date_modified_gmt: new Date().toISOString().slice(0, 19),
    customer_id: p.customerId!.slice("woocommerce:".length),
    customer_ip_address: buyer(),
    customer_note: buyer(),
    billing: address,
    shipping: address,
    total: "12.00",
    coupon_lines: [{ code: p.text("shop system's coupon") }],
    line_items: [{ product_id: 1, sku: `W-${p.text("shop system's item")}`, quantity: 1, total: "10.00" }],
  };
}

/** Files of the shop's past, one row each for these people. */
export function importFiles(people: readonly CanaryPerson[], item: string): { kind: string; text: string }[] {
  const at = "2026-05-01T10:00:00Z";
  const files = {
    customers: {
      head: "customerId,at,traits.shoe,traits.note",
      row: (p: CanaryPerson) => [at, p.text("imported trait"), `"x, ${p.text("imported trait in quotes")}"`],
    },
    orders: {
      head: "customerId,at,orderId,item,quantity,price,currency,coupon",
      row: (p: CanaryPerson) => [
        at,
        `imp-${p.text("imported order id")}`,
        item,
        "1",
        "5.00",
        "EUR",
        p.text("imported coupon"),
      ],
    },
    notes: {
      head: "customerId,at,author,text",
      row: (p: CanaryPerson) => [at, p.text("imported note author"), p.text("imported note")],
    },
  };
  return Object.entries(files).map(([kind, { head, row }]) => ({
    kind,
    text: [head, ...people.map((p) => [p.customerId, ...row(p)].join(","))].join("\n"),
  }));
}
