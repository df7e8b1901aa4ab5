import { describe, expect, test } from "vitest";
import { CONSENT, openShop, ORIGIN, send } from "./shop.ts";

const NAMES = ["mbx1k2j4abcd", "mbx1k2j4abce"] as const;

/** A page's first call, without an id. */
const first = (shop: Awaited<ReturnType<typeof openShop>>, path: string, newcomer: string, extra = {}) =>
  send(path, {
    origin: ORIGIN,
    body: { key: shop.keys.writeKey, consent: CONSENT, newcomer, ...extra },
  });

describe("a browser that has no id yet", () => {
  test("is one visitor by the name it gives itself, whichever tab and endpoint it comes from, and whatever comes with it", async () => {
    const shop = await openShop();
    const events = () => ({ events: [shop.event("page_viewed")] });
    const slots = { slots: [{ id: "goes-with" }] };
    const replies = [
      await first(shop, "/v1/events", NAMES[0], events()),
      await first(shop, "/v1/decide", NAMES[0], { ...slots, ...events() }),
      await first(shop, "/v1/decide", NAMES[0], slots),
      // An older page's event does not speak for the browser where it has a name.
      await first(shop, "/v1/events", NAMES[0], {
        events: [{ ...shop.event("page_viewed"), id: "mbx1k2j3wxyz-9" }],
      }),
    ];
    const ids = replies.map(({ body }) => body["visitorId"]);
    expect(ids[0]).toMatch(/^v_/);
    expect(new Set(ids).size).toBe(1);
    const other = await first(shop, "/v1/events", NAMES[1], events());
    expect(other.body["visitorId"]).not.toBe(ids[0]);
    const elsewhere = await first(await openShop(), "/v1/events", NAMES[0], events());
    expect(elsewhere.body["visitorId"]).not.toBe(ids[0]);
  });

  test("counts an event once that comes twice under that name", async () => {
    const shop = await openShop();
    const events = [shop.event("page_viewed")];
    const told = await Promise.all([
      first(shop, "/v1/events", NAMES[0], { events }),
      first(shop, "/v1/events", NAMES[0], { events }),
    ]);
    const statuses = told.map(({ body }) => (body["events"] as { status: string }[])[0]!.status);
    expect(statuses.sort()).toEqual(["accepted", "duplicate"]);
  });

  test.each(["", "short", "MBX1K2J4ABCD", "mbx1k2j4abcdx", 12])("has no name like %j", async (newcomer) => {
    const shop = await openShop();
    const reply = await first(shop, "/v1/events", newcomer as string, {
      events: [shop.event("page_viewed")],
    });
    expect([reply.status, reply.body["pointer"]]).toEqual([400, "/newcomer"]);
  });
});
