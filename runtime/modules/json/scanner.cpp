// _json.Scanner: text to values, by recursive descent over the code points.
//
// "Nothing here" is StopIteration(position), which json.decoder turns into its error.
#include <new>
#include "runtime/memory/alloc.h"
#include "runtime/modules/json/json_text.h"
#include "runtime/object/call.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/text_table.h"

namespace krait::json {

namespace {

struct ScannerObject {
  Object header;
  Value objectHook, pairsHook, parseFloat, parseInt, parseConstant; // its owned words
  TextTable keys; // of the call that runs: equal keys become one object
  bool strict;
};
ScannerObject* asScanner(Value v) { return v.as<ScannerObject>(); }

/// What the dicts that are being read will hold: owned words.
class Stack {
public:
  Stack() = default;
  ~Stack() {
    drop(0);
    if (words_ != few()) deallocate(words_);
  }
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;
  int64_t size() const { return size_; }
  Value* at(int64_t i) { return words_ + i; }
  /// Consumes `v`; null: false.
  [[gnu::always_inline]] bool push(Value v) {
    if (!v || (size_ == capacity_ && !grow())) [[unlikely]] return xdecref(v), false;
    words_[size_++] = v;
    return true;
  }
  void drop(int64_t to) {
    while (size_ > to) decref(words_[--size_]);
  }
  /// The words above `to` have gone elsewhere.
  void forget(int64_t to) { size_ = to; }

private:
  Value* few() { return reinterpret_cast<Value*>(few_); }
  [[gnu::noinline]] bool grow() {
    auto* fresh = static_cast<Value*>(allocate(static_cast<size_t>(capacity_) * 2 * sizeof(Value)));
    if (!fresh) return false;
    std::memcpy(static_cast<void*>(fresh), words_, static_cast<size_t>(size_) * sizeof(Value));
    if (words_ != few()) deallocate(words_);
    words_ = fresh;
    capacity_ *= 2;
    return true;
  }
  static constexpr int64_t kFew = 96;
  alignas(Value) char few_[kFew * sizeof(Value)]; // not cleared
  Value* words_ = few();
  int64_t size_ = 0, capacity_ = kFew;
};

/// One call: the text, of characters of one width, and where it is read. A NUL ends it.
template <class C> class Reader {
public:
  Reader(ScannerObject* scanner, Value text)
      : scanner_(scanner), text_(text), p_(reinterpret_cast<const C*>(asStr(text)->data())), n_(asStr(text)->length),
        isAscii_(asStr(text)->flags & kStrAscii),
        runsCode_(!isNone(scanner->objectHook) || scanner->parseFloat != asValue(&floatType) || scanner->parseInt != asValue(&intType) ||
                  typeOf(scanner->parseConstant) != &builtinFunctionType) {}
  /// A value from `at` on; *next is left behind it.
  Value value(int64_t at, int64_t* next);

private:
  uint32_t at(int64_t i) const { return p_[i]; } // up to n_
  int64_t skipSpace(int64_t i) const {
    for (;; ++i) {
      const uint32_t c = p_[i];
      if (c > ' ' || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) return i;
    }
  }
  bool follows(int64_t i, std::string_view word) const {
    if (n_ - i < static_cast<int64_t>(word.size())) return false;
    for (char c : word)
      if (p_[i++] != static_cast<uint32_t>(c)) return false;
    return true;
  }
  Value stop(int64_t i) { return raiseStopIteration(Ref(newInt(i))); }
  Value object(int64_t at, int64_t* next);
  Value objectByHooks(int64_t at, int64_t* next);
  Value string(int64_t at, int64_t* next);
  Value key(int64_t at, int64_t* next);
  Value array(int64_t at, int64_t* next);
  Value number(int64_t at, int64_t* next);
  Value constant(std::string_view word, int64_t at, int64_t* next);

  ScannerObject* scanner_;
  Value text_;
  const C* p_;
  int64_t n_;
  bool isAscii_, runsCode_; // runsCode_: what is read may be of any type
  Stack stack_;
};

bool isDigit(uint32_t c) { return c >= '0' && c <= '9'; }

/// The key whose first character is at `at`: owned.
template <class C> Value Reader<C>::key(int64_t at, int64_t* next) {
  if (isAscii_) {
    const int64_t end = plainRun(p_, n_, at, scanner_->strict);
    if (p_[end] == '"') {
      // Looked for by its characters: no second str is made.
      const auto size = static_cast<size_t>(end - at);
      const auto* text = reinterpret_cast<const char*>(p_ + at);
      const int64_t hash = hashForTable(text, size);
      *next = end + 1;
      if (Value same = scanner_->keys.find(text, size, 1, hash)) return newRef(same);
      Ref made(newStrAscii(text, size));
      return made && scanner_->keys.addText(hash, made) ? made.release() : Value();
    }
  }
  Ref made(scanString(text_, at, scanner_->strict, next));
  if (!made) return Value();
  const StrObject* s = asStr(made);
  const auto size = static_cast<size_t>(s->length) * s->kind;
  const int64_t hash = hashForTable(s->data(), size);
  if (Value same = scanner_->keys.find(s->data(), size, s->kind, hash)) return newRef(same);
  return scanner_->keys.addText(hash, made) ? made.release() : Value();
}

/// The string whose first character is at `at`.
template <class C> inline Value Reader<C>::string(int64_t at, int64_t* next) {
  if (isAscii_) {
    const int64_t end = plainRun(p_, n_, at, scanner_->strict);
    if (p_[end] == '"') {
      *next = end + 1;
      return newStrAscii(reinterpret_cast<const char*>(p_ + at), static_cast<size_t>(end - at));
    }
  }
  return scanString(text_, at, scanner_->strict, next);
}

/// The pairs wait on the stack: they are moved into the dict once it is known how many they are. Where what they hold may run code
/// when it dies, a value that another one displaces dies at once.
template <class C> Value Reader<C>::object(int64_t i, int64_t* next) {
  if (runsCode_ || !isNone(scanner_->pairsHook)) [[unlikely]] return objectByHooks(i, next);
  const int64_t base = stack_.size();
  i = skipSpace(i);
  if (at(i) != '}') {
    for (;;) {
      if (at(i) != '"') return raiseDecodeError("Expecting property name enclosed in double quotes", text_, i);
      if (!stack_.push(key(i + 1, &i))) return Value();
      i = skipSpace(i);
      if (at(i) != ':') return raiseDecodeError("Expecting ':' delimiter", text_, i);
      if (!stack_.push(value(skipSpace(i + 1), &i))) return Value();
      i = skipSpace(i);
      if (at(i) == '}') break;
      if (at(i) != ',') return raiseDecodeError("Expecting ',' delimiter", text_, i);
      i = skipSpace(i + 1);
    }
  }
  *next = i + 1;
  Ref result(newDict());
  if (!result) return Value();
  const int64_t pairs = (stack_.size() - base) / 2;
  stack_.forget(base);
  return dict_table::take(asDict(result), stack_.at(base), pairs) < 0 ? Value() : result.release();
}

template <class C> Value Reader<C>::objectByHooks(int64_t i, int64_t* next) {
  const bool pairs = !isNone(scanner_->pairsHook);
  Ref result(pairs ? newList(0) : newDict());
  if (!result) return Value();
  i = skipSpace(i);
  if (at(i) != '}') {
    for (;;) {
      if (at(i) != '"') return raiseDecodeError("Expecting property name enclosed in double quotes", text_, i);
      Ref key(this->key(i + 1, &i));
      if (!key) return Value();
      i = skipSpace(i);
      if (at(i) != ':') return raiseDecodeError("Expecting ':' delimiter", text_, i);
      Ref v(value(skipSpace(i + 1), &i));
      if (!v) return Value();
      if (pairs) {
        Ref pair(newTuple({key, v}));
        if (!pair || listAppend(result, pair) < 0) return Value();
      } else if (dictSet(result, key, v) < 0) {
        return Value();
      }
      i = skipSpace(i);
      if (at(i) == '}') break;
      if (at(i) != ',') return raiseDecodeError("Expecting ',' delimiter", text_, i);
      i = skipSpace(i + 1);
    }
  }
  *next = i + 1;
  if (pairs) return call(scanner_->pairsHook, {result});
  return isNone(scanner_->objectHook) ? result.release() : call(scanner_->objectHook, {result});
}

template <class C> Value Reader<C>::array(int64_t i, int64_t* next) {
  Ref result(newList(0));
  if (!result) return Value();
  i = skipSpace(i);
  if (at(i) != ']') {
    for (;;) {
      Ref v(value(i, &i));
      if (!v || listAppend(result, v) < 0) return Value();
      i = skipSpace(i);
      if (at(i) == ']') break;
      if (at(i) != ',') return raiseDecodeError("Expecting ',' delimiter", text_, i);
      i = skipSpace(i + 1);
    }
  }
  *next = i + 1;
  return result.release();
}

template <class C> Value Reader<C>::constant(std::string_view word, int64_t i, int64_t* next) {
  Ref text(newStr(word));
  *next = i + static_cast<int64_t>(word.size());
  return text ? call(scanner_->parseConstant, {text}) : Value();
}

template <class C> Value Reader<C>::number(int64_t start, int64_t* next) {
  int64_t i = start;
  if (at(i) == '-') ++i;
  uint64_t v = 0; // the whole part, while it is short
  if (at(i) >= '1' && at(i) <= '9') {
    do v = v * 10 + (at(i++) - '0');
    while (isDigit(at(i)));
  } else if (at(i) == '0') {
    ++i;
  } else {
    return stop(start);
  }
  bool isFloat = false;
  if (at(i) == '.' && isDigit(at(i + 1))) {
    isFloat = true;
    for (i += 2; isDigit(at(i));) ++i;
  }
  if (at(i) == 'e' || at(i) == 'E') {
    int64_t e = i + 1;
    if (at(e) == '+' || at(e) == '-') ++e;
    if (isDigit(at(e))) {
      while (isDigit(at(e))) ++e;
      i = e;
      isFloat = true;
    }
  }
  *next = i;
  const Value parse = isFloat ? scanner_->parseFloat : scanner_->parseInt;
  if (!isFloat && parse == asValue(&intType) && i - start <= 18) {
    const auto whole = static_cast<int64_t>(v);
    return newInt(at(start) == '-' ? -whole : whole);
  }
  Ref text(strSubstring(text_, start, i));
  if (!text) return Value();
  if (isFloat && parse == asValue(&floatType)) return floatFromText(text);
  if (!isFloat && parse == asValue(&intType)) {
    Utf8 utf8(text);
    return intFromText(utf8.data(), utf8.size(), 10, text);
  }
  return call(parse, {text});
}

template <class C> Value Reader<C>::value(int64_t i, int64_t* next) {
  switch (at(i)) {
  case '"': return string(i + 1, next);
  case '{': {
    if (recursionEnter(" while decoding a JSON object from a unicode string") < 0) return Value();
    Value v = object(i + 1, next);
    recursionLeave();
    return v;
  }
  case '[': {
    if (recursionEnter(" while decoding a JSON array from a unicode string") < 0) return Value();
    Value v = array(i + 1, next);
    recursionLeave();
    return v;
  }
  case 'n':
    if (follows(i, "null")) return *next = i + 4, none();
    break;
  case 't':
    if (follows(i, "true")) return *next = i + 4, boolean(true);
    break;
  case 'f':
    if (follows(i, "false")) return *next = i + 5, boolean(false);
    break;
  case 'N':
    if (follows(i, "NaN")) return constant("NaN", i, next);
    break;
  case 'I':
    if (follows(i, "Infinity")) return constant("Infinity", i, next);
    break;
  case '-':
    if (follows(i, "-Infinity")) return constant("-Infinity", i, next);
    break;
  default: break;
  }
  return number(i, next);
}

Value callScanner(Value self, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("scan_once", "(string, idx)", args, argv, 2, holder) < 0) return Value();
  const int64_t at = toIndex(argv[1], &OverflowErrorType);
  if (at == -1 && errorSet()) return Value();
  if (!isStr(argv[0])) return raise(TypeErrorType, "first argument must be a string, not %.80s", typeOf(argv[0])->name);
  if (at < 0) return raise(ValueErrorType, "idx cannot be negative");
  if (at >= asStr(argv[0])->length) return raiseStopIteration(Ref(newInt(at)));
  int64_t next = -1;
  const int kind = asStr(argv[0])->kind;
  Ref v(kind == 1   ? Reader<uint8_t>(asScanner(self), argv[0]).value(at, &next)
        : kind == 2 ? Reader<uint16_t>(asScanner(self), argv[0]).value(at, &next)
                    : Reader<uint32_t>(asScanner(self), argv[0]).value(at, &next));
  asScanner(self)->keys.forget();
  return v ? newTuple({v.get(), newInt(next)}) : Value();
}

Value construct(Type* t, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("make_scanner", "(context)", args, argv, 1, holder) < 0) return Value();
  Ref v(allocateOf(t, 0));
  if (!v) return Value();
  ScannerObject* s = asScanner(v);
  new (&s->keys) TextTable;
  gcTrackQuietly(v.get().object());
  Ref strict(getAttr(argv[0], "strict"));
  const int32_t truth = strict ? isTrue(strict) : -1;
  if (truth < 0) return Value();
  s->strict = truth;
  const struct { Value* word; const char* name; } parts[] = {{&s->objectHook, "object_hook"},
                                                             {&s->pairsHook, "object_pairs_hook"},
                                                             {&s->parseFloat, "parse_float"},
                                                             {&s->parseInt, "parse_int"},
                                                             {&s->parseConstant, "parse_constant"}};
  for (auto& part : parts) {
    *part.word = getAttr(argv[0], part.name);
    if (!*part.word) return Value();
  }
  return v.release();
}

constexpr int kOwned = 5;
void dealloc(Object* o) {
  reinterpret_cast<ScannerObject*>(o)->keys.clear();
  deallocWords<kOwned>(o);
}

constexpr MemberDef members[] = {
    {"strict", MemberKind::Bool, offsetof(ScannerObject, strict), true},
    {"object_hook", MemberKind::Object, offsetof(ScannerObject, objectHook), true},
    {"object_pairs_hook", MemberKind::Object, offsetof(ScannerObject, pairsHook), true},
    {"parse_float", MemberKind::Object, offsetof(ScannerObject, parseFloat), true},
    {"parse_int", MemberKind::Object, offsetof(ScannerObject, parseInt), true},
    {"parse_constant", MemberKind::Object, offsetof(ScannerObject, parseConstant), true},
    {},
};

} // namespace

constinit Type scannerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_json.Scanner",
    .base = &objectType,
    .flags = kTypeOwnModule | kTypeChangeable,
    .instanceLayout = {.type = &scannerType, .size = sizeof(ScannerObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverseWords<kOwned>,
    .clear = clearWords<kOwned>,
    .call = callScanner,
    .construct = construct,
    .members = members,
    .doc = "JSON scanner object",
};

} // namespace krait::json
