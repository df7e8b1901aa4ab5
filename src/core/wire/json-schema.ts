import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";

/**
 * A schema of the wire as JSON Schema 2020-12, as a sender sees it. Checks that JSON Schema cannot express are left out:
 * a document that passes here may still be refused, never the other way round.
 */
export function jsonSchemaOf(schema: v.GenericSchema): Record<string, unknown> {
  const document = { ...toJsonSchema(schema, { typeMode: "input", errorMode: "ignore" }) };
  delete document.$schema; // The document it goes into names its dialect once.
  return document as Record<string, unknown>;
}
