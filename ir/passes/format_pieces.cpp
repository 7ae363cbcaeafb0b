// `format % values` and format.format(values) of a format that stands in the text are the pieces that are joined.
//
//   %0 = const str "%s: %d items"          %4 = format.piece 's', %1, "%s"
//   %3 = tuple.new %1, %2           ──>    %5 = format.piece 'd', %2, "%d"
//   %4 = binary.mod %0, %3                 %9 = string.join %4, ": ", %5, " items"
//   kill %3                                the deaths of %2 and %1
//
// A piece of a string.join may be a small int: no text is made of it. So it is with f-strings, whose fields become pieces here.
//
// All values are there before the first is shown, as they are in CPython. Not where references are counted or events watched: there is
// a tuple, and a call.
//
//   %1 = binary.mod %0, %a         ──>    %1 = format 's' at 1, %a, "<%s>"
//
// A right operand that is no tuple in the text may be one at run time, or a str that overrides `%`: the runtime (krt_format_value) asks.
#include <algorithm>

#include "ir/analysis/constants.h"
#include "ir/core/format_parts.h"
#include "ir/core/module.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"
#include "runtime/abi/format_codes.h"

namespace krait::ir::passes {

using namespace core;
using analysis::textOf;

namespace {

constexpr size_t kMostPieces = 32; // an operation lists the temporaries that are alive

size_t fieldsOf(const std::vector<FormatPart>& parts) {
  return static_cast<size_t>(std::ranges::count_if(parts, &FormatPart::isField));
}

Temp* insertText(Instruction* position, const std::string& text) {
  Module& module = position->block->function->module;
  return insertBefore(position, Op::Const, {}, module.constants.internStr(text))->result();
}

/// What a field of `%` asks the runtime for.
int32_t percentConversion(const FormatPart& field) {
  const bool hasWay = field.isPlain() && (field.code == 's' || field.code == 'r' || field.code == 'd');
  return kPercentField | (hasWay ? field.code : 0);
}

/// The text of the parts, before `position`. `valueOf` and `conversionOf` say what a field shows, and how.
template <typename ValueOf, typename ConversionOf>
Temp* insertPieces(Instruction* position, const std::vector<FormatPart>& parts, ValueOf valueOf, ConversionOf conversionOf) {
  std::vector<Temp*> pieces;
  for (const FormatPart& part : parts) {
    Temp* text = part.isField && part.text.empty() ? nullptr : insertText(position, part.text);
    Instruction* piece = part.isField ? insertBefore(position, Op::Format, {valueOf(part), text}, kNone, kNone, conversionOf(part))
                                      : insertBefore(position, Op::Copy, {text});
    pieces.push_back(piece->result());
  }
  if (pieces.size() == 1) return pieces[0];
  Function& f = *position->block->function;
  Instruction* join = f.create(Op::StringJoin, pieces, {}, kNone, kNone, 0, 0, position->site);
  f.insertBefore(position, join);
  return join->result();
}

/// The death of what only `user` looks at, in its block; null if there is more to it.
Instruction* deathBehind(const Temp* t, const Instruction& user) {
  const Use* uses = t->uses;
  if (!uses || !uses->next || uses->next->next) return nullptr;
  Instruction* death = uses->user == &user ? uses->next->user : uses->user;
  if (!death->is(Op::Kill) || death->block != user.block) return nullptr;
  const Instruction* i = user.next;
  while (i && i != death) i = i->next;
  return i ? death : nullptr;
}

/// A format with one plain field, of what may be a tuple at run time, or know its own way of being shown.
bool tellField(Function& f, Instruction& mod, const std::string& format, const std::vector<FormatPart>& parts) {
  const auto at = std::count_if(format.begin(), std::ranges::find(format, '%'), [](char c) { return (c & 0xC0) != 0x80; }); // characters
  if (fieldsOf(parts) != 1 || format.find("%%") != std::string::npos || at > std::ptrdiff_t{kMostBeforeField}) return false;
  const int32_t conversion = percentConversion(*std::ranges::find_if(parts, &FormatPart::isField));
  if (conversion == kPercentField) return false;
  const int32_t asked = conversion | kWholeOperand | static_cast<int32_t>(at) << kFieldPlace;
  f.replaceUses(mod.result(), insertBefore(&mod, Op::Format, {mod.operand(1), mod.operand(0)}, kNone, kNone, asked)->result());
  f.erase(&mod);
  return true;
}

bool splitPercent(Function& f, Instruction& mod) {
  const std::string* format = textOf(f.module, mod.operand(0));
  if (!format) return false;
  const auto parts = percentParts(*format);
  if (!parts || parts->size() > kMostPieces) return false;
  Instruction* tuple = mod.operand(1)->definition;
  if (!tuple || !tuple->is(Op::TupleNew)) return tellField(f, mod, *format, *parts);
  Instruction* death = tuple->block == mod.block ? deathBehind(mod.operand(1), mod) : nullptr;
  if (!death || fieldsOf(*parts) != tuple->operandCount || !tuple->operandCount) return false;
  f.replaceUses(mod.result(), insertPieces(&mod, *parts, [&](const FormatPart& field) { return tuple->operand(field.argument); }, percentConversion));
  killItems(*tuple, death);
  f.erase(death);
  f.erase(&mod);
  f.erase(tuple);
  return true;
}

/// Which operand of `call` a field shows: positional arguments begin at `first`, named ones stand behind them. 0: none.
uint32_t operandShown(const Module& module, const Instruction& call, uint32_t first, const FormatPart& field) {
  const uint32_t names = call.is(Op::MethodKw) ? call.index2 : call.is(Op::MethodCallKw) ? call.index : kNone;
  const auto* keywords = names == kNone ? nullptr : &module.constants[names].elements;
  const uint32_t positional = call.operandCount - first - (keywords ? static_cast<uint32_t>(keywords->size()) : 0);
  if (field.name.empty()) return field.argument < positional ? first + field.argument : 0;
  for (uint32_t n = 0; keywords && n < keywords->size(); ++n)
    if (module.constants[(*keywords)[n]].text == field.name) return first + positional + n;
  return 0;
}

bool splitFormatCall(Function& f, Instruction& call) {
  const bool isLookedUp = call.is(Op::MethodCall) || call.is(Op::MethodCallKw);
  Instruction* lookup = isLookedUp ? call.operand(0)->definition : &call;
  if (!lookup || (isLookedUp && (!lookup->is(Op::MethodLoad) || lookup->block != call.block)) || f.module.names[lookup->index] != "format") return false;
  const std::string* format = textOf(f.module, lookup->operand(0));
  if (!format) return false;
  const uint32_t first = isLookedUp ? 2 : 1;
  const auto parts = braceParts(*format);
  if (!parts || parts->size() > kMostPieces || !fieldsOf(*parts)) return false;
  for (const FormatPart& part : *parts)
    if (part.isField && !operandShown(f.module, call, first, part)) return false;
  Instruction* death = nullptr;
  if (isLookedUp) {
    death = deathBehind(lookup->result(0), call);
    const Use* ofReceiver = lookup->result(1)->uses;
    if (!death || call.operand(1) != lookup->result(1) || ofReceiver->next) return false;
  }
  f.replaceUses(call.result(), insertPieces(&call, *parts, [&](const FormatPart& field) { return call.operand(operandShown(f.module, call, first, field)); },
                                            [](const FormatPart& field) { return field.code; }));
  for (uint32_t n = first; n < call.operandCount; ++n) insertBefore(&call, Op::Kill, {call.operand(n)}); // as a call lets go of them
  if (death) f.erase(death);
  f.erase(&call);
  if (isLookedUp) f.erase(lookup);
  return true;
}

bool makePieces(Function& f, const Instruction& join) {
  bool changed = false;
  for (uint32_t n = 0; n < join.operandCount; ++n) {
    Instruction* made = join.operand(n)->definition;
    if (!made || !made->is(Op::Format) || !showsDecimal(static_cast<int32_t>(made->imm), made->operand(1)) || made->result()->uses->next) continue;
    replaceOp(made, Op::FormatPiece);
    changed = true;
  }
  return changed;
}

bool mayBeFormat(const Instruction& i) {
  switch (i.op) {
  case Op::BinaryMod: return true;
  case Op::Method:
  case Op::MethodKw:
  case Op::MethodCall:
  case Op::MethodCallKw: return i.block->function->module.speculates; // else its call may be watched
  default: return false;
  }
}

} // namespace

bool runFormatPieces(Function& f) {
  std::vector<Instruction*> formats;
  for (Block* b = f.entry(); b && !f.module.keepsCells; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (mayBeFormat(*i)) formats.push_back(i);
  bool changed = false;
  for (Instruction* i : formats) changed |= i->is(Op::BinaryMod) ? splitPercent(f, *i) : splitFormatCall(f, *i);
  for (Block* b = f.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (i->is(Op::StringJoin)) changed |= makePieces(f, *i);
  return changed;
}

} // namespace krait::ir::passes
