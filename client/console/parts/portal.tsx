import type { ComponentChildren } from "preact";
import { createPortal } from "preact/compat";

/** Puts something in front of everything: at the end of the document. The one of Zag's Preact adapter (1.44) calls for React. */
export const Portal = ({ children }: { readonly children: ComponentChildren }) =>
  createPortal(<>{children}</>, document.body);
