import { guard, on } from "./guard.ts";

/** Calls back when the page's address has changed without a load, or the page came back from the back-forward cache. */
export function watchRoutes(act: () => void): void {
  const address = (): string => location.pathname + location.search;
  let last = address();
  let timer = 0;
  const look = guard(() => {
    if (address() == last) return;
    last = address();
    clearTimeout(timer);
    // Time for the framework to put the new page into the document.
    timer = setTimeout(guard(act), 100);
  });
  const { navigation } = window as { navigation?: EventTarget };
  // Elsewhere nothing tells; looking is cheaper than patching `history`, which routers do too, and breaks nobody.
  if (navigation) on(navigation, "currententrychange", look);
  else setInterval(look, 250);
  on<PageTransitionEvent>(window, "pageshow", ({ persisted }) => persisted && act());
}
