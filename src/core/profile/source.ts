import type { Page } from "../event/event.ts";

const SEARCH =
  /(^|\.)(google|bing|duckduckgo|yahoo|ecosia|qwant|baidu|yandex|startpage|brave|kagi)\.[a-z.]+$/;
const SOCIAL =
  /(^|\.)(facebook|instagram|pinterest|tiktok|twitter|x|t|youtube|linkedin|reddit|snapchat|threads|mastodon|vk)\.(com|co|net|org|social|ru)$/;
const MAIL = /(^|\.)(mail|webmail|outlook|gmx|web|proton|mailchi)\.[a-z.]+$/;

/**
 * How somebody came to a page: the kind of place that the referrer is, or its host. The shop's own pages are no source.
 * @example sourceOf({ referrer: "https://www.google.com/" }) // "search"
 * @example sourceOf({ url: "https://shop.example/", referrer: "https://blog.example/x" }) // "blog.example"
 */
export function sourceOf({ referrer, url }: Pick<Page, "referrer" | "url">): string {
  const host = hostOf(referrer);
  if (host === undefined || host === hostOf(url)) return "direct";
  if (MAIL.test(host)) return "mail";
  if (SEARCH.test(host)) return "search";
  if (SOCIAL.test(host)) return "social";
  return host.slice(0, 64);
}

function hostOf(address: string | undefined): string | undefined {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([a-z0-9.-]+)/i.exec(address ?? "")?.[1];
  return host?.toLowerCase().replace(/^www\./, "");
}
