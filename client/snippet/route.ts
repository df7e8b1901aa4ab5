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
  for (const name of ["pushState", "replaceState"] as const) {
    const change = history[name];
    history[name] = function (...input) {
      change.apply(this, input);
      look();
    };
  }
  on(window, "popstate", look);
  on<PageTransitionEvent>(window, "pageshow", ({ persisted }) => persisted && act());
}
