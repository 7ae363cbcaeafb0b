// What annotations promise, taken as a guess like any other: of parameters, of results, of the fields of a class. Names mean here
// what they usually do (`from typing import List`); a class of the module is found by its name.
#include "ir/analysis/constants.h"
#include "ir/passes/guesser.h"

namespace krait::ir::passes {

using namespace core;

namespace {

// `text[0, end)` as far as it is a type expression: names with parts in brackets, and alternatives.
class HintText {
public:
  explicit HintText(std::string_view text) : text_(text) {}

  Hint alternatives() {
    Hint first = one();
    if (!accept('|')) return first;
    Hint all{"Union", {std::move(first)}};
    do all.parts.push_back(one());
    while (accept('|'));
    return all;
  }

private:
  bool accept(char c) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  // The last part of a dotted name; empty where something else stands.
  Hint one() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    const size_t begin = at_;
    while (at_ < text_.size() && std::string_view(" ,|[]'\"()").find(text_[at_]) == std::string_view::npos) ++at_;
    std::string_view name = text_.substr(begin, at_ - begin);
    if (const size_t dot = name.rfind('.'); dot != std::string_view::npos && name != "...") name.remove_prefix(dot + 1);
    Hint made{std::string(name), {}};
    if (depth_ == kDeepest || !accept('[') || accept(']')) return made;
    ++depth_;
    do made.parts.push_back(alternatives());
    while (accept(','));
    accept(']');
    --depth_;
    return made;
  }

  static constexpr int kDeepest = 8;
  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
};

Guess containerNamed(std::string_view name) {
  if (isOneOf(name, {"list", "List"})) return Guess::List;
  if (isOneOf(name, {"dict", "Dict"})) return Guess::Dict;
  if (isOneOf(name, {"tuple", "Tuple"})) return Guess::Tuple;
  if (isOneOf(name, {"set", "Set"})) return Guess::Set;
  return name == "str" ? Guess::Str : name == "bytes" ? Guess::Bytes : Guess::None;
}

} // namespace

Hint Guesser::hintOf(const Temp* type) const {
  if (const Constant* c = analysis::constantOf(module_, type))
    return c->kind == ConstantKind::Str ? HintText(c->text).alternatives() : c->kind == ConstantKind::None ? Hint{"None", {}} : Hint{};
  const Instruction* made = analysis::originOf(type);
  if (!made) return {};
  switch (made->op) {
  case Op::GlobalGet: return {module_.cells[made->index], {}};
  case Op::NameGet:
  case Op::AttrGet: return {module_.names[made->index], {}};
  case Op::BinaryOr: return {"Union", {hintOf(made->operand(0)), hintOf(made->operand(1))}};
  case Op::ItemGet: {
    Hint whole = hintOf(made->operand(0));
    const Instruction* parts = analysis::originOf(made->operand(1));
    if (!parts || !parts->is(Op::TupleNew)) whole.parts.push_back(hintOf(made->operand(1)));
    else
      for (size_t n = 0; n < parts->operandCount; ++n) whole.parts.push_back(hintOf(parts->operand(n)));
    return whole;
  }
  default: return {};
  }
}

void Guesser::annotate(Guesses& place, size_t depth, const Hint& hint) {
  if (depth >= kDepth) return;
  auto part = [&](size_t n, size_t at) {
    if (n < hint.parts.size()) annotate(place, at, hint.parts[n]);
  };
  const std::string_view name = hint.name;
  if (const Kind kind = name == "int" ? Kind::Int : name == "float" ? Kind::Float : name == "complex" ? Kind::Complex : Kind::None; kind != Kind::None)
    return raise(place, depth, kind);
  if (isOneOf(name, {"Final", "Annotated", "Required", "NotRequired"})) return part(0, depth);
  if (isOneOf(name, {"Sequence", "MutableSequence", "Collection", "Iterable", "Iterator", "Generator"})) return part(0, depth + 1);
  if (isOneOf(name, {"Optional", "Union"})) {
    const auto isNone = [](const Hint& h) { return h.name == "None"; };
    const auto nones = std::count_if(hint.parts.begin(), hint.parts.end(), isNone);
    if (hint.parts.size() - static_cast<size_t>(nones) != 1) return;
    changed_ |= !std::exchange(place[depth].mayBeOther, true);
    return annotate(place, depth, *std::find_if_not(hint.parts.begin(), hint.parts.end(), isNone));
  }
  const Guess container = containerNamed(name);
  if (container == Guess::None) {
    const uint32_t cell = module_.cells.find(hint.name, module_.cellScope(module_.neighbourOfFunction(function_->number)));
    if (const auto cls = cell == kNone ? std::nullopt : targets_.classOf(cell)) isInstance(place[depth], *cls);
    else if (isComputingClass(name)) isObject(place[depth]);
    return;
  }
  changed_ |= place[depth].contain(container);
  if (container == Guess::Dict) {
    if (!hint.parts.empty()) annotatePart(place[depth].parts[0], hint.parts[0]);
    return part(1, depth + 1);
  }
  if (container != Guess::Tuple || (hint.parts.size() == 2 && hint.parts[1].name == "...")) return part(0, depth + 1);
  for (size_t n = 0; n < hint.parts.size(); ++n) {
    if (n < kPositions) annotatePart(place[depth].parts[n], hint.parts[n]);
    part(n, depth + 1);
  }
}

void Guesser::annotatePart(Spot& spot, const Hint& hint) {
  Guesses one{};
  annotate(one, 0, hint);
  join(spot, static_cast<const Spot&>(one[0]));
}

const Hint& Guesser::rememberedHint(const Temp* type) {
  const auto [found, isNew] = hints_.try_emplace(type);
  if (isNew) found->second = hintOf(type);
  return found->second;
}

void Guesser::annotations(const Instruction& made) {
  const Function& f = *module_.functions[made.index];
  const Instruction* pairs = analysis::originOf(made.operand(2));
  if (!pairs || !pairs->is(Op::TupleNew)) return;
  for (size_t n = 0; n + 1 < pairs->operandCount; n += 2) {
    const Constant* name = analysis::constantOf(module_, pairs->operand(n));
    if (!name || name->kind != ConstantKind::Str) continue;
    const Hint& hint = rememberedHint(pairs->operand(n + 1));
    if (name->text == "return") {
      annotate(functions_[f.number].result, f.flags & kCodeCoroutine ? 1 : 0, hint); // a coroutine gives it to who awaits
      continue;
    }
    for (uint32_t p = 0; p < f.argCount + f.kwOnlyCount; ++p)
      if (f.locals[p].name == name->text) annotate(functions_[f.number].parameter(p), 0, hint);
  }
}

bool Guesser::annotation(const Instruction& set) {
  const Instruction* from = analysis::originOf(set.operand(0));
  const std::string* name = analysis::textOf(module_, set.operand(1));
  if (function_->kind != FunctionKind::ClassBody || !from || !from->is(Op::NameGet) || module_.names[from->index] != "__annotations__") return false;
  const uint32_t number = name ? module_.names.find(*name) : kNone;
  if (number == kNone) return true;
  const Hint& hint = rememberedHint(set.operand(2));
  if (isOneOf(hint.name, {"ClassVar", "InitVar"})) return true;
  if (const auto owner = classes_.ownerOf(function_->number, number)) annotate(ofClass_[{*owner, number}], 0, hint);
  if (!isResolving_) annotate(attributes_[number], 0, hint);
  return true;
}

} // namespace krait::ir::passes
