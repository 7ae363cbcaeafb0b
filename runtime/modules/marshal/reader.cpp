// Reading: both forms of code, references, and what older versions wrote.
#include <cstdlib>
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
#include "runtime/types/memoryview.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::marshal {

namespace {

class Reader {
public:
  Reader(std::string_view data, bool isFile) : data_(data), isFile_(isFile) {}
  /// What `file`'s readinto() gives, no more than is needed.
  explicit Reader(Value file) : file_(file), isFile_(true) {}
  ~Reader() {
    for (Value v : references_) xdecref(v);
  }
  Reader(const Reader&) = delete;

  Value read(int depth = 0) {
    if (depth > kMaxDepth) return raise(ValueErrorType, "recursion limit exceeded");
    const char* first;
    if (!takeLead(&first)) return Value();
    auto code = static_cast<uint8_t>(*first);
    const bool isReferred = code & kReferred;
    const size_t slot = isReferred ? references_.size() : kNoSlot;
    if (isReferred) references_.push_back(Value());
    Value made = readAs(static_cast<char>(code & ~kReferred), depth, slot);
    if (made) keep(slot, made);
    return made;
  }
  bool sawEnd() const { return end_; }
  size_t position() const { return at_; }

private:
  static constexpr size_t kNoSlot = ~size_t{0};
  /// References may lead to the object from here on: for containers before their items are read.
  void keep(size_t slot, Value v) {
    if (slot != kNoSlot && !references_[slot]) references_[slot] = newRef(v);
  }
  Value shortData() { return raise(EOFErrorType, isFile_ ? "EOF read where not expected" : "marshal data too short"); }
  /// The next n bytes, which stay where they are until more are taken.
  bool take(size_t n, const char** out) {
    if (file_) return takeOfFile(n, out);
    if (data_.size() - at_ < n) return shortData(), false;
    *out = data_.data() + at_;
    at_ += n;
    return true;
  }
  /// The byte that says what follows, or how long it is.
  bool takeLead(const char** out) {
    if (take(1, out)) return true;
    errorClear();
    raise(EOFErrorType, "EOF read where object expected");
    return false;
  }
  bool takeOfFile(size_t n, const char** out) {
    Ref buffer(newByteArray(nullptr, n)), view(buffer ? newMemoryView(buffer) : Value());
    Ref count(view ? callMethod(file_, "readinto", {view}) : Value());
    const int64_t given = count ? toIndex(count, &OverflowErrorType) : -1;
    if (!count || (given == -1 && errorSet())) return false;
    const auto wanted = static_cast<int64_t>(n);
    if (given > wanted)
      raise(ValueErrorType, "read() returned too much data: %zd bytes requested, %zd returned", wanted, given);
    else if (given < wanted)
      shortData();
    if (given != wanted) return false;
    view.reset(Value());
    taken_.reset(buffer.release());
    *out = reinterpret_cast<const char*>(taken_.as<ByteArrayObject>()->start);
    return true;
  }
  bool size(int64_t* out) {
    const char* p;
    if (!take(4, &p)) return false;
    int32_t n;
    __builtin_memcpy(&n, p, 4);
    *out = n;
    return true;
  }
  bool count(int64_t* out, const char* what) {
    if (!size(out)) return false;
    if (*out >= 0) return true;
    raise(ValueErrorType, "bad marshal data (%s size out of range)", what);
    return false;
  }
  bool real(double* out) {
    const char* p;
    if (!take(8, &p)) return false;
    __builtin_memcpy(out, p, 8);
    return true;
  }
  bool textReal(double* out) {
    const char* p;
    if (!takeLead(&p)) return false;
    const auto n = static_cast<uint8_t>(*p);
    if (!take(n, &p)) return false;
    *out = strtod(std::string(p, n).c_str(), nullptr);
    return true;
  }
  /// `slot`: of the list, if it is the object itself.
  Value sequence(int64_t n, const char* what, int depth, size_t slot = kNoSlot) {
    Ref list(newList(0));
    if (list) keep(slot, list);
    for (int64_t i = 0; list && i < n; ++i) {
      Ref item(readItem(depth, what));
      if (!item || listAppend(list, item) < 0) return Value();
    }
    return list.release();
  }
  /// `of`: what it is an item of.
  Value readItem(int depth, const char* of) {
    Value v = read(depth + 1);
    if (!v && end_ && !errorSet()) return raise(TypeErrorType, "NULL object in marshal data for %s", of);
    return v;
  }
  Value text(size_t n, bool isAscii, bool isInterned) {
    const char* p;
    if (!take(n, &p)) return Value();
    Value made = isAscii ? newStrAscii(p, n)
                         : decodeBytes(reinterpret_cast<const uint8_t*>(p), n, "utf-8", "surrogatepass");
    return made && isInterned ? internStr(made) : made;
  }
  Value readLong() {
    int64_t n;
    if (!size(&n)) return Value();
    int64_t digits = n < 0 ? -n : n;
    const char* p;
    if (!take(static_cast<size_t>(digits) * 2, &p)) return Value();
    if (digits && !p[2 * digits - 2] && !p[2 * digits - 1]) return raise(ValueErrorType, "bad marshal data (unnormalized long data)");
    std::vector<uint8_t> bytes(static_cast<size_t>(digits) * 2 + 8);
    for (int64_t k = 0; k < digits; ++k) {
      uint32_t digit = static_cast<uint8_t>(p[2 * k]) | static_cast<uint8_t>(p[2 * k + 1]) << 8;
      if (digit > 0x7fff) return raise(ValueErrorType, "bad marshal data (digit out of range in long)");
      size_t bit = 15 * static_cast<size_t>(k);
      uint32_t shifted = digit << (bit % 8);
      for (size_t b = 0; b < 3; ++b) bytes[bit / 8 + b] |= static_cast<uint8_t>(shifted >> (8 * b));
    }
    Ref magnitude(intFromBytes(bytes.data(), bytes.size(), true, false));
    return magnitude && n < 0 ? intNegate(magnitude) : magnitude.release();
  }

  Value badCode() { return errorSet() ? Value() : raise(ValueErrorType, "bad marshal data (code)"); }
  /// As CPython writes it.
  Value readBytecode(int depth) {
    int64_t numbers[5], firstLine;
    for (int64_t& n : numbers)
      if (!size(&n)) return Value();
    Ref parts[10]; // code, constants, names, variables, kinds, file, name, qualified name; tables of lines and exceptions
    for (size_t i = 0; i < 10; ++i) {
      if (i == 8 && !size(&firstLine)) return Value();
      parts[i].reset(readItem(depth, "code object"));
      if (!parts[i]) return Value();
    }
    if (!isExactTuple(parts[3]) || !isExactBytes(parts[4])) return badCode();
    const std::string_view kinds = bytesView(parts[4]);
    if (static_cast<int64_t>(kinds.size()) != asTuple(parts[3])->size) return badCode();
    Ref lists[] = {Ref(newList(0)), Ref(newList(0)), Ref(newList(0))};
    constexpr uint8_t kKinds[] = {kLocal, kCell, kFree};
    for (size_t k = 0; k < 3; ++k)
      for (size_t i = 0; i < kinds.size(); ++i)
        if (static_cast<uint8_t>(kinds[i]) & kKinds[k])
          if (!lists[k] || listAppend(lists[k], asTuple(parts[3])->items[i]) < 0) return Value();
    Ref locals(listToTuple(lists[0])), cells(listToTuple(lists[1])), frees(listToTuple(lists[2]));
    if (!locals || !cells || !frees) return Value();
    return call(asValue(&codeType), {newInt(numbers[0]), newInt(numbers[1]), newInt(numbers[2]), newInt(asTuple(locals)->size),
                                     newInt(numbers[3]), newInt(numbers[4]), parts[0].get(), parts[1].get(), parts[2].get(),
                                     locals.get(), parts[5].get(), parts[6].get(), parts[7].get(), newInt(firstLine),
                                     parts[8].get(), parts[9].get(), frees.get(), cells.get()});
  }

  /// As the text that it stands in.
  Value readText(int depth) {
    Ref text(readItem(depth, "code object")), filename(text ? readItem(depth, "code object") : Value()), qualname(filename ? readItem(depth, "code object") : Value());
    int64_t mode, optimize, flags, line, column;
    if (!qualname || !size(&mode) || !size(&optimize) || !size(&flags) || !size(&line) || !size(&column)) return Value();
    if (!isStr(text) || !isStr(filename) || !isStr(qualname)) return badCode();
    if (!krt_engine_hooks) return raise(ValueErrorType, "this executable carries no front end: cannot load code");
    Ref whole(krt_engine_hooks->compile(text, filename, static_cast<CompileMode>(mode), static_cast<uint32_t>(flags),
                                        static_cast<int32_t>(optimize), -1));
    if (!whole) return Value();
    Ref found(findCode(whole, qualname, line, column));
    return found ? found.release() : badCode();
  }
  /// The code object of this name and place in `code` (owned), which may be itself.
  static Value findCode(Value code, Value qualname, int64_t line, int64_t column) {
    const CodeInfo* info = codeInfoOf(code);
    if (strEqual(info->qualname, qualname) && info->span.line == line && info->span.column == column) return newRef(code);
    Ref constants(getAttr(code, "co_consts"));
    for (int64_t i = 0; constants && i < asTuple(constants)->size; ++i) {
      Value inner = asTuple(constants)->items[i];
      if (!isExact(inner, codeType)) continue;
      if (Value found = findCode(inner, qualname, line, column)) return found;
    }
    return Value();
  }

  Value readAs(char code, int depth, size_t slot) {
    int64_t n;
    double a, b;
    const char* p;
    switch (code) {
    case '0': end_ = true; return Value();
    case 'N': return none();
    case 'T': return boolean(true);
    case 'F': return boolean(false);
    case '.': return ellipsis();
    case 'S': return newRef(asValue(&StopIterationType));
    case 'i': return size(&n) ? newInt(n) : Value();
    case 'I': {
      if (!take(8, &p)) return Value();
      __builtin_memcpy(&n, p, 8);
      return newInt(n);
    }
    case 'l': return readLong();
    case 'f': return textReal(&a) ? newFloat(a) : Value();
    case 'x': return textReal(&a) && textReal(&b) ? newComplex(a, b) : Value();
    case 'g': return real(&a) ? newFloat(a) : Value();
    case 'y': return real(&a) && real(&b) ? newComplex(a, b) : Value();
    case 's': return count(&n, "bytes object") && take(static_cast<size_t>(n), &p) ? newBytes(std::string_view(p, static_cast<size_t>(n))) : Value();
    case 'z':
    case 'Z': return takeLead(&p) ? text(static_cast<uint8_t>(*p), true, code == 'Z') : Value();
    case 'a':
    case 'A': return count(&n, "string") ? text(static_cast<size_t>(n), true, code == 'A') : Value();
    case 'u':
    case 't': return count(&n, "string") ? text(static_cast<size_t>(n), false, code == 't') : Value();
    case ')':
    case '(': {
      if (code == ')' ? !takeLead(&p) : !count(&n, "tuple")) return Value();
      Ref list(sequence(code == ')' ? static_cast<uint8_t>(*p) : n, "tuple", depth));
      return list ? listToTuple(list) : Value();
    }
    case '[': return count(&n, "list") ? sequence(n, "list", depth, slot) : Value();
    case '<': {
      Ref set(count(&n, "set") ? newSet(Value()) : Value());
      if (set) keep(slot, set);
      for (int64_t i = 0; set && i < n; ++i) {
        Ref item(readItem(depth, "set"));
        if (!item || setAdd(set, item) < 0) return Value();
      }
      return set.release();
    }
    case '>': {
      Ref list(count(&n, "set") ? sequence(n, "set", depth) : Value());
      return list ? newFrozenSet(list) : Value();
    }
    case '{': {
      Ref dict(newDict());
      if (dict) keep(slot, dict);
      for (;;) {
        Ref key(read(depth + 1));
        if (!key) {
          if (errorSet()) return Value();
          end_ = false;
          return dict.release();
        }
        Ref value(readItem(depth, "dict"));
        if (!value || dictSet(dict, key, value) < 0) return Value();
      }
    }
    case kReference: {
      if (!size(&n)) return Value();
      if (n < 0 || n >= static_cast<int64_t>(references_.size()) || !references_[static_cast<size_t>(n)])
        return raise(ValueErrorType, "bad marshal data (invalid reference)");
      return newRef(references_[static_cast<size_t>(n)]);
    }
    case kText: return readText(depth);
    case kCode: return readBytecode(depth);
    default: return raise(ValueErrorType, "bad marshal data (unknown type code)");
    }
  }

  Value file_; // null: `data_` is read
  Ref taken_;  // the bytes of the file that were taken last
  std::string_view data_;
  bool isFile_;
  size_t at_ = 0;
  bool end_ = false;
  std::vector<Value> references_;
};

} // namespace

Value read(std::string_view data, size_t* used, bool isFile) {
  Reader reader(data, isFile);
  Value made = reader.read();
  if (!made && !errorSet()) raise(TypeErrorType, "NULL object in marshal data for object");
  *used = reader.position();
  return made;
}

Value readFile(Value file) {
  Ref nothing(callMethod(file, NAME(read), {Value::ofSmallInt(0)}));
  if (!nothing) return Value();
  if (!isBytes(nothing)) return raise(TypeErrorType, "file.read() returned not bytes but %.100T", nothing.get());
  Reader reader(file);
  Value made = reader.read();
  return made || errorSet() ? made : raise(TypeErrorType, "NULL object in marshal data for object");
}

} // namespace krait::marshal
