import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { freePort, serve, type Served } from "../../src/cli/serve.ts";

const KILLS = 5;
const WRITERS = 12;
const dir = mkdtempSync(join(tmpdir(), "concierge-crash-"));
const secrets = localSecrets(dir);
let served: Served | undefined;

afterAll(async () => {
  await served?.stop();
  rmSync(dir, { recursive: true, force: true });
});

type Site = {
  model: { learnedVersion: number };
  daily: { part: string; metric: string; value: number }[];
};

test("kill -9 in the middle of writing loses nothing that was acknowledged and counts nothing twice", async () => {
  const port = await freePort();
  const start = async () =>
    (served = await serve({ dataDir: join(dir, "objects"), secrets, port, quiet: true }));
  await start();
  const url = served!.url;
  const keys = await call<SiteKeys>(`${url}/v1/sites`, {
    key: secrets.OPERATOR_KEY,
    body: { origin: "https://shop.example" },
  });
  const consent = { personalization: true, analytics: true };
  const acknowledged = new Set<string>();
  const writing = { goesOn: true };

  /** Sends batches until told to stop; what was not acknowledged is sent again, as a browser's queue would. */
  const write = async (writer: number): Promise<void> => {
    for (let batch = 0; writing.goesOn; batch++) {
      const events = Array.from({ length: 1 + (batch % 5) }, (_, i) => ({
        id: `w${writer}-b${batch}-${i}`,
        type: "product_viewed",
        item: `item-${i}`,
      }));
      for (let done = false; !done;) {
        try {
          const reply = await call<{ events: { id: string; status: string }[] }>(`${url}/v1/events`, {
            key: keys.serverKey,
            body: { visitorId: `visitor-${writer % 5}`, consent, events },
          });
          for (const one of reply.events) {
            expect(["accepted", "duplicate"]).toContain(one.status);
            acknowledged.add(one.id);
          }
          done = true;
          // One batch in seven is sent once more although it was acknowledged.
          if (batch % 7 === 0)
            await call(`${url}/v1/events`, {
              key: keys.serverKey,
              body: { visitorId: `visitor-${writer % 5}`, consent, events },
            });
        } catch (error) {
          if (error instanceof Error && error.name === "AssertionError") throw error;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, i) => write(i));
  for (let kill = 0; kill < KILLS; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 700 + kill * 170));
    await served!.stop("SIGKILL");
    await start();
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  writing.goesOn = false;
  await Promise.all(writers);
  await served!.stop("SIGKILL"); // And once more, so that the last of it is drained by alarms alone.
  await start();
  // No request wakes a customer from here on: their alarms have to.
  const counted = async () => {
    const site = await call<Site>(`${url}/v1/site`, { key: keys.adminKey });
    return site.daily.filter((row) => row.part === "product_viewed").reduce((sum, row) => sum + row.value, 0);
  };
  for (let waited = 0; waited < 20_000 && (await counted()) !== acknowledged.size; waited += 500)
    await new Promise((resolve) => setTimeout(resolve, 500));
  expect(acknowledged.size).toBeGreaterThan(200);
  expect(await counted()).toBe(acknowledged.size);
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect(await counted()).toBe(acknowledged.size);
}, 90_000);
