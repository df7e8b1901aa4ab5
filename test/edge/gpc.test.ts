import { expect, test } from "vitest";
import { getGpc } from "../../src/routes/get-gpc.ts";

test("the support resource says that Global Privacy Control is abided by", async () => {
  const response = await getGpc();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({ gpc: true, lastUpdate: "2026-11-22" });
});
