import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PLANTS } from "../crash/plants.ts";
import { bytesHold } from "./files.ts";
import { eventId, Site, sleep, until } from "./site.ts";
import { must, Tries, type Patch, type Threat } from "./threat.ts";

/** A planted fault of the crash harness that is the absence of a defence. */
function planted(name: string, what: string): Patch {
  const plant = PLANTS.find((one) => one.name === name);
  must(plant, `there is no plant ${name}`);
  return { name: what, edits: plant.edits };
}

const PEOPLE = 12;
const consent = { transaction: true, personalization: true, analytics: true };

export const erase: Threat = {
  id: "T18",
  title: "Find something of an erased person, or have them come back",
  ground: {},
  off: [
    planted("erase-by-delete", "that an erasure clears the whole file"),
    planted("erase-without-tombstone", "the memory of who was erased"),
    planted("erase-keeps-numbers", "that numbers are taken back"),
    {
      name: "that a restored copy asks, and is told, who was erased",
      edits: [
        {
          file: "src/objects/customer-object.ts",
          find: "if (restoredAt === 0 || !this.#known ||",
          replace: "if (true ||",
        },
        {
          file: "src/objects/ledger-object.ts",
          find: 'owe(storage, object, { act: "erase", at: burial.at, upTo: 0 });',
          replace: "void owe;",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const people = Array.from({ length: PEOPLE }, (_, i) => ({
      id: `erased-${process.pid}-${i}-canary`,
      mark: `mark-${process.pid}-${i}-canary`,
    }));
    const stays = { id: "stays", mark: "mark-of-who-stays" };
    const eventsOf = ({ mark }: { mark: string }) => [
      { type: "product_viewed", id: `${mark}-view`, item: "i1" },
      { type: "traits_updated", id: `${mark}-traits`, traits: { nick: mark } },
      {
        type: "survey_answered",
        id: `${mark}-survey`,
        survey: "s",
        question: "why",
        kind: "text",
        answer: `${mark} because`,
      },
      {
        type: "order_completed",
        id: `${mark}-order`,
        orderId: `${mark}-order`,
        revenue: { minor: 1000, currency: "EUR" },
        lines: [{ item: "i1" }, { item: "i2" }],
      },
    ];
    const bodies = new Map(
      people.map((one) => [one.id, { customerId: one.id, consent, events: eventsOf(one) }]),
    );
    for (const body of bodies.values())
      must((await site.server("POST", "/v1/events", body)).text.includes("accepted"), "nothing was stored");
    await site.server("POST", "/v1/events", { customerId: stays.id, consent, events: eventsOf(stays) });
    const ordersNow = async () => {
      const daily = (await site.owner("GET", "/v1/site")).json["daily"] as {
        metric: string;
        value: number;
      }[];
      return daily.filter(({ metric }) => metric === "orders").reduce((sum, { value }) => sum + value, 0);
    };
    must(await until(async () => (await ordersNow()) === PEOPLE + 1, 6_000), "the orders were not counted");
    must(bytesHold(stage.dataDir, people[0]!.mark), "the files cannot be read");
    await sleep(700);
    const copy = join(stage.dir, "copy");
    await stage.restart(() => cpSync(stage.dataDir, copy, { recursive: true }));

    for (const { id } of people) {
      const reply = await site.server("DELETE", `/v1/customers/${id}`);
      must(reply.status === 200 && reply.json["receipt"], reply.text);
      tries.held((await site.stateOf(id)) === "", "an export still shows the person");
    }
    tries.held(
      await until(async () => (await ordersNow()) === 1, 4_000),
      `the numbers still count ${(await ordersNow()) - 1} orders of erased people`,
    );

    // Their old events, from every door, late and again, also when no process remembers them.
    await stage.restart();
    for (const [id, body] of bodies) {
      const again = await site.server("POST", "/v1/events", body);
      tries.held(!again.text.includes('"accepted"'), "an erased person's events were taken again");
      const tab = await site.page("/v1/events", {
        identity: await site.token(id),
        consent,
        events: [{ type: "product_viewed", id: eventId(), item: "i3" }],
      });
      tries.held(!tab.text.includes('"accepted"'), "another tab of an erased person writes on");
    }
    const file = people
      .map(({ id, mark }) =>
        JSON.stringify({
          customerId: id,
          orderId: `${mark}-old`,
          at: "2026-01-05T10:00:00Z",
          currency: "EUR",
          lines: [{ item: "i1", quantity: 1, price: "10.00" }],
        }),
      )
      .join("\n");
    const options = encodeURIComponent(JSON.stringify({ commit: true }));
    const imported = await stage.send("POST", `/v1/import/orders?options=${options}`, {
      key: site.keys.serverKey,
      body: file,
      headers: { "content-type": "application/x-ndjson" },
    });
    if (imported.json["code"] === "route_unknown") tries.gap("not there to be tried: POST /v1/import/orders");
    else must(imported.status < 300, imported.text);
    await sleep(1_500);
    for (const { id } of people) tries.held((await site.stateOf(id)) === "", "an erased person came back");

    const left = () =>
      people.filter(({ id, mark }) => bytesHold(stage.dataDir, mark) || bytesHold(stage.dataDir, id));
    await until(() => left().length === 0, 6_000);
    tries.held(left().length === 0, `bytes of ${left().length} erased people lie in files`);

    // A copy from before comes back: it may not serve them, once it was told of the erasures.
    const burials = (await site.owner("GET", "/v1/erasures")).json["erasures"] as unknown[];
    await stage.restart(
      () => {
        rmSync(stage.dataDir, { recursive: true });
        cpSync(copy, stage.dataDir, { recursive: true });
      },
      { RESTORED_AT: String(Date.now()) },
    );
    if ((await site.stateOf(people[0]!.id)) !== "")
      tries.gap(
        "a restored copy serves everybody, also the erased, until the erase ledger is given back to it",
      );
    const told = await site.owner("POST", "/v1/erasures", { erasures: burials });
    must(told.status === 200, `the erasures were not taken back: ${told.text}`);
    const isServed = async () => {
      for (const { id } of people) if ((await site.stateOf(id)) !== "") return true;
      return false;
    };
    await until(async () => !(await isServed()), 3_000);
    tries.held(!(await isServed()), "a restored copy serves somebody who was erased");
    must((await site.stateOf(stays.id)) !== "", "a restored copy serves nobody");
    return tries.outcome(`${PEOPLE} people: bytes, numbers, repeats, another tab, a file, a restored copy`);
  },
};
