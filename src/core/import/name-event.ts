import { digestOf } from "../event/resolved.ts";
import type { MappedEvent } from "./mapper.ts";

/** An event ready for the border, with the id under which it counts once. */
export type NamedEvent = {
  readonly raw: { readonly id: string; readonly [field: string]: unknown };
  /** Set where the id says all there is to say: then the same id is always the same event. */
  readonly digest?: number;
};

/**
 * Gives an event its id. One that states its moment is named by its content, so that it is the same event in whatever
 * file it comes again; one without a moment is an event of this file's row, because the same words may be news later.
 * @param place the run and the row; names events without a moment
 */
export function nameEvent(
  kind: string,
  { sameness, ...event }: MappedEvent,
  place: readonly [run: string, line: number],
): NamedEvent {
  if (event.id !== undefined) return { raw: { ...event, id: event.id } };
  const content = event.at === undefined ? [place, event] : (sameness ?? event);
  const id = `imp-${digestOf(JSON.stringify([kind, event.type, content])).toString(36)}`;
  return { raw: { ...event, id }, digest: digestOf(id) };
}
