// object: the methods that every value has.
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/attributes.h"
#include "runtime/object/audit.h"
#include "runtime/object/class_layout.h"
#include "runtime/object/heap_type.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/object/slots.h"
#include "runtime/types/code_object.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/key.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/object_reduce.h"
#include "runtime/types/sequence.h"

namespace krait {

int64_t hashByAddress(Value v) {
  auto h = static_cast<int64_t>(std::rotr(v.bits, 4));
  return h == -1 ? -2 : h;
}

namespace {

bool hasArguments(const Args& args) { return args.count || args.nameCount(); }

/// TypeError that lists the abstract methods of a class.
Value raiseAbstract(Type* t) {
  Ref methods(getAttr(asValue(t), "__abstractmethods__"));
  if (!methods) return {};
  Ref sorted(toList(methods));
  if (!sorted || listSort(sorted, Value(), false) < 0) return {};
  Ref comma(newStr(", "));
  Ref joined(strJoin(comma, sorted));
  if (!joined) return {};
  return raise(TypeErrorType, "Can't instantiate abstract class %s with abstract method%s %U", t->name,
               asList(sorted)->size > 1 ? "s" : "", joined.get());
}

Value reprOf(Value v) {
  Type* t = typeOf(v);
  void* address = v.isPointer() ? static_cast<void*>(v.object()) : reinterpret_cast<void*>(v.bits);
  Ref module(typeModule(t));
  if (!module) errorClear();
  Ref qualname(typeQualname(t));
  if (!qualname) return {};
  if (module && isStr(module) && !strEqual(module, "builtins"))
    return formatText("<%U.%U object at %p>", module.get(), qualname.get(), address);
  return formatText("<%s object at %p>", t->name, address);
}

Value text(Value v) { return readyTypeOf(v)->repr(v); }

Value compareWith(Value a, Value b, int op) {
  if (op == kEq) return a == b ? boolean(true) : notImplemented();
  if (op != kNe) return notImplemented();
  auto f = readyTypeOf(a)->compare;
  if (!f) return notImplemented();
  Value equal = f(a, b, kEq);
  if (!equal || equal == notImplemented()) return equal;
  Ref held(equal);
  int32_t truth = isTrue(equal);
  return truth < 0 ? Value() : boolean(!truth);
}

// ---- methods -----------------------------------------------------------------------------------

Value formatMethod(Value self, Value spec) {
  if (!isStr(spec)) return raise(TypeErrorType, "__format__() argument must be str, not %.50G", spec);
  if (asStr(spec)->length > 0)
    return raise(TypeErrorType, "unsupported format string passed to %.200s.__format__", typeOf(self)->name);
  return str(self);
}

/// Of an object whose type has a size of items: how many CPython's has.
int64_t itemsIn(Value self) {
  if (!self.isPointer()) return 0;
  if (isTuple(self)) return asTuple(self)->size;
  if (isMemoryView(self)) return 3 * asView(self)->view.dimensions;
  const bool hasFrame = isGenerator(self) || isCoroutine(self) || typeOf(self) == &asyncGeneratorType;
  return hasFrame ? frameWords(asGenerator(self)->code) : 0;
}

Value sizeofMethod(Value self) {
  Type* t = typeOf(self);
  const int64_t item = itemSize(t), n = item ? itemsIn(self) : 0;
  return n < 0 ? Value() : newInt(basicSize(t) + n * item);
}

/// Names in the dicts of a class and its bases.
int32_t mergeClassNames(Value names, Value cls) {
  Ref dict(getAttrOptional(cls, NAME(__dict__)));
  if (!dict && errorSet()) return -1;
  if (dict && dictMerge(names, dict, 1) < 0) return -1;
  Ref bases(getAttrOptional(cls, NAME(__bases__)));
  if (!bases) return errorSet() ? -1 : 0;
  if (!isTuple(bases)) return 0;
  for (int64_t i = 0; i < asTuple(bases)->size; ++i)
    if (mergeClassNames(names, asTuple(bases)->items[i]) < 0) return -1;
  return 0;
}

Value dirMethod(Value self) {
  Ref dict(getAttrOptional(self, NAME(__dict__)));
  if (!dict && errorSet()) return {};
  Ref names(dict && isDict(dict) ? dictCopy(dict) : newDict());
  if (!names) return {};
  Ref cls(getAttrOptional(self, NAME(__class__)));
  if (!cls && errorSet()) return {};
  if (cls && mergeClassNames(names, cls) < 0) return {};
  return dictKeysList(names);
}

Value initSubclass(Value) { return none(); }
Value subclassHook(Value, const Args&) { return notImplemented(); }

Value getClass(Value self, void*) { return newRef(asValue(typeOf(self))); }

constexpr MethodDef methods[] = {
    {"__reduce_ex__", objectReduceEx, "($self, protocol, /)"},
    {"__reduce__", objectReduce, "($self, /)"},
    {"__getstate__", objectGetState, "($self, /)"},
    {"__subclasshook__", subclassHook, nullptr, kMethodClass},
    {"__init_subclass__", initSubclass, nullptr, kMethodClass},
    {"__format__", formatMethod, "($self, format_spec, /)"},
    {"__sizeof__", sizeofMethod, "($self, /)"},
    {"__dir__", dirMethod, "($self, /)"},
    {},
};
constexpr GetSetDef getset[] = {{"__class__", getClass, auditedSet<"__class__", assignClass>}, {}};

void deallocPlain(Object* o) { freeObject(o); }

} // namespace

int32_t objectInit(Value self, const Args& args) {
  if (!hasArguments(args)) return 0;
  Type* t = typeOf(self);
  if (t->init != objectInit)
    return fail(TypeErrorType, "object.__init__() takes exactly one argument (the instance to initialize)");
  if (t->construct == objectNew)
    return fail(TypeErrorType, "%.200s.__init__() takes exactly one argument (the instance to initialize)", t->name);
  return 0;
}

Value objectNew(Type* t, const Args& args) {
  if (hasArguments(args)) [[unlikely]] {
    if (t->construct != objectNew)
      return raise(TypeErrorType, "object.__new__() takes exactly one argument (the type to instantiate)");
    if (t->init == objectInit) return raise(TypeErrorType, "%.200s() takes no arguments", t->name);
  }
  if (t->flags & kTypeAbstract) [[unlikely]] return raiseAbstract(t);
  return allocateOf(t, 0);
}

constinit Type objectType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "object",
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &objectType, .size = sizeof(Object)},
    .dealloc = deallocPlain,
    .repr = reprOf,
    .str = text,
    .hash = hashByAddress,
    .getAttr = genericGetAttr,
    .setAttr = genericSetAttr,
    .compare = compareWith,
    .init = objectInit,
    .construct = objectNew,
    .allocate = allocateInstance,
    .methods = methods,
    .getset = getset,
    .doc = "The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\n"
           "instance that has no instance attributes and cannot be given any.\n",
    .constructorSignature = "()",
};

} // namespace krait
