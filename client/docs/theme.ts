const KEPT = "concierge.docs.theme";

/** Follows what was chosen on this device; without a choice, the system. */
export function followTheme(): void {
  const { dataset } = document.documentElement;
  const kept = localStorage.getItem(KEPT);
  if (kept) dataset["theme"] = kept;
  const button = document.querySelector<HTMLButtonElement>("[data-theme-button]")!;
  const isDark = (): boolean =>
    dataset["theme"]
      ? dataset["theme"] === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  const say = (): void => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    dataset["theme"] = isDark() ? "light" : "dark";
    localStorage.setItem(KEPT, dataset["theme"]);
    say();
  });
  say();
}
