import { expect, test } from "vitest";
import { perView } from "../../../src/core/decide/per-view.ts";
import { viewOfNobody } from "../../../src/core/profile/view.ts";

test("is made once for a view and what is shared, and anew for another of either", () => {
  let made = 0;
  const numberOf = perView((_view, _shared: object) => ++made);
  const [one, other] = [viewOfNobody({}, ["personalization"], 0)!, viewOfNobody({}, ["personalization"], 0)!];
  const [old, young] = [{}, {}];
  expect([numberOf(one, old), numberOf(one, old), numberOf(other, old)]).toEqual([1, 1, 2]);
  expect([numberOf(one, young), numberOf(one, young), numberOf(other, old)]).toEqual([3, 3, 2]);
});
