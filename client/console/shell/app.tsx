import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../parts/button.tsx";
import { Menu } from "../parts/menu.tsx";
import { WORDS } from "../words/shell.ts";
import { Mark } from "./mark.tsx";
import { addressOf, PAGES, placeOf, type PageEntry } from "./pages.ts";
import { Opened } from "./opened.tsx";
import { may, type Session } from "./session.ts";
import { nextTheme } from "./theme.ts";

const GROUPS = Object.keys(WORDS.groups) as PageEntry["group"][];

/** The frame: menu, who is signed in, and the page that the address names. */
export function App({ session, onLeave }: { readonly session: Session; readonly onLeave: () => void }) {
  const pages = PAGES.filter(({ roles }) => may(session, roles));
  const [place, setPlace] = useState(() => placeOf(location.hash));
  const [isOpen, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const follow = (): void => {
      setPlace(placeOf(location.hash));
      setOpen(false);
      window.scrollTo(0, 0);
      // Who reads by ear is told of the new page by its heading.
      main.current?.focus({ preventScroll: true });
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const path = place[0] ?? pages[0]?.path;
  const page = pages.find((one) => one.path === path);
  useEffect(() => {
    document.title = `${page ? WORDS.pages[page.path] : WORDS.notFound.title} · ${WORDS.product}`;
  }, [page]);

  return (
    <div class="app">
      <a
        class="skip"
        href={location.hash}
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {WORDS.skip}
      </a>
      <header class="top">
        <Button
          kind="quiet"
          class="top-menu"
          aria-expanded={isOpen}
          aria-controls="menu"
          onClick={() => setOpen(!isOpen)}
        >
          {WORDS.menu}
        </Button>
        <a class="home" href={addressOf(pages[0]?.path ?? "")}>
          <Mark />
        </a>
        <span class="top-space" />
        <Menu
          label={session.label}
          items={[
            { id: "theme", label: WORDS.theme, onSelect: nextTheme },
            { id: "leave", label: WORDS.signOut, onSelect: onLeave },
          ]}
        />
        <span class="badge role">{WORDS.roles[session.role]}</span>
      </header>
      <nav id="menu" class={isOpen ? "side is-open" : "side"} aria-label={WORDS.menu}>
        {GROUPS.filter((group) => pages.some((one) => one.group === group)).map((group) => (
          <div key={group} class="side-group">
            <h2>{WORDS.groups[group]}</h2>
            <ul>
              {pages
                .filter((one) => one.group === group)
                .map((one) => (
                  <li key={one.path}>
                    <a href={addressOf(one.path)} aria-current={one.path === page?.path ? "page" : undefined}>
                      {WORDS.pages[one.path]}
                    </a>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      <main class="page" id="main" tabIndex={-1} ref={main}>
        {page ? (
          <Opened key={page.path} page={page} params={place.slice(1)} />
        ) : (
          <div class="empty">
            <h1>{WORDS.notFound.title}</h1>
            <p>{WORDS.notFound.cure}</p>
          </div>
        )}
      </main>
    </div>
  );
}
