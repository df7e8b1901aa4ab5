import { beside, isShown, look, PAIRS, settled } from "./crowd.ts";
import { eventId, Site } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const HONEST = 40;
/** One fewer than have to stand behind a pair. */
const ZEALOTS = 4;
const PUSHED = ["i8", "i10", "i11", "i12"];
const TRIES = 400;
const consent = { personalization: true, analytics: true };
const BOTS = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "python-requests/2.32",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
  "curl/8.5.0",
];

export const shilling: Threat = {
  id: "T12",
  title: "Push an item beside another's",
  off: [
    {
      name: "that bots teach nothing",
      edits: [
        {
          file: "src/edge/bots.ts",
          find: "return isNamedBot(name) && (!isHeadlessAllowed || CRAWLER.test(name));",
          replace: "return false;",
        },
      ],
    },
    {
      name: "that several people must stand behind a pair",
      edits: [
        {
          file: "src/objects/model-object.ts",
          find: "publish(learned.model, { minCustomers, version,",
          replace: "publish(learned.model, { minCustomers: 1, version,",
        },
      ],
    },
    {
      name: "that learning needs a grant",
      edits: [
        {
          file: "src/core/customer/count.ts",
          find: "if ((event.may & MAY_LEARN) === 0) return;",
          replace: "",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    // All that may be told is shown, however weak it is beside the rest.
    const { pairs } = PAIRS.slots;
    const config = { ...PAIRS, slots: { pairs: { ...pairs, settings: { count: "fill" } } } };
    const site = await Site.open(stage, { config });
    await look(site, HONEST, ["i1", "i2"]);
    must(await isShown(site, "i1", "i2"), "honest visitors teach nothing");
    const views = (...items: string[]) =>
      items.map((item) => ({ type: "product_viewed", id: eventId(), item }));

    for (const [i, agent] of BOTS.entries())
      for (let n = 0; n < 8; n++)
        await site.page(
          "/v1/events",
          { visitorId: `bot-${i}-${n}`, consent, events: views("i1", "i9") },
          { "user-agent": agent, "cf-connecting-ip": `100.90.${i * 8 + n}.1` },
        );
    for (const [i, item] of PUSHED.entries())
      for (let n = 0; n < 20; n++)
        await site.page(
          "/v1/events",
          { visitorId: `zealot-${i}-${n % ZEALOTS}`, consent, events: views("i1", item) },
          { "cf-connecting-ip": `100.${92 + i}.${n % ZEALOTS}.1` },
        );
    for (let n = 0; n < HONEST; n++)
      await site.page(
        "/v1/events",
        {
          visitorId: `silent-${n}`,
          consent: { personalization: true, analytics: false },
          events: views("i1", "i7"),
        },
        { "cf-connecting-ip": `100.91.${n}.1` },
      );
    await settled(site);
    // Of what should not come, each has its time to come.
    for (const other of ["i9", ...PUSHED, "i7"]) await isShown(site, "i1", other, 2_000);
    const shown = await beside(site, "i1");
    tries.held(!shown.includes("i9"), "bots taught the shop a pair");
    tries.held(!PUSHED.some((item) => shown.includes(item)), "four visitors taught the shop a pair");
    tries.held(!shown.includes("i7"), "visitors who did not agree to be counted taught the shop a pair");

    const startedAt = performance.now();
    const taken = await look(site, TRIES, ["i1", "i6"], "203.0.113.5");
    const seconds = (performance.now() - startedAt) / 1000;
    await settled(site);
    const place = (await beside(site, "i1")).indexOf("i6");
    if (place >= 0)
      tries.gap(
        `views of unverified visitors count in full: one network, ${taken} of ${TRIES} invented visitors let in within ${seconds.toFixed(0)} s, put an item on place ${place + 1} against ${HONEST} honest ones. There is no weight by trust, no cap per network and pair, no quarantine of new sources, no cap on the rate of change, no alarm on a jump`,
      );
    return tries.outcome("bots, four zealots, visitors without the grant");
  },
};
