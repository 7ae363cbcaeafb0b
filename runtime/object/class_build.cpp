// The class statement: bases, metaclass, namespace, body, and the call that makes
// the class.
#include <cstring>
#include <vector>
#include "runtime/object/class_build.h"

#include "runtime/object/heap_type.h"
#include "runtime/object/module_cells.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/builtin_events.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"

namespace krait {

namespace {

Value pendingSlotHint; // owned tuple of str, or null

/// Keeps a class statement's hint from the class statements inside its body.
class HintScope {
public:
  HintScope() : outer_(takeSlotHint()) {}
  ~HintScope() {
    takeSlotHint();
    pendingSlotHint = outer_.release();
  }
  HintScope(const HintScope&) = delete;
  HintScope& operator=(const HintScope&) = delete;

private:
  Ref outer_;
};

/// meta.__prepare__(name, bases, **keywords), or a new dict.
Value prepareNamespace(Value meta, bool isClass, Value name, Value bases, Value keywords) {
  if (meta == asValue(&typeType)) return newDict();
  Ref prepare(getAttrOptional(meta, NAME(__prepare__)));
  if (!prepare) return errorSet() ? Value() : newDict();
  Ref arguments(newTuple({name, bases}));
  Ref ns(callTupleDict(prepare, arguments, keywords));
  if (!ns) return {};
  if (!isMapping(ns))
    return raise(TypeErrorType, "%.200s.__prepare__() must return a mapping, not %.200s",
                 isClass ? meta.as<Type>()->name : "<metaclass>", typeOf(ns)->name);
  return ns.release();
}

/// The body returned its __class__ cell: the metaclass must have filled it with the new class.
int32_t checkClassCell(Value cell, Value cls, Value name) {
  if (!isExact(cell, cellType) || !hasTypeFlag(cls, kTypeType)) return 0;
  Value found = cell.as<CellObject>()->contents;
  if (found == cls) return 0;
  if (!found)
    return fail(RuntimeErrorType, "__class__ not set defining %.200R as %.200R. Was __classcell__ propagated to type.__new__?",
                name, cls);
  return fail(TypeErrorType, "__class__ set to %.200R defining %.200R as %.200R", found, name, cls);
}

} // namespace

void setSlotHint(Value names) { assign(pendingSlotHint, newRef(names)); }

Ref takeSlotHint() {
  Ref hint(pendingSlotHint);
  pendingSlotHint = Value();
  return hint;
}

Value resolveBases(Value bases) {
  auto* given = asTuple(bases);
  Ref result; // a list once something was replaced
  for (int64_t i = 0; i < given->size; ++i) {
    Value base = given->items[i];
    Ref method;
    if (!hasTypeFlag(base, kTypeType)) {
      method.reset(getAttrOptional(base, NAME(__mro_entries__)));
      if (!method && errorSet()) return {};
    }
    if (!method) {
      if (result && listAppend(result, base) < 0) return {};
      continue;
    }
    Ref entries(call(method, {bases}));
    if (!entries) return {};
    if (!isTuple(entries)) return raise(TypeErrorType, "__mro_entries__ must return a tuple");
    if (!result) {
      result.reset(newList(0));
      for (int64_t j = 0; j < i; ++j)
        if (listAppend(result, given->items[j]) < 0) return {};
    }
    for (int64_t j = 0; j < asTuple(entries)->size; ++j)
      if (listAppend(result, asTuple(entries)->items[j]) < 0) return {};
  }
  return result ? listToTuple(result) : newRef(bases);
}

Type* calculateMetaclass(Type* meta, Value bases) {
  Type* winner = meta;
  for (int64_t i = 0; i < asTuple(bases)->size; ++i) {
    Type* candidate = typeOf(asTuple(bases)->items[i]);
    if (isSubtype(winner, candidate)) continue;
    if (isSubtype(candidate, winner)) {
      winner = candidate;
      continue;
    }
    raise(TypeErrorType, "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the "
                         "metaclasses of all its bases");
    return nullptr;
  }
  return winner;
}

Value buildClass(Value body, Value name, Value givenBases, Value givenKeywords) {
  Ref bases(resolveBases(givenBases));
  if (!bases) return {};
  Ref keywords, meta;
  bool isClass = true;
  if (givenKeywords && dictSize(givenKeywords) > 0) {
    keywords.reset(dictCopy(givenKeywords));
    if (!keywords) return {};
    meta.reset(xnewRef(dictGet(keywords, NAME(metaclass))));
    if (meta) {
      if (dictDelete(keywords, NAME(metaclass)) < 0) return {};
      isClass = hasTypeFlag(meta, kTypeType);
    }
  }
  if (!meta) meta = Ref::share(asTuple(bases)->size ? asValue(typeOf(asTuple(bases)->items[0])) : asValue(&typeType));
  if (isClass) {
    Type* winner = calculateMetaclass(meta.as<Type>(), bases);
    if (!winner) return {};
    meta = Ref::share(asValue(winner));
  }
  Ref ns(prepareNamespace(meta, isClass, name, bases, keywords));
  if (!ns) return {};
  HintScope scope;
  Ref cell(call(body, {ns.get()}));
  if (!cell) return {};
  if (bases.get() != givenBases && setItem(ns, NAME(__orig_bases__), givenBases) < 0) return {};
  Ref cls;
  if (meta.get() == asValue(&typeType) && !keywords) {
    cls.reset(newType(meta, name, bases, ns, Value()));
    // type(name, bases, ns) also calls type.__init__, which does nothing here.
  } else {
    Ref arguments(newTuple({name, bases.get(), ns.get()}));
    cls.reset(callTupleDict(meta, arguments, keywords));
  }
  if (!cls || checkClassCell(cell, cls, name) < 0) return {};
  return cls.release();
}

Value classBuilder(Value globals) {
  Value builtins = builtinsOf(globals);
  Value found = builtins ? dictGet(builtins, NAME(__build_class__)) : Value();
  if (found || errorSet()) return xnewRef(found);
  return raise(NameErrorType, "__build_class__ not found");
}

/// As a call of the builtin, which profile functions hear of.
[[gnu::noinline]] static Value buildClassHeard(Value builder, Value body, Value name, Value bases, Value keywords) {
  if (traceBuiltinCall(builder) < 0) return {};
  Value cls;
  {
    const BuiltinRuns running;
    cls = buildClass(body, name, bases, keywords);
  }
  return traceBuiltinReturn(builder, cls);
}

extern "C" Value krt_class_build(Value body, Value name, Value bases, Value keywords) {
  Ref builder(classBuilder(body.as<FunctionObject>()->globals));
  if (!builder) return {};
  if (isExact(builder, builtinFunctionType) && !strcmp(builder.as<BuiltinFunctionObject>()->def->name, "__build_class__"))
    return eventsActive ? buildClassHeard(builder, body, name, bases, keywords) : buildClass(body, name, bases, keywords);
  std::vector<Value> words = {body, name};
  words.insert(words.end(), asTuple(bases)->items, asTuple(bases)->items + asTuple(bases)->size);
  Ref arguments(newTupleFrom(words.data(), words.size()));
  return arguments ? callTupleDict(builder, arguments, keywords) : Value();
}

} // namespace krait
