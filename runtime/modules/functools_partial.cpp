// functools.partial, cmp_to_key and reduce.
#include "runtime/modules/functools.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::functools {

// ---- partial ----------------------------------------------------------------

namespace {

struct Partial {
  Object header;
  Value function, args, keywords, attributes, weakrefs;
  Value names;       // of the keywords, as a call passes them on, where they all are exact strs; null: not known
  uint64_t version;  // of the keys whose names they are
};
Partial* asPartial(Value v) { return v.as<Partial>(); }

void partialDealloc(Object* o) {
  gcUntrack(o);
  auto* p = reinterpret_cast<Partial*>(o);
  if (p->weakrefs) clearWeakrefs(o);
  xdecref(p->function);
  xdecref(p->args);
  xdecref(p->keywords);
  xdecref(p->attributes);
  xdecref(p->names);
  freeObject(o);
}
/// The names of the keywords (owned); null if that is no matter of a look. No errors.
Ref namesOf(Partial* p) {
  const DictObject* d = asDict(p->keywords);
  if (p->names && p->version == d->version && asTuple(p->names)->size == d->used && !d->split) [[likely]] return Ref::share(p->names);
  clear(p->names);
  Ref names(d->split || !d->strKeysOnly ? Value() : newTuple(d->used));
  if (!names) return errorClear(), Ref();
  int64_t at = 0, k = 0;
  for (Value key, v; dictNext(p->keywords, &at, &key, &v);) asTuple(names)->items[k++] = newRef(key);
  gcUntrack(names.get().object()); // strings, of which nobody has heard
  p->names = newRef(names);
  p->version = d->version;
  return names;
}
Value partialConstruct(Type* t, const Args& args) {
  if (args.count < 1) return raise(TypeErrorType, "type 'partial' takes at least one argument");
  Value function = args[0];
  if (!isCallable(function)) return raise(TypeErrorType, "the first argument must be callable");
  Ref rest(newTupleFrom(args.values + 1, args.count - 1)), keywords;
  if (!rest) return Value();
  // A plain partial of a plain partial becomes one.
  if (t == &partialType && isExact(function, partialType) && !asPartial(function)->attributes) {
    Partial* inner = asPartial(function);
    rest.reset(krt_add(inner->args, rest));
    keywords.reset(rest ? dictCopy(inner->keywords) : Value());
    function = inner->function;
  } else {
    keywords.reset(newDict());
  }
  if (!keywords) return Value();
  for (size_t i = 0; i < args.nameCount(); ++i)
    if (dictSet(keywords, asTuple(args.names)->items[i], args[args.count + i]) < 0) return Value();
  Value v = allocateOf(t, 0);
  if (!v) return v;
  Partial* p = asPartial(v);
  p->function = newRef(function);
  p->args = rest.release();
  p->keywords = keywords.release();
  gcTrack(v.object());
  return v;
}
/// The callee runs in the partial's place, as CPython's vector calls do; else the partial's call is a level of recursion.
bool isCalledFlat(const Partial* p) {
  const Value f = p->function;
  return dictSize(p->keywords) == 0 &&
         (isExact(f, functionType) || isExact(f, builtinFunctionType) || isExact(f, methodType) || isExact(f, methodDescriptorType) || isExact(f, partialType));
}
Value partialCall(Value self, const Args& args) {
  Partial* p = asPartial(self);
  const RecursionLevels level(isCalledFlat(p) ? 0 : 1);
  if (!level) return Value();
  TupleObject* bound = asTuple(p->args);
  Ref function = Ref::share(p->function), held = Ref::share(p->args);
  size_t n = static_cast<size_t>(bound->size) + args.count;
  constexpr size_t kLocal = 8;
  if (dictSize(p->keywords) == 0 && n + args.nameCount() <= kLocal) {
    uint64_t space[kLocal]; // not cleared
    auto* words = reinterpret_cast<Value*>(space);
    for (int64_t i = 0; i < bound->size; ++i) words[i] = bound->items[i];
    for (size_t i = 0; i < args.count + args.nameCount(); ++i) words[static_cast<size_t>(bound->size) + i] = args[i];
    if (args.nameCount() || !isFunction(function)) return call(function, Args{words, n, args.names});
    for (size_t i = 0; i < n; ++i) incref(words[i]);
    return krt_call_n(function, words, n);
  }
  const auto named = static_cast<size_t>(dictSize(p->keywords));
  if (args.nameCount() == 0 && n + named <= kLocal) {
    if (const Ref names = namesOf(p)) {
      uint64_t space[kLocal]; // not cleared
      auto* to = reinterpret_cast<Value*>(space);
      for (int64_t i = 0; i < bound->size; ++i) *to++ = newRef(bound->items[i]);
      for (size_t i = 0; i < args.count; ++i) *to++ = newRef(args[i]);
      int64_t at = 0;
      for (Value key, v; dictNext(p->keywords, &at, &key, &v);) *to++ = newRef(v);
      return krt_call_kw(function, reinterpret_cast<Value*>(space), n + named, names);
    }
  }
  Ref given(newTupleFrom(args.values, args.count));
  Ref positional(given ? krt_add(p->args, given) : Value());
  Ref keywords(positional ? dictCopy(p->keywords) : Value());
  if (!keywords) return Value();
  for (size_t i = 0; i < args.nameCount(); ++i)
    if (dictSet(keywords, asTuple(args.names)->items[i], args[args.count + i]) < 0) return Value();
  return callTupleDict(function, positional, keywords);
}
Value partialText(Value self) {
  Partial* p = asPartial(self);
  StrBuilder out;
  Ref text(repr(p->function));
  if (!text) return Value();
  out.add(text.get());
  for (int64_t i = 0; i < asTuple(p->args)->size; ++i) {
    text.reset(repr(asTuple(p->args)->items[i]));
    if (!text) return Value();
    out.addAscii(", ");
    out.add(text.get());
  }
  int64_t at = 0;
  for (Value k, x; dictNext(p->keywords, &at, &k, &x);) {
    Ref key = Ref::share(k), value = Ref::share(x);
    Ref name(str(key));
    text.reset(name ? repr(value) : Value());
    if (!text) return Value();
    out.addAscii(", ");
    out.add(name.get());
    out.addAscii("=");
    out.add(text.get());
  }
  return out.take();
}
Value partialRepr(Value self) {
  int32_t entered = reprEnter(self);
  if (entered < 0) return Value();
  if (entered > 0) return newStr("...");
  Ref inner(partialText(self));
  Value result = inner ? formatText("%s(%U)", typeOf(self)->name, inner.get()) : Value();
  if (isExact(self, partialType) && inner) {
    decref(result);
    result = formatText("functools.partial(%U)", inner.get());
  }
  reprLeave(self);
  return result;
}
Value partialReduce(Value self) {
  Partial* p = asPartial(self);
  Ref args(newTuple({p->function}));
  Ref state(newTuple({p->function, p->args, p->keywords, p->attributes ? p->attributes : none()}));
  return state ? newTuple({asValue(typeOf(self)), args, state}) : Value();
}
Value partialSetState(Value self, Value state) {
  TupleObject* s = isTuple(state) ? asTuple(state) : nullptr;
  if (!s || s->size != 4 || !isCallable(s->items[0]) || !isTuple(s->items[1]) ||
      !(isNone(s->items[2]) || isDict(s->items[2])))
    return raise(TypeErrorType, "invalid partial state");
  Ref args(toTuple(s->items[1]));
  Ref keywords(isNone(s->items[2]) ? newDict() : isExactDict(s->items[2]) ? newRef(s->items[2]) : dictCopy(s->items[2]));
  if (!args || !keywords) return Value();
  Partial* p = asPartial(self);
  assign(p->function, newRef(s->items[0]));
  assign(p->args, args.release());
  assign(p->keywords, keywords.release());
  assign(p->attributes, isNone(s->items[3]) ? Value() : newRef(s->items[3]));
  return none();
}
constexpr MethodDef partialMethods[] = {
    {"__reduce__", partialReduce, "($self, /)", kMethodUnsigned},
    {"__setstate__", partialSetState, "($self, state, /)", kMethodUnsigned},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {},
};
constexpr MemberDef partialMembers[] = {
    {"func", MemberKind::Object, offsetof(Partial, function)},
    {"args", MemberKind::Object, offsetof(Partial, args)},
    {"keywords", MemberKind::Object, offsetof(Partial, keywords)},
    {},
};
constexpr GetSetDef partialGetSet[] = {{"__dict__", getInstanceDict, replaceInstanceDict}, {}};

} // namespace

constinit Type partialType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "functools.partial",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeOwnSetAttr | kTypeOwnModule | kTypeFlatCall,
    .instanceLayout = {.type = &partialType,
                       .size = sizeof(Partial),
                       .flags = kLayoutGc,
                       .dictOffset = offsetof(Partial, attributes),
                       .weakOffset = offsetof(Partial, weakrefs)},
    .dealloc = partialDealloc,
    .traverse = traverseWords<4>,
    .repr = partialRepr,
    .call = partialCall,
    .construct = partialConstruct,
    .methods = partialMethods,
    .getset = partialGetSet,
    .members = partialMembers,
    .doc = "A callable with some arguments given beforehand: partial(func, *args, **keywords).",
};

// ---- cmp_to_key -------------------------------------------------------------

namespace {

struct Key { Object header; Value compare, object; };
Key* asKey(Value v) { return v.as<Key>(); }
extern Type keyType;

Value newKey(Value compare, Value object) {
  auto* k = reinterpret_cast<Key*>(newObject(&keyType.instanceLayout));
  k->compare = newRef(compare);
  k->object = xnewRef(object);
  gcTrack(&k->header);
  return Value(&k->header);
}
Value keyCall(Value self, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("K", "(obj)", args, argv, 1, holder) < 0) return Value();
  return newKey(asKey(self)->compare, argv[0]);
}
Value keyCompare(Value a, Value b, int op) {
  if (!isExact(b, keyType)) return raise(TypeErrorType, "other argument must be K instance");
  Value x = asKey(a)->object, y = asKey(b)->object;
  if (!x || !y) return raise(AttributeErrorType, "object");
  Ref result(call(asKey(a)->compare, {x, y}));
  return result ? compare(result, Value::ofSmallInt(0), static_cast<CompareOp>(op)) : Value();
}
constexpr MemberDef keyMembers[] = {{"obj", MemberKind::Object, offsetof(Key, object), false}, {}};

constinit Type keyType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "functools.KeyWrapper",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeOwnGetAttr | kTypeOwnModule,
    .instanceLayout = {.type = &keyType, .size = sizeof(Key), .flags = kLayoutGc},
    .dealloc = deallocWords<2>,
    .traverse = traverseWords<2>,
    .hash = hashNotImplemented,
    .call = keyCall,
    .compare = keyCompare,
    .members = keyMembers,
};

} // namespace

Value cmpToKey(Value, const Value* argv) { return newKey(argv[0], Value()); }

// ---- reduce -----------------------------------------------------------------

Value reduce(Value, const Args& args) {
  RecursionLevels level(1);
  if (!level || checkNoKeywords("reduce", args) < 0 || checkPositional("reduce", args, 2, 3) < 0) return Value();
  Ref it(iterate(args[1]));
  if (!it) {
    if (errorClearIf(TypeErrorType)) raise(TypeErrorType, "reduce() arg 2 must support iteration");
    return Value();
  }
  Ref result(args.count == 3 ? newRef(args[2]) : Value());
  for (;;) {
    Ref item(next(it));
    if (!item) break;
    if (!result) {
      result = std::move(item);
    } else {
      Value combined = krt_call2(args[0], result.release(), item.release());
      if (!combined) return Value();
      result.reset(combined);
    }
  }
  if (errorSet()) return Value();
  if (!result) return raise(TypeErrorType, "reduce() of empty iterable with no initial value");
  return result.release();
}

} // namespace krait::functools
