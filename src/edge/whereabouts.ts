import type { Place } from "../core/customer/attention.ts";

const COUNTRY = /^[A-Z]{2}$/;

/**
 * Where a request comes from, as coarse as segments need: a country and its region, as Cloudflare tells them, or a proxy
 * in `cf-ipcountry`.
 */
export function placeOf(request: Request): Place | undefined {
  const cf = request.cf as { readonly country?: unknown; readonly regionCode?: unknown } | undefined;
  const country = cf?.country ?? request.headers.get("cf-ipcountry");
  const region = typeof cf?.regionCode === "string" ? cf.regionCode.slice(0, 8) : undefined;
  if (typeof country !== "string" || !COUNTRY.test(country) || country === "XX") return undefined;
  return region === undefined ? { country } : { country, region };
}

/** The kind of device a browser says it runs on. @example deviceOf("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 …) Mobile") // "phone" */
export function deviceOf(agent: string): "phone" | "tablet" | "desktop" | "other" {
  if (/ipad|tablet|android(?!.*mobile)/i.test(agent)) return "tablet";
  if (/mobile|iphone|ipod/i.test(agent)) return "phone";
  return /windows|macintosh|linux|cros/i.test(agent) ? "desktop" : "other";
}
