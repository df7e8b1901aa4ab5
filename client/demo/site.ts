/** What `npm start` writes beside these pages, for the local demo only: a real shop never shows its admin key. */
export type Site = {
  /** Origin of the API; empty when it is this page's own. */
  readonly api: string;
  readonly writeKey: string;
  readonly adminKey: string;
  readonly siteId: string;
  /** Where tokens of the demo's one customer are, if it has one. */
  readonly identity?: string;
};

/** The demo's site, or `undefined` where these pages are served without an API: the shop works all the same. */
export async function loadSite(): Promise<Site | undefined> {
  try {
    const response = await fetch("/demo/site.json");
    return response.ok ? ((await response.json()) as Site) : undefined;
  } catch {
    return undefined;
  }
}
