// _queue.SimpleQueue: an unbounded FIFO whose put never blocks.
#include <semaphore.h>
#include <cerrno>
#include <cmath>
#include <ctime>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/threads/timeout.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

Value emptyType; // _queue.Empty, owned by the module

struct QueueObject {
  Object header;
  Value items;    // list; items before `head` are gone
  int64_t head;
  Value weakrefs;
  sem_t available; // one post per item
};
QueueObject* self_(Value v) { return v.as<QueueObject>(); }

Value construct(Type* t, const Args&) {
  Ref o(allocateOf(t, 0));
  if (!o) return Value();
  self_(o)->items = newList(0);
  sem_init(&self_(o)->available, 0, 0);
  if (!self_(o)->items) return Value();
  gcTrack(o.get().object());
  return o.release();
}
int32_t init(Value, const Args& args) {
  return args.count ? fail(TypeErrorType, "SimpleQueue() takes no positional arguments") : checkNoKeywords("SimpleQueue", args);
}

Value putMethod(Value self, const Value* argv) {
  if (listAppend(self_(self)->items, argv[0]) < 0) return Value();
  sem_post(&self_(self)->available);
  return newRef(none());
}
Value putNowaitMethod(Value self, const Value* argv) { return putMethod(self, argv); }

Value take(QueueObject* q) {
  ListObject* list = asList(q->items);
  Value v = list->items[q->head];
  list->items[q->head] = none();
  ++q->head;
  // Forget the consumed front now and then, at an amortised constant cost.
  if (q->head == list->size || q->head > 64 + list->size / 2) {
    if (listSetSlice(q->items, 0, q->head, Value()) < 0) return decref(v), Value();
    q->head = 0;
  }
  return v;
}

Value getItemFrom(Value self, bool block, Value timeout) {
  auto* q = self_(self);
  timespec deadline{};
  bool limited = block && timeout && !isNone(timeout);
  if (limited) {
    double s;
    if (secondsOf(timeout, 1, &s) < 0) return Value();
    if (s < 0) return raise(ValueErrorType, "'timeout' must be a non-negative number");
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    auto ns = static_cast<int64_t>((s - std::floor(s)) * 1e9) + deadline.tv_nsec;
    deadline.tv_sec += static_cast<time_t>(std::floor(s)) + ns / 1000000000;
    deadline.tv_nsec = ns % 1000000000;
  }
  for (;;) {
    if (sem_trywait(&q->available) == 0) return take(q);
    if (!block) break;
    int r;
    {
      Blocking release;
      r = limited ? sem_clockwait(&q->available, CLOCK_MONOTONIC, &deadline) : sem_wait(&q->available);
    }
    if (r == 0) return take(q);
    if (errno == ETIMEDOUT) break;
    if (servePoll() < 0) return Value();
  }
  return raiseObject(*emptyType.as<Type>(), Value());
}
Value getMethod(Value self, const Value* argv) {
  int32_t block = argv[0] ? isTrue(argv[0]) : 1;
  return block < 0 ? Value() : getItemFrom(self, block, argv[1]);
}
Value getNowaitMethod(Value self) { return getItemFrom(self, false, Value()); }
int64_t sizeOf(Value self) { return asList(self_(self)->items)->size - self_(self)->head; }
Value qsizeMethod(Value self) { return newInt(sizeOf(self)); }
Value emptyMethod(Value self) { return boolean(sizeOf(self) == 0); }
Value subscriptMethod(Value cls, Value item) { return newGenericAlias(cls, item); }

int traverse(Object* o, Visit visit, void* c) { return visit(reinterpret_cast<QueueObject*>(o)->items, c); }
void clearParts(Object* o) { clear(reinterpret_cast<QueueObject*>(o)->items); }
void dealloc(Object* o) {
  gcUntrack(o);
  auto* q = reinterpret_cast<QueueObject*>(o);
  if (q->weakrefs) clearWeakrefs(o);
  clear(q->items);
  sem_destroy(&q->available);
  freeObject(o);
}

constinit const MethodDef methods[] = {
    {"put", putMethod, "($self, item, block=True, timeout=None)"},
    {"put_nowait", putNowaitMethod, "($self, item)"},
    {"get", getMethod, "($self, block=True, timeout=None)"},
    {"get_nowait", getNowaitMethod, "($self, /)"},
    {"qsize", qsizeMethod, "($self, /)"},
    {"empty", emptyMethod, "($self, /)"},
    {"__class_getitem__", subscriptMethod, "($type, item, /)", kMethodClass | kMethodUnsigned},
    {},
};
constinit Type simpleQueueType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_queue.SimpleQueue",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &simpleQueueType, .size = sizeof(QueueObject), .flags = kLayoutGc,
                       .weakOffset = offsetof(QueueObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .init = init,
    .construct = construct,
    .methods = methods,
    .constructorSignature = "()",
};

int execute(Value module) {
  Ref name(internStr("Empty")), bases(newTuple({asValue(&ExceptionType)})), ns(newDict()), where(internStr("_queue"));
  if (!name || !bases || !ns || !where || dictSet(ns, NAME(__module__), where) < 0) return -1;
  emptyType = newType(asValue(&typeType), name, bases, ns, Value());
  if (!emptyType || moduleAdd(module, "Empty", newRef(emptyType)) < 0) return -1;
  return moduleAddType(module, &simpleQueueType);
}

} // namespace

extern "C" constinit const NativeModule krt_module_queue = {"_queue", nullptr, execute};

} // namespace krait
