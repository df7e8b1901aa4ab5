import { describe, expect, test } from "vitest";
import { seal, unseal } from "../../../src/edge/seal.ts";

const env = { CONCIERGE_SECRET: "a-secret-of-the-tests-and-of-nothing-else" };
const TEXT = '\u{FEFF}{"name":"Zoë 🙂"}';

describe("sealed text", () => {
  test.each(["", TEXT, "x".repeat(20_000)])("opens for its use, as it was (%#)", async (text) => {
    expect(await unseal(env, "use", await seal(env, "use", text))).toBe(text);
  });

  test("shows nothing of the text, and looks different each time", async () => {
    const [a, b] = await Promise.all([
      seal(env, "use", "jane@shop.example"),
      seal(env, "use", "jane@shop.example"),
    ]);
    expect(a).not.toBe(b);
    expect(a).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.from(a, "base64url").toString("latin1")).not.toContain("jane");
  });

  test("opens for no other use, no other deployment, and not when a bit was changed or bytes are missing", async () => {
    const sealed = await seal(env, "use", TEXT);
    expect(await unseal(env, "another use", sealed)).toBeUndefined();
    expect(
      await unseal({ CONCIERGE_SECRET: "the-secret-of-another-deployment" }, "use", sealed),
    ).toBeUndefined();
    const bytes = Buffer.from(sealed, "base64url");
    for (let i = 0; i < bytes.length; i++) {
      const altered = Buffer.from(bytes);
      altered[i]! ^= 1;
      expect(await unseal(env, "use", altered.toString("base64url")), `byte ${i}`).toBeUndefined();
    }
    expect(await unseal(env, "use", sealed.slice(0, -4))).toBeUndefined();
  });

  test.each(["", "x", "!!!", "AAAA", "A".repeat(17), "ümlaut", "A".repeat(60)])(
    "%j was never sealed",
    async (text) => {
      expect(await unseal(env, "use", text)).toBeUndefined();
    },
  );
});
