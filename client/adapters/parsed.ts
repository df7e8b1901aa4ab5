/** Acts when the document has been parsed: a script in the head runs before there is anything to read. */
export function whenParsed(act: () => void): void {
  if (document.readyState == "loading") document.addEventListener("DOMContentLoaded", act);
  else act();
}
