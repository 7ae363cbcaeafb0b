// Type variables inside parameterised types: finding, substituting, printing.
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/sequence.h"

namespace krait {
namespace {

bool isType(Value v) { return hasTypeFlag(v, kTypeType); }

int64_t indexOf(Value tuple, Value v) {
  for (int64_t i = 0; i < asTuple(tuple)->size; ++i)
    if (asTuple(tuple)->items[i] == v) return i;
  return -1;
}

int32_t appendUnique(Value list, Value v) {
  for (int64_t i = 0; i < asList(list)->size; ++i)
    if (asList(list)->items[i] == v) return 0;
  return listAppend(list, v);
}

/// Items of `*tuple[…]` arguments are spliced in; anything else stays: tuple or the single item itself.
Value unpackItems(Value item) {
  Ref list(newList(0));
  if (!list) return Value();
  int64_t n = isTuple(item) ? asTuple(item)->size : 1;
  for (int64_t i = 0; i < n; ++i) {
    Value v = isTuple(item) ? asTuple(item)->items[i] : item;
    Ref inner(isType(v) ? Value() : getAttrOptional(v, NAME(__typing_unpacked_tuple_args__)));
    if (!inner && errorSet()) return Value();
    bool splice = inner && isTuple(inner) &&
                  !(asTuple(inner)->size > 0 && asTuple(inner)->items[asTuple(inner)->size - 1] == ellipsis());
    if ((splice ? listExtend(list, inner) : listAppend(list, v)) < 0) return Value();
  }
  return listToTuple(list);
}

/// v[…] with the parameters of v replaced by their counterparts.
Value substituteInside(Value v, Value parameters, Value items) {
  Ref inner(getAttrOptional(v, NAME(__parameters__)));
  if (!inner && errorSet()) return Value();
  if (!inner || !isTuple(inner) || asTuple(inner)->size == 0) return newRef(v);
  Ref list(newList(0));
  if (!list) return Value();
  for (int64_t i = 0; i < asTuple(inner)->size; ++i) {
    Value parameter = asTuple(inner)->items[i];
    int64_t at = indexOf(parameters, parameter);
    Value replacement = at < 0 ? parameter : asTuple(items)->items[at];
    typeReady(typeOf(parameter));
    bool several = at >= 0 && typeOf(parameter)->iter && isTuple(replacement); // a TypeVarTuple takes them all
    if ((several ? listExtend(list, replacement) : listAppend(list, replacement)) < 0) return Value();
  }
  Ref arguments(listToTuple(list));
  return arguments ? getItem(v, arguments) : Value();
}

int32_t appendSubstituted(Value list, Value v, Value parameters, Value items) {
  if (isType(v)) return listAppend(list, v);
  Ref flag(getAttrOptional(v, NAME(__typing_is_unpacked_typevartuple__)));
  if (!flag && errorSet()) return -1;
  int32_t several = flag ? isTrue(flag) : 0;
  if (several < 0) return -1;
  Ref substitute(getAttrOptional(v, NAME(__typing_subst__)));
  if (!substitute && errorSet()) return -1;
  int64_t at = substitute ? indexOf(parameters, v) : -1;
  Ref result(at >= 0 ? call(substitute, {asTuple(items)->items[at]}) : substituteInside(v, parameters, items));
  if (!result) return -1;
  return several && isTuple(result) ? listExtend(list, result) : listAppend(list, result);
}
} // namespace

bool addTypeText(StrBuilder& out, Value v) {
  if (v == ellipsis()) {
    out.addAscii("...");
    return true;
  }
  if (v == asValue(&noneType)) {
    out.addAscii("None");
    return true;
  }
  Ref origin(getAttrOptional(v, NAME(__origin__)));
  Ref args(origin ? getAttrOptional(v, NAME(__args__)) : Value());
  if (errorSet()) return false;
  Ref text;
  if (!args) {
    Ref qualname(getAttrOptional(v, NAME(__qualname__)));
    Ref module(qualname ? getAttrOptional(v, NAME(__module__)) : Value());
    if (errorSet()) return false;
    if (module && !isNone(module)) {
      bool builtin = isStr(module) && strEqual(module, "builtins");
      text.reset(builtin ? str(qualname) : formatText("%S.%S", module.get(), qualname.get()));
      if (!text) return false;
    }
  }
  if (!text) text.reset(repr(v));
  if (!text) return false;
  out.add(text);
  return true;
}

Value collectParameters(Value args) {
  Ref list(newList(0));
  if (!list) return Value();
  for (int64_t i = 0; i < asTuple(args)->size; ++i) {
    Value v = asTuple(args)->items[i];
    if (isType(v)) continue;
    Ref substitute(getAttrOptional(v, NAME(__typing_subst__)));
    if (substitute) {
      if (appendUnique(list, v) < 0) return Value();
      continue;
    }
    Ref inner(errorSet() ? Value() : getAttrOptional(v, NAME(__parameters__)));
    if (errorSet()) return Value();
    if (!inner || !isTuple(inner)) continue;
    for (int64_t k = 0; k < asTuple(inner)->size; ++k)
      if (appendUnique(list, asTuple(inner)->items[k]) < 0) return Value();
  }
  return listToTuple(list);
}

Value substituteParameters(Value whole, Value args, Value parameters, Value item) {
  int64_t wanted = asTuple(parameters)->size;
  if (wanted == 0) return raise(TypeErrorType, "%R is not a generic class", whole);
  Ref items(unpackItems(item));
  if (!items) return Value();
  for (int64_t i = 0; i < wanted; ++i) {
    Ref prepare(getAttrOptional(asTuple(parameters)->items[i], NAME(__typing_prepare_subst__)));
    if (!prepare && errorSet()) return Value();
    if (!prepare || isNone(prepare)) continue;
    items.reset(call(prepare, {whole, items}));
    if (!items) return Value();
    if (!isTuple(items)) items.reset(newTuple({items}));
  }
  int64_t given = asTuple(items)->size;
  if (given != wanted)
    return raise(TypeErrorType, "Too %s arguments for %R; actual %zd, expected %zd", given > wanted ? "many" : "few",
                 whole, given, wanted);
  Ref list(newList(0));
  for (int64_t i = 0; i < asTuple(args)->size && list; ++i)
    if (appendSubstituted(list, asTuple(args)->items[i], parameters, items) < 0) return Value();
  return list ? listToTuple(list) : Value();
}

} // namespace krait
