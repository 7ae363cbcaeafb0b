// What the builtin exception classes share: allocation, destruction, tracing,
// and a macro that spells their type objects.
#pragma once
#include <cstddef>
#include "runtime/exceptions/exception.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/memory/pools.h"

namespace krait::exceptions {

Value baseNew(Type* type, const Args& args);
int32_t baseInit(Value self, const Args& args);
Value baseRepr(Value self);
Value baseStr(Value self);
Value baseReduce(Value self);
/// A tracked, empty instance of `type` (which may be a subclass made in Python) with `args` as its args.
Value allocateException(Type* type, Value argsTuple);
/// An empty instance of a class that was not made in Python, which is not tracked yet. The guest's classes have a prefix.
inline ExceptionObject* newExceptionObject(const Type& type) {
  if (type.instanceLayout.size == sizeof(ExceptionObject) && !(type.instanceLayout.flags & kLayoutPrefix)) return newObjectOf<ExceptionObject>(type);
  return reinterpret_cast<ExceptionObject*>(newObject(&type.instanceLayout));
}
/// Positional values of `args` as a tuple.
Value argsTuple(const Args& args);
/// Raises TypeError for keyword arguments, naming the instance's class.
int32_t noKeywords(Value self, const Args& args);

void clearBase(Object* o);
int traverseBase(Object* o, Visit visit, void* context);

/// Where the words that a class adds begin. The functions below take how many they are.
inline Value* extraWords(Object* o) { return wordAt(o, (sizeof(ExceptionObject) + 7) & ~size_t{7}); }
template <size_t Words> void clearWords(Object* o) {
  for (size_t i = 0; i < Words; ++i) krait::clear(extraWords(o)[i]);
  clearBase(o);
}
template <size_t Words> int traverseWords(Object* o, Visit visit, void* context) {
  for (size_t i = 0; i < Words; ++i)
    if (int stop = visit(extraWords(o)[i], context)) return stop;
  return traverseBase(o, visit, context);
}
template <size_t Words> void deallocWords(Object* o) {
  gcUntrack(o);
  if (!trashcanBegin(o)) return;
  clearWords<Words>(o);
  releaseObject(o);
  trashcanEnd();
}

/// The same for a class whose instances have a list of weak references before them.
template <size_t Words> void deallocReferable(Object* o) {
  if (*wordAt(o, kPrefixWeakOffset)) clearWeakrefs(o);
  deallocWords<Words>(o);
}

constexpr uint64_t kExceptionFlags = kTypeException | kTypeBaseType;
/// Those of the builtin classes, each of which restates how an instance is filled.
constexpr uint64_t kBuiltinExceptionFlags = kExceptionFlags | kTypeOwnInit;

/// Layout and memory functions of an exception class whose struct adds `words` owned words to the common part.
#define KRAIT_EXCEPTION_LAYOUT(self, Struct, words) KRAIT_EXCEPTION_LAYOUT_OF(self, Struct, words, kLayoutGc, 0, deallocWords)
/// The same where weak references to instances can be made: CPython's class is made by a call at run time.
#define KRAIT_REFERABLE_EXCEPTION_LAYOUT(self, Struct, words)                                                 \
  KRAIT_EXCEPTION_LAYOUT_OF(self, Struct, words, kLayoutGc | kLayoutPrefix, kPrefixWeakOffset, deallocReferable)
#define KRAIT_EXCEPTION_LAYOUT_OF(self, Struct, words, flagBits, weak, deallocate)                            \
  .instanceLayout = {.type = &self,                                                                           \
                     .size = sizeof(Struct),                                                                  \
                     .itemSize = 0,                                                                           \
                     .flags = flagBits,                                                                       \
                     .dictOffset = offsetof(ExceptionObject, dict),                                           \
                     .weakOffset = weak,                                                                      \
                     .slotOffset = 0,                                                                         \
                     .slotCount = 0,                                                                          \
                     .slotNames = nullptr},                                                                   \
  .dealloc = exceptions::deallocate<words>, .traverse = exceptions::traverseWords<words>,                     \
  .clear = exceptions::clearWords<words>

} // namespace krait::exceptions
