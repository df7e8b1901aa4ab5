import { capture } from "./queue.ts";

/**
 * Notes once that a slot's place was seen: its top edge in view for one second. Nothing else is asked, since height and
 * content differ between the arms of an experiment, and whoever counts must not depend on the arm. Returns what ends
 * the watch.
 */
export function watchSeen(slot: Element, token: string, items: readonly string[]): () => void {
  let timer = 0;
  let looks = 0;
  const observer = new IntersectionObserver((entries) => {
    const { isIntersecting, boundingClientRect, intersectionRect } = entries.pop()!;
    clearTimeout(timer);
    // What clips the place (the window, a scrolling box around it) moves the top of what is left of it. A page in the
    // background is not being looked at.
    looks =
      isIntersecting && intersectionRect.top - boundingClientRect.top < 1 && !document.hidden ? looks + 1 : 0;
    if (looks > 5) {
      end();
      capture({ type: "slot_seen", token, items });
    } else if (isIntersecting)
      // No event tells that the top of a tall slot has left: ask anew. Six looks, 200 ms apart, span the second.
      timer = setTimeout(() => {
        observer.unobserve(slot);
        observer.observe(slot);
      }, 200);
  });
  const end = (): void => {
    clearTimeout(timer);
    observer.disconnect();
  };
  observer.observe(slot);
  return end;
}
