// Items of exact lists and tuples by small int, and appending.
#include "runtime/object/slow_operators.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

/// The item's word, or null when out of range.
inline Value* itemWord(Value* items, int64_t size, Value key) {
  int64_t i = key.smallInt();
  return findItem(&i, size) ? items + i : nullptr;
}

} // namespace

extern "C" {

Value krt_item_get(Value o, Value key) {
  if (key.isSmallInt() && o.isPointer()) [[likely]] {
    Value* word = nullptr;
    if (o.object()->layout == &listType.instanceLayout) word = itemWord(asList(o)->items, asList(o)->size, key);
    else if (o.object()->layout == &tupleType.instanceLayout) word = itemWord(asTuple(o)->items, asTuple(o)->size, key);
    if (word) [[likely]] return newRef(*word);
  }
  return krt_item_get_slow(o, key);
}

Value krt_item_get_float(Value o, Value key) {
  if (key.isSmallInt() && o.isPointer() && o.object()->layout == &listType.instanceLayout) [[likely]] {
    if (Value* word = itemWord(asList(o)->items, asList(o)->size, key)) [[likely]] {
      if (word->isImmediateFloat()) [[likely]] return *word;
      return newRef(*word);
    }
  }
  return krt_item_get(o, key);
}

Value krt_item_get_of_text(Value o, Value key) {
  if (key.isSmallInt() && isExactStr(o)) [[likely]] {
    const StrObject* s = asStr(o);
    if (int64_t i = key.smallInt(); findItem(&i, s->length) && s->kind == 1) [[likely]] return latin1Char(s->data()[i]);
  }
  return krt_item_get_slow(o, key);
}

int32_t krt_item_set(Value o, Value key, Value v) {
  if (key.isSmallInt() && o.isPointer() && o.object()->layout == &listType.instanceLayout) [[likely]] {
    if (Value* word = itemWord(asList(o)->items, asList(o)->size, key)) [[likely]] {
      noteContent(asList(o), v);
      incref(v);
      Value old = *word;
      *word = v;
      decref(old);
      return 0;
    }
  }
  return krt_item_set_slow(o, key, v);
}

void krt_list_put(Value list, Value index, Owned v) {
  ListObject* l = asList(list);
  noteContent(l, v);
  Value& word = l->items[index.smallInt()];
  Value old = word;
  word = v;
  decref(old);
}

int32_t krt_list_put_float(Value list, Value index, double v) {
  ListObject* l = asList(list);
  Value& word = l->items[index.smallInt()];
  const Value fresh = Value::tryFloat(v);
  if (word.isPointer() || !fresh.isOrdinaryFloat() || krt_numbers_are_objects) [[unlikely]] return krt_list_put_float_slow(list, index, v);
  l->content &= kContentOfFloat;
  word = fresh;
  return 1;
}

int32_t krt_list_put_int(Value list, Value index, Value v) {
  ListObject* l = asList(list);
  Value& word = l->items[index.smallInt()];
  if (word.isPointer()) [[unlikely]] return krt_list_put_int_slow(list, index, v);
  l->content &= kContentOfInt;
  word = v;
  return 1;
}

int32_t krt_contains(Value container, Value v) { return krt_contains_slow(container, v); }

int32_t krt_list_append(Value list, Owned v) {
  ListObject* l = asList(list);
  if (l->size < l->capacity) [[likely]] {
    noteContent(l, v);
    l->items[l->size++] = v;
    return 0;
  }
  return krt_list_append_slow(list, v);
}

} // extern "C"

} // namespace krait
