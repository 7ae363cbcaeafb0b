#include "tools/krait/explain/page.h"
#include <fmt/format.h>
#include <unordered_map>
#include "tools/krait/messages.h"

namespace krait::tools {
namespace {

// In front of the data, and behind it. The data: {"file", "title", "source": [[text, verdict, marks, [[isDone, text, name], …]], …],
// "stages": [[name, isContinued, [lines of a part or null, …]], …], "panes": [[first, end, shown], …], "texts": [text, …]}, where lines are
// [number of the text, line of the source, …]: passes and the machine say the same over and over.
constexpr std::string_view kHead = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>krait</title>
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
main { flex: 1; min-height: 0; display: grid; grid-template-columns: 4fr 4fr 4fr; }
section { min-width: 0; display: flex; flex-direction: column; border-right: 1px solid var(--edge); min-height: 0; }
section h2 { font-size: 1em; margin: 0; padding: .3em .8em; border-bottom: 1px solid var(--edge); display: flex; gap: .6em; align-items: baseline; }
.lines { flex: 1; overflow: auto; padding: .3em 0; font: 12px/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, monospace; white-space: pre; tab-size: 8; }
.part { content-visibility: auto; min-width: max-content; }
.row { padding-right: 1em; min-width: max-content; border-left: 4px solid transparent; cursor: default; }
.row[data-line] { cursor: pointer; }
.row[data-line]:hover { background: var(--bar); }
.row.chosen { background: var(--chosen); }
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
<main><section><h2>Source</h2><div class="lines" id="source"></div></section></main>
<script type="application/json" id="data">)html";
constexpr std::string_view kTail = R"html(</script>
<script>
const data = JSON.parse(document.getElementById("data").textContent);
const main = document.querySelector("main"), source = document.getElementById("source");
const panes = [source];
let chosen = 0;
function make(parent, tag, kind, text) {
  const made = document.createElement(tag);
  made.className = kind;
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}
function put(parent, text, line, kind) {
  const row = make(parent, "div", "row " + kind, text || " ");
  if (line) row.dataset.line = line;
  return row;
}
function before(row, kind, text) {
  const span = make(row, "span", kind, String(text));
  row.prepend(span);
}
function mark(pane, scrolls) {
  for (const row of pane.querySelectorAll(".chosen")) row.classList.remove("chosen");
  const rows = pane.querySelectorAll(`[data-line="${chosen}"]`);
  for (const row of rows) row.classList.add("chosen");
  if (rows.length && scrolls) rows[0].scrollIntoView({block: "center"});
}
function choose(line, from) {
  chosen = line;
  for (const pane of panes) mark(pane, pane != from);
}
function show(number, pane) {
  let first = number;
  while (data.stages[first][1]) --first;
  const parts = [];
  for (let s = first; s <= number; ++s) data.stages[s][2].forEach((lines, n) => { if (lines) parts[n] = lines; });
  const all = document.createDocumentFragment();
  for (const lines of parts) {
    if (!lines) continue;
    const part = make(all, "div", "part", "");
    part.style.containIntrinsicHeight = `auto ${lines.length / 2 * 1.5}em`;
    for (let n = 0; n < lines.length; n += 2) put(part, data.texts[lines[n]], lines[n + 1], lines[n + 1] ? "" : "label");
  }
  pane.replaceChildren(all);
  if (chosen) mark(pane, true);
}
document.getElementById("file").textContent = data.file;
document.title = data.file + " – " + data.title;
data.source.forEach(([text, verdict, marks, remarks], n) => {
  const row = put(source, text, n + 1, verdict);
  before(row, "marks", marks);
  before(row, "number", n + 1);
  for (const [isDone, what, name] of remarks)
    make(put(source, (isDone ? "✓ " : "✗ ") + what + " ", 0, "remark " + (isDone ? "done" : "missed")), "i", "", name);
});
for (const [first, end, shown] of data.panes) {
  const section = make(main, "section", "", "");
  const choice = make(make(section, "h2", "", ""), "select", "", "");
  for (let n = first; n < end; ++n) choice.add(new Option(data.stages[n][0], n));
  const pane = make(section, "div", "lines", "");
  panes.push(pane);
  choice.value = shown;
  choice.onchange = () => show(Number(choice.value), pane);
  show(shown, pane);
}
for (const pane of panes)
  pane.onclick = event => { const row = event.target.closest("[data-line]"); if (row) choose(Number(row.dataset.line), pane); };
</script>
</body>
</html>
)html";

/// Lines as the page has them, and the texts that they are of.
class Texts {
public:
  std::string numbersOf(const std::vector<ListedLine>& lines) {
    std::string out = "[";
    for (const ListedLine& l : lines) {
      const auto [at, isNew] = numbers_.try_emplace(l.text, numbers_.size());
      if (isNew) json_ += fmt::format("{}{}", json_.empty() ? "" : ",", jsonText(l.text));
      out += fmt::format("{}{},{}", out.size() == 1 ? "" : ",", at->second, l.line);
    }
    return out + "]";
  }

  std::string json() const { return fmt::format("[{}]", json_); }

private:
  std::unordered_map<std::string, size_t> numbers_;
  std::string json_;
};

/// Inside a script nothing may look like its end.
std::string withoutTags(std::string text) {
  for (size_t at = 0; (at = text.find("</", at)) != std::string::npos; at += 3) text.replace(at, 2, "<\\/");
  for (size_t at = 0; (at = text.find("<!", at)) != std::string::npos; at += 7) text.replace(at, 2, "\\u003c!");
  return text;
}

} // namespace

void addIr(std::vector<Stage>& stages, std::string_view pass, const ir::core::Module& module, const ir::core::Remarks& remarks) {
  Stage stage{pass.empty() ? "IR as built" : fmt::format("IR after {}", pass), !pass.empty(), {}};
  bool isChanged = !stage.isContinued;
  auto isAsBefore = [&](const std::vector<ListedLine>& listing) {
    if (!stage.isContinued) return false;
    for (auto s = stages.rbegin();; ++s) {
      const size_t n = stage.parts.size();
      if (n < s->parts.size() && !s->parts[n].empty()) return s->parts[n] == listing;
      if (!s->isContinued) return false;
    }
  };
  for (const auto& f : module.functions) {
    std::vector<ListedLine> listing = listingOf(*f, remarks);
    if (isAsBefore(listing)) listing.clear();
    isChanged |= !listing.empty();
    stage.parts.push_back(std::move(listing));
  }
  if (isChanged) stages.push_back(std::move(stage));
}

std::string pageOf(std::string_view filename, std::string_view title, const Explanation& explanation, const std::vector<Stage>& stages, const std::vector<Pane>& panes) {
  std::string data = fmt::format("{{\"file\":{},\"title\":{},\"source\":[", jsonText(filename), jsonText(title));
  for (size_t n = 0; n < explanation.lines.size(); ++n) {
    const LineFacts& facts = explanation.facts[n];
    std::string remarks;
    for (const ir::core::Remark* r : facts.remarks)
      remarks += fmt::format("{}[{},{},{}]", remarks.empty() ? "" : ",", rowOf(r->id).kind == ir::core::RemarkKind::Done, jsonText(r->text()), jsonText(rowOf(r->id).name));
    data += fmt::format("{}[{},\"{}\",\"{}{}\",[{}]]", n ? ",\n" : "", jsonText(explanation.lines[n]), verdictOf(facts), facts.calls ? "c" : "", facts.makes ? "n" : "", remarks);
  }
  Texts texts;
  data += "],\n\"stages\":[";
  for (const Stage& stage : stages) {
    data += fmt::format("{}[{},{},[", &stage == stages.data() ? "" : ",\n", jsonText(stage.name), stage.isContinued);
    for (const auto& lines : stage.parts) data += fmt::format("{}{}", &lines == stage.parts.data() ? "" : ",", lines.empty() ? "null" : texts.numbersOf(lines));
    data += "]]";
  }
  data += "],\n\"panes\":[";
  for (const Pane& pane : panes) data += fmt::format("{}[{},{},{}]", &pane == panes.data() ? "" : ",", pane.first, pane.end, pane.shown);
  data += fmt::format("],\n\"texts\":{}}}", texts.json());
  return fmt::format("{}{}{}", kHead, withoutTags(std::move(data)), kTail);
}

} // namespace krait::tools
