import { useEffect, useState } from "preact/hooks";
import { useRead } from "../../api/use-read.ts";
import { Button } from "../../parts/button.tsx";
import { Combobox } from "../../parts/combobox.tsx";
import { WORDS } from "../../words/catalog.ts";
import type { ItemsAnswer } from "./answers.ts";

/** Typing pauses so long before the server is asked. */
const PAUSE_MS = 150;

type Props = {
  readonly label: string;
  /** Ids that are chosen. */
  readonly chosen: readonly string[];
  readonly onChosen: (ids: readonly string[]) => void;
  /** One takes the place of the one before. */
  readonly isSingle?: boolean;
};

/** Items, found on the server by what is typed; what was chosen stands below with a way to take it out. */
export function ItemPicker({ label, chosen, onChosen, isSingle }: Props) {
  const [typed, setTyped] = useState("");
  const [query, setQuery] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const search = new URLSearchParams({ query: query.slice(0, 200), limit: "8" });
  const { data } = useRead<ItemsAnswer>(`/v1/catalog/items?${search.toString()}`);
  const found = (data?.items ?? []).filter(({ id }) => !chosen.includes(id));
  const choose = (id: string): void => {
    onChosen(isSingle ? [id] : [...chosen, id]);
    setTyped("");
  };
  const isFull = isSingle === true && chosen.length > 0;
  return (
    <div class="stack catalog-picker">
      {isFull ? (
        <span class="catalog-label">{label}</span>
      ) : (
        <Combobox
          label={label}
          placeholder={WORDS.why.choose}
          options={found.map(({ id, title }) => ({ value: id, label: `${title} · ${id}` }))}
          onInput={setTyped}
          onSelect={choose}
        />
      )}
      {chosen.length > 0 && (
        <ul class="catalog-chosen" aria-label={label}>
          {chosen.map((id) => (
            <Chosen key={id} id={id} onRemove={() => onChosen(chosen.filter((one) => one !== id))} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** One that was chosen, by its title; an id from the address has to be looked up. */
function Chosen({ id, onRemove }: { readonly id: string; readonly onRemove: () => void }) {
  const search = new URLSearchParams({ query: id.slice(0, 200), limit: "20" });
  const { data } = useRead<ItemsAnswer>(`/v1/catalog/items?${search.toString()}`);
  const title = data?.items.find((one) => one.id === id)?.title ?? id;
  return (
    <li>
      <span>{title}</span>
      <Button kind="quiet" aria-label={WORDS.why.remove(title)} onClick={onRemove}>
        ×
      </Button>
    </li>
  );
}
