// isinstance() and issubclass(): tuples, hooks of metaclasses, and objects that
// only look like classes because they have a tuple in __bases__.
#include "runtime/object/class_tests.h"

#include "runtime/builtins/functions.h"
#include "runtime/object/attributes.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/subclasses.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

bool isClass(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeType); }

/// __bases__ if that is a tuple; null without error otherwise.
Ref basesOf(Value cls) {
  Ref bases(getAttrOptional(cls, NAME(__bases__)));
  if (bases && !isTuple(bases)) bases.reset();
  return bases;
}

bool checkClass(Value cls, const char* message) {
  if (basesOf(cls)) return true;
  if (!errorSet()) raise(TypeErrorType, "%s", message);
  return false;
}

int32_t abstractIsSubclass(Value derived, Value cls) {
  if (derived == cls) return 1;
  Ref bases = basesOf(derived);
  if (!bases) return errorSet() ? -1 : 0;
  if (recursionEnter(" in __issubclass__") < 0) return -1;
  int32_t result = 0;
  for (int64_t i = 0; !result && i < asTuple(bases)->size; ++i)
    result = abstractIsSubclass(asTuple(bases)->items[i], cls);
  recursionLeave();
  return result;
}

/// o.__class__ is sure to be the type of `o`.
bool claimsNoOtherClass(Value o) {
  Type* t = readyTypeOf(o);
  if (!findsPlainly(t)) return false;
  if (!(t->flags & kTypeHeap)) return true;
  static const Value usual = typeLookup(&objectType, NAME(__class__));
  return typeLookup(t, NAME(__class__)) == usual;
}

/// What knownInstance said. A version tells a type and all that it inherits (type_lookup.cpp), so answers are kept by those of both.
struct InstanceAnswer {
  uint64_t type, cls;
  int32_t is;
};
InstanceAnswer instanceAnswers[256];
inline InstanceAnswer& answerOf(const Type* t, const Type* c) {
  return instanceAnswers[((t->version >> 1) ^ (c->version << 2)) % std::size(instanceAnswers)];
}
[[gnu::noinline]] int32_t learnInstance(Value o, Type* c) {
  Type* t = typeOf(o);
  const int32_t is = isSubtype(t, c) ? 1 : claimsNoOtherClass(o) ? 0 : -1;
  if (is >= 0 && typeVersion(t) && typeVersion(c)) answerOf(t, c) = {t->version, c->version, is};
  return is;
}
/// What was learnt of the two types, or -1. An answer has both versions; one that was never given has none, as types may.
inline int32_t keptInstance(const Type* t, const Type* c) {
  const InstanceAnswer& a = answerOf(t, c);
  return t->version && a.type == t->version && a.cls == c->version ? a.is : -1;
}
/// isinstance(o, cls) of a plain class whose answer depends on nothing but the two types: 1, 0, else -1.
inline int32_t knownInstance(Value o, Value cls) {
  const int32_t kept = keptInstance(typeOf(o), cls.as<Type>());
  return kept >= 0 ? kept : learnInstance(o, cls.as<Type>());
}

using Test = int32_t (*)(Value, Value);

int32_t anyOf(Value o, Value tuple, const char* where, Test test) {
  // Plain classes are asked first as far as they lead; nothing there runs code that could change the tuple.
  const bool areClasses = test == isSubclass;
  if (const RecursionLevels level(1, where); !level) return -1;
  if (!areClasses || isClass(o)) {
    const TupleObject* classes = asTuple(tuple);
    for (int64_t i = 0; i < classes->size; ++i) {
      Value cls = classes->items[i];
      if (typeOf(cls) != &typeType) break;
      const int32_t is = areClasses ? isSubtype(o.as<Type>(), cls.as<Type>()) : typeOf(o) == cls.as<Type>() ? 1 : knownInstance(o, cls);
      if (is < 0) break; // its __class__ would be asked before the next
      if (is || i + 1 == classes->size) return is;
    }
  }
  if (recursionEnter(where) < 0) return -1;
  Ref held = Ref::share(tuple);
  int32_t result = 0;
  for (int64_t i = 0; !result && i < asTuple(tuple)->size; ++i) result = test(o, asTuple(tuple)->items[i]);
  recursionLeave();
  return result;
}

/// Where the class's hook is ABCMeta's and its caches have the answer: 1 or 0; else -1.
int32_t knownToAbc(Value cls, Value type, Value hookName) {
  constexpr uint32_t kLevels = 2; // the hook and what calls it
  Value check = typeLookup(typeOf(cls), hookName);
  if (!check || !isFunction(check) || eventsActive || krt_hot.depth + kLevels > krt_hot.limit) return -1;
  return abcAnswer(check.as<FunctionObject>(), cls, type);
}

/// The class's hook about `o`: 1, 0 or -1; kNoHook if there is none.
constexpr int32_t kNoHook = 2;
int32_t askHook(Value cls, Value hookName, Value o, const char* where) {
  Value found = typeLookup(typeOf(cls), hookName);
  // A builtin one, as unions have, needs not be bound.
  if (found && isExact(found, methodDescriptorType) && !eventsActive && isSubtype(typeOf(cls), found.as<DescriptorObject>()->owner)) {
    auto* def = static_cast<const MethodDef*>(found.as<DescriptorObject>()->def);
    if (def->kind == CallKind::OneArg) {
      if (recursionEnter(where) < 0) return -1;
      Ref answer(def->oneArg(cls, o));
      recursionLeave();
      return answer ? isTrue(answer) : -1;
    }
  }
  Ref hook(found ? lookupSpecial(cls, hookName) : Value());
  if (!hook) return errorSet() ? -1 : kNoHook;
  if (recursionEnter(where) < 0) return -1;
  Ref answer(call(hook, {o}));
  recursionLeave();
  return answer ? isTrue(answer) : -1;
}

} // namespace

AbcAnswer abcAnswer = nullptr;

int32_t plainIsInstance(Value o, Value cls) {
  if (isClass(cls)) {
    if (const int32_t known = knownInstance(o, cls); known >= 0) return known;
    Ref seen(getAttrOptional(o, NAME(__class__)));
    if (!seen) return errorSet() ? -1 : 0;
    return isClass(seen) && seen.get() != asValue(typeOf(o)) && isSubtype(seen.as<Type>(), cls.as<Type>());
  }
  if (!checkClass(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union")) return -1;
  Ref seen(getAttrOptional(o, NAME(__class__)));
  if (!seen) return errorSet() ? -1 : 0;
  return abstractIsSubclass(seen, cls);
}

int32_t plainIsSubclass(Value derived, Value cls) {
  if (isClass(derived) && isClass(cls)) return isSubtype(derived.as<Type>(), cls.as<Type>());
  if (!checkClass(derived, "issubclass() arg 1 must be a class")) return -1;
  if (!checkClass(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union")) return -1;
  return abstractIsSubclass(derived, cls);
}

extern "C" int32_t krt_known_instance(Value v, Value cls) {
  if (asValue(typeOf(v)) == cls) return 1;
  return typeOf(cls) == &typeType ? knownInstance(v, cls) : -1;
}

[[gnu::noinline]] static int32_t isInstanceBeyond(Value o, Value cls) {
  if (typeOf(cls) == &typeType) return plainIsInstance(o, cls);
  if (isTuple(cls)) return anyOf(o, cls, " in __instancecheck__", isInstance);
  if (abcAnswer && claimsNoOtherClass(o))
    if (int32_t known = knownToAbc(cls, asValue(typeOf(o)), NAME(__instancecheck__)); known >= 0) return known;
  const int32_t answer = askHook(cls, NAME(__instancecheck__), o, " in __instancecheck__");
  return answer == kNoHook ? plainIsInstance(o, cls) : answer;
}
int32_t isInstance(Value o, Value cls) {
  const Type* t = typeOf(o);
  if (asValue(t) == cls) return 1;
  if (isExact(cls, typeType))
    if (const int32_t known = keptInstance(t, cls.as<Type>()); known >= 0) return known;
  return isInstanceBeyond(o, cls);
}

/// What the two types tell of krt_instance_among: 1, 0, or -1 where it takes more than a look.
static inline int32_t answerOfTypes(const Type* t, const Value* classes, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) {
    if (asValue(t) == classes[i]) return 1;
    const int32_t known = isExact(classes[i], typeType) ? keptInstance(t, classes[i].as<Type>()) : -1;
    if (known != 0) return known;
  }
  return 0;
}
/// The call as it is written.
[[gnu::noinline]] static int32_t instanceByCall(Value callee, Value v, const Value* classes, uint64_t count) {
  const Ref held = Ref::share(callee); // and the classes: the names may mean something else before there is an answer
  Ref of = count == 1 ? Ref::share(classes[0]) : Ref(newTupleFrom(classes, count));
  if (!of) return -1;
  if (callee.object() == &krt_builtin_function_isinstance.header && !eventsActive) return isInstance(v, of);
  const Ref answer(krt_call2(callee, newRef(v), of.release()));
  return answer ? isTrue(answer) : -1;
}
extern "C" int32_t krt_instance_among(Value callee, Value v, Slot classes, uint64_t count) {
  if (callee.object() == &krt_builtin_function_isinstance.header && !eventsActive) [[likely]]
    if (const int32_t known = answerOfTypes(typeOf(v), classes, count); known >= 0) [[likely]] return known;
  return instanceByCall(callee, v, classes, count);
}

[[gnu::noinline]] static int32_t isSubclassBeyond(Value derived, Value cls) {
  if (typeOf(cls) == &typeType) return plainIsSubclass(derived, cls);
  if (isTuple(cls)) return anyOf(derived, cls, " in __subclasscheck__", isSubclass);
  if (abcAnswer && isClass(derived))
    if (int32_t known = knownToAbc(cls, derived, NAME(__subclasscheck__)); known >= 0) return known;
  const int32_t answer = askHook(cls, NAME(__subclasscheck__), derived, " in __subclasscheck__");
  return answer == kNoHook ? plainIsSubclass(derived, cls) : answer;
}
int32_t isSubclass(Value derived, Value cls) {
  if (typeOf(cls) == &typeType && isClass(derived)) return isSubtype(derived.as<Type>(), cls.as<Type>());
  return isSubclassBeyond(derived, cls);
}

extern "C" int32_t krt_match_instance(Value subject, Value type) {
  if (asValue(typeOf(subject)) == type) return 1;
  if (typeOf(type) == &typeType)
    if (const int32_t known = knownInstance(subject, type); known >= 0) return known;
  return isClass(type) ? isInstance(subject, type) : fail(TypeErrorType, "called match pattern must be a type");
}

} // namespace krait
