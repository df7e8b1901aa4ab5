/** Narrows the page and its contents down to what has all the words. `/` leads to the field, Escape empties it. */
export function searchPage(): void {
  const field = document.querySelector<HTMLInputElement>("#search")!;
  const found = document.querySelector<HTMLElement>("#found")!;
  const articles = [...document.querySelectorAll<HTMLElement>("article[data-words]")];
  const entries = new Map(
    [...document.querySelectorAll<HTMLElement>("[data-for]")].map((entry) => [entry.dataset["for"], entry]),
  );
  field.closest<HTMLElement>("search")!.hidden = false;
  const narrow = (): void => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const article of articles) {
      const has = words.every((word) => article.dataset["words"]!.includes(word));
      article.hidden = !has;
      const entry = entries.get(article.id);
      if (entry) entry.hidden = !has;
      if (has) count++;
    }
    for (const group of document.querySelectorAll<HTMLElement>("[data-group], main section"))
      group.hidden = words.length > 0 && !group.querySelector("[data-for]:not([hidden]), article:not([hidden])");
    document.body.classList.toggle("narrowed", words.length > 0);
    found.textContent = words.length === 0 ? "" : count === 0 ? "Nothing has these words." : `${count} found`;
  };
  field.addEventListener("input", narrow);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement === field && field.value !== "") {
      field.value = "";
      narrow();
    }
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  // Whoever follows a link to something that the search hides wants to see it.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    field.value = "";
    narrow();
    target.scrollIntoView();
  });
}
