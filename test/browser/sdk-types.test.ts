import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Missing } from "../../client/sdk/surface.ts";
import { SURFACE } from "../../client/sdk/surface.ts";
import { brotliBytes } from "../../src/cli/build-client.ts";
import { sdkBytes } from "../../src/cli/build-sdk.ts";
import { DIST } from "../../src/cli/paths.ts";
import { readApi } from "../../src/cli/api-description.ts";
import { complaintsOf, consumer } from "../sdk/consumer.ts";
import { examplesOf } from "../sdk/guide.ts";
import { currentWire, WIRE_FILE } from "../sdk/write-wire.ts";

const folders: string[] = [];
const project = (...given: Parameters<typeof consumer>): string => {
  const folder = consumer(...given);
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Fails to compile, with the operations by name, when the client has no function for one. */
const nothingIsMissing: [Missing] extends [never] ? true : Missing = true;

test("the types are what the Worker's source says", async () => {
  expect(existsSync(WIRE_FILE)).toBe(true);
  const isCurrent = readFileSync(WIRE_FILE, "utf8") === (await currentWire());
  expect(isCurrent, "run `node test/sdk/write-wire.ts`, and look at what has changed").toBe(true);
});

test("every operation has a function, but for those that are for others", async () => {
  expect(nothingIsMissing).toBe(true);
  const namesIn = (node: object): string[] =>
    Object.values(node).flatMap((one: object) =>
      "isRepeatable" in one ? [(one as unknown as { readonly name: string }).name] : namesIn(one),
    );
  const has = namesIn(SURFACE);
  const { endpoints } = await readApi();
  expect(new Set(has).size).toBe(has.length);
  expect(
    endpoints
      .map(({ method, path }) => `${method} ${path}`)
      .filter((name) => !has.includes(name))
      .toSorted(),
  ).toEqual([
    "GET /api/features/:clientKey",
    "GET /v1/persons",
    "POST /v1/hooks/shopify/:site",
    "POST /v1/hooks/woocommerce/:site",
    "POST /v1/keys/naming/rotate",
    "POST /v1/persons",
  ]);
});

test("the guide's examples compile in a strict project that has the client and nothing else", async () => {
  const [five, ...others] = examplesOf("docs/guide/sdk.md");
  const around = `import { concierge, everyRow, jsonLines, localFlags } from "concierge-sdk";
const shop = concierge({ api: "https://edge.example" });
declare const feed: string;
declare function sink(row: object): Promise<void>;
declare const database: object;
declare function ordersOf(from: object): AsyncIterable<object>;
`;
  expect(others.length).toBeGreaterThan(2);
  const files = { "five.ts": five!, "others.ts": `${around}${others.join("\n")}` };
  expect(await complaintsOf(project(files))).toEqual([]);
});

test("what the Worker would refuse does not compile, nor does a field that no answer has", async () => {
  const wrong = [
    "await shop.decide({ slots: [{ id: 'a', maximum: 3 }] })",
    "await shop.decide({})",
    "await shop.events({ events: [{ id: 'e', type: 'product_vewed', item: 'A' }] })",
    "await shop.events({ events: [{ type: 'product_viewed', item: 'A' }] })",
    "await shop.customers.get()",
    "await shop.customers.get({ name: 'c-1' })",
    "(await shop.decide({ slots: [{ id: 'a' }] })).slots[0]?.itms",
    "await shop.keys.make({ kind: 'ak', label: 'Ada' })",
    "await shop.config.put({ rules: [{ id: 'r', then: [{ do: 'explode' }] }] })",
  ];
  const text = `import { concierge } from "concierge-sdk";\nconst shop = concierge({ api: "https://edge.example" });\n${wrong.map((line) => `${line};`).join("\n")}\n`;
  const said = await complaintsOf(project({ "wrong.ts": text }));
  const lines = new Set(
    said.flatMap((line) => /wrong\.ts\((\d+),/.exec(line)?.[1] ?? []).map((line) => Number(line) - 3),
  );
  expect([...lines].toSorted((one, other) => one - other)).toEqual(wrong.map((_, index) => index));
});

test("the recipe for React and Next compiles, with stand-ins for what is the shop's own", async () => {
  const text = readFileSync("docs/guide/recipes/react-next.md", "utf8");
  const [layout, similar, page] = [...text.matchAll(/^```tsx\n([^]*?)^```$/gm)].map(([, code]) => code!);
  const files = {
    "layout.tsx": layout!,
    "similar.tsx": similar!,
    "page.tsx": page!.replaceAll("../../", "./"),
    "session.ts": "export const customerIdOf = async (): Promise<string> => 'c-1';",
    "next.d.ts": `declare module "next/script" {
  export default function Script(props: { src: string; strategy: string; "data-key": string }): React.ReactNode;
}`,
  };
  const packages = ["react", "@types/react", "csstype", "valibot"];
  const options = {
    jsx: "react-jsx",
    module: "preserve",
    moduleResolution: "bundler",
    lib: ["ES2024", "DOM"],
    types: ["node", "react"],
    skipLibCheck: true,
  };
  expect(await complaintsOf(project(files, { packages, options }))).toEqual([]);
});

test("it is small, and as small as the guide says beside the snippet", () => {
  const size = sdkBytes(join(DIST, "assets"));
  expect(size).toBeLessThan(12 * 1024);
  const snippet = brotliBytes(readFileSync(join(DIST, "assets/concierge.js")));
  expect(readFileSync("docs/guide/sdk.md", "utf8")).toContain("weighs a third");
  expect(snippet / size).toBeGreaterThan(0.25);
  expect(snippet / size).toBeLessThan(0.4);
});
