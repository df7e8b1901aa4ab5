const KEPT = "concierge.console.theme";

/** Follows what was chosen on this device; without a choice, the system. Before the first paint. */
export function followTheme(): void {
  const theme = localStorage.getItem(KEPT);
  if (theme) document.documentElement.dataset["theme"] = theme;
}

/** Turns light into dark and back, and remembers it on this device. */
export function nextTheme(): void {
  const { dataset } = document.documentElement;
  const isDark = dataset["theme"]
    ? dataset["theme"] === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  dataset["theme"] = isDark ? "light" : "dark";
  localStorage.setItem(KEPT, dataset["theme"]);
  // Charts are painted, not styled: they listen.
  dispatchEvent(new Event("concierge-theme"));
}
