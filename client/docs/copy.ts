/** ms for which a button says that it did its work. */
const TOLD_MS = 1_500;

/** Buttons that copy the example beside them. Where the clipboard is forbidden they stay hidden. */
export function copyOnClick(): void {
  if (!("clipboard" in navigator)) return;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    button.hidden = false;
    const word = button.firstChild!;
    button.addEventListener("click", () => {
      const example = document.getElementById(button.dataset["copy"]!)!;
      navigator.clipboard.writeText(example.textContent).then(
        () => tell("Copied"),
        () => tell("Select it"),
      );
      const tell = (text: string): void => {
        word.textContent = text;
        setTimeout(() => (word.textContent = "Copy"), TOLD_MS);
      };
    });
  }
}
