import { useRead } from "../../api/use-read.ts";
import { Empty } from "../../parts/empty.tsx";
import { count, percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table } from "../../parts/table.tsx";
import { WORDS } from "../../words/slots.ts";
import type { Config } from "./config.ts";

type Pulse = {
  readonly slots: readonly {
    readonly slot: string;
    readonly seen: number;
    readonly clickRate: { readonly estimate: number } | null;
  }[];
};

/** Each slot that the config names or people saw: its recipes, the rules on it, and how it does. */
export function SlotList() {
  const config = useRead<Config>("/v1/config");
  const pulse = useRead<Pulse>("/v1/pulse");
  const figures = new Map(pulse.data?.slots.map((one) => [one.slot, one]));
  return (
    <Panel title={WORDS.list}>
      <Loaded read={config} lines={5}>
        {({ slots = {}, rules = [] }) => {
          const names = [...new Set([...Object.keys(slots), ...figures.keys()])];
          if (names.length === 0) return <Empty title={WORDS.noSlots}>{WORDS.noSlotsCure}</Empty>;
          return (
            <Table
              label={WORDS.list}
              rows={names}
              rowKey={(name) => name}
              columns={[
                {
                  key: "slot",
                  label: WORDS.slot,
                  cell: (name) => (
                    <>
                      {slots[name]?.title ?? name} <span class="soft">{slots[name]?.title ? name : ""}</span>
                    </>
                  ),
                },
                { key: "where", label: WORDS.where, cell: (name) => slots[name]?.page ?? "–" },
                {
                  key: "chain",
                  label: WORDS.chain,
                  cell: (name) =>
                    slots[name]?.strategies?.map((one) => one.replaceAll("_", " ")).join(", ") ??
                    WORDS.byName,
                },
                {
                  key: "max",
                  label: WORDS.many,
                  isNumber: true,
                  cell: (name) => count(slots[name]?.max ?? 4),
                },
                {
                  key: "rules",
                  label: WORDS.rules,
                  cell: (name) =>
                    rules
                      .filter((rule) => !rule.slots || rule.slots.includes(name))
                      .map(({ id }) => id)
                      .join(", ") || "–",
                },
                {
                  key: "seen",
                  label: WORDS.looks,
                  isNumber: true,
                  cell: (name) => count(figures.get(name)?.seen ?? 0),
                  sortBy: (name) => figures.get(name)?.seen ?? 0,
                },
                {
                  key: "clicks",
                  label: WORDS.clicks,
                  isNumber: true,
                  cell: (name) => {
                    const rate = figures.get(name)?.clickRate;
                    return rate ? percent(rate.estimate) : "–";
                  },
                },
              ]}
            />
          );
        }}
      </Loaded>
    </Panel>
  );
}
