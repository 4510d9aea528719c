"""How the web papers look: one sheet for what both have in common, one more for the slides and one for the site."""

from __future__ import annotations

from metrics.papers.style import ACCENT, GREY, LINE, PALE
from metrics.papers.web_fonts import FAMILY

INK, GROUND, EDGE = "#1d2730", "#eef2f5", "#7c8a96"

_SHARED = f"""
*{{box-sizing:border-box}}
html{{color:{INK};background:#fff;font-family:"{FAMILY}",system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;
line-height:1.4;font-variant-numeric:lining-nums tabular-nums;-webkit-text-size-adjust:100%}}
body{{margin:0;overflow-wrap:anywhere}}
h1,h2,h3{{color:{ACCENT};font-weight:600;line-height:1.15;margin:0;text-wrap:balance}}
h1,h2,h3,p,li,td,th,dt,dd,summary{{unicode-bidi:plaintext;text-align:start}}
p{{margin:0 0 .6em}}
a{{color:{ACCENT};text-underline-offset:.15em}}
a:focus-visible,button:focus-visible,summary:focus-visible,.scroll:focus-visible{{outline:3px solid {ACCENT};
outline-offset:2px}}
svg text{{font-family:inherit}}
.sign{{width:.95em;height:.95em;vertical-align:-.1em;margin-right:.35em;flex:none}}
.badge{{font-weight:600;display:inline-flex;align-items:baseline}}
.row{{display:flex;flex-wrap:wrap;gap:.3em 1.6em;list-style:none;padding:0;margin:0}}
.example{{display:inline-block;font-size:.75em;font-weight:400;color:{GREY};border:1px dashed {EDGE};border-radius:.3em;
padding:0 .4em;white-space:nowrap}}
.quiet,.reason{{color:{GREY}}}
.reason{{font-size:.85em}}
.heard{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.scroll{{overflow-x:auto;position:relative}}
table{{border-collapse:collapse;width:100%}}
caption{{text-align:start;font-weight:600;color:{ACCENT};padding:.4em 0}}
th,td{{padding:.45em .6em;border-bottom:1px solid {LINE};vertical-align:top;overflow-wrap:normal}}
thead th{{border-bottom:2px solid {ACCENT};vertical-align:bottom}}
tbody th{{font-weight:600;min-width:9em}}
th.number,td.number{{text-align:right;white-space:nowrap}}
summary{{cursor:pointer;color:{ACCENT};font-weight:600;padding:.3em 0}}
.box{{background:{PALE};border-left:.3em solid {ACCENT};padding:.7em .9em;border-radius:0 .25em .25em 0}}
.box h3{{font-size:1em;margin:0 0 .3em}}
.box p:last-child{{margin:0}}
.pair{{display:grid;gap:1em;grid-template-columns:repeat(auto-fit,minmax(min(100%,16em),1fr))}}
.counts{{display:grid;gap:.8em;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5em),1fr));
list-style:none;margin:0;padding:0}}
.counts li{{background:{PALE};border-radius:.3em;padding:.6em .8em}}
.counts b{{display:block;font-size:2.4em;line-height:1.1;font-weight:600}}
.way{{display:grid;grid-template-columns:minmax(0,1.3fr) minmax(0,1.15fr) minmax(8em,.66fr);
gap:.2em 1.2em;align-items:center;border-bottom:1px solid {LINE};padding:.25em 0}}
.way .name{{font-weight:600}}
.way .name small{{display:block;font-weight:400;color:{GREY};font-size:.78em}}
.way .value b{{display:block;font-size:1.25em;font-weight:600;line-height:1.2}}
.chart{{display:block;width:100%;height:auto}}
"""

SLIDES = (
    _SHARED
    + f"""
html{{font-size:clamp(16px,min(1.75vw,3.1vh),44px)}}
.slide{{min-height:100vh;padding:1.7rem 2.6rem 0;display:flex;flex-direction:column;background:#fff}}
.slide h1,.slide h2{{hyphens:auto;flex:none}}
.slide h1{{font-size:2.1rem;max-width:26em;margin-bottom:.35em}}
.slide h2{{font-size:1.6rem;margin-bottom:.5em;padding-bottom:.25em;border-bottom:2px solid {LINE}}}
h1:focus,h2:focus{{outline:none}}
.body{{flex:1;min-height:0;display:flex;flex-direction:column;gap:.7em;font-size:calc(1rem*var(--k,1))}}
.body>*{{flex:none}}
.body:focus-visible,#sheet-body:focus-visible,.probe:focus-visible{{outline:3px solid {ACCENT};outline-offset:-2px}}
.slide .chart{{max-height:17.5em}}
.slide .way .chart{{max-height:3.4em}}
.slide .beside .chart{{max-height:16.5em}}
.slide .load{{max-width:44em;margin:0 auto}}
.way .indicator summary{{color:{INK};padding:0;text-decoration:underline;text-decoration-color:{EDGE};
text-decoration-thickness:1px;text-underline-offset:.18em}}
.slide .way{{grid-template-columns:minmax(0,1fr) minmax(0,1.05fr) 11em}}
.way .value{{hyphens:auto}}
.slide .way .bullet{{overflow:visible}}
.slide .way .bullet text{{font-size:18px}}
.slide .way:has(details[open]){{grid-template-columns:minmax(0,1fr)}}
.way details{{font-size:1em}}
.way details[open]>:not(summary){{font-weight:400}}
.beside .quiet{{margin-top:1em;font-size:.9em}}
.slide .pair{{align-items:start}}
.lead{{font-size:1.4em;max-width:40em}}
.slide .box{{font-size:1.1em}}
.beside{{display:grid;grid-template-columns:minmax(0,1.35fr) minmax(0,1fr);gap:2em;align-items:center}}
.stand{{flex:none;margin:.6rem 0 0;padding:.5rem 0 0;border-top:1px solid {LINE};font-size:max(.62rem,12px);
line-height:1.25;color:{GREY};display:flex;gap:1.5em;justify-content:space-between;height:3.1rem}}
.js .stand{{padding-right:max(13.6rem,300px)}}
.stand span:last-child{{white-space:nowrap}}
.closed{{color:#fff;background:#8a1040;border-radius:.25em;padding:0 .45em}}
ol,ul{{margin:0;padding-left:1.3em}}
li{{margin:.3em 0}}
.counts{{padding-left:0;max-width:60em}}
.turn,#sheet-stand{{display:none}}
details{{font-size:.8em}}
.row>details{{min-width:0;max-width:100%}}
.table{{font-size:.88em}}
.table details{{font-size:1em}}
.table summary{{padding:0}}
.facts{{margin:0;display:grid;gap:.35em .9em;grid-template-columns:auto minmax(0,1fr)}}
.facts div{{display:contents}}.facts dt{{color:{GREY}}}.facts dd{{margin:0;font-weight:600}}
.why .badge{{font-size:1.15em}}
.why p{{margin:.2em 0 .8em}}
.course-of{{display:grid;gap:1.4rem;grid-template-columns:minmax(0,1.7fr) minmax(0,1fr);align-items:start}}
.readout:empty{{display:none}}
.readout{{font-size:1.25em;font-weight:600;color:{ACCENT};margin:0}}
tr.here>*{{background:{PALE};box-shadow:inset .25em 0 0 {ACCENT}}}
tr.here>*~*{{box-shadow:none}}
svg.course text{{fill:{INK};font-size:13px}}.course path,.course polyline{{fill:none}}
svg .here{{fill:none;stroke:{INK};stroke-width:1.6}}
.probe{{touch-action:pan-y}}
.points{{margin-top:.6em}}
dialog{{color:{INK};border:0;padding:0}}
#sheet{{width:min(94vw,var(--w,94vw)*.95);height:min(94vh,var(--h,94vh)*.95);max-width:none;max-height:none;
border-radius:.4rem;box-shadow:0 0 3rem #0008;font-size:.95rem}}
#sheet[open]{{display:flex;flex-direction:column}}
#sheet::backdrop{{background:#0e1720b3}}
.sheet-head{{display:flex;gap:1em;justify-content:space-between;align-items:start;padding:1rem 1.4rem .6rem;
border-bottom:2px solid {LINE}}}
.sheet-head h2{{font-size:1.35rem;hyphens:auto}}
.sheet-head button{{display:inline-flex;align-items:center;gap:.4em;flex:none;white-space:nowrap}}
#sheet-body{{flex:1;min-height:0;overflow:auto;padding:1rem 1.4rem}}
#sheet-body>.facts{{font-size:1.3em}}
.beside-it{{margin-top:1.2rem}}
#sheet #sheet-stand{{display:block;margin:0;padding:.4rem 1.4rem;border-top:1px solid {LINE};font-size:max(.62rem,12px);
color:{GREY}}}
#dark{{width:100vw;height:100vh;max-width:none;max-height:none;background:#000;cursor:none}}
#dark::backdrop{{background:#000}}
@media screen{{
.js .slide:not(.on){{display:none}}
.js .turn{{display:flex;gap:.3rem;position:fixed;z-index:1;align-items:center}}
.turn button,.turn summary,.sheet-head button{{font:inherit;font-size:max(.7rem,14px);min-width:max(1.6rem,40px);
min-height:max(1.6rem,40px);padding:0 .3em;border:1px solid {EDGE};border-radius:.3em;background:#fff;color:{ACCENT};
cursor:pointer;display:inline-flex;align-items:center;justify-content:center}}
.turn details{{font-size:1em}}
.turn summary{{list-style:none;font-weight:600}}
.turn summary::-webkit-details-marker{{display:none}}
.turn button:disabled{{color:{GREY};border-color:{LINE};cursor:default}}
.turn [hidden]{{display:none}}
.wide .on-high,html:not(.wide) .on-wide{{display:none}}
#asked:empty{{display:none}}
#asked{{font-size:1.6rem;font-weight:600;color:#fff;background:{ACCENT};border-radius:.2em;padding:0 .5em}}
.js .slide summary{{list-style:none}}
.js .slide summary::-webkit-details-marker{{display:none}}
.js .slide summary::before{{content:"";display:inline-block;width:.42em;height:.42em;margin:0 .45em .08em 0;
border:solid {ACCENT};border-width:0 .14em .14em 0;transform:rotate(-45deg)}}
.js .way .chart,.js .matrix,.js .load{{cursor:zoom-in}}
}}
@media screen and (min-width:700.1px) and (min-height:480.1px){{
html.js{{--h:min(100vh,75vw);--w:calc(var(--h)*4/3);--u:calc(var(--w)/50);
font-size:var(--u);background:#0e1720}}
html.js.wide{{--h:min(100vh,56.25vw);--w:calc(var(--h)*16/9);--u:calc(var(--w)/58)}}
.js body{{height:100vh;overflow:hidden;display:grid;place-items:center}}
.js .slide{{width:var(--w);height:var(--h);min-height:0}}
.js .body{{overflow-y:auto;overflow-x:hidden}}
.js .turn{{right:calc(50vw - var(--w)/2 + 2.6*var(--u));bottom:calc(50vh - var(--h)/2 + .6*var(--u))}}
@media (hover:hover){{:fullscreen .turn{{opacity:0}}
:fullscreen .turn:hover,:fullscreen .turn:focus-within{{opacity:1}}}}
}}
@media (max-width:700px),(max-height:480px){{html.js{{font-size:16px}}.slide{{padding:1rem 1rem 4.2rem}}
.slide .way,.beside,.course-of{{grid-template-columns:minmax(0,1fr)}}
.way .value b{{display:inline;margin-right:.6em}}
.lead{{font-size:1.15em}}.js .stand{{padding-right:0}}.slide .chart,.slide .way .chart{{max-height:none}}
.slide h1{{font-size:1.6rem}}.slide h2{{font-size:1.3rem}}.stand{{flex-wrap:wrap;height:auto}}
.js .turn{{left:0;right:0;bottom:0;background:#fff;border-top:1px solid {LINE};padding:.4rem 1rem;
justify-content:space-between}}.js #ratio{{display:none}}
.slide .body>.scroll table,.slide .table table{{min-width:34em}}
#sheet{{width:100vw;height:100vh;height:100dvh;border-radius:0;font-size:1rem}}}}
@media print{{@page{{size:A4;margin:14mm 14mm}}html{{font-size:10.5pt}}
.slide{{min-height:0;height:auto;padding:0;margin-bottom:9mm;break-after:auto;break-inside:avoid}}
.slide h1{{font-size:20pt}}.slide h2{{font-size:15pt;margin-bottom:.4em}}
.way .value b{{font-size:1.1em}}.lead{{font-size:1.1em}}.slide .box{{font-size:1em}}
.body{{gap:.5em;font-size:1em}}.slide .chart{{max-height:78mm}}.slide .way .chart{{max-height:15mm}}
.js .stand{{padding-right:0}}.stand{{height:auto;font-size:8pt;margin-top:.5rem;padding-bottom:0}}
.closed{{color:{INK};background:none;padding:0}}
*{{print-color-adjust:exact;-webkit-print-color-adjust:exact}}}}
"""
).replace("\n", "")

SITE = (
    _SHARED
    + f"""
html{{font-size:17px;background:{GROUND}}}
.skip{{position:absolute;left:-999em;background:#fff;padding:.6em 1em}}
.skip:focus{{left:.5em;top:.5em;z-index:2}}
header,main,footer{{padding:0 max(1rem,calc(50vw - 33rem))}}
header{{background:{ACCENT};color:#fff;padding-top:1rem;padding-bottom:.2rem}}
header p{{margin:0}}
header .site{{font-size:1.2rem;font-weight:600}}
header a{{color:#fff}}
header a:focus-visible{{outline-color:#fff}}
nav ul{{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.4em;margin:.5em 0 0;padding:0}}
nav a{{display:inline-block;padding:.6em 0}}
nav [aria-current]{{font-weight:600;text-decoration-thickness:.2em}}
main{{padding-top:1.6rem;padding-bottom:2.5rem}}
main>*+*{{margin-top:1.2rem}}
h1{{font-size:1.9rem}}h2{{font-size:1.35rem;margin-bottom:.5em}}h3{{font-size:1.1rem;margin-bottom:.4em}}
.card{{background:#fff;border:1px solid {LINE};border-radius:.4em;padding:1.1rem 1.2rem}}
.card>*+*{{margin-top:.7em}}
.card>:last-child{{margin-bottom:0}}
.cards{{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));
list-style:none;padding:0;margin:0}}
.cards .card h3{{margin:0}}
.counts li{{background:#fff;border:1px solid {LINE}}}
.split{{display:grid;gap:1rem 2rem;
grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));align-items:start}}
.card .load,.card .matrix{{max-width:40rem}}
main>.box,main>.pair .box{{background:#fff;border:1px solid {LINE};border-left:.3em solid {ACCENT}}}
h1{{hyphens:auto}}
.values{{display:flex;flex-wrap:wrap;gap:.3em 2em;margin:0}}
.values div{{min-width:6em}}.values dt{{color:{GREY};font-size:.85em}}.values dd{{margin:0;font-weight:600}}
.table,details table{{font-size:.9rem}}
footer{{background:#fff;border-top:1px solid {LINE};padding-top:1rem;padding-bottom:1.5rem;
font-size:.9rem;color:{GREY}}}
ul,ol{{padding-left:1.3em}}li{{margin:.3em 0}}
@media (max-width:700px){{html{{font-size:16px}}.way{{grid-template-columns:1fr}}}}
@media print{{html{{background:#fff;font-size:11pt}}nav,.skip{{display:none}}
header{{background:none;color:{INK}}}.card{{break-inside:avoid}}}}
"""
).replace("\n", "")
