/** Marks in the contents what is being read, and keeps that entry in view; on narrow screens the contents begin closed. */
export function showPlace(): void {
  const contents = document.querySelector<HTMLDetailsElement>(".contents")!;
  const isNarrow = matchMedia("(max-width: 899px)");
  const fold = (): void => {
    contents.open = !isNarrow.matches;
  };
  fold();
  isNarrow.addEventListener("change", fold);
  contents.addEventListener("click", (event) => {
    if (isNarrow.matches && event.target instanceof Element && event.target.closest("a")) contents.open = false;
  });
  const scrolling = contents.closest<HTMLElement>("aside")!;
  let marked: Element | undefined;
  const watch = new IntersectionObserver(
    (seen) => {
      const first = seen.find(({ isIntersecting }) => isIntersecting);
      if (!first) return;
      marked?.removeAttribute("aria-current");
      marked = document.querySelector(`[data-for="${CSS.escape(first.target.id)}"] a`) ?? undefined;
      marked?.setAttribute("aria-current", "true");
      if (!marked || isNarrow.matches) return;
      const { top, bottom } = marked.getBoundingClientRect();
      const box = scrolling.getBoundingClientRect();
      if (top < box.top + 120 || bottom > box.bottom) scrolling.scrollTop += top - box.top - box.height / 3;
    },
    { rootMargin: "-72px 0px -70% 0px" },
  );
  for (const article of document.querySelectorAll("main article")) watch.observe(article);
}
