export type Fields = { readonly [field: string]: unknown };

/**
 * Reads what is in `dataLayer`, and what will be. At once, since a page may be left in the very task that tells of a
 * purchase; whatever is wrong with an entry stays with that entry.
 */
export function watchLayer(read: (entry: Fields) => void): void {
  const page = window as unknown as { dataLayer?: unknown[] };
  const layer = (page.dataLayer ??= []);
  const push = layer.push;
  const each = (entry: unknown): void => {
    try {
      read(entry as Fields);
    } catch {
      // Not ours: an entry without fields, or one that throws when it is read.
    }
  };
  layer.forEach(each);
  layer.push = function (...entries) {
    entries.forEach(each);
    return push.apply(this, entries);
  };
}
