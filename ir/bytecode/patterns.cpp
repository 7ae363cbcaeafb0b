// match. Captured values wait on the stack, under what is still to be tested;
// `failPop` holds one block per number of values that a failure must pop.
#include "ir/bytecode/unit_compiler.h"

#include <algorithm>

namespace krait::ir::bytecode {

using namespace ast;
using enum Opcode;

namespace {
bool isWildcard(const Pattern* p) {
  const MatchAs* as = p->tryAs<MatchAs>();
  return as && !as->name && !as->pattern;
}
} // namespace

void UnitCompiler::ensureFailPops(PatternState& s, int n) {
  while (static_cast<int>(s.failPop.size()) <= n) s.failPop.push_back(newBlock());
}

void UnitCompiler::jumpToFail(Opcode opcode, PatternState& s) {
  int pops = s.onTop + static_cast<int>(s.stores.size());
  ensureFailPops(s, pops);
  jump(opcode, s.failPop[static_cast<size_t>(pops)]);
}

void UnitCompiler::emitFailPops(PatternState& s) {
  if (s.failPop.empty()) return use(newBlock());
  while (s.failPop.size() > 1) {
    use(s.failPop.back());
    s.failPop.pop_back();
    op(POP_TOP);
  }
  use(s.failPop[0]);
  s.failPop.clear();
}

void UnitCompiler::rotate(int count) {
  for (; count > 1; --count) op(SWAP, count);
}

void UnitCompiler::storeCapture(Symbol name, PatternState& s) {
  if (!name) return op(POP_TOP);
  rotate(s.onTop + static_cast<int>(s.stores.size()) + 1);
  s.stores.push_back(name);
}

void UnitCompiler::subPattern(const Pattern* p, PatternState& s) {
  bool old = s.allowIrrefutable;
  s.allowIrrefutable = true;
  pattern(p, s);
  s.allowIrrefutable = old;
}

void UnitCompiler::pattern(const Pattern* p, PatternState& s) {
  at(p->span);
  switch (p->kind) {
  case NodeKind::MatchValue:
    visit(p->as<MatchValue>()->value);
    op(COMPARE_OP, 2);
    return jumpToFail(POP_JUMP_IF_FALSE, s);
  case NodeKind::MatchSingleton:
    loadConst(c_.folder.constant(p->as<MatchSingleton>()->value));
    op(IS_OP, 0);
    return jumpToFail(POP_JUMP_IF_FALSE, s);
  case NodeKind::MatchSequence: return sequencePattern(*p->as<MatchSequence>(), s);
  case NodeKind::MatchMapping: return mappingPattern(*p->as<MatchMapping>(), s);
  case NodeKind::MatchClass: return classPattern(*p->as<MatchClass>(), s);
  case NodeKind::MatchStar: return storeCapture(p->as<MatchStar>()->name, s);
  case NodeKind::MatchOr: return orPattern(*p->as<MatchOr>(), s);
  default: break;
  }
  const MatchAs& as = *p->as<MatchAs>();
  if (!as.pattern) return storeCapture(as.name, s);
  ++s.onTop;
  op(COPY, 1);
  pattern(as.pattern, s);
  --s.onTop;
  storeCapture(as.name, s);
}

void UnitCompiler::sequencePattern(const MatchSequence& p, PatternState& s) {
  auto size = static_cast<int>(p.patterns.size());
  int star = -1;
  bool onlyWildcards = true, starIsWildcard = false;
  for (int i = 0; i < size; ++i) {
    const Pattern* sub = p.patterns[static_cast<size_t>(i)];
    if (const MatchStar* m = sub->tryAs<MatchStar>()) {
      starIsWildcard = !m->name;
      onlyWildcards = onlyWildcards && starIsWildcard;
      star = i;
      continue;
    }
    onlyWildcards = onlyWildcards && isWildcard(sub);
  }
  ++s.onTop;
  op(MATCH_SEQUENCE);
  jumpToFail(POP_JUMP_IF_FALSE, s);
  if (star < 0) {
    op(GET_LEN);
    loadConst(c_.constants.internInt(size));
    op(COMPARE_OP, 2);
    jumpToFail(POP_JUMP_IF_FALSE, s);
  } else if (size > 1) {
    op(GET_LEN);
    loadConst(c_.constants.internInt(size - 1));
    op(COMPARE_OP, 5);
    jumpToFail(POP_JUMP_IF_FALSE, s);
  }
  --s.onTop;
  if (onlyWildcards) return op(POP_TOP);
  if (starIsWildcard) {
    ++s.onTop;
    for (int i = 0; i < size; ++i) {
      const Pattern* sub = p.patterns[static_cast<size_t>(i)];
      if (isWildcard(sub) || i == star) continue;
      op(COPY, 1);
      if (i < star) {
        loadConst(c_.constants.internInt(i));
      } else {
        op(GET_LEN);
        loadConst(c_.constants.internInt(size - i));
        op(BINARY_OP, 10);
      }
      op(BINARY_SUBSCR);
      subPattern(sub, s);
    }
    --s.onTop;
    return op(POP_TOP);
  }
  if (star >= 0) op(UNPACK_EX, star | (size - star - 1) << 8);
  else op(UNPACK_SEQUENCE, size);
  s.onTop += size;
  for (const Pattern* sub : p.patterns) {
    --s.onTop;
    subPattern(sub, s);
  }
}

void UnitCompiler::mappingPattern(const MatchMapping& p, PatternState& s) {
  auto size = static_cast<int>(p.keys.size());
  ++s.onTop;
  op(MATCH_MAPPING);
  jumpToFail(POP_JUMP_IF_FALSE, s);
  if (size == 0 && !p.rest) {
    --s.onTop;
    return op(POP_TOP);
  }
  if (size) {
    op(GET_LEN);
    loadConst(c_.constants.internInt(size));
    op(COMPARE_OP, 5);
    jumpToFail(POP_JUMP_IF_FALSE, s);
  }
  for (const Expr* key : p.keys) visit(key);
  op(BUILD_TUPLE, size);
  op(MATCH_KEYS);
  s.onTop += 2;
  op(COPY, 1);
  loadNone();
  op(IS_OP, 1);
  jumpToFail(POP_JUMP_IF_FALSE, s);
  op(UNPACK_SEQUENCE, size);
  s.onTop += size - 1;
  for (const Pattern* sub : p.patterns) {
    --s.onTop;
    subPattern(sub, s);
  }
  s.onTop -= 2;
  if (p.rest) {
    op(BUILD_MAP, 0);
    op(SWAP, 3);
    op(DICT_UPDATE, 2);
    op(UNPACK_SEQUENCE, size);
    for (int left = size; left > 0; --left) {
      op(COPY, 1 + left);
      op(SWAP, 2);
      op(DELETE_SUBSCR);
    }
    return storeCapture(p.rest, s);
  }
  op(POP_TOP);
  op(POP_TOP);
}

void UnitCompiler::classPattern(const MatchClass& p, PatternState& s) {
  auto positional = static_cast<int>(p.patterns.size()), named = static_cast<int>(p.kwd_patterns.size());
  visit(p.cls);
  std::vector<core::ConstantId> names;
  for (Symbol n : p.kwd_attrs) names.push_back(c_.constants.internStr(c_.symbols.text(n)));
  loadConst(c_.constants.internTuple(std::move(names)));
  op(MATCH_CLASS, positional);
  op(COPY, 1);
  loadNone();
  op(IS_OP, 1);
  ++s.onTop;
  jumpToFail(POP_JUMP_IF_FALSE, s);
  op(UNPACK_SEQUENCE, positional + named);
  s.onTop += positional + named - 1;
  for (int i = 0; i < positional + named; ++i) {
    --s.onTop;
    const Pattern* sub = i < positional ? p.patterns[static_cast<size_t>(i)] : p.kwd_patterns[static_cast<size_t>(i - positional)];
    if (isWildcard(sub)) op(POP_TOP);
    else subPattern(sub, s);
  }
}

void UnitCompiler::orPattern(const MatchOr& p, PatternState& s) {
  BasicBlock* end = newBlock();
  PatternState old = s;
  std::vector<Symbol> control;
  for (size_t i = 0; i < p.patterns.size(); ++i) {
    const Pattern* alternative = p.patterns[i];
    at(alternative->span);
    s.stores.clear();
    s.failPop.clear();
    s.allowIrrefutable = i + 1 == p.patterns.size() && old.allowIrrefutable;
    s.onTop = 0;
    op(COPY, 1);
    pattern(alternative, s);
    auto count = static_cast<int>(s.stores.size());
    if (i == 0) {
      control = s.stores;
    } else {
      // The captures are brought into the first alternative's order.
      for (int want = count - 1; want >= 0; --want) {
        Symbol n = control[static_cast<size_t>(want)];
        auto have = static_cast<int>(std::find(s.stores.begin(), s.stores.end(), n) - s.stores.begin());
        if (want == have) continue;
        int rotations = have + 1;
        std::vector<Symbol> rotated(s.stores.begin(), s.stores.begin() + rotations);
        s.stores.erase(s.stores.begin(), s.stores.begin() + rotations);
        s.stores.insert(s.stores.begin() + (want - have), rotated.begin(), rotated.end());
        while (rotations--) rotate(want + 1);
      }
    }
    jump(JUMP, end);
    emitFailPops(s);
  }
  s = old;
  op(POP_TOP);
  jumpToFail(JUMP, s);
  use(end);
  auto count = static_cast<int>(control.size());
  int rotations = count + 1 + s.onTop + static_cast<int>(s.stores.size());
  for (Symbol n : control) {
    rotate(rotations);
    s.stores.push_back(n);
  }
  op(POP_TOP);
}

void UnitCompiler::matchStatement(const Match& n) {
  visit(n.subject);
  BasicBlock* end = newBlock();
  size_t cases = n.cases.size();
  const MatchCase* last = n.cases[cases - 1];
  bool hasDefault = isWildcard(last->pattern) && cases > 1;
  PatternState s;
  for (size_t i = 0; i < cases - hasDefault; ++i) {
    const MatchCase* c = n.cases[i];
    at(c->pattern->span);
    bool keeps = i != cases - hasDefault - 1;
    if (keeps) op(COPY, 1);
    s = PatternState();
    s.allowIrrefutable = c->guard || i == cases - 1;
    pattern(c->pattern, s);
    for (Symbol name : s.stores) store(name);
    if (c->guard) {
      ensureFailPops(s, 0);
      jumpIf(c->guard, s.failPop[0], false);
    }
    if (keeps) op(POP_TOP);
    body(c->body);
    jump(JUMP, end);
    // Failures are reported at the pattern.
    at(c->pattern->span);
    emitFailPops(s);
  }
  if (hasDefault) {
    at(last->pattern->span);
    if (cases == 1) op(POP_TOP);
    else op(NOP);
    if (last->guard) jumpIf(last->guard, end, false);
    body(last->body);
  }
  use(end);
}

} // namespace krait::ir::bytecode
