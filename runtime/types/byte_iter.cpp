// Iterators over bytes and bytearray: one implementation, two types.
#include "runtime/types/byte_iter.h"
#include "runtime/memory/alloc.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/iterator_state.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

ByteIterator* asIterator(Value v) { return v.as<ByteIterator>(); }

Value iteratorNext(Value v) {
  ByteIterator* it = asIterator(v);
  if (!it->source) return {};
  const ByteRange r = byteRange(it->source);
  if (it->index < r.size) return newInt(r.data[it->index++]);
  clear(it->source);
  return {};
}
int64_t iteratorMany(Value v, Value* out, int64_t room) {
  ByteIterator* it = asIterator(v);
  if (!it->source) return 0;
  const ByteRange r = byteRange(it->source);
  const int64_t left = r.size - it->index, n = left < room ? left : room;
  if (n <= 0) return 0;
  for (int64_t i = 0; i < n; ++i) out[i] = newInt(r.data[it->index + i]);
  it->index += n;
  return n;
}
void iteratorDealloc(Object* o) {
  xdecref(reinterpret_cast<ByteIterator*>(o)->source);
  freeObject(o);
}
Value lengthHintMethod(Value v) {
  const ByteIterator* it = asIterator(v);
  const int64_t left = it->source ? byteLength(it->source) - it->index : 0;
  return newInt(left > 0 ? left : 0);
}
Value reduce(Value v) {
  ByteIterator* it = asIterator(v);
  Ref iter(builtinByName("iter"));
  if (!iter) return {};
  if (!it->source) {
    Ref arguments(newTuple({emptyTuple()}));
    return newTuple({iter, arguments});
  }
  Ref arguments(newTuple({it->source}));
  return newTuple({iter, arguments, newInt(it->index)});
}
Value setState(Value v, Value state) {
  const int64_t index = iteratorState(state);
  if (index == -1 && errorSet()) return {};
  ByteIterator* it = asIterator(v);
  if (it->source) {
    const int64_t n = byteLength(it->source);
    it->index = index < 0 ? 0 : index > n ? n : index;
  }
  return newRef(none());
}
Value self(Value v) { return newRef(v); }

constexpr MethodDef methods[] = {
    {"__length_hint__", lengthHintMethod},
    {"__reduce__", reduce},
    {"__setstate__", setState},
    {},
};

Value makeIterator(Type& type, Value source) {
  Object* o = newObject(&type.instanceLayout);
  if (!o) return {};
  reinterpret_cast<ByteIterator*>(o)->source = newRef(source);
  return Value(o);
}

} // namespace

Value bytesIterate(Value v) { return makeIterator(bytesIteratorType, v); }
Value bytearrayIterate(Value v) { return makeIterator(bytearrayIteratorType, v); }

#define KRAIT_BYTE_ITERATOR(variable, typeName)                                                                        \
  constinit ManyStepsType variable = withManySteps({                                                                   \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                         \
      .name = typeName,                                                                                                \
      .base = &objectType,                                                                                             \
      .flags = kTypeDisallowInstantiation | kTypeImmutable | kTypeOwnGetAttr,                                          \
      .instanceLayout = {.type = &variable, .size = sizeof(ByteIterator), .flags = kLayoutKnownSteps},                 \
      .dealloc = iteratorDealloc,                                                                                      \
      .iter = self,                                                                                                    \
      .next = iteratorNext,                                                                                            \
      .methods = methods,                                                                                              \
  }, iteratorMany);
KRAIT_BYTE_ITERATOR(bytesIteratorType, "bytes_iterator")
KRAIT_BYTE_ITERATOR(bytearrayIteratorType, "bytearray_iterator")
#undef KRAIT_BYTE_ITERATOR

} // namespace krait
