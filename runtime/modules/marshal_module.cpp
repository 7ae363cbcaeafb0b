// marshal: version 4 of CPython's format for the basic types, without its
// back references on writing; both kinds are read. A code object is written as the text that it stands in and its place
// there (kText, a code of our own); reading it compiles the text again. Where there is no text (code that was made by
// code.replace() or of a tree) it is written, and read, as CPython's.
#include <string>
#include <vector>

#include "runtime/builtins/hooks.h"
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

namespace krait {

namespace {

constexpr int kMaxDepth = 2000;
constexpr int64_t kVersion = 4;
constexpr uint32_t kFutureFlags = 0x1fe0000; // of co_flags
constexpr char kText = 'k'; // text, file name, qualified name; mode, optimize, future flags, line, column
constexpr char kCode = 'c';

// The parts of CPython's code: numbers, objects, a number, objects. Names and kinds of variables are made of three tuples.
constexpr const char* kNumbers[] = {"co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_stacksize", "co_flags"};
constexpr uint8_t kLocal = 0x20, kCell = 0x40, kFree = 0x80; // kinds of variables

class Writer {
public:
  bool write(Value v, int depth = 0) {
    if (depth > kMaxDepth) return raise(ValueErrorType, "object too deeply nested to marshal"), false;
    if (isNone(v)) return put('N');
    if (v == boolean(true)) return put('T');
    if (v == boolean(false)) return put('F');
    if (v == ellipsis()) return put('.');
    if (v == asValue(&StopIterationType)) return put('S');
    if (isExactInt(v)) return writeInt(v);
    if (isExactFloat(v)) return put('g'), real(floatValue(v));
    if (isExact(v, complexType)) return put('y'), real(v.as<ComplexObject>()->real), real(v.as<ComplexObject>()->imag);
    if (isExactStr(v)) return writeStr(v);
    if (isExactTuple(v)) {
      int64_t n = asTuple(v)->size;
      if (n < 256) put(')'), put(static_cast<char>(n));
      else put('('), size(n);
      return items(asTuple(v)->items, n, depth);
    }
    if (isExactList(v)) return put('['), size(asList(v)->size), items(asList(v)->items, asList(v)->size, depth);
    if (isExactDict(v)) {
      put('{');
      int64_t position = 0;
      Value key, value;
      while (dictNext(v, &position, &key, &value))
        if (!write(key, depth + 1) || !write(value, depth + 1)) return false;
      return put('0');
    }
    if (isExact(v, setType) || isExact(v, frozensetType)) {
      put(isExact(v, setType) ? '<' : '>');
      size(asSet(v)->used);
      int64_t position = 0, hash;
      Value key;
      while (setNext(v, &position, &key, &hash))
        if (!write(key, depth + 1)) return false;
      return true;
    }
    Buffer view;
    if (isPlainBuffer(v) && getBuffer(v, &view, kBufferSimple) == 0) {
      put('s');
      size(view.bytes);
      out.append(static_cast<const char*>(view.data), static_cast<size_t>(view.bytes));
      releaseBuffer(&view);
      return true;
    }
    if (isExact(v, codeType)) return writeCode(v, depth);
    raise(ValueErrorType, "unmarshallable object");
    return false;
  }
  std::string out;

private:
  static bool isPlainBuffer(Value v) {
    return isExactBytes(v) || isExact(v, bytearrayType) || isExact(v, memoryviewType);
  }
  bool put(char c) { return out += c, true; }
  bool size(int64_t n) {
    for (int k = 0; k < 4; ++k) out += static_cast<char>(n >> (8 * k));
    return true;
  }
  bool real(double d) { return out.append(reinterpret_cast<const char*>(&d), sizeof d), true; }
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
    put(kText);
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
    put(kCode);
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
    if (!overflow && i == static_cast<int32_t>(i)) return put('i'), size(i);
    // 15-bit digits, least significant first; their number carries the sign.
    size_t digits = (intBitLength(v) + 14) / 15;
    std::vector<uint8_t> bytes(digits * 2 + 8);
    Ref magnitude(intSign(v) < 0 ? intNegate(v) : newRef(v));
    if (!magnitude || intToBytes(magnitude, bytes.data(), bytes.size(), true, false) < 0) return false;
    put('l');
    size(intSign(v) < 0 ? -static_cast<int64_t>(digits) : static_cast<int64_t>(digits));
    for (size_t k = 0; k < digits; ++k) {
      size_t bit = 15 * k, at = bit / 8;
      uint32_t window = bytes[at] | bytes[at + 1] << 8 | (at + 2 < bytes.size() ? bytes[at + 2] << 16 : 0);
      uint32_t digit = (window >> (bit % 8)) & 0x7fff;
      out += static_cast<char>(digit);
      out += static_cast<char>(digit >> 8);
    }
    return true;
  }
  bool writeStr(Value v) {
    StrObject* s = asStr(v);
    Ref bytes(encodeStr(v, "utf-8", "surrogatepass"));
    if (!bytes) return false;
    bool isAscii = s->flags & kStrAscii, isInterned = s->flags & kStrInterned;
    std::string_view text = bytesView(bytes);
    if (isAscii && text.size() < 256) {
      put(isInterned ? 'Z' : 'z');
      out += static_cast<char>(text.size());
    } else {
      put(isAscii ? (isInterned ? 'A' : 'a') : isInterned ? 't' : 'u');
      size(static_cast<int64_t>(text.size()));
    }
    out.append(text);
    return true;
  }
};

class Reader {
public:
  explicit Reader(std::string_view data) : data_(data) {}
  ~Reader() {
    for (Value v : references_) xdecref(v);
  }
  Reader(const Reader&) = delete;

  Value read(int depth = 0) {
    if (depth > kMaxDepth) return raise(ValueErrorType, "recursion limit exceeded");
    if (at_ >= data_.size()) return raise(EOFErrorType, "marshal data too short");
    auto code = static_cast<uint8_t>(data_[at_++]);
    bool isReferred = code & 0x80;
    size_t slot = references_.size();
    if (isReferred) references_.push_back(Value());
    Value made = readAs(static_cast<char>(code & 0x7f), depth);
    if (isReferred && made) references_[slot] = newRef(made);
    return made;
  }
  bool sawEnd() const { return end_; }
  size_t position() const { return at_; }

private:
  Value shortData() { return raise(EOFErrorType, "marshal data too short"); }
  bool take(size_t n, const char** out) {
    if (data_.size() - at_ < n) return shortData(), false;
    *out = data_.data() + at_;
    at_ += n;
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
  bool count(int64_t* out) {
    if (!size(out)) return false;
    if (*out >= 0) return true;
    raise(ValueErrorType, "bad marshal data (size out of range)");
    return false;
  }
  bool real(double* out) {
    const char* p;
    if (!take(8, &p)) return false;
    __builtin_memcpy(out, p, 8);
    return true;
  }
  Value sequence(int64_t n, int depth) {
    Ref list(newList(0));
    for (int64_t i = 0; list && i < n; ++i) {
      Ref item(readItem(depth));
      if (!item || listAppend(list, item) < 0) return Value();
    }
    return list.release();
  }
  Value readItem(int depth) {
    Value v = read(depth + 1);
    if (!v && end_ && !errorSet()) return raise(TypeErrorType, "NULL object in marshal data for object");
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
      parts[i].reset(readItem(depth));
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
    Ref text(readItem(depth)), filename(text ? readItem(depth) : Value()), qualname(filename ? readItem(depth) : Value());
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

  Value readAs(char code, int depth) {
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
    case 'l': return readLong();
    case 'g': return real(&a) ? newFloat(a) : Value();
    case 'y': return real(&a) && real(&b) ? newComplex(a, b) : Value();
    case 's': return count(&n) && take(static_cast<size_t>(n), &p) ? newBytes(std::string_view(p, static_cast<size_t>(n))) : Value();
    case 'z':
    case 'Z': return take(1, &p) ? text(static_cast<uint8_t>(*p), true, code == 'Z') : Value();
    case 'a':
    case 'A': return count(&n) ? text(static_cast<size_t>(n), true, code == 'A') : Value();
    case 'u':
    case 't': return count(&n) ? text(static_cast<size_t>(n), false, code == 't') : Value();
    case ')':
    case '(': {
      if (code == ')' ? !take(1, &p) : !count(&n)) return Value();
      Ref list(sequence(code == ')' ? static_cast<uint8_t>(*p) : n, depth));
      return list ? listToTuple(list) : Value();
    }
    case '[': return count(&n) ? sequence(n, depth) : Value();
    case '<':
    case '>': {
      Ref list(count(&n) ? sequence(n, depth) : Value());
      return !list ? Value() : code == '<' ? newSet(list) : newFrozenSet(list);
    }
    case '{': {
      Ref dict(newDict());
      for (;;) {
        Ref key(read(depth + 1));
        if (!key) {
          if (errorSet()) return Value();
          end_ = false;
          return dict.release();
        }
        Ref value(readItem(depth));
        if (!value || dictSet(dict, key, value) < 0) return Value();
      }
    }
    case 'r': {
      if (!count(&n)) return Value();
      if (n >= static_cast<int64_t>(references_.size()) || !references_[static_cast<size_t>(n)])
        return raise(ValueErrorType, "bad marshal data (invalid reference)");
      return newRef(references_[static_cast<size_t>(n)]);
    }
    case kText: return readText(depth);
    case kCode: return readBytecode(depth);
    default: return raise(ValueErrorType, "bad marshal data (unknown type code)");
    }
  }

  std::string_view data_;
  size_t at_ = 0;
  bool end_ = false;
  std::vector<Value> references_;
};

Value dumps(Value, const Value* argv) {
  Writer writer;
  return writer.write(argv[0]) ? newBytes(std::string_view(writer.out)) : Value();
}

Value dump(Value, const Value* argv) {
  Writer writer;
  if (!writer.write(argv[0])) return Value();
  Ref bytes(newBytes(std::string_view(writer.out)));
  return bytes ? callMethod(argv[1], NAME(write), {bytes.get()}) : Value();
}

Value readOne(std::string_view data, size_t* used) {
  Reader reader(data);
  Value made = reader.read();
  if (!made && !errorSet()) raise(TypeErrorType, "NULL object in marshal data for object");
  *used = reader.position();
  return made;
}

Value loads(Value, Value source) {
  Buffer view;
  if (getBuffer(source, &view, kBufferSimple) < 0) return Value();
  size_t used;
  Value made = readOne({static_cast<const char*>(view.data), static_cast<size_t>(view.bytes)}, &used);
  releaseBuffer(&view);
  return made;
}

// Reads all that is left; what follows the object is given back by seeking, as far as the file can.
Value load(Value, Value file) {
  Ref bytes(callMethod(file, NAME(read)));
  if (!bytes) return Value();
  if (!isBytes(bytes)) return raise(TypeErrorType, "file.read() returned not bytes but %.100T", bytes.get());
  size_t used;
  std::string_view data = bytesView(bytes);
  Ref made(readOne(data, &used));
  if (!made) return Value();
  if (used < data.size()) {
    Ref moved(callMethod(file, "seek", {newInt(static_cast<int64_t>(used) - static_cast<int64_t>(data.size())), newInt(1)}));
    if (!moved) return Value();
  }
  return made.release();
}

constinit const MethodDef methods[] = {
    {"dump", dump, "($module, value, file, version=version, /)"},
    {"dumps", dumps, "($module, value, version=version, /)"},
    {"load", load, "($module, file, /)"},
    {"loads", loads, "($module, bytes, /)"},
    {},
};

int execute(Value module) { return moduleAdd(module, "version", newInt(kVersion)); }

} // namespace

extern "C" constinit const NativeModule krt_module_marshal = {"marshal", methods, execute};

} // namespace krait
