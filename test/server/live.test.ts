import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serveTwo } from "./two-processes.ts";

type Answer = { configRevision: number; slots: { items: { id: string }[] }[] };

const dir = mkdtempSync(join(tmpdir(), "concierge-two-"));
const secrets = localSecrets(dir);
let two: Awaited<ReturnType<typeof serveTwo>>;

beforeAll(async () => {
  two = await serveTwo(dir, secrets);
});
afterAll(async () => {
  await Promise.all([two?.first.stop(), two?.second.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

/** Milliseconds until a question has the wanted answer. */
async function msUntil(holds: () => Promise<boolean>): Promise<number> {
  const startedAt = Date.now();
  while (!(await holds())) {
    if (Date.now() - startedAt > 15_000) throw new Error("It never came.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return Date.now() - startedAt;
}

test("config, stock and price changed through one server process are live in the other within 5 s", async () => {
  const keys = await call<SiteKeys>(`${two.first.url}/v1/sites`, {
    key: secrets.OPERATOR_KEY,
    body: { origin: "https://shop.example" },
  });
  const item = (id: string, more: object = {}) => ({
    id,
    title: id,
    price: "10.00 EUR",
    product_type: "T",
    availability: "in_stock",
    ...more,
  });
  const putCatalog = (rows: object[]) =>
    call(`${two.first.url}/v1/catalog`, { method: "PUT", key: keys.serverKey, body: rows });
  // Being of one kind says something only where there are others.
  const others = ["w", "x", "y", "z"].map((id) => item(id, { product_type: `Kind of ${id}` }));
  await putCatalog([item("a"), item("b"), item("c"), ...others]);
  const ask = async (url: string) =>
    call<Answer>(`${url}/v1/decide`, {
      body: { key: keys.writeKey, page: { type: "product", item: "a" }, slots: [{ id: "similar" }] },
    });
  const ids = async (url: string) => (await ask(url)).slots[0]!.items.map((one) => one.id).join(" ");
  expect(await ids(two.second.url)).toBe("b c");

  await call(`${two.first.url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": '"1"' },
    body: { rules: [{ id: "hide-b", then: [{ do: "hide", items: ["b"] }] }] },
  });
  expect(await ids(two.first.url)).toBe("c");
  expect(await msUntil(async () => (await ids(two.second.url)) === "c")).toBeLessThan(5_000);

  await putCatalog([item("c", { availability: "out_of_stock" }), item("d")]);
  expect(await msUntil(async () => (await ids(two.second.url)) === "d")).toBeLessThan(5_000);

  // After a silence longer than any cache, the very first answer is already the new one.
  await new Promise((resolve) => setTimeout(resolve, 4_200));
  await call(`${two.first.url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": '"2"' },
    body: {},
  });
  const answer = await ask(two.second.url);
  expect(answer.configRevision).toBe(3);
}, 60_000);
