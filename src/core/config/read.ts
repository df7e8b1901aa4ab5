import * as v from "valibot";
import { shapeOf, type Problem } from "../problem/problem.ts";
import { parseWith } from "../problem/parse.ts";
import { fail, type Result } from "../primitives/result.ts";
import { Config, MIN_CUSTOMERS_FLOOR } from "./config.ts";

/** A stored config, which was checked when it was published. Throws on what only a bug could have stored. */
export function readConfig(stored: unknown): Config {
  return v.parse(Config, stored);
}

/**
 * A marketer's document as a config. Bench sites may learn from single persons, since theirs are published data sets;
 * for people the floor holds.
 */
export function parseConfig(document: unknown, kind: "live" | "bench"): Result<Config> {
  // An empty array would pass as an object without fields, and silently replace everything a marketer said.
  if (Array.isArray(document)) {
    const shape = shapeOf(document);
    return fail({
      code: "config_invalid",
      pointer: "",
      shape,
      detail: `The body must be an object, not ${shape}.`,
    });
  }
  const parsed = parseWith(Config, document, "config_invalid");
  if (!parsed.ok) return parsed;
  if (kind === "live" && parsed.value.model.minCustomers < MIN_CUSTOMERS_FLOOR) {
    return fail({
      code: "config_invalid",
      pointer: "/model/minCustomers",
      shape: "integer",
      detail: `/model/minCustomers must be at least ${MIN_CUSTOMERS_FLOOR}: below it a list shows what single persons did.`,
      cure: `Use ${MIN_CUSTOMERS_FLOOR} or more; a young shop shows content and popularity instead.`,
    } satisfies Problem);
  }
  if (kind === "live" && !parsed.value.model.guarded) {
    return fail({
      code: "config_invalid",
      pointer: "/model/guarded",
      shape: "boolean",
      detail:
        "/model/guarded must be true: without it, whoever makes up visitors decides what is recommended.",
      cure: "Leave it out. Only a site of kind bench may switch it off, to replay published data.",
    } satisfies Problem);
  }
  return parsed;
}
