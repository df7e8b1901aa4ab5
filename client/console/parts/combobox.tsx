import * as combobox from "@zag-js/combobox";
import { normalizeProps, useMachine } from "@zag-js/preact";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { Portal } from "./portal.tsx";

export type Option = { readonly value: string; readonly label: string };
type Props = {
  readonly label: string;
  readonly options: readonly Option[];
  /** What is typed; the options are the caller's to narrow. */
  readonly onInput: (text: string) => void;
  readonly onSelect: (value: string) => void;
  readonly placeholder?: string;
};

/** A text field that offers what fits. What is chosen goes to the caller, and the field is ready for the next. */
export function Combobox({ label, options, onInput, onSelect, placeholder }: Props) {
  const collection = combobox.collection({
    items: [...options],
    itemToValue: (option) => option.value,
    itemToString: (option) => option.label,
  });
  const service = useMachine(combobox.machine, {
    id: useId(),
    collection,
    openOnClick: true,
    selectionBehavior: "clear",
    ...(placeholder === undefined ? {} : { placeholder }),
    onInputValueChange: ({ inputValue }) => onInput(inputValue),
    onValueChange: ({ value }) => {
      if (value[0] !== undefined) onSelect(value[0]);
    },
  });
  const api = combobox.connect(service, normalizeProps);
  return (
    <div {...api.getRootProps()} class="field">
      <label {...api.getLabelProps()}>{label}</label>
      <div {...api.getControlProps()}>
        <input {...(api.getInputProps() as JSX.IntrinsicElements["input"])} class="input" />
      </div>
      {options.length > 0 && (
        <Portal>
          <div {...api.getPositionerProps()}>
            <ul {...api.getContentProps()} class="menu">
              {options.map((option) => (
                <li key={option.value} {...api.getItemProps({ item: option })} class="menu-item">
                  {option.label}
                </li>
              ))}
            </ul>
          </div>
        </Portal>
      )}
    </div>
  );
}
