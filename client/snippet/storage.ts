/** Everything we may keep on a device, by its name there. */
export type StorageName =
  | "concierge.consent"
  | "concierge.visitor"
  | "concierge.newcomer"
  | `concierge.queue.${string}`;

// Stands in where storage is full or forbidden: the page then works, and forgets when it is left.
const memory: { [name in StorageName]?: string | undefined } = {};

/** Text kept under a name, or nothing. */
export function read(name: StorageName): string | undefined {
  let text: string | null | undefined;
  try {
    text = localStorage.getItem(name);
  } catch {}
  return text ?? memory[name];
}

/** Keeps a text, or forgets the name when there is none; `isBrief`: only as long as this page is open. */
export function write(name: StorageName, text?: string, isBrief?: unknown): void {
  memory[name] = text;
  try {
    // First removed: where the new value does not fit, the old one must not be read in its place.
    localStorage.removeItem(name);
    if (text && !isBrief) localStorage.setItem(name, text);
  } catch {}
}

/** Names of the events that are kept, whichever page kept them. */
export function keptEvents(): StorageName[] {
  let names: string[] = [];
  try {
    names = Object.keys(localStorage);
  } catch {}
  return names.filter((name) => name.startsWith("concierge.queue")) as StorageName[];
}

/** Reads JSON that somebody else may have written: what cannot be read is absent. */
export function parse<T>(text: string | null | undefined): T | undefined {
  try {
    return JSON.parse(text!);
  } catch {}
}
