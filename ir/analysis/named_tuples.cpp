#include "ir/analysis/named_tuples.h"

#include "ir/analysis/binding.h"
#include "ir/analysis/constants.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace krait::ir::analysis {

using namespace core;

namespace {

// What is called, by whatever way: the name that it has there.
std::string_view calleeName(const Module& module, const Instruction& call) {
  if (call.is(Op::Method) || call.is(Op::MethodKw)) return module.names[call.index];
  if (!call.is(Op::Call) && !call.is(Op::CallKw)) return {};
  const Instruction* callee = originOf(call.operand(0));
  if (!callee) return {};
  if (callee->is(Op::GlobalGet) || callee->is(Op::GlobalPeek)) return module.cells[callee->index];
  return callee->is(Op::AttrGet) || callee->is(Op::NameGet) ? std::string_view(module.names[callee->index]) : std::string_view();
}

// "x y", "x, y"
std::vector<std::string> wordsOf(std::string_view text) {
  constexpr std::string_view kBetween = ", \t\n";
  std::vector<std::string> words;
  for (size_t at = text.find_first_not_of(kBetween); at != std::string_view::npos;) {
    const size_t end = std::min(text.find_first_of(kBetween, at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = text.find_first_not_of(kBetween, end);
  }
  return words;
}

// ["x", "y"], or [("x", int), ("y", int)]; a tuple of either; empty where one is not constant.
std::vector<std::string> itemsOf(const Module& module, const Temp* sequence) {
  std::vector<std::string> names;
  const Constant* c = constantOf(module, sequence);
  if (c && c->kind == ConstantKind::Tuple) {
    for (const ConstantId item : c->elements) {
      if (module.constants[item].kind != ConstantKind::Str) return {};
      names.push_back(module.constants[item].text);
    }
    return names;
  }
  const Instruction* made = originOf(sequence);
  if (!made || !(made->is(Op::ListNew) || made->is(Op::TupleNew))) return {};
  if (made->operandCount == 0) { // a longer list of constants is filled from a tuple
    const Instruction* fill = made->next;
    while (fill && fill->is(Op::Const)) fill = fill->next;
    return fill && fill->is(Op::ListExtend) && fill->operand(0) == sequence ? itemsOf(module, fill->operand(1)) : names;
  }
  for (uint32_t n = 0; n < made->operandCount; ++n) {
    const Instruction* pair = originOf(made->operand(n));
    const std::string* name = textOf(module, pair && pair->is(Op::TupleNew) && pair->operandCount == 2 ? pair->operand(0) : made->operand(n));
    if (!name) return {};
    names.push_back(*name);
  }
  return names;
}

} // namespace

std::vector<std::string> fieldsOfNamedTuple(const Module& module, const Temp* t) {
  const Instruction* call = originOf(t);
  if (!call) return {};
  const std::string_view name = calleeName(module, *call);
  if (name != "namedtuple" && name != "NamedTuple") return {};
  constexpr uint32_t kFields = 2; // behind what is called or its object, and the class's name
  if (call->operandCount - keywordsOf(*call).size() <= kFields) return {};
  const Temp* fields = call->operand(kFields);
  const std::string* text = textOf(module, fields);
  return text ? wordsOf(*text) : itemsOf(module, fields);
}

} // namespace krait::ir::analysis
