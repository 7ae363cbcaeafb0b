// Unpickler: input, the type and its attributes.
//
// Input is a window on a bytes object: all of it for loads(), else what the file
// gave last. Where the file can peek, 128 KiB are looked at and only what was used is read.
#include "runtime/modules/pickle/pickle_shared.h"
#include "runtime/object/audit.h"
#include "runtime/types/memoryview.h"

namespace krait::pickle {

constexpr int64_t kPrefetch = 128 * 1024, kWholeLine = -1;

// ---- input ----

static void dropInput(UnpicklerObject* u) {
  if (u->held) releaseBuffer(&u->view);
  clear(u->held);
  u->input = nullptr;
  u->inputSize = u->next = u->prefetched = 0;
}

int32_t setInputBytes(UnpicklerObject* u, Value data) {
  dropInput(u);
  if (getBuffer(data, &u->view, kBufferSimple) < 0) return -1;
  u->held = newRef(data);
  u->input = static_cast<const char*>(u->view.data);
  u->inputSize = u->prefetched = u->view.bytes;
  return 0;
}

bool skipConsumed(UnpicklerObject* u) {
  const int64_t consumed = u->next - u->prefetched;
  if (consumed <= 0 || !u->read) return true;
  Ref size(newInt(consumed)), read = Ref::share(u->read), data(call(read, {size}));
  if (!data) return false;
  u->prefetched = u->next;
  return true;
}

static int64_t truncated() { return fail(*state.unpicklingError, "pickle data was truncated"); }

static int64_t readFromFile(UnpicklerObject* u, int64_t n) {
  if (!u->read) return fail(EOFErrorType, "Ran out of input");
  if (!skipConsumed(u)) return -1;
  Ref data;
  if (n == kWholeLine) {
    Ref readline = Ref::share(u->readline);
    data.reset(call(readline));
  } else {
    if (u->peek && n < kPrefetch) {
      Ref peek = Ref::share(u->peek);
      data.reset(call(peek, {newInt(kPrefetch)}));
      if (data) {
        if (setInputBytes(u, data) < 0) return -1;
        u->prefetched = 0;
        if (n <= u->inputSize) return n;
      } else {
        if (!errorClearIf(NotImplementedErrorType)) return -1;
        clear(u->peek);
      }
    }
    Ref read = Ref::share(u->read), size(newInt(n));
    data.reset(call(read, {size}));
  }
  if (!data || setInputBytes(u, data) < 0) return -1;
  return u->inputSize;
}

const char* readBytesSlowly(UnpicklerObject* u, int64_t n) {
  if (n > INT64_MAX - u->next) {
    raise(*state.unpicklingError, "read would overflow (invalid bytecode)");
    return nullptr;
  }
  if (!u->read) {
    truncated();
    return nullptr;
  }
  const int64_t got = readFromFile(u, n);
  if (got < 0) return nullptr;
  if (got < n) {
    truncated();
    return nullptr;
  }
  u->next = n;
  return u->input;
}

bool readInto(UnpicklerObject* u, char* to, int64_t n) {
  const int64_t here = u->inputSize - u->next;
  if (here > 0) {
    const int64_t part = here < n ? here : n;
    std::memcpy(to, u->input + u->next, static_cast<size_t>(part));
    u->next += part;
    to += part;
    n -= part;
    if (n == 0) return true;
  }
  if (n == 0) return true;
  if (!u->read) return truncated(), false;
  if (!skipConsumed(u)) return false;
  if (!u->readinto) {
    Ref read = Ref::share(u->read), size(newInt(n)), data(call(read, {size}));
    if (!data) return false;
    if (!isBytes(data)) return raise(ValueErrorType, "read() returned non-bytes object (%R)", typeOf(data) ? asValue(typeOf(data)) : none()), false;
    const std::string_view text = bytesView(data);
    if (static_cast<int64_t>(text.size()) < n) return truncated(), false;
    std::memcpy(to, text.data(), static_cast<size_t>(n));
    return true;
  }
  // A bytearray that the file fills; `to` belongs to an object that it must not see.
  Ref space(newByteArray(nullptr, static_cast<size_t>(n))), view(space ? newMemoryView(space) : Value());
  if (!view) return false;
  Ref readinto = Ref::share(u->readinto), count(call(readinto, {view}));
  if (!count) return false;
  const int64_t got = toInt64(count);
  if (got == -1 && errorSet()) return false;
  if (got < 0) return raise(ValueErrorType, "readinto() returned negative size"), false;
  if (got < n) return truncated(), false;
  std::memcpy(to, space.as<ByteArrayObject>()->start, static_cast<size_t>(n));
  return true;
}

static bool keepLine(UnpicklerObject* u, const char* text, int64_t n, std::string_view* line) {
  if (n + 1 > u->lineCapacity) {
    auto* fresh = static_cast<char*>(reallocate(u->line, static_cast<size_t>(n + 1)));
    if (!fresh) return false;
    u->line = fresh;
    u->lineCapacity = n + 1;
  }
  std::memcpy(u->line, text, static_cast<size_t>(n));
  u->line[n] = 0;
  *line = {u->line, static_cast<size_t>(n)};
  return true;
}

bool readLine(UnpicklerObject* u, std::string_view* line) {
  const int64_t here = u->inputSize - u->next;
  const char* start = u->input + u->next;
  if (const void* end = here > 0 ? std::memchr(start, '\n', static_cast<size_t>(here)) : nullptr) {
    const int64_t n = static_cast<const char*>(end) - start;
    u->next += n + 1;
    return keepLine(u, start, n, line);
  }
  if (!u->read) return truncated(), false;
  const int64_t got = readFromFile(u, kWholeLine);
  if (got < 0) return false;
  if (got == 0 || u->input[got - 1] != '\n') return truncated(), false;
  u->next = got;
  return keepLine(u, u->input, got - 1, line);
}

// ---- construction ----

int32_t setInput(UnpicklerObject* u, Value file) {
  Value peek = getAttrOptional(file, NAME(peek));
  if (!peek && errorSet()) return -1;
  assign(u->peek, peek);
  Value readinto = getAttrOptional(file, NAME(readinto));
  if (!readinto && errorSet()) return -1;
  assign(u->readinto, readinto);
  Value read = getAttrOptional(file, NAME(read));
  if (!read && errorSet()) return -1;
  assign(u->read, read);
  Value readline = getAttrOptional(file, NAME(readline));
  if (!readline && errorSet()) return -1;
  assign(u->readline, readline);
  if (read && readline) return 0;
  clear(u->read);
  clear(u->readline);
  clear(u->readinto);
  clear(u->peek);
  return fail(TypeErrorType, "file must have 'read' and 'readline' attributes");
}

int32_t setEncoding(UnpicklerObject* u, Value encoding, Value errors) {
  for (Value v : {encoding, errors})
    if (v && !isStr(v)) return fail(TypeErrorType, "argument must be str, not %.200s", typeOf(v)->name);
  assign(u->encoding, newRef(encoding ? encoding : state.ascii));
  assign(u->errors, newRef(errors ? errors : state.strict));
  return 0;
}

int32_t setBuffers(UnpicklerObject* u, Value buffers) {
  Value iterator;
  if (buffers && !isNone(buffers)) {
    iterator = iterate(buffers);
    if (!iterator) return -1;
  }
  assign(u->buffers, iterator);
  return 0;
}

static Value construct(Type* t, const Args&) {
  Value v = allocateOf(t, 0);
  if (v) gcTrack(v.object());
  return v;
}
Value newUnpickler() {
  Value v = construct(&unpicklerType, Args());
  if (v) asUnpickler(v)->ready = true;
  return v;
}

static int32_t init(Value self, const Args& args) {
  Value argv[5];
  Ref holder[2];
  if (bindArguments("Unpickler", "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", args, argv, 5, holder) < 0)
    return -1;
  UnpicklerObject* u = asUnpickler(self);
  resetStack(u);
  clearMemo(u);
  dropInput(u);
  const int32_t fix = argv[1] ? isTrue(argv[1]) : 1;
  if (fix < 0 || setInput(u, argv[0]) < 0 || setEncoding(u, argv[2], argv[3]) < 0 || setBuffers(u, argv[4]) < 0) return -1;
  u->fixImports = fix;
  u->protocol = 0;
  if (methodOfSelf(self, state.persistentLoad, &u->persistent, &u->persistentOwn) < 0) return -1;
  u->ready = true;
  return 0;
}

static int traverse(Object* o, Visit visit, void* context) {
  auto* u = reinterpret_cast<UnpicklerObject*>(o);
  for (Value v : {u->persistent, u->buffers, u->read, u->readline, u->readinto, u->peek, u->held})
    if (int r = visit(v, context)) return r;
  for (int64_t i = 0; i < u->size; ++i)
    if (int r = visit(u->stack[i], context)) return r;
  for (int64_t i = 0; i < u->memoSize; ++i)
    if (int r = visit(u->memo[i], context)) return r;
  return 0;
}
static void clearParts(Object* o) {
  auto* u = reinterpret_cast<UnpicklerObject*>(o);
  resetStack(u);
  clearMemo(u);
  dropInput(u);
  for (Value* v : {&u->persistent, &u->buffers, &u->read, &u->readline, &u->readinto, &u->peek, &u->encoding, &u->errors}) clear(*v);
}
static void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  auto* u = reinterpret_cast<UnpicklerObject*>(o);
  deallocate(u->stack);
  deallocate(u->marks);
  deallocate(u->memo);
  deallocate(u->line);
  freeObject(o);
}

// ---- methods ----

static Value loadMethod(Value self) {
  UnpicklerObject* u = asUnpickler(self);
  if (!u->read) return raise(*state.unpicklingError, "Unpickler.__init__() was not called by %s.__init__()", typeOf(self)->name);
  return load(u);
}

/// Names of Python 2 become today's. False with an error.
static bool mapNames(Ref& module, Ref& name) {
  Ref key(newTuple({module.get(), name.get()}));
  if (!key) return false;
  Value mapped = dictGet(state.nameMapping2To3, key);
  if (!mapped && errorSet()) return false;
  if (mapped) {
    if (!isTuple(mapped) || asTuple(mapped)->size != 2)
      return raise(RuntimeErrorType, "_compat_pickle.NAME_MAPPING values should be 2-tuples, not %.200s", typeOf(mapped)->name), false;
    Value m = asTuple(mapped)->items[0], n = asTuple(mapped)->items[1];
    if (!isStr(m) || !isStr(n))
      return raise(RuntimeErrorType, "_compat_pickle.NAME_MAPPING values should be pairs of str, not (%.200s, %.200s)", typeOf(m)->name,
                   typeOf(n)->name),
             false;
    module = Ref::share(m);
    name = Ref::share(n);
    return true;
  }
  mapped = dictGet(state.importMapping2To3, module);
  if (!mapped) return !errorSet();
  if (!isStr(mapped))
    return raise(RuntimeErrorType, "_compat_pickle.IMPORT_MAPPING values should be strings, not %.200s", typeOf(mapped)->name), false;
  module = Ref::share(mapped);
  return true;
}

Value findClass(UnpicklerObject* u, Value moduleName, Value globalName) {
  if (auditing && !auditTold("pickle.find_class", {moduleName, globalName})) return Value();
  Ref module = Ref::share(moduleName), name = Ref::share(globalName);
  if (u->protocol < 3 && u->fixImports && !mapNames(module, name)) return Value();
  Ref found(importByName(module));
  return found ? getAttribute(found, name, u->protocol >= 4) : Value();
}
static Value findClassMethod(Value self, const Value* argv) { return findClass(asUnpickler(self), argv[0], argv[1]); }

static Value sizeofMethod(Value self) {
  UnpicklerObject* u = asUnpickler(self);
  return newInt(static_cast<int64_t>(typeOf(self)->instanceLayout.size) + u->memoSize * 8 + u->markCapacity * 8 + u->lineCapacity);
}

static Value getMemo(Value self, void*) {
  Object* o = newObject(&unpicklerMemoType.instanceLayout);
  if (!o) return Value();
  *wordAt(o, sizeof(Object)) = newRef(self);
  gcTrack(o);
  return Value(o);
}
static int32_t setMemo(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "attribute deletion is not supported");
  UnpicklerObject* u = asUnpickler(self);
  if (isExact(v, unpicklerMemoType)) {
    UnpicklerObject* from = asUnpickler(*wordAt(v.object(), sizeof(Object)));
    if (from == u) return 0;
    clearMemo(u);
    for (int64_t i = 0; i < from->memoSize; ++i)
      if (from->memo[i] && !memoPut(u, i, from->memo[i])) return -1;
    return 0;
  }
  if (!isDict(v))
    return fail(TypeErrorType, "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %.200s", typeOf(v)->name);
  clearMemo(u);
  int64_t at = 0;
  Value key, value;
  while (dictNext(v, &at, &key, &value)) {
    if (!isInt(key)) return fail(TypeErrorType, "memo key must be integers");
    const int64_t i = toInt64(key);
    if (i == -1 && errorSet()) return -1;
    if (i < 0) return fail(ValueErrorType, "memo key must be positive integers.");
    if (!memoPut(u, i, value)) return -1;
  }
  return 0;
}
static Value getPersistent(Value self, void*) {
  UnpicklerObject* u = asUnpickler(self);
  if (!u->persistent) return raise(AttributeErrorType, "persistent_load");
  return u->persistentOwn ? newMethod(u->persistent, self) : newRef(u->persistent);
}
static int32_t setPersistent(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "attribute deletion is not supported");
  if (!isCallable(v)) return fail(TypeErrorType, "persistent_load must be a callable taking one argument");
  asUnpickler(self)->persistentOwn = false;
  assign(asUnpickler(self)->persistent, newRef(v));
  return 0;
}

// ---- the memo as Python sees it ----

static Value memoClear(Value self) {
  clearMemo(asUnpickler(memoOwner(self)));
  return none();
}
static Value memoCopy(Value self) {
  UnpicklerObject* u = asUnpickler(memoOwner(self));
  Ref result(newDict());
  for (int64_t i = 0; result && i < u->memoSize; ++i)
    if (u->memo[i] && dictSet(result, newInt(i), u->memo[i]) < 0) return Value();
  return result.release();
}

static constexpr MethodDef memoMethods[] = {
    {"clear", memoClear, "($self, /)"}, {"copy", memoCopy, "($self, /)"}, {"__reduce__", memoReduce<memoCopy>, "($self, /)"}, {}};
constinit Type unpicklerMemoType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_pickle.UnpicklerMemoProxy",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &unpicklerMemoType, .size = sizeof(Object) + sizeof(Value), .flags = kLayoutGc},
    .dealloc = memoDealloc,
    .traverse = memoTraverse,
    .clear = memoClearParts,
    .hash = hashNotImplemented,
    .methods = memoMethods,
};

static constexpr MethodDef methods[] = {
    {"load", loadMethod, "($self, /)"},
    {"find_class", findClassMethod, "($self, module_name, global_name, /)"},
    {"__sizeof__", sizeofMethod, "($self, /)"},
    {},
};
static constexpr GetSetDef getset[] = {{"memo", getMemo, setMemo}, {"persistent_load", getPersistent, setPersistent}, {}};
constinit Type unpicklerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_pickle.Unpickler",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &unpicklerType, .size = sizeof(UnpicklerObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = getset,
    .doc = "Reads pickled objects from a file.",
    .constructorSignature = "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
};

} // namespace krait::pickle
