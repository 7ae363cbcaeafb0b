// Values between Python and SQLite: adapters and parameters on the way in,
// converters and the text factory on the way out.
#include <cmath>
#include <cstring>
#include "runtime/exceptions/exception.h"
#include "runtime/modules/sqlite/database.h"
#include "runtime/object/names.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codec.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::sqlite {

Value adapters() {
  static Value dict = newDict();
  return dict;
}
Value converters() {
  static Value dict = newDict();
  return dict;
}

bool nameArgument(Value v, const char* function, const char* which, std::string* out) {
  if (!isStr(v)) return raise(TypeErrorType, "%s() argument%s%s must be str, not %.50G", function, *which ? " " : "", which, v), false;
  const Utf8Argument text(v);
  if (text.ok()) *out = text.text();
  return text.ok();
}

namespace {

bool isNative(Value v) {
  return isNone(v) || isExactInt(v) || isExactFloat(v) || isExactStr(v) || isExact(v, bytearrayType) || isExactBytes(v);
}

/// Asks `o.name(argument)` for another form: null without error when it has none.
Value ask(Value o, const char* name, Value argument) {
  Ref text(internStr(name));
  Ref method(text ? getAttrOptional(o, text) : Value());
  if (!method) return Value();
  Ref made(call(method, {argument}));
  if (!made) {
    if (errorMatches(TypeErrorType)) errorClear();
    return Value();
  }
  return isNone(made) ? Value() : made.release();
}

/// An int in SQLite's range: false with OverflowError.
bool int64Of(Value v, int64_t* out) {
  int overflow;
  *out = intToInt64(v, &overflow);
  if (!overflow) return true;
  raise(OverflowErrorType, "Python int too large to convert to SQLite INTEGER");
  return false;
}

/// Binds one adapted value: a SQLite code, or -1 with an error.
int bindValue(Connection* c, sqlite3_stmt* s, int at, Value v) {
  if (isNone(v)) return sqlite3_bind_null(s, at);
  if (isInt(v)) {
    int64_t n;
    return int64Of(v, &n) ? sqlite3_bind_int64(s, at, n) : -1;
  }
  if (isFloat(v)) return sqlite3_bind_double(s, at, floatValue(v));
  if (isStr(v)) {
    Utf8 text(v);
    return text.ok() ? sqlite3_bind_text64(s, at, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) : -1;
  }
  Buffer bytes;
  if (getBuffer(v, &bytes, kBufferSimple) < 0) {
    errorClear();
    return fail(programmingErrorType, "Error binding parameter %d: type '%s' is not supported", at, typeOf(v)->name);
  }
  int status = sqlite3_bind_blob64(s, at, bytes.bytes ? bytes.data : "", static_cast<sqlite3_uint64>(bytes.bytes), SQLITE_TRANSIENT);
  releaseBuffer(&bytes);
  return status;
}

int32_t bindOne(Connection* c, sqlite3_stmt* s, int at, Value v) {
  Ref adapted = isNative(v) ? Ref::share(v) : Ref(adapt(v, asValue(&prepareProtocolType), v));
  if (!adapted) return -1;
  int status = bindValue(c, s, at, adapted);
  if (status == SQLITE_OK) return 0;
  if (status > 0) return raiseError(c->db), -1;
  // As in CPython, what the database last complained of comes first.
  Ref refused = sqlite3_errcode(c->db) != SQLITE_OK ? errorTake() : Ref();
  if (!refused) return -1;
  raiseError(c->db);
  Ref complaint = errorTake();
  chainContext(complaint, refused);
  errorRestore(complaint.release());
  return -1;
}

/// Owned; adapters may have taken items from a list.
Value itemOfExact(Value parameters, int64_t i) {
  if (isExactTuple(parameters)) return newRef(asTuple(parameters)->items[i]);
  return i < asList(parameters)->size ? newRef(asList(parameters)->items[i]) : sequenceItem(parameters, i);
}

int32_t bindSequence(Connection* c, sqlite3_stmt* s, Value parameters, int needed) {
  int64_t given = length(parameters);
  if (given < 0) return -1;
  if (given != needed)
    return fail(programmingErrorType,
                "Incorrect number of bindings supplied. The current statement uses %d, and there are %zd supplied.",
                needed, given);
  for (int i = 0; i < needed; ++i) {
    Ref v(isExactList(parameters) || isExactTuple(parameters) ? itemOfExact(parameters, i) : sequenceItem(parameters, i));
    if (!v || bindOne(c, s, i + 1, v) < 0) return -1;
  }
  return 0;
}

int32_t bindMapping(Connection* c, sqlite3_stmt* s, Value parameters, int needed) {
  for (int i = 1; i <= needed; ++i) {
    const char* name = sqlite3_bind_parameter_name(s, i);
    if (!name)
      return fail(programmingErrorType,
                  "Binding %d has no name, but you supplied a dictionary (which has only names).", i);
    Ref key(newStr(name + 1)); // behind the ':', '@' or '$'
    Ref v(key ? getItem(parameters, key) : Value());
    if (!v) {
      if (errorMatches(LookupErrorType)) {
        errorClear();
        raise(programmingErrorType, "You did not supply a value for binding parameter :%s.", name + 1);
      }
      return -1;
    }
    if (bindOne(c, s, i, v) < 0) return -1;
  }
  return 0;
}
} // namespace

Value adapt(Value v, Value protocol, Value fallback) {
  Ref key(newTuple({asValue(typeOf(v)), protocol}));
  Value adapter = key ? dictGet(adapters(), key) : Value();
  if (adapter) {
    Ref function = Ref::share(adapter);
    return call(function, {v});
  }
  if (errorSet()) return Value();
  if (Value made = ask(protocol, "__adapt__", v)) return made;
  if (errorSet()) return Value();
  if (Value made = ask(v, "__conform__", protocol)) return made;
  if (errorSet()) return Value();
  return fallback ? newRef(fallback) : raise(programmingErrorType, "can't adapt");
}

int32_t bindParameters(Connection* c, sqlite3_stmt* statement, Value parameters) {
  int needed = sqlite3_bind_parameter_count(statement);
  if (isTuple(parameters) || isList(parameters) || (!isDict(parameters) && isSequence(parameters)))
    return bindSequence(c, statement, parameters, needed);
  if (isDict(parameters) || isMapping(parameters)) return bindMapping(c, statement, parameters, needed);
  return fail(programmingErrorType, "parameters are of unsupported type");
}

namespace {
/// In place of what the decoder said: which column it was, and how its text begins. No more than fits CPython's buffer, and a
/// replacement character for each byte that is not ASCII.
Value raiseUndecodable(const char* column, const char* text) {
  errorClear();
  char shown[199];
  const int length = snprintf(shown, sizeof shown, "Could not decode to UTF-8 column '%s' with text '%s'", column, text);
  const size_t size = std::min(static_cast<size_t>(length), sizeof shown - 1);
  Ref message(decodeBytes(reinterpret_cast<const uint8_t*>(shown), size, "ascii", "replace"));
  Ref error(message ? newException(operationalErrorType, message) : Value());
  return error ? raiseInstance(error.release()) : Value();
}

Value textValue(Connection* c, sqlite3_stmt* statement, int column) {
  auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  auto size = static_cast<size_t>(sqlite3_column_bytes(statement, column));
  if (c->textFactory == asValue(&strType)) {
    Value made = decodeBytes(reinterpret_cast<const uint8_t*>(text), size, "utf-8", nullptr);
    return made || !errorMatches(UnicodeDecodeErrorType) ? made : raiseUndecodable(sqlite3_column_name(statement, column), text);
  }
  if (c->textFactory == asValue(&bytesType)) return newBytes(std::string_view(text, size));
  if (c->textFactory == asValue(&bytearrayType)) return newByteArray(text, size);
  Ref data(newBytes(std::string_view(text, size)));
  return data ? call(c->textFactory, {data}) : Value();
}
} // namespace

Value columnValue(Connection* c, sqlite3_stmt* statement, int column, Value converter) {
  int kind = sqlite3_column_type(statement, column);
  if (kind == SQLITE_NULL) return newRef(none());
  if (converter && !isNone(converter)) {
    const void* data = sqlite3_column_blob(statement, column);
    Ref bytes(newBytes(std::string_view(static_cast<const char*>(data), static_cast<size_t>(sqlite3_column_bytes(statement, column)))));
    return bytes ? call(converter, {bytes}) : Value();
  }
  switch (kind) {
  case SQLITE_INTEGER: return newInt(sqlite3_column_int64(statement, column));
  case SQLITE_FLOAT: return newFloat(sqlite3_column_double(statement, column));
  case SQLITE_TEXT: return textValue(c, statement, column);
  default: {
    const void* data = sqlite3_column_blob(statement, column);
    return newBytes(std::string_view(static_cast<const char*>(data), static_cast<size_t>(sqlite3_column_bytes(statement, column))));
  }
  }
}

int32_t setResult(sqlite3_context* context, Value v) {
  if (isNone(v)) {
    sqlite3_result_null(context);
  } else if (isInt(v)) {
    int64_t n;
    if (!int64Of(v, &n)) return -1;
    sqlite3_result_int64(context, n);
  } else if (isFloat(v)) {
    sqlite3_result_double(context, floatValue(v));
  } else if (isStr(v)) {
    Utf8 text(v);
    if (!text.ok()) return -1;
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } else {
    Buffer bytes;
    if (getBuffer(v, &bytes, kBufferSimple) < 0) return -1;
    sqlite3_result_blob64(context, bytes.data, static_cast<sqlite3_uint64>(bytes.bytes), SQLITE_TRANSIENT);
    releaseBuffer(&bytes);
  }
  return 0;
}

Arguments::Arguments(sqlite3_value** values, int count) {
  if (static_cast<size_t>(count) > std::size(local_)) values_ = new Value[static_cast<size_t>(count)];
  for (int i = 0; i < count && ok_; ++i) {
    Value& v = values_[count_];
    const auto size = [&] { return static_cast<size_t>(sqlite3_value_bytes(values[i])); };
    switch (sqlite3_value_type(values[i])) {
    case SQLITE_INTEGER: v = newInt(sqlite3_value_int64(values[i])); break;
    case SQLITE_FLOAT: v = newFloat(sqlite3_value_double(values[i])); break;
    case SQLITE_TEXT: {
      const uint8_t* text = sqlite3_value_text(values[i]);
      v = decodeBytes(text, size(), "utf-8", nullptr);
      break;
    }
    case SQLITE_BLOB: {
      const auto* data = static_cast<const char*>(sqlite3_value_blob(values[i]));
      v = newBytes(std::string_view(data, size()));
      break;
    }
    default: v = newRef(none());
    }
    if (v) ++count_;
    else ok_ = false;
  }
}

Arguments::~Arguments() {
  for (size_t i = 0; i < count_; ++i) decref(values_[i]);
  if (values_ != local_) delete[] values_;
}

} // namespace krait::sqlite
