import Papa from "papaparse";
import { readShared } from "../../support/shared.ts";
import { scoreCrossSell } from "../../../src/core/recommend/score/complements.ts";
import type { Dataset, Past, Trial } from "./dataset.ts";

type Row = {
  InvoiceNo: string;
  StockCode: string;
  Description: string;
  Quantity: string;
  InvoiceDate: string;
  UnitPrice: string;
  CustomerID: string;
};
type Invoice = {
  no: string;
  at: number;
  customer: string;
  lines: Map<string, { quantity: number; price: number }>;
};

const HELD_OUT_MS = 30 * 86_400_000;
const LINES_MAX = 500;

/** Postage, manual entries, samples and fees: lines that are not products. */
const isProduct = (code: string): boolean => /^\d{5}/.test(code);

/**
 * UCI Online Retail, complete: catalog from the rows, orders in time order, cancellations as refunds of the customer's
 * latest order with that item; the last 30 days' baskets are asked for by one seed item each.
 */
export function uciOnlineRetail(): Dataset | undefined {
  const csv = readShared("data/uci-online-retail/online_retail.csv.gz");
  if (csv === undefined) return undefined;
  const { data } = Papa.parse<Row>(csv, { header: true, skipEmptyLines: true });
  const titles = new Map<string, string>();
  const prices = new Map<string, number>();
  const invoices = new Map<string, Invoice>();
  let skipped = 0;
  for (const row of data) {
    const code = row.StockCode.toUpperCase();
    const quantity = Number(row.Quantity);
    const price = Number(row.UnitPrice);
    if (!isProduct(code) || !(price > 0) || quantity === 0) {
      skipped++;
      continue;
    }
    if (row.Description.trim()) titles.set(code, row.Description.trim());
    prices.set(code, price);
    const at = Date.parse(`${row.InvoiceDate.replace(" ", "T")}Z`);
    const invoice = invoices.get(row.InvoiceNo) ?? {
      no: row.InvoiceNo,
      at,
      customer: row.CustomerID.replace(/\.0$/, ""),
      lines: new Map(),
    };
    const line = invoice.lines.get(code);
    invoice.lines.set(code, { quantity: (line?.quantity ?? 0) + quantity, price });
    invoices.set(row.InvoiceNo, invoice);
  }
  const ordered = [...invoices.values()].sort((a, b) => a.at - b.at || (a.no < b.no ? -1 : 1));
  const cut = ordered.at(-1)!.at - HELD_OUT_MS;
  const past: Past[] = [];
  const trials: Trial[][] = [];
  const sold = new Map<string, number>();
  const latestOrderWith = new Map<string, string>();
  let refunds = 0;
  let strayCancellations = 0;
  for (const invoice of ordered) {
    const isCancellation = invoice.no.startsWith("C");
    const lines = [...invoice.lines].filter(([, line]) =>
      isCancellation ? line.quantity < 0 : line.quantity > 0,
    );
    if (lines.length === 0) continue;
    if (invoice.at > cut) {
      const codes = lines.map(([code]) => code);
      if (!isCancellation && codes.length >= 2) {
        // The invoice number picks: neither the first line nor the best one.
        const seed = codes[Number.parseInt(invoice.no, 10) % codes.length]!;
        trials.push([
          {
            request: { page: { type: "product", item: seed } },
            slot: { id: "replay", strategies: ["cross_sell"], max: 20, min: 0 },
            relevant: new Set(codes.filter((code) => code !== seed)),
            given: new Set([seed]),
          },
        ]);
      }
      continue;
    }
    const who = invoice.customer
      ? { customerId: `c-${invoice.customer}` }
      : { visitorId: `till-${invoice.no}` };
    const wire = lines.slice(0, LINES_MAX).map(([code, line]) => ({
      item: code,
      quantity: Math.min(100_000, Math.abs(line.quantity)),
      price: { minor: Math.round(line.price * 100), currency: "GBP" },
    }));
    if (!isCancellation) {
      for (const [code] of lines) {
        sold.set(code, (sold.get(code) ?? 0) + 1);
        latestOrderWith.set(`${invoice.customer} ${code}`, invoice.no);
      }
      past.push({
        ...who,
        events: [
          {
            id: `o-${invoice.no}`,
            at: invoice.at,
            type: "order_completed",
            orderId: invoice.no,
            lines: wire,
          },
        ],
      });
      continue;
    }
    const orderId = latestOrderWith.get(`${invoice.customer} ${lines[0]![0]}`);
    if (!invoice.customer || orderId === undefined) {
      strayCancellations++;
      continue;
    }
    refunds++;
    past.push({
      ...who,
      events: [{ id: `r-${invoice.no}`, at: invoice.at, type: "order_refunded", orderId, lines: wire }],
    });
  }
  return {
    name: "uci-online-retail",
    catalog: [...prices].map(([id, price]) => ({
      id,
      title: titles.get(id) ?? id,
      price: { minor: Math.round(price * 100), currency: "GBP" },
    })),
    past,
    trials,
    inProcess: (snapshot, asked, i) =>
      scoreCrossSell(
        snapshot,
        [...asked[i]!.given].map((item) => ({ item, weight: 1 })),
        { limit: 20 },
      ).map(({ index }) => snapshot.items[index]!),
    popular: [...sold].sort((a, b) => b[1] - a[1]).map(([code]) => code),
    notes: [
      `${data.length} rows, ${skipped} without a product or a price; ${refunds} cancellations sent as refunds, ${strayCancellations} without a known order left out.`,
    ],
  };
}
