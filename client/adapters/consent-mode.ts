import { watchLayer } from "./layer.ts";
import { say } from "./say.ts";

const GRANTED = "granted";

/**
 * Hands on what Google Consent Mode says, by the Worker's own mapping. A default is what holds before anybody was asked:
 * its yes counts as one only where it is said for the whole world, and its no says nothing yet, for what nobody has
 * answered is no anyway. An update is somebody's answer.
 */
export function connectConsentMode(): void {
  watchLayer((entry) => {
    if (entry[0] !== "consent") return;
    const state = entry[2] as { readonly [key: string]: unknown };
    const isDefault = entry[1] === "default";
    if (isDefault && state["region"]) return;
    const stated: { [purpose: string]: boolean } = {};
    const set = (purpose: string, ...keys: readonly string[]): void => {
      const words = keys.map((key) => state[key]).filter((word) => word !== undefined);
      if (words.some((word) => word !== GRANTED)) stated[purpose] = false;
      else if (words.length === keys.length) stated[purpose] = true;
      if (isDefault && !stated[purpose]) delete stated[purpose];
    };
    set("analytics", "analytics_storage");
    set("personalization", "personalization_storage");
    set("marketing", "ad_user_data", "ad_personalization");
    say("consent", stated, "gcm");
  });
}
