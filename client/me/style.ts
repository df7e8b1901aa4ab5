/**
 * The element's own look: the shop's font and colours, wherever it stands, light or dark. A shop changes it by the custom
 * properties that are read here with their defaults.
 */
const STYLE = `
:host { display: block; container-type: inline-size; }
.me, .ask {
  --me-accent: var(--concierge-accent, #2f5a46);
  --me-on-accent: var(--concierge-on-accent, #fff);
  --me-surface: var(--concierge-surface, transparent);
  --me-soft: var(--concierge-soft, color-mix(in srgb, currentColor 74%, transparent));
  --me-line: var(--concierge-line, color-mix(in srgb, currentColor 18%, transparent));
  --me-tint: var(--concierge-tint, color-mix(in srgb, var(--me-accent) 10%, transparent));
  --me-radius: var(--concierge-radius, 14px);
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
h2, h3 { margin: 0; font-family: var(--concierge-heading-font, inherit); font-weight: 600; line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 24px; }
h2:focus { outline: none; }
h3 { font-size: 19px; }
p { margin: 0; }
a { color: inherit; text-underline-offset: 3px; }
img { display: block; }
button, input, select { font: inherit; color: inherit; }
button, summary, .switch { cursor: pointer; }
:focus-visible { outline: 3px solid var(--concierge-focus, #b5893c); outline-offset: 2px; }
.lead { max-width: 68ch; margin: 0 0 22px; min-height: 1.5em; color: var(--me-soft); font-size: 18px; text-wrap: pretty; }
.note { margin: 0 0 18px; padding: 12px 16px; border-radius: 12px; background: var(--me-tint); font-size: 15px; }
.note:empty { display: none; }
.empty { margin: 8px 0 16px; color: var(--me-soft); }
[aria-busy="true"] .empty { opacity: 0.6; }
.choice { padding: 10px 20px; border: 1px solid var(--me-accent); border-radius: 999px; background: transparent; color: inherit; font-weight: 600; }
.choice:hover { background: var(--me-tint); }
.pill { padding: 7px 15px; border: 1px solid var(--me-line); border-radius: 999px; background: var(--me-surface); font-size: 15px; }
.pill:hover { border-color: var(--me-accent); }
.quiet { border: 0; background: none; color: var(--me-soft); font-size: 14px; text-decoration: underline; }
.deeds { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 14px; margin: 0 0 40px; }
.deeds:empty { display: none; }
.deed { display: flex; flex-direction: column; padding: 18px 20px 20px; border: 1px solid var(--me-line); border-radius: var(--me-radius); background: var(--me-surface); }
.deed h2 { font-size: 20px; }
.deed p { flex: 1; margin: 5px 0 14px; color: var(--me-soft); font-size: 15px; }
.columns { display: grid; grid-template-columns: minmax(0, 7fr) minmax(0, 5fr); align-items: start; gap: 64px; }
.jump { display: none; }
.block { margin: 18px 0 34px; }
.from { margin: 2px 0 6px; color: var(--me-soft); font-size: 15px; }
.rows { margin: 0; padding: 0; list-style: none; }
.rows > li { border-top: 1px solid var(--me-line); }
.rows > li:last-child { border-bottom: 1px solid var(--me-line); }
.rows + .quiet { margin-top: 8px; padding: 6px 0; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; padding: 11px 0; }
.row img, .pictures img { flex: none; width: 56px; height: 56px; border-radius: 11px; background: var(--me-line); object-fit: cover; }
.row-text { flex: 1 1 200px; min-width: 0; }
.row > img ~ .row-text { flex-basis: 130px; }
.row-text > * { display: block; width: fit-content; }
.row-text > b { overflow-wrap: anywhere; }
.row-text small, .label { color: var(--me-soft); font-size: 14px; }
.row-text .said { color: inherit; font-weight: 600; }
.row-deeds, .levers > div, .correct { display: flex; flex-wrap: wrap; align-items: end; gap: 8px; }
.correct { width: 100%; }
.correct label { flex: 1 1 180px; color: var(--me-soft); font-size: 14px; }
.correct input, .correct select { display: block; width: 100%; margin-top: 3px; padding: 7px 12px; border: 1px solid var(--me-line); border-radius: 10px; background: var(--me-surface); font-size: 16px; }
.levers summary { width: fit-content; list-style: none; }
.levers summary::-webkit-details-marker { display: none; }
.levers[open] { flex: 1 0 100%; }
.levers[open] > div { margin-top: 9px; }
.levers[open] summary { border-color: var(--me-accent); }
.order { padding: 12px 0 4px; }
.order .row { padding: 8px 0; }
.decision summary { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; padding: 10px 0; }
.decision ul { margin: 0 0 14px; padding-left: 20px; }
.pictures { display: flex; gap: 5px; }
.pictures:empty { display: none; }
.pictures img { width: 40px; height: 40px; border-radius: 8px; }
.switch { display: flex; gap: 14px; padding: 14px 0; border-bottom: 1px solid var(--me-line); }
.switch small { display: block; color: var(--me-soft); font-size: 15px; }
.switch .since { margin-top: 2px; font-size: 13.5px; }
.switch input { flex: none; position: relative; width: 46px; height: 27px; margin: 2px 0 0; border-radius: 999px; background: color-mix(in srgb, currentColor 46%, transparent); appearance: none; transition: background 0.15s; }
.switch input::before { content: ""; position: absolute; top: 3px; left: 3px; width: 21px; height: 21px; border-radius: 50%; background: #fff; transition: transform 0.15s; }
.switch input:checked { background: var(--me-accent); }
.switch input:checked::before { background: var(--me-on-accent); transform: translateX(19px); }
.receipt { margin: 0 0 34px; padding: 26px 30px 28px; border: 1px solid var(--me-accent); border-radius: var(--me-radius); background: var(--me-tint); }
.receipt h2 { margin: 0 0 6px; }
.receipt p { margin: 0 0 14px; }
.receipt dl { display: grid; grid-template-columns: minmax(150px, 1fr) 3fr; gap: 10px 24px; max-width: 900px; }
.receipt dt { font-weight: 600; }
.receipt dd { margin: 0; }
.ask { width: min(520px, calc(100vw - 32px)); padding: 28px 30px; border: 0; border-radius: 20px; background: Canvas; color: CanvasText; box-shadow: 0 20px 60px -20px rgb(0 0 0 / 0.6); }
.ask::backdrop { background: rgb(20 20 20 / 0.5); }
.ask h2 { margin: 0 0 8px; }
.ask p { margin: 0 0 20px; }
.answers { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
@container (max-width: 860px) {
  .columns { grid-template-columns: minmax(0, 1fr); gap: 40px; }
  .jump { display: block; margin: 0 0 26px; padding: 0; border: 0; background: none; text-decoration: underline; text-underline-offset: 3px; }
  .deeds { grid-template-columns: minmax(0, 1fr); gap: 0; margin-bottom: 16px; border-bottom: 1px solid var(--me-line); }
  .deed { display: grid; grid-template-columns: minmax(0, 1fr) 132px; align-items: center; gap: 0 14px; padding: 13px 0; border-width: 1px 0 0; border-radius: 0; background: none; }
  .deed h2 { font-size: 18px; }
  .deed p { margin: 2px 0 0; }
  .deed .choice { grid-column: 2; grid-row: 1 / 3; padding-inline: 8px; font-size: 15px; }
  .receipt { padding: 20px 18px; }
  .receipt dl { grid-template-columns: minmax(0, 1fr); gap: 2px; }
  .receipt dd { margin-bottom: 10px; }
}
@media (prefers-reduced-motion: reduce) { .switch input, .switch input::before { transition: none; } }
`;

let made: CSSStyleSheet | undefined;

/** The look as a sheet that needs no permission of a page's policy; one for all elements of a page. */
export function sheet(): CSSStyleSheet {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(STYLE);
  }
  return made;
}
