import { useState } from "preact/hooks";
import { call } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useRead } from "../../api/use-read.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Empty } from "../../parts/empty.tsx";
import { count } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Refused } from "../../parts/refused.tsx";
import { Table } from "../../parts/table.tsx";
import { may, useSession } from "../../shell/session.ts";
import { WORDS } from "../../words/deliveries.ts";
import { AddWebhook } from "./add-webhook.tsx";
import { Once } from "./once.tsx";
import { Tries } from "./tries.tsx";

export type Webhook = {
  readonly id: string;
  readonly url: string;
  readonly purpose: string;
  readonly state: "enabled" | "disabled";
  readonly why: string;
  readonly waiting: number;
  readonly parked: number;
};
type Asked = { readonly act: "rotate" | "remove"; readonly id: string };

/** Addresses that are told, what waits for them, and the latest tries. */
export function Webhooks() {
  const isOwner = may(useSession(), ["owner"]);
  const read = useRead<{ readonly webhooks: readonly Webhook[] }>("/v1/webhooks");
  const [isAdding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [secret, setSecret] = useState<string>();
  const [said, setSaid] = useState<string>();
  const act = useAct(async (path: string, method: "POST" | "DELETE", body?: unknown) => {
    const answer = await call<
      { secret?: string; replayed?: number; outcome?: string; reason?: string } | undefined
    >(path, {
      method,
      ...(body === undefined ? {} : { body }),
    });
    setSecret(answer?.secret);
    setSaid(
      answer?.replayed !== undefined
        ? WORDS.replayed(answer.replayed)
        : answer?.outcome !== undefined
          ? WORDS.tested(answer.outcome, answer.reason ?? "")
          : undefined,
    );
    setAsked(undefined);
    read.reload();
  });
  const at = (id: string, more = ""): string => `/v1/webhooks/${encodeURIComponent(id)}${more}`;

  return (
    <>
      <Panel
        title={WORDS.endpoints}
        actions={
          isOwner && (
            <span class="row">
              <Button
                onClick={() => void act.run("/v1/webhooks/deliveries/replay", "POST", {})}
                isBusy={act.isBusy}
              >
                {WORDS.replay}
              </Button>
              <Button kind="primary" onClick={() => setAdding(true)}>
                {WORDS.addEndpoint}
              </Button>
            </span>
          )
        }
      >
        {act.refusal && <Refused refusal={act.refusal} />}
        {said !== undefined && <p role="status">{said}</p>}
        {secret !== undefined && <Once hint={WORDS.secretOnce} value={secret} />}
        <Loaded read={read}>
          {({ webhooks }) =>
            webhooks.length === 0 ? (
              <Empty title={WORDS.noEndpoints}>{WORDS.noEndpointsCure}</Empty>
            ) : (
              <Table
                label={WORDS.endpoints}
                rows={webhooks}
                rowKey={({ id }) => id}
                columns={[
                  { key: "id", label: WORDS.endpoint, cell: ({ id }) => id },
                  { key: "url", label: WORDS.address, cell: ({ url }) => <code>{url}</code> },
                  {
                    key: "state",
                    label: WORDS.state,
                    cell: ({ state, why }) => (
                      <>
                        <Badge tone={state === "enabled" ? "good" : "warn"}>{WORDS[state]}</Badge> {why}
                      </>
                    ),
                  },
                  {
                    key: "waiting",
                    label: WORDS.waiting,
                    isNumber: true,
                    cell: ({ waiting }) => count(waiting),
                  },
                  { key: "parked", label: WORDS.parked, isNumber: true, cell: ({ parked }) => count(parked) },
                  ...(isOwner
                    ? [
                        {
                          key: "acts",
                          label: "",
                          cell: ({ id }: Webhook) => (
                            <span class="row">
                              <Button kind="quiet" onClick={() => void act.run(at(id, "/test"), "POST", {})}>
                                {WORDS.test}
                              </Button>
                              <Button kind="quiet" onClick={() => setAsked({ act: "rotate", id })}>
                                {WORDS.rotate}
                              </Button>
                              <Button kind="quiet" onClick={() => setAsked({ act: "remove", id })}>
                                {WORDS.remove}
                              </Button>
                            </span>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
      <Tries />
      <AddWebhook
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onMade={(made) => {
          setAdding(false);
          setSecret(made);
          read.reload();
        }}
      />
      <Confirm
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked?.act === "rotate" ? WORDS.rotate : WORDS.remove}
        verb={asked?.act === "rotate" ? WORDS.rotate : WORDS.remove}
        isDanger={asked?.act === "remove"}
        isBusy={act.isBusy}
        onConfirm={() =>
          asked &&
          void (asked.act === "rotate"
            ? act.run(at(asked.id, "/rotate"), "POST", {})
            : act.run(at(asked.id), "DELETE"))
        }
      >
        <p>{asked?.act === "rotate" ? WORDS.rotateSure : WORDS.removeSure(asked?.id ?? "")}</p>
      </Confirm>
    </>
  );
}
