import { createServer, type AddressInfo } from "node:net";
import { readShared } from "../support/shared.ts";
import type { Edit } from "../crash/plants.ts";
import { Site } from "./site.ts";
import { Stage } from "./stage.ts";
import { must, Tries, type Patch, type Threat } from "./threat.ts";

/** Some of the shared vectors, for where they are absent. */
const ALWAYS = [
  "http://127.0.0.1/",
  "https://127.0.0.1/",
  "https://[::1]/",
  "https://169.254.169.254/latest/meta-data/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://localhost/",
  "https://db.internal/",
  "https://127.0.0.1.nip.io/",
  "https://good.example@127.0.0.1/",
  "https://good.example:6379/",
  "file:///etc/passwd",
  "https://user:pass@good.example/",
  "//good.example/",
];

/** Where a receiver may try to send the server on to. */
const INSIDE = [
  "http://127.0.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "https://db.internal/",
  "http://[::1]/",
];

const NO_URL_RULE: Edit = {
  file: "src/core/primitives/public-url.ts",
  find: 'if (!match) return "not an https address";',
  replace: "return undefined;",
};

/** Connections to this machine with the rule about addresses switched off: does the network's own hold alone? */
async function networkHits(patch: Patch | undefined): Promise<number> {
  let hits = 0;
  const canary = createServer((socket) => {
    hits++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  const { port } = canary.address() as AddressInfo;
  const others = (patch?.edits ?? []).filter(({ file }) => file !== NO_URL_RULE.file);
  const stage = await Stage.open(
    { name: "the rule about addresses", edits: [...others, NO_URL_RULE] },
    { network: patch?.network ?? "public" },
  );
  try {
    const site = await Site.open(stage);
    // By a name: the deployment's own host is refused by a rule of its own.
    const url = `https://localhost:${port}/`;
    const put = await site.owner("PUT", "/v1/webhooks/canary", {
      url,
      types: ["order_recorded"],
      purpose: "transaction",
    });
    must(put.status === 201, `without the rule an address is still refused: ${put.text}`);
    await site.owner("POST", "/v1/webhooks/canary/test", {});
  } finally {
    await stage.close();
    canary.close();
  }
  return hits;
}

export const internalReach: Threat = {
  id: "T10",
  title: "Reach inside through webhook and feed addresses",
  off: [
    { name: "the rule about addresses", edits: [NO_URL_RULE] },
    {
      name: "that a redirect is a failure",
      edits: [
        { file: "src/objects/post-message.ts", find: 'redirect: "manual",', replace: 'redirect: "follow",' },
      ],
    },
    { name: "the network's own rule", edits: [], network: "any" },
  ],
  async attack(stage) {
    const tries = new Tries(stage);
    const site = await Site.open(stage);
    const shared = JSON.parse(readShared("vectors/hostile/ssrf-urls.json") ?? '{"urls":[]}') as {
      urls: string[];
    };
    const own = new URL(stage.url).host;
    const urls = [...ALWAYS, ...shared.urls.map((url) => url.replace("THIS-WORKERS-OWN-HOST", own))];
    const endpoint = { types: ["order_recorded"], purpose: "transaction" };
    for (const url of urls) {
      const webhook = await site.owner("PUT", "/v1/webhooks/inside", { ...endpoint, url });
      tries.held(webhook.status === 400, `a webhook to ${url} was answered ${webhook.status}`);
      const feed = await site.publish({ feed: { url } });
      tries.held(feed.status === 400, `a feed at ${url} was answered ${feed.status}`);
    }

    const host = `hook-${stage.nextHost()}`;
    const put = await site.owner("PUT", "/v1/webhooks/good", { ...endpoint, url: `https://${host}/hook` });
    must(put.status === 201, `a right address was refused: ${put.text}`);
    for (const location of INSIDE)
      for (const status of [301, 302, 303, 307, 308]) {
        stage.internet.host(host, (_, reply) => reply.writeHead(status, { location }).end());
        const sent = await site.owner("POST", "/v1/webhooks/good/test", {});
        tries.held(
          sent.json["outcome"] === "failed",
          `a redirect (${status}) to ${location} counts as delivered`,
        );
      }
    must(stage.internet.to(host).length > 0, "the receiver was never asked");
    const inside = INSIDE.map((url) => new URL(url).host);
    for (const name of inside) tries.held(stage.internet.to(name).length === 0, `${name} was asked`);
    tries.held((await networkHits(stage.patch)) === 0, "a server on this machine was reached");
    return tries.outcome("addresses of webhooks and feeds, redirects, a server on this machine");
  },
};
