import { useState } from "preact/hooks";
import type { KeyKind, Role } from "../../../../src/core/access/role.ts";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { day } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Table } from "../../parts/table.tsx";
import { WORDS } from "../../words/deliveries.ts";
import { AddKey } from "./add-key.tsx";
import { Audit } from "./audit.tsx";
import { Once } from "./once.tsx";

type Key = {
  readonly id: string;
  readonly kind: KeyKind;
  readonly role: Role;
  readonly label: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedDay: number | null;
};
const DAY_MS = 86_400_000;

/** Who may do what: keys of people and systems, and what was done with them. */
export function Keys() {
  const read = useRead<{ readonly keys: readonly Key[] }>("/v1/keys");
  const [made, setMade] = useState<string>();
  const [asked, setAsked] = useState<{ readonly act: "rotate" | "revoke"; readonly key: Key }>();
  const act = useAct(async () => {
    if (!asked) return;
    const path = `/v1/keys/${encodeURIComponent(asked.key.id)}`;
    const answer = await (asked.act === "rotate"
      ? call<{ readonly key?: string }>(`${path}/rotate`, { method: "POST", body: {} })
      : call<{ readonly key?: string }>(path, { method: "DELETE" }));
    setMade(answer?.key);
    setAsked(undefined);
    read.reload();
  });
  return (
    <>
      <Panel title={WORDS.keys} hint={WORDS.keysHint}>
        <AddKey
          onMade={(key) => {
            setMade(key);
            read.reload();
          }}
        />
        {made !== undefined && <Once hint={WORDS.keyOnce} value={made} />}
        <Loaded read={read}>
          {({ keys }) => (
            <Table
              label={WORDS.keys}
              rows={keys}
              rowKey={({ id }) => id}
              columns={[
                { key: "label", label: WORDS.label, cell: ({ label }) => label },
                { key: "role", label: WORDS.role, cell: ({ role }) => WORDS.roles[role] },
                { key: "made", label: WORDS.made, cell: ({ createdAt }) => day(createdAt) },
                {
                  key: "used",
                  label: WORDS.used,
                  cell: ({ lastUsedDay }) => (lastUsedDay === null ? WORDS.never : day(lastUsedDay * DAY_MS)),
                },
                {
                  key: "ends",
                  label: WORDS.ends,
                  cell: ({ expiresAt }) => (expiresAt === null ? WORDS.never : day(expiresAt)),
                },
                {
                  key: "acts",
                  label: "",
                  cell: (key) => (
                    <span class="row">
                      <Button kind="quiet" onClick={() => setAsked({ act: "rotate", key })}>
                        {WORDS.rotateKey}
                      </Button>
                      <Button kind="quiet" onClick={() => setAsked({ act: "revoke", key })}>
                        {WORDS.revoke}
                      </Button>
                    </span>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
      <Audit />
      <Confirm
        isOpen={asked !== undefined}
        onClose={() => {
          setAsked(undefined);
          act.clear();
        }}
        title={asked?.act === "rotate" ? WORDS.rotateKey : WORDS.revoke}
        verb={asked?.act === "rotate" ? WORDS.rotateKey : WORDS.revoke}
        isDanger={asked?.act === "revoke"}
        isBusy={act.isBusy}
        onConfirm={() => void act.run()}
      >
        <p>{asked && (asked.act === "rotate" ? WORDS.rotateKeySure : WORDS.revokeSure)(asked.key.label)}</p>
        {act.refusal && <Refused refusal={act.refusal} />}
      </Confirm>
    </>
  );
}
