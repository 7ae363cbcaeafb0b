// len(), o[key], o[key] = v, del o[key] on any value.
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"

namespace krait {

namespace {

bool hasIndex(Value v) {
  if (v.isSmallInt()) return true;
  Type* t = readyTypeOf(v);
  return t->number && t->number->index;
}

/// Index for a sequence slot: negative ones count from the end.
bool sequenceIndex(Value o, Value key, int64_t* out) {
  int64_t i = toIndex(key, &IndexErrorType);
  if (i == -1 && errorSet()) return false;
  auto* s = readyTypeOf(o)->sequence;
  if (i < 0 && s->length) {
    int64_t n = s->length(o);
    if (n < 0) return false;
    i += n;
  }
  *out = i;
  return true;
}

Value subscriptClass(Value cls, Value key) {
  if (cls == asValue(&typeType)) return newGenericAlias(cls, key);
  Ref method(getAttrOptional(cls, NAME(__class_getitem__)));
  if (method && !isNone(method)) return call(method, {key});
  if (errorSet()) return {};
  return raise(TypeErrorType, "type '%.200s' is not subscriptable", cls.as<Type>()->name);
}

} // namespace

int64_t length(Value o) {
  Type* t = readyTypeOf(o);
  if (t->sequence && t->sequence->length) return t->sequence->length(o);
  if (t->mapping && t->mapping->length) return t->mapping->length(o);
  return fail(TypeErrorType, "object of type '%.200s' has no len()", t->name);
}

Value getItem(Value o, Value key) {
  Type* t = readyTypeOf(o);
  if (t->mapping && t->mapping->subscript) return t->mapping->subscript(o, key);
  if (t->sequence && t->sequence->item) {
    if (!hasIndex(key))
      return raise(TypeErrorType, "sequence index must be integer, not '%.200s'", typeOf(key)->name);
    int64_t i;
    return sequenceIndex(o, key, &i) ? t->sequence->item(o, i) : Value();
  }
  if (t->flags & kTypeType) return subscriptClass(o, key);
  return raise(TypeErrorType, "'%.200s' object is not subscriptable", t->name);
}

int32_t setItem(Value o, Value key, Value v) {
  Type* t = readyTypeOf(o);
  if (t->mapping && t->mapping->setSubscript) return t->mapping->setSubscript(o, key, v);
  if (t->sequence && t->sequence->setItem) {
    if (!hasIndex(key)) return fail(TypeErrorType, "sequence index must be integer, not '%.200s'", typeOf(key)->name);
    int64_t i;
    return sequenceIndex(o, key, &i) ? t->sequence->setItem(o, i, v) : -1;
  }
  return fail(TypeErrorType, "'%.200s' object does not support item assignment", t->name);
}

int32_t delItem(Value o, Value key) {
  Type* t = readyTypeOf(o);
  if (t->mapping && t->mapping->setSubscript) return t->mapping->setSubscript(o, key, Value());
  if (t->sequence && t->sequence->setItem) {
    if (!hasIndex(key)) return fail(TypeErrorType, "sequence index must be integer, not '%.200s'", typeOf(key)->name);
    int64_t i;
    return sequenceIndex(o, key, &i) ? t->sequence->setItem(o, i, Value()) : -1;
  }
  return fail(TypeErrorType, "'%.200s' object doesn't support item deletion", t->name);
}

Value sequenceItem(Value o, int64_t i) {
  Type* t = readyTypeOf(o);
  if (t->sequence && t->sequence->item) {
    if (i < 0 && t->sequence->length) {
      int64_t n = t->sequence->length(o);
      if (n < 0) return {};
      i += n;
    }
    return t->sequence->item(o, i);
  }
  if (t->mapping && t->mapping->subscript) return raise(TypeErrorType, "'%.200s' is not a sequence", t->name);
  return raise(TypeErrorType, "'%.200s' object does not support indexing", t->name);
}

bool isSequence(Value v) {
  Type* t = readyTypeOf(v);
  return !(t->flags & kTypeDict) && t->sequence && t->sequence->item;
}

bool isMapping(Value v) {
  Type* t = readyTypeOf(v);
  return t->mapping && t->mapping->subscript;
}

} // namespace krait
