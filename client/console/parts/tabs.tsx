import * as tabs from "@zag-js/tabs";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

type Tab = { readonly id: string; readonly label: string; readonly content: () => ComponentChildren };
type Props = {
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** The open one, if somebody else decides, e.g. the address. */
  readonly value?: string | undefined;
  readonly onValue?: (id: string) => void;
};

/** Several things in one place, one at a time. Only the open one is made. */
export function Tabs({ label, tabs: all, value, onValue }: Props) {
  const service = useMachine(tabs.machine, {
    id: useId(),
    ...(value === undefined ? { defaultValue: all[0]?.id ?? null } : { value }),
    onValueChange: (change) => onValue?.(change.value),
  });
  const api = tabs.connect(service, normalizeProps);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a narrow screen the chosen one may lie beside what is seen. Only the list is scrolled, never the page.
    const tab = list.current?.querySelector<HTMLElement>("[aria-selected=true]");
    if (tab && list.current) list.current.scrollLeft = tab.offsetLeft - list.current.clientWidth / 3;
  }, [api.value]);
  const open = all.find(({ id }) => id === api.value);
  return (
    <div {...api.getRootProps()} class="tabs">
      <div {...api.getListProps()} class="tab-list" aria-label={label} ref={list}>
        {all.map(({ id, label }) => (
          <button key={id} {...api.getTriggerProps({ value: id })} class="tab">
            {label}
          </button>
        ))}
      </div>
      {all.map(({ id }) => (
        <div key={id} {...api.getContentProps({ value: id })} class="tab-content">
          {id === open?.id && open.content()}
        </div>
      ))}
    </div>
  );
}
