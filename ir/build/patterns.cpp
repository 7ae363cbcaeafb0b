// match: a chain of tests per case. Captured values wait in temporaries until
// the whole pattern has matched; failing drops them on the way to the next case.
#include "ir/build/function_builder.h"

#include <algorithm>

namespace krait::ir::build {

using namespace ast;
using CKind = core::ConstantKind;

static bool isWildcard(const Pattern& p) {
  const MatchAs* as = p.tryAs<MatchAs>();
  return as && !as->pattern && !as->name;
}

void FunctionBuilder::matchStatement(const Match& n) {
  Temp* subject = ownedValue(n.subject);
  Block* end = newBlock();
  for (const MatchCase* c : n.cases) {
    PatternState state{newBlock(), {}, {}};
    {
      At at(*this, c->pattern->span);
      pattern(c->pattern, subject, state);
      for (auto& [name, captured] : state.captures) storeName(name, captured);
    }
    if (c->guard) {
      Block* body = newBlock();
      jumpIf(c->guard, body, state.fail);
      start(body);
    }
    drop(subject);
    statements(c->body);
    b_.br(end);
    start(state.fail);
  }
  drop(subject);
  noteEnd(n.cases[n.cases.size() - 1]->pattern->span);
  b_.br(end);
  start(end);
}

void FunctionBuilder::failUnless(Temp* condition, PatternState& state) {
  Block *fine = newBlock(), *failed = newBlock();
  condBr(condition, fine, failed);
  start(failed);
  for (size_t i = state.live.size(); i-- > 0;) drop(state.live[i]);
  b_.br(state.fail);
  start(fine);
}

void FunctionBuilder::failIf(Temp* condition, PatternState& state) { failUnless(make(Op::BoolNot, {condition}), state); }

void FunctionBuilder::release(Temp* t, PatternState& state) {
  state.live.erase(std::find(state.live.begin(), state.live.end(), t));
  drop(t);
}

void FunctionBuilder::capture(Symbol name, Temp* subject, PatternState& state) {
  if (!name) return;
  Temp* t = make(Op::Copy, {subject});
  state.live.push_back(t);
  state.captures.push_back({name, t});
}

void FunctionBuilder::pattern(const Pattern* p, Temp* subject, PatternState& state) {
  At at(*this, p->span);
  state.last = p->span;
  switch (p->kind) {
  case NodeKind::MatchValue: {
    Temp* v = value(p->as<MatchValue>()->value);
    Temp* equal = make(Op::TestEq, {subject, v});
    drop(v);
    return failUnless(equal, state);
  }
  case NodeKind::MatchSingleton:
    return failUnless(make(Op::Is, {subject, constant(c_.folder.constant(p->as<MatchSingleton>()->value))}), state);
  case NodeKind::MatchSequence: return sequencePattern(*p->as<MatchSequence>(), subject, state);
  case NodeKind::MatchMapping: return mappingPattern(*p->as<MatchMapping>(), subject, state);
  case NodeKind::MatchClass: return classPattern(*p->as<MatchClass>(), subject, state);
  case NodeKind::MatchStar: return capture(p->as<MatchStar>()->name, subject, state);
  case NodeKind::MatchOr: return alternatives(*p->as<MatchOr>(), subject, state);
  default: break;
  }
  const MatchAs* as = p->as<MatchAs>();
  if (as->pattern) pattern(as->pattern, subject, state);
  capture(as->name, subject, state);
}

// Owned subjects that are in `live`, one per pattern (null: a wildcard that is not looked at); each is dropped after its pattern.
void FunctionBuilder::subPatterns(const std::vector<const Pattern*>& patterns, const Temps& subjects, PatternState& state) {
  for (size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i]) pattern(patterns[i], subjects[i], state);
    release(subjects[i], state);
  }
}

void FunctionBuilder::sequencePattern(const MatchSequence& p, Temp* subject, PatternState& state) {
  size_t size = p.patterns.size(), star = size;
  bool onlyWildcards = true, starIsWildcard = false;
  for (size_t i = 0; i < size; ++i) {
    const Pattern* sub = p.patterns[i];
    if (const MatchStar* s = sub->tryAs<MatchStar>()) {
      star = i;
      starIsWildcard = !s->name;
      onlyWildcards = onlyWildcards && starIsWildcard;
    } else {
      onlyWildcards = onlyWildcards && isWildcard(*sub);
    }
  }
  bool hasStar = star != size;
  failUnless(make(Op::MatchIsSequence, {subject}), state);
  Temp* length = nullptr;
  if (!hasStar || size > 1) {
    length = make(Op::MatchLength, {subject});
    Temp* wanted = make(Op::I64Const, {}, {.imm = static_cast<int64_t>(hasStar ? size - 1 : size)});
    failUnless(make(hasStar ? Op::I64Ge : Op::I64Eq, {length, wanted}), state);
  }
  if (onlyWildcards) return;
  if (starIsWildcard) {
    // Items by index; nothing is made of those in between.
    for (size_t i = 0; i < size; ++i) {
      const Pattern* sub = p.patterns[i];
      if (i == star || isWildcard(*sub)) continue;
      Temp* index = nullptr;
      if (i < star) {
        index = constant(c_.module.constants.internInt(static_cast<int64_t>(i)));
      } else {
        length = make(Op::MatchLength, {subject}); // asked for anew for each: a __len__ of the program's sees it
        Temp* fromEnd = make(Op::I64Const, {}, {.imm = static_cast<int64_t>(size - i)});
        index = make(Op::BoxI64, {make(Op::I64Sub, {length, fromEnd})});
      }
      Temp* item = make(Op::ItemGet, {subject, index});
      drop(index);
      state.live.push_back(item);
      pattern(sub, item, state);
      release(item, state);
    }
    return;
  }
  Instruction* unpacked =
      hasStar ? emit(Op::UnpackEx, {subject}, {.imm = static_cast<int64_t>(star), .imm2 = static_cast<int64_t>(size - star - 1)})
              : emit(Op::Unpack, {subject}, {.imm = static_cast<int64_t>(size)});
  Temps items(unpacked->results, unpacked->results + size);
  state.live.insert(state.live.end(), items.begin(), items.end());
  subPatterns({p.patterns.begin(), p.patterns.end()}, items, state);
}

void FunctionBuilder::mappingPattern(const MatchMapping& p, Temp* subject, PatternState& state) {
  failUnless(make(Op::MatchIsMapping, {subject}), state);
  size_t size = p.keys.size();
  if (size == 0 && !p.rest) return;
  if (size > 0) {
    Temp* length = make(Op::MatchLength, {subject});
    Temp* wanted = make(Op::I64Const, {}, {.imm = static_cast<int64_t>(size)});
    failUnless(make(Op::I64Ge, {length, wanted}), state);
  }
  Temps keyValues;
  for (const Expr* key : p.keys) keyValues.push_back(value(key));
  for (Temp*& t : keyValues) t = own(t);
  Temp* keys = make(Op::TupleNew, keyValues);
  state.live.push_back(keys);
  Temp* values = make(Op::MatchKeys, {subject, keys});
  state.live.push_back(values);
  failIf(make(Op::Is, {values, constant(CKind::None)}), state);
  Instruction* unpacked = emit(Op::Unpack, {values}, {.imm = static_cast<int64_t>(size)});
  release(values, state);
  Temps items(unpacked->results, unpacked->results + size);
  state.live.insert(state.live.end(), items.begin(), items.end());
  subPatterns({p.patterns.begin(), p.patterns.end()}, items, state);
  if (p.rest) { // of a match; errors have the place of the last pattern within
    At at(*this, state.last);
    Temp* rest = make(Op::MatchRest, {subject, keys});
    state.live.push_back(rest);
    state.captures.push_back({p.rest, rest});
  }
  release(keys, state);
}

void FunctionBuilder::classPattern(const MatchClass& p, Temp* subject, PatternState& state) {
  std::vector<ConstantId> names;
  for (Symbol s : p.kwd_attrs) names.push_back(c_.module.constants.internStr(c_.symbols.text(s)));
  const size_t size = p.patterns.size() + p.kwd_patterns.size();
  Temp* type = value(p.cls);
  state.live.push_back(type);
  Temp* isInstance = make(Op::MatchInstance, {subject, type});
  if (size == 0) release(type, state);
  failUnless(isInstance, state);
  if (size == 0) return;
  Instruction* attributes = emit(Op::MatchClass, {subject, type, constant(c_.module.constants.internTuple(std::move(names)))},
                                 {.imm = static_cast<int64_t>(size + 1), .imm2 = static_cast<int64_t>(p.patterns.size())});
  release(type, state);
  Temps items(attributes->results + 1, attributes->results + size + 1);
  state.live.insert(state.live.end(), items.begin(), items.end());
  Temp* isFound = make(Op::Is, {attributes->result(), constant(CKind::True)});
  drop(attributes->result());
  failUnless(isFound, state);
  std::vector<const Pattern*> patterns(p.patterns.begin(), p.patterns.end());
  patterns.insert(patterns.end(), p.kwd_patterns.begin(), p.kwd_patterns.end());
  for (const Pattern*& sub : patterns)
    if (isWildcard(*sub)) sub = nullptr;
  subPatterns(patterns, items, state);
}

// All alternatives capture the same names: their values meet in block parameters.
void FunctionBuilder::alternatives(const MatchOr& p, Temp* subject, PatternState& state) {
  Block* matched = newBlock();
  std::vector<Symbol> order;
  for (size_t i = 0; i < p.patterns.size(); ++i) {
    PatternState own{newBlock(), {}, {}};
    pattern(p.patterns[i], subject, own);
    if (i == 0)
      for (auto& [name, t] : own.captures) {
        order.push_back(name);
        f_.addParameter(matched, core::Type::object(), core::Ownership::Owned);
      }
    Temps arguments;
    for (Symbol name : order)
      for (auto& [captured, t] : own.captures)
        if (captured == name) arguments.push_back(t);
    core::Function::Target target{matched, arguments};
    b_.emit(Op::Br, std::span<Temp* const>(), {}, std::span(&target, 1));
    state.last = own.last;
    start(own.fail);
  }
  for (size_t i = state.live.size(); i-- > 0;) drop(state.live[i]);
  b_.br(state.fail);
  start(matched);
  for (size_t i = 0; i < order.size(); ++i) {
    state.live.push_back(matched->parameters[i]);
    state.captures.push_back({order[i], matched->parameters[i]});
  }
}

} // namespace krait::ir::build
