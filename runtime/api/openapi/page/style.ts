/** The only style of the page; its hash stands in the page's policy. */
export const style = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --link: light-dark(#0645ad, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; border-right: 1px solid var(--line); font-size: 13px; }
nav ul { list-style: none; margin: .2rem 0 .8rem; padding: 0; }
nav li a { display: block; padding: .1rem 0; overflow-wrap: anywhere; }
main { padding: 1rem 2rem 4rem; max-width: 70rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; }
details:has(:target) { border-color: var(--link); }
:target { scroll-margin-top: 3rem; }
summary { padding: .5rem .8rem; cursor: pointer; display: flex; gap: .8rem; align-items: baseline; flex-wrap: wrap; }
summary code { overflow-wrap: anywhere; }
details > div { padding: 0 .8rem .8rem; border-top: 1px solid var(--line); }
.method { font-weight: 700; min-width: 4rem; }
.get { color: light-dark(#0a6640, #5fd3a2); } .post { color: light-dark(#0645ad, #8ab4f8); }
.patch, .put { color: light-dark(#8a5300, #f0b866); } .delete { color: light-dark(#b00020, #ff8a8a); }
.role { margin-left: auto; font-size: 12px; opacity: .75; }
table { border-collapse: collapse; width: 100%; margin: .3rem 0 1rem; font-size: 14px; }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); }
td:first-child { white-space: nowrap; }
h4 { margin: .8rem 0 .2rem; }
.needed::after { content: " *"; color: light-dark(#b00020, #ff8a8a); }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 1rem; } }
`;
