import { configSchema } from "../core/config/json-schema.ts";

/** `GET /v1/schema/config.json`: the config's JSON Schema, generated from the one the endpoint parses with. */
export function getConfigSchema(): Response {
  return new Response(JSON.stringify(configSchema()), {
    headers: {
      "content-type": "application/schema+json",
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
    },
  });
}
