import { attributeReader } from "../segment/attribute-path.ts";
import type { Attributes } from "../segment/evaluate.ts";

/** What a unit is called: under which attribute, as it came, and as the text that is hashed. No unit: both are empty. */
export type Unit = { readonly attribute: string; readonly value: unknown; readonly text: string };

/**
 * Who is split. An attribute named so, dots and all, goes before a path. Where it is missing or says nothing (`""`, `0`,
 * `false`), the fallback is asked. A list or an object names nobody: text made of it would put strangers together.
 * @example unitOf({ user: { id: 7 } }, "user.id", undefined) // { attribute: "user.id", value: 7, text: "7" }
 */
export function unitOf(
  attributes: Attributes,
  attribute = "id",
  fallback: string | undefined = undefined,
): Unit {
  const unit = named(attributes, attribute);
  if (unit.text !== "" || fallback === undefined) return unit;
  const other = named(attributes, fallback);
  return other.text === "" ? unit : other;
}

function named(attributes: Attributes, attribute: string): Unit {
  const value = resolve(attributes, attribute);
  const text = hashed(value);
  return { attribute, value: text === "" ? "" : value, text };
}

function resolve(attributes: Attributes, name: string): unknown {
  if (Object.hasOwn(attributes, name)) return attributes[name] ?? "";
  return name.includes(".") ? (attributeReader(name)(attributes) ?? "") : "";
}

function hashed(value: unknown): string {
  if (typeof value === "string") return value;
  return (typeof value === "number" || typeof value === "boolean") && value ? String(value) : "";
}
