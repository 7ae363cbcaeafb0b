// Comprehensions get what they capture as arguments. A comprehension runs where it stands and nobody gets hold of its
// function, so that, unless it binds the name itself (`:=`), a captured variable is the same from its beginning to its end:
//
//   cell.from_local $k, &k                              (nothing: k is a local like others)
//   %1 = cell.ref &k; %2 = copy %1
//   %3 = tuple.new %2
//   %4 = function.new @2, -, -, -, %3                   %4 = function.new @2, -, -, -, -
//                                                       %1 = local.read $k; %2 = copy %1
//   %5 = call %4, %iterator                             %5 = call %4, %iterator, %2
//
// @2 has one more parameter. Then neither tuple, function object nor cell is made, and the versions of both functions know
// the variable as they know others. Who takes the comprehension out of the code object gets its bytecode
// (ir/interp/bytecode_source.cpp).
//
// A generator expression that is really made may outlive the variable's value. It gets a cell of its own (cell.of) if the
// name is bound once for good.
//
// All or nothing: a variable that anything else captures stays a cell, and who captures such a one keeps its closure. Every
// read has to be known to find the variable bound, because an unbound one cannot be passed. Functions that ask for their
// locals() keep all cells.
#include "ir/analysis/flow.h"
#include "ir/core/remarks.h"
#include "ir/passes/captures.h"
#include "ir/passes/passes.h"
#include "ir/passes/rewrite.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace krait::ir::passes {

using namespace core;

namespace {

/// function.new of a comprehension with a closure.
struct Site {
  Instruction* made;    // function.new
  Instruction* closure; // tuple.new
  Instruction* call;    // null: a generator is made of it, by whatever call
  std::vector<uint32_t> cells; // CELLs of the function around
};

struct Body {
  std::vector<Site> sites;
  std::vector<bool> lifts; // by CELL: own ones become locals, free ones parameters
};

std::optional<Site> siteOf(const Module& module, Instruction& i) {
  if (!i.is(Op::FunctionNew) || !i.operand(3) || i.operand(0) || i.operand(1) || i.operand(2)) return std::nullopt;
  const Function& callee = *module.functions[i.index];
  Instruction* closure = i.operand(3)->definition;
  if (!callee.isComprehension() || !closure || !closure->is(Op::TupleNew) || analysis::onlyUser(i.operand(3)) != &i) return std::nullopt;
  Site site{&i, closure, nullptr, {}};
  for (uint32_t n = 0; n < closure->operandCount; ++n) {
    const Instruction* copy = closure->operand(n)->definition;
    const Instruction* ref = copy && copy->is(Op::Copy) ? copy->operand(0)->definition : nullptr;
    if (!ref || !ref->is(Op::CellRef) || analysis::onlyUser(ref->result()) != copy || analysis::onlyUser(copy->result()) != closure) return std::nullopt;
    site.cells.push_back(ref->cell());
  }
  if (callee.isGenerator()) return callee.flags & (kCodeCoroutine | kCodeAsyncGenerator) ? std::nullopt : std::optional(site);
  site.call = analysis::onlyUser(i.result());
  if (!site.call || !site.call->is(Op::Call) || site.call->operandCount != 2 || site.call->operand(0) != i.result()) return std::nullopt;
  return site;
}

class Lifter {
public:
  explicit Lifter(Module& module) : module_(module) {}

  bool run() {
    for (auto& f : module_.functions) {
      bodies_.push_back(std::make_unique<Body>());
      if (f->entry()) look(*f, *bodies_.back());
    }
    settle();
    if (module_.remarks) remarkOnKept(*module_.remarks);
    std::vector<Function*> outermost; // a comprehension that gets parameters is rewritten together with the function around it
    for (auto& f : module_.functions)
      if (f->entry() && !isLifted(*f)) outermost.push_back(f.get());
    bool changed = false;
    for (Function* f : outermost) changed |= rewrite(*f, *bodies_[f->number]);
    return changed;
  }

private:
  void look(Function& f, Body& body) {
    const auto cells = static_cast<uint32_t>(f.cells.size() + f.frees.size());
    if (!cells) return;
    const bool takesOwn = f.kind != FunctionKind::ClassBody && f.kind != FunctionKind::TypeParameters;
    for (uint32_t c = 0; c < cells; ++c) body.lifts.push_back(f.isOwnCell(c) ? takesOwn : f.isComprehension() && !f.isGenerator());
    const analysis::Flow flow(f);
    std::vector<uint32_t> refs(cells);
    for (Block* b = f.entry(); b; b = b->next)
      for (Instruction* i = b->first; i; i = i->next) {
        if (auto site = siteOf(module_, *i)) body.sites.push_back(std::move(*site));
        if (i->is(Op::LocalsDict)) body.lifts.assign(cells, false); // looks into all cells
        if (!(i->info().attributes & attribute::CELL)) continue;
        const uint32_t c = i->cell();
        if (i->is(Op::CellRef)) ++refs[c];
        const bool reads = i->is(Op::CellGet) || i->is(Op::CellRef);
        const bool binds = i->is(Op::CellMake) || i->is(Op::CellFromLocal) || i->is(Op::CellSet);
        if (!reads && !(binds && f.isOwnCell(c))) body.lifts[c] = false;
      }
    for (const Site& s : body.sites)
      for (uint32_t c : s.cells) {
        --refs[c];
        if (!s.call && f.isOwnCell(c) && !isBoundOnce(f, c)) body.lifts[c] = false;
      }
    for (uint32_t c = 0; c < cells; ++c) {
      if (refs[c]) body.lifts[c] = false; // something else captures it
      if (body.lifts[c] && f.isOwnCell(c)) body.lifts[c] = isAlwaysBound(f, flow, c);
    }
  }

  void remarkOnKept(Remarks& remarks) const {
    for (size_t n = 0; n < bodies_.size(); ++n)
      for (const Site& s : bodies_[n]->sites)
        for (uint32_t c : s.cells)
          if (!bodies_[n]->lifts[c]) remarks.add(RemarkId::CapturedVariable, *s.made, module_.functions[n]->cellName(c));
  }

  /// All that a comprehension captures, or nothing; so too of what is captured around it.
  void settle() {
    for (bool again = true; again;) {
      again = false;
      for (size_t n = 0; n < bodies_.size(); ++n) {
        Function& f = *module_.functions[n];
        Body& body = *bodies_[n];
        auto keepAll = [&](Body& of, size_t first) {
          for (size_t c = first; c < of.lifts.size(); ++c)
            if (of.lifts[c]) of.lifts[c] = false, again = true;
        };
        for (size_t c = f.cells.size(); c < body.lifts.size(); ++c)
          if (!body.lifts[c]) keepAll(body, f.cells.size());
        for (const Site& s : body.sites) {
          Function& callee = *module_.functions[s.made->index];
          const bool around = std::all_of(s.cells.begin(), s.cells.end(), [&](uint32_t c) { return body.lifts[c]; });
          if (around && (!s.call || isLifted(callee))) continue;
          for (uint32_t c : s.cells)
            if (body.lifts[c]) body.lifts[c] = false, again = true;
          if (s.call) keepAll(*bodies_[callee.number], callee.cells.size());
        }
      }
    }
  }

  bool isLifted(const Function& f) const { return f.isComprehension() && !f.isGenerator() && !f.frees.empty() && bodies_[f.number]->lifts.back(); }

  /// Gives the comprehension parameters for what it captures.
  void addParameters(Function& f) {
    const auto added = static_cast<uint32_t>(f.frees.size()), own = static_cast<uint32_t>(f.cells.size());
    std::vector<Local> parameters;
    for (const std::string& name : f.frees) parameters.push_back({name, LocalKind::Parameter});
    insertLocals(f, f.argCount, parameters);
    std::vector<uint32_t> locals(own + added, kNone);
    for (uint32_t n = 0; n < added; ++n) locals[own + n] = f.argCount + n;
    f.argCount += added;
    f.varCount += added;
    rewrite(f, *bodies_[f.number], std::move(locals));
    f.frees.clear();
  }

  bool rewrite(Function& f, Body& body, std::vector<uint32_t> locals = {}) {
    locals.resize(body.lifts.size(), kNone);
    bool changed = makeLocalsOfCells(f, body.lifts, locals); // free ones are parameters by now
    // Sites first: what they refer to is not looked at any more.
    for (const Site& s : body.sites)
      if (std::all_of(s.cells.begin(), s.cells.end(), [&](uint32_t c) { return body.lifts[c]; })) lift(f, s, locals), changed = true;
    for (Block* b = f.entry(); b; b = b->next)
      forEachInstruction(b, [&](Instruction* i) {
        if (!(i->info().attributes & attribute::CELL) || locals[i->cell()] == kNone) return;
        const uint32_t local = locals[i->cell()];
        if (i->is(Op::CellGet)) {
          Temp* read = insertBefore(i, Op::LocalRead, {}, local)->result();
          f.replaceUses(i->result(), insertBefore(i, Op::Copy, {read})->result());
        } else if (i->is(Op::CellSet)) {
          insertBefore(i, Op::LocalSet, {i->operand(0)}, local);
        }
        f.erase(i);
      });
    return changed;
  }

  void lift(Function& f, const Site& s, const std::vector<uint32_t>& locals) {
    Instruction* at = s.call ? s.call : s.closure; // whatever the iterable does comes before
    std::vector<Temp*> words;
    for (uint32_t c : s.cells) words.push_back(insertBefore(at, Op::Copy, {insertBefore(at, Op::LocalRead, {}, locals[c])->result()})->result());
    std::vector<Instruction*> captures;
    for (uint32_t n = 0; n < s.closure->operandCount; ++n) captures.push_back(s.closure->operand(n)->definition);
    if (!s.call) {
      for (Temp*& word : words) word = insertBefore(at, Op::CellOf, {word})->result();
      f.setOperands(s.closure, words);
    } else {
      addParameters(*module_.functions[s.made->index]);
      dropKills(f, s.closure->result());
      Instruction* made = insertBefore(s.made, Op::FunctionNew, {nullptr, nullptr, nullptr, nullptr}, s.made->index);
      made->result()->type = s.made->result()->type;
      f.replaceUses(s.made->result(), made->result());
      f.erase(s.made);
      f.erase(s.closure);
      std::vector<Temp*> operands{made->result(), s.call->operand(1)};
      operands.insert(operands.end(), words.begin(), words.end());
      f.setOperands(s.call, operands);
    }
    for (Instruction* copy : captures) {
      Instruction* ref = copy->operand(0)->definition;
      f.erase(copy);
      f.erase(ref);
    }
  }

  static void dropKills(Function& f, Temp* t) {
    for (Use* u = t->uses; u;) {
      Instruction* user = u->user;
      u = u->next;
      if (user->is(Op::Kill)) f.erase(user);
    }
  }

  Module& module_;
  std::vector<std::unique_ptr<Body>> bodies_; // by FUNCTION
};

} // namespace

bool runLiftCaptures(Module& module) { return !module.keepsCells && Lifter(module).run(); }

} // namespace krait::ir::passes
