import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { call, useKey } from "../api/call.ts";
import type { PersonRole } from "../../../src/core/access/role.ts";

/** Who is signed in, as `GET /v1/session` tells it. */
export type Session = {
  readonly site: string;
  readonly role: PersonRole;
  readonly label: string;
  readonly expiresAt: number | null;
  readonly origins: readonly string[];
  /** Of the catalog's prices; absent where the shop has several or none. */
  readonly currency?: string;
};

const KEPT = "concierge.console.key";

/** Tries a key; keeps it for this tab if somebody is behind it. */
export async function signIn(key: string): Promise<Session> {
  useKey(key);
  try {
    const session = await call<Session>("/v1/session");
    sessionStorage.setItem(KEPT, key);
    return session;
  } catch (error) {
    useKey(undefined);
    throw error;
  }
}

/** Forgets the key. */
export function signOut(): void {
  sessionStorage.removeItem(KEPT);
  useKey(undefined);
}

/**
 * The key this tab already has: kept from before, or in the address as `#key=…` or `#key=…/experiments`, from where it is
 * taken away at once. The part behind the `#` is never sent to any server.
 */
export function knownKey(): string | undefined {
  const [, given, page = "/overview"] = /^#key=([\w.-]+)(\/[\w/-]*)?/.exec(location.hash) ?? [];
  if (given) history.replaceState(null, "", `${location.pathname}#${page}`);
  return given ?? sessionStorage.getItem(KEPT) ?? undefined;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** Who is signed in. Only below the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("nobody is signed in");
  return session;
}

/** Whether a role is among those that may. @example may(session, ["owner", "marketer"]) */
export const may = ({ role }: Pick<Session, "role">, roles: readonly PersonRole[]): boolean =>
  roles.includes(role);
