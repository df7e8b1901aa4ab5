import { PERSON_ROLES } from "../../core/access/role.ts";
import { deleteIdentityKey } from "../delete-identity-key.ts";
import { deleteKey } from "../delete-key.ts";
import { getAudit } from "../get-audit.ts";
import { getIdentityKey, getIdentityKeys } from "../get-identity-keys.ts";
import { getKeys } from "../get-keys.ts";
import { getSession } from "../get-session.ts";
import { getQuality } from "../get-quality.ts";
import { IdentityKeyRequest, postIdentityKeys } from "../post-identity-keys.ts";
import { KeyRequest, postKeyRotate, postKeys, RotateRequest } from "../post-keys.ts";
import { postNamingRotate } from "../post-naming-rotate.ts";
import { OriginsRequest, putOrigins } from "../put-origins.ts";
import { made, ok, OWNERS, REPORT_READERS, type Endpoint } from "./endpoint.ts";

/** The owner: who may do what. */
export const KEYS_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/v1/session",
    summary: "Whose key this is, and what its role is.",
    callers: ["server", ...PERSON_ROLES],
    answers: ok("Site, role, label and end of the key."),
    problems: [],
    handle: getSession,
  },
  {
    method: "GET",
    path: "/v1/keys",
    summary: "The live keys, each with role, label, end and the day it was last used; never the key itself.",
    callers: OWNERS,
    answers: ok("The keys."),
    problems: [],
    handle: getKeys,
  },
  {
    method: "POST",
    path: "/v1/keys",
    summary: "Makes a key of a role and shows it, this once.",
    callers: OWNERS,
    request: KeyRequest,
    answers: made("The key."),
    problems: ["keys_too_many"],
    handle: postKeys,
  },
  {
    method: "POST",
    path: "/v1/keys/naming/rotate",
    summary: "Says why the secret that names everything cannot change, and what can.",
    callers: OWNERS,
    answers: {},
    problems: ["key_not_rotatable"],
    handle: postNamingRotate,
  },
  {
    method: "POST",
    path: "/v1/keys/:id/rotate",
    summary: "Makes a key of the same kind, role and label; the old one ends after the grace.",
    callers: OWNERS,
    request: RotateRequest,
    answers: made("The new key, and when the old one ends."),
    problems: ["key_not_found", "keys_too_many"],
    handle: postKeyRotate,
  },
  {
    method: "DELETE",
    path: "/v1/keys/:id",
    summary: "Ends a key, everywhere within 5 seconds.",
    callers: OWNERS,
    answers: ok("That it is revoked."),
    problems: ["key_not_found", "key_last_owner"],
    handle: deleteKey,
  },
  {
    method: "PUT",
    path: "/v1/origins",
    summary: "Replaces the origins whose pages may use the write keys.",
    callers: OWNERS,
    request: OriginsRequest,
    answers: ok("The origins from now on."),
    problems: [],
    handle: putOrigins,
  },
  {
    method: "GET",
    path: "/v1/identity-keys",
    summary: "The keys that sign customers' identities, without their secrets.",
    callers: OWNERS,
    answers: ok("At most two keys."),
    problems: [],
    handle: getIdentityKeys,
  },
  {
    method: "POST",
    path: "/v1/identity-keys",
    summary:
      "Makes a key for the shop's server to sign its customers' identities with, or takes its public one.",
    callers: OWNERS,
    request: IdentityKeyRequest,
    answers: made("The key; for HS256 with its secret."),
    problems: ["keys_too_many"],
    handle: postIdentityKeys,
  },
  {
    method: "GET",
    path: "/v1/identity-keys/:kid",
    summary: "One identity key, for HS256 with its secret; that it was shown is noted.",
    callers: OWNERS,
    answers: ok("The key."),
    problems: ["key_not_found"],
    handle: getIdentityKey,
  },
  {
    method: "DELETE",
    path: "/v1/identity-keys/:kid",
    summary: "Ends an identity key: what it signed is no longer believed.",
    callers: OWNERS,
    answers: ok("That it is revoked."),
    problems: ["key_not_found"],
    handle: deleteIdentityKey,
  },
  {
    method: "GET",
    path: "/v1/audit",
    summary: "Who changed what and when, the newest first.",
    callers: OWNERS,
    answers: ok("The latest 200 changes."),
    problems: [],
    handle: getAudit,
  },
  {
    method: "GET",
    path: "/v1/quality",
    summary:
      "What the shop's own data lacks: items, amounts, agreement between channels, a use for its facts.",
    callers: REPORT_READERS,
    answers: ok("The report."),
    problems: [],
    handle: getQuality,
  },
];
