// `for nx, ny in ((x + 1, y), (x - 1, y)):`, whose rows stand in the text. Nobody gets hold of the rows, nor of what goes over them, so that
// none is made: the items wait in locals, of which each round takes its own.
//
//   %p = binary.add $x, 1; local.init $item.0, %p      ^head:
//   %q = $y; local.init $item.1, %q                      condbr $row == 0, ^0, ^more
//   …                                                  ^0:
//   local.init $row, 0                                   local.set $row, 1; nx = $item.0; ny = $item.1; br ^body
//   br ^head                                           ^more:
//                                                        condbr $row == 1, ^1, ^exhausted
//
// A constant is stored where it is wanted. What waits dies with the loop, the last first, as it would with the rows.
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using namespace ast;

namespace {

constexpr size_t kMostRows = 8, kMostItems = 32;

bool isDisplay(const Expr* e) { return e->is<Tuple>() || e->is<List>(); }

} // namespace

bool FunctionBuilder::beginRows(const Expr* iterable, const Expr* const& target, RowLoop& loop) {
  if (!isDisplay(iterable) || c_.options.events || c_.options.frames || c_.options.counts) return false;
  const ListOf<Expr> rows = elementsOf(iterable);
  const bool isOne = target->is<Name>();
  loop.targets = isOne ? ListOf<Expr>(&target, 1) : elementsOf(target);
  const size_t width = loop.targets.size();
  if (rows.size() < 2 || rows.size() > kMostRows || width == 0 || rows.size() * width > kMostItems || hasStarred(rows)) return false;
  for (const Expr* e : loop.targets)
    if (!e->is<Name>()) return false;
  for (const Expr* e : rows)
    if (!isOne && (!isDisplay(e) || elementsOf(e).size() != width || hasStarred(elementsOf(e)))) return false;

  Temps waiting;
  const auto add = [&](const Expr* e) {
    const auto folded = c_.folder.fold(e);
    loop.items.push_back({folded});
    if (!folded) waiting.push_back(value(e));
  };
  for (const Expr* row : rows) {
    if (isOne) add(row);
    else for (const Expr* e : elementsOf(row)) add(e);
  }
  for (Temp*& t : waiting) t = own(t);
  for (size_t next = 0; RowLoop::Item& item : loop.items) {
    if (item.constant) continue;
    loop.locals.push_back(item.local = acquireHidden("item"));
    initHidden(item.local, waiting[next++]);
  }
  loop.row = acquireHidden("row");
  initHidden(loop.row, constant(c_.module.constants.internInt(0)));
  return true;
}

bool FunctionBuilder::rowLoop(const For& n) {
  RowLoop loop;
  if (!beginRows(n.iter, n.target, loop)) return false;
  Block* head = newBlock();
  b_.br(head);
  start(head);
  loopBody(n, loop.row, {loop.locals.rbegin(), loop.locals.rend()}, head, [&](Block* exhausted) { takeRow(loop, exhausted); });
  return true;
}

void FunctionBuilder::takeRow(const RowLoop& loop, Block* exhausted) {
  Block* body = newBlock();
  const size_t width = loop.targets.size(), count = loop.items.size() / width;
  for (size_t r = 0; r < count; ++r) {
    Block *mine = newBlock(), *more = r + 1 < count ? newBlock() : exhausted;
    const auto number = [&](size_t v) { return constant(c_.module.constants.internInt(static_cast<int64_t>(v))); };
    condBr(make(Op::TestEq, {readHidden(loop.row), number(r)}), mine, more);
    start(mine);
    emit(Op::LocalSet, {own(number(r + 1))}, {.index = loop.row});
    for (size_t k = 0; k < width; ++k) {
      const RowLoop::Item& item = loop.items[r * width + k];
      store(loop.targets[k], item.constant ? constant(*item.constant) : readHidden(item.local));
    }
    b_.br(body);
    if (more != exhausted) start(more);
  }
  start(body);
}

} // namespace krait::ir::build
