/** Everything we may keep on a device, each under `concierge.<name>`. */
export type StorageName = "consent" | "visitor" | "queue" | "stream";

// Stands in where storage is full or forbidden: the page then works, and forgets when it is left.
const memory: { [name in StorageName]?: string } = {};

/** Text kept under a name, or nothing. */
export function read(name: StorageName): string | undefined {
  let text: string | null | undefined;
  try {
    text = localStorage.getItem("concierge." + name);
  } catch {}
  return text ?? memory[name];
}

/** Keeps a text, or forgets the name when there is none. */
export function write(name: StorageName, text = ""): void {
  memory[name] = text;
  try {
    // First removed: where the new value does not fit, the old one must not be read in its place.
    localStorage.removeItem("concierge." + name);
    if (text) localStorage.setItem("concierge." + name, text);
    memory[name] = "";
  } catch {}
}

/** Reads JSON that somebody else may have written: what cannot be read is absent. */
export function parse<T>(text: string | null | undefined): T | undefined {
  try {
    return JSON.parse(text!);
  } catch {}
}
