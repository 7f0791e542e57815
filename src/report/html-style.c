/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html-style.c - how the page looks: on a screen, in the dark, on A4
 *
 * Text has a contrast of at least 4.5 on what is behind it, in both schemes. Mine and
 * theirs differ in more than colour: filled and hollow, solid and outlined.
 */
#include "report/html.h"

#define LIGHT                                                                          \
    "--bg:#fff;--fg:#1b1b1b;--soft:#595959;--line:#8c8c8c;--rule:#dcdcdc;"             \
    "--mine:#0b5cad;--theirs:#a33d00;--late:#b00020;"                                  \
    "--h1:#e3eefa;--h2:#bcd8f5;--h3:#8fbef0;--h4:#2668ab;--h5:#0b3f78;"                \
    "--on-low:#1b1b1b;--on-high:#fff;"
#define DARK                                                                           \
    "--bg:#16181c;--fg:#e8e8e8;--soft:#b4b4b4;--line:#8c8c8c;--rule:#3a3d44;"          \
    "--mine:#7db8f5;--theirs:#f5a26b;--late:#ff8a95;"                                  \
    "--h1:#1d2a38;--h2:#223d59;--h3:#2b5580;--h4:#8fbef0;--h5:#cfe5fb;"                \
    "--on-low:#f4f4f4;--on-high:#101010;"

const char RP_HTML_STYLE[] =
    ":root{color-scheme:light dark;" LIGHT "}"
    "@media (prefers-color-scheme:dark){:root{" DARK "}}"
    "@page{size:A4;margin:15mm}"
    "*{box-sizing:border-box}"
    "body{margin:0 auto;padding:0 1rem;max-width:62rem;background:var(--bg);"
    "color:var(--fg);font:1rem/1.5 system-ui,sans-serif;"
    "font-variant-numeric:tabular-nums;overflow-wrap:anywhere}"
    "h1{font-size:1.6rem;margin:1.2rem 0 .2rem}"
    "h2{font-size:1.2rem;margin:2rem 0 .4rem;border-bottom:1px solid var(--rule)}"
    "h3{font-size:1rem;margin:1rem 0 .2rem}"
    "p{margin:.3rem 0;max-width:46rem}"
    "header p,footer p,.note{color:var(--soft)}"
    ".lead{font-size:1.15rem}"
    ".scroll{overflow-x:auto;margin:.6rem 0}"
    "table{border-collapse:collapse;font-size:.9rem;overflow-wrap:normal}"
    "caption{text-align:left;color:var(--soft);padding:.2rem 0}"
    "th,td{padding:.15rem .6rem .15rem 0;text-align:right;font-weight:normal;"
    "vertical-align:top;white-space:nowrap;border-bottom:1px solid var(--rule)}"
    "thead th{font-weight:600;vertical-align:bottom;white-space:normal}"
    "th[scope=row],thead :first-child{text-align:left}"
    ".words,thead .words{text-align:left}"
    "td.words{padding-right:1rem}"
    "td.words:last-child{white-space:normal;min-width:12rem;overflow-wrap:anywhere}"
    "th[scope=row]{max-width:16rem;overflow:hidden;text-overflow:ellipsis}"
    ".beside th[scope=row]{max-width:9.5rem}"
    ".late{color:var(--late);font-weight:600}"
    ".pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));"
    "gap:0 2rem}"
    ".beside{display:grid;grid-template-columns:minmax(0,22rem) minmax(0,1fr);"
    "gap:0 2rem}"
    "@media screen and (max-width:50rem){.beside{grid-template-columns:minmax(0,1fr)}}"
    ".pair>*,.beside>*{min-width:0}"
    "figure{margin:.4rem 0;max-width:34rem}"
    "figcaption{color:var(--soft);font-size:.9rem}"
    "svg{display:block;width:100%;height:auto;font-size:11px}"
    "svg text{fill:var(--fg)}"
    "svg .name{unicode-bidi:isolate}"
    "svg .grid{stroke:var(--rule);stroke-width:1}"
    "svg .limit{stroke:var(--line);stroke-width:1;stroke-dasharray:2 3}"
    "svg .mine{stroke:var(--mine);fill:none;stroke-width:2}"
    "svg .theirs{stroke:var(--theirs);fill:none;stroke-width:2}"
    "svg .mine.dot,svg .mine.bar{fill:var(--mine)}"
    "svg .theirs.bar{stroke-width:1.5}"
    "svg .band{stroke:none;opacity:.22}"
    "svg .mine.band{fill:var(--mine)}"
    "svg .theirs.band{fill:var(--theirs)}"
    "svg .only{stroke-width:1.5;stroke-dasharray:5 3}"
    "svg .link{stroke:var(--line);stroke-width:1}"
    ".heat td,.heat th{padding:.1rem .25rem;text-align:center;border:1px solid "
    "var(--bg);min-width:1.7rem}"
    ".heat .l0{color:var(--soft)}"
    ".heat .l1{background:var(--h1);color:var(--on-low)}"
    ".heat .l2{background:var(--h2);color:var(--on-low)}"
    ".heat .l3{background:var(--h3);color:var(--on-low)}"
    ".heat .l4{background:var(--h4);color:var(--on-high)}"
    ".heat .l5{background:var(--h5);color:var(--on-high)}"
    "footer{margin:2rem 0}"
    "@media screen and "
    "(max-width:30rem){table{font-size:.8rem}th,td{padding-right:.4rem}}"
    "@media print{:root{color-scheme:light;" LIGHT "}"
    "body{max-width:none;padding:0;font-size:9.5pt}"
    ".scroll{overflow:visible}"
    "table{font-size:8pt}"
    "th,td{padding-right:.35rem}"
    ".heat td,.heat th{padding:.05rem;min-width:1.35rem;"
    "print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    ".pair{grid-template-columns:1fr 1fr}"
    ".beside{grid-template-columns:14rem 1fr;gap:0 1rem}"
    "figure,tr,h2,h3,caption{break-inside:avoid}"
    "h2,h3,caption{break-after:avoid}"
    "thead{display:table-header-group}}";
