import type { View } from "../profile/view.ts";

/**
 * What follows from a person's view and something that all share, made once for both: whoever is asked about again and has done
 * nothing since comes with one and the same view. Of what is shared the latest counts, and it goes with the view.
 */
export function perView<S extends object, T>(
  make: (view: View, shared: S) => T,
): (view: View, shared: S) => T {
  const made = new WeakMap<View, { readonly shared: S; readonly what: T }>();
  return (view, shared) => {
    const known = made.get(view);
    if (known?.shared === shared) return known.what;
    const what = make(view, shared);
    made.set(view, { shared, what });
    return what;
  };
}
