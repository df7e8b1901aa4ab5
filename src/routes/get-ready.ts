import { objectId } from "../edge/names.ts";
import { deploymentDefect } from "../edge/secret.ts";
import { shopsOf } from "../proxy/shops.ts";
import { problemResponse } from "../http/problem.ts";
import type { RouteContext } from "./route.ts";

const PATIENCE_MS = 2_000;

/** `GET /ready`: that requests can be served: the settings can be read, and an object answers from its storage. */
export async function getReady(c: RouteContext): Promise<Response> {
  const defect = deploymentDefect(c.env);
  if (defect) return problemResponse(defect);
  if (shopsOf(c.env.PROXY).defect !== undefined)
    return problemResponse({
      code: "not_configured",
      detail: "The setting PROXY cannot be read: no shop is served through this Worker.",
      cure: 'It is JSON: {"www.shop.example": {"origin": "https://origin.shop.example", "key": "pk_…"}}. The log says what is wrong.',
    });
  // A site of that name cannot exist: names of sites have a slug and a check.
  const id = await objectId(c.env, "site", "ready", "");
  const asked = c.env.SITE.get(id).keys();
  const answered = await Promise.race([asked.catch(() => undefined), scheduler.wait(PATIENCE_MS)]);
  if (answered) return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  return problemResponse({
    code: "overloaded",
    detail: "No object answered within two seconds.",
    cure: "Look at the log: a full disk, or a limit on open files, is the usual cause.",
  });
}
