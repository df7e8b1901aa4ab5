import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildAll } from "./build.ts";
import { call, type SiteKeys } from "./call.ts";
import { keepToken, openAccount, type IdentityKey } from "./demo-identity.ts";
import { seedDemo } from "./demo-data/seed.ts";
import { DIST, LOCAL } from "./paths.ts";
import { localSecrets } from "./secrets.ts";
import { isTaken, serve } from "./serve.ts";

type Demo = SiteKeys & { readonly isSeeded: boolean; readonly identityKey?: IdentityKey };

const port = Number(process.env["PORT"] ?? 8787);
if (await isTaken(port)) {
  console.error(
    `Port ${port} of 127.0.0.1 is taken. Stop what runs there, or choose another: PORT=8788 npm start`,
  );
  process.exit(1);
}

console.log("Building …");
await buildAll();
const secrets = localSecrets(LOCAL);
// A copy of its own: a build for something else, or a deploy, must neither disturb the demo nor pick up its keys.
const assetsDir = join(LOCAL, `assets-${port}`);
cpSync(join(DIST, "assets"), assetsDir, { recursive: true });
const served = await serve({ dataDir: join(LOCAL, "objects"), secrets, port, assetsDir });
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void served.stop().then(() => process.exit(0)));
served.process.once("exit", (code) => process.exit(code ?? 0));

const demoPath = join(LOCAL, `demo-${port}.json`);
let demo = existsSync(demoPath) ? (JSON.parse(readFileSync(demoPath, "utf8")) as Demo) : undefined;
if (!demo) {
  const origin = `http://127.0.0.1:${port}`;
  const keys = await call<SiteKeys>(`${served.url}/v1/sites`, {
    key: secrets.OPERATOR_KEY,
    body: { origin, origins: [`http://localhost:${port}`] },
  });
  demo = { ...keys, isSeeded: false };
  mkdirSync(LOCAL, { recursive: true });
  writeFileSync(demoPath, JSON.stringify(demo, null, 2), { mode: 0o600 });
}
// The demo's pages read their keys from here; only a demo on one's own machine shows an admin key.
writeFileSync(
  join(assetsDir, "demo/site.json"),
  JSON.stringify({
    api: "",
    writeKey: demo.writeKey,
    adminKey: demo.adminKey,
    siteId: demo.siteId,
    identity: "/demo/identity.json",
  }),
);
if (!demo.isSeeded) {
  // Interrupted half-way, it runs again from the start: ids are the same, so nothing is counted twice.
  await seedDemo(served.url, demo);
  demo = { ...demo, isSeeded: true };
  writeFileSync(demoPath, JSON.stringify(demo, null, 2), { mode: 0o600 });
}
if (!demo.identityKey) {
  demo = { ...demo, identityKey: await openAccount(served.url, demo) };
  writeFileSync(demoPath, JSON.stringify(demo, null, 2), { mode: 0o600 });
}
keepToken(join(assetsDir, "demo/identity.json"), demo.siteId, demo.identityKey!);

console.log(`
Concierge is running.

  Demo shop     ${served.url}/demo/
  Guided tour   ${served.url}/demo/?tour
  Config, live  ${served.url}/demo/config.html
  Account       ${served.url}/demo/account.html
  Console       ${served.url}/console/#key=${demo.adminKey}

Try this:
  1. Open the shop, say yes to personalization, and look at a few products: "Goes well with it" and "A step up" answer.
  2. Open ${served.url}/demo/product.html?id=… with ?concierge=debug added to see every decision and why.
  3. Publish a rule on the config page and watch the product beside it change.
  4. Open the account page: see what is known and from where, correct it, pause it, download it, erase it.

Data stays in .concierge/ until you delete it. Ctrl-C stops the server.`);
