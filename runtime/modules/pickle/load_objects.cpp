// Unpickling containers and objects. Calls may run code, though never code that
// sees this stack.
#include "runtime/modules/pickle/load_objects.h"
#include "runtime/modules/importing/guest_hooks.h"
#include "runtime/object/heap_type.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/memoryview.h"

namespace krait::pickle {

// ---- containers ----

/// The items above `from` as a tuple; they leave the stack.
static Value popTuple(UnpicklerObject* u, int64_t from) {
  if (from < u->fence) return underflow(u), Value();
  const int64_t n = u->size - from;
  if (n == 0) return emptyTuple();
  Value t = newTuple(n);
  if (!t) return t;
  std::memcpy(asTuple(t)->items, u->stack + from, static_cast<size_t>(n) * sizeof(Value));
  u->size = from;
  gcTrack(t.object());
  return t;
}
static Value popListItems(UnpicklerObject* u, int64_t from) {
  Ref list(newList(0));
  if (!list || listAdopt(asList(list), u->stack + from, u->size - from) < 0) return Value();
  u->size = from;
  return list.release();
}

bool loadCountedTuple(UnpicklerObject* u, int64_t n) {
  if (u->size - u->fence < n) return underflow(u);
  return push(u, popTuple(u, u->size - n));
}
bool loadTuple(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  return mark >= 0 && push(u, popTuple(u, mark));
}
bool loadList(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  return mark >= 0 && push(u, popListItems(u, mark));
}
bool loadDict(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  if (mark < 0) return false;
  if ((u->size - mark) % 2) return raise(*state.unpicklingError, "odd number of items for DICT"), false;
  Ref d(newDict());
  if (!d) return false;
  const int64_t pairs = (u->size - mark) / 2;
  u->size = mark;
  return dict_table::take(asDict(d), u->stack + mark, pairs) == 0 && push(u, d.release());
}
bool loadFrozenSet(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  if (mark < 0) return false;
  Ref items(popTuple(u, mark));
  return items && push(u, newFrozenSet(items));
}

static bool appendFrom(UnpicklerObject* u, int64_t from) {
  const int64_t n = u->size;
  if (from > n || from <= u->fence) return underflow(u);
  if (from == n) return true;
  Value list = u->stack[from - 1];
  if (isExactList(list)) {
    if (listAdopt(asList(list), u->stack + from, n - from) < 0) return false;
    u->size = from;
    return true;
  }
  Ref extend(getAttrOptional(list, NAME(extend)));
  if (extend) {
    Ref items(popListItems(u, from)), done(items ? call(extend, {items}) : Value());
    return static_cast<bool>(done);
  }
  if (errorSet()) return false;
  // Not everything with append has extend.
  Ref append(getAttr(list, NAME(append)));
  if (!append) return false;
  for (int64_t i = from; i < n; ++i) {
    Ref done(call(append, {u->stack[i]}));
    if (!done) {
      clearStack(u, from);
      return false;
    }
  }
  clearStack(u, from);
  return true;
}
bool loadAppend(UnpicklerObject* u) { return u->size - 1 <= u->fence ? underflow(u) : appendFrom(u, u->size - 1); }
bool loadAppends(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  return mark >= 0 && appendFrom(u, mark);
}

static bool setItemsFrom(UnpicklerObject* u, int64_t from) {
  const int64_t n = u->size;
  if (from > n || from <= u->fence) return underflow(u);
  if (from == n) return true;
  if ((n - from) % 2) return raise(*state.unpicklingError, "odd number of items for SETITEMS"), false;
  Value d = u->stack[from - 1];
  if (isExactDict(d)) {
    u->size = from;
    return dict_table::take(asDict(d), u->stack + from, (n - from) / 2) == 0;
  }
  bool good = true;
  for (int64_t i = from; good && i < n; i += 2) good = setItem(d, u->stack[i], u->stack[i + 1]) == 0;
  clearStack(u, from);
  return good;
}
bool loadSetItem(UnpicklerObject* u) { return setItemsFrom(u, u->size - 2); }
bool loadSetItems(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  return mark >= 0 && setItemsFrom(u, mark);
}
bool loadAddItems(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  if (mark < 0) return false;
  if (mark > u->size || mark <= u->fence) return underflow(u);
  if (mark == u->size) return true;
  Value set = u->stack[mark - 1];
  if (isExact(set, setType)) {
    bool good = true;
    for (int64_t i = mark; good && i < u->size; ++i) good = setAdd(set, u->stack[i]) == 0;
    clearStack(u, mark);
    return good;
  }
  Ref add(getAttr(set, state.add));
  bool good = static_cast<bool>(add);
  for (int64_t i = mark; good && i < u->size; ++i) {
    Ref done(call(add, {u->stack[i]}));
    good = static_cast<bool>(done);
  }
  clearStack(u, mark);
  return good;
}

// ---- instances ----

/// cls(*args), or without arguments a bare instance unless the class asks for them.
static Value instantiateOld(Value cls, Value args) {
  if (asTuple(args)->size == 0 && hasTypeFlag(cls, kTypeType)) {
    Ref asks(getAttrOptional(cls, NAME(__getinitargs__)));
    if (!asks) return errorSet() ? Value() : callMethod(cls, NAME(__new__), {cls});
  }
  return callTupleDict(cls, args, Value());
}
bool loadObj(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  if (mark < 0) return false;
  if (u->size - mark < 1) return underflow(u);
  Ref args(popTuple(u, mark + 1)), cls(popValue(u));
  return args && cls && push(u, instantiateOld(cls, args));
}

static Value findClassOf(UnpicklerObject* u, Value module, Value name) {
  Value self(&u->header);
  if (typeOf(self) == &unpicklerType) return findClass(u, module, name);
  return callMethod(self, state.findClass, {module, name});
}
static Value decoded(std::string_view line, const char* encoding) {
  return decodeBytes(reinterpret_cast<const uint8_t*>(line.data()), line.size(), encoding, nullptr);
}
static Value readName(UnpicklerObject* u, const char* encoding) {
  std::string_view line;
  return readWords(u, &line) ? decoded(line, encoding) : Value();
}
bool loadInst(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  if (mark < 0) return false;
  Ref module(readName(u, "ascii")), name(module ? readName(u, "ascii") : Value());
  Ref cls(name ? findClassOf(u, module, name) : Value());
  if (!cls) return false;
  Ref args(popTuple(u, mark));
  return args && push(u, instantiateOld(cls, args));
}
bool loadGlobal(UnpicklerObject* u) {
  Ref module(readName(u, "utf-8")), name(module ? readName(u, "utf-8") : Value());
  return name && push(u, findClassOf(u, module, name));
}
bool loadStackGlobal(UnpicklerObject* u) {
  Ref name(popValue(u)), module(popValue(u));
  if (!name || !module || !isExactStr(name) || !isExactStr(module)) return raise(*state.unpicklingError, "STACK_GLOBAL requires str"), false;
  return push(u, findClassOf(u, module, name));
}

bool loadNewObject(UnpicklerObject* u, bool withKeywords) {
  Ref kwargs(withKeywords ? popValue(u) : Value());
  if (withKeywords && !kwargs) return false;
  Ref args(popValue(u));
  if (!args) return false;
  Ref cls(popValue(u));
  if (!cls) return false;
  const char* what = withKeywords ? "NEWOBJ_EX" : "NEWOBJ";
  const Type& error = *state.unpicklingError;
  if (!hasTypeFlag(cls, kTypeType)) return raise(error, "%s class argument must be a type, not %.200s", what, typeOf(cls)->name), false;
  if (!cls.as<Type>()->construct && (typeInherit(cls.as<Type>()), !cls.as<Type>()->construct))
    return raise(error, "%s class argument '%.200s' doesn't have __new__", what, cls.as<Type>()->name), false;
  if (!isTuple(args)) return raise(error, "%s args argument must be a tuple, not %.200s", what, typeOf(args)->name), false;
  if (kwargs && !isDict(kwargs)) return raise(error, "%s kwargs argument must be a dict, not %.200s", what, typeOf(kwargs)->name), false;
  Type* t = cls.as<Type>();
  Args positional{asTuple(args)->items, static_cast<size_t>(asTuple(args)->size), Value()};
  auto make = [t](const Args& given) {
    Value made = makeBareInGuest(t, t, given);
    return made || errorSet() ? made : t->construct(t, given);
  };
  if (!kwargs || dictSize(kwargs) == 0) return push(u, make(positional));
  const auto named = static_cast<size_t>(dictSize(kwargs));
  Ref names(newTuple(static_cast<int64_t>(named))), words(newTuple(static_cast<int64_t>(positional.count + named)));
  if (!names || !words) return false;
  Value* to = asTuple(words)->items;
  for (size_t i = 0; i < positional.count; ++i) *to++ = newRef(positional[i]);
  int64_t at = 0;
  Value key, value;
  for (Value* name = asTuple(names)->items; dictNext(kwargs, &at, &key, &value); ++name) {
    *name = newRef(key);
    *to++ = newRef(value);
  }
  return push(u, make(Args{asTuple(words)->items, positional.count, names}));
}

bool loadReduce(UnpicklerObject* u) {
  Ref args(popValue(u));
  if (!args) return false;
  Ref callable(popValue(u));
  if (!callable) return false;
  if (!isTuple(args)) return raise(TypeErrorType, "argument list must be a tuple"), false;
  return push(u, callTupleDict(callable, args, Value()));
}

/// The state of an instance that has no dict yet, and needs none. Names that the class has are shadowed by what is stored.
static bool setAttributes(Value instance, Value values) {
  Type* t = typeOf(instance);
  int64_t at = 0;
  Value key, value;
  while (dictNext(values, &at, &key, &value)) {
    Ref name(internStr(newRef(key))), v = Ref::share(value);
    if (typeLookup(t, name)) t->unshadowed = 0;
    if (instanceSet(instance.object(), name, v) < 0) return false;
  }
  return true;
}

static bool updateDict(Value instance, Value values) {
  if (!isDict(values)) return raise(*state.unpicklingError, "state is not a dictionary"), false;
  if (asDict(values)->strKeysOnly && dictIsUnmade(instance)) return setAttributes(instance, values);
  Ref d(getAttr(instance, NAME(__dict__)));
  if (!d) return false;
  int64_t at = 0;
  Value key, value;
  while (dictNext(values, &at, &key, &value)) {
    // As attribute names are, wherever they come from.
    Ref name = isExactStr(key) ? Ref(internStr(newRef(key))) : Ref::share(key), v = Ref::share(value);
    if (setItem(d, name, v) < 0) return false;
  }
  return true;
}

bool loadBuild(UnpicklerObject* u) {
  if (u->size - 2 < u->fence) return underflow(u);
  Ref values(popValue(u)), instance = Ref::share(u->stack[u->size - 1]);
  Ref setState(getAttrOptional(instance, NAME(__setstate__)));
  if (setState) {
    Ref done(call(setState, {values}));
    return static_cast<bool>(done);
  }
  if (errorSet()) return false;
  Ref slots;
  if (isTuple(values) && asTuple(values)->size == 2) {
    slots = Ref::share(asTuple(values)->items[1]);
    values = Ref::share(asTuple(values)->items[0]);
  }
  if (!isNone(values) && !updateDict(instance, values)) return false;
  if (!slots || isNone(slots)) return true;
  if (!isDict(slots)) return raise(*state.unpicklingError, "slot state is not a dictionary"), false;
  int64_t at = 0;
  Value key, value;
  while (dictNext(slots, &at, &key, &value)) {
    Ref name = Ref::share(key), v = Ref::share(value);
    if (setAttr(instance, name, v) < 0) return false;
  }
  return true;
}

// ---- by number ----

bool loadExtension(UnpicklerObject* u, int bytes) {
  const char* s = readBytes(u, bytes);
  if (!s) return false;
  int32_t code = 0;
  std::memcpy(&code, s, static_cast<size_t>(bytes));
  if (code <= 0) {
    return raise(*state.unpicklingError, "EXT specifies code <= 0"), false;
  }
  const Value key = newInt(code), known = dictGet(state.extensionCache, key);
  if (known) return push(u, newRef(known));
  if (errorSet()) return false;
  Value pair = dictGet(state.invertedRegistry, key);
  if (!pair) {
    if (!errorSet()) raise(ValueErrorType, "unregistered extension code %ld", static_cast<long>(code));
    return false;
  }
  if (!isTuple(pair) || asTuple(pair)->size != 2 || !isStr(asTuple(pair)->items[0]) || !isStr(asTuple(pair)->items[1]))
    return raise(ValueErrorType, "_inverted_registry[%ld] isn't a 2-tuple of strings", static_cast<long>(code)), false;
  Ref held = Ref::share(pair), found(findClassOf(u, asTuple(pair)->items[0], asTuple(pair)->items[1]));
  if (!found || dictSet(state.extensionCache, key, found) < 0) return false;
  return push(u, found.release());
}

bool loadPersistent(UnpicklerObject* u, bool fromStack) {
  if (!u->persistent) {
    raise(*state.unpicklingError, "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.");
    return false;
  }
  Ref id;
  if (fromStack) {
    id.reset(popValue(u));
  } else {
    std::string_view line; // may be empty
    if (!readLine(u, &line)) return false;
    id.reset(decoded(line, "ascii"));
    if (!id && errorClearIf(UnicodeDecodeErrorType)) raise(*state.unpicklingError, "persistent IDs in protocol 0 must be ASCII strings");
  }
  return id && push(u, callMethodOfSelf(Value(&u->header), u->persistent, u->persistentOwn, id));
}

bool loadNextBuffer(UnpicklerObject* u) {
  if (!u->buffers) {
    raise(*state.unpicklingError, "pickle stream refers to out-of-band data but no *buffers* argument was given");
    return false;
  }
  Ref iterator = Ref::share(u->buffers), buffer(next(iterator));
  if (buffer) return push(u, buffer.release());
  if (!errorSet()) raise(*state.unpicklingError, "not enough out-of-band buffers");
  return false;
}
bool loadReadOnlyBuffer(UnpicklerObject* u) {
  if (u->size <= u->fence) return underflow(u);
  Value v = u->stack[u->size - 1];
  Ref view(newMemoryView(v));
  if (!view) return false;
  if (asView(view)->view.readOnly) return true;
  Value fixed = callMethod(view, "toreadonly");
  if (!fixed) return false;
  assign(u->stack[u->size - 1], fixed);
  return true;
}

} // namespace krait::pickle
