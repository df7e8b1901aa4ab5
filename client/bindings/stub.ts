/**
 * The inline stub: keeps calls until the script is there. It stands in the shop's HTML, before the script tag, and in the
 * guides word for word; a test compares them.
 * @example `<script>${STUB}</script>`
 */
export const STUB = "window.concierge ||= function () { (concierge.q ||= []).push(arguments) }";
