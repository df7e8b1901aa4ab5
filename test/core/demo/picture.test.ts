import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { demoCatalog } from "../../../src/cli/demo-data/catalog.ts";
import { pictureOf } from "../../../src/cli/demo-data/picture.ts";

const catalog = demoCatalog();

describe("the picture of an item", () => {
  test("is well-formed SVG that loads nothing and runs nothing", () => {
    for (const item of catalog) {
      const svg = pictureOf(item);
      expect(XMLValidator.validate(svg), item.id).toBe(true);
      expect(svg).not.toMatch(/<script|<image|<foreignObject|href=|\son\w+=|undefined|NaN/i);
      expect(svg.match(/url\((?!#)/)).toBeNull();
    }
  });

  test("refers only to gradients it defines", () => {
    for (const item of catalog) {
      const svg = pictureOf(item);
      const defined = new Set(Array.from(svg.matchAll(/id="([a-z]+)"/g), (match) => match[1]));
      const used = Array.from(svg.matchAll(/url\(#([a-z]+)\)/g), (match) => match[1]);
      expect(used.filter((id) => !defined.has(id))).toEqual([]);
    }
  });

  test("differs between colours of one model and stays the same between calls", () => {
    const [cream, sage] = [{ id: "kettle-brook-cream" }, { id: "kettle-brook-sage" }];
    expect(pictureOf(cream)).not.toBe(pictureOf(sage));
    expect(pictureOf(cream)).toBe(pictureOf(cream));
  });

  test("of an item nobody sells is a plain ground", () => {
    expect(pictureOf({ id: "no-such-item" }).match(/<(rect|path|ellipse)/g)).toEqual(["<rect"]);
  });
});
