// Writing: what is referred to more than once is written once, from version 3 on.
#include <algorithm>
#include <cstring>
#include <vector>

#include "runtime/builtins/hooks.h"
#include "runtime/modules/marshal/format.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/code_object.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::marshal {

namespace {

// The parts of CPython's code: numbers, objects, a number, objects. Names and kinds of variables are made of three tuples.
constexpr const char* kNumbers[] = {"co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_stacksize", "co_flags"};

/// Numbers of the objects written so far, by their words: open addressing, at most half full.
class Numbers {
public:
  /// The object's number if it has one; else it gets the next one, and this is -1.
  int64_t find(uint64_t word) {
    if (count_ * 2 >= places_.size()) grow();
    Place& place = placeOf(word);
    if (place.word == word) return place.number;
    place = {word, count_++};
    return -1;
  }

private:
  struct Place {
    uint64_t word = 0; // of no value
    uint32_t number = 0;
  };
  Place& placeOf(uint64_t word) {
    const size_t mask = places_.size() - 1;
    size_t i = ((word ^ word >> 32) * 0x9e3779b97f4a7c15) >> 32 & mask; // floats differ in their high bits
    while (places_[i].word && places_[i].word != word) i = (i + 1) & mask;
    return places_[i];
  }
  void grow() {
    std::vector<Place> old(std::max<size_t>(places_.size() * 2, 64));
    old.swap(places_);
    for (const Place& place : old)
      if (place.word) placeOf(place.word) = place;
  }

  std::vector<Place> places_;
  uint32_t count_ = 0;
};

/// Bytes that grow at the end, with room for the next few known to be there.
class Output {
public:
  Output() { text_.resize(512); }
  void add(char c) { *room(1) = c, ++used_; }
  void add(const void* bytes, size_t n) { memcpy(room(n), bytes, n), used_ += n; }
  std::string_view view() const { return {text_.data(), used_}; }

private:
  char* room(size_t n) {
    if (text_.size() - used_ < n) [[unlikely]] text_.resize(std::max(text_.size() * 2, used_ + n));
    return text_.data() + used_;
  }

  std::string text_;
  size_t used_ = 0;
};

class Writer {
public:
  explicit Writer(int64_t version) : version_(version) {}

  bool write(Value v, int depth = 0) {
    if (depth >= kMaxDepth) return raise(ValueErrorType, "object too deeply nested to marshal"), false;
    if (isNone(v)) return put('N');
    if (v == boolean(true)) return put('T');
    if (v == boolean(false)) return put('F');
    if (v == ellipsis()) return put('.');
    if (v == asValue(&StopIterationType)) return put('S');
    return refer(v) || writeObject(v, depth);
  }
  std::string_view written() const { return out_.view(); }

private:
  bool put(char c) { return out_.add(c), true; }
  /// The code of the object's type, with the mark of one that is referred to again.
  bool type(char c) {
    out_.add(static_cast<char>(c | flag_));
    return flag_ = 0, true;
  }
  /// True if the object was written before, and now its number.
  bool refer(Value v) {
    flag_ = 0;
    if (version_ < 3 || (v.isPointer() && v.object()->refs == 1)) return false;
    const int64_t number = numbers_.find(v.bits);
    if (number < 0) return flag_ = kReferred, false;
    return put(kReference), size(number);
  }
  bool writeObject(Value v, int depth) {
    if (isExactInt(v)) return writeInt(v);
    if (isExactFloat(v)) return type(version_ > 1 ? 'g' : 'f') && real(floatValue(v));
    if (isExact(v, complexType))
      return type(version_ > 1 ? 'y' : 'x') && real(v.as<ComplexObject>()->real) && real(v.as<ComplexObject>()->imag);
    if (isExactStr(v)) return writeStr(v);
    if (isExactTuple(v)) {
      const int64_t n = asTuple(v)->size;
      if (version_ >= 4 && n < 256) type(')'), put(static_cast<char>(n));
      else type('('), size(n);
      return items(asTuple(v)->items, n, depth);
    }
    if (isExactList(v)) return type('['), size(asList(v)->size), items(asList(v)->items, asList(v)->size, depth);
    if (isExactDict(v)) {
      type('{');
      int64_t position = 0;
      Value key, value;
      while (dictNext(v, &position, &key, &value))
        if (!write(key, depth + 1) || !write(value, depth + 1)) return false;
      return put('0');
    }
    if (isExact(v, setType) || isExact(v, frozensetType)) return writeSet(v, depth);
    if (isExact(v, codeType)) return writeCode(v, depth);
    Buffer view;
    if (getBuffer(v, &view, kBufferSimple) < 0) return errorClear(), raise(ValueErrorType, "unmarshallable object"), false;
    type('s');
    size(view.bytes);
    out_.add(view.data, static_cast<size_t>(view.bytes));
    releaseBuffer(&view);
    return true;
  }
  /// In the order of what the items look like, so that equal sets are written alike.
  bool writeSet(Value v, int depth) {
    type(isExact(v, setType) ? '<' : '>');
    size(asSet(v)->used);
    std::vector<std::pair<std::string, Value>> ordered;
    int64_t position = 0, hash;
    Value key;
    while (setNext(v, &position, &key, &hash)) {
      ordered.emplace_back(std::string(), key);
      if (!marshal::write(key, version_, ordered.back().first)) return false;
    }
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [text, item] : ordered)
      if (!write(item, depth + 1)) return false;
    return true;
  }
  bool size(int64_t n) {
    const auto low = static_cast<uint32_t>(n); // the format's order of bytes is the machine's
    return out_.add(&low, sizeof low), true;
  }
  bool real(double d) {
    if (version_ > 1) return out_.add(&d, sizeof d), true;
    Ref number(newFloat(d)), text(number ? repr(number) : Value());
    Utf8 digits(text);
    if (!text || !digits.ok()) return false;
    put(static_cast<char>(digits.view().size()));
    return out_.add(digits.view().data(), digits.view().size()), true;
  }
  bool items(const Value* words, int64_t n, int depth) {
    for (int64_t i = 0; i < n; ++i)
      if (!write(words[i], depth + 1)) return false;
    return true;
  }
  bool writeCode(Value v, int depth) {
    const CodeInfo* code = codeInfoOf(v);
    CodeSource source;
    const bool isMade = v.as<CodeObject>()->own != nullptr;
    const int32_t found = krt_engine_hooks && !isMade ? krt_engine_hooks->source(code, source) : 0;
    if (found < 0) return false;
    if (found == 0) return writeBytecode(v, depth);
    Ref text(source.text);
    type(kText);
    if (!write(text, depth + 1) || !write(code->filename, depth + 1) || !write(code->qualname, depth + 1)) return false;
    size(static_cast<int64_t>(source.mode));
    size(source.optimize);
    size(code->flags & kFutureFlags);
    return size(code->span.line), size(code->span.column);
  }
  bool writeBytecode(Value v, int depth) {
    Bytecode unused;
    const int32_t has = bytecodeOfCode(v, unused);
    if (has < 0) return false;
    if (has == 0) return raise(ValueErrorType, "unmarshallable object"), false;
    type(kCode);
    auto number = [&](const char* name) {
      Ref n(getAttr(v, name));
      return n && size(toInt64(n));
    };
    auto part = [&](const char* name) {
      Ref o(getAttr(v, name));
      return o && write(o, depth + 1);
    };
    for (const char* name : kNumbers)
      if (!number(name)) return false;
    return part("co_code") && part("co_consts") && part("co_names") && writeVariables(v, depth) && part("co_filename") &&
           part("co_name") && part("co_qualname") && number("co_firstlineno") && part("co_linetable") && part("co_exceptiontable");
  }
  /// A parameter that is a cell, too, stands among the locals only.
  bool writeVariables(Value v, int depth) {
    Ref locals(getAttr(v, "co_varnames")), cells(getAttr(v, "co_cellvars")), frees(getAttr(v, "co_freevars"));
    if (!locals || !cells || !frees) return false;
    Ref names(newList(0));
    std::string kinds;
    auto add = [&](Value name, uint8_t kind) {
      kinds += static_cast<char>(kind);
      return listAppend(names, name) == 0;
    };
    for (int64_t i = 0; names && i < asTuple(locals)->size; ++i)
      if (!add(asTuple(locals)->items[i], kLocal)) return false;
    for (int64_t i = 0; names && i < asTuple(cells)->size; ++i) {
      Value name = asTuple(cells)->items[i];
      int64_t same = 0;
      while (same < asTuple(locals)->size && !strEqual(asTuple(locals)->items[same], name)) ++same;
      if (same < asTuple(locals)->size) kinds[static_cast<size_t>(same)] = static_cast<char>(kLocal | kCell);
      else if (!add(name, kCell)) return false;
    }
    for (int64_t i = 0; names && i < asTuple(frees)->size; ++i)
      if (!add(asTuple(frees)->items[i], kFree)) return false;
    Ref tuple(names ? listToTuple(names) : Value()), bytes(tuple ? newBytes(kinds) : Value());
    return bytes && write(tuple, depth + 1) && write(bytes, depth + 1);
  }
  bool writeInt(Value v) {
    int overflow;
    int64_t i = intToInt64(v, &overflow);
    if (!overflow && i == static_cast<int32_t>(i)) return type('i'), size(i);
    // 15-bit digits, least significant first; their number carries the sign.
    size_t digits = (intBitLength(v) + 14) / 15;
    std::vector<uint8_t> bytes(digits * 2 + 8);
    Ref magnitude(intSign(v) < 0 ? intNegate(v) : newRef(v));
    if (!magnitude || intToBytes(magnitude, bytes.data(), bytes.size(), true, false) < 0) return false;
    type('l');
    size(intSign(v) < 0 ? -static_cast<int64_t>(digits) : static_cast<int64_t>(digits));
    for (size_t k = 0; k < digits; ++k) {
      size_t bit = 15 * k, at = bit / 8;
      uint32_t window = bytes[at] | bytes[at + 1] << 8 | (at + 2 < bytes.size() ? bytes[at + 2] << 16 : 0);
      uint32_t digit = (window >> (bit % 8)) & 0x7fff;
      put(static_cast<char>(digit));
      put(static_cast<char>(digit >> 8));
    }
    return true;
  }
  bool writeStr(Value v) {
    StrObject* s = asStr(v);
    const bool isAscii = s->flags & kStrAscii, isInterned = s->flags & kStrInterned;
    Ref bytes(isAscii ? Value() : encodeStr(v, "utf-8", "surrogatepass"));
    if (!isAscii && !bytes) return false;
    const std::string_view text =
        isAscii ? std::string_view(reinterpret_cast<const char*>(s->data()), static_cast<size_t>(s->length)) : bytesView(bytes);
    if (version_ >= 4 && isAscii && text.size() < 256) {
      type(isInterned ? 'Z' : 'z');
      put(static_cast<char>(text.size()));
    } else {
      type(version_ >= 4 && isAscii ? (isInterned ? 'A' : 'a') : version_ >= 3 && isInterned ? 't' : 'u');
      size(static_cast<int64_t>(text.size()));
    }
    return out_.add(text.data(), text.size()), true;
  }

  Output out_;
  int64_t version_;
  uint8_t flag_ = 0; // kReferred if the object at hand is one that may come again
  Numbers numbers_;
};

} // namespace

bool write(Value v, int64_t version, std::string& out) {
  Writer writer(version);
  const bool good = writer.write(v);
  out.append(writer.written());
  return good;
}

} // namespace krait::marshal
