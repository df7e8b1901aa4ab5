import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  isTooWide,
  keepPicture,
  seriousFindings,
  startConsole,
  WIDTHS,
  type ConsoleStage,
} from "../support/console.ts";

let stage: ConsoleStage;
beforeAll(async () => {
  stage = await startConsole();
}, 60_000);
afterAll(() => stage.stop());

const menu = (page: Page): Promise<string[]> => page.locator("nav a").allTextContents();

describe("the door", () => {
  test("a key of nobody is refused with its cure, one that is no person's is told so, and nothing is kept", async () => {
    const context = await stage.browser.newContext({ viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${stage.api}/console/`);
    await page.getByLabel("Key").fill(stage.keys.serverKey);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => page.locator(".field-error").textContent()).toContain("ak_");
    await page.getByLabel("Key").fill(`${stage.keys.adminKey.slice(0, -2)}xx`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain("The owner can make another");
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie])).toEqual([
      0,
      0,
      "",
    ]);
    expect(await seriousFindings(page)).toEqual([]);
    await keepPicture(page, "door");
    await context.close();
  });

  test("the key stays in this tab: not in the address, not in a cookie, not after signing out", async () => {
    const page = await stage.open("owner", "/overview");
    expect(page.url()).not.toContain("ak_");
    expect(await page.evaluate(() => [Object.keys(localStorage).length, document.cookie])).toEqual([0, ""]);
    await page.reload();
    await page.locator("nav a").first().waitFor();
    await page.getByRole("button", { name: /owner/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("Key").waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.context().close();
  });
});

describe("the frame", () => {
  test("each role sees the pages it may open, and no other", async () => {
    const seen: Record<string, string[]> = {};
    for (const role of ["owner", "marketer", "analyst", "associate"] as const) {
      const page = await stage.open(role, "/");
      seen[role] = await menu(page);
      await page.context().close();
    }
    expect(seen["owner"]).toHaveLength(8);
    expect(seen["marketer"]).not.toContain("Customers");
    expect(seen["analyst"]).not.toContain("Slots and rules");
    expect(seen["associate"]).toContain("Customers");
    expect(seen["associate"]).not.toContain("Experiments");
  });

  test("an address that is no page says so; the pages' policy is strict", async () => {
    const page = await stage.open("owner", "/nowhere");
    await expect.poll(() => page.locator("main h1").textContent()).toBe("There is no such page");
    const { headers } = await fetch(`${stage.api}/console/`);
    const policy = headers.get("content-security-policy")!;
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "trusted-types 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(part);
    expect(policy).not.toContain("unsafe");
    // Proof that the policy is in force: what a page must not do, it cannot.
    expect(
      await page.evaluate(() => {
        try {
          document.body.insertAdjacentHTML("beforeend", "<b>x</b>");
          return "done";
        } catch (error) {
          return (error as Error).name;
        }
      }),
    ).toBe("TypeError");
    stage.problems.length = 0; // The browser reports what it has just forbidden.
    await page.context().close();
  });

  test.each(WIDTHS)("by keyboard alone, in light and dark, at %i px", async (width) => {
    const page = await stage.open("owner", "/overview", width);
    await page.locator("h1").waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the page");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    const theme = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await theme();
    await page.getByRole("button", { name: /owner/ }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Light or dark" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await expect.poll(theme).not.toBe(before);
    expect(await isTooWide(page)).toBe(false);
    expect(await seriousFindings(page)).toEqual([]);
    await page.context().close();
  });

  test("nothing went wrong unseen", () => expect(stage.problems).toEqual([]));
});
