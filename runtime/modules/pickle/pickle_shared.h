// _pickle: what its files share: opcodes, the tables of copyreg and _compat_pickle,
// the objects' layouts. Pickler and Unpickler are one file of plumbing each
// (pickler.cpp, unpickler.cpp) and one of what they do (save*.cpp, load*.cpp).
#pragma once
#include <sys/types.h>
#include <algorithm>
#include <cstring>
#include <string_view>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/str_data.h"

namespace krait::pickle {

enum Opcode : char {
  kMark = '(', kStop = '.', kPop = '0', kPopMark = '1', kDup = '2', kFloat = 'F', kInt = 'I', kBinInt = 'J', kBinInt1 = 'K',
  kLong = 'L', kBinInt2 = 'M', kNone = 'N', kPersId = 'P', kBinPersId = 'Q', kReduce = 'R', kString = 'S', kBinString = 'T',
  kShortBinString = 'U', kUnicode = 'V', kBinUnicode = 'X', kAppend = 'a', kBuild = 'b', kGlobal = 'c', kDict = 'd',
  kEmptyDict = '}', kAppends = 'e', kGet = 'g', kBinGet = 'h', kInst = 'i', kLongBinGet = 'j', kList = 'l', kEmptyList = ']',
  kObj = 'o', kPut = 'p', kBinPut = 'q', kLongBinPut = 'r', kSetItem = 's', kTuple = 't', kEmptyTuple = ')', kSetItems = 'u',
  kBinFloat = 'G',
  // Protocol 2
  kProto = '\x80', kNewObj = '\x81', kExt1 = '\x82', kExt2 = '\x83', kExt4 = '\x84', kTuple1 = '\x85', kTuple2 = '\x86',
  kTuple3 = '\x87', kNewTrue = '\x88', kNewFalse = '\x89', kLong1 = '\x8a', kLong4 = '\x8b',
  // Protocol 3
  kBinBytes = 'B', kShortBinBytes = 'C',
  // Protocol 4
  kShortBinUnicode = '\x8c', kBinUnicode8 = '\x8d', kBinBytes8 = '\x8e', kEmptySet = '\x8f', kAddItems = '\x90',
  kFrozenSet = '\x91', kNewObjEx = '\x92', kStackGlobal = '\x93', kMemoize = '\x94', kFrame = '\x95',
  // Protocol 5
  kByteArray8 = '\x96', kNextBuffer = '\x97', kReadOnlyBuffer = '\x98',
};
constexpr int kHighestProtocol = 5, kDefaultProtocol = 4;

/// Fixed at the first import; owned for ever.
struct State {
  Type *pickleError, *picklingError, *unpicklingError;
  Value dispatchTable, extensionCache;                                               // copyreg
  Value extensionRegistry, invertedRegistry;                                         // (module, name) to code; code to those
  Value nameMapping2To3, importMapping2To3, nameMapping3To2, importMapping3To2;      // _compat_pickle
  Value codecsEncode, getattrFunction, partial;
  Value dispatchTableName, persistentId, persistentLoad, reducerOverride, findClass, latin1, add, ascii, strict;
};
extern State state;

/// Objects met by the pickler and their numbers: open addressing by address. Holds a reference to each, in the order they came.
class MemoTable {
public:
  MemoTable() = default;
  ~MemoTable();
  MemoTable(const MemoTable&) = delete;
  MemoTable& operator=(const MemoTable&) = delete;
  /// The object's number or -1.
  int64_t find(Value v) const {
    if (!used_) return -1;
    for (uint64_t i = v.bits >> 4;; ++i) {
      const Entry& e = entries_[i & mask_];
      if (!e.key) return -1;
      if (e.key == v) return e.number;
    }
  }
  bool add(Value v, int64_t number); // false: MemoryError. A number it has is replaced.
  void clear();
  int64_t size() const { return used_; }
  struct Entry { Value key; int64_t number; };
  bool isFull() const { return used_ >= limit_; }
  bool grow(); // false: MemoryError
  /// The object's entry, or a free one for it, which enter() fills before anything else is asked. The table is not full.
  Entry* placeInRoom(Value v) const {
    uint64_t i = v.bits >> 4;
    for (;; ++i) {
      Entry* e = entries_ + (i & mask_);
      if (!e->key || e->key == v) return e;
    }
  }
  /// The same; null: MemoryError.
  Entry* place(Value v) { return isFull() && !grow() ? nullptr : placeInRoom(v); }
  void enter(Entry* e, Value v) {
    e->key = newRef(v);
    e->number = used_;
    order_[used_++] = e;
  }
  /// What CPython's table of as many objects has.
  int64_t capacity() const;
  template <class F> int each(F f) const {
    for (int64_t i = 0; i < used_; ++i)
      if (int r = f(order_[i]->key, order_[i]->number)) return r;
    return 0;
  }
  void swap(MemoTable& other) {
    std::swap(entries_, other.entries_);
    std::swap(mask_, other.mask_);
    std::swap(used_, other.used_);
    std::swap(limit_, other.limit_);
    std::swap(order_, other.order_);
  }

private:
  void adopt(void* block, uint64_t capacity);
  Entry* entries_ = nullptr;
  uint64_t mask_ = 0;
  int64_t used_ = 0, limit_ = 0; // limit_: of entries, before it grows
  Entry** order_ = nullptr;      // used entries, as they came; behind the table, in one block
};

struct PicklerObject {
  Object header;
  Value write;            // bound method of the file, or null
  Value persistent;       // persistent_id: a function to call with `self` if persistentOwn, else any callable; or null
  Value dispatchTable;    // or null: copyreg's
  Value reducerOverride;  // while dumping, or null
  Value bufferCallback;   // or null
  Value fastMemo;         // ids being pickled in fast mode, beyond a depth; dict or null
  MemoTable memo;
  char* output;           // bytes not yet written
  int64_t size, capacity;
  int64_t frameStart;     // of the open frame's header in `output`, or -1
  int64_t plainUntil;     // while `size` is less, 24 bytes can be put without any question: room, a frame with room, no persistent_id
  int32_t protocol, binary, fast;
  int32_t fastNesting;
  bool framing, fixImports, ready, persistentOwn;
};
inline PicklerObject* asPickler(Value v) { return v.as<PicklerObject>(); }

struct UnpicklerObject {
  Object header;
  Value* stack;           // owned words
  int64_t size, capacity;
  int64_t fence;          // items below belong to outer marks
  int64_t* marks;
  int64_t markCount, markCapacity;
  Value* memo;            // owned words or null
  int64_t memoSize, memoUsed;
  bool memoSparse;        // perhaps: some number below those in use is not
  Value persistent;
  Value buffers;          // iterator or null
  Value read, readline, readinto, peek; // or null
  Value held;             // bytes-like object behind `input`
  Buffer view;            // on it
  const char* input;
  int64_t inputSize, next, prefetched;
  char* line;             // last text line, NUL-terminated
  int64_t lineCapacity;
  Value encoding, errors; // str
  int32_t protocol;
  bool fixImports, ready, persistentOwn;
};
inline UnpicklerObject* asUnpickler(Value v) { return v.as<UnpicklerObject>(); }

struct PickleBufferObject { Object header; Buffer view; Value weakrefs; };
extern Type picklerType, unpicklerType, picklerMemoType, unpicklerMemoType, pickleBufferType;

// ---- globals (globals.cpp) ----
/// "a.b".split("."), with "<locals>" refused. Null with AttributeError.
Ref dottedPath(Value object /*may be null*/, Value name);
/// object.a.b.c; null without an error if a part is missing. `parent` may be null.
Value deepAttribute(Value object, Value path, Ref* parent);
Value getAttribute(Value object, Value name, bool qualified);
/// Name of the module that has `global` under that path; "__main__" when unknown.
Value moduleOf(Value global, Value path);
/// import and sys.modules[name].
Value importByName(Value name);
/// The method `name` of self or of its instance dict: the plain function when it is a bound method of self (no cycle).
int32_t methodOfSelf(Value self, Value name, Value* method, bool* own);
Value callMethodOfSelf(Value self, Value method, bool own, Value argument);

// ---- pickler.cpp ----
constexpr int64_t kFrameTarget = 64 * 1024, kFrameHeader = 9;
bool putSlowly(PicklerObject* p, const void* data, int64_t n);
/// There is room for `n` bytes and another word, in an open frame if there are frames.
inline bool hasRoom(const PicklerObject* p, int64_t n) {
  return p->size + n + 8 <= p->capacity && (!p->framing || p->frameStart >= 0);
}
inline void copyBytes(char* to, const void* data, int64_t n) {
  if (n) copyShortly(reinterpret_cast<uint8_t*>(to), data, static_cast<size_t>(n));
}
inline bool put(PicklerObject* p, const void* data, int64_t n) {
  if (!hasRoom(p, n)) [[unlikely]] return putSlowly(p, data, n);
  copyBytes(p->output + p->size, data, n);
  p->size += n;
  return true;
}
/// The low `n` bytes of a word, eight at most: an opcode with its number, made in a register.
inline bool putWord(PicklerObject* p, uint64_t word, int64_t n) {
  if (!hasRoom(p, n)) [[unlikely]] return putSlowly(p, &word, n);
  std::memcpy(p->output + p->size, &word, 8);
  p->size += n;
  return true;
}
inline bool putOp(PicklerObject* p, Opcode op) {
  const char c = op;
  return put(p, &c, 1);
}
/// As hasRoom() and opcodeBoundary() would answer from now on.
inline void notePlain(PicklerObject* p) {
  p->plainUntil = 0;
  if (!p->binary || p->persistent || (p->framing && p->frameStart < 0)) return;
  p->plainUntil = std::max<int64_t>(p->capacity - 24, 0);
  if (p->frameStart >= 0 && p->plainUntil > p->frameStart + kFrameHeader + kFrameTarget) p->plainUntil = p->frameStart + kFrameHeader + kFrameTarget;
}
/// A header and its data; what is large goes past the frames, straight to the file. `payload`: an object with the data, or null.
bool putBytes(PicklerObject* p, const char* header, int64_t headerSize, const void* data, int64_t n, Value payload);
bool endFrame(PicklerObject* p);
/// Before each value: a frame that is long enough ends.
inline bool opcodeBoundary(PicklerObject* p) {
  return p->frameStart < 0 || p->size - p->frameStart - kFrameHeader < kFrameTarget ? true : endFrame(p);
}
bool commitFrame(PicklerObject* p);
bool flushToFile(PicklerObject* p);
int32_t setProtocol(PicklerObject* p, Value protocol, Value fixImports);
int32_t setBufferCallback(PicklerObject* p, Value callback);
int32_t setOutput(PicklerObject* p, Value file);
Value newPickler();
/// Pickles `v` whole, into the buffer.
int32_t dumpObject(PicklerObject* p, Value v);

// ---- save*.cpp: 0, or -1 with an error; 1 from savePersistent: done ----
int32_t save(PicklerObject* p, Value v, bool asPersistentId = false);
int32_t saveReduce(PicklerObject* p, Value reduced, Value v /*may be null*/);
int32_t saveGlobal(PicklerObject* p, Value v, Value name /*may be null*/);
int32_t saveType(PicklerObject* p, Value v);
int32_t memoize(PicklerObject* p, Value v);
int32_t putMemo(PicklerObject* p, Value v);
int32_t saveInt(PicklerObject* p, Value v);
int32_t saveFloat(PicklerObject* p, Value v);
int32_t saveBytes(PicklerObject* p, Value v);
int32_t saveByteArray(PicklerObject* p, Value v);
int32_t savePickleBuffer(PicklerObject* p, Value v);
int32_t saveStr(PicklerObject* p, Value v);
int32_t saveTuple(PicklerObject* p, Value v);
/// What a RecursionError says; CPython counts an object, and the items of a list or dict once more.
inline constexpr char kWhilePickling[] = " while pickling an object";
int32_t saveList(PicklerObject* p, Value v);
int32_t saveDict(PicklerObject* p, Value v);
int32_t saveSet(PicklerObject* p, Value v);
int32_t saveFrozenSet(PicklerObject* p, Value v);
int32_t batchList(PicklerObject* p, Value iterator);
int32_t batchDict(PicklerObject* p, Value iterator);

// ---- memo proxies: an object with one word, its Pickler or Unpickler ----
inline Value memoOwner(Value proxy) { return *wordAt(proxy.object(), sizeof(Object)); }
inline int memoTraverse(Object* o, Visit visit, void* context) { return visit(*wordAt(o, sizeof(Object)), context); }
inline void memoClearParts(Object* o) { clear(*wordAt(o, sizeof(Object))); }
inline void memoDealloc(Object* o) {
  gcUntrack(o);
  memoClearParts(o);
  freeObject(o);
}
/// __reduce__: (dict, (what Copy answers,)).
template <Value (*Copy)(Value)> Value memoReduce(Value self) {
  Ref contents(Copy(self)), args(contents ? newTuple({contents}) : Value());
  return args ? newTuple({asValue(&dictType), args}) : Value();
}

// ---- unpickler.cpp ----
Value newUnpickler();
int32_t setInput(UnpicklerObject* u, Value file);
int32_t setInputBytes(UnpicklerObject* u, Value data);
int32_t setEncoding(UnpicklerObject* u, Value encoding, Value errors);
int32_t setBuffers(UnpicklerObject* u, Value buffers);
const char* readBytesSlowly(UnpicklerObject* u, int64_t n);
/// n bytes of input, valid until the next call; null with an error.
inline const char* readBytes(UnpicklerObject* u, int64_t n) {
  if (n > u->inputSize - u->next) [[unlikely]] return readBytesSlowly(u, n);
  const char* at = u->input + u->next;
  u->next += n;
  return at;
}
/// Fills `to`. False: error.
bool readInto(UnpicklerObject* u, char* to, int64_t n);
/// A line without its '\n' (which must be there); false with an error.
bool readLine(UnpicklerObject* u, std::string_view* line);
/// What was looked at beyond the end is given back to the file.
bool skipConsumed(UnpicklerObject* u);
Value findClass(UnpicklerObject* u, Value moduleName, Value globalName);

// ---- load*.cpp ----
Value load(UnpicklerObject* u);
bool memoPut(UnpicklerObject* u, int64_t i, Value v);
void clearMemo(UnpicklerObject* u);
/// Drops the values above `to`; and all of them, with the marks.
void clearStack(UnpicklerObject* u, int64_t to);
void resetStack(UnpicklerObject* u);

} // namespace krait::pickle
