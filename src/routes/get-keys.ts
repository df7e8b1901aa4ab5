import type { KeyRow } from "../store/key-store.ts";
import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** A key as its owner sees it: everything but what opens doors. */
export const shownKey = ({ id, kind, role, label, createdAt, expiresAt, lastUsedDay }: KeyRow) => ({
  id,
  kind,
  role,
  label,
  createdAt,
  expiresAt,
  lastUsedDay,
});

/** `GET /v1/keys`: the live keys, each with role, label, end and the day it was last used; never the key itself. */
export async function getKeys(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const rows = await (await siteStub(c.env, access.siteId)).keys();
  return answer({ keys: rows.map((row) => shownKey(row)) });
}
