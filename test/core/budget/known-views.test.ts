import { expect, test } from "vitest";
import { encodeView, viewOfNobody } from "../../../src/core/profile/view.ts";
import { hearView, knownView } from "../../../src/edge/known-views.ts";

const text = encodeView(viewOfNobody({}, ["personalization"], 0)!);
const asked = (object: string, said: Parameters<typeof hearView>[2], now = 0) =>
  hearView(object, knownView(object), said, now);

test("a view is decoded once for as long as its object says that it is the same", () => {
  const first = asked("a", { mark: "1", text });
  expect(knownView("a")?.mark).toBe("1");
  expect(asked("a", "same")).toBe(first);
  const second = asked("a", { mark: "2", text });
  expect(second).not.toBe(first);
  expect(second).toEqual(first);
  expect(asked("a", "same")).toBe(second);
});

test("what was asked with a mark is answered by what was known then, whatever came between", () => {
  const first = asked("b", { mark: "1", text });
  const known = knownView("b");
  asked("b", "denied");
  expect(hearView("b", known, "same", 0)).toBe(first);
});

test("who is denied, unknown or joined to somebody is forgotten at once", () => {
  for (const word of ["denied", "unknown", "joined"] as const) {
    asked("c", { mark: "1", text });
    expect(asked("c", word)).toBe(word);
    expect(knownView("c")).toBeUndefined();
  }
});

test("who was not asked about for a minute is forgotten when somebody else is", () => {
  asked("old", { mark: "1", text }, 1_000);
  asked("used", { mark: "1", text }, 1_000);
  asked("used", "same", 50_000);
  asked("other", { mark: "1", text }, 61_000);
  expect(knownView("old")).toBeUndefined();
  expect(knownView("used")).toBeDefined();
});

test("texts of four million characters are kept in all, of those asked about last", () => {
  const large = `${text}${" ".repeat(1_500_000)}`;
  for (const object of ["x", "y", "z"]) asked(object, { mark: "1", text: large }, 70_000);
  expect(["x", "y", "z"].map((object) => knownView(object) !== undefined)).toEqual([false, true, true]);
  asked("huge", { mark: "1", text: `${text}${" ".repeat(4_000_000)}` }, 70_000);
  expect(knownView("huge")).toBeUndefined();
});
