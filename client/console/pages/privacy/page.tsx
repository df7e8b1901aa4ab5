import { useRead } from "../../api/use-read.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { PageHead, Panel } from "../../parts/panel.tsx";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/privacy.ts";
import { Erasures } from "./erasures.tsx";
import { Register, type Entry } from "./register.tsx";
import { Shares } from "./shares.tsx";

/** What is kept and why, who agreed, who was erased. */
export function Page() {
  const session = useSession();
  const register = useRead<{ readonly policyVersion: string; readonly fields: readonly Entry[] }>(
    "/v1/privacy/register",
  );
  return (
    <>
      <PageHead title={WORDS.title} lead={WORDS.lead} />
      <div class="panels">
        <Shares />
        {may(session, ["owner"]) && <Erasures />}
        <Panel title={WORDS.register} hint={WORDS.registerHint} isWide>
          <Loaded read={register} lines={6}>
            {({ fields }) => <Register fields={fields} />}
          </Loaded>
        </Panel>
      </div>
    </>
  );
}
