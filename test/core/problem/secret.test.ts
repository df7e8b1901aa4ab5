import { expect, test } from "vitest";
import { secretDefect } from "../../../src/edge/secret.ts";

const withSecret = (secret: unknown) => secretDefect(secret)?.code;

test("a missing, short or repetitive secret serves nothing", () => {
  for (const secret of [undefined, "", "secret", "x".repeat(64), "changeme".repeat(8)])
    expect(withSecret(secret)).toBe("not_configured");
  expect(withSecret("kJ8sQ2mVx4Lr0TzB7nYc5DwHf1Ga9PeU")).toBeUndefined();
  expect(withSecret("x".repeat(64))).toBe("not_configured");
});
