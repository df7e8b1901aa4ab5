import { env } from "cloudflare:workers";
import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, inject, test } from "vitest";
import type { ImportObject } from "../../src/objects/import-object.ts";
import { objectId } from "../../src/edge/names.ts";
import { aggregate } from "../../src/core/value/model/cells.ts";
import { run } from "../../src/core/value/model/fit.ts";
import { fitOrders } from "../../src/core/value/model/fit-orders.ts";
import { openShop, send, type Shop } from "./shop.ts";

declare module "vitest" {
  interface ProvidedContext {
    cdnow: string | null;
  }
}

const DAY = 86_400_000;
const text = inject("cdnow");
if (text === null) console.warn("SKIPPED: CDNOW is not here, so nobody's value is compared with it.");

type Bought = { customer: string; day: number; date: string; minor: number };
const CALIBRATION_END = Date.UTC(1997, 8, 30) / DAY;

/** The same history, with its end of September 1997 today: ages are what they were, and every clock runs as it does. */
const TODAY = Math.floor(Date.now() / DAY);
const rows: Bought[] = (text ?? "")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => {
    const [, customer, date, , dollars] = line.trim().split(/\s+/) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
    const day = Date.parse(`${iso}T00:00:00Z`) / DAY - CALIBRATION_END + TODAY;
    return {
      customer,
      date: new Date(day * DAY).toISOString().slice(0, 10),
      day,
      minor: Math.round(Number(dollars) * 100),
    };
  });

async function importOrders(shop: Shop, orders: readonly Bought[]): Promise<void> {
  const csv = [
    "orderId,customerId,at,item,quantity,revenue,currency",
    ...orders.map(
      ({ customer, date, minor }, i) =>
        `o${i},c${customer},${date}T00:00:01Z,cd,1,${(minor / 100).toFixed(2)},USD`,
    ),
  ].join("\n");
  const agreed = { basis: "contract", source: "shop", policyVersion: "1" };
  const options = { commit: true, basis: { analytics: agreed, personalization: agreed } };
  const { status, body } = await send(
    `/v1/import/orders?options=${encodeURIComponent(JSON.stringify(options))}`,
    { method: "POST", key: shop.keys.serverKey, headers: { "content-type": "text/csv" }, body: csv },
  );
  expect([status, body["counts"]]).toMatchObject([202, { invalid: 0 }]);
  const runId = body["run"] as string;
  const stub = env.IMPORT.get(
    await objectId(env, "import", shop.keys.siteId, runId),
  ) as DurableObjectStub<ImportObject>;
  const end = Date.now() + 200_000;
  let report: Record<string, unknown> = {};
  while (Date.now() < end) {
    ({ body: report } = await send(`/v1/imports/${runId}`, { key: shop.keys.serverKey }));
    if (report["status"] === "done") return;
    await runDurableObjectAlarm(stub);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The import does not end: ${JSON.stringify(report)}`);
}

type Model = {
  customers: number;
  repeaters: number;
  orders: Record<string, number>;
  spend: Record<string, number>;
};
type Equity = {
  model: Model | null;
  currencies: { currency: string; total: { customers: number; clv: { minor: number } } }[];
};

describe.skipIf(text === null)("CDNOW through the front door", () => {
  test("gives the parameters, the value and the best customers that the formulas give", async () => {
    const shop = await openShop([
      { id: "cd", title: "A CD", price: { minor: 1500, currency: "USD" }, type: "Music" },
    ]);
    const before = rows.filter(({ day }) => day <= TODAY);
    await importOrders(shop, before);
    const customers = Map.groupBy(before, ({ customer }) => customer);
    for (let i = 0; i < 100; i++) {
      const { body } = await send("/v1/segments", { key: shop.keys.adminKey });
      if ((body["all"] as { customers?: number }).customers === customers.size) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const equity = (await send("/v1/equity", { key: shop.keys.adminKey })).body as unknown as Equity;
    expect(equity!.currencies[0]!.total.customers).toBe(2357);
    expect(equity!.model).toMatchObject({ customers: 2357, repeaters: 946 });
    const summaries = [...customers.values()].map((orders) => {
      const days = [...new Set(orders.map(({ day }) => day))].sort((a, b) => a - b);
      return { x: days.length - 1, tx: days.at(-1)! - days[0]!, T: TODAY - days[0]! };
    });
    const outcome = run(fitOrders("pareto_nbd", aggregate(summaries)));
    const bench = (outcome.fitted ? outcome.fit.params : {}) as unknown as Record<string, number>;
    const { orders } = equity!.model!;
    for (const name of ["r", "alpha", "s", "beta"] as const)
      expect(orders[name]! / bench[name]!).toBeCloseTo(1, 5);
    // In weeks the published estimate: .553, 10.578, .606, 11.669.
    expect(orders["r"]).toBeCloseTo(0.553277, 4);
    expect(orders["alpha"]! / 7).toBeCloseTo(10.577683, 2);
    expect(orders["s"]).toBeCloseTo(0.60624, 4);
    expect(orders["beta"]! / 7).toBeCloseTo(11.668734, 2);
    const { p, q, v } = equity!.model!.spend as { p: number; q: number; v: number };
    expect([p, q, v / 100]).toEqual([
      expect.closeTo(6.2496, 2),
      expect.closeTo(3.7442, 2),
      expect.closeTo(15.4435, 1),
    ]);
    const top = await send("/v1/equity/top", { key: shop.keys.adminKey });
    const best = top.body["customers"] as { customerId: string; clvMinor: number }[];
    expect(best).toHaveLength(50);
    expect(best.map(({ clvMinor }) => clvMinor)).toEqual(
      best.map(({ clvMinor }) => clvMinor).sort((a, b) => b - a),
    );
    expect(customers.has(best[0]!.customerId.slice(1))).toBe(true);
  }, 300_000);
});
