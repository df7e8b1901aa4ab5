import * as menu from "@zag-js/menu";
import { normalizeProps, useMachine } from "@zag-js/preact";
import { useId } from "preact/hooks";
import { Portal } from "./portal.tsx";

type Item = { readonly id: string; readonly label: string; readonly onSelect: () => void };

/** A button with a few things to do behind it. */
export function Menu({ label, items }: { readonly label: string; readonly items: readonly Item[] }) {
  const service = useMachine(menu.machine, {
    id: useId(),
    onSelect: ({ value }) => items.find(({ id }) => id === value)?.onSelect(),
  });
  const api = menu.connect(service, normalizeProps);
  return (
    <>
      <button {...api.getTriggerProps()} class="button quiet menu-button">
        {label}
      </button>
      <Portal>
        <div {...api.getPositionerProps()}>
          <ul {...api.getContentProps()} class="menu">
            {items.map(({ id, label }) => (
              <li key={id} {...api.getItemProps({ value: id })} class="menu-item">
                {label}
              </li>
            ))}
          </ul>
        </div>
      </Portal>
    </>
  );
}
