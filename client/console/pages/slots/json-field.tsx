import { useId, useRef, useState } from "preact/hooks";
import { useRead } from "../../api/use-read.ts";
import { WORDS } from "../../words/slots.ts";
import { completionsAt, type Completion, type Schema } from "./completions.ts";

type Props = { readonly label: string; readonly text: string; readonly onText: (text: string) => void };

/** The text itself, with completion by the config's schema on Ctrl+Space. Tab leaves it, as everywhere else. */
export function JsonField({ label, text, onText }: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const schema = useRead<Schema>("/v1/schema/config.json");
  const [found, setFound] = useState<readonly Completion[]>([]);
  const [at, setAt] = useState(0);

  const write = ({ text: word, from, to }: Completion): void => {
    onText(text.slice(0, from) + word + text.slice(to));
    setFound([]);
    const caret = from + word.length;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === " " && event.ctrlKey && schema.data && field.current) {
      event.preventDefault();
      setFound(completionsAt(text, field.current.selectionStart, schema.data));
      setAt(0);
    } else if (found.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setAt((at + step + found.length) % found.length);
      else if (event.key === "Enter") write(found[at]!);
      else {
        setFound([]);
        return;
      }
      event.preventDefault();
    }
  };
  return (
    <div class="slots-json">
      <textarea
        ref={field}
        class="input mono"
        rows={24}
        spellcheck={false}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? id : undefined}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setTimeout(() => setFound([]), 150)}
      />
      {found.length > 0 && (
        <ul id={id} role="listbox" aria-label={WORDS.completions} class="menu slots-completions">
          {found.map((one, index) => (
            <li
              key={one.label}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              class="menu-item"
              data-highlighted={index === at ? "" : undefined}
              onMouseDown={(event) => {
                event.preventDefault();
                write(one);
              }}
            >
              {one.label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
