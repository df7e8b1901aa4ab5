import { ALL, Site, sleep, until } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const order = (id: string) => ({
  type: "order_completed",
  orderId: id,
  revenue: { minor: 100, currency: "EUR" },
  lines: [{ item: "i1" }],
});

export const gpcToOthers: Threat = {
  id: "T17",
  title: "Keep sending to others what a person has opted out of",
  off: [
    {
      name: "that a withdrawal drops what is queued",
      edits: [
        {
          file: "src/objects/deliveries.ts",
          find: "dropAbout(this.#storage, tag, LASTING_TYPES, purposes);",
          replace: "",
        },
      ],
    },
    {
      name: "that the browser's signal is read",
      edits: [{ file: "src/routes/route.ts", find: '(c.req.header("sec-gpc") ?? null)', replace: "null" }],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const host = `partner-${stage.nextHost()}`;
    let isDown = true;
    stage.internet.host(host, (_, reply) => reply.writeHead(isDown ? 503 : 204).end());
    const asked = {
      url: `https://${host}/hook`,
      types: ["order_recorded", "consent_changed"],
      purpose: "transaction",
    };
    must((await site.owner("PUT", "/v1/webhooks/partner", asked)).status === 201, "no endpoint");
    await site.tell("leaver", [order("o-1"), order("o-2")]);
    await site.tell("stayer", [order("o-3")]);
    const about = (orderId: string) =>
      stage.internet.to(host).filter((one) => one.body.includes(`"${orderId}"`));
    must(await until(() => about("o-1").length > 0 && about("o-3").length > 0, 8_000), "nothing was queued");

    const withdrawn = await site.server("POST", "/v1/events", {
      customerId: "leaver",
      events: [
        { type: "consent_updated", id: "leaves", consent: { ...ALL, transaction: false, marketing: false } },
      ],
    });
    must(withdrawn.text.includes('"accepted"'), withdrawn.text);
    const triesBefore = about("o-1").length + about("o-2").length;
    const failed = about("o-3").length;
    isDown = false;
    const delivered = await until(() => about("o-3").length > failed, 15_000);
    must(delivered, "the other customer's order never arrives");
    await sleep(2_500);
    tries.held(
      about("o-1").length + about("o-2").length === triesBefore,
      "queued deliveries about somebody who opted out were sent",
    );
    const told = stage.internet
      .to(host)
      .some((one) => one.body.includes("consent_changed") && one.body.includes("leaver"));
    tries.held(told, "the receiver was not told that they opted out");

    // The signal of one browser is an opt-out of the whole known person.
    await site.tell("known", [order("o-4")]);
    await site.page(
      "/v1/decide",
      {
        identity: await site.token("known"),
        consent: { personalization: true },
        slots: [{ id: "trending" }],
        events: [{ type: "page_viewed", id: "seen" }],
      },
      { "sec-gpc": "1" },
    );
    const state = JSON.parse(await site.stateOf("known")) as {
      state: { consent: { marketing: { granted: boolean } } };
    };
    tries.held(
      !state.state.consent.marketing.granted,
      "a browser's signal left the known customer's marketing granted",
    );
    const looked = await site.tell("looker", [order("o-5")]);
    must(looked.status === 200, looked.text);
    await site.page(
      "/v1/decide",
      {
        identity: await site.token("looker"),
        consent: { personalization: true },
        slots: [{ id: "trending" }],
      },
      { "sec-gpc": "1" },
    );
    const after = JSON.parse(await site.stateOf("looker")) as {
      state: { consent: { marketing: { granted: boolean } } };
    };
    if (after.state.consent.marketing.granted)
      tries.gap(
        "a signal on a decision without events is used for that answer and not kept for the known customer",
      );
    const gpc = await stage.send("GET", "/.well-known/gpc.json");
    tries.held(gpc.json["gpc"] === true, "/.well-known/gpc.json does not say that the signal counts");
    return tries.outcome("queued deliveries after a withdrawal, one browser's signal");
  },
};
