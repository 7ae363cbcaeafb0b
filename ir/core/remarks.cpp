#include "ir/core/remarks.h"

#include "ir/core/module.h"

#include <algorithm>

namespace krait::ir::core {

namespace {

constexpr RemarkRow kRows[] = {
#define KRAIT_REMARK(Id, name, kind, text) {name, RemarkKind::kind, text},
#include "ir/core/remarks.def"
};

constexpr size_t kMaxShown = 48; // bytes of source in a remark

const SourceSpan* spanOf(const Instruction& i) {
  const Function& f = *i.block->function;
  return i.site == kNone ? nullptr : &f.allSites()[i.site].span;
}

} // namespace

const RemarkRow& rowOf(RemarkId id) { return kRows[static_cast<size_t>(id)]; }

std::string Remark::text() const {
  std::string text(rowOf(id).text);
  if (const size_t at = text.find("{}"); at != std::string::npos) text.replace(at, 2, detail);
  return text;
}

void Remarks::add(RemarkId id, const Instruction& i, std::string detail) {
  const Function& f = *i.block->function;
  const SourceSpan* span = spanOf(i);
  add(id, f, span ? *span : f.span, std::move(detail));
}

void Remarks::add(RemarkId id, const Function& f, std::string detail) { add(id, f, f.span, std::move(detail)); }

void Remarks::add(RemarkId id, const Function& f, const SourceSpan& span, std::string detail) {
  all_.push_back({id, f.number, span, std::move(detail)});
}

void Remarks::step(const Instruction& i, bool isGeneral) {
  if (const SourceSpan* span = spanOf(i)) steps_.push_back({i.block->function->number, *span, i.op, isGeneral});
}

void Remarks::comesFrom(const Instruction& made, const Instruction& from) {
  const Instruction* sited = &from; // operands are read in front of what asks for them
  while (sited && sited->site == kNone) sited = sited->next;
  for (const Instruction* before = &from; !sited && before; before = before->previous)
    if (before->site != kNone) sited = before;
  if (sited) lines_[&made] = spanOf(*sited)->line;
}

int32_t Remarks::lineOf(const Instruction& i) const {
  if (auto known = lines_.find(&i); known != lines_.end()) return known->second;
  const SourceSpan* span = spanOf(i);
  return span ? span->line : 0;
}

std::string sourceText(const Module& module, const SourceSpan& span) {
  size_t at = 0;
  for (int32_t line = 1; line < span.line; ++line) {
    at = module.source.find('\n', at);
    if (at == std::string::npos) return {};
    ++at;
  }
  const size_t lineEnd = std::min(module.source.find('\n', at), module.source.size());
  const size_t first = at + static_cast<size_t>(std::max(span.column, 0));
  const size_t end = span.endLine == span.line ? at + static_cast<size_t>(std::max(span.endColumn, 0)) : lineEnd;
  if (first >= end || end > lineEnd) return {};
  std::string text = module.source.substr(first, end - first);
  if (text.size() > kMaxShown || span.endLine != span.line) {
    size_t cut = std::min(text.size(), kMaxShown);
    while (cut && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut; // whole characters
    text = text.substr(0, cut) + "…";
  }
  return text;
}

std::string sourceText(const Temp& t) {
  constexpr const char* kUnknown = "the value";
  const Instruction* made = t.definition;
  while (made && (made->is(Op::Copy) || made->is(Op::IntCheck) || made->is(Op::FloatCheck))) made = made->operand(0)->definition;
  if (!made) return kUnknown;
  const Function& f = *made->block->function;
  const bool isLocal = (made->info().attributes & attribute::LOCAL) && made->local() < f.varCount;
  std::string text = isLocal ? f.locals[made->local()].name : made->site == kNone ? "" : sourceText(f.module, f.allSites()[made->site].span);
  return text.empty() ? kUnknown : "'" + text + "'";
}

} // namespace krait::ir::core
