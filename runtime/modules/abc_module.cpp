// _abc: abstract base classes. Registry and caches of a class are sets of weak
// references to classes; the negative cache is valid while no class was
// registered anywhere since it was filled.
#include "runtime/modules/importing/guest_hooks.h"
#include "runtime/object/class_tests.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/key.h"
#include "runtime/types/sequence.h"
#include "runtime/types/weakref.h"

namespace krait {

namespace {

struct AbcData {
  Object header;
  Value registry, cache, negative; // sets of weak references, null while empty
  int64_t negativeVersion;
};
int64_t invalidations = 0;

constinit Type abcDataType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_abc._abc_data",
    .base = &objectType,
    .flags = kTypeOwnModule | kTypeChangeable,
    .instanceLayout = {.type = &abcDataType, .size = sizeof(AbcData), .flags = kLayoutGc},
    .dealloc = deallocWords<3>,
    .traverse = traverseWords<3>,
    .construct = [](Type* t, const Args&) { return krait::allocateOf(t, 0); },
};

// ---- weak sets --------------------------------------------------------------

/// Drops references to dead classes.
int32_t prune(Value* set) {
  Ref alive(newSet(Value()));
  int64_t at = 0;
  for (Value ref; setNext(*set, &at, &ref, nullptr);)
    if (weakrefTarget(ref) && setAdd(alive, ref) < 0) return -1;
  assign(*set, alive.release());
  return 0;
}
int32_t addWeakly(Value* set, Value cls) {
  if (!*set) *set = newSet(Value());
  int64_t n = asSet(*set)->used;
  if (n >= 64 && (n & (n - 1)) == 0 && prune(set) < 0) return -1;
  Ref ref(newWeakref(cls, Value()));
  return ref ? setAdd(*set, ref) : -1;
}
int32_t inWeakly(Value set, Value cls) {
  if (!set || asSet(set)->used == 0) return 0;
  Ref ref(newWeakref(cls, Value()));
  if (!ref) return errorClearIf(TypeErrorType) ? 0 : -1;
  return setContains(set, ref);
}

AbcData* dataOf(Value cls, Ref* holder) {
  static Value name = internStr("_abc_impl");
  holder->reset(getAttr(cls, name));
  if (!*holder) return nullptr;
  if (!isExact(*holder, abcDataType)) {
    raise(TypeErrorType, "_abc_impl is set to a wrong type");
    return nullptr;
  }
  return holder->as<AbcData>();
}

// ---- making a class ---------------------------------------------------------

/// 1 if the value has a true __isabstractmethod__.
int32_t isAbstract(Value v) {
  Ref flag(getAttrOptional(v, NAME(__isabstractmethod__)));
  if (!flag) return errorSet() ? -1 : 0;
  return isTrue(flag);
}
int32_t computeAbstractMethods(Value cls) {
  Ref abstracts(newSet(Value()));
  Ref ns(getAttr(cls, NAME(__dict__)));
  Ref items(ns ? callMethod(ns, NAME(items)) : Value());
  Ref list(items ? toList(items) : Value());
  if (!list) return -1;
  for (int64_t i = 0; i < asList(list)->size; ++i) {
    TupleObject* pair = asTuple(asList(list)->items[i]);
    int32_t r = isAbstract(pair->items[1]);
    if (r < 0 || (r && setAdd(abstracts, pair->items[0]) < 0)) return -1;
  }
  Ref bases(getAttr(cls, NAME(__bases__)));
  if (!bases) return -1;
  if (!isTuple(bases)) return fail(TypeErrorType, "__bases__ is not tuple");
  for (int64_t i = 0; i < asTuple(bases)->size; ++i) {
    Ref inherited(getAttrOptional(asTuple(bases)->items[i], Ref(internStr("__abstractmethods__"))));
    if (!inherited) {
      if (errorSet()) return -1;
      continue;
    }
    Ref it(iterate(inherited));
    if (!it) return -1;
    for (;;) {
      Ref name(next(it));
      if (!name) {
        if (errorSet()) return -1;
        break;
      }
      Ref v(getAttrOptional(cls, name));
      if (!v) {
        if (errorSet()) return -1;
        continue;
      }
      int32_t r = isAbstract(v);
      if (r < 0 || (r && setAdd(abstracts, name) < 0)) return -1;
    }
  }
  Ref frozen(newFrozenSet(abstracts));
  return frozen ? setAttr(cls, "__abstractmethods__", frozen) : -1;
}

constexpr uint64_t kCollectionFlags = kTypeSequence | kTypeMapping;

int32_t answerAtOnce(FunctionObject* check, Value cls, Value type);

Value abcInit(Value, Value cls) {
  abcAnswer = answerAtOnce;
  if (computeAbstractMethods(cls) < 0) return Value();
  Ref data(newObject(&abcDataType.instanceLayout));
  data.as<AbcData>()->negativeVersion = invalidations;
  gcTrack(data.get().object());
  if (setAttr(cls, "_abc_impl", data) < 0) return Value();
  if (!hasTypeFlag(cls, kTypeType)) return none();
  // __abc_tpflags__ says what kind of pattern the class's instances match.
  Type* t = cls.as<Type>();
  Ref name(internStr("__abc_tpflags__"));
  Value flags = dictGet(t->dict, name);
  if (!flags) return errorSet() ? Value() : none();
  int64_t bits = toInt64(flags);
  if (bits == -1 && errorSet()) return Value();
  constexpr int64_t kSequenceBit = 1 << 5, kMappingBit = 1 << 6;
  if ((bits & (kSequenceBit | kMappingBit)) == (kSequenceBit | kMappingBit))
    return raise(TypeErrorType, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
  t->flags &= ~kCollectionFlags;
  t->flags |= (bits & kSequenceBit ? uint64_t{kTypeSequence} : 0) | (bits & kMappingBit ? uint64_t{kTypeMapping} : 0);
  return setAttr(cls, name, Value()) < 0 ? Value() : none();
}

/// Subclasses of a registered class match as it does.
int32_t inheritFlags(Value cls, uint64_t flags) {
  Type* t = cls.as<Type>();
  if ((t->flags & kCollectionFlags) == flags || (t->flags & kTypeImmutable) || !(t->flags & kTypeHeap)) return 0;
  t->flags = (t->flags & ~kCollectionFlags) | flags;
  Ref subclasses(callMethod(asValue(&typeType), "__subclasses__", {cls}));
  if (!subclasses) return -1;
  for (int64_t i = 0; i < asList(subclasses)->size; ++i)
    if (inheritFlags(asList(subclasses)->items[i], flags) < 0) return -1;
  return 0;
}
Value abcRegister(Value, const Value* argv) {
  Value self = argv[0], cls = argv[1];
  if (!hasTypeFlag(cls, kTypeType)) return raise(TypeErrorType, "Can only register classes");
  int32_t r = isSubclass(cls, self);
  if (r) return r < 0 ? Value() : newRef(cls);
  r = isSubclass(self, cls);
  if (r < 0) return Value();
  if (r) return raise(RuntimeErrorType, "Refusing to create an inheritance cycle");
  Ref holder;
  AbcData* data = dataOf(self, &holder);
  if (!data || addWeakly(&data->registry, cls) < 0) return Value();
  ++invalidations;
  if (hasTypeFlag(self, kTypeType)) {
    uint64_t flags = self.as<Type>()->flags & kCollectionFlags;
    if (flags && inheritFlags(cls, flags) < 0) return Value();
  }
  return newRef(cls);
}

// ---- tests ------------------------------------------------------------------

Value subclassCheck(Value self, Value cls) { return callMethod(self, NAME(__subclasscheck__), {cls}); }

Value abcInstanceCheck(Value, const Value* argv) {
  Value self = argv[0], instance = argv[1];
  Ref holder;
  AbcData* data = dataOf(self, &holder);
  Ref subclass(data ? getAttr(instance, NAME(__class__)) : Value());
  if (!subclass) return Value();
  int32_t r = inWeakly(data->cache, subclass);
  if (r) return r < 0 ? Value() : boolean(true);
  Value subtype = asValue(typeOf(instance));
  if (subtype == subclass.get()) {
    if (data->negativeVersion == invalidations) {
      r = inWeakly(data->negative, subclass);
      if (r) return r < 0 ? Value() : boolean(false);
    }
    return subclassCheck(self, subclass);
  }
  Ref answer(subclassCheck(self, subclass));
  if (!answer) return Value();
  r = isTrue(answer);
  if (r) return r < 0 ? Value() : answer.release();
  return subclassCheck(self, subtype);
}

/// Steps of the documented algorithm; the result is cached.
Value abcSubclassCheck(Value, const Value* argv) {
  Value self = argv[0], cls = argv[1];
  if (!hasTypeFlag(cls, kTypeType)) return raise(TypeErrorType, "issubclass() arg 1 must be a class");
  Ref holder;
  AbcData* data = dataOf(self, &holder);
  if (!data) return Value();
  int32_t r = inWeakly(data->cache, cls);
  if (r) return r < 0 ? Value() : boolean(true);
  if (data->negativeVersion < invalidations) {
    clear(data->negative);
    data->negativeVersion = invalidations;
  } else {
    r = inWeakly(data->negative, cls);
    if (r) return r < 0 ? Value() : boolean(false);
  }
  auto answer = [&](bool yes) {
    return addWeakly(yes ? &data->cache : &data->negative, cls) < 0 ? Value() : boolean(yes);
  };
  Ref hook(callMethod(self, "__subclasshook__", {cls}));
  if (!hook) return Value();
  if (hook.get() == boolean(true)) return answer(true);
  if (hook.get() == boolean(false)) return answer(false);
  if (hook.get() != notImplemented())
    return raise(AssertionErrorType, "__subclasshook__ must return either False, True, or NotImplemented");
  Value mro = cls.as<Type>()->mro;
  for (int64_t i = 0; mro && i < asTuple(mro)->size; ++i)
    if (asTuple(mro)->items[i] == self) return answer(true);
  if (data->registry) {
    Ref copy(toList(data->registry));
    for (int64_t i = 0; copy && i < asList(copy)->size; ++i) {
      Ref registered = Ref(xnewRef(weakrefTarget(asList(copy)->items[i])));
      if (!registered) continue;
      r = isSubclass(cls, registered);
      if (r) return r < 0 ? Value() : answer(true);
    }
    if (!copy) return Value();
  }
  Ref subclasses(callMethod(self, "__subclasses__"));
  if (!subclasses) return Value();
  if (!isList(subclasses)) return raise(TypeErrorType, "__subclasses__() must return a list");
  for (int64_t i = 0; i < asList(subclasses)->size; ++i) {
    r = isSubclass(cls, asList(subclasses)->items[i]);
    if (r) return r < 0 ? Value() : answer(true);
  }
  if (krt_guest_hooks && krt_guest_hooks->isRegistered(self, cls)) return answer(true);
  return answer(false);
}

Value getCacheToken(Value) { return newInt(invalidations); }
Value copyOf(Value set) { return newSet(set); }
Value getDump(Value, Value self) {
  Ref holder;
  AbcData* data = dataOf(self, &holder);
  if (!data) return Value();
  Ref registry(copyOf(data->registry)), cache(copyOf(data->cache)), negative(copyOf(data->negative)),
      version(newInt(data->negativeVersion));
  return newTuple({registry, cache, negative, version});
}
Value resetRegistry(Value, Value self) {
  Ref holder;
  AbcData* data = dataOf(self, &holder);
  if (!data) return Value();
  clear(data->registry);
  return none();
}
Value resetCaches(Value, Value self) {
  Ref holder;
  AbcData* data = dataOf(self, &holder);
  if (!data) return Value();
  clear(data->cache);
  clear(data->negative);
  return none();
}

constexpr MethodDef abcMethods[] = {
    {"get_cache_token", getCacheToken, "($module, /)"},
    {"_abc_init", abcInit, "($module, self, /)"},
    {"_abc_register", abcRegister, "($module, self, subclass, /)"},
    {"_abc_instancecheck", abcInstanceCheck, "($module, self, instance, /)"},
    {"_abc_subclasscheck", abcSubclassCheck, "($module, self, subclass, /)"},
    {"_get_dump", getDump, "($module, self, /)"},
    {"_reset_registry", resetRegistry, "($module, self, /)"},
    {"_reset_caches", resetCaches, "($module, self, /)"},
    {},
};

/// A method of abc.ABCMeta that does nothing but call the function of _abc that it knows by this name.
struct Hook {
  const char *qualname, *callee;
  const CodeInfo* code; // null until it is met
  const MethodDef* def;
  Value name;
};

/// Null if the code is another's.
const Hook* hookOf(const CodeInfo* code) {
  static Hook hooks[] = {{"ABCMeta.__instancecheck__", "_abc_instancecheck", nullptr, nullptr, Value()},
                         {"ABCMeta.__subclasscheck__", "_abc_subclasscheck", nullptr, nullptr, Value()}};
  for (Hook& hook : hooks) {
    if (hook.code == code) return &hook;
    if (hook.code || code->unit || !strEqual(code->filename, "<frozen abc>") || !strEqual(code->qualname, hook.qualname)) continue;
    for (const MethodDef& def : abcMethods)
      if (def.name && std::string_view(def.name) == hook.callee) hook.def = &def;
    hook.name = internStr(hook.callee);
    hook.code = code;
    return &hook;
  }
  return nullptr;
}

int32_t answerAtOnce(FunctionObject* check, Value cls, Value type) {
  const Hook* hook = hookOf(check->code);
  if (!hook || !hasTypeFlag(cls, kTypeType) || !check->globals || !isExactDict(check->globals)) return -1;
  static const Value dataName = internStr("_abc_impl");
  Type *meta = typeOf(cls), *metaOfType = typeOf(type);
  if (meta->getAttr != typeType.getAttr || metaOfType->hash != typeType.hash || typeLookup(meta, dataName)) return -1;
  const Value callee = dictGet(check->globals, hook->name);
  if (!callee || !isExact(callee, builtinFunctionType) || callee.as<BuiltinFunctionObject>()->def != hook->def) return -1;
  const Value found = typeLookup(cls.as<Type>(), dataName);
  if (!found || !isExact(found, abcDataType)) return -1;
  const AbcData* data = found.as<AbcData>();
  if (inWeakly(data->cache, type) > 0) return 1;
  if (data->negativeVersion == invalidations && inWeakly(data->negative, type) > 0) return 0;
  return -1;
}

} // namespace

extern "C" constinit const NativeModule krt_module_abc = {"_abc", abcMethods, nullptr};

} // namespace krait
