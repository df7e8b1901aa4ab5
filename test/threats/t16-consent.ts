import { readShared } from "../support/shared.ts";
import { bytesHold } from "./files.ts";
import { eventId, Site, sleep } from "./site.ts";
import { must, Tries, type Threat } from "./threat.ts";

const yes = { personalization: true, analytics: true };
/** What is no yes, whatever somebody meant by it. */
const GARBLED: readonly unknown[] = [
  {},
  { personalization: "true", analytics: "granted" },
  { personalization: 1, analytics: 1 },
  { personalization: null },
  { Personalization: true, ANALYTICS: true },
  { all: true },
  { personalization: [true] },
  { personalization: false, analytics: false },
];
/** What consent tools send before they know, when they break, and in versions that are no more. */
const SIGNALS: readonly object[] = [
  { tcf: "garbage" },
  { tcf: "garbage", consentMode: { analytics_storage: "granted", personalization_storage: "granted" } },
  { tcf: "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA" },
  { gpp: "DBAA~~~~" },
  { consentMode: { analytics_storage: "perhaps", personalization_storage: "yes" } },
  { shopify: { analytics: "", preferences: "no", marketing: null, sale_of_data: "" } },
];
type Vector = { readonly headers: readonly string[]; readonly gpc: boolean };
const VECTORS: readonly Vector[] = [
  { headers: ["1"], gpc: true },
  { headers: ["0", "1"], gpc: true },
  { headers: ["0, 1"], gpc: true },
  { headers: ["01"], gpc: false },
];

export const consentIgnored: Threat = {
  id: "T16",
  title: "Have behaviour kept without consent, or consent revived by a stale tab",
  off: [
    {
      name: "the question for a grant before an event is kept",
      edits: [
        {
          file: "src/core/customer/take.ts",
          find: "if (needed.length > 0 && !needed.some((purpose) => permits(customer.consent, purpose, now)))",
          replace: "if (false)",
        },
        {
          file: "src/edge/person.ts",
          find: "consents(claim.consent)",
          replace: "true",
        },
      ],
    },
    {
      name: "that a request revives nothing that was denied",
      edits: [
        {
          file: "src/core/consent/consent.ts",
          find: "if (granted ? isOpen : known === undefined || known.granted)",
          replace: "if (granted || isOpen || known?.granted)",
        },
      ],
    },
    {
      name: "that a repeated header counts",
      edits: [
        {
          file: "src/core/consent/gpc.ts",
          find: 'return (headerValue ?? "").split(",").some((value) => /^[\\t ]*1[\\t ]*$/.test(value));',
          replace: 'return headerValue === "1";',
        },
      ],
    },
    {
      name: "that a denial wins over a grant of the same moment",
      edits: [
        {
          file: "src/core/consent/join.ts",
          find: "granted && joined.get(purpose) !== false",
          replace: "granted",
        },
      ],
    },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    let tried = 0;
    const canary = () => `canary-${process.pid}-${++tried}-nobody-agreed`;
    const event = (text: string) => ({ type: "custom", id: eventId(), name: "noted", facts: { text } });
    const refused: string[] = [];
    const consents = [
      ...GARBLED.map((consent) => ({ consent })),
      ...SIGNALS.map((signals) => ({ signals })),
      ...SIGNALS.map((signals) => ({ signals: { ...signals, gpp: "garbage" }, consent: yes })),
    ];
    for (const head of consents) {
      for (const who of [{}, { visitorId: `foreign-${canary()}` }]) {
        const text = canary();
        refused.push(text);
        const reply = await site.page("/v1/events", { ...head, ...who, events: [event(text)] });
        tries.held(!reply.text.includes('"accepted"'), `an event was kept with ${JSON.stringify(head)}`);
        tries.held(reply.json["visitorId"] === undefined, `an id was made with ${JSON.stringify(head)}`);
      }
      const text = canary();
      refused.push(text);
      await site.decide("trending", { ...head, page: { type: "home", query: text }, events: [event(text)] });
    }

    // One visitor, two tabs: one of them has not heard that the other said no.
    const kept = canary();
    const first = await site.page("/v1/events", { consent: yes, events: [event(kept)] });
    const visitorId = first.json["visitorId"] as string;
    must(visitorId && first.text.includes('"accepted"'), first.text);
    const denial = {
      type: "consent_updated",
      id: eventId(),
      consent: { personalization: false, analytics: false },
    };
    const denied = await site.page("/v1/events", { visitorId, consent: {}, events: [denial] });
    must(denied.text.includes('"accepted"'), denied.text);
    for (let i = 0; i < 10; i++) {
      const text = canary();
      refused.push(text);
      const late = i % 2 === 0 ? [event(text)] : [{ ...event(text), at: Date.now() - 60_000 }, denial];
      const reply = await site.page("/v1/events", { visitorId, consent: yes, events: late });
      tries.held(!reply.text.includes('"accepted"'), "a stale tab's yes revived what was denied");
      const slot = (await site.decide("recently-viewed", { visitorId, consent: yes })).slot;
      tries.held(slot?.status !== "personalized", "a stale tab is personalized");
    }
    const older = { type: "consent_updated", id: eventId(), at: Date.now() - 3_600_000, consent: yes };
    await site.page("/v1/events", { visitorId, consent: {}, events: [older] });
    const text = canary();
    refused.push(text);
    const afterOlder = await site.page("/v1/events", { visitorId, consent: {}, events: [event(text)] });
    tries.held(!afterOlder.text.includes('"accepted"'), "a yes from before the no counts");

    // Global Privacy Control, however the header arrives, against a yes in the body of the same request.
    const shared = JSON.parse(readShared("vectors/hostile/gpc-vectors.json") ?? '{"vectors":[]}') as {
      vectors: Vector[];
    };
    for (const [i, { headers, gpc }] of [...VECTORS, ...shared.vectors].entries()) {
      const customerId = `gpc-${i}`;
      const body = {
        identity: await site.token(customerId),
        consent: { ...yes, marketing: true },
        events: [event("fine")],
      };
      await site.page("/v1/events", body, headers.length === 0 ? {} : { "sec-gpc": headers.join(", ") });
      const state = JSON.parse((await site.stateOf(customerId)) || "{}") as {
        state?: { consent?: { marketing?: { granted: boolean } } };
      };
      tries.held(
        state.state?.consent?.marketing?.granted === !gpc,
        `Sec-GPC ${JSON.stringify(headers)} was read wrongly`,
      );
    }

    await sleep(1_500); // By then everything that leaves an object has left it.
    must(bytesHold(stage.dataDir, "fine"), "the files cannot be read");
    for (const one of refused)
      tries.held(!bytesHold(stage.dataDir, one), "text that nobody agreed to lies in a file");
    if (bytesHold(stage.dataDir, kept))
      tries.gap(
        "what was kept under a grant leaves its row at the withdrawal, and stays in free pages of the object's file",
      );
    return tries.outcome("garbled consents, consent tools, a stale tab, Sec-GPC, the bytes on disk");
  },
};
