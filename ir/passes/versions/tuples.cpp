// Tuples that need not exist: what makes one and the only thing that looks at it stand in one block, and that is done in the version.
//
//   %5 = tuple.new %3, %4             (nothing; an exit makes it)
//   %6 = item.get %grid, %5    ──>    grid's __getitem__, done in place: its `x, y = key` knows both
//   kill %5                           the deaths of %3 and %4
//
// Unpacking and isinstance look at one, too.
#include "ir/analysis/liveness.h"
#include "ir/passes/versions/screen.h"
#include "ir/passes/versions/translator.h"

namespace krait::ir::passes::versions {

using namespace core;

namespace {

constexpr size_t kMaxItems = 8;

// The only instruction that looks at it, behind which it dies at once; null if there is none.
const Instruction* userOf(const Temp* tuple) {
  const Use* user = nullptr;
  size_t kills = 0;
  for (const Use* u = tuple->uses; u; u = u->next) {
    if (u->user->is(Op::Kill)) {
      ++kills;
      continue;
    }
    if (user) return nullptr;
    user = u;
  }
  if (!user || user->user->block != tuple->definingBlock() || isTerminator(user->user->op)) return nullptr;
  const Instruction& i = *user->user;
  if (analysis::useModeOf(i, static_cast<uint32_t>(user - i.uses)) != analysis::UseMode::Borrow) return kills == 0 ? &i : nullptr;
  return diesBehind(i, tuple) ? &i : nullptr;
}

// isinstance(x, (A, B)) (calls.cpp).
bool isTestOf(Translator& t, const Instruction& i, const Temp* tuple) { return isInstanceTest(i, *t.plan().facts) && i.operand(2) == tuple; }

bool isArgument(const Instruction& i, const Temp* t) {
  for (uint32_t n = 1; n < i.operandCount; ++n)
    if (i.operand(n) == t) return !isOperator(i);
  return false;
}

} // namespace

bool translateTuple(Translator& t, const Instruction& i) {
  if (i.is(Op::Unpack)) {
    const auto* items = t.of(i.operand(0)).items;
    if (!items || items->size() != i.resultCount) return false;
    t.define(i.operand(0), {});
    for (uint32_t r = 0; r < i.resultCount; ++r) t.define(i.result(r), (*items)[r]);
    return true;
  }
  if (!i.is(Op::TupleNew) || i.operandCount > kMaxItems) return false;
  const Instruction* user = userOf(i.result());
  if (!user) return false;
  const bool isUnpacked = user->is(Op::Unpack) && user->resultCount == i.operandCount;
  if (!isUnpacked && !isTestOf(t, *user, i.result()) && !(isArgument(*user, i.result()) && isInlined(*user, t.plan()))) return false;
  std::vector<Known> items;
  for (uint32_t n = 0; n < i.operandCount; ++n) {
    const Known& k = t.of(i.operand(n));
    if (k.kind != RawKind::None && !(k.word && k.owned)) items.push_back({.kind = k.kind, .raw = k.raw, .imaginary = k.imaginary});
    else items.push_back({.word = t.owned(i.operand(n)), .owned = true});
  }
  for (uint32_t n = 0; n < i.operandCount; ++n) t.define(i.operand(n), {});
  t.define(i.result(), t.tupleOf(std::move(items)));
  return true;
}

} // namespace krait::ir::passes::versions
