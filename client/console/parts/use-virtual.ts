import { useEffect, useRef, useState } from "preact/hooks";

/** Height of a row; the stylesheet keeps virtual tables to it. */
const ROW_PX = 41;
const AHEAD = 12;

/** Which rows of a long table are near what is in sight, and how high the room above and below them is. */
export function useVirtual(rows: number, isOn: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = scroller.current;
    if (!isOn || !element) return;
    const look = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [isOn]);
  if (!isOn) return { scroller, first: 0, last: rows, before: 0, after: 0 };
  const first = Math.max(0, Math.floor(view.top / ROW_PX) - AHEAD);
  const last = Math.min(rows, Math.ceil((view.top + view.height) / ROW_PX) + AHEAD);
  return { scroller, first, last, before: first * ROW_PX, after: (rows - last) * ROW_PX };
}
