import { describe, expect, test } from "vitest";
import { measure } from "../../../bench/session/measure.ts";
import { vmis } from "../../../bench/session/reference/vmis.ts";
import { readTask, sharedSource } from "../../../bench/session/task.ts";

const source = sharedSource("serenade-sample");

describe.skipIf(source === undefined)("Serenade's VMIS-kNN on its own sample", () => {
  test("comes to the figures that Serenade publishes for its shipped settings", { timeout: 30_000 }, () => {
    const task = readTask(source!, false, 1);
    const figures = measure(task, vmis({ m: 500, k: 50, last: 2, idf: 1 }), ["off"], false);
    expect(figures.predictions).toBe(931);
    const { hr20, mrr20, precision20, recall20 } = figures.repeats_off!;
    // Its README: .6402, .3277, .0680, .4456; which of equal scores comes first is chance there.
    expect(Math.abs(hr20 - 0.642)).toBeLessThanOrEqual(0.002);
    expect(Math.abs(mrr20 - 0.328)).toBeLessThanOrEqual(0.002);
    expect(Math.abs(precision20 - 0.068)).toBeLessThanOrEqual(0.001);
    expect(Math.abs(recall20 - 0.4456)).toBeLessThanOrEqual(0.004);
  });
});
