import { toJsonSchema } from "@valibot/to-json-schema";
import { Config } from "./config.ts";

/** The config as JSON Schema, for editors to complete and check. Generated from the schema that parses it. */
export function configSchema(): object {
  return {
    $id: "/v1/schema/config.json",
    title: "Concierge site config",
    ...toJsonSchema(Config, { typeMode: "input", errorMode: "ignore" }),
  };
}
