import { useState } from "preact/hooks";
import type { Refusal } from "../api/refusal.ts";
import { Button } from "../parts/button.tsx";
import { TextField } from "../parts/field.tsx";
import { Refused } from "../parts/refused.tsx";
import { WORDS } from "../words/shell.ts";
import { Mark } from "./mark.tsx";

type Props = {
  readonly isTrying: boolean;
  readonly refusal: Refusal | undefined;
  readonly onKey: (key: string) => void;
};

/** The door. A key is typed or pasted; password managers may keep it. */
export function SignIn({ isTrying, refusal, onKey }: Props) {
  const [key, setKey] = useState("");
  const [isWrongKind, setWrongKind] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    const isPerson = key.trim().startsWith("ak_");
    setWrongKind(!isPerson);
    if (isPerson) onKey(key.trim());
  };
  return (
    <main class="sign-in">
      <form class="sign-in-card" onSubmit={submit}>
        <Mark />
        <h1>{WORDS.signIn.title}</h1>
        <p class="soft">{WORDS.signIn.lead}</p>
        <TextField
          label={WORDS.signIn.key}
          hint={WORDS.signIn.keyHint}
          error={isWrongKind ? WORDS.signIn.notAPerson : undefined}
          type="password"
          name="password"
          autocomplete="current-password"
          value={key}
          onValue={setKey}
        />
        <Button kind="primary" type="submit" isBusy={isTrying}>
          {WORDS.signIn.submit}
        </Button>
        {refusal && <Refused refusal={refusal} />}
      </form>
    </main>
  );
}
