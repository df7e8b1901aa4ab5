import { useEffect, useState } from "preact/hooks";
import { Refusal } from "../api/refusal.ts";
import { App } from "./app.tsx";
import { knownKey, SessionContext, signIn, signOut, type Session } from "./session.ts";
import { SignIn } from "./sign-in.tsx";

/** The console: a door, and behind it the pages. */
export function Shell() {
  const [session, setSession] = useState<Session>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isTrying, setTrying] = useState(true);

  const enter = async (key: string | undefined): Promise<void> => {
    setTrying(true);
    setRefusal(undefined);
    try {
      if (key) setSession(await signIn(key));
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : new Refusal(0, { detail: String(error) }));
    }
    setTrying(false);
  };
  useEffect(() => void enter(knownKey()), []);

  if (!session) return <SignIn isTrying={isTrying} refusal={refusal} onKey={(key) => void enter(key)} />;
  const leave = (): void => {
    signOut();
    setSession(undefined);
  };
  return (
    <SessionContext.Provider value={session}>
      <App session={session} onLeave={leave} />
    </SessionContext.Provider>
  );
}
