// Pickler: output and frames, the type and its attributes.
//
// Everything goes to one buffer. From protocol 4 on it consists of frames: a
// 9-byte header is reserved when the first byte of a frame is written and filled
// in when the frame ends, after 64 KiB or at the end. Data of that size stands outside.
#include <new>
#include "runtime/modules/pickle/pickle_shared.h"

namespace krait::pickle {

constexpr int64_t kFrameMinimum = 4;

// ---- memo ----

MemoTable::~MemoTable() { clear(); }

// A table that was given back, emptied: what is pickled next is mostly of the same size.
static struct {
  void* block;
  uint64_t capacity;
} spare;
constexpr uint64_t kLargestSpare = 4096; // 96 KiB

static size_t blockSize(uint64_t capacity) { return capacity * (sizeof(MemoTable::Entry) + sizeof(void*)); }

/// An empty block for that many entries becomes the table.
void MemoTable::adopt(void* block, uint64_t capacity) {
  entries_ = static_cast<Entry*>(block);
  mask_ = capacity - 1;
  limit_ = static_cast<int64_t>((mask_ * 2 + 2) / 3);
  order_ = reinterpret_cast<Entry**>(entries_ + capacity);
}

bool MemoTable::grow() {
  if (!entries_ && spare.block) {
    adopt(spare.block, spare.capacity);
    spare = {};
    return true;
  }
  const uint64_t capacity = !entries_ ? 32 : mask_ < 1024 ? (mask_ + 1) * 4 : (mask_ + 1) * 2;
  void* fresh = allocateZeroed(blockSize(capacity));
  if (!fresh) return false;
  Entry *const old = entries_, **const order = order_;
  adopt(fresh, capacity);
  for (int64_t i = 0; i < used_; ++i) {
    Entry* e = placeInRoom(order[i]->key);
    *e = *order[i];
    order_[i] = e;
  }
  deallocate(old);
  return true;
}

int64_t MemoTable::capacity() const {
  int64_t capacity = 8;
  for (int64_t full; used_ >= (full = (2 * capacity + 2) / 3);)
    while (capacity < full * (full > 50000 ? 2 : 4)) capacity *= 2;
  return capacity;
}

bool MemoTable::add(Value v, int64_t number) {
  Entry* e = place(v);
  if (!e) return false;
  if (!e->key) enter(e, v);
  e->number = number;
  return true;
}

void MemoTable::clear() {
  if (!entries_) return;
  void* const block = entries_;
  const uint64_t capacity = mask_ + 1;
  Entry** const order = order_;
  const int64_t used = used_;
  entries_ = nullptr;
  mask_ = 0;
  used_ = limit_ = 0;
  for (int64_t i = 0; i < used; ++i) {
    const Value key = order[i]->key;
    order[i]->key = Value();
    decref(key);
  }
  if (capacity > kLargestSpare) return deallocate(block);
  deallocate(spare.block);
  spare = {block, capacity};
}

// ---- output ----

static bool room(PicklerObject* p, int64_t n) {
  if (p->size + n <= p->capacity) return true;
  n += 8; // for words that are put whole
  const int64_t capacity = p->size + n < 512 ? 1024 : (p->size + n) * 2;
  auto* fresh = static_cast<char*>(reallocate(p->output, static_cast<size_t>(capacity)));
  if (!fresh) return false;
  p->output = fresh;
  p->capacity = capacity;
  return true;
}

bool putSlowly(PicklerObject* p, const void* data, int64_t n) {
  const bool opens = p->framing && p->frameStart < 0;
  if (!room(p, n + (opens ? kFrameHeader : 0))) return false;
  if (opens) {
    p->frameStart = p->size;
    std::memset(p->output + p->size, 0xfe, kFrameHeader);
    p->size += kFrameHeader;
  }
  std::memcpy(p->output + p->size, data, static_cast<size_t>(n));
  p->size += n;
  notePlain(p);
  return true;
}

bool commitFrame(PicklerObject* p) {
  if (!p->framing || p->frameStart < 0) return true;
  p->plainUntil = 0;
  char* header = p->output + p->frameStart;
  const int64_t length = p->size - p->frameStart - kFrameHeader;
  if (length >= kFrameMinimum) {
    header[0] = kFrame;
    std::memcpy(header + 1, &length, 8);
  } else {
    std::memmove(header, header + kFrameHeader, static_cast<size_t>(length));
    p->size -= kFrameHeader;
  }
  p->frameStart = -1;
  return true;
}

static void emptyOutput(PicklerObject* p) {
  p->plainUntil = 0;
  p->size = 0;
  p->frameStart = -1;
}

bool flushToFile(PicklerObject* p) {
  Ref data(newBytes(std::string_view(p->output, static_cast<size_t>(p->size))));
  if (!data) return false;
  Ref held = Ref::share(p->write), result(call(held, {data}));
  return static_cast<bool>(result);
}

bool endFrame(PicklerObject* p) {
  commitFrame(p);
  if (p->write) {
    if (!flushToFile(p)) return false;
    emptyOutput(p);
  }
  return true;
}

bool putBytes(PicklerObject* p, const char* header, int64_t headerSize, const void* data, int64_t n, Value payload) {
  if (n < kFrameTarget) [[likely]] return put(p, header, headerSize) && put(p, data, n);
  const bool framing = p->framing;
  commitFrame(p);
  p->framing = false;
  bool good = put(p, header, headerSize);
  if (good && p->write) {
    // The header with what came before; then the data without a copy.
    good = flushToFile(p);
    if (good) {
      Ref bytes = payload ? Ref::share(payload) : Ref(newBytes(data, static_cast<size_t>(n)));
      Ref held = Ref::share(p->write), result(bytes ? call(held, {bytes}) : Value());
      good = static_cast<bool>(result);
      emptyOutput(p);
    }
  } else if (good) {
    good = put(p, data, n);
  }
  p->framing = framing;
  p->plainUntil = 0;
  return good;
}

// ---- construction ----

int32_t setProtocol(PicklerObject* p, Value protocol, Value fixImports) {
  int64_t number = kDefaultProtocol;
  if (protocol && !isNone(protocol)) {
    number = toIndex(protocol, &OverflowErrorType);
    if (number == -1 && errorSet()) return -1;
    if (number < 0) number = kHighestProtocol;
    else if (number > kHighestProtocol) return fail(ValueErrorType, "pickle protocol must be <= %d", kHighestProtocol);
  }
  p->plainUntil = 0;
  p->protocol = static_cast<int32_t>(number);
  p->binary = number > 0;
  const int32_t fix = fixImports ? isTrue(fixImports) : 1;
  if (fix < 0) return -1;
  p->fixImports = fix && number < 3;
  return 0;
}

int32_t setBufferCallback(PicklerObject* p, Value callback) {
  if (callback && isNone(callback)) callback = Value();
  if (callback && p->protocol < 5) return fail(ValueErrorType, "buffer_callback needs protocol >= 5");
  assign(p->bufferCallback, xnewRef(callback));
  return 0;
}

int32_t setOutput(PicklerObject* p, Value file) {
  Value write = getAttrOptional(file, NAME(write));
  if (!write) return errorSet() ? -1 : fail(TypeErrorType, "file must have a 'write' attribute");
  assign(p->write, write);
  return 0;
}

static Value construct(Type* t, const Args&) {
  Value v = allocateOf(t, 0);
  if (!v) return v;
  new (&asPickler(v)->memo) MemoTable;
  asPickler(v)->frameStart = -1;
  gcTrack(v.object());
  return v;
}
Value newPickler() {
  Value v = construct(&picklerType, Args());
  if (v) asPickler(v)->ready = true;
  return v;
}

static int32_t init(Value self, const Args& args) {
  Value argv[4];
  Ref holder[2];
  if (bindArguments("Pickler", "(file, protocol=None, fix_imports=True, buffer_callback=None)", args, argv, 4, holder) < 0) return -1;
  PicklerObject* p = asPickler(self);
  if (p->ready) { // a second __init__
    clear(p->write);
    p->memo.clear();
  }
  if (setProtocol(p, argv[1], argv[2]) < 0 || setOutput(p, argv[0]) < 0 || setBufferCallback(p, argv[3]) < 0) return -1;
  p->ready = true;
  p->fast = 0;
  p->fastNesting = 0;
  clear(p->fastMemo);
  emptyOutput(p);
  p->plainUntil = 0;
  if (methodOfSelf(self, state.persistentId, &p->persistent, &p->persistentOwn) < 0) return -1;
  Value table = getAttrOptional(self, state.dispatchTableName);
  if (!table && errorSet()) return -1;
  assign(p->dispatchTable, table);
  return 0;
}

static int traverse(Object* o, Visit visit, void* context) {
  auto* p = reinterpret_cast<PicklerObject*>(o);
  for (Value v : {p->write, p->persistent, p->dispatchTable, p->reducerOverride, p->bufferCallback, p->fastMemo})
    if (int r = visit(v, context)) return r;
  return p->memo.each([&](Value key, int64_t) { return visit(key, context); });
}
static void clearParts(Object* o) {
  auto* p = reinterpret_cast<PicklerObject*>(o);
  clear(p->write);
  clear(p->persistent);
  clear(p->dispatchTable);
  clear(p->reducerOverride);
  clear(p->bufferCallback);
  clear(p->fastMemo);
  p->memo.clear();
}
static void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  deallocate(reinterpret_cast<PicklerObject*>(o)->output);
  freeObject(o);
}

// ---- methods ----

int32_t dumpObject(PicklerObject* p, Value v) {
  // Pickler itself has none, nor a dict for one.
  if (typeOfObject(&p->header) != &picklerType) {
    Value override = getAttrOptional(Value(&p->header), state.reducerOverride);
    if (!override && errorSet()) return -1;
    assign(p->reducerOverride, override);
  }
  int32_t r = 0;
  if (p->protocol >= 2) {
    const char header[2] = {kProto, static_cast<char>(p->protocol)};
    if (!put(p, header, 2)) r = -1;
    else p->framing = p->protocol >= 4;
  }
  notePlain(p);
  if (r == 0 && (save(p, v) < 0 || !putOp(p, kStop) || !commitFrame(p))) r = -1;
  p->framing = false;
  p->plainUntil = 0;
  // Breaks the cycle of a bound method.
  clear(p->reducerOverride);
  return r;
}

static Value dumpMethod(Value self, Value v) {
  PicklerObject* p = asPickler(self);
  if (!p->ready)
    return raise(*state.picklingError, "Pickler.__init__() was not called by %s.__init__()", typeOf(self)->name);
  emptyOutput(p);
  if (dumpObject(p, v) < 0 || !flushToFile(p)) return Value();
  return none();
}
static Value clearMemoMethod(Value self) {
  asPickler(self)->memo.clear();
  return none();
}
/// By CPython's sizes of the memo's entries, and of a buffer.
static Value sizeofMethod(Value self) {
  PicklerObject* p = asPickler(self);
  return newInt(static_cast<int64_t>(typeOf(self)->instanceLayout.size) + 24 + p->memo.capacity() * 16 + 33 +
                (p->capacity > 4096 ? p->capacity : 4096));
}

static Value getMemo(Value self, void*) {
  Object* o = newObject(&picklerMemoType.instanceLayout);
  if (!o) return Value();
  *wordAt(o, sizeof(Object)) = newRef(self);
  gcTrack(o);
  return Value(o);
}
static int32_t setMemo(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "attribute deletion is not supported");
  MemoTable fresh;
  if (isExact(v, picklerMemoType)) {
    if (asPickler(*wordAt(v.object(), sizeof(Object)))->memo.each([&](Value key, int64_t n) { return fresh.add(key, n) ? 0 : -1; })) return -1;
  } else if (isDict(v)) {
    int64_t at = 0;
    Value key, value;
    while (dictNext(v, &at, &key, &value)) {
      if (!isTuple(value) || asTuple(value)->size != 2) return fail(TypeErrorType, "'memo' values must be 2-item tuples");
      const int64_t number = toInt64(asTuple(value)->items[0]);
      if (number == -1 && errorSet()) return -1;
      if (!fresh.add(asTuple(value)->items[1], number)) return -1;
    }
  } else {
    return fail(TypeErrorType, "'memo' attribute must be a PicklerMemoProxy object or dict, not %.200s", typeOf(v)->name);
  }
  asPickler(self)->memo.swap(fresh);
  return 0;
}
static Value getPersistent(Value self, void*) {
  PicklerObject* p = asPickler(self);
  if (!p->persistent) return raise(AttributeErrorType, "persistent_id");
  return p->persistentOwn ? newMethod(p->persistent, self) : newRef(p->persistent);
}
static int32_t setPersistent(Value self, Value v, void*) {
  if (!v) return fail(TypeErrorType, "attribute deletion is not supported");
  if (!isCallable(v)) return fail(TypeErrorType, "persistent_id must be a callable taking one argument");
  asPickler(self)->persistentOwn = false;
  asPickler(self)->plainUntil = 0;
  assign(asPickler(self)->persistent, newRef(v));
  return 0;
}

// ---- the memo as Python sees it ----

static Value memoClear(Value self) { return clearMemoMethod(memoOwner(self)); }
static Value memoCopy(Value self) {
  Ref result(newDict());
  const MemoTable& memo = asPickler(memoOwner(self))->memo;
  const int bad = memo.each([&](Value key, int64_t number) {
    Ref id(newInt(static_cast<int64_t>(key.bits))), n(newInt(number)), pair(newTuple({n, key}));
    return pair && dictSet(result, id, pair) == 0 ? 0 : -1;
  });
  return bad ? Value() : result.release();
}

static constexpr MethodDef memoMethods[] = {
    {"clear", memoClear, "($self, /)"}, {"copy", memoCopy, "($self, /)"}, {"__reduce__", memoReduce<memoCopy>, "($self, /)"}, {}};
constinit Type picklerMemoType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_pickle.PicklerMemoProxy",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &picklerMemoType, .size = sizeof(Object) + sizeof(Value), .flags = kLayoutGc},
    .dealloc = memoDealloc,
    .traverse = memoTraverse,
    .clear = memoClearParts,
    .hash = hashNotImplemented,
    .methods = memoMethods,
};

static constexpr MethodDef methods[] = {
    {"dump", dumpMethod, "($self, obj, /)"},
    {"clear_memo", clearMemoMethod, "($self, /)"},
    {"__sizeof__", sizeofMethod, "($self, /)"},
    {},
};
static constexpr GetSetDef getset[] = {{"memo", getMemo, setMemo}, {"persistent_id", getPersistent, setPersistent}, {}};
static constexpr MemberDef members[] = {
    {"bin", MemberKind::Int32, offsetof(PicklerObject, binary), false},
    {"fast", MemberKind::Int32, offsetof(PicklerObject, fast), false},
    {"dispatch_table", MemberKind::ObjectRaw, offsetof(PicklerObject, dispatchTable), false},
    {},
};
constinit Type picklerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_pickle.Pickler",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &picklerType, .size = sizeof(PicklerObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = getset,
    .members = members,
    .doc = "Writes pickled objects to a file.",
    .constructorSignature = "(file, protocol=None, fix_imports=True, buffer_callback=None)",
};

} // namespace krait::pickle
