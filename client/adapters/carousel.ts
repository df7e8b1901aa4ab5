/**
 * Makes the picks of slots marked `data-concierge-carousel="label"` a carousel by the ARIA practices: a labelled region,
 * buttons before the slides, each slide telling its place. The picks stay a list. It never turns by itself. The shop's CSS lays the list out as a
 * row that scrolls and snaps, and words the buttons: `data-concierge-previous`, `data-concierge-next`.
 */
export function connectCarousel(): void {
  document.addEventListener("concierge", ({ target }) => {
    const slot = target as HTMLElement;
    const label = slot.getAttribute("data-concierge-carousel");
    // The picks stand there once the listeners have returned.
    if (label !== null) queueMicrotask(() => furnish(slot, label));
  });
}

function furnish(slot: HTMLElement, label: string): void {
  const list = slot.querySelector<HTMLElement>("[data-concierge-list]");
  if (!list) return;
  slot.setAttribute("role", "region");
  slot.setAttribute("aria-roledescription", "carousel");
  slot.setAttribute("aria-label", label);
  const slides = [...list.children];
  slides.forEach((slide, index) => {
    slide.setAttribute("aria-roledescription", "slide");
    slide.setAttribute("aria-label", `${index + 1} / ${slides.length}`);
  });
  list.before(
    ...(["previous", "next"] as const).map((name) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = slot.getAttribute(`data-concierge-${name}`) ?? name;
      const direction = name === "next" ? 1 : -1;
      const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
      button.addEventListener("click", () =>
        list.scrollBy({ left: direction * list.clientWidth * 0.9, behavior }),
      );
      return button;
    }),
  );
}
