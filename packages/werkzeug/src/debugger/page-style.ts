/** The looks of the debugger's pages. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --raised: #ffffff; --sunken: #f4f2ec; --line: #e4e0d6; --ink: #22211e; --dim: #6c685f;
  --accent: #b3261e; --accent-soft: #fbe9e7; --link: #17607a; --mark: #fff3c9; --mark-edge: #d99a00;
  --keyword: #8a2a6b; --string: #2f6b2f; --number: #9a4b00; --comment: #8a857a; --call: #17507a; --type: #5a4a9c;
  --ok: #2f6b2f; --shadow: 0 1px 2px rgb(40 35 20 / .06), 0 4px 16px rgb(40 35 20 / .05);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181b; --raised: #1f2125; --sunken: #191b1e; --line: #33363c; --ink: #e8e6e1; --dim: #9b988f;
    --accent: #ff8a7a; --accent-soft: #3a2321; --link: #7cc7e0; --mark: #3a3317; --mark-edge: #e0b13c;
    --keyword: #e79ad0; --string: #a5d6a0; --number: #f0b27a; --comment: #827f77; --call: #8cc4f0; --type: #c0b3f5;
    --ok: #a5d6a0; --shadow: 0 1px 2px rgb(0 0 0 / .3), 0 4px 16px rgb(0 0 0 / .2);
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif }
code, pre, textarea, .mono { font-family: var(--mono); font-size: 13px; line-height: 1.6; font-variant-ligatures: none; tab-size: 2 }
pre { margin: 0 }
a { color: var(--link) }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px }
.wide { max-width: 1080px; margin: 0 auto; padding: 0 24px }
header { border-top: 4px solid var(--accent); border-bottom: 1px solid var(--line); background: var(--raised); padding: 22px 0 24px }
.bar { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; color: var(--dim); font-size: 13px }
.bar .url { min-width: 0; flex: 1 1 240px; overflow-wrap: anywhere }
.bar b { color: var(--ink); font-weight: 600 }
.status { background: var(--accent); color: var(--raised); border-radius: 999px; padding: 1px 10px; font-weight: 600; font-size: 12px; letter-spacing: .02em }
button { font: inherit; font-size: 13px; color: var(--ink); background: var(--sunken); border: 1px solid var(--line); border-radius: 7px; padding: 4px 12px; cursor: pointer }
button:hover { border-color: var(--dim) }
h1 { margin: 18px 0 0; font-size: 15px; font-weight: 600; color: var(--accent); font-family: var(--mono) }
.message { margin: 4px 0 0; font-size: 25px; line-height: 1.32; font-weight: 600; letter-spacing: -.012em; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 40vh; overflow: auto }
.message.long { font-size: 16px; letter-spacing: 0; font-weight: 500 }
.note { margin: 16px 0 0; padding: 8px 14px; border-left: 3px solid var(--mark-edge); background: var(--mark); border-radius: 0 7px 7px 0; font-size: 14px }
main.wide { padding-top: 22px; padding-bottom: 20px }
h2 { font-size: 13px; font-weight: 600; color: var(--dim); margin: 26px 0 10px; letter-spacing: .01em }
main > h2:first-child { margin-top: 0 }
h2 small { font-weight: 400; font-size: 13px }
.cause { margin-top: 40px; padding-top: 24px; border-top: 1px dashed var(--line) }
.cause .message { font-size: 19px }
.cause h1 { margin-top: 2px }
.relation { font-size: 13px; color: var(--dim); font-weight: 600 }
.frame { background: var(--raised); border: 1px solid var(--line); border-radius: 10px; margin: 0 0 8px; box-shadow: var(--shadow) }
.frame > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; padding: 9px 14px 9px 12px; cursor: pointer; list-style: none; border-radius: 10px }
summary::-webkit-details-marker { display: none }
summary::before { content: ''; flex: none; width: 7px; height: 7px; border: solid var(--dim); border-width: 0 1.6px 1.6px 0; transform: rotate(-45deg) translateY(-1px); transition: transform .12s }
details[open] > summary::before { transform: rotate(45deg) translateY(-2px) }
.frame[open] > summary { border-bottom: 1px solid var(--line); border-radius: 10px 10px 0 0 }
.fn { font-family: var(--mono); font-weight: 600; font-size: 13.5px; overflow-wrap: anywhere }
.where { color: var(--dim); font-size: 13px; overflow-wrap: anywhere; font-family: var(--mono) }
.where b { color: var(--ink); font-weight: 500 }
.tag { font-size: 11.5px; color: var(--dim); border: 1px solid var(--line); border-radius: 999px; padding: 0 8px; align-self: center }
.peek { flex-basis: 100%; padding-left: 17px; color: var(--dim); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; font-family: var(--mono); font-size: 12.5px }
.frame[open] > summary .peek { display: none }
.source { overflow-x: auto; padding: 8px 0; background: var(--sunken) }
.source table { border-collapse: collapse; min-width: 100% }
.source td { padding: 0 16px 0 0; white-space: pre; font-family: var(--mono); font-size: 13px; line-height: 1.62; tab-size: 2 }
.source td:first-child { position: sticky; left: 0; background: var(--sunken); text-align: right; padding: 0 14px 0 16px; color: var(--comment); user-select: none; width: 1%; min-width: 56px; font-size: 12px }
.source tr.now td { background: var(--mark) }
.source tr.now td:first-child { color: var(--ink); font-weight: 600; box-shadow: inset 3px 0 var(--mark-edge) }
.at { text-decoration: underline wavy var(--accent) 1.2px; text-underline-offset: 3px }
.k-keyword { color: var(--keyword) } .k-string { color: var(--string) } .k-number, .k-constant { color: var(--number) }
.k-comment { color: var(--comment); font-style: italic } .k-call { color: var(--call) } .k-type { color: var(--type) }
.v-string { color: var(--string) } .v-number { color: var(--number) } .v-special, .v-module { color: var(--call) }
.v-dim { color: var(--dim) } .v-date { color: var(--keyword) } .v-regexp, .v-error { color: var(--accent) } .v-strong { font-weight: 600 }
.locals { border-top: 1px solid var(--line) }
.locals > summary, .plain > summary { display: flex; gap: 10px; align-items: center; padding: 7px 14px; cursor: pointer; list-style: none; font-size: 13px; color: var(--dim) }
.names { display: grid; grid-template-columns: minmax(70px, max-content) minmax(0, 1fr); margin: 0; padding: 2px 16px 12px 29px; gap: 3px 18px }
.names dt { font-family: var(--mono); font-size: 13px; color: var(--call); overflow-wrap: anywhere }
.names dd { margin: 0; font-family: var(--mono); font-size: 13px; line-height: 1.55; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 11em; overflow: auto }
.console { border-top: 1px solid var(--line); padding: 8px 14px 10px; position: relative }
.log { font-family: var(--mono); font-size: 13px; line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 50vh; overflow: auto }
.log:not(:empty) { padding-bottom: 6px }
.log .in { color: var(--dim) } .log .in::before { content: '› ' ; color: var(--link); font-weight: 700 }
.log .out { padding-left: 2ch }
.prompt { display: flex; gap: 1ch; align-items: flex-start }
.prompt > span { font-family: var(--mono); color: var(--link); font-weight: 700; line-height: 1.6; font-size: 13px; padding-top: 3px }
.prompt textarea { flex: 1; resize: none; border: 0; background: none; color: inherit; outline: none; padding: 3px 0; field-sizing: content; min-height: 26px; min-width: 0; font-size: 13px }
.console:focus-within { background: color-mix(in srgb, var(--link) 4%, transparent) }
.prompt textarea::placeholder { color: var(--comment) }
.choices { display: flex; flex-wrap: wrap; gap: 4px; margin: 6px 0 0; padding: 0; list-style: none; max-height: 8.5em; overflow: auto }
.choices li { font-family: var(--mono); font-size: 12px; padding: 1px 7px; border-radius: 5px; background: var(--sunken); border: 1px solid var(--line); cursor: pointer }
.choices li[aria-selected=true] { background: var(--link); color: var(--raised); border-color: var(--link) }
.library { margin: 0 0 8px; border: 1px solid transparent; border-radius: 10px }
.library > summary { display: flex; gap: 10px; align-items: center; padding: 5px 12px; cursor: pointer; list-style: none; color: var(--dim); font-size: 13px; border-radius: 10px }
.library > summary:hover { background: var(--sunken) }
.library .frame { margin-left: 20px; box-shadow: none; background: none }
.library .fn { font-weight: 400 }
.plain { background: var(--raised); border: 1px solid var(--line); border-radius: 10px; margin-top: 8px }
.plain > summary { padding: 9px 14px }
.plain pre { padding: 12px 16px; border-top: 1px solid var(--line); overflow: auto; max-height: 60vh; user-select: all }
.plain .names { border-top: 1px solid var(--line); padding-top: 10px }
dialog { border: 1px solid var(--line); border-radius: 14px; background: var(--raised); color: var(--ink); padding: 24px; width: min(400px, calc(100vw - 32px)); box-shadow: 0 20px 60px rgb(0 0 0 / .35) }
dialog::backdrop { background: rgb(20 18 14 / .45) }
dialog h3 { margin: 0 0 6px; font-size: 17px } dialog p { margin: 0 0 14px; color: var(--dim); font-size: 14px }
dialog input { width: 100%; font: 20px var(--mono); letter-spacing: .1em; text-align: center; padding: 9px; border: 1px solid var(--line); border-radius: 8px; background: var(--sunken); color: inherit }
dialog .wrong { color: var(--accent); min-height: 1.5em; margin: 8px 0 }
dialog .row { display: flex; justify-content: flex-end; gap: 8px }
dialog .go { background: var(--link); border-color: var(--link); color: var(--raised) }
footer.wide { color: var(--dim); font-size: 13px; padding-top: 26px; padding-bottom: 40px }
kbd { font: 12px var(--mono); border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 5px; background: var(--raised) }
.blank .console { border: 1px solid var(--line); border-radius: 10px; background: var(--raised); box-shadow: var(--shadow); padding: 14px 18px }
.blank .log { max-height: none }
@media (max-width: 640px) {
  .wide { padding: 0 12px } header { padding: 14px 0 18px } .message { font-size: 19px } main.wide { padding-top: 12px }
  .source td { font-size: 12px } .source td:first-child { min-width: 40px; padding: 0 8px 0 8px } .names { grid-template-columns: 1fr; padding-left: 16px; gap: 0 }
  .names dd { padding: 0 0 6px 12px } .where { flex-basis: 100%; padding-left: 17px } .prompt textarea, dialog input { font-size: 16px } .frame > summary { padding: 9px 10px }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
@media print { .console, .bar button { display: none } }
`
