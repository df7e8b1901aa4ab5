/** The script tag that loaded us: where the shop says which site this is. */
const tag = (document.currentScript ?? document.querySelector("script[data-key]")) as HTMLScriptElement;

/** What the shop wrote on the script tag as `data-…`. */
export const setting = (name: string): string | null => tag.getAttribute("data-" + name);

const beside = (path: string): string => new URL(path, tag.src).href;

/** Where the API is: the host of this script, unless `data-api` names another. */
export const api = beside((setting("api") ?? "").replace(/\/*$/, "/v1/"));

/** Address of the debug panel, beside this script. */
export const debugScript = (): string => beside("concierge-debug.js");
