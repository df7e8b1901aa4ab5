import { learningOf } from "../core/insight/catalog/learning.ts";
import { admit, answer, type RouteContext } from "./route.ts";

/** Shards of a site's model: one object holds it. */
const SHARDS = 1;

/**
 * `GET /v1/model`: how far each recipe has learned, what it covers, how old what decides now is, and how large. One call to
 * the model's object; the rest is in this isolate's memory.
 */
export async function getModel(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { world, ids } = access.site;
  const status = await c.env.MODEL.get(c.env.MODEL.idFromString(ids.model)).status();
  const learning = learningOf(world);
  return answer({
    ...learning,
    publishedAt: learning.version === 0 ? null : learning.publishedAt,
    profile: world.config.config.model.profile,
    shards: SHARDS,
    log: {
      version: status.version,
      slices: status.slices,
      rows: status.rows,
      lagMs: status.lagMs ?? null,
      forgottenPending: status.forgottenPending,
    },
  });
}
