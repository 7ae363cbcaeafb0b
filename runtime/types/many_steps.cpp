// See many_steps.h: the iterators over builtin containers.
#include "runtime/types/many_steps.h"

#include <algorithm>

#include "runtime/object/ref.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/str_iter.h"

namespace krait {

namespace {

int64_t shareMany(const Value* items, int64_t n, Value* out) {
#pragma clang loop unroll(disable) vectorize(disable)
  for (int64_t i = 0; i < n; ++i) out[i] = newRef(items[i]);
  return n;
}
int64_t listMany(Value iterator, Value* out, int64_t room) {
  auto* it = iterator.as<ListIterator>();
  if (!it->list) return 0;
  const int64_t from = it->index, n = std::min(room, asList(it->list)->size - from);
  if (n <= 0) return 0;
  it->index += n;
  return shareMany(asList(it->list)->items + from, n, out);
}
int64_t tupleMany(Value iterator, Value* out, int64_t room) {
  auto* it = iterator.as<TupleIterator>();
  if (!it->tuple) return 0;
  const int64_t from = it->index, n = std::min(room, asTuple(it->tuple)->size - from);
  if (n <= 0) return 0;
  it->index += n;
  return shareMany(asTuple(it->tuple)->items + from, n, out);
}
int64_t rangeMany(Value iterator, Value* out, int64_t room) {
  auto* it = iterator.as<RangeIterator>();
  const int64_t n = std::min(room, it->remaining);
  for (int64_t i = 0; i < n; ++i) {
    out[i] = newInt(it->current);
    it->current = static_cast<int64_t>(static_cast<uint64_t>(it->current) + static_cast<uint64_t>(it->step));
  }
  if (n > 0) it->remaining -= n;
  return n;
}
int64_t reverseMany(Value iterator, Value* out, int64_t room) {
  auto* it = iterator.as<ListReverseIterator>();
  if (!it->list || it->index >= asList(it->list)->size) return 0;
  const int64_t n = std::min(room, it->index + 1);
  const Value* items = asList(it->list)->items;
  for (int64_t i = 0; i < n; ++i) out[i] = newRef(items[it->index - i]);
  if (n > 0) it->index -= n;
  return n;
}

} // namespace

int64_t dropMany(const Value* made, int64_t count, const Value* left, int64_t leftCount) {
  while (count > 0) decref(made[--count]);
  while (leftCount > 0) decref(left[--leftCount]);
  return -1;
}

TakeMany manyOf(Value iterator) {
  if (!iterator.isPointer()) return nullptr;
  const Layout* l = iterator.object()->layout;
  if (l == &listIteratorType.instanceLayout) return listMany;
  if (l == &rangeIteratorType.instanceLayout) return rangeMany;
  if (l == &tupleIteratorType.instanceLayout) return tupleMany;
  if (l == &zipType.instanceLayout) return zipMany;
  if (l == &enumerateType.instanceLayout) return enumerateMany;
  if (l == &listReverseIteratorType.instanceLayout) return reverseMany;
  if (l == &reversedType.instanceLayout) return reversedMany;
  if (l == &strAsciiIteratorType.instanceLayout || l == &strIteratorType.instanceLayout) return textMany;
  if (l == &dictKeyIteratorType.instanceLayout) return dictKeysMany;
  if (l == &dictValueIteratorType.instanceLayout) return dictValuesMany;
  if (l == &setIteratorType.instanceLayout) return setMany;
  const bool isOfLibrary = (l->type->flags & (kTypeManySteps | kTypeHeap)) == kTypeManySteps;
  return isOfLibrary ? static_cast<const ManyStepsType*>(l->type)->many : nullptr;
}

} // namespace krait
