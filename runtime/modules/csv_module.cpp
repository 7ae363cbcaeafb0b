// _csv: dialects, the reader's state machine, the writer's quoting.
#include <string>
#include <vector>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/module_exception.h"
#include "runtime/object/items.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

enum Quoting : int { kMinimal, kAll, kNonNumeric, kQuoteNone };
constexpr uint32_t kNoChar = 0xffffffff;
/// Marks of characters: for a reader a field without quotes ends there, or what stands in quotes; a writer has to escape or quote it.
enum Mark : uint8_t { kEndsField = 1, kIsLookedAt = 2, kEndsQuoted = 4 };

struct DialectObject {
  Object header;
  uint32_t delimiter, quoteChar, escapeChar;
  int quoting;
  bool doubleQuote, skipInitialSpace, strict;
  Value lineTerminator;
  uint8_t marks[256];

  void mark(uint32_t c, int of) {
    if (c < sizeof marks) marks[c] |= static_cast<uint8_t>(of);
  }
  /// Where the first character with the mark stands in p[i, n), or n.
  int64_t find(Mark mark, const uint8_t* p, int64_t i, int64_t n) const {
    while (i < n && !(marks[p[i]] & mark)) ++i;
    return i;
  }
};
DialectObject* dialect(Value v) { return v.as<DialectObject>(); }
extern Type dialectType, readerType, writerType;

Type* errorType;       // _csv.Error
Value dialects;        // dict of registered ones
int64_t fieldLimit = 128 * 1024;

Value raiseCsv(const char* format, Value argument = Value()) { return raise(*errorType, format, argument); }

// ---- dialects ----------------------------------------------------------------------------------

int32_t setChar(const char* name, uint32_t* target, Value v, uint32_t fallback, bool mayBeNone) {
  *target = fallback;
  if (!v) return 0;
  *target = kNoChar;
  if (isNone(v) && mayBeNone) return 0;
  if (!isStr(v)) return fail(TypeErrorType, mayBeNone ? "\"%s\" must be string or None, not %.200T" : "\"%s\" must be string, not %.200T", name, v);
  if (asStr(v)->length != 1) return fail(TypeErrorType, "\"%s\" must be a 1-character string", name);
  *target = asStr(v)->at(0);
  return 0;
}
int32_t setBool(bool* target, Value v, bool fallback) {
  *target = fallback;
  if (!v) return 0;
  int32_t t = isTrue(v);
  *target = t > 0;
  return t < 0 ? -1 : 0;
}

Value registered(Value name) {
  Value d = dictGet(dialects, name);
  return d ? newRef(d) : errorSet() ? Value() : raiseCsv("unknown dialect");
}

Value dialectConstruct(Type* t, const Args& args) {
  Value a[9];
  Ref holder[2], fromName;
  if (bindArguments(nullptr,
                    "(dialect=None, delimiter=None, doublequote=None, escapechar=None, lineterminator=None, quotechar=None, "
                    "quoting=None, skipinitialspace=None, strict=None)",
                    args, a, 9, holder) < 0)
    return Value();
  Value base = a[0] && !isNone(a[0]) ? a[0] : Value();
  Ref parts[9];
  if (base) {
    if (isStr(base)) {
      fromName.reset(registered(base));
      if (!fromName) return Value();
      base = fromName;
    }
    bool plain = true;
    for (int i = 1; i < 9; ++i) plain = plain && !a[i];
    if (plain && isExact(base, dialectType)) return newRef(base);
    static const char* const names[] = {"", "delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict"};
    for (int i = 1; i < 9; ++i) {
      if (a[i]) continue;
      Ref name(newStr(names[i]));
      parts[i].reset(getAttrOptional(base, name));
      if (!parts[i] && errorSet()) errorClear();
      a[i] = parts[i];
    }
  }
  Ref self(allocateOf(t, 0));
  if (!self) return Value();
  auto* d = dialect(self);
  if (setChar("delimiter", &d->delimiter, a[1], ',', false) < 0 || setBool(&d->doubleQuote, a[2], true) < 0 ||
      setChar("escapechar", &d->escapeChar, a[3], kNoChar, true) < 0)
    return Value();
  if (a[4] && !isNone(a[4])) {
    if (!isStr(a[4])) return raise(TypeErrorType, "\"lineterminator\" must be a string");
    d->lineTerminator = newRef(a[4]);
  } else if (a[4]) {
    return raise(TypeErrorType, "lineterminator must be set");
  } else {
    d->lineTerminator = newStr("\r\n");
  }
  if (setChar("quotechar", &d->quoteChar, a[5], '"', true) < 0) return Value();
  int64_t quoting = kMinimal;
  if (a[6]) {
    if (!isInt(a[6])) return raise(TypeErrorType, "\"quoting\" must be an integer");
    quoting = toInt64(a[6]);
    if (quoting == -1 && errorSet()) return Value();
  }
  if (setBool(&d->skipInitialSpace, a[7], false) < 0 || setBool(&d->strict, a[8], false) < 0) return Value();
  if (quoting < kMinimal || quoting > kQuoteNone) return raise(TypeErrorType, "bad \"quoting\" value");
  if (a[5] && isNone(a[5]) && !a[6]) quoting = kQuoteNone;
  d->quoting = static_cast<int>(quoting);
  if (d->quoting != kQuoteNone && d->quoteChar == kNoChar) return raise(TypeErrorType, "quotechar must be set if quoting enabled");
  for (uint32_t c : {d->delimiter, d->escapeChar}) d->mark(c, kEndsField | kIsLookedAt);
  for (uint32_t c : {d->quoteChar, d->escapeChar}) d->mark(c, kEndsQuoted);
  for (uint32_t c : {'\n', '\r'}) d->mark(c, kEndsField);
  d->mark(d->quoteChar, kIsLookedAt);
  for (int64_t i = 0; i < asStr(d->lineTerminator)->length; ++i) d->mark(asStr(d->lineTerminator)->at(i), kIsLookedAt);
  return self.release();
}

Value charValue(uint32_t c) { return c == kNoChar ? newRef(none()) : newStrFromChar(c); }
Value getDelimiter(Value v, void*) { return charValue(dialect(v)->delimiter); }
Value getEscape(Value v, void*) { return charValue(dialect(v)->escapeChar); }
Value getQuote(Value v, void*) { return charValue(dialect(v)->quoteChar); }
Value getQuoting(Value v, void*) { return newInt(dialect(v)->quoting); }
Value getTerminator(Value v, void*) { return newRef(dialect(v)->lineTerminator); }
void dialectDealloc(Object* o) {
  clear(reinterpret_cast<DialectObject*>(o)->lineTerminator);
  freeObject(o);
}
Value noPickle(Value self, const Args&) { return raise(TypeErrorType, "cannot pickle '%.100T' instances", self); }
constinit const MethodDef dialectMethods[] = {{"__reduce__", noPickle}, {"__reduce_ex__", noPickle}, {}};
constinit const GetSetDef dialectGetSet[] = {
    {"delimiter", getDelimiter}, {"escapechar", getEscape}, {"quotechar", getQuote}, {"quoting", getQuoting}, {"lineterminator", getTerminator}, {},
};
constinit const MemberDef dialectMembers[] = {
    {"doublequote", MemberKind::Bool, offsetof(DialectObject, doubleQuote)},
    {"skipinitialspace", MemberKind::Bool, offsetof(DialectObject, skipInitialSpace)},
    {"strict", MemberKind::Bool, offsetof(DialectObject, strict)},
    {},
};
constinit Type dialectType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_csv.Dialect",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &dialectType, .size = sizeof(DialectObject)},
    .dealloc = dialectDealloc,
    .construct = dialectConstruct,
    .methods = dialectMethods,
    .getset = dialectGetSet,
    .members = dialectMembers,
};

/// A Dialect from `(dialect=…, **options)` of reader, writer and register_dialect.
Value makeDialect(Value base, const Args& args) {
  std::vector<Value> values;
  if (base) values.push_back(base);
  size_t positional = values.size();
  for (size_t i = 0; i < args.nameCount(); ++i) values.push_back(args.values[args.count + i]);
  return call(asValue(&dialectType), Args{values.data(), positional, args.names});
}

/// CPython's words name no function here.
bool isCountRight(const Args& args) {
  if (args.count >= 1 && args.count <= 2) return true;
  raise(TypeErrorType, args.count ? " expected at most 2 arguments, got %zd" : " expected at least 1 argument, got %zd", args.count);
  return false;
}

// ---- reader ------------------------------------------------------------------------------------

enum class State : uint8_t { StartRecord, StartField, Escaped, InField, InQuoted, EscapedInQuoted, QuoteInQuoted, EatNewline, AfterEscapedNewline };

struct ReaderObject {
  Object header;
  Value input, dialect, fields;
  int64_t lineNumber;
  State state;
  bool numeric;
  std::vector<uint32_t>* field;
};
ReaderObject* reader(Value v) { return v.as<ReaderObject>(); }

int32_t saveField(ReaderObject* r) {
  Ref text(newStrFromUcs4(r->field->data(), r->field->size()));
  r->field->clear();
  if (!text) return -1;
  if (r->numeric) {
    r->numeric = false;
    text.reset(floatFromText(text));
    if (!text) return -1;
  }
  return listAppend(r->fields, text);
}
int32_t addChar(ReaderObject* r, uint32_t c) {
  if (static_cast<int64_t>(r->field->size()) >= fieldLimit) {
    Ref limit(newInt(fieldLimit));
    raiseCsv("field larger than field limit (%S)", limit);
    return -1;
  }
  r->field->push_back(c);
  return 0;
}

constexpr uint32_t kEndOfLine = 0xfffffffe;

int32_t processChar(ReaderObject* r, uint32_t c) {
  auto* d = dialect(r->dialect);
  bool lineEnd = c == '\n' || c == '\r' || c == kEndOfLine;
  auto after = [&] { return c == kEndOfLine ? State::StartRecord : State::EatNewline; };
  switch (r->state) {
  case State::StartRecord:
    if (c == kEndOfLine) return 0;
    if (lineEnd) {
      r->state = State::EatNewline;
      return 0;
    }
    r->state = State::StartField;
    [[fallthrough]];
  case State::StartField:
    if (lineEnd) {
      if (saveField(r) < 0) return -1;
      r->state = after();
    } else if (c == d->quoteChar && d->quoting != kQuoteNone) {
      r->state = State::InQuoted;
    } else if (c == d->escapeChar) {
      r->state = State::Escaped;
    } else if (c == ' ' && d->skipInitialSpace) {
      return 0;
    } else if (c == d->delimiter) {
      return saveField(r);
    } else {
      if (d->quoting == kNonNumeric) r->numeric = true;
      if (addChar(r, c) < 0) return -1;
      r->state = State::InField;
    }
    return 0;
  case State::Escaped:
    if (c == '\n' || c == '\r') {
      if (addChar(r, c) < 0) return -1;
      r->state = State::AfterEscapedNewline;
      return 0;
    }
    if (addChar(r, c == kEndOfLine ? '\n' : c) < 0) return -1;
    r->state = State::InField;
    return 0;
  case State::AfterEscapedNewline:
    if (c == kEndOfLine) return 0;
    [[fallthrough]];
  case State::InField:
    if (lineEnd) {
      if (saveField(r) < 0) return -1;
      r->state = after();
    } else if (c == d->escapeChar) {
      r->state = State::Escaped;
    } else if (c == d->delimiter) {
      if (saveField(r) < 0) return -1;
      r->state = State::StartField;
    } else {
      return addChar(r, c);
    }
    return 0;
  case State::InQuoted:
    if (c == kEndOfLine) return 0;
    if (c == d->escapeChar) r->state = State::EscapedInQuoted;
    else if (c == d->quoteChar && d->quoting != kQuoteNone) r->state = d->doubleQuote ? State::QuoteInQuoted : State::InField;
    else return addChar(r, c);
    return 0;
  case State::EscapedInQuoted:
    if (addChar(r, c == kEndOfLine ? '\n' : c) < 0) return -1;
    r->state = State::InQuoted;
    return 0;
  case State::QuoteInQuoted:
    if (d->quoting != kQuoteNone && c == d->quoteChar) {
      if (addChar(r, c) < 0) return -1;
      r->state = State::InQuoted;
    } else if (c == d->delimiter) {
      if (saveField(r) < 0) return -1;
      r->state = State::StartField;
    } else if (lineEnd) {
      if (saveField(r) < 0) return -1;
      r->state = after();
    } else if (!d->strict) {
      if (addChar(r, c) < 0) return -1;
      r->state = State::InField;
    } else {
      Ref delimiter(newStrFromChar(d->delimiter)), quote(newStrFromChar(d->quoteChar));
      Ref text(formatText("'%U' expected after '%U'", delimiter.get(), quote.get()));
      if (text) raiseCsv("%U", text);
      return -1;
    }
    return 0;
  case State::EatNewline:
    if (c == '\n' || c == '\r') return 0;
    if (c == kEndOfLine) {
      r->state = State::StartRecord;
      return 0;
    }
    raiseCsv("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?");
    return -1;
  }
  return 0;
}

/// Whether nothing but the end of a line is left.
bool isLineEnd(const uint8_t* p, int64_t i, int64_t n) {
  if (i < n && p[i] == '\r') ++i;
  else if (i == n) return true;
  return i == n || (i == n - 1 && p[i] == '\n');
}
/// Where the quote stands that ends a field, if there is nothing special before it; else a place behind the line.
int64_t endOfQuoted(const DialectObject* d, const uint8_t* p, int64_t i, int64_t n) {
  i = d->find(kEndsQuoted, p, i, n);
  return i < n && p[i] == d->quoteChar && d->quoteChar != d->escapeChar ? i : n + 1;
}
/// Fields of a line of one-byte characters, from `i` where a field begins, each made of its part of the line. Goes on to what the state machine
/// has to look at: escapes, line ends, quotes but at both ends of a field; r->state tells whether the record ends with the line. -1: error.
int64_t plainFields(ReaderObject* r, const uint8_t* p, int64_t i, int64_t n) {
  const auto* d = dialect(r->dialect);
  if (d->quoting == kNonNumeric || d->delimiter == d->escapeChar || d->delimiter == d->quoteChar || d->delimiter == '\n' || d->delimiter == '\r') return i;
  while (i < n) {
    const bool isQuoted = p[i] == d->quoteChar;
    if ((isQuoted && d->quoting == kQuoteNone) || (p[i] == ' ' && d->skipInitialSpace)) return i;
    const int64_t from = i + isQuoted;
    const int64_t to = isQuoted ? endOfQuoted(d, p, from, n) : d->find(kEndsField, p, from, n), end = to + isQuoted;
    // An empty field waits for what follows it at the end of a line.
    const bool isLast = end > i && isLineEnd(p, end, n);
    if (to > n || !(isLast || (end < n && p[end] == d->delimiter)) || to - from > fieldLimit) return i;
    Ref text(newStrLatin1(p + from, static_cast<size_t>(to - from)));
    if (!text || krt_list_append(r->fields, text.release()) < 0) return -1;
    r->state = isLast ? State::StartRecord : State::StartField;
    if (isLast) return n;
    i = end + 1;
  }
  return i;
}
/// What stands between quotes or up to the next delimiter is added at once. The new position; -1: error.
int64_t plainChars(ReaderObject* r, const uint8_t* p, int64_t i, int64_t n) {
  const auto* d = dialect(r->dialect);
  const int64_t end = d->find(r->state == State::InQuoted ? kEndsQuoted : kEndsField, p, i, n);
  if (end - i + static_cast<int64_t>(r->field->size()) > fieldLimit) return i;
  r->field->insert(r->field->end(), p + i, p + end);
  return end;
}
int32_t processLine(ReaderObject* r, const StrObject* s) {
  const int64_t n = s->length;
  for (int64_t i = 0; i < n; ++i) {
    if (s->kind == 1) {
      if (r->state == State::StartRecord || r->state == State::StartField) i = plainFields(r, s->data(), i, n);
      else if (r->state == State::InField || r->state == State::InQuoted) i = plainChars(r, s->data(), i, n);
      if (i < 0) return -1;
      if (i == n && r->state == State::StartRecord) return 0; // all of it is done
      if (i == n) break;
    }
    if (processChar(r, s->at(i)) < 0) return -1;
  }
  return processChar(r, kEndOfLine);
}

Value readerNext(Value self) {
  auto* r = reader(self);
  if (!r->input) return raise(TypeErrorType, "the reader has no input: make it by csv.reader()"); // CPython crashes
  r->field->clear();
  r->numeric = false;
  r->state = State::StartRecord;
  assign(r->fields, newList(0));
  if (!r->fields) return Value();
  do {
    Ref line(next(r->input));
    if (!line) {
      if (errorSet()) return Value();
      // The input ended inside a record.
      if (!r->field->empty() || r->state == State::InQuoted) {
        if (dialect(r->dialect)->strict) return raiseCsv("unexpected end of data");
        if (saveField(r) < 0) return Value();
        break;
      }
      return Value();
    }
    if (!isStr(line))
      return raise(*errorType, "iterator should return strings, not %.200T (the file should be opened in text mode)", line.get());
    ++r->lineNumber;
    if (processLine(r, asStr(line)) < 0) return Value();
  } while (r->state != State::StartRecord);
  Value fields = r->fields;
  r->fields = Value();
  return fields;
}
Value selfIter(Value self) { return newRef(self); }
int readerTraverse(Object* o, Visit visit, void* c) {
  auto* r = reinterpret_cast<ReaderObject*>(o);
  for (Value v : {r->input, r->dialect, r->fields})
    if (int stop = visit(v, c)) return stop;
  return 0;
}
void readerClear(Object* o) {
  auto* r = reinterpret_cast<ReaderObject*>(o);
  clear(r->input);
  clear(r->dialect);
  clear(r->fields);
}
void readerDealloc(Object* o) {
  gcUntrack(o);
  readerClear(o);
  delete reinterpret_cast<ReaderObject*>(o)->field;
  freeObject(o);
}
constinit const MemberDef readerMembers[] = {
    {"dialect", MemberKind::Object, offsetof(ReaderObject, dialect), true},
    {"line_num", MemberKind::Int64, offsetof(ReaderObject, lineNumber), true},
    {},
};
constinit Type readerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_csv.reader",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &readerType, .size = sizeof(ReaderObject), .flags = kLayoutGc},
    .dealloc = readerDealloc,
    .traverse = readerTraverse,
    .clear = readerClear,
    .iter = selfIter,
    .next = readerNext,
    .construct = objectNew,
    .members = readerMembers,
};

Value readerFunction(Value, const Args& args) {
  if (!isCountRight(args)) return Value();
  Ref input(iterate(args[0]));
  Ref d(input ? makeDialect(args.count > 1 ? args[1] : Value(), args) : Value());
  if (!d) return Value();
  Object* o = newObject(&readerType.instanceLayout);
  if (!o) return Value();
  auto* r = reinterpret_cast<ReaderObject*>(o);
  r->field = new std::vector<uint32_t>();
  r->input = input.release();
  r->dialect = d.release();
  gcTrack(o);
  return Value(o);
}

// ---- writer ------------------------------------------------------------------------------------

struct WriterObject { Object header; Value write, dialect; };
WriterObject* writer(Value v) { return v.as<WriterObject>(); }

/// Appends one field; `quoted` says that it must be. -1: Error.
int32_t appendField(StrBuilder& out, DialectObject* d, Value text, bool quoted) {
  StrObject* s = asStr(text);
  if (s->kind == 1 && d->find(kIsLookedAt, s->data(), 0, s->length) == s->length) {
    if (quoted) out.add(d->quoteChar);
    out.add(text);
    if (quoted) out.add(d->quoteChar);
    return 0;
  }
  StrBuilder body;
  for (int64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i);
    bool inTerminator = false;
    for (int64_t k = 0; k < asStr(d->lineTerminator)->length; ++k) inTerminator = inTerminator || asStr(d->lineTerminator)->at(k) == c;
    if (c == d->delimiter || c == d->escapeChar || c == d->quoteChar || inTerminator) {
      bool escape = false;
      if (d->quoting == kQuoteNone) {
        escape = true;
      } else {
        if (c == d->quoteChar) {
          if (d->doubleQuote) body.add(d->quoteChar);
          else escape = true;
        } else if (c == d->escapeChar) {
          escape = true;
        }
        if (!escape) quoted = true;
      }
      if (escape) {
        if (d->escapeChar == kNoChar) return raiseCsv("need to escape, but no escapechar set"), -1;
        body.add(d->escapeChar);
      }
    }
    body.add(c);
  }
  if (quoted) out.add(d->quoteChar);
  Ref all(body.take());
  if (!all) return -1;
  out.add(all.get());
  if (quoted) out.add(d->quoteChar);
  return 0;
}

Value writerowMethod(Value self, Value row) {
  auto* w = writer(self);
  if (!w->write) return raise(TypeErrorType, "the writer has no output: make it by csv.writer()"); // likewise
  auto* d = dialect(w->dialect);
  Items fields(row);
  if (!fields) {
    if (!errorMatches(TypeErrorType)) return Value();
    errorClear();
    return raise(*errorType, "iterable expected, not %.200T", row);
  }
  StrBuilder line;
  int64_t count = 0;
  bool onlyEmpty = false;
  for (;;) {
    Ref field(fields.next());
    if (!field) break;
    bool quoted = d->quoting == kAll || (d->quoting == kNonNumeric && !(isInt(field) || isFloat(field) || (readyTypeOf(field)->number && readyTypeOf(field)->number->toFloat)));
    if (count) line.add(d->delimiter);
    Ref text(isStr(field) ? newRef(field) : isNone(field) ? newRef(emptyStr()) : str(field));
    if (!text) return Value();
    if (asStr(text)->length == 0 && quoted && d->quoting == kQuoteNone) return raiseCsv("single empty field record must be quoted");
    onlyEmpty = count == 0 && asStr(text)->length == 0 && !quoted;
    if (appendField(line, d, text, quoted) < 0) return Value();
    ++count;
  }
  if (errorSet()) return Value();
  if (count == 1 && onlyEmpty) {
    if (d->quoting == kQuoteNone) return raiseCsv("single empty field record must be quoted");
    line.add(d->quoteChar);
    line.add(d->quoteChar);
  }
  line.add(d->lineTerminator);
  Ref text(line.take());
  return text ? call(w->write, {text.get()}) : Value();
}
Value writerowsMethod(Value self, Value rows) {
  Items items(rows);
  if (!items) return Value();
  for (;;) {
    Ref row(items.next());
    if (!row) return errorSet() ? Value() : newRef(none());
    Ref r(writerowMethod(self, row));
    if (!r) return Value();
  }
}
int writerTraverse(Object* o, Visit visit, void* c) {
  auto* w = reinterpret_cast<WriterObject*>(o);
  if (int stop = visit(w->write, c)) return stop;
  return visit(w->dialect, c);
}
void writerClear(Object* o) {
  clear(reinterpret_cast<WriterObject*>(o)->write);
  clear(reinterpret_cast<WriterObject*>(o)->dialect);
}
void writerDealloc(Object* o) {
  gcUntrack(o);
  writerClear(o);
  freeObject(o);
}
constinit const MethodDef writerMethods[] = {{"writerow", writerowMethod, "($self, row, /)", kMethodUnsigned}, {"writerows", writerowsMethod, "($self, rows, /)", kMethodUnsigned}, {}};
constinit const MemberDef writerMembers[] = {{"dialect", MemberKind::Object, offsetof(WriterObject, dialect), true}, {}};
constinit Type writerType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_csv.writer",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule,
    .instanceLayout = {.type = &writerType, .size = sizeof(WriterObject), .flags = kLayoutGc},
    .dealloc = writerDealloc,
    .traverse = writerTraverse,
    .clear = writerClear,
    .construct = objectNew,
    .methods = writerMethods,
    .members = writerMembers,
};

Value writerFunction(Value, const Args& args) {
  if (!isCountRight(args)) return Value();
  Ref write(getAttrOptional(args[0], NAME(write)));
  if (!write || !isCallable(write)) return errorSet() ? Value() : raise(TypeErrorType, "argument 1 must have a \"write\" method");
  Ref d(makeDialect(args.count > 1 ? args[1] : Value(), args));
  if (!d) return Value();
  Object* o = newObject(&writerType.instanceLayout);
  if (!o) return Value();
  auto* w = reinterpret_cast<WriterObject*>(o);
  w->write = write.release();
  w->dialect = d.release();
  gcTrack(o);
  return Value(o);
}

// ---- the registry ------------------------------------------------------------------------------

Value registerFunction(Value, const Args& args) {
  if (!isCountRight(args)) return Value();
  if (!isStr(args[0])) return raise(TypeErrorType, "dialect name must be a string");
  Ref d(makeDialect(args.count > 1 ? args[1] : Value(), args));
  return d && dictSet(dialects, args[0], d) == 0 ? newRef(none()) : Value();
}
Value unregisterFunction(Value, Value name) {
  int32_t r = dictDeleteIfPresent(dialects, name);
  return r < 0 ? Value() : r ? newRef(none()) : raiseCsv("unknown dialect");
}
Value getFunction(Value, Value name) { return registered(name); }
Value listFunction(Value) { return dictKeysList(dialects); }
Value limitFunction(Value, const Args& args) {
  if (!countArgumentsOld("field_size_limit", args, 0, 1)) return Value();
  Ref old(newInt(fieldLimit));
  if (args.count) {
    if (!isInt(args[0])) return raise(TypeErrorType, "limit must be an integer");
    int64_t n = toInt64(args[0]);
    if (n == -1 && errorSet()) return Value();
    fieldLimit = n;
  }
  return old.release();
}

constinit const MethodDef functions[] = {
    {"reader", readerFunction},
    {"writer", writerFunction},
    {"register_dialect", registerFunction},
    {"unregister_dialect", unregisterFunction, "($module, /, name)"},
    {"get_dialect", getFunction, "($module, /, name)"},
    {"list_dialects", listFunction, "($module, /)"},
    {"field_size_limit", limitFunction},
    {},
};

int execute(Value module) {
  errorType = addModuleException(module, "_csv", "Error", ExceptionType, Referable::No);
  dialects = newDict();
  if (!errorType || !dialects || moduleAdd(module, "_dialects", newRef(dialects)) < 0 ||
      moduleAdd(module, "__version__", newStr("1.0")) < 0 || moduleAddType(module, &dialectType) < 0 ||
      moduleAdd(module, "Reader", newRef(asValue(&readerType))) < 0 || moduleAdd(module, "Writer", newRef(asValue(&writerType))) < 0)
    return -1;
  static const char* const names[] = {"QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE"};
  for (int i = 0; i < 4; ++i)
    if (moduleAdd(module, names[i], Value::ofSmallInt(i)) < 0) return -1;
  return 0;
}

} // namespace

extern "C" constinit const NativeModule krt_module_csv = {"_csv", functions, execute};

} // namespace krait
