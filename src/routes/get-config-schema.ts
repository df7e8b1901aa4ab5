import { STARTERS } from "../core/config/defaults.ts";
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

/** `GET /v1/config/starters`: configs to start from, by kind of shop. */
export function getStarters(): Response {
  return new Response(JSON.stringify(STARTERS), {
    headers: {
      "content-type": "application/json",
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
    },
  });
}
