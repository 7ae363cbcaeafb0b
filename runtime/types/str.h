// str: compact 1-, 2- or 4-byte code points after the header, NUL-terminated.
#pragma once
#include <string_view>
#include "runtime/object/type.h"

namespace krait {

enum StrFlags : uint32_t { kStrAscii = 1, kStrInterned = 2, kStrNameHash = 4 /*nameHash is valid*/ };

struct StrObject {
  Object header;
  int64_t length;     // code points
  int64_t hash;       // SipHash-1-3, keyed per process; -1: not yet computed
  uint32_t nameHash;  // unkeyed (FNV-1a over UTF-8, see nameHashOf), for intern table and caches
  uint8_t kind;       // bytes per code point: 1, 2 or 4
  uint8_t flags;      // StrFlags
  uint16_t methodRow; // of a name: which row of a class it has (object/method_rows.h); 0: none yet
  // data follows (see data())
  uint8_t* data() { return reinterpret_cast<uint8_t*>(this + 1); }
  const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(this + 1); }
  uint32_t at(int64_t i) const {
    return kind == 1 ? data()[i] : kind == 2 ? reinterpret_cast<const uint16_t*>(data())[i]
                                             : reinterpret_cast<const uint32_t*>(data())[i];
  }
};
static_assert(sizeof(StrObject) == 40);

constexpr uint32_t nameHashOf(std::string_view utf8) {
  uint32_t h = 2166136261u;
  for (char c : utf8) h = (h ^ static_cast<uint8_t>(c)) * 16777619u;
  return h;
}

/// '' and the one-character Latin-1 strings are these immortal objects, everywhere: generated code and the
/// intern table use them too (never a krn_ name of one character).
struct alignas(16) SharedChar {
  StrObject head;
  uint8_t text[2];
};
struct SharedChars { SharedChar of[256]; };
extern "C" SharedChars krt_latin1_chars;
extern "C" SharedChar krt_empty_str;
inline Value latin1Char(uint8_t c) { return Value(&krt_latin1_chars.of[c].head.header); }

inline bool isStr(Value v) { return v.isPointer() && (typeOfObject(v.object())->flags & kTypeStr); }
inline bool isExactStr(Value v) { return v.isPointer() && v.object()->layout == &strType.instanceLayout; }
inline StrObject* asStr(Value v) { return v.as<StrObject>(); }

/// Uninitialised string of `length` code points not above `maxChar` (caller fills every one; must not leave a
/// narrower kind possible). Length 0 and Latin-1 singles are shared objects: use the constructors below for those.
StrObject* newStrRaw(int64_t length, uint32_t maxChar);
Value newStr(std::string_view utf8);            // valid UTF-8 (surrogates as WTF-8 accepted)
Value newStrAscii(const char* s, size_t n);
Value newStrLatin1(const uint8_t* s, size_t n);
Value newStrFromUcs4(const uint32_t* s, size_t n); // finds the narrowest kind
Value newStrFromChar(uint32_t c);
Value emptyStr();
/// The interned equal of an exact str (consumes, returns owned). Not immortal: the table holds it weakly.
Value internStr(Value owned);
Value internStr(std::string_view utf8);
/// UTF-8 of the text. `storage` is filled when the bytes are not in the object. Surrogates: null data + UnicodeEncodeError.
class Utf8 {
public:
  explicit Utf8(Value str);
  ~Utf8();
  Utf8(const Utf8&) = delete;
  Utf8& operator=(const Utf8&) = delete;
  bool ok() const { return data_; }
  const char* data() const { return data_; }    // NUL-terminated
  size_t size() const { return size_; }
  std::string_view view() const { return {data_, size_}; }
private:
  const char* data_;
  size_t size_;
  char* storage_ = nullptr;
};
Value strConcat(Value a, Value b);              // both str
/// a + b for `a += b`: consumes `a` on success only, and extends it in place when nobody else holds it.
Value strAppend(Value a, Value b);
Value strRepeat(Value s, int64_t n);
Value strSubstring(Value s, int64_t from, int64_t to);
Value strJoin(Value separator, Value iterable);
bool strEqual(Value a, Value b);                // both str
bool strEqual(Value a, std::string_view ascii);
int strCompare(Value a, Value b);
int64_t strHash(Value s);
int64_t strFind(Value s, Value sub, int64_t start, int64_t end, int direction); // -1: absent
Value strFormatPercent(Value format, Value args);
/// Codec by name: bytes / str with an errors handler name (null: strict).
Value encodeStr(Value s, const char* encoding, const char* errors);
Value decodeBytes(const uint8_t* data, size_t n, const char* encoding, const char* errors);
/// ASCII copy for number parsing: Unicode decimal digits become 0-9, white space ' ', other non-ASCII '?'.
Value strTransformDecimal(Value s);
/// Growing buffer that keeps the narrowest kind; take() gives the str. Short Latin-1 texts grow in the builder itself.
class StrBuilder {
public:
  StrBuilder() = default;
  ~StrBuilder();
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;
  void add(uint32_t c) {
    if (kind_ == 1 && c < 0x100 && length_ < capacity_) [[likely]] {
      maxChar_ |= c;
      data_[length_++] = static_cast<uint8_t>(c);
    } else {
      addWide(c);
    }
  }
  void add(Value str);
  void add(Value str, int64_t from, int64_t to);
  void addAscii(std::string_view s);            // ASCII only
  void addRepeated(uint32_t c, int64_t n);
  int64_t length() const { return length_; }
  Value take();
private:
  static constexpr int64_t kShort = 104; // with the words: 144 bytes
  void addWide(uint32_t c);
  void reserve(int64_t extra, uint32_t maxChar) {
    if (extra > capacity_ - length_ || (kind_ != 4 && maxChar >= (kind_ == 1 ? 0x100u : 0x10000u))) grow(extra, maxChar);
  }
  void grow(int64_t extra, uint32_t maxChar);
  bool isShort() const { return data_ == short_; }
  void release();
  uint8_t* data_ = short_;
  int64_t length_ = 0, capacity_ = kShort;
  uint32_t maxChar_ = 0;
  uint8_t kind_ = 1;
  uint8_t short_[kShort];
};

} // namespace krait
