import { problemResponse } from "../http/problem.ts";

/** `POST /v1/keys/naming/rotate`: says why the one secret that names everything cannot change, and what can. */
export function postNamingRotate(): Response {
  return problemResponse({
    code: "key_not_rotatable",
    detail:
      "CONCIERGE_SECRET names every object, so with another one no stored profile would ever be found again.",
    cure: "Rotate what can be: API keys here, identity keys under /v1/identity-keys, and the signatures of decisions with TOKEN_SECRET.",
  });
}
