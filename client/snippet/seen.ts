import { capture } from "./queue.ts";

/**
 * Notes once that a slot was seen: half of it (or half of the window, where the slot is taller) for one second.
 * Returns what ends the watch.
 */
export function watchSeen(slot: Element, token: string, items: readonly string[]): () => void {
  let timer = 0;
  const arm = (): void => {
    timer = setTimeout(() => {
      // A page in the background is not being looked at.
      if (document.hidden) return arm();
      observer.disconnect();
      capture({ type: "slot_seen", token, items });
    }, 1000);
  };
  const observer = new IntersectionObserver(
    ([entry]) => {
      clearTimeout(timer);
      const { intersectionRatio, intersectionRect } = entry!;
      if (intersectionRatio >= 0.5 || intersectionRect.height > innerHeight / 2) arm();
    },
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5] },
  );
  observer.observe(slot);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
