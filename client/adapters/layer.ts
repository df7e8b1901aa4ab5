export type Fields = { readonly [field: string]: unknown };

/**
 * Reads what is in `dataLayer`, and what will be. At once, since a page may be left in the very task that tells of a
 * purchase; whatever is wrong with an entry stays with that entry.
 */
export function watchLayer(read: (entry: Fields) => void): void {
  const each = (entry: unknown): void => {
    try {
      read(entry as Fields);
    } catch {
      // Not ours: an entry without fields, or one that throws when it is read.
    }
  };
  try {
    const page = window as unknown as { dataLayer?: unknown[] };
    const layer = (page.dataLayer ??= []);
    const push = layer.push;
    layer.forEach(each);
    layer.push = function (...entries) {
      entries.forEach(each);
      return push.apply(this, entries);
    };
  } catch {
    // No list, or one that may not be changed: what could be read has been.
  }
}
