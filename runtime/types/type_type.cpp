// type: calling a class, making one, its methods, and its life.
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/attributes.h"
#include "runtime/object/call.h"
#include "runtime/object/class_build.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/class_tests.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/mro.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/object/subclasses.h"
#include "runtime/types/iterators.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/dict_methods.h"
#include "runtime/types/sequence.h"
#include "runtime/types/super.h"
#include "runtime/types/type_attributes.h"

namespace krait {

namespace {

Type* type(Value v) { return v.as<Type>(); }

// ---- life (heap types only) --------------------------------------------------------------------

void dealloc(Object* o) {
  Type* t = type(o);
  gcUntrack(o);
  typeModified(t);
  if (t->weakrefs) clearWeakrefs(o);
  if (t->bases)
    for (int64_t i = 0; i < asTuple(t->bases)->size; ++i) removeSubclass(asTuple(t->bases)->items[i].as<Type>(), t);
  Ref base(t->base ? asValue(t->base) : Value());
  for (Value* word : {&t->dict, &t->bases, &t->mro, &t->subclasses, &t->moduleName, &t->qualname, &t->heapName})
    clear(*word);
  if (isHeapType(t)) {
    clear(asHeap(t)->slotNames);
    releaseType(t);
  }
  freeObject(o);
}

int traverse(Object* o, Visit visit, void* context) {
  Type* t = type(o);
  if (!isHeapType(t)) return 0;
  for (Value word : {t->dict, t->bases, t->mro, asValue(t->base)})
    if (int stop = visit(word, context)) return stop;
  return 0;
}

void clearParts(Object* o) {
  Type* t = type(o);
  if (!isHeapType(t)) return;
  typeModified(t);
  if (t->dict) dictClear(t->dict);
  // The order refers to the class itself; instances in the same garbage find their way along `base`.
  clear(t->mro);
}

// ---- calling -----------------------------------------------------------------------------------

/// What `t` constructed (owned), after its __init__ if it wants that.
[[gnu::noinline]] Value initialised(const Type* t, Value made, const Args& args) {
  if (!made || (typeOf(made) != t && !isSubtype(typeOf(made), t))) return made;
  const Type* kind = readyTypeOf(made);
  const auto init = kind->init;
  if (init && (init != objectInit || ((args.count || args.names) && kind->construct == objectNew))) {
    Ref held(made);
    return init(made, args) < 0 ? Value() : held.release();
  }
  return made;
}

/// What cannot be constructed, and what is not ready or the type of types.
[[gnu::noinline]] Value calledRarely(Type* t, const Args& args) {
  if (!(t->flags & kTypeInherited)) typeInherit(t);
  if (t == &typeType) {
    if (args.count == 1) return checkNoKeywords("type", args) < 0 ? Value() : newRef(asValue(typeOf(args[0])));
    if (args.count != 3) return raise(TypeErrorType, "type() takes 1 or 3 arguments");
  }
  if (!t->construct) return raise(TypeErrorType, "cannot create '%s' instances", t->name);
  return initialised(t, t->construct(t, args), args);
}

Value called(Value self, const Args& args) {
  Type* t = type(self);
  if (t->make && args.count <= 1 && !args.names) return t->make(args.count ? args[0] : Value());
  if (t == &dictType) return dict_methods::newFrom(args);
  if (t == &superType && args.count == 2 && !args.names && hasTypeFlag(args[0], kTypeType) && !isNone(args[1])) return newSuper(args[0], args[1]);
  if (!(t->flags & kTypeInherited) || t == &typeType || !t->construct) [[unlikely]] return calledRarely(t, args);
  const Value made = t->construct(t, args);
  if (made && typeOf(made) == t && t->init == objectInit && t->construct != objectNew) return made;
  return initialised(t, made, args);
}

bool checkArgument(Value v, int number, bool ok, const char* expected) {
  if (ok) return true;
  raise(TypeErrorType, "type.__new__() argument %d must be %s, not %.50G", number, expected, v);
  return false;
}

Value construct(Type* meta, const Args& args) {
  if (args.count != 3)
    return raise(TypeErrorType, "type.__new__() takes exactly 3 arguments (%zu given)", args.count);
  Value name = args[0], bases = args[1], ns = args[2];
  if (!checkArgument(name, 1, isStr(name), "str") || !checkArgument(bases, 2, isTuple(bases), "tuple") ||
      !checkArgument(ns, 3, isDict(ns), "dict"))
    return {};
  for (int64_t i = 0; i < asTuple(bases)->size; ++i) {
    Value base = asTuple(bases)->items[i];
    if (hasTypeFlag(base, kTypeType)) continue;
    Ref entries(getAttrOptional(base, NAME(__mro_entries__)));
    if (entries)
      return raise(TypeErrorType, "type() doesn't support MRO entry resolution; use types.new_class()");
    if (errorSet()) return {};
  }
  Type* winner = calculateMetaclass(meta, bases);
  if (!winner) return {};
  if (winner != meta) {
    // The more derived metaclass may make classes in its own way.
    if (winner->construct != construct) return winner->construct ? winner->construct(winner, args) : Value();
    meta = winner;
  }
  for (int64_t i = 0; i < asStr(name)->length; ++i)
    if (asStr(name)->at(i) == 0) return raise(ValueErrorType, "type name must not contain null characters");
  Ref keywords;
  if (size_t n = args.nameCount()) {
    keywords.reset(newDict());
    for (size_t i = 0; i < n; ++i)
      if (dictSet(keywords, asTuple(args.names)->items[i], args[args.count + i]) < 0) return {};
  }
  return newType(asValue(meta), name, bases, ns, keywords);
}

int32_t init(Value, const Args& args) {
  if (args.count == 1 && args.nameCount()) return fail(TypeErrorType, "type.__init__() takes no keyword arguments");
  if (args.count != 1 && args.count != 3) return fail(TypeErrorType, "type.__init__() takes 1 or 3 arguments");
  return 0;
}

Value reprOf(Value self) {
  Type* t = type(self);
  Ref module(typeModule(t));
  if (!module) errorClear();
  Ref qualname(typeQualname(t));
  if (!qualname) return {};
  if (module && isStr(module) && !strEqual(module, "builtins"))
    return formatText("<class '%U.%U'>", module.get(), qualname.get());
  return formatText("<class '%s'>", t->name);
}

Value unite(Value a, Value b) { return typeUnion(a, b); }

// ---- methods -----------------------------------------------------------------------------------

Value mroMethod(Value self) {
  Ref order(computeMro(type(self)));
  return order ? toList(order) : Value();
}

/// Builtin classes that nobody has looked at yet are not in their bases' lists.
void readyBuiltins() {
#define BUILTIN_FUNCTION(name)
#define BUILTIN_TYPE(name, object) typeReady(&object);
#define BUILTIN_CONSTANT(name, object)
#include "runtime/abi/builtins.def"
}

Value subclassesMethod(Value self) {
  if (!isHeapType(type(self))) readyBuiltins();
  Ref list(newList(0));
  if (!list) return {};
  bool ok = forEachSubclass(
      type(self), [](Type* sub, void* out) { return listAppend(*static_cast<Value*>(out), asValue(sub)) == 0; },
      list.address());
  return ok ? list.release() : Value();
}

Value prepareMethod(Value, const Args&) { return newDict(); }

Value instanceCheck(Value self, Value o) {
  int32_t r = plainIsInstance(o, self);
  return r < 0 ? Value() : boolean(r);
}
Value subclassCheck(Value self, Value derived) {
  int32_t r = plainIsSubclass(derived, self);
  return r < 0 ? Value() : boolean(r);
}

/// A class's names: its dict's and its bases'.
int32_t mergeNames(Value names, Value cls) {
  Ref dict(getAttrOptional(cls, NAME(__dict__)));
  if (!dict && errorSet()) return -1;
  if (dict && dictMerge(names, dict, 1) < 0) return -1;
  Ref bases(getAttrOptional(cls, NAME(__bases__)));
  if (!bases) return errorSet() ? -1 : 0;
  for (int64_t i = 0; isTuple(bases) && i < asTuple(bases)->size; ++i)
    if (mergeNames(names, asTuple(bases)->items[i]) < 0) return -1;
  return 0;
}
Value dirMethod(Value self) {
  Ref names(newDict());
  return names && mergeNames(names, self) == 0 ? dictKeysList(names) : Value();
}

// A class whose instances share the keys of their dicts has these keys.
Value sizeofMethod(Value self) {
  const Type* t = type(self);
  const bool sharesKeys = t->instanceLayout.dictOffset == kPrefixDictOffset && !itemSize(t);
  return newInt(!isHeapType(t) ? 408 : 904 + (sharesKeys ? 768 : 0));
}

constexpr MethodDef methods[] = {
    {"mro", mroMethod, "($self, /)"},
    {"__subclasses__", subclassesMethod, "($self, /)"},
    {"__prepare__", prepareMethod, nullptr, kMethodClass},
    {"__instancecheck__", instanceCheck, "($self, instance, /)"},
    {"__subclasscheck__", subclassCheck, "($self, subclass, /)"},
    {"__dir__", dirMethod, "($self, /)"},
    {"__sizeof__", sizeofMethod, "($self, /)"},
    {},
};
constexpr NumberSlots number = {.or_ = unite};

} // namespace

Value initialiseMade(const Type* t, Value made, Value argument) { return initialised(t, made, Args{&argument, 1, {}}); }

// `type` is its own class: taking the address of its own layout is no use of it.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wuninitialized"
constinit Type typeType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "type",
    .flags = kTypeBaseType | kTypeType,
    .instanceLayout = {.type = &typeType,
                       .size = sizeof(HeapType),
                       .flags = kLayoutGc,
                       .dictOffset = offsetof(Type, dict),
                       .weakOffset = offsetof(Type, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .repr = reprOf,
    .call = called,
    .getAttr = typeGetAttr,
    .setAttr = typeSetAttr,
    .init = init,
    .construct = construct,
    .number = &number,
    .methods = methods,
    .getset = typeGetSet,
    .members = typeMembers,
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
};
#pragma clang diagnostic pop

} // namespace krait
