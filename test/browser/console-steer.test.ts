import { createHash } from "node:crypto";
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

const HOSTILE = "<img src=x onerror=window.hit=1>";
const CONFIG = {
  slots: { "home-new": { page: "home", title: HOSTILE, strategies: ["new_arrivals", "pinned"], max: 3 } },
  experiments: [
    {
      id: "split",
      question: `Does ${HOSTILE} sell?`,
      slots: ["home-new"],
      variations: [
        { id: "a", weight: 0.5 },
        { id: "b", weight: 0.5, max: 1 },
      ],
    },
  ],
  segments: { loyal: { title: HOSTILE, when: { "signals.orders": { $gte: 2 } } } },
};

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await startConsole(CONFIG);
}, 60_000);
afterAll(() => stage.stop());

const isHit = (page: Page): Promise<boolean> => page.evaluate(() => "hit" in window);
/** What the browser's log says of a refusal that the test provoked is no fault of the page. */
const forgive = (status: string): void => {
  stage.problems.splice(0, stage.problems.length, ...stage.problems.filter((one) => !one.includes(status)));
};
const post = <T>(path: string, body: object, key = stage.keys.serverKey) =>
  call<T>(`${stage.api}${path}`, { key, body });
const json = (page: Page) => page.getByRole("textbox", { name: "The whole config, as JSON" });

describe("slots and rules", () => {
  test("a rule by form is in the JSON, is looked at before and after, and is published with its reason", async () => {
    const page = await stage.open("marketer", "/slots");
    await page.getByText(HOSTILE).first().waitFor();
    await page.getByRole("tab", { name: "Editor" }).click();
    await page.getByLabel("Name").fill("pin-five");
    await page.getByLabel("On the slots").fill("home-new");
    await page.getByLabel("Items (ids, commas between)").fill("p5");
    await page.getByRole("button", { name: "Add the rule" }).click();
    await page.getByText("The config is valid.").waitFor();
    expect(await json(page).inputValue()).toContain('"pin-five"');
    await page.getByRole("button", { name: "Look", exact: true }).click();
    const compared = page.getByRole("region", { name: "home-new" });
    await compared.getByText("changes", { exact: true }).waitFor();
    expect(await compared.locator("ol").last().locator("li").first().innerText()).toContain("Product 5");
    await page.getByLabel("Why, for whoever reads the revisions").fill("Five is new");
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published as revision 3").waitFor();
    const decided = await post<{ slots: { items: { id: string }[] }[] }>("/v1/decide", {
      slots: [{ id: "home-new" }],
    });
    expect(decided.slots[0]!.items[0]!.id).toBe("p5");
    expect(await isHit(page)).toBe(false);
    await page.context().close();
  }, 60_000);

  test("text that is no JSON and a config that is wrong are told by line, and cannot be published", async () => {
    const page = await stage.open("marketer", "/slots/editor");
    await json(page).waitFor();
    await json(page).fill('{\n  "slots": { oops }\n}');
    await page.getByText("Line 2:").waitFor();
    expect(await page.getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
    await json(page).fill('{\n  "slots": {\n    "x": { "max": "many" }\n  }\n}');
    await page.getByText("/slots/x/max must be number").waitFor();
    await page.getByText("line 3", { exact: true }).waitFor();
    await json(page).fill('{ "slots": { "x": {  } } }');
    await json(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(20, 20));
    await json(page).press("Control+Space");
    await page.getByRole("option", { name: "strategies", exact: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await json(page).inputValue()).toMatch(/"x": \{ "[a-zA-Z]+": /);
    forgive("400");
    await page.context().close();
  }, 60_000);

  test("who publishes meanwhile is not overwritten: parts that only one changed are kept, the others are chosen", async () => {
    const page = await stage.open("marketer", "/slots/editor");
    await json(page).waitFor();
    const mine = JSON.parse(await json(page).inputValue()) as Record<
      string,
      Record<string, { max?: number }>
    >;
    mine["slots"]!["mine"] = { max: 2 };
    mine["slots"]!["home-new"] = { ...mine["slots"]!["home-new"], max: 1 };
    await json(page).fill(JSON.stringify(mine));
    const theirs = await fetch(`${stage.api}/v1/config`, {
      headers: { authorization: `Bearer ${stage.keys.adminKey}` },
    });
    const document = (await theirs.json()) as { slots: Record<string, object> };
    document.slots["theirs"] = { max: 4 };
    document.slots["home-new"] = { ...document.slots["home-new"], max: 2 };
    await call(`${stage.api}/v1/config`, {
      method: "PUT",
      key: stage.keys.adminKey,
      headers: { "if-match": theirs.headers.get("etag")! },
      body: document,
    });
    await page.getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Somebody else published meanwhile").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByLabel("slots/home-new").selectOption("yours");
    await dialog.getByRole("button", { name: "Go on with this" }).click();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("Published as revision 5").waitFor();
    const now = await stage.ask<{ slots: Record<string, { max: number }> }>("/v1/config");
    expect([now.slots["mine"]!.max, now.slots["theirs"]!.max, now.slots["home-new"]!.max]).toEqual([2, 4, 1]);
    forgive("412");
    await page.context().close();
  }, 60_000);

  test("a revision is compared and gone back to", async () => {
    const page = await stage.open("marketer", "/slots/revisions");
    const row = page.getByRole("row", { name: /^3/ });
    await row.getByRole("button", { name: "Difference" }).click();
    await page.getByRole("region", { name: "slots/mine" }).waitFor();
    await row.getByRole("button", { name: "Go back to it" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Go back to it" }).click();
    await page.getByText("Back to revision 3.").waitFor();
    expect(Object.keys((await stage.ask<{ slots: object }>("/v1/config")).slots)).toEqual(["home-new"]);
    await page.context().close();
  });
});

describe("experiments", () => {
  test("the verdict in a sentence, its figures, and a stop that publishes", async () => {
    const page = await stage.open("marketer", "/experiments");
    await page.getByRole("link", { name: HOSTILE }).click();
    await page.getByRole("region", { name: "Verdict" }).waitFor();
    expect(await page.getByRole("region", { name: "Verdict" }).innerText()).toContain("What to do");
    expect(await page.getByRole("group", { name: "Variations" }).innerText()).toContain("control");
    await page.getByRole("button", { name: "Stop the experiment" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Stop it" }).click();
    await page.getByRole("alertdialog").waitFor({ state: "detached" });
    const config = await stage.ask<{ experiments: { status: string }[] }>("/v1/config");
    expect(config.experiments[0]!.status).toBe("stopped");
    expect(await isHit(page)).toBe(false);
    await page.context().close();
  });

  test("an analyst sees and may not stop; a plan without figures says why", async () => {
    const page = await stage.open("analyst", "/experiments/split");
    await page.getByRole("region", { name: "Verdict" }).waitFor();
    expect(await page.getByRole("button", { name: /Stop/ }).count()).toBe(0);
    await page.getByRole("link", { name: "All experiments" }).click();
    await page.getByRole("button", { name: "How long would it take?" }).click();
    await page.getByRole("alert").waitFor();
    forgive("409");
    await page.context().close();
  });
});

describe("segments and value", () => {
  test("the form writes the condition, the size follows, and the segment is published", async () => {
    const page = await stage.open("marketer", "/segments");
    await page.getByText(HOSTILE).first().waitFor();
    await page.getByLabel("Id").fill("fresh");
    await page.getByLabel("About").selectOption("viewed");
    await page.getByLabel("In the last days").fill("7");
    const condition = page.getByRole("textbox", { name: "The condition as JSON" });
    expect(JSON.parse(await condition.inputValue())).toEqual({
      $count: { event: "product_viewed", days: 7, is: { $gte: 2 } },
    });
    await expect
      .poll(() => page.getByText(/of \d+ people|withheld/).count(), { timeout: 10_000 })
      .toBeGreaterThan(0);
    await condition.fill('{ "no.such": { "$what": 1 } }');
    await page.getByRole("alert").waitFor();
    await condition.fill('{ "signals.orders": 0 }');
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("“fresh” is published").waitFor();
    expect((await stage.ask<{ segments: object }>("/v1/config")).segments).toHaveProperty("fresh");
    forgive("400");
    expect(await isHit(page)).toBe(false);
    await page.context().close();
  }, 60_000);

  test("a young shop is told what value needs", async () => {
    const page = await stage.open("analyst", "/segments/value");
    await page.getByText("Not enough customers yet").first().waitFor({ timeout: 15_000 });
    await page.context().close();
  });
});

describe("customers", () => {
  const told = (consent: object) =>
    post("/v1/events", {
      customerId: "c-77",
      events: [
        { id: crypto.randomUUID(), type: "consent_updated", at: new Date().toISOString(), consent },
        {
          id: crypto.randomUUID(),
          type: "traits_updated",
          at: new Date().toISOString(),
          traits: { city: HOSTILE },
        },
        { id: crypto.randomUUID(), type: "product_viewed", at: new Date().toISOString(), item: "p1" },
      ],
    });

  test("nobody without their grant; with it facts, timeline and a note that lands", async () => {
    await told({ personalization: true, analytics: true });
    const page = await stage.open("associate", "/customers");
    // An identity token of the shop's own sign-in: the id in it is looked up.
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "HS256" })}.${part({ sub: "c-77" })}.${createHash("sha256").update("x").digest("base64url")}`;
    await page.getByLabel("Customer id, or an identity token").fill(token);
    await page.getByRole("button", { name: "Look up" }).click();
    await page.getByRole("alert").getByText("has not granted").waitFor();
    await told({ clienteling: true, personalization: true, analytics: true });
    await page.getByRole("button", { name: "Ask again" }).click();
    await page.getByRole("region", { name: "Facts" }).getByText(HOSTILE).waitFor();
    expect(await page.getByRole("region", { name: "Timeline" }).innerText()).toContain("product viewed");
    await page.getByLabel("Note", { exact: true }).fill("Wants a small kettle");
    await page.getByRole("button", { name: "Save the note" }).click();
    await page.getByText("Saved.").waitFor();
    await page
      .getByRole("region", { name: "Timeline" })
      .getByText("Wants a small kettle")
      .waitFor({ timeout: 15_000 });
    expect(await page.getByRole("button", { name: "Erase" }).count()).toBe(0);
    expect(await isHit(page)).toBe(false);
    forgive("403");
    await page.context().close();
  }, 60_000);

  test("an owner downloads everything and erases, with a receipt", async () => {
    const page = await stage.open("owner", "/customers/c-77");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download everything" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("c-77.json");
    await page.getByRole("button", { name: "Erase" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Erase" }).click();
    await page.getByText(/The receipt is er_/).waitFor();
    await page.reload();
    await page.getByRole("alert").getByText("Nothing is known under this id.").waitFor();
    forgive("404");
    await page.context().close();
  });
});

describe.each(WIDTHS)("at %i px", (width) => {
  test.each([
    "/slots",
    "/slots/editor",
    "/slots/revisions",
    "/experiments",
    "/experiments/split",
    "/segments",
    "/segments/value",
    "/segments/groups",
    "/customers",
  ])(
    "%s fits, and axe finds nothing serious",
    async (path) => {
      const page = await stage.open("owner", path, width);
      await page.locator("main h2").first().waitFor();
      await expect.poll(() => page.locator(".skeleton").count(), { timeout: 15_000 }).toBe(0);
      expect(await isTooWide(page)).toBe(false);
      expect(await seriousFindings(page)).toEqual([]);
      await keepPicture(page, path.slice(1).replaceAll("/", "-"));
      await page.context().close();
    },
    30_000,
  );
});

test("nothing went wrong unseen", () => expect(stage.problems).toEqual([]));
