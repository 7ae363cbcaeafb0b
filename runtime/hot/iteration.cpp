// Steps of the iterators over list, tuple and range, and of generators; what is awaited.
#include "runtime/object/slow_operators.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"

namespace krait {

extern "C" {

Value krt_iter(Value o) { return krt_iter_slow(o); }

Value krt_next(Value iterator) {
  if (iterator.isPointer()) {
    const Layout* l = iterator.object()->layout;
    if (l == &listIteratorType.instanceLayout) {
      auto* it = iterator.as<ListIterator>();
      if (it->list && it->index < asList(it->list)->size) [[likely]] return newRef(asList(it->list)->items[it->index++]);
    } else if (l == &generatorType.instanceLayout) {
      return generatorNext(iterator.as<GeneratorObject>());
    } else if (l == &rangeIteratorType.instanceLayout) {
      auto* it = iterator.as<RangeIterator>();
      if (it->remaining > 0) [[likely]] {
        int64_t v = it->current;
        it->current = static_cast<int64_t>(static_cast<uint64_t>(v) + static_cast<uint64_t>(it->step));
        --it->remaining;
        return newInt(v);
      }
    } else if (l == &tupleIteratorType.instanceLayout) {
      auto* it = iterator.as<TupleIterator>();
      if (it->tuple && it->index < asTuple(it->tuple)->size) [[likely]]
        return newRef(asTuple(it->tuple)->items[it->index++]);
    }
  }
  return krt_next_slow(iterator);
}

int32_t krt_dict_iterable(Value v, int32_t view) { return isExactDict(v) ? 1 : krt_dict_iterable_slow(v, view); }

Value krt_await_iter(Owned o, int32_t context) {
  if (o.isPointer() && o.object()->layout == &coroutineType.instanceLayout && !o.as<GeneratorObject>()->awaiting) [[likely]] return o;
  return krt_await_iter_slow(o, context);
}

Value krt_anext(Value o) {
  if (o.isPointer() && o.object()->layout == &asyncGeneratorType.instanceLayout && o.as<GeneratorObject>()->hooksCalled && !eventsActive) [[likely]]
    return newRef(o);
  return krt_anext_slow(o);
}

Value krt_yield_from_iter(Owned o) {
  if (o.isPointer() && o.object()->layout == &generatorType.instanceLayout) [[likely]] return o;
  return krt_yield_from_iter_slow(o);
}

} // extern "C"

} // namespace krait
