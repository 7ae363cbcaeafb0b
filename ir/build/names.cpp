// Reading, binding and deleting names, by the scope that sema found for them.
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using sema::NameScope;

uint32_t FunctionBuilder::localIndex(Symbol name) {
  auto [at, isNew] = locals_.try_emplace(name, static_cast<uint32_t>(f_.locals.size()));
  if (isNew) {
    bool parameter = f_.locals.size() < scope_.parameters.size();
    f_.locals.push_back({c_.text(name), parameter ? core::LocalKind::Parameter : core::LocalKind::Variable});
  }
  return at->second;
}

uint32_t FunctionBuilder::globalIndex(Symbol name) {
  nameAttribute(c_.symbols.text(name));
  return c_.module.cells.intern(c_.symbols.text(name), c_.cellScope);
}

Temp* FunctionBuilder::loadName(Symbol plain) {
  Symbol name = mangled(plain);
  const sema::Binding* b = scope_.find(name);
  NameScope where = b ? b->scope : NameScope::GlobalImplicit;
  switch (where) {
  case NameScope::Local: {
    if (!scope_.isFunctionLike()) break;
    uint32_t local = localIndex(name);
    bool alwaysBound = (b->flags & sema::kParameter) && !(b->flags & sema::kDeleted);
    Temp* t = make(alwaysBound ? Op::LocalRead : Op::LocalGet, {}, {.index = local});
    return b->flags & sema::kWalrusTarget ? own(t) : t;
  }
  case NameScope::Cell: return make(Op::CellGet, {}, {.index2 = cellIndex(name)});
  case NameScope::Free:
    if (scope_.kind == sema::ScopeKind::Class)
      return make(Op::NameGetDeref, {readNamespace()}, {.index = c_.module.names.intern(c_.symbols.text(name)), .index2 = cellIndex(name)});
    return make(Op::CellGet, {}, {.index2 = cellIndex(name)});
  case NameScope::GlobalExplicit: return make(Op::GlobalGet, {}, {.index = globalIndex(name)});
  default: break;
  }
  if (hasNamespace()) return make(Op::NameGet, {readNamespace()}, {.index = nameAttribute(c_.symbols.text(name))});
  return make(Op::GlobalGet, {}, {.index = globalIndex(name)});
}

void FunctionBuilder::storeName(Symbol plain, Temp* value) {
  Symbol name = mangled(plain);
  switch (scope_.scopeOf(name)) {
  case NameScope::Local:
    if (!scope_.isFunctionLike()) break;
    emit(Op::LocalSet, {own(value)}, {.index = localIndex(name)});
    return;
  case NameScope::Cell:
  case NameScope::Free: emit(Op::CellSet, {own(value)}, {.index2 = cellIndex(name)}); return;
  case NameScope::GlobalExplicit: emit(Op::GlobalSet, {own(value)}, {.index = globalIndex(name)}); return;
  default: break;
  }
  if (hasNamespace()) {
    emit(Op::NameSet, {readNamespace(), value}, {.index = nameAttribute(c_.symbols.text(name))});
    drop(value);
  } else {
    emit(Op::GlobalSet, {own(value)}, {.index = globalIndex(name)});
  }
}

void FunctionBuilder::deleteName(Symbol plain) {
  Symbol name = mangled(plain);
  switch (scope_.scopeOf(name)) {
  case NameScope::Local:
    if (!scope_.isFunctionLike()) break;
    emit(Op::LocalDel, {}, {.index = localIndex(name)});
    return;
  case NameScope::Cell:
  case NameScope::Free: emit(Op::CellDel, {}, {.index2 = cellIndex(name)}); return;
  case NameScope::GlobalExplicit: emit(Op::GlobalDel, {}, {.index = globalIndex(name)}); return;
  default: break;
  }
  if (hasNamespace()) emit(Op::NameDel, {readNamespace()}, {.index = nameAttribute(c_.symbols.text(name))});
  else emit(Op::GlobalDel, {}, {.index = globalIndex(name)});
}

void FunctionBuilder::forgetName(Symbol plain) {
  Symbol name = mangled(plain);
  if (scope_.isFunctionLike() && scope_.scopeOf(name) == NameScope::Local) {
    clearHidden(localIndex(name));
    return;
  }
  // Binding None first makes the deletion succeed whatever the body did to the name.
  storeName(plain, constant(core::ConstantKind::None));
  deleteName(plain);
}

Temp* FunctionBuilder::localsDict() {
  if (hasNamespace()) return readNamespace();
  if (!scope_.isFunctionLike()) return make(Op::GlobalsDict);
  if (localsDict_ == kNone) {
    localsDict_ = acquireHidden("locals");
    hiddenLog_.pop_back(); // lives as long as the frame: no handler clears it
  }
  return make(Op::LocalsDict, {}, {.index = localsDict_});
}

Temp* FunctionBuilder::closureFor(const core::Function& inner) {
  if (inner.frees.empty()) return nullptr;
  Temps cells;
  for (const std::string& free : inner.frees) {
    uint32_t found = kNone;
    // A class body's own __class__ cell hides an outer one.
    uint32_t count = static_cast<uint32_t>(f_.cells.size() + f_.frees.size());
    for (uint32_t i = 0; i < count && found == kNone; ++i)
      if (f_.cellName(i) == free) found = i;
    assert(found != kNone);
    cells.push_back(own(make(Op::CellRef, {}, {.index2 = found})));
  }
  return make(Op::TupleNew, cells);
}

} // namespace krait::ir::build
