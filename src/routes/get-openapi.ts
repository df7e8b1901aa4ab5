import { describeAll, type Described } from "../http/openapi.ts";

let text: string | undefined;

/** `GET /openapi.json`: every endpoint as OpenAPI 3.1, written from the table that answers. */
export function getOpenApi(table: readonly Described[]): Response {
  text ??= JSON.stringify(describeAll(table));
  return new Response(text, {
    headers: {
      "content-type": "application/json",
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
    },
  });
}
