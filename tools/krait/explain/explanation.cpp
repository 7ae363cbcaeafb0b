#include "tools/krait/explain/explanation.h"
#include <algorithm>
#include <tuple>
#include "tools/krait/explain/listing.h"

namespace krait::tools {
namespace {

using namespace ir::core;

bool isCall(Op op) {
  switch (op) {
  case Op::Call:
  case Op::CallKw:
  case Op::CallEx:
  case Op::CallStar:
  case Op::Method:
  case Op::MethodKw:
  case Op::MethodCall:
  case Op::MethodCallKw:
  case Op::MethodCallStar:
  case Op::BoundCall:
  case Op::BoundCallKw:
  case Op::CallScoped:
  case Op::ClassBuild:
  case Op::Import: return true;
  default: return false;
  }
}

bool isMade(Op op) {
  const std::string_view text = infoOf(op).text;
  return text.ends_with(".new") || op == Op::Format || op == Op::FormatPiece || op == Op::StringJoin;
}

/// Whether it is work that a version could take from the runtime; not what only moves words and control.
bool isWork(Op op) {
  if (op == Op::Poll || op == Op::FrameLeave || op == Op::Kill || op == Op::MethodLoad || op == Op::BoundLoad || (infoOf(op).attributes & attribute::LOCAL)) return false;
  return mayRunCode(op) || isMade(op) || op == Op::ListAppend;
}

class Explainer {
public:
  Explainer(const Module& module, const Remarks& remarks, std::string_view function) : module_(module), remarks_(remarks), isAsked_(module.functions.size()) {
    for (const Function* f : module.functionsIn(function)) isAsked_[f->number] = f->text == kNone;
    result_.lines = linesOf(module.source);
    result_.facts.resize(result_.lines.size());
  }

  Explanation run() {
    std::vector<bool> hasVersion(module_.functions.size());
    for (const Remarks::Step& s : remarks_.steps()) {
      hasVersion[s.function] = true;
      count(s.function, s.span, s.op, s.isGeneral);
    }
    for (const auto& f : module_.functions)
      if (!hasVersion[f->number] && f->kind != FunctionKind::Module && f->kind != FunctionKind::ClassBody) countGeneral(*f);
    for (const Remark& r : remarks_.all())
      if (LineFacts* line = at(r.function, r.span); line && !isSaid(*line, r)) line->remarks.push_back(&r);
    for (LineFacts& line : result_.facts)
      std::sort(line.remarks.begin(), line.remarks.end(), [](const Remark* a, const Remark* b) {
        return std::tuple(a->span.column, b->span.endColumn, a->id, a) < std::tuple(b->span.column, a->span.endColumn, b->id, b);
      });
    return std::move(result_);
  }

private:
  LineFacts* at(uint32_t function, const SourceSpan& span) {
    const auto line = static_cast<size_t>(span.line);
    return isAsked_[function] && span.line > 0 && line <= result_.facts.size() ? &result_.facts[line - 1] : nullptr;
  }

  /// By another form of the same code: a generator expression for a known consumer, a second way through a block.
  static bool isSaid(const LineFacts& line, const Remark& r) {
    return std::any_of(line.remarks.begin(), line.remarks.end(), [&](const Remark* other) {
      return other->id == r.id && other->detail == r.detail && other->span.column == r.span.column && other->span.endColumn == r.span.endColumn;
    });
  }

  void count(uint32_t function, const SourceSpan& span, Op op, bool isGeneral) {
    LineFacts* line = at(function, span);
    if (!line || (isGeneral && !isWork(op))) return;
    ++(isGeneral ? line->general : line->fast);
    if (isGeneral) line->calls |= isCall(op), line->makes |= isMade(op);
  }

  void countGeneral(const Function& f) {
    for (const Block* b = f.entry(); b; b = b->next)
      for (const Instruction* i = b->first; i && !b->cold; i = i->next)
        if (i->site != kNone) count(f.number, f.allSites()[i->site].span, i->op, true);
  }

  const Module& module_;
  const Remarks& remarks_;
  std::vector<bool> isAsked_; // by FUNCTION
  Explanation result_;
};

} // namespace

std::string_view verdictOf(const LineFacts& line) {
  if (line.general) return line.fast ? "mixed" : "general";
  return line.fast ? "fast" : "";
}

Explanation explain(const Module& module, const Remarks& remarks, std::string_view function) { return Explainer(module, remarks, function).run(); }

} // namespace krait::tools
