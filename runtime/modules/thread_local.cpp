// Each thread's state has a dict from the id of a local object to that object's
// dict in the thread. A thread that meets a local object first makes the dict,
// and runs __init__ again with the arguments of the object's creation. The collector does not know the threads' dicts:
// for it the local object itself owns its dicts of all threads, so that one which leads back to it is a cycle.
#include "runtime/modules/thread_local.h"
#include <cstddef>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/gil.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

struct LocalObject {
  Object header;
  Value dict;            // of the thread whose access is under way: what generic attribute access sees
  Value args, keywords;  // of the constructor; keywords null: none
  Value weakrefs;
};
LocalObject* asLocal(Value v) { return v.as<LocalObject>(); }

Value keyOf(Value self) { return newIntUnsigned(self.bits); }

/// The dict of this thread (borrowed); null with an error.
Value threadDict(Value self) {
  ThreadState* thread = currentThread();
  if (!thread->locals) thread->locals = newDict();
  Ref key(keyOf(self));
  if (!thread->locals || !key) return Value();
  if (Value found = dictGet(thread->locals, key)) return found;
  if (errorSet()) return Value();
  Ref made(newDict());
  if (!made || dictSet(thread->locals, key, made) < 0) return Value();
  gcUntrack(thread->locals.object());
  Type* type = typeOf(self);
  if (asLocal(self)->args && type->init && type->init != objectType.init) {
    Ref init(getAttr(self, NAME(__init__)));
    Ref result(init ? callTupleDict(init, asLocal(self)->args, asLocal(self)->keywords) : Value());
    if (!result) {
      Ref error = errorTake();
      dictDeleteIfPresent(thread->locals, key);
      errorRestore(error.release());
      return Value();
    }
  }
  return dictGet(thread->locals, key);
}

/// Attribute access sees the calling thread's dict.
int32_t enter(Value self) {
  Value dict = threadDict(self);
  if (!dict) return -1;
  if (!(asLocal(self)->dict == dict)) assign(asLocal(self)->dict, newRef(dict));
  return 0;
}

/// After it: the dict dies with its thread.
void leave(Value self) { clear(asLocal(self)->dict); }

/// Nothing of the class's goes before what the dict has, or is stored into instead of it.
bool isOfDictAlone(Value self, Value name) { return isExactStr(name) && !typeLookup(typeOf(self), name); }

Value getAttribute(Value self, Value name) {
  if (isStr(name) && strEqual(name, "__dict__")) return xnewRef(threadDict(self)); // no descriptor: object.__getattribute__ finds none
  if (isOfDictAlone(self, name)) {
    const Ref dict(xnewRef(threadDict(self)));
    const Value found = dict ? dictGet(dict, name) : Value();
    if (found || !dict || errorSet()) return xnewRef(found);
  }
  if (enter(self) < 0) return Value();
  Value v = genericGetAttr(self, name);
  leave(self);
  return v;
}

int32_t setAttribute(Value self, Value name, Value v) {
  if (name == NAME(__dict__))
    return fail(AttributeErrorType, "'%.100T' object attribute '%U' is read-only", self, name);
  if (v && isOfDictAlone(self, name)) {
    const Ref dict(xnewRef(threadDict(self)));
    return dict ? dictSet(dict, name, v) : -1;
  }
  if (enter(self) < 0) return -1;
  int32_t status = genericSetAttr(self, name, v);
  leave(self);
  return status;
}

Value construct(Type* type, const Args& args) {
  if (type->init == objectType.init && (args.count || args.nameCount()))
    return raise(TypeErrorType, "Initialization arguments are not supported");
  Ref self(type->allocate(type, 0));
  if (!self) return Value();
  Ref keywords(args.nameCount() ? newDict() : Value());
  for (size_t i = 0; i < args.nameCount(); ++i)
    if (!keywords || dictSet(keywords, asTuple(args.names)->items[i], args.values[args.count + i]) < 0) return Value();
  // The creating thread's dict exists before __init__, which the class call runs.
  if (!threadDict(self)) return Value();
  asLocal(self)->args = newTupleFrom(args.values, args.count);
  asLocal(self)->keywords = keywords.release();
  if (!gcIsTracked(self.get().object())) gcTrack(self.get().object());
  return self.release();
}

void clearLocal(Object* o) {
  auto* local = reinterpret_cast<LocalObject*>(o);
  clear(local->dict);
  clear(local->args);
  clear(local->keywords);
}

void deallocLocal(Object* o) {
  gcUntrack(o);
  if (reinterpret_cast<LocalObject*>(o)->weakrefs) clearWeakrefs(o);
  Ref pending = errorTake(), key(keyOf(Value(o)));
  for (ThreadState* t = firstThread(); t && key; t = t->next)
    if (t->locals && dictDeleteIfPresent(t->locals, key) < 0) errorClear();
  errorRestore(pending.release());
  clearLocal(o);
  freeObject(o);
}

int traverseLocal(Object* o, Visit visit, void* context) {
  auto* local = reinterpret_cast<LocalObject*>(o);
  for (Value v : {local->dict, local->args, local->keywords})
    if (int stop = visit(v, context)) return stop;
  const Value key = keyOf(Value(o)); // immediate, as addresses are
  for (ThreadState* t = firstThread(); t; t = t->next)
    if (Value dict = t->locals ? dictGet(t->locals, key) : Value())
      if (int stop = visit(dict, context)) return stop;
  return 0;
}

} // namespace

constinit Type threadLocalType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_thread._local",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &threadLocalType, .size = sizeof(LocalObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(LocalObject, dict), .weakOffset = offsetof(LocalObject, weakrefs)},
    .dealloc = deallocLocal,
    .traverse = traverseLocal,
    .clear = clearLocal,
    .getAttr = getAttribute,
    .setAttr = setAttribute,
    .construct = construct,
};

} // namespace krait
