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
.slide{{min-height:100vh;min-height:100dvh;padding:3.4vh 4.5vw 0;display:flex;flex-direction:column}}
.slide h1,.slide h2{{hyphens:auto}}
.slide h1{{font-size:2.1rem;max-width:26em;margin-bottom:.35em}}
.slide h2{{font-size:1.6rem;margin-bottom:.6em;padding-bottom:.3em;border-bottom:2px solid {LINE}}}
h1:focus,h2:focus{{outline:none}}
.body{{flex:1;min-height:0;display:flex;flex-direction:column;gap:.8rem}}
.slide .chart{{max-height:54vh}}
.slide .way .chart{{max-height:10.5vh}}
.slide .beside .chart{{max-height:50vh}}
.beside .quiet{{margin-top:1em;font-size:.9rem}}
.slide .pair{{align-items:start}}
.lead{{font-size:1.4rem;max-width:40em}}
.slide .box{{font-size:1.1rem}}
.beside{{display:grid;grid-template-columns:minmax(0,1.35fr) minmax(0,1fr);gap:2rem;align-items:center}}
.stand{{margin-top:1rem;padding:.6rem 0 1.1rem;border-top:1px solid {LINE};font-size:max(.62rem,13px);color:{GREY};
display:flex;gap:1.5em;justify-content:space-between;min-height:3.6rem}}
.js .stand{{padding-right:9.5rem}}
.stand span:last-child{{white-space:nowrap}}
ol,ul{{margin:0;padding-left:1.3em}}
li{{margin:.3em 0}}
.counts{{padding-left:0;max-width:60rem}}
.turn{{display:none}}
details{{font-size:.8rem}}
.table{{font-size:.88rem}}
@media screen{{
.js .slide:not(.on){{display:none}}
.js .turn{{display:flex;gap:.4rem;position:fixed;right:4.5vw;bottom:.7rem}}
.turn button{{font:inherit;font-size:max(.8rem,14px);min-width:44px;min-height:44px;border:1px solid {EDGE};
border-radius:.3em;
background:#fff;color:{ACCENT};cursor:pointer}}
.turn button:disabled{{color:{GREY};border-color:{LINE};cursor:default}}
}}
@media (max-width:700px){{.way,.beside{{grid-template-columns:minmax(0,1fr)}}
.way .value b{{display:inline;margin-right:.6em}}
.lead{{font-size:1.15rem}}.slide{{padding-bottom:3.5rem}}.js .stand{{padding-right:0}}
.slide h1{{font-size:1.6rem}}.slide h2{{font-size:1.3rem}}.stand{{flex-wrap:wrap}}}}
@media print{{@page{{size:A4;margin:14mm 14mm}}html{{font-size:10.5pt}}
.slide{{min-height:0;height:auto;padding:0;margin-bottom:9mm;break-after:auto;break-inside:avoid}}
.slide h1{{font-size:20pt}}.slide h2{{font-size:15pt;margin-bottom:.4em}}
.way .value b{{font-size:1.1em}}.lead{{font-size:1.1rem}}.slide .box{{font-size:1rem}}
.body{{gap:.5rem}}.slide .chart{{max-height:78mm}}.slide .way .chart{{max-height:15mm}}
.js .stand{{padding-right:0}}.stand{{min-height:0;font-size:8pt;margin-top:.5rem;padding-bottom:0}}
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
