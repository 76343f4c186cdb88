/** The style of a graph, light or dark. Every rule applies only inside the graph, in any page. */
export const graphStyle = [
  ".handoff-graph{--paper:#fff;--ink:#1f2328;--soft:#59636e;--frame:#8c959f;--ground:#f6f8fa;--add:#1a7f37;--add-ground:#dafbe1;--change:#9a6700;--change-ground:#fff8c5;--move:#0969da;--move-ground:#ddf4ff;--gone:#cf222e;--gone-ground:#ffebe9;background:var(--paper)}",
  "@media(prefers-color-scheme:dark){.handoff-graph{--paper:#0d1117;--ink:#f0f6fc;--soft:#9198a1;--frame:#656c76;--ground:#151b23;--add:#3fb950;--add-ground:#12261e;--change:#d29922;--change-ground:#272115;--move:#4493f8;--move-ground:#121d2f;--gone:#f85149;--gone-ground:#25171c}}",
  ".handoff-graph text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-anchor:middle;dominant-baseline:central;fill:var(--ink)}",
  ".handoff-graph .key{font-weight:600}",
  ".handoff-graph .name{fill:var(--soft);font-size:12px}",
  ".handoff-graph .node rect,.handoff-graph .node polygon{fill:var(--ground);stroke:var(--frame)}",
  ".handoff-graph .entry rect{stroke-width:2.5}",
  ".handoff-graph .external polygon{stroke-dasharray:4 3}",
  ".handoff-graph .create rect{fill:var(--add-ground);stroke:var(--add)}",
  ".handoff-graph :is(.update,.rename) rect{fill:var(--change-ground);stroke:var(--change)}",
  ".handoff-graph :is(.reuse,.adopt) rect{fill:var(--move-ground);stroke:var(--move)}",
  ".handoff-graph :is(.delete,.forget) rect{fill:var(--gone-ground);stroke:var(--gone)}",
  ".handoff-graph .edge{fill:none;stroke:var(--frame);stroke-width:1.4}",
  ".handoff-graph .edge.added{stroke:var(--add);stroke-width:2.4}",
  ".handoff-graph .edge.removed{stroke:var(--gone);stroke-dasharray:6 4}",
  ".handoff-graph marker path{fill:context-stroke}",
].join("");
