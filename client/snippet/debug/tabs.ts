import { make } from "./element.ts";

/** A tab: its name, its button, and the part of the panel that it opens. */
export type Tab = { readonly name: string; readonly button: HTMLElement; readonly panel: HTMLElement };

/** Tabs as the ARIA Authoring Practices describe them: arrows, Home and End move, one tab stop for all. */
export function makeTabs(names: readonly string[]): {
  readonly list: HTMLElement;
  readonly tabs: readonly Tab[];
} {
  const tabs = names.map((name, index): Tab => {
    const id = name.toLowerCase();
    const button = make(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": `panel-${id}`,
        "data-key": `tab ${id}`,
      },
      name,
    );
    const panel = make("div", {
      role: "tabpanel",
      id: `panel-${id}`,
      "aria-labelledby": `tab-${id}`,
      tabindex: "0",
    });
    button.onclick = () => choose(index);
    return { name, button, panel };
  });
  const choose = (chosen: number): void =>
    tabs.forEach(({ button, panel }, index) => {
      button.setAttribute("aria-selected", String(index === chosen));
      button.tabIndex = index === chosen ? 0 : -1;
      panel.hidden = index !== chosen;
    });
  const list = make(
    "div",
    { role: "tablist", "aria-label": "Parts of the panel" },
    ...tabs.map(({ button }) => button),
  );
  list.onkeydown = (event) => {
    const now = tabs.findIndex(({ button }) => button.tabIndex === 0);
    const last = tabs.length - 1;
    const next = {
      ArrowRight: now === last ? 0 : now + 1,
      ArrowLeft: now === 0 ? last : now - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    tabs[next]!.button.focus();
  };
  choose(0);
  return { list, tabs };
}
