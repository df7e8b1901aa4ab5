/**
 * The panel's clothes: a sheet at the foot of a phone, a card in the corner of a desk. What is important is so against
 * the page's own rules, which would win over `:host` otherwise.
 */
export const STYLE = `
:host {
  all: initial !important; direction: ltr !important; position: fixed !important; color-scheme: dark !important;
  /* One below the highest place, which a page may need for its question about consent. */
  z-index: 2147483646 !important; right: 16px !important; bottom: 16px !important;
  width: min(480px, calc(100vw - 32px)) !important;
  --ink: #e8edf4; --soft: #a3b1c2; --back: #10151c; --raised: #18202a; --line: #2b3747; --link: #8ccbff;
  --good: #7fdcaa; --calm: #8ccbff; --warn: #f5c860; --bad: #ffa198; --quiet: #b6c2d0; --held: #cdb4ff;
}
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
details {
  background: var(--back); color: var(--ink); border: 1px solid var(--line); border-radius: 14px; overflow: hidden;
  box-shadow: 0 1px 2px #0008, 0 16px 48px #0009; font: 13px/1.5 system-ui, sans-serif;
}
code, pre, .mono { font: 12px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
summary {
  display: flex; align-items: center; gap: 8px; min-height: 44px; padding: 6px 14px; cursor: pointer; list-style: none;
}
summary::-webkit-details-marker { display: none; }
summary b { font-weight: 650; letter-spacing: .01em; margin-right: auto; }
summary::after {
  content: ""; width: 7px; height: 7px; margin: -4px 2px 0 6px; border: solid var(--soft); border-width: 0 2px 2px 0;
  transform: rotate(45deg);
}
details:not([open]) summary::after { margin-top: 4px; transform: rotate(225deg); }
.body { display: flex; flex-direction: column; height: min(600px, calc(100vh - 96px)); border-top: 1px solid var(--line); }
.note { padding: 8px 14px; background: #2e2612; color: #ffe4a6; border-bottom: 1px solid #5a4a1e; }
.errors { max-height: 35%; overflow: auto; background: #2b1a1c; border-bottom: 1px solid #5b3136; padding: 8px 14px; }
.errors h2 { font-size: 12px; color: var(--bad); }
.errors li { padding: 4px 0; }
.errors strong { color: #ffd6d1; font-weight: 600; }
[role=tablist] { display: flex; gap: 2px; padding: 0 8px; border-bottom: 1px solid var(--line); }
[role=tab] {
  flex: 1 0 auto; min-height: 40px; padding: 0 8px; border: 0; border-bottom: 2px solid transparent; background: none;
  color: var(--soft); font: 600 13px system-ui, sans-serif; cursor: pointer;
}
[role=tab]:hover { color: var(--ink); }
[role=tab][aria-selected=true] { color: var(--ink); border-color: var(--link); }
[role=tab] span { margin-left: 5px; font-weight: 400; font-size: 12px; color: var(--soft); font-variant-numeric: tabular-nums; }
[role=tab] .alert { color: var(--warn); font-weight: 600; }
[role=tabpanel] { flex: 1; overflow: auto; padding: 12px 14px 16px; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
ol, ul { padding: 0; list-style: none; }
h2 { font: 600 13px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h2 .mono { font-size: 13px; font-weight: 600; }
.soft { color: var(--soft); }
.lead { color: var(--soft); margin-bottom: 10px; }
.title { margin-bottom: 8px; } .part { margin-top: 20px; margin-bottom: 8px; }
li, p, dd, td, pre { overflow-wrap: anywhere; }
.badge { display: inline-block; padding: 0 7px; border-radius: 99px; border: 1px solid; font: 600 11px/18px system-ui, sans-serif; white-space: nowrap; }
.good { color: var(--good); } .calm { color: var(--calm); } .warn { color: var(--warn); } .bad { color: var(--bad); }
.quiet { color: var(--quiet); } .held { color: var(--held); }
.slots > li { border: 1px solid var(--line); border-radius: 10px; padding: 10px 12px; background: var(--raised); }
.slots > li + li { margin-top: 10px; }
.slots li li { padding: 6px 0 0; }
.slots .picks { margin-top: 6px; border-top: 1px solid var(--line); padding-top: 2px; }
.picks .soft { display: block; padding-left: 1.6em; }
.arms { display: inline-flex; flex-wrap: wrap; gap: 4px; margin-left: 6px; vertical-align: middle; }
.arms a { display: inline-block; padding: 2px 9px; border: 1px solid var(--line); border-radius: 7px; text-decoration: none; }
.arms a:hover { border-color: var(--link); }
.arms a[aria-current] { background: var(--link); border-color: var(--link); color: #0c141d; font-weight: 600; }
a { color: var(--link); text-underline-offset: 2px; }
.events > li { border-bottom: 1px solid var(--line); padding: 2px 0; }
.row { display: flex; align-items: center; gap: 10px; width: 100%; min-height: 34px; padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
.row time { color: var(--soft); } .row .type { flex: 1; font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
.row:hover .type { text-decoration: underline; text-underline-offset: 2px; }
.events p { padding: 0 0 6px; }
pre { white-space: pre-wrap; max-height: 220px; overflow: auto; margin-bottom: 8px; padding: 8px 10px; border-radius: 8px; background: #0a0e13; color: #cfdae7; }
table { width: 100%; border-collapse: collapse; margin-bottom: 12px; }
th, td { text-align: left; padding: 7px 10px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
thead th { color: var(--soft); font-size: 12px; } tbody th { min-width: 84px; }
tbody tr:last-child th, tbody tr:last-child td { border-bottom: 0; border-top: 2px solid var(--line); font-weight: 650; }
dl { display: grid; grid-template-columns: 92px 1fr; gap: 6px 10px; }
dt { color: var(--soft); }
.wrong li { padding: 8px 10px; border: 1px solid #5a4a1e; background: #241f12; color: #ffe4a6; border-radius: 8px; }
.wrong li + li { margin-top: 6px; }
.fine { color: var(--good); }
form, footer { display: flex; align-items: center; gap: 8px; }
form { margin-top: 12px; } form label { flex: 1; color: var(--soft); }
input { display: block; width: 100%; min-height: 34px; margin-top: 4px; padding: 0 10px; border: 1px solid #5c6c80; border-radius: 8px; background: #0a0e13; color: var(--ink); font: 12px ui-monospace, Menlo, Consolas, monospace; }
form button { align-self: flex-end; }
footer { padding: 8px 14px; border-top: 1px solid var(--line); background: var(--raised); }
.act { min-height: 34px; padding: 0 14px; border: 1px solid #5c6c80; border-radius: 8px; background: #212c39; color: var(--ink); font: 600 13px system-ui, sans-serif; cursor: pointer; }
.act:hover { background: #2b3949; }
:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
.arms a:focus-visible, .act:focus-visible { outline-offset: 2px; }
@media (max-width: 560px) {
  :host { left: 0 !important; right: 0 !important; bottom: 0 !important; width: auto !important; }
  details { border-width: 1px 0 0; border-radius: 14px 14px 0 0; padding-bottom: env(safe-area-inset-bottom); }
  .body { height: min(58vh, 520px); }
  .row, [role=tab], .act, input { min-height: 44px; }
  .arms a { padding: 6px 12px; }
}
@media print { :host { display: none !important; } }
`;
