/** When the claim below was last looked over; not when the page was asked for. */
const LAST_UPDATE = "2026-11-22";

/**
 * `GET /.well-known/gpc.json`: this server abides by Global Privacy Control.
 * Source: W3C Global Privacy Control, "GPC Support Resource".
 */
export async function getGpc(): Promise<Response> {
  return new Response(JSON.stringify({ gpc: true, lastUpdate: LAST_UPDATE }), {
    headers: {
      "content-type": "application/json",
      "cache-control": "public, max-age=86400",
      "access-control-allow-origin": "*",
    },
  });
}
