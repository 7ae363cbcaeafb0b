// Assignment, unpacking, augmented and annotated assignment, deletion.
#include "frontend/ast/queries.h"
#include "ir/build/function_builder.h"

namespace krait::ir::build {

using namespace ast;

namespace {
// In the order of ast::Operator.
constexpr Op kInplace[] = {Op::InplaceAdd, Op::InplaceSub, Op::InplaceMul, Op::InplaceMatMul, Op::InplaceTrueDiv,
                           Op::InplaceMod, Op::InplacePow, Op::InplaceLShift, Op::InplaceRShift, Op::InplaceOr,
                           Op::InplaceXor, Op::InplaceAnd, Op::InplaceFloorDiv};

bool isSequence(const Expr* e) { return e->is<Tuple>() || e->is<List>(); }
} // namespace

void FunctionBuilder::store(const Expr* target, Temp* v) {
  At at(*this, target->span);
  switch (target->kind) {
  case NodeKind::Name: return storeName(target->as<Name>()->id, v);
  case NodeKind::Starred: return store(target->as<Starred>()->value, v);
  case NodeKind::Tuple:
  case NodeKind::List: return unpack(elementsOf(target), v);
  case NodeKind::Attribute: {
    const Attribute& n = *target->as<Attribute>();
    Temp* object = value(n.value);
    At name(*this, methodSpan(n.span, n));
    emit(Op::AttrSet, {object, v}, {.index = nameAttribute(c_.symbols.text(mangled(n.attr)))});
    drop(v);
    return drop(object);
  }
  case NodeKind::Subscript: {
    const Subscript& n = *target->as<Subscript>();
    Temp* object = value(n.value);
    if (const Slice* s = n.slice->tryAs<Slice>()) {
      SliceParts parts = sliceParts(*s);
      emit(Op::SliceSet, {object, parts.start, parts.stop, parts.step, own(v)});
      drop(object);
      return drop(parts);
    }
    Temp* key = value(n.slice);
    emit(Op::ItemSet, {object, key, v});
    drop(v);
    drop(object);
    return drop(key);
  }
  default: assert(false && "a target");
  }
}

void FunctionBuilder::unpack(ListOf<Expr> targets, Temp* v) {
  size_t star = targets.size();
  for (size_t i = 0; i < targets.size(); ++i)
    if (targets[i]->is<Starred>()) star = i;
  int64_t count = static_cast<int64_t>(targets.size());
  Instruction* i = star == targets.size()
                       ? emit(Op::Unpack, {v}, {.imm = count})
                       : emit(Op::UnpackEx, {v}, {.imm = static_cast<int64_t>(star), .imm2 = count - 1 - static_cast<int64_t>(star)});
  drop(v);
  for (size_t k = 0; k < targets.size(); ++k) store(targets[k], i->result(k));
}

/// The local variable that CPython stores to without asking a cell or a dict.
const sema::Binding* FunctionBuilder::plainLocal(Symbol plain) {
  const sema::Binding* b = scope_.isFunctionLike() ? scope_.find(mangled(plain)) : nullptr;
  return b && b->scope == sema::NameScope::Local ? b : nullptr;
}

/// `a, b = x, y` of two or three locals on one line: CPython's compiler lets the stores, not the values, change places, so that the
/// last variable's old value dies first. A tuple of constants is one.
bool FunctionBuilder::storesBackwards(const Expr* targets, const Expr& values) {
  const ListOf<Expr> to = elementsOf(targets);
  if (!values.is<Tuple>() || (to.size() != 2 && to.size() != 3) || c_.folder.fold(&values)) return false;
  for (size_t i = 0; i < to.size(); ++i) {
    const Name* name = to[i]->tryAs<Name>();
    if (!name || !plainLocal(name->id) || c_.cursor.at(to[i]->span.start).line != c_.cursor.at(to[0]->span.start).line) return false;
    for (size_t k = 0; k < i; ++k)
      if (to[k]->as<Name>()->id == name->id) return false;
  }
  return true;
}

void FunctionBuilder::assign(const Assign& n) {
  // `a, b = b, a`: no tuple is made.
  if (n.targets.size() == 1 && isSequence(n.targets[0]) && isSequence(n.value)) {
    ListOf<Expr> to = elementsOf(n.targets[0]), from = elementsOf(n.value);
    if (!to.empty() && to.size() == from.size() && !hasStarred(to) && !hasStarred(from)) {
      Temps values;
      for (const Expr* e : from) values.push_back(ownedValue(e));
      const bool backwards = storesBackwards(n.targets[0], *n.value);
      if (backwards) // which are numbered in the order of the text
        for (const Expr* e : to) localIndex(mangled(e->as<Name>()->id));
      for (size_t i = 0; i < to.size(); ++i) {
        const size_t k = backwards ? to.size() - 1 - i : i;
        store(to[k], values[k]);
      }
      return;
    }
  }
  Temp* v = value(n.value);
  if (n.targets.size() > 1) v = own(v);
  for (size_t i = 0; i < n.targets.size(); ++i) {
    bool last = i + 1 == n.targets.size();
    store(n.targets[i], last ? v : make(Op::Copy, {v}));
  }
}

void FunctionBuilder::augAssign(const AugAssign& n) {
  Op op = kInplace[static_cast<int>(n.op)];
  switch (n.target->kind) {
  case NodeKind::Name: {
    Symbol plain = n.target->as<Name>()->id;
    Symbol name = mangled(plain);
    const sema::Binding* local = plainLocal(plain);
    Temp* left = nullptr;
    {
      At at(*this, n.target->span);
      left = loadName(plain);
    }
    if (local && !(local->flags & sema::kWalrusTarget)) {
      // The local lends its own reference, so that a str or list nobody else has grows in place.
      Temp* right = value(n.value);
      uint32_t index = localIndex(name);
      // `s += s`: the reference cannot be lent and read at once.
      bool same = right->definition && (right->definition->is(Op::LocalGet) || right->definition->is(Op::LocalRead)) &&
                  right->definition->local() == index;
      if (same) right = own(right);
      Temp* lent = make(Op::LocalLend, {}, {.index = index});
      Temp* result = make(op, {lent, right});
      emit(Op::LocalInit, {result}, {.index = index});
      return drop(right);
    }
    left = own(left);
    Temp* right = value(n.value);
    Temp* result = make(op, {left, right});
    drop(right);
    At at(*this, n.target->span);
    return storeName(plain, result);
  }
  case NodeKind::Attribute: {
    const Attribute& target = *n.target->as<Attribute>();
    Span access = methodSpan(target.span, target);
    Temp* object = value(target.value);
    uint32_t name = nameAttribute(c_.symbols.text(mangled(target.attr)));
    Temp* left = nullptr;
    {
      At at(*this, access);
      left = make(Op::AttrGet, {object}, {.index = name});
    }
    Temp* right = value(n.value);
    Temp* result = make(op, {left, right});
    drop(right);
    At at(*this, access);
    emit(Op::AttrSet, {object, result}, {.index = name});
    drop(result);
    return drop(object);
  }
  case NodeKind::Subscript: {
    const Subscript& target = *n.target->as<Subscript>();
    Temp* object = value(target.value);
    Temp* key = value(target.slice);
    Temp* left = nullptr;
    {
      At at(*this, target.span);
      left = make(Op::ItemGet, {object, key});
    }
    Temp* right = value(n.value);
    Temp* result = make(op, {left, right});
    drop(right);
    At at(*this, target.span);
    emit(Op::ItemSet, {object, key, result});
    drop(result);
    drop(object);
    return drop(key);
  }
  default: assert(false && "a target");
  }
}

void FunctionBuilder::annAssign(const AnnAssign& n) {
  if (n.value) store(n.target, value(n.value));
  bool annotates = !scope_.isFunctionLike();
  switch (n.target->kind) {
  case NodeKind::Name: {
    if (!n.simple || !annotates) break;
    Temp* v = annotation(n.annotation);
    Temp* annotations = loadName(sym::DunderAnnotations);
    Temp* key = constantStr(c_.symbols.text(mangled(n.target->as<Name>()->id)));
    emit(Op::ItemSet, {annotations, key, v});
    drop(v);
    drop(annotations);
    return;
  }
  case NodeKind::Attribute:
    if (!n.value) drop(value(n.target->as<Attribute>()->value));
    break;
  case NodeKind::Subscript:
    if (!n.value) {
      Temp* object = value(n.target->as<Subscript>()->value);
      drop(object);
      drop(value(n.target->as<Subscript>()->slice));
    }
    break;
  default: break;
  }
  // The annotation of a complex target is evaluated and forgotten.
  if (!n.simple && annotates && !c_.deferAnnotations()) drop(value(n.annotation));
}

void FunctionBuilder::remove(const Expr* target) {
  At at(*this, target->span);
  switch (target->kind) {
  case NodeKind::Name: return deleteName(target->as<Name>()->id);
  case NodeKind::Attribute: {
    const Attribute& n = *target->as<Attribute>();
    Temp* object = value(n.value);
    At name(*this, methodSpan(n.span, n));
    emit(Op::AttrDel, {object}, {.index = nameAttribute(c_.symbols.text(mangled(n.attr)))});
    return drop(object);
  }
  case NodeKind::Subscript: {
    Temp* object = value(target->as<Subscript>()->value);
    Temp* key = value(target->as<Subscript>()->slice);
    emit(Op::ItemDel, {object, key});
    drop(object);
    return drop(key);
  }
  default:
    for (const Expr* e : elementsOf(target)) remove(e);
  }
}

} // namespace krait::ir::build
