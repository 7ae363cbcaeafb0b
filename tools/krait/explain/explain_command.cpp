#include "tools/krait/explain/explain_command.h"
#include <fmt/color.h>
#include <fmt/format.h>
#include <unistd.h>
#include "tools/krait/emit_command.h"
#include "tools/krait/explain/explanation.h"
#include "tools/krait/explain/page.h"
#include "tools/krait/messages.h"
#include "tools/krait/output.h"
#include "tools/krait/profile.h"
#include "tools/krait/source_module.h"

namespace krait::tools {
namespace {

using ir::core::Remark;
using ir::core::RemarkKind;

/// In characters, from 0.
size_t columnOf(std::string_view line, int32_t bytes) {
  size_t column = 0;
  for (size_t n = 0; n < static_cast<size_t>(std::max(bytes, 0)) && n < line.size(); ++n) column += (line[n] & 0xC0) != 0x80;
  return column;
}

/// The source with a verdict in front of each line, and the remarks below what they are about.
std::string asText(const Explanation& explanation, std::string_view function, bool isColored) {
  auto painted = [&](std::string_view text, fmt::terminal_color color) {
    return isColored ? fmt::format("{}", fmt::styled(text, fmt::fg(color))) : std::string(text);
  };
  using enum fmt::terminal_color;
  std::string out;
  size_t shown = 0; // the line before
  for (size_t n = 0; n < explanation.lines.size(); ++n) {
    const LineFacts& facts = explanation.facts[n];
    const std::string_view line = explanation.lines[n], verdict = verdictOf(facts);
    if (!function.empty() && verdict.empty() && facts.remarks.empty()) continue;
    if (shown && shown != n) out += "       ⋮\n";
    shown = n + 1;
    const std::string mark = fmt::format("{:<8}{}{}", verdict, facts.calls ? 'c' : ' ', facts.makes ? 'n' : ' ');
    out += fmt::format("{:>6} {} │ {}\n", n + 1, painted(mark, verdict == "fast" ? green : verdict == "mixed" ? yellow : red), line);
    for (const Remark* r : facts.remarks) {
      const size_t begin = columnOf(line, r->span.column);
      const size_t end = r->span.endLine == r->span.line ? columnOf(line, r->span.endColumn) : columnOf(line, static_cast<int32_t>(line.size()));
      const bool isDone = rowOf(r->id).kind == RemarkKind::Done;
      const std::string text = fmt::format("{} {} [{}]", isDone ? '+' : '-', r->text(), rowOf(r->id).name);
      out += fmt::format("{:17} │ {:{}}{} {}\n", "", "", begin, std::string(std::max<size_t>(end - begin, 1), '^'), painted(text, isDone ? green : yellow));
    }
  }
  return out;
}

std::string asJson(const Explanation& explanation, const SourceModule& source, const ir::core::Module& module) {
  std::string out = "[";
  for (size_t n = 0; n < explanation.lines.size(); ++n)
    for (const Remark* r : explanation.facts[n].remarks) {
      const std::string_view line = explanation.lines[n];
      const std::string_view endLine = explanation.lines[static_cast<size_t>(r->span.endLine) - 1];
      out += fmt::format("{}\n  {{\"name\": {}, \"kind\": \"{}\", \"function\": {}, \"file\": {}, \"line\": {}, \"column\": {}, \"end_line\": {}, \"end_column\": {}, \"message\": {}}}",
                         out.size() == 1 ? "" : ",", jsonText(rowOf(r->id).name), rowOf(r->id).kind == RemarkKind::Done ? "done" : "missed",
                         jsonText(module.functions[r->function]->qualname), jsonText(source.filename), r->span.line, columnOf(line, r->span.column) + 1, r->span.endLine,
                         columnOf(endLine, r->span.endColumn) + 1, jsonText(r->text()));
    }
  return out + (out.size() == 1 ? "]\n" : "\n]\n");
}

} // namespace

int explainFile(const Options& options, const Installation& installation) {
  SourceModule source;
  std::string error;
  source.name = "__main__";
  source.filename = options.files[0] == "-" ? "<stdin>" : options.files[0];
  auto failed = [&] { return reportError(error), 1; };
  if (!readSource(options.files[0], source.bytes, error)) return failed();
  if (!source.decode() || !source.parse() || !source.analyze()) return reportDiagnostics(source, true), 1;
  const bool isPage = options.html || options.stages;
  const uint32_t observers = source.observe(options.observe);
  const auto profile = readProfiles(options);
  if (!profile) return 1;
  source.countsProfile = options.profileGenerate;
  source.profile = profileOf(*profile, source.name, source.filename);
  ir::core::Remarks remarks;
  std::vector<Stage> stages;
  source.remarks = &remarks;
  if (options.stages) stages = {{"tokens", false, {listingOfTokens(source)}}, {"syntax tree", false, {listingOfTree(source)}}};
  if (isPage) source.afterEach = [&](std::string_view pass, const ir::core::Module& module) { addIr(stages, pass, module, remarks); };
  auto module = source.toIr(options, error);
  if (!module) return failed();
  if (!module->speculates) remarks.add(ir::core::RemarkId::NotSpeculated, module->body(), {.line = 1, .endLine = 1, .column = 0, .endColumn = 1}, {});
  const size_t irEnd = stages.size();
  codegen::emit::CompileOptions compile = compileOptionsOf(options, observers, installation);
  compile.debugInfo = true;
  compile.debugVariables = false;
  std::string text;
  auto compileTo = [&](codegen::emit::Artefact artefact) { return codegen::emit::compileModule(*module, compile, artefact, text, error); };
  if (options.stages) {
    if (!compileTo(codegen::emit::Artefact::LlvmIr)) return failed();
    stages.push_back({"LLVM IR", false, {listingOfLlvm(text)}});
    text.clear();
  }
  if (!compileTo(codegen::emit::Artefact::Assembly)) return failed(); // code generation has remarks, too
  if (isPage) stages.push_back({"assembly", false, {listingOfAssembly(text)}});
  if (module->functionsIn(options.functionName).empty()) {
    error = fmt::format("'{}' has no function '{}'", source.filename, options.functionName);
    return failed();
  }
  const Explanation explanation = explain(*module, remarks, options.functionName);
  const bool isColored = options.output.empty() && hasColors(STDOUT_FILENO, options.color);
  const size_t end = stages.size();
  text = options.stages              ? pageOf(source.filename, "krait emit --stages", explanation, stages, {{0, end, irEnd - 1}, {0, end, end - 1}})
         : options.html              ? pageOf(source.filename, "krait explain", explanation, stages, {{0, end - 1, irEnd - 1}, {end - 1, end, end - 1}})
         : options.remarks == "json" ? asJson(explanation, source, *module)
                                     : asText(explanation, options.functionName, isColored);
  if (deliver(options.output, text, error)) return 0;
  return failed();
}

} // namespace krait::tools
