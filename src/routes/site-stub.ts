import { objectId } from "../edge/names.ts";
import type { Env } from "../env.ts";

/** The object of a site, for what must be read at its source or changed there. */
export async function siteStub(env: Env, siteId: string) {
  return env.SITE.get(await objectId(env, "site", siteId, ""));
}
