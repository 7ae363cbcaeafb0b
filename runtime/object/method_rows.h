// Which functions a class has as methods: a small table beside each layout, so that a site that meets several classes in turn asks each
// directly, and no site keeps a record of its own for that.
//
// Names are given rows in turn, the first time that they are asked for, so the methods of a class rarely get in each other's way.
// A row is filled when its name is asked for the first time, or again after another name with the same row. It holds while
// the class's version does: whoever changes the class empties the table (forgetMethods). Whether an instance has an
// attribute of its own under the name is asked at each use, as its dict word may have come since; of inline slots it is
// known when the row is filled.
#pragma once
#include "runtime/object/attribute_cache.h"
#include "runtime/object/heap_type.h"
#include "runtime/types/str.h"

namespace krait {

inline const MethodRow& methodRow(const Layout* l, Value name) { return l->methods[name.as<StrObject>()->methodRow]; }

/// The function that `o.name` binds; null if that is something else, or nothing is known yet.
inline FunctionObject* knownMethod(Value o, Value name) {
  if (!o.isPointer()) return nullptr;
  const Layout* l = o.object()->layout;
  const MethodRow& row = methodRow(l, name);
  if (row.name != name) [[unlikely]] return nullptr;
  if (hasOwnDict(o.object(), l)) [[unlikely]] return nullptr;
  return row.function;
}
/// The same of an instance of `t` without looking at it: what special methods are.
inline FunctionObject* knownMethodOf(const Type* t, Value name) {
  const MethodRow& row = methodRow(&t->instanceLayout, name);
  if (row.name != name) [[unlikely]] return nullptr;
  return row.function;
}

/// Looks `name` up in the class of layout `l`, and fills its row. The function, or null.
FunctionObject* learnMethod(const Layout* l, Value name);
/// When the class changes, with its version.
void forgetMethods(Type* t);
/// When it dies.
void releaseMethodRows(HeapType* t);

} // namespace krait
