// iter(str): one type for ASCII text, one for the rest, as the reference has.
#include <algorithm>

#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/iterator_state.h"
#include "runtime/types/iterators.h"
#include "runtime/types/many_steps.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_iter.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

StrIterator* asIterator(Value v) { return v.as<StrIterator>(); }

Value iteratorNext(Value v) {
  StrIterator* it = asIterator(v);
  if (!it->text) return {};
  const StrObject* s = asStr(it->text);
  if (it->index < s->length) return newStrFromChar(s->at(it->index++));
  clear(it->text);
  return {};
}

void iteratorDealloc(Object* o) {
  xdecref(reinterpret_cast<StrIterator*>(o)->text);
  freeObject(o);
}

Value lengthHintMethod(Value v) {
  const StrIterator* it = asIterator(v);
  return newInt(it->text ? asStr(it->text)->length - it->index : 0);
}
Value reduce(Value v) {
  StrIterator* it = asIterator(v);
  Ref iter(builtinByName("iter"));
  if (!iter) return {};
  if (!it->text) {
    Ref arguments(newTuple({emptyStr()}));
    return newTuple({iter, arguments});
  }
  Ref arguments(newTuple({it->text}));
  return newTuple({iter, arguments, newInt(it->index)});
}
Value setState(Value v, Value state) {
  const int64_t index = iteratorState(state);
  if (index == -1 && errorSet()) return {};
  StrIterator* it = asIterator(v);
  if (it->text) {
    const int64_t n = asStr(it->text)->length;
    it->index = index < 0 ? 0 : index > n ? n : index;
  }
  return newRef(none());
}
Value self(Value v) { return newRef(v); }

constexpr MethodDef methods[] = {
    {"__length_hint__", lengthHintMethod, "($self, /)"},
    {"__reduce__", reduce, "($self, /)"},
    {"__setstate__", setState, "($self, state, /)"},
    {},
};

} // namespace

int64_t textMany(Value iterator, Value* out, int64_t room) {
  StrIterator* it = asIterator(iterator);
  if (!it->text) return 0;
  const StrObject* s = asStr(it->text);
  const int64_t from = it->index, n = std::min(room, s->length - from);
  if (n <= 0) return 0;
  if (s->kind == 1) {
    const uint8_t* const data = s->data() + from;
#pragma clang loop vectorize(disable) unroll(disable)
    for (int64_t i = 0; i < n; ++i) out[i] = latin1Char(data[i]);
  } else {
    for (int64_t i = 0; i < n; ++i) {
      out[i] = newStrFromChar(s->at(from + i));
      if (!out[i]) [[unlikely]] return dropMany(out, i, nullptr, 0);
    }
  }
  it->index += n;
  return n;
}

Value strIterate(Value v) {
  Type& type = isExactStr(v) && (asStr(v)->flags & kStrAscii) ? strAsciiIteratorType : strIteratorType;
  Object* o = newObject(&type.instanceLayout);
  if (!o) return {};
  reinterpret_cast<StrIterator*>(o)->text = newRef(v);
  return Value(o);
}

#define KRAIT_STR_ITERATOR(variable, typeName)                                                                         \
  constinit Type variable = {                                                                                          \
      .header = KRAIT_STATIC_HEADER(typeType),                                                                         \
      .name = typeName,                                                                                                \
      .base = &objectType,                                                                                             \
      .flags = kTypeDisallowInstantiation | kTypeImmutable | kTypeOwnGetAttr,                                          \
      .instanceLayout = {.type = &variable, .size = sizeof(StrIterator), .flags = kLayoutKnownSteps},                  \
      .dealloc = iteratorDealloc,                                                                                      \
      .iter = self,                                                                                                    \
      .next = iteratorNext,                                                                                            \
      .methods = methods,                                                                                              \
  };
KRAIT_STR_ITERATOR(strIteratorType, "str_iterator")
KRAIT_STR_ITERATOR(strAsciiIteratorType, "str_ascii_iterator")
#undef KRAIT_STR_ITERATOR

} // namespace krait
