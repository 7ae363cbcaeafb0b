// Objects whose owned references are exactly the N words behind their header:
// destructor and traversal for their types. What follows the words is plain data.
#pragma once
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"

namespace krait {

inline Value* ownedWords(Object* o) { return reinterpret_cast<Value*>(o + 1); }

template <int N> void deallocWords(Object* o) {
  gcUntrack(o);
  for (int i = 0; i < N; ++i) xdecref(ownedWords(o)[i]);
  freeObject(o);
}
template <int N> int traverseWords(Object* o, Visit visit, void* context) {
  for (int i = 0; i < N; ++i) // an empty word is not worth the call
    if (Value v = ownedWords(o)[i])
      if (int r = visit(v, context)) return r;
  return 0;
}
template <int N> void clearWords(Object* o) {
  for (int i = 0; i < N; ++i) clear(ownedWords(o)[i]);
}
inline Value selfIterator(Value v) { return newRef(v); }

/// An iterator type whose objects are `Struct`, with N owned words. `signature`: of calling it, if CPython tells.
template <class Struct, int N>
constexpr Type iteratorTypeOf(Type& type, const char* name, UnaryFn next, const MethodDef* methods, uint64_t flags,
                              Value (*construct)(Type*, const Args&) = nullptr, const char* signature = nullptr) {
  return Type{
      .header = KRAIT_STATIC_HEADER(typeType),
      .name = name,
      .base = &objectType,
      .flags = flags | kTypeOwnGetAttr,
      .instanceLayout = {.type = &type, .size = sizeof(Struct), .flags = kLayoutGc},
      .dealloc = deallocWords<N>,
      .traverse = traverseWords<N>,
      .iter = selfIterator,
      .next = next,
      .construct = construct,
      .methods = methods,
      .constructorSignature = signature,
  };
}

} // namespace krait
