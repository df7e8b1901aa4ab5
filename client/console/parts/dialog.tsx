import * as dialog from "@zag-js/dialog";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Portal } from "./portal.tsx";
import { WORDS } from "../words/parts.ts";
import { Button } from "./button.tsx";

type Props = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Must be answered: a click beside it does not close it. */
  readonly isAlert?: boolean;
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
};

/** A question or a task in front of the page. Escape closes it; the focus goes back to where it was. */
export function Dialog({ isOpen, onClose, title, isAlert, isWide, children }: Props) {
  const service = useMachine(dialog.machine, {
    id: useId(),
    open: isOpen,
    role: isAlert ? "alertdialog" : "dialog",
    onOpenChange: ({ open }) => {
      if (!open) onClose();
    },
  });
  const api = dialog.connect(service, normalizeProps);
  if (!api.open) return null;
  return (
    <Portal>
      <div {...api.getBackdropProps()} class="backdrop" />
      <div {...api.getPositionerProps()} class="dialog-place">
        <div {...api.getContentProps()} class={isWide ? "dialog is-wide" : "dialog"}>
          <h2 {...api.getTitleProps()}>{title}</h2>
          {children}
          <button {...api.getCloseTriggerProps()} class="dialog-close" aria-label={WORDS.close}>
            ×
          </button>
        </div>
      </div>
    </Portal>
  );
}

type ConfirmProps = Omit<Props, "isAlert" | "isWide"> & {
  /** What the button does, as a verb: "Erase". */
  readonly verb: string;
  readonly isDanger?: boolean;
  readonly isBusy?: boolean;
  readonly onConfirm: () => void;
};

/** Asks before something that cannot easily be taken back. */
export function Confirm({ verb, isDanger, isBusy, onConfirm, children, ...rest }: ConfirmProps) {
  return (
    <Dialog {...rest} isAlert>
      {children}
      <div class="dialog-foot">
        <Button onClick={rest.onClose}>{WORDS.cancel}</Button>
        <Button kind={isDanger ? "danger" : "primary"} isBusy={isBusy} onClick={onConfirm}>
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
