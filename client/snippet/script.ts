/** What the shop says about this embedding: `key`, `api`, and its own words for the controls. */
export type Settings = { readonly [name: string]: string | undefined };

const tag = document.currentScript as HTMLScriptElement | null;
// Without a tag we were started as a module.
let settings: Settings = { ...tag?.dataset, src: tag?.src };

/** Settings of a page that starts us as a module. */
export const configure = (own: Settings): void => {
  settings = own;
};

/** What the shop wrote on the script tag as `data-…`, or handed to `start`. */
export const setting = (name: string): string | undefined => settings[name];

/** An address beside the script: its host has the API too, unless `api` names another. */
export const beside = (path: string): string => new URL(path, setting("src")).href;

export const api = (path: string): string => beside((setting("api") ?? "").replace(/\/*$/, "/v1/") + path);
