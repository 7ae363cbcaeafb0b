// The frame of a function under construction: its description, blocks, sites
// and hidden locals.
#include "ir/build/function_builder.h"

#include <algorithm>

namespace krait::ir::build {

namespace {
// Hidden locals get their final numbers when the named ones are known.
constexpr uint32_t kHiddenBase = 1u << 24;

// What is defined inside a comprehension or a class body carries its name alone.
bool hasLocalsInQualname(core::FunctionKind kind) {
  return kind == core::FunctionKind::Function || kind == core::FunctionKind::Lambda;
}
} // namespace

FunctionBuilder::FunctionBuilder(Context& context, FunctionBuilder* parent, const sema::Scope& scope, core::FunctionKind kind,
                                 Symbol name, Span span)
    : c_(context), parent_(parent), scope_(scope), f_(context.module.addFunction()), b_(f_), loc_(span) {
  f_.kind = kind;
  f_.name = c_.text(name);
  f_.qualname = f_.name;
  auto from = c_.cursor.at(span.start), to = c_.cursor.at(span.end);
  f_.span = {static_cast<int32_t>(from.line), static_cast<int32_t>(to.line), static_cast<int32_t>(from.column),
             static_cast<int32_t>(to.column)};
  f_.firstLine = from.line;
  if (parent) {
    f_.parent = parent->f_.number;
    const FunctionBuilder* outer = parent;
    while (outer->f_.kind == core::FunctionKind::TypeParameters && outer->parent_) outer = outer->parent_;
    bool declaredGlobal = (kind == core::FunctionKind::Function || kind == core::FunctionKind::ClassBody) &&
                          outer->scope_.scopeOf(sema::mangle(c_.symbols, outer->scope_.privateClass, name)) == sema::NameScope::GlobalExplicit;
    if (!declaredGlobal && outer->f_.kind != core::FunctionKind::Module)
      f_.qualname = outer->f_.qualname + (hasLocalsInQualname(outer->f_.kind) ? ".<locals>." : ".") + f_.name;
  }
  if (scope.isFunctionLike()) f_.flags |= kCodeOptimized | kCodeNewLocals;
  if (scope.isNested && scope.isFunctionLike()) f_.flags |= kCodeNested;
  if (scope.isFunctionLike()) {
    bool generator = scope.isGenerator, coroutine = scope.isCoroutine;
    // An async list comprehension is a coroutine; one inside a generator expression makes that asynchronous.
    if (kind == core::FunctionKind::EagerGenerator) f_.flags |= kCodeEager; // a function like any other
    else if (generator && coroutine) f_.flags |= kCodeAsyncGenerator;
    else if (generator) f_.flags |= kCodeGenerator;
    else if (coroutine) f_.flags |= kCodeCoroutine;
    if (scope.hasVarArgs) f_.flags |= kCodeVarArgs;
    if (scope.hasVarKeywords) f_.flags |= kCodeVarKeywords;
  } else if (kind == core::FunctionKind::Module && scope.isCoroutine) {
    f_.flags |= kCodeCoroutine; // top-level await
  }
  f_.flags |= c_.analysis.futureFlags & (sema::kFutureAnnotations | sema::kFutureBarryAsFlufl);
  setUpFrame();
}

// co_cellvars: parameters in their order, then the rest sorted. co_freevars: sorted.
void FunctionBuilder::setUpFrame() {
  std::vector<Symbol> cells, frees;
  for (const sema::Binding& b : scope_.bindings) {
    if (b.scope == sema::NameScope::Cell && !(b.flags & sema::kParameter)) cells.push_back(b.name);
    if (b.scope == sema::NameScope::Free || (b.flags & sema::kFreeInClass)) frees.push_back(b.name);
  }
  if (scope_.needsClassCell) cells.push_back(sym::DunderClass);
  auto byText = [&](Symbol a, Symbol b) { return c_.symbols.text(a) < c_.symbols.text(b); };
  std::sort(cells.begin(), cells.end(), byText);
  std::sort(frees.begin(), frees.end(), byText);
  std::vector<Symbol> all;
  for (Symbol p : scope_.parameters)
    if (scope_.scopeOf(p) == sema::NameScope::Cell) all.push_back(p);
  all.insert(all.end(), cells.begin(), cells.end());
  for (Symbol s : all) f_.cells.push_back(c_.text(s));
  for (Symbol s : frees) f_.frees.push_back(c_.text(s));
  all.insert(all.end(), frees.begin(), frees.end());
  // A class body may have its own __class__ cell and read an outer one: by name it means the outer.
  for (uint32_t i = 0; i < all.size(); ++i) cells_[all[i]] = i;
  for (Symbol p : scope_.parameters) localIndex(p);
}

void FunctionBuilder::begin() {
  b_.setBlock(f_.newBlock());
  if (f_.isGenerator()) {
    At at(*this, firstLineSpan());
    emit(Op::GenStart);
  }
  for (uint32_t i = 0; i < f_.cells.size(); ++i) {
    uint32_t parameter = kNone;
    for (Symbol p : scope_.parameters)
      if (auto at = cells_.find(p); at != cells_.end() && at->second == i) parameter = locals_.at(p);
    if (parameter != kNone) emit(Op::CellFromLocal, {}, {.index = parameter, .index2 = i});
    else emit(Op::CellMake, {}, {.index2 = i});
  }
  if (c_.options.events) {
    At at(*this, firstLineSpan());
    emit(Op::TraceEvent, {}, {.imm = kTraceCall});
  }
}

void FunctionBuilder::finish() {
  prune();
  if (localsDict_ != kNone) clearBeforeLeaving(localsDict_);
  f_.varCount = static_cast<uint32_t>(f_.locals.size());
  for (const std::string& name : hidden_) f_.addHidden(name);
  for (Block* b = f_.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if ((i->info().attributes & core::attribute::LOCAL) && i->index >= kHiddenBase && i->index != kNone)
        i->index = f_.varCount + (i->index - kHiddenBase);
}

// What lives as long as the frame: a return may come before what fills the local in the text, and after it in a loop.
void FunctionBuilder::clearBeforeLeaving(uint32_t hidden) {
  for (Block* b = f_.entry(); b; b = b->next)
    for (Instruction* i = b->first; i; i = i->next)
      if (i->is(Op::FrameLeave)) f_.insertBefore(i, f_.create(Op::LocalClear, {}, {}, hidden));
}

// Drops blocks that cannot be reached, and handlers of blocks that cannot raise.
void FunctionBuilder::prune() {
  std::vector<bool> seen(f_.blockIdLimit());
  std::vector<Block*> work{f_.entry()};
  seen[f_.entry()->id] = true;
  auto reach = [&](Block* b) {
    if (seen[b->id]) return;
    seen[b->id] = true;
    work.push_back(b);
  };
  std::vector<bool> raises(f_.blockIdLimit());
  while (!work.empty()) {
    Block* b = work.back();
    work.pop_back();
    for (Instruction* i = b->first; i; i = i->next) {
      if (core::mayRaise(i->op)) raises[b->id] = true;
      for (uint32_t s = 0; s < i->successorCount; ++s) reach(i->target(s));
    }
    if (b->handler && raises[b->id]) reach(b->handler);
  }
  for (Block* b = f_.entry(); b;) {
    Block* next = b->next;
    if (!seen[b->id]) f_.eraseBlock(b);
    else if (b->handler && !raises[b->id]) b->handler = nullptr;
    b = next;
  }
}

Span FunctionBuilder::lineSpan(uint32_t line) const {
  uint32_t start = c_.buffer.lineStart(line);
  return {start, start};
}

uint32_t FunctionBuilder::newSite(Span span) {
  auto from = c_.cursor.at(span.start), to = c_.cursor.at(span.end);
  std::vector<core::Site>& sites = f_.outlinedFrom == kNone ? f_.sites : c_.module.functions[f_.outlinedFrom]->sites;
  sites.push_back({{static_cast<int32_t>(from.line), static_cast<int32_t>(to.line), static_cast<int32_t>(from.column),
                       static_cast<int32_t>(to.column)},
                      kNone,
                      kNone});
  return static_cast<uint32_t>(sites.size() - 1);
}

uint32_t FunctionBuilder::siteOf(Span span) {
  auto [at, isNew] = sites_.try_emplace(uint64_t{span.start} << 32 | span.end);
  if (isNew) at->second = newSite(span);
  return at->second;
}

uint32_t FunctionBuilder::siteOf(Span call, Span lookup) {
  auto [at, isNew] = methodSites_.try_emplace(uint64_t{call.start} << 32 | call.end);
  if (isNew) {
    at->second = newSite(call);
    newSite(lookup);
  }
  return at->second;
}

Instruction* FunctionBuilder::emit(Op op, std::span<Temp* const> operands, Attributes a) {
  if (core::mayRaise(op)) b_.setSite(silent_ ? kNone : siteOf(loc_));
  Instruction* made = b_.emit(op, operands, a);
  // What a variable held dies where the text gives it something else.
  if (((op == Op::LocalSet && a.index < kHiddenBase) || op == Op::CellSet) && !silent_) made->site = siteOf(loc_);
  return made;
}

Temp* FunctionBuilder::constant(ConstantId id) {
  if (constantsSeen_.insert(id).second) f_.constants.push_back(id);
  return b_.constant(id);
}

uint32_t FunctionBuilder::nameAttribute(std::string_view text) {
  if (namesSeen_.insert(std::string(text)).second) f_.names.emplace_back(text);
  return c_.module.names.intern(text);
}

Block* FunctionBuilder::newBlock() {
  Block* made = f_.newBlock();
  made->handler = handler_;
  return made;
}

Block* FunctionBuilder::newCold(Block* handler) {
  Block* made = f_.newBlock();
  made->handler = handler;
  made->cold = true;
  return made;
}

void FunctionBuilder::start(Block* block) {
  // Blocks stand in the order in which they are filled.
  if (block != f_.lastBlock()) f_.moveBlock(block, f_.lastBlock());
  b_.setBlock(block);
  handler_ = block->handler;
}

void FunctionBuilder::setHandler(Block* handler) {
  Block* current = b_.block();
  handler_ = handler;
  if (current->handler == handler) return;
  if (!current->first) {
    current->handler = handler;
    return;
  }
  Block* next = newBlock();
  b_.br(next);
  start(next);
}

void FunctionBuilder::br(Block* to, std::initializer_list<Temp*> arguments) {
  b_.br(to, arguments);
  terminated();
}

uint32_t FunctionBuilder::acquireHidden(const char* kind) {
  for (size_t i = 0; i < freeHidden_.size(); ++i)
    if (freeHidden_[i].first == kind) {
      uint32_t local = freeHidden_[i].second;
      freeHidden_.erase(freeHidden_.begin() + static_cast<ptrdiff_t>(i));
      hiddenLog_.push_back(local);
      return local;
    }
  uint32_t local = kHiddenBase + static_cast<uint32_t>(hidden_.size());
  hidden_.push_back(std::string(kind) + "." + std::to_string(hidden_.size()));
  hiddenKind_[local] = kind;
  hiddenLog_.push_back(local);
  return local;
}

void FunctionBuilder::releaseHidden(uint32_t local) { freeHidden_.emplace_back(hiddenKind_.at(local), local); }

} // namespace krait::ir::build
