#include "tools/krait/explain/page.h"
#include <fmt/format.h>
#include "tools/krait/messages.h"

namespace krait::tools {
namespace {

// In front of the data, and behind it. The data: {"file", "source": [[text, verdict, marks, [[isDone, text, name], …]], …],
// "stages": [[pass, [lines of a function or null, …]], …], "assembly": lines}, where lines are [[text, line of the source], …].
constexpr std::string_view kHead = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>krait explain</title>
<style>
:root { --back: #fff; --text: #1f2328; --faint: #6e7781; --edge: #d0d7de; --fast: #2da44e; --mixed: #bf8700; --general: #cf222e; --chosen: #fff3bf; --bar: #f6f8fa; }
@media (prefers-color-scheme: dark) {
  :root { --back: #0d1117; --text: #e6edf3; --faint: #8b949e; --edge: #30363d; --fast: #3fb950; --mixed: #d29922; --general: #f85149; --chosen: #3b3310; --bar: #161b22; }
}
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; background: var(--back); color: var(--text); font: 13px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 1.2em; align-items: baseline; padding: .5em 1em; background: var(--bar); border-bottom: 1px solid var(--edge); }
header h1 { font-size: 1.1em; margin: 0; }
header span { color: var(--faint); }
header b { font-weight: 600; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: 5fr 4fr 3fr; }
section { min-width: 0; display: flex; flex-direction: column; border-right: 1px solid var(--edge); min-height: 0; }
section h2 { font-size: 1em; margin: 0; padding: .3em .8em; border-bottom: 1px solid var(--edge); display: flex; gap: .6em; align-items: baseline; }
.lines { flex: 1; overflow: auto; padding: .3em 0; font: 12px/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, monospace; white-space: pre; tab-size: 8; }
.lines > div { padding-right: 1em; min-width: max-content; border-left: 4px solid transparent; cursor: default; }
.lines > div[data-line] { cursor: pointer; }
.lines > div[data-line]:hover { background: var(--bar); }
.lines > div.chosen { background: var(--chosen); }
.number { display: inline-block; width: 4.5em; padding-right: 1em; text-align: right; color: var(--faint); user-select: none; }
.marks { display: inline-block; width: 3em; color: var(--faint); }
.fast { border-left-color: var(--fast) !important; } .mixed { border-left-color: var(--mixed) !important; } .general { border-left-color: var(--general) !important; }
b.fast, b.mixed, b.general { border-left: 4px solid; padding-left: .3em; }
.remark { padding-left: 8em; font-family: system-ui, sans-serif; white-space: pre-wrap; min-width: 0 !important; }
.done { color: var(--fast); } .missed { color: var(--mixed); }
.remark i { color: var(--faint); font-style: normal; }
select { font: inherit; }
.label { color: var(--faint); }
</style>
</head>
<body>
<header><h1 id="file"></h1>
<span><b class="fast">fast</b> machine numbers, slots and items by address, calls in place</span>
<span><b class="mixed">mixed</b> some of it</span>
<span><b class="general">general</b> on words, by the runtime</span>
<span><b>c</b> calls other code</span> <span><b>n</b> makes objects</span></header>
<main>
<section><h2>Source</h2><div class="lines" id="source"></div></section>
<section><h2>IR after <select id="stage"></select></h2><div class="lines" id="ir"></div></section>
<section><h2>Assembly</h2><div class="lines" id="assembly"></div></section>
</main>
<script type="application/json" id="data">)html";
constexpr std::string_view kTail = R"html(</script>
<script>
const data = JSON.parse(document.getElementById("data").textContent);
const pane = name => document.getElementById(name);
let chosen = 0;
function put(parent, text, line, kind) {
  const row = document.createElement("div");
  row.textContent = text || " ";
  if (line) row.dataset.line = line;
  if (kind) row.className = kind;
  parent.append(row);
  return row;
}
function part(row, kind, text) {
  const span = document.createElement("span");
  span.className = kind;
  span.textContent = text;
  row.prepend(span);
}
function show(lines, parent) {
  const all = document.createDocumentFragment();
  for (const [text, line] of lines) put(all, text, line, line ? "" : "label");
  parent.replaceChildren(all);
}
function choose(line, from) {
  chosen = line;
  for (const name of ["source", "ir", "assembly"]) {
    let first = null;
    for (const row of pane(name).children) {
      const is = row.dataset.line == line;
      row.classList.toggle("chosen", is);
      if (is && !first) first = row;
    }
    if (first && name != from) first.scrollIntoView({block: "center"});
  }
}
function showStage(number) {
  const functions = [];
  for (let s = 0; s <= number; ++s) data.stages[s][1].forEach((lines, f) => { if (lines) functions[f] = lines; });
  show(functions.flat(), pane("ir"));
  if (chosen) choose(chosen, "source");
}
pane("file").textContent = data.file;
document.title = data.file + " – krait explain";
data.source.forEach(([text, verdict, marks, remarks], n) => {
  const row = put(pane("source"), text, n + 1, verdict);
  part(row, "marks", marks);
  part(row, "number", n + 1);
  for (const [isDone, what, name] of remarks) {
    const remark = put(pane("source"), (isDone ? "✓ " : "✗ ") + what + " ", 0, "remark " + (isDone ? "done" : "missed"));
    const tag = document.createElement("i");
    tag.textContent = name;
    remark.append(tag);
  }
});
data.stages.forEach(([pass], n) => pane("stage").add(new Option(pass, n)));
pane("stage").value = data.stages.length - 1;
pane("stage").onchange = event => showStage(Number(event.target.value));
show(data.assembly, pane("assembly"));
showStage(data.stages.length - 1);
for (const name of ["source", "ir", "assembly"])
  pane(name).onclick = event => { const row = event.target.closest("[data-line]"); if (row) choose(Number(row.dataset.line), name); };
</script>
</body>
</html>
)html";

std::string jsonLines(const std::vector<ListedLine>& lines) {
  std::string out = "[";
  for (const ListedLine& l : lines) out += fmt::format("{}[{},{}]", out.size() == 1 ? "" : ",", jsonText(l.text), l.line);
  return out + "]";
}

/// Inside a script nothing may look like its end.
std::string withoutTags(std::string text) {
  for (size_t at = 0; (at = text.find("</", at)) != std::string::npos; at += 3) text.replace(at, 2, "<\\/");
  for (size_t at = 0; (at = text.find("<!", at)) != std::string::npos; at += 7) text.replace(at, 2, "\\u003c!");
  return text;
}

bool isSame(const std::vector<ListedLine>& a, const std::vector<ListedLine>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto& x, auto& y) { return x.text == y.text && x.line == y.line; });
}

} // namespace

Stage stageOf(std::string_view pass, const ir::core::Module& module, const ir::core::Remarks& remarks, const std::vector<Stage>& before) {
  Stage stage{std::string(pass), {}};
  for (const auto& f : module.functions) {
    std::vector<ListedLine> listing = listingOf(*f, remarks);
    for (auto s = before.rbegin(); s != before.rend(); ++s)
      if (const auto& last = s->functions[f->number]; !last.empty()) {
        if (isSame(last, listing)) listing.clear();
        break;
      }
    stage.functions.push_back(std::move(listing));
  }
  return stage;
}

std::string pageOf(std::string_view filename, const Explanation& explanation, const std::vector<Stage>& stages, const std::vector<ListedLine>& assembly) {
  std::string data = fmt::format("{{\"file\":{},\"source\":[", jsonText(filename));
  for (size_t n = 0; n < explanation.lines.size(); ++n) {
    const LineFacts& facts = explanation.facts[n];
    std::string remarks;
    for (const ir::core::Remark* r : facts.remarks)
      remarks += fmt::format("{}[{},{},{}]", remarks.empty() ? "" : ",", rowOf(r->id).kind == ir::core::RemarkKind::Done, jsonText(r->text()), jsonText(rowOf(r->id).name));
    data += fmt::format("{}[{},\"{}\",\"{}{}\",[{}]]", n ? ",\n" : "", jsonText(explanation.lines[n]), verdictOf(facts), facts.calls ? "c" : "", facts.makes ? "n" : "", remarks);
  }
  data += "],\n\"stages\":[";
  for (const Stage& stage : stages) {
    data += fmt::format("{}[{},[", &stage == stages.data() ? "" : ",\n", jsonText(stage.pass));
    for (const auto& lines : stage.functions) data += fmt::format("{}{}", &lines == stage.functions.data() ? "" : ",", lines.empty() ? "null" : jsonLines(lines));
    data += "]]";
  }
  data += fmt::format("],\n\"assembly\":{}}}", jsonLines(assembly));
  return fmt::format("{}{}{}", kHead, withoutTags(std::move(data)), kTail);
}

} // namespace krait::tools
