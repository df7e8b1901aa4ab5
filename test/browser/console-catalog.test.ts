import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "../../src/cli/call.ts";
import {
  isTooWide,
  keepPicture,
  seriousFindings,
  startConsole,
  WIDTHS,
  type ConsoleStage,
} from "../support/console.ts";
import { readShared } from "../support/shared.ts";

const row = (id: string, more: object = {}): object => ({
  id,
  title: `The ${id}`,
  price: "30.00 EUR",
  product_type: "Kitchen > Kettles",
  brand: "Brook",
  ...more,
});
/** Texts that would do harm where anything took them for more than text. */
const HARM = [
  `<img src=x onerror="document.title='taken'">`,
  `"><svg onload=alert(1)>`,
  "{{constructor.constructor('alert(1)')()}}",
  "</title><script>alert(1)</script>",
  "\u202Etxt.exe \u0000 line",
];
const shared = readShared("vectors/hostile/csv-formula.json");
const cells = shared ? (JSON.parse(shared) as { readonly cells: readonly string[] }).cells : [];
const hostile = [...HARM, ...cells.map((cell) => cell.trim())].map((title, i) =>
  row(`hostile-${i}`, {
    title,
    brand: title.slice(0, 100),
    product_type: `${title.slice(0, 100)} > kettles`,
  }),
);
const CATALOG = [
  row("kettle"),
  row("kettle-plus", { price: "45.00 EUR" }),
  row("kettle-max", { price: "55.00 EUR", brand: "Other" }),
  row("tea", { price: "5.00 EUR", product_type: "Food > Tea" }),
  row("teapot", { product_type: "Kitchen > Teapots", availability: "out_of_stock" }),
  row("spoon", { product_type: "Kitchen > Spoons" }),
  row("a/b #c", { title: "An odd id", product_type: "Kitchen > Odd" }),
  ...hostile,
  ...Array.from({ length: 200 }, (_, i) => row(`more-${i}`, { product_type: `Kind ${i % 7}` })),
];
const CONFIG = {
  slots: { "product-goes-with": { page: "product" } },
  rules: [{ id: "no-spoons", then: [{ do: "hide", items: ["spoon"] }] }],
};

let stage: ConsoleStage;

/** Eight people look at the kettle and buy the plus with tea; eight others look at the teapot that is gone, and buy spoons. */
async function teach(): Promise<void> {
  const track = (visitorId: string, events: readonly object[]) =>
    call(`${stage.api}/v1/events`, {
      key: stage.keys.serverKey,
      body: {
        visitorId,
        consent: { personalization: true, analytics: true },
        events: events.map((event, i) => ({ id: `${visitorId}-${i}`, ...event })),
      },
    });
  const view = (item: string) => ({ type: "product_viewed", item });
  const buy = (orderId: string, items: readonly string[]) => ({
    type: "order_completed",
    orderId,
    lines: items.map((item) => ({ item, price: { minor: 3000, currency: "EUR" } })),
  });
  for (let i = 0; i < 8; i++) {
    await track(`a-${i}`, [view("kettle"), view("kettle-plus"), buy(`oa-${i}`, ["kettle-plus", "tea"])]);
    await track(`b-${i}`, [view("teapot"), view("spoon"), buy(`ob-${i}`, ["spoon", "kettle-max"])]);
  }
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    const { lists } = await stage.ask<{ lists: { list: string; items: { id: string }[] }[] }>(
      "/v1/catalog/items/kettle-plus",
    );
    if (lists.some(({ list, items }) => list === "goes_with" && items.some(({ id }) => id === "tea"))) return;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

beforeAll(async () => {
  stage = await startConsole(CONFIG, CATALOG);
  await teach();
}, 90_000);
afterAll(() => stage.stop());

const go = (page: Page, path: string) => page.evaluate((to) => void (location.hash = to), path);
const heading = (page: Page) => page.locator("main h1");

describe("the catalog", () => {
  test("items are found by words and by what is amiss, page by page", async () => {
    const page = await stage.open("marketer", "/catalog");
    const table = page.getByRole("region", { name: "Items" });
    await table.getByRole("row").nth(50).waitFor();
    await page.getByRole("button", { name: "Show more" }).click();
    await expect.poll(() => table.locator("table").getAttribute("aria-rowcount")).toBe("101");
    await page.getByLabel("Find items").fill("kettle plus");
    await expect.poll(() => page.getByRole("status").textContent()).toBe("1 fit.");
    await page.getByLabel("Find items").fill("no such thing");
    await page.getByText("No item fits that.").waitFor();
    await page.getByLabel("Find items").fill("");
    await page.getByLabel("Show").selectOption("gap");
    await expect.poll(() => table.locator("tbody th").allTextContents()).toEqual(["The teapot"]);
    await page.context().close();
  });

  test("from an item along the picture to the next, and to the reason, by keyboard alone", async () => {
    const page = await stage.open("owner", "/catalog/item/kettle-plus");
    await expect.poll(() => heading(page).textContent()).toBe("The kettle-plus");
    const nodes = page.locator(".catalog-node");
    await nodes.first().waitFor();
    const tea = page.getByRole("link", { name: "The tea: Goes with it, strength 100%" });
    const hasFocus = () => tea.evaluate((link) => link === document.activeElement);
    await tea.focus();
    await page.keyboard.press("ArrowRight");
    expect(await hasFocus()).toBe(false);
    await page.keyboard.press("ArrowLeft");
    expect(await hasFocus()).toBe(true);
    await page.keyboard.press("Enter");
    await expect.poll(() => heading(page).textContent()).toBe("The tea");
    await page.goBack();
    await expect.poll(() => heading(page).textContent()).toBe("The kettle-plus");

    // The same in words: who stands behind it, and why it is shown.
    const lists = page.getByRole("tabpanel");
    await lists
      .getByRole("row", { name: /The tea/ })
      .getByText("5+")
      .waitFor();
    await lists.getByRole("link", { name: "Why The tea?" }).click();
    await page.getByText("It is shown").waitFor();
    await page.getByText("at place 1 of at most 4").waitFor();
    await page.context().close();
  });

  test("an up-sell ladder: dearer rungs above, with their reason", async () => {
    const page = await stage.open("owner", "/catalog/item/kettle");
    const ladder = page.locator(".catalog-ladder li");
    await ladder.last().waitFor();
    const rungs = await ladder.allTextContents();
    expect(rungs.at(-1)).toContain("This item");
    expect(rungs.find((rung) => rung.includes("The kettle-plus"))).toContain("+50%");
    await page.context().close();
  });

  test("why not: the rule that hides an item is named, and the cart that holds it", async () => {
    const page = await stage.open("analyst", "/catalog/why/spoon/kettle-max");
    await page.getByText("because a rule hides it").waitFor();
    await page.locator(".catalog-rules").getByText("no-spoons").waitFor();
    await page.getByText("decides", { exact: true }).waitFor();
    // By the form: another item, which the cart already holds.
    await page.getByRole("button", { name: "Take The spoon out" }).click();
    await page.getByRole("combobox", { name: "Item" }).fill("tea");
    await page.getByRole("option", { name: "The tea · tea", exact: true }).click();
    await page.getByRole("combobox", { name: "In the cart" }).fill("tea");
    await page.getByRole("option", { name: "The tea · tea", exact: true }).click();
    await page.getByRole("button", { name: "Ask" }).click();
    await page.getByText("because it is in the cart").waitFor();
    await page.context().close();
  });

  test("how far the model is; what to mend, and only for those who may mend it", async () => {
    const page = await stage.open("analyst", "/catalog/model");
    await page.getByRole("row", { name: /Trending and best sellers mature/ }).waitFor();
    await go(page, "/catalog/mend");
    await page.getByRole("region", { name: "Stock gaps" }).first().waitFor();
    await page.getByRole("region", { name: "Never recommended" }).getByText("An odd id").waitFor();
    expect(await page.getByText("Names that no item answers to").count()).toBe(0);
    const marketer = await stage.open("marketer", "/catalog/mend");
    await marketer.getByText("Every name was understood").waitFor();
    await page.context().close();
    await marketer.context().close();
  });

  test("an item that is none is refused with the cure, and one with an odd id is found", async () => {
    const page = await stage.open("owner", "/catalog/item/nobodys");
    await expect.poll(() => page.getByRole("alert").textContent()).toContain("GET /v1/catalog/items?query=");
    stage.problems.splice(0); // The browser reports the refusal itself.
    await go(page, `/catalog/item/${encodeURIComponent("a/b #c")}`);
    await expect.poll(() => heading(page).textContent()).toBe("An odd id");
    await page.context().close();
  });

  test("what a catalog says is text", async () => {
    const page = await stage.open("owner", "/catalog");
    await page.getByLabel("Find items").fill("hostile-");
    await expect.poll(() => page.getByRole("status").textContent()).toBe(`${hostile.length} fit.`);
    const titles = await page.locator("tbody th").allTextContents();
    expect(titles).toContain(HARM[0]);
    for (let i = 0; i < HARM.length; i++) {
      await go(page, `/catalog/item/hostile-${i}`);
      await expect.poll(() => heading(page).textContent()).toBe((hostile[i] as { title: string }).title);
      expect(await page.locator("main img, main script, main svg svg").count()).toBe(0);
    }
    await page.context().close();
  });

  test.each(WIDTHS)(
    "nothing serious for whoever cannot see it, nothing too wide, at %i px",
    async (width) => {
      const page = await stage.open("owner", "/catalog", width);
      for (const [name, path, sign] of [
        ["items", "/catalog", "tbody tr"],
        ["item", "/catalog/item/kettle-plus", ".catalog-node"],
        ["model", "/catalog/model", "tbody tr"],
        ["mend", "/catalog/mend", "tbody tr"],
        ["why", "/catalog/why/tea/kettle-plus", ".catalog-outcome"],
      ] as const) {
        await go(page, path);
        await page.locator(sign).first().waitFor();
        await expect.poll(() => page.locator(".skeleton").count()).toBe(0);
        expect(await isTooWide(page), name).toBe(false);
        expect(await seriousFindings(page), name).toEqual([]);
        await keepPicture(page, `catalog-${name}`);
      }
      await page.context().close();
    },
  );

  test("nothing went wrong unseen", () => expect(stage.problems).toEqual([]));
});

describe("a shop without anything", () => {
  let empty: ConsoleStage;
  beforeAll(async () => {
    empty = await startConsole({}, []);
  }, 60_000);
  afterAll(() => empty.stop());

  test("each part says what would be there and how to get it", async () => {
    const page = await empty.open("owner", "/catalog");
    await page.getByText("Send the catalog with PUT /v1/catalog").waitFor();
    await go(page, "/catalog/model");
    await page.getByText("Nothing learned yet").waitFor();
    await go(page, "/catalog/mend");
    await page.getByText("Nothing that is out of stock was looked at lately.").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await keepPicture(page, "catalog-empty");
    expect(empty.problems).toEqual([]);
    await page.context().close();
  });
});
