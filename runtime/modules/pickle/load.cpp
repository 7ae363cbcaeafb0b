// The machine that unpickles: a stack of values, a stack of marks, a memo, and
// one function per opcode. `fence` is the size below which the innermost mark
// allows no pop.
#include <string>
#include "runtime/modules/pickle/load_objects.h"
#include "runtime/types/arguments.h"
#include "runtime/types/str_data.h"

namespace krait::pickle {

// ---- stack, marks, memo ----

void clearStack(UnpicklerObject* u, int64_t to) {
  while (u->size > to) decref(u->stack[--u->size]);
}
void resetStack(UnpicklerObject* u) {
  u->markCount = 0;
  u->fence = 0;
  clearStack(u, 0);
}

bool growStack(UnpicklerObject* u, Value owned) {
  const int64_t capacity = u->capacity ? u->capacity * 2 : 64;
  auto* fresh = static_cast<Value*>(reallocate(u->stack, static_cast<size_t>(capacity) * sizeof(Value)));
  if (!fresh) return decref(owned), false;
  u->stack = fresh;
  u->capacity = capacity;
  return push(u, owned);
}

bool underflow(UnpicklerObject* u) {
  raise(*state.unpicklingError, u->markCount ? "unexpected MARK found" : "unpickling stack underflow");
  return false;
}
Value popValue(UnpicklerObject* u) {
  if (u->size <= u->fence) return underflow(u), Value();
  return u->stack[--u->size];
}

int64_t popMark(UnpicklerObject* u) {
  if (u->markCount < 1) return fail(*state.unpicklingError, "could not find MARK");
  const int64_t mark = u->marks[--u->markCount];
  u->fence = u->markCount ? u->marks[u->markCount - 1] : 0;
  return mark;
}
static bool loadMark(UnpicklerObject* u) {
  if (u->markCount == u->markCapacity) {
    const int64_t capacity = u->markCapacity ? u->markCapacity * 2 : 20;
    auto* fresh = static_cast<int64_t*>(reallocate(u->marks, static_cast<size_t>(capacity) * sizeof(int64_t)));
    if (!fresh) return false;
    u->marks = fresh;
    u->markCapacity = capacity;
  }
  u->fence = u->marks[u->markCount++] = u->size;
  return true;
}

/// memoPut of a number that is new.
static inline bool memoAdd(UnpicklerObject* u, int64_t i, Value v) {
  if (i >= u->memoSize || u->memo[i] || i != u->memoUsed) [[unlikely]] return memoPut(u, i, v);
  u->memo[i] = newRef(v);
  ++u->memoUsed;
  return true;
}
bool memoPut(UnpicklerObject* u, int64_t i, Value v) {
  if (i >= u->memoSize) {
    const int64_t size = i < INT64_MAX / 32 ? (i < 16 ? 32 : i * 2) : i;
    if (size > INT64_MAX / 16) return raiseNoMemory(), false;
    auto* fresh = static_cast<Value*>(reallocate(u->memo, static_cast<size_t>(size) * sizeof(Value)));
    if (!fresh) return false;
    for (int64_t k = u->memoSize; k < size; ++k) fresh[k] = Value();
    u->memo = fresh;
    u->memoSize = size;
  }
  if (i > u->memoUsed) u->memoSparse = true;
  if (!u->memo[i]) ++u->memoUsed;
  assign(u->memo[i], newRef(v));
  return true;
}
void clearMemo(UnpicklerObject* u) {
  Value* old = u->memo;
  int64_t i = u->memoSparse ? u->memoSize : u->memoUsed; // the last one first
  u->memo = nullptr;
  u->memoSize = u->memoUsed = 0;
  u->memoSparse = false;
  while (i > 0)
    if (const Value v = old[--i]) decref(v);
  deallocate(old);
}

// ---- numbers ----

/// Little-endian and unsigned: sizes, indices.
[[gnu::always_inline]] static inline uint64_t number(const char* text, int n) {
  uint64_t v = 0;
  for (int i = n; i > 0; --i) v = v << 8 | static_cast<uint8_t>(text[i - 1]);
  return v;
}
/// An argument of `bytes` bytes that counts something; -1 with an error.
[[gnu::always_inline]] static inline int64_t readSize(UnpicklerObject* u, int bytes) {
  const char* s = readBytes(u, bytes);
  return s ? static_cast<int64_t>(number(s, bytes)) : -1;
}

bool readWords(UnpicklerObject* u, std::string_view* line) {
  if (!readLine(u, line)) return false;
  if (line->empty()) return raise(*state.unpicklingError, "pickle data was truncated"), false;
  return true;
}
static bool loadInt(UnpicklerObject* u) {
  std::string_view line;
  return readWords(u, &line) && push(u, valueOfIntLine(line));
}
static bool loadLong(UnpicklerObject* u) {
  std::string_view line;
  if (!readWords(u, &line)) return false;
  std::string digits(line);
  if (digits.back() == 'L') digits.back() = '\0';
  return push(u, intOfLine(digits, 0));
}
[[gnu::always_inline]] static inline bool loadBinInt(UnpicklerObject* u, int bytes) {
  const char* s = readBytes(u, bytes);
  if (!s) return false;
  const uint64_t x = number(s, bytes);
  return push(u, newInt(bytes == 4 ? static_cast<int32_t>(x) : static_cast<int64_t>(x)));
}
static bool loadBinLong(UnpicklerObject* u, int bytes) {
  const char* s = readBytes(u, bytes);
  if (!s) return false;
  const int64_t n = bytes == 1 ? static_cast<uint8_t>(*s) : static_cast<int32_t>(number(s, 4));
  if (n < 0) return raise(*state.unpicklingError, "LONG pickle has negative byte count"), false;
  if (n == 0) return push(u, newInt(0));
  s = readBytes(u, n);
  return s && push(u, intFromBytes(reinterpret_cast<const uint8_t*>(s), static_cast<size_t>(n), true, true));
}
static bool loadFloat(UnpicklerObject* u) {
  std::string_view line;
  return readWords(u, &line) && push(u, floatOfLine(line));
}
static bool loadBinFloat(UnpicklerObject* u) {
  const char* s = readBytes(u, 8);
  return s && push(u, newFloat(std::bit_cast<double>(__builtin_bswap64(number(s, 8)))));
}

// ---- bytes and text ----

/// What Python 2 called str: text, unless the encoding is "bytes".
static bool pushOldString(UnpicklerObject* u, Value owned) {
  Ref bytes(owned);
  if (!bytes) return false;
  if (strEqual(u->encoding, "bytes")) return push(u, bytes.release());
  Utf8 encoding(u->encoding), errors(u->errors);
  const std::string_view text = bytesView(bytes);
  return encoding.ok() && errors.ok() &&
         push(u, decodeBytes(reinterpret_cast<const uint8_t*>(text.data()), text.size(), encoding.data(), errors.data()));
}
static bool loadString(UnpicklerObject* u) {
  std::string_view line;
  if (!readLine(u, &line)) return false;
  // Quotes around, as repr made them.
  if (line.size() < 2 || line.front() != line.back() || (line[0] != '\'' && line[0] != '"'))
    return raise(*state.unpicklingError, "the STRING opcode argument must be quoted"), false;
  line = line.substr(1, line.size() - 2);
  Ref raw(newBytes(line)), codecs(importModule("_codecs"));
  Ref pair(raw && codecs ? callMethod(codecs, "escape_decode", {raw}) : Value());
  return pair && pushOldString(u, newRef(asTuple(pair)->items[0]));
}
static bool loadBinString(UnpicklerObject* u, int bytes) {
  const char* s = readBytes(u, bytes);
  if (!s) return false;
  const auto n = static_cast<int64_t>(number(s, bytes));
  s = readBytes(u, n);
  return s && pushOldString(u, newBytes(s, static_cast<size_t>(n)));
}
/// No address space has so many bytes.
constexpr int64_t kAddresses = int64_t{1} << 47;
/// Of more bytes than the input has: CPython makes the object first.
static bool raiseTooLarge(int64_t n) {
  if (n > INT64_MAX - static_cast<int64_t>(sizeof(BytesObject))) return raise(OverflowErrorType, "byte string is too large"), false;
  if (n >= kAddresses) return raiseNoMemory(), false;
  return raise(*state.unpicklingError, "pickle data was truncated"), false;
}
static bool loadBinBytes(UnpicklerObject* u, int bytes) {
  const int64_t n = readSize(u, bytes);
  if (n < 0) {
    if (!errorSet()) raise(OverflowErrorType, "BINBYTES exceeds system's maximum size of %zd bytes", static_cast<ssize_t>(INT64_MAX));
    return false;
  }
  if (n < 2 || n <= u->inputSize - u->next) {
    const char* s = readBytes(u, n);
    return s && push(u, newBytes(s, static_cast<size_t>(n)));
  }
  if (!u->read) return raiseTooLarge(n);
  Ref data(newBytes(nullptr, static_cast<size_t>(n)));
  return data && readInto(u, reinterpret_cast<char*>(data.as<BytesObject>()->data), n) && push(u, data.release());
}
static bool loadByteArray(UnpicklerObject* u) {
  const int64_t n = readSize(u, 8);
  if (n < 0) {
    if (!errorSet()) raise(OverflowErrorType, "BYTEARRAY8 exceeds system's maximum size of %zd bytes", static_cast<ssize_t>(INT64_MAX));
    return false;
  }
  if (!u->read && n > u->inputSize - u->next) return raiseTooLarge(std::min(n, kAddresses));
  Ref data(newByteArray(nullptr, static_cast<size_t>(n)));
  return data && readInto(u, reinterpret_cast<char*>(data.as<ByteArrayObject>()->start), n) && push(u, data.release());
}
static bool loadUnicode(UnpicklerObject* u) {
  std::string_view line;
  if (!readLine(u, &line)) return false;
  return push(u, decodeBytes(reinterpret_cast<const uint8_t*>(line.data()), line.size(), "raw-unicode-escape", nullptr));
}
template <int bytes> static bool loadBinUnicode(UnpicklerObject* u) {
  const int64_t n = readSize(u, bytes);
  if (n < 0) {
    if (!errorSet()) raise(OverflowErrorType, "BINUNICODE exceeds system's maximum size of %zd bytes", static_cast<ssize_t>(INT64_MAX));
    return false;
  }
  const char* s = readBytes(u, n);
  if (!s) return false;
  const auto* text = reinterpret_cast<const uint8_t*>(s);
  const auto size = static_cast<size_t>(n);
  return push(u, orOfChars(text, size) < 0x80 ? newStrAscii(s, size) : decodeBytes(text, size, "utf-8", "surrogatepass"));
}

// ---- memo ----

static bool pushMemo(UnpicklerObject* u, int64_t i) {
  if (i >= 0 && i < u->memoSize && u->memo[i]) return push(u, newRef(u->memo[i]));
  return raise(*state.unpicklingError, "Memo value not found at index %lld", static_cast<long long>(i)), false;
}
static bool readIndex(std::string_view line, int64_t* out) {
  Ref key(intOfLine(line, 10));
  return key && sizeArgument(key, out);
}
static bool loadGet(UnpicklerObject* u) {
  std::string_view line;
  int64_t i;
  return readWords(u, &line) && readIndex(line, &i) && pushMemo(u, i);
}
static bool loadPut(UnpicklerObject* u) {
  std::string_view line;
  int64_t i;
  if (!readWords(u, &line)) return false;
  if (u->size <= u->fence) return underflow(u);
  if (!readIndex(line, &i)) return false;
  if (i < 0) return raise(ValueErrorType, "negative PUT argument"), false;
  return memoPut(u, i, u->stack[u->size - 1]);
}
[[gnu::always_inline]] static inline bool loadBinPut(UnpicklerObject* u, int bytes) {
  const int64_t i = readSize(u, bytes);
  if (i < 0) return false;
  if (u->size <= u->fence) return underflow(u);
  return memoAdd(u, i, u->stack[u->size - 1]);
}
static bool loadMemoize(UnpicklerObject* u) {
  if (u->size <= u->fence) return underflow(u);
  return memoAdd(u, u->memoUsed, u->stack[u->size - 1]);
}

// ---- stack, protocol, frames ----

static bool loadPop(UnpicklerObject* u) {
  // POP may drop a mark.
  if (u->markCount && u->marks[u->markCount - 1] == u->size) return popMark(u) >= 0;
  if (u->size <= u->fence) return underflow(u);
  decref(u->stack[--u->size]);
  return true;
}
static bool loadPopMark(UnpicklerObject* u) {
  const int64_t mark = popMark(u);
  if (mark < 0) return false;
  while (u->size > mark) decref(u->stack[--u->size]);
  return true;
}
static bool loadDup(UnpicklerObject* u) {
  if (u->size <= u->fence) return underflow(u);
  return push(u, newRef(u->stack[u->size - 1]));
}
static bool loadProtocol(UnpicklerObject* u) {
  const char* s = readBytes(u, 1);
  if (!s) return false;
  const int number = static_cast<uint8_t>(*s);
  if (number > kHighestProtocol) return raise(ValueErrorType, "unsupported pickle protocol: %d", number), false;
  u->protocol = number;
  return true;
}
/// Only makes sure that the whole frame can be read.
static bool loadFrame(UnpicklerObject* u) {
  const char* s = readBytes(u, 8);
  if (!s) return false;
  const auto n = static_cast<int64_t>(number(s, 8));
  if (n < 0) return raise(OverflowErrorType, "FRAME length exceeds system's maximum of %zd bytes", static_cast<ssize_t>(INT64_MAX)), false;
  if (!readBytes(u, n)) return false;
  u->next -= n;
  return true;
}

static bool unknown(uint8_t op) {
  if (op >= 0x20 && op <= 0x7e && op != '\'' && op != '\\') raise(*state.unpicklingError, "invalid load key, '%c'.", op);
  else raise(*state.unpicklingError, "invalid load key, '\\x%02x'.", op);
  return false;
}

static bool step(UnpicklerObject* u, char op) {
  switch (op) {
  case kNone: return push(u, none());
  case kBinInt: return loadBinInt(u, 4);
  case kBinInt1: return loadBinInt(u, 1);
  case kBinInt2: return loadBinInt(u, 2);
  case kInt: return loadInt(u);
  case kLong: return loadLong(u);
  case kLong1: return loadBinLong(u, 1);
  case kLong4: return loadBinLong(u, 4);
  case kFloat: return loadFloat(u);
  case kBinFloat: return loadBinFloat(u);
  case kNewTrue: return push(u, boolean(true));
  case kNewFalse: return push(u, boolean(false));
  case kShortBinBytes: return loadBinBytes(u, 1);
  case kBinBytes: return loadBinBytes(u, 4);
  case kBinBytes8: return loadBinBytes(u, 8);
  case kByteArray8: return loadByteArray(u);
  case kNextBuffer: return loadNextBuffer(u);
  case kReadOnlyBuffer: return loadReadOnlyBuffer(u);
  case kShortBinString: return loadBinString(u, 1);
  case kBinString: return loadBinString(u, 4);
  case kString: return loadString(u);
  case kUnicode: return loadUnicode(u);
  case kShortBinUnicode: return loadBinUnicode<1>(u);
  case kBinUnicode: return loadBinUnicode<4>(u);
  case kBinUnicode8: return loadBinUnicode<8>(u);
  case kEmptyTuple: return push(u, emptyTuple());
  case kTuple1: return loadCountedTuple(u, 1);
  case kTuple2: return loadCountedTuple(u, 2);
  case kTuple3: return loadCountedTuple(u, 3);
  case kTuple: return loadTuple(u);
  case kEmptyList: return push(u, newList(0));
  case kList: return loadList(u);
  case kEmptyDict: return push(u, newDict());
  case kDict: return loadDict(u);
  case kEmptySet: return push(u, newSet(Value()));
  case kAddItems: return loadAddItems(u);
  case kFrozenSet: return loadFrozenSet(u);
  case kObj: return loadObj(u);
  case kInst: return loadInst(u);
  case kNewObj: return loadNewObject(u, false);
  case kNewObjEx: return loadNewObject(u, true);
  case kGlobal: return loadGlobal(u);
  case kStackGlobal: return loadStackGlobal(u);
  case kAppend: return loadAppend(u);
  case kAppends: return loadAppends(u);
  case kBuild: return loadBuild(u);
  case kDup: return loadDup(u);
  case kBinGet: {
    const int64_t i = readSize(u, 1);
    return i >= 0 && pushMemo(u, i);
  }
  case kLongBinGet: {
    const int64_t i = readSize(u, 4);
    return i >= 0 && pushMemo(u, i);
  }
  case kGet: return loadGet(u);
  case kMark: return loadMark(u);
  case kBinPut: return loadBinPut(u, 1);
  case kLongBinPut: return loadBinPut(u, 4);
  case kPut: return loadPut(u);
  case kMemoize: return loadMemoize(u);
  case kPop: return loadPop(u);
  case kPopMark: return loadPopMark(u);
  case kSetItem: return loadSetItem(u);
  case kSetItems: return loadSetItems(u);
  case kPersId: return loadPersistent(u, false);
  case kBinPersId: return loadPersistent(u, true);
  case kReduce: return loadReduce(u);
  case kProto: return loadProtocol(u);
  case kFrame: return loadFrame(u);
  case kExt1: return loadExtension(u, 1);
  case kExt2: return loadExtension(u, 2);
  case kExt4: return loadExtension(u, 4);
  default: return unknown(static_cast<uint8_t>(op));
  }
}

/// The opcodes that most of a pickle consists of, as far as they need nothing but what is there; the place in the input and the
/// top of the stack stay in registers. Nothing of it runs code but a collection, after which all is looked at again. False: an error.
static bool loadPlain(UnpicklerObject* u) {
restart:
  const char *s = u->input + u->next, *const end = u->input + u->inputSize;
  Value *top = u->stack + u->size, *const limit = u->stack + u->capacity;
  bool good = true;
  while (end - s >= 8 && top != limit) {
    switch (*s) {
    case kBinInt1: // small numbers come in rows
      do {
        *top++ = newInt(static_cast<int64_t>(number(s + 1, 1)));
        s += 2;
      } while (*s == kBinInt1 && end - s >= 8 && top != limit);
      continue;
    case kBinInt2:
      *top++ = newInt(static_cast<int64_t>(number(s + 1, 2)));
      s += 3;
      continue;
    case kBinInt:
      *top++ = newInt(static_cast<int32_t>(number(s + 1, 4)));
      s += 5;
      continue;
    case kNone:
      *top++ = none();
      ++s;
      continue;
    case kShortBinUnicode: {
      const auto n = static_cast<int64_t>(number(s + 1, 1));
      const auto* text = reinterpret_cast<const uint8_t*>(s + 2);
      if (n > end - s - 3 || orOfChars(text, static_cast<size_t>(n)) >= 0x80) break;
      const Value made = newStrAscii(s + 2, static_cast<size_t>(n));
      if (!made) [[unlikely]] {
        good = false;
        break;
      }
      *top++ = made;
      s += n + 2;
      if (*s != kMemoize) continue;
      [[fallthrough]];
    }
    case kMemoize:
      if (top - u->stack <= u->fence || u->memoUsed >= u->memoSize || u->memo[u->memoUsed]) break;
      u->memo[u->memoUsed++] = newRef(top[-1]);
      ++s;
      continue;
    case kMark:
      if (u->markCount == u->markCapacity) break;
      u->fence = u->marks[u->markCount++] = top - u->stack;
      ++s;
      continue;
    case kEmptyList:
    case kEmptyDict:
      u->next = s + 1 - u->input;
      u->size = top - u->stack;
      if (!push(u, *s == kEmptyList ? newList(0) : newDict())) return false;
      goto restart;
    case kBinGet: {
      const auto i = static_cast<int64_t>(number(s + 1, 1));
      if (i >= u->memoSize || !u->memo[i]) break;
      *top++ = newRef(u->memo[i]);
      s += 2;
      continue;
    }
    default: break;
    }
    break;
  }
  u->next = s - u->input;
  u->size = top - u->stack;
  return good;
}

Value load(UnpicklerObject* u) {
  u->protocol = 0;
  resetStack(u);
  for (;;) {
    if (!loadPlain(u)) return Value();
    const char* s = readBytes(u, 1);
    if (!s) {
      if (errorMatches(*state.unpicklingError)) {
        errorClear();
        raise(EOFErrorType, "Ran out of input");
      }
      return Value();
    }
    if (*s == kStop) break;
    if (!step(u, *s)) return Value();
  }
  if (!skipConsumed(u)) return Value();
  return popValue(u);
}

} // namespace krait::pickle
