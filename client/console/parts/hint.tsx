import * as tooltip from "@zag-js/tooltip";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Portal } from "./portal.tsx";
import { WORDS } from "../words/parts.ts";

/** A question mark that explains a word, on hover, focus or touch. */
export function Hint({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  const service = useMachine(tooltip.machine, {
    id: useId(),
    openDelay: 150,
    closeDelay: 100,
    closeOnPointerDown: false,
    interactive: true,
  });
  const api = tooltip.connect(service, normalizeProps);
  return (
    <>
      <button
        {...api.getTriggerProps()}
        type="button"
        class="hint-button"
        aria-label={WORDS.whatIsThis(label)}
        onClick={() => api.setOpen(true)}
      >
        ?
      </button>
      {api.open && (
        <Portal>
          <div {...api.getPositionerProps()}>
            <div {...api.getContentProps()} class="tooltip">
              {children}
            </div>
          </div>
        </Portal>
      )}
    </>
  );
}
