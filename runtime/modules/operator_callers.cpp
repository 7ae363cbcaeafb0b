// attrgetter, itemgetter, methodcaller.
#include "runtime/modules/operator_callers.h"
#include "runtime/abi/entries.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/str_slots.h"

namespace krait {

namespace {

/// "a, b" of the reprs of a tuple's items.
Value joinReprs(Value tuple) {
  StrBuilder out;
  for (int64_t i = 0; i < asTuple(tuple)->size; ++i) {
    if (i) out.addAscii(", ");
    Ref text(repr(asTuple(tuple)->items[i]));
    if (!text) return Value();
    out.add(text.get());
  }
  return out.take();
}
/// "module.name(…)" with a guard against recursion.
Value reprCaller(Value self, Value (*inner)(Value)) {
  const char* name = typeOf(self)->name;
  int32_t entered = reprEnter(self);
  if (entered < 0) return Value();
  if (entered > 0) return formatText("%s(...)", name);
  Ref text(inner(self));
  Value result = text ? formatText("%s(%U)", name, text.get()) : Value();
  reprLeave(self);
  return result;
}
int32_t oneArgument(const char* name, const Args& args) {
  if (args.count == 1 && !args.names) return 0;
  if (checkNoKeywords(name, args) < 0) return -1;
  return checkPositional(name, args, 1, 1);
}

// ---- itemgetter -------------------------------------------------------------

struct ItemGetter { Object header; Value items; };

Value itemgetterConstruct(Type* t, const Args& args) {
  if (checkNoKeywords("itemgetter", args) < 0 || (!args.count && checkPositional("itemgetter", args, 1, 1) < 0)) return Value();
  Ref items(newTupleFrom(args.values, args.count));
  Value v = items ? allocateOf(t, 0) : Value();
  if (!v) return v;
  v.as<ItemGetter>()->items = items.release();
  gcTrack(v.object());
  return v;
}
Value itemgetterCall(Value self, const Args& args) {
  if (oneArgument("itemgetter", args) < 0) return Value();
  TupleObject* items = asTuple(self.as<ItemGetter>()->items);
  if (items->size == 1) return krt_item_get(args[0], items->items[0]);
  Ref result(newTuple(items->size));
  for (int64_t i = 0; result && i < items->size; ++i) {
    Value v = getItem(args[0], items->items[i]);
    if (!v) return Value();
    asTuple(result)->items[i] = v;
  }
  return result.release();
}
Value itemgetterRepr(Value self) {
  return reprCaller(self, [](Value v) { return joinReprs(v.as<ItemGetter>()->items); });
}
Value itemgetterReduce(Value self) { return newTuple({asValue(typeOf(self)), self.as<ItemGetter>()->items}); }

// ---- attrgetter -------------------------------------------------------------

struct AttrGetter { Object header; Value names, paths; }; // paths: a tuple of names for each

Value attrgetterConstruct(Type* t, const Args& args) {
  if (checkNoKeywords("attrgetter", args) < 0 || (!args.count && checkPositional("attrgetter", args, 1, 1) < 0)) return Value();
  Ref paths(newTuple(static_cast<int64_t>(args.count)));
  if (!paths) return Value();
  for (size_t i = 0; i < args.count; ++i) {
    if (!isStr(args[i])) return raise(TypeErrorType, "attribute name must be a string");
    Ref dot(newStrFromChar('.'));
    if (strFind(args[i], dot, 0, asStr(args[i])->length, 1) < 0) {
      Ref name(isExactStr(args[i]) ? internStr(newRef(args[i])) : newRef(args[i]));
      const Value path = newTuple({name});
      if (!path) return path;
      asTuple(paths)->items[i] = path;
      continue;
    }
    const Value at[] = {dot, Value()};
    Ref parts(strSplit(args[i], at));
    if (!parts) return Value();
    for (int64_t k = 0; k < asList(parts)->size; ++k)
      asList(parts)->items[k] = internStr(asList(parts)->items[k]);
    asTuple(paths)->items[i] = listToTuple(parts);
  }
  Ref names(newTupleFrom(args.values, args.count));
  Value v = names ? allocateOf(t, 0) : Value();
  if (!v) return v;
  v.as<AttrGetter>()->names = names.release();
  v.as<AttrGetter>()->paths = paths.release();
  gcTrack(v.object());
  return v;
}
Value followPath(Value o, Value path) {
  if (asTuple(path)->size == 1) return getAttrOfMany(o, asTuple(path)->items[0]);
  Ref current = Ref::share(o);
  for (int64_t i = 0; current && i < asTuple(path)->size; ++i)
    current = Ref(getAttrOfMany(current, asTuple(path)->items[i]));
  return current.release();
}
Value attrgetterCall(Value self, const Args& args) {
  if (oneArgument("attrgetter", args) < 0) return Value();
  TupleObject* paths = asTuple(self.as<AttrGetter>()->paths);
  if (paths->size == 1) return followPath(args[0], paths->items[0]);
  Ref result(newTuple(paths->size));
  for (int64_t i = 0; result && i < paths->size; ++i) {
    Value v = followPath(args[0], paths->items[i]);
    if (!v) return Value();
    asTuple(result)->items[i] = v;
  }
  return result.release();
}
Value attrgetterRepr(Value self) {
  return reprCaller(self, [](Value v) { return joinReprs(v.as<AttrGetter>()->names); });
}
Value attrgetterReduce(Value self) { return newTuple({asValue(typeOf(self)), self.as<AttrGetter>()->names}); }

// ---- methodcaller -----------------------------------------------------------

struct MethodCaller { Object header; Value name, args, keywords; }; // keywords: dict or null

Value methodcallerConstruct(Type* t, const Args& args) {
  if (args.count < 1) return raise(TypeErrorType, "methodcaller needs at least one argument, the method name");
  if (!isStr(args[0])) return raise(TypeErrorType, "method name must be a string");
  Ref rest(newTupleFrom(args.values + 1, args.count - 1)), keywords;
  if (args.nameCount()) {
    keywords.reset(newDict());
    for (size_t i = 0; i < args.nameCount(); ++i)
      if (dictSet(keywords, asTuple(args.names)->items[i], args[args.count + i]) < 0) return Value();
  }
  Value v = rest ? allocateOf(t, 0) : Value();
  if (!v) return v;
  auto* m = v.as<MethodCaller>();
  m->name = isExactStr(args[0]) ? internStr(newRef(args[0])) : newRef(args[0]);
  m->args = rest.release();
  m->keywords = keywords.release();
  gcTrack(v.object());
  return v;
}
Value methodcallerCall(Value self, const Args& args) {
  if (oneArgument("methodcaller", args) < 0) return Value();
  auto* m = self.as<MethodCaller>();
  Ref method(getAttr(args[0], m->name));
  return method ? callTupleDict(method, m->args, m->keywords) : Value();
}
Value methodcallerText(Value self) {
  auto* m = self.as<MethodCaller>();
  StrBuilder out;
  Ref text(repr(m->name));
  if (!text) return Value();
  out.add(text.get());
  for (int64_t i = 0; i < asTuple(m->args)->size; ++i) {
    text.reset(repr(asTuple(m->args)->items[i]));
    if (!text) return Value();
    out.addAscii(", ");
    out.add(text.get());
  }
  if (m->keywords) {
    int64_t at = 0;
    for (Value key, value; dictNext(m->keywords, &at, &key, &value);) {
      text.reset(repr(value));
      if (!text) return Value();
      out.addAscii(", ");
      out.add(key);
      out.addAscii("=");
      out.add(text.get());
    }
  }
  return out.take();
}
Value methodcallerRepr(Value self) { return reprCaller(self, methodcallerText); }
Value methodcallerReduce(Value self) {
  auto* m = self.as<MethodCaller>();
  Ref name(newTuple({m->name}));
  if (!m->keywords || dictSize(m->keywords) == 0) {
    Ref args(krt_add(name, m->args));
    return args ? newTuple({asValue(typeOf(self)), args}) : Value();
  }
  // With keywords: functools.partial(methodcaller, name, **keywords), (args…)
  Ref functools(importModule("functools"));
  Ref partial(functools ? getAttr(functools, NAME(partial)) : Value());
  Ref head(partial ? newTuple({asValue(typeOf(self)), m->name}) : Value());
  Ref constructor(head ? callTupleDict(partial, head, m->keywords) : Value());
  return constructor ? newTuple({constructor, m->args}) : Value();
}

constexpr MethodDef itemgetterMethods[] = {{"__reduce__", itemgetterReduce, "($self, /)", kMethodUnsigned}, {}};
constexpr MethodDef attrgetterMethods[] = {{"__reduce__", attrgetterReduce, "($self, /)", kMethodUnsigned}, {}};
constexpr MethodDef methodcallerMethods[] = {{"__reduce__", methodcallerReduce, "($self, /)", kMethodUnsigned}, {}};

template <class Struct, int N>
constexpr Type callerType(Type& type, const char* name, Value (*construct)(Type*, const Args&),
                          Value (*call)(Value, const Args&), UnaryFn repr, const MethodDef* methods, uint64_t flags) {
  return Type{
      .header = KRAIT_STATIC_HEADER(typeType),
      .name = name,
      .base = &objectType,
      .flags = kTypeOwnGetAttr | kTypeOwnModule | flags,
      .instanceLayout = {.type = &type, .size = sizeof(Struct), .flags = kLayoutGc},
      .dealloc = deallocWords<N>,
      .traverse = traverseWords<N>,
      .clear = nullptr,
      .repr = repr,
      .call = call,
      .construct = construct,
      .methods = methods,
  };
}

} // namespace

constinit Type itemgetterType = callerType<ItemGetter, 1>(itemgetterType, "operator.itemgetter", itemgetterConstruct,
                                                          itemgetterCall, itemgetterRepr, itemgetterMethods, kTypeFlatCall);
constinit Type attrgetterType = callerType<AttrGetter, 2>(attrgetterType, "operator.attrgetter", attrgetterConstruct,
                                                          attrgetterCall, attrgetterRepr, attrgetterMethods, kTypeFlatCall);
constinit Type methodcallerType =
    callerType<MethodCaller, 3>(methodcallerType, "operator.methodcaller", methodcallerConstruct, methodcallerCall,
                                methodcallerRepr, methodcallerMethods, 0);

} // namespace krait
