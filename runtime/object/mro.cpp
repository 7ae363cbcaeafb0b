// C3: merge the bases' own orders and the list of bases, always taking the first
// head that stands in no other list's tail.
#include "runtime/object/mro.h"

#include <vector>

#include "runtime/object/class_layout.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

struct Queue {
  const Value* items;
  int64_t size, at;
  bool done() const { return at >= size; }
};

bool inTail(const Queue& q, Value v) {
  for (int64_t i = q.at + 1; i < q.size; ++i)
    if (q.items[i] == v) return true;
  return false;
}

Value raiseInconsistent(const std::vector<Queue>& queues) {
  std::vector<Value> heads;
  for (const Queue& q : queues) {
    if (q.done()) continue;
    Value head = q.items[q.at];
    bool seen = false;
    for (Value h : heads) seen |= h == head;
    if (!seen) heads.push_back(head);
  }
  StrBuilder names;
  for (size_t i = 0; i < heads.size(); ++i) {
    if (i) names.addAscii(", ");
    Ref name(typeName(heads[i].as<Type>()));
    if (!name) return {};
    names.add(name);
  }
  Ref list(names.take());
  return raise(TypeErrorType, "Cannot create a consistent method resolution\norder (MRO) for bases %U", list.get());
}

} // namespace

Value computeMro(Type* t) {
  auto* bases = asTuple(t->bases);
  for (int64_t i = 0; i < bases->size; ++i) {
    for (int64_t j = i + 1; j < bases->size; ++j) {
      if (bases->items[i] != bases->items[j]) continue;
      Ref name(typeName(bases->items[i].as<Type>()));
      return name ? raise(TypeErrorType, "duplicate base class %U", name.get()) : Value();
    }
  }
  std::vector<Queue> queues;
  std::vector<Value> order{asValue(t)};
  for (int64_t i = 0; i < bases->size; ++i) {
    Value mro = bases->items[i].as<Type>()->mro;
    if (!mro) return raise(TypeErrorType, "Cannot extend an incomplete type '%.100s'", bases->items[i].as<Type>()->name);
    queues.push_back({asTuple(mro)->items, asTuple(mro)->size, 0});
  }
  queues.push_back({bases->items, bases->size, 0});
  while (true) {
    bool empty = true;
    Value next;
    for (const Queue& q : queues) {
      if (q.done()) continue;
      empty = false;
      Value head = q.items[q.at];
      bool blocked = false;
      for (const Queue& other : queues) blocked |= inTail(other, head);
      if (blocked) continue;
      next = head;
      break;
    }
    if (empty) return newTupleFrom(order.data(), order.size());
    if (!next) return raiseInconsistent(queues);
    order.push_back(next);
    for (Queue& q : queues)
      if (!q.done() && q.items[q.at] == next) ++q.at;
  }
}

Value requestMro(Type* t) {
  Type* meta = typeOf(asValue(t));
  if (meta == &typeType) return computeMro(t);
  Value method = typeLookup(meta, NAME(mro));
  if (!method || method == typeLookup(&typeType, NAME(mro))) return computeMro(t);
  t->flags |= kTypeUncached;
  Ref answer(callMethod(asValue(t), NAME(mro)));
  Ref order(answer ? toTuple(answer) : Value());
  if (!order) return {};
  const Type* solid = solidBase(t);
  for (int64_t i = 0; i < asTuple(order)->size; ++i) {
    Value v = asTuple(order)->items[i];
    if (!hasTypeFlag(v, kTypeType))
      return raise(TypeErrorType, "mro() returned a non-class ('%.500s')", typeOf(v)->name);
    if (!isSubtype(solid, solidBase(v.as<Type>())))
      return raise(TypeErrorType, "mro() returned base with unsuitable layout ('%.500s')", v.as<Type>()->name);
  }
  return order.release();
}

} // namespace krait
