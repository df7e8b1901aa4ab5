import { expect, test } from "vitest";
import { watchCart } from "../../../src/core/trigger/kinds/cart-abandoned.ts";
import type { Scene } from "../../../src/core/trigger/watcher.ts";

test("a cart whose sender's clock is ahead is still the cart that was left, and a changed one is not", () => {
  const NOW = 1_800_000_000_000;
  const watcher = watchCart({ when: "cart_abandoned", minutes: 30 });
  const at = (moment: number): Scene =>
    ({ now: NOW, cart: { at: moment, isEmpty: false } }) as unknown as Scene;
  const ahead = NOW + 120_000;
  const [found] = watcher.look(at(ahead), undefined).occasions;
  // It was taken up at the moment of the look, not in the future.
  const waiting = { trigger: "t", occasion: "o", at: NOW, dueAt: NOW, data: found!.data };
  expect(watcher.holds(waiting, at(ahead), undefined)).toBe(true);
  expect(watcher.holds(waiting, at(ahead + 1), undefined)).toBe(false);
});
