// StringIO: a text stream over an array of code points, as wide as the widest that was written.
#include <cstring>

#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/str_data.h"
#include "runtime/types/str_search.h"

namespace krait::io {

namespace {

StringIoObject* self_(Value v) { return v.as<StringIoObject>(); }
int32_t checkOpen(StringIoObject* s) {
  if (!s->ok) return fail(ValueErrorType, "I/O operation on uninitialized object");
  return s->closed ? fail(ValueErrorType, "I/O operation on closed file") : 0; // without the other streams' full stop
}

/// Calls f with a typed pointer to the text.
template <class F> decltype(auto) withText(const StringIoObject* s, F&& f) {
  switch (s->kind) {
  case 1: return f(static_cast<const uint8_t*>(s->text));
  case 2: return f(static_cast<const uint16_t*>(s->text));
  default: return f(static_cast<const uint32_t*>(s->text));
  }
}

/// The position may be anywhere; there is only an address of it where something is read.
Value slice(StringIoObject* s, int64_t from, int64_t n) {
  return withText(s, [&](auto* p) { return n > 0 ? newStrFrom(p + from, static_cast<size_t>(n)) : newStrFrom(p, size_t{0}); });
}

/// Makes room for `need` code points of width `kind`; what is there stays.
int32_t reserve(StringIoObject* s, int64_t need, uint8_t kind) {
  if (need <= s->capacity && kind <= s->kind) return 0;
  const int64_t want = need <= s->capacity ? s->capacity : std::max(need, s->capacity + s->capacity / 2 + 64);
  if (kind <= s->kind || !s->text) {
    kind = std::max(kind, s->kind);
    void* larger = reallocate(s->text, static_cast<size_t>(want) * kind);
    if (!larger) return -1;
    s->text = larger;
  } else {
    auto* wider = static_cast<uint8_t*>(allocate(static_cast<size_t>(want) * kind));
    if (!wider) return -1;
    withText(s, [&](auto* p) {
      const auto n = static_cast<size_t>(s->size);
      if (kind == 2) copyWiden(reinterpret_cast<uint16_t*>(wider), p, n);
      else copyWiden(reinterpret_cast<uint32_t*>(wider), p, n);
    });
    deallocate(s->text);
    s->text = wider;
  }
  s->capacity = want;
  s->kind = kind;
  return 0;
}

int32_t writeText(StringIoObject* s, Value text) {
  // Reading rules apply on the way in: with newline=None all line ends become \n.
  Ref decoded;
  bool pending = false;
  if (s->newlines.universal) decoded.reset(translateNewlines(text, s->newlines.translate, &pending, true, &s->newlines.seen));
  else decoded = Ref::share(text);
  if (!decoded) return -1;
  StrObject* t = asStr(decoded);
  bool expand = !s->newlines.universal && s->newlines.write[0] != '\n';
  int64_t extra = 0;
  size_t endSize = strlen(s->newlines.write);
  if (expand)
    for (int64_t i = 0; i < t->length; ++i) extra += t->at(i) == '\n' ? static_cast<int64_t>(endSize) - 1 : 0;
  int64_t n = t->length + extra;
  constexpr int64_t kLongest = INT64_MAX / int64_t{2 * sizeof(uint32_t)};
  if (n > kLongest - s->position) return fail(OverflowErrorType, "new position too large");
  const int64_t need = s->position + n;
  if (reserve(s, need, t->kind) < 0) return -1;
  auto* data = static_cast<uint8_t*>(s->text);
  if (s->position > s->size) memset(data + s->size * s->kind, 0, static_cast<size_t>((s->position - s->size) * s->kind));
  if (!expand) copyChars(data, s->kind, s->position, t, 0, n);
  for (int64_t i = 0, at = s->position; expand && i < t->length; ++i) {
    uint32_t c = t->at(i);
    if (c == '\n')
      for (size_t k = 0; k < endSize; ++k) putChar(data, s->kind, at++, static_cast<uint8_t>(s->newlines.write[k]));
    else putChar(data, s->kind, at++, c);
  }
  s->position += n;
  s->size = std::max(s->size, s->position);
  return 0;
}

Value writeMethod(Value self, Value text) {
  auto* s = self_(self);
  if (!s->ok && checkOpen(s) < 0) return Value();
  if (!isStr(text)) return raise(TypeErrorType, "string argument expected, got '%.200T'", text);
  if (checkOpen(s) < 0) return Value();
  int64_t n = asStr(text)->length;
  return n && writeText(s, text) < 0 ? Value() : newInt(n);
}

Value readMethod(Value self, const Value* argv) {
  auto* s = self_(self);
  int64_t n;
  if (checkOpen(s) < 0 || !optionalSizeArgument(argv[0], &n)) return Value();
  int64_t left = std::max<int64_t>(s->size - s->position, 0);
  if (n < 0 || n > left) n = left;
  Value r = slice(s, s->position, n);
  if (r) s->position += n;
  return r;
}

/// Whether nothing but a line feed ends a line.
inline bool endAtLineFeeds(const Newlines& nl) { return nl.translate || (!nl.universal && nl.write[0] == '\n'); }

/// How many of the `left` code points from `p` make a line.
template <class C> int64_t lineLength(const C* p, int64_t left, const Newlines& nl) {
  if (endAtLineFeeds(nl)) {
    const int64_t at = search::findChar<C>(p, left, '\n');
    return at >= 0 ? at + 1 : left;
  }
  for (int64_t i = 0; i < left; ++i) {
    bool crlf = p[i] == '\r' && i + 1 < left && p[i + 1] == '\n';
    bool ends = nl.universal ? p[i] == '\n' || p[i] == '\r' : nl.write[1] ? crlf : p[i] == '\r';
    if (!ends) continue;
    bool two = crlf && (nl.universal || nl.write[1]);
    return i + 1 + two;
  }
  return left;
}

Value readLine(StringIoObject* s, int64_t limit) {
  int64_t left = std::max<int64_t>(s->size - s->position, 0);
  if (limit >= 0) left = std::min(left, limit);
  const int64_t n = left ? withText(s, [&](auto* p) { return lineLength(p + s->position, left, s->newlines); }) : 0;
  Value r = slice(s, s->position, n);
  if (r) s->position += n;
  return r;
}
Value readlineMethod(Value self, const Value* argv) {
  int64_t n;
  if (checkOpen(self_(self)) < 0 || !optionalSizeArgument(argv[0], &n)) return Value();
  return readLine(self_(self), n);
}
[[gnu::noinline]] Value nextLineAnyhow(Value self) {
  auto* s = self_(self);
  if (checkOpen(s) < 0) return Value();
  if (!isExact(self, stringIoType)) {
    Ref line(callMethod(self, NAME(readline)));
    if (!line) return Value();
    if (!isStr(line)) return raise(OSErrorType, "readline() should have returned a str object, not '%.200T'", line.get());
    return asStr(line)->length ? line.release() : Value();
  }
  return s->position < s->size ? readLine(s, -1) : Value();
}
Value nextLine(Value self) {
  auto* s = self_(self);
  const bool isPlain = s->ok && !s->closed && s->kind == 1 && s->position < s->size && endAtLineFeeds(s->newlines);
  if (!isPlain || !isExact(self, stringIoType)) return nextLineAnyhow(self);
  const auto* from = static_cast<const uint8_t*>(s->text) + s->position;
  const int64_t n = lineLength(from, s->size - s->position, s->newlines);
  const Value line = newStrFrom(from, static_cast<size_t>(n));
  if (line) s->position += n;
  return line;
}

Value seekMethod(Value self, const Value* argv) {
  auto* s = self_(self);
  if (checkOpen(s) < 0) return Value();
  int64_t to = toSize(argv[0]);
  if (to == -1 && errorSet()) return Value();
  int64_t whence = argv[1] ? toInt64(argv[1]) : 0;
  if (whence == -1 && errorSet()) return Value();
  if (whence < 0 || whence > 2) return raise(ValueErrorType, "Invalid whence (%d, should be 0, 1 or 2)", static_cast<int>(whence));
  if (whence == 0 && to < 0) return raise(ValueErrorType, "Negative seek position %lld", static_cast<long long>(to));
  if (whence != 0 && to != 0) return raise(OSErrorType, "Can't do nonzero cur-relative seeks");
  s->position = whence == 1 ? s->position : whence == 2 ? s->size : to;
  return newInt(s->position);
}
Value tellMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : newInt(self_(self)->position); }
Value truncateMethod(Value self, const Value* argv) {
  auto* s = self_(self);
  if (checkOpen(s) < 0) return Value();
  int64_t n = s->position;
  if (argv[0] && !isNone(argv[0]) && !optionalSizeArgument(argv[0], &n)) return Value();
  if (n < 0) return raise(ValueErrorType, "Negative size value %lld", static_cast<long long>(n));
  s->size = std::min(s->size, n);
  return newInt(n);
}
Value getvalueMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : slice(self_(self), 0, self_(self)->size); }
Value closeMethod(Value self) {
  auto* s = self_(self);
  s->closed = true;
  deallocate(s->text);
  s->text = nullptr;
  s->size = s->capacity = 0;
  return newRef(none());
}
Value trueMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(true); }

Value getstateMethod(Value self) {
  auto* s = self_(self);
  Ref content(getvalueMethod(self)), position(newInt(s->position));
  Ref copy(s->dict ? dictCopy(s->dict) : newRef(none()));
  if (!content || !copy) return Value();
  return newTuple({content.get(), s->newlineArgument ? s->newlineArgument : none(), position.get(), copy.get()});
}

int32_t initialise(Value self, Value initial, Value newline) {
  auto* s = self_(self);
  s->ok = false;
  if (newline && !isNone(newline) && !isStr(newline))
    return fail(TypeErrorType, "newline must be str or None, not %.200T", newline);
  if (parseNewline(newline, &s->newlines, /*quotes=*/true) < 0) return -1;
  if (initial && !isNone(initial) && !isStr(initial))
    return fail(TypeErrorType, "initial_value must be str or None, not %.200T", initial);
  assign(s->newlineArgument, newRef(newline ? newline : none()));
  s->size = s->position = 0;
  s->closed = false;
  s->ok = true;
  if (initial && !isNone(initial) && asStr(initial)->length) {
    if (writeText(s, initial) < 0) return -1;
    s->position = 0;
  }
  return 0;
}

Value setstateMethod(Value self, Value state) {
  auto* s = self_(self);
  if (s->closed) return raise(ValueErrorType, "I/O operation on closed file");
  if (!isTuple(state) || asTuple(state)->size < 4)
    return raise(TypeErrorType, "%.200T.__setstate__ argument should be 4-tuple, got %.200T", self, state);
  Value* item = asTuple(state)->items;
  if (!isStr(item[0]) && !isNone(item[0]))
    return raise(TypeErrorType, "initial_value must be str or None, not %.200T", item[0]);
  // What __init__ sees of line ends counts, but the text is stored as it was: no second translation.
  if (initialise(self, item[0], item[1]) < 0) return Value();
  s->size = 0;
  Newlines kept = s->newlines;
  s->newlines = {.universal = false, .translate = false, .write = "\n"};
  if (isStr(item[0]) && writeText(s, item[0]) < 0) return Value();
  s->newlines = kept;
  Value at = item[2];
  if (!isInt(at)) return raise(TypeErrorType, "third item of state must be an integer, got %.200T", at);
  int64_t position = toSize(at);
  if (position == -1 && errorSet()) return Value();
  if (position < 0) return raise(ValueErrorType, "position value cannot be negative");
  s->position = position;
  if (!isNone(item[3])) {
    if (!isDict(item[3]))
      return raise(TypeErrorType, "fourth item of state should be a dict, got a %.200T", item[3]);
    Value mine = instanceDict(self.object());
    if (!mine || dictMerge(mine, item[3], 1) < 0) return Value();
  }
  return newRef(none());
}

Value getClosed(Value self, void*) {
  return self_(self)->ok ? boolean(self_(self)->closed) : raise(ValueErrorType, "I/O operation on uninitialized object");
}
Value getLineBuffering(Value self, void*) { return checkOpen(self_(self)) < 0 ? Value() : boolean(false); }
Value getNewlines(Value self, void*) {
  auto* s = self_(self);
  if (checkOpen(s) < 0) return Value();
  return s->newlines.universal ? newlinesSeen(s->newlines.seen) : newRef(none());
}

Value construct(Type* t, const Args&) {
  Value o = allocateOf(t, 0);
  if (!o) return Value();
  self_(o)->kind = 1;
  self_(o)->newlines = Newlines{};
  gcTrack(o.object());
  return o;
}
int32_t init(Value self, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("StringIO", "(initial_value='', newline='\\n')", args, argv, 2, holder) < 0) return -1;
  if (argv[1]) return initialise(self, argv[0], argv[1]);
  Ref newline(newStr("\n"));
  return newline ? initialise(self, argv[0], newline) : -1;
}
int traverse(Object* o, Visit visit, void* context) {
  return ioTraverse(o, visit, context);
}
void dealloc(Object* o) {
  gcUntrack(o);
  auto* s = reinterpret_cast<StringIoObject*>(o);
  if (s->weakrefs) clearWeakrefs(o);
  clear(s->dict);
  clear(s->newlineArgument);
  deallocate(s->text);
  freeObject(o);
}

constinit const MethodDef methods[] = {
    {"getvalue", getvalueMethod, "($self, /)"},
    {"read", readMethod, "($self, size=-1, /)"},
    {"readline", readlineMethod, "($self, size=-1, /)"},
    {"tell", tellMethod, "($self, /)"},
    {"truncate", truncateMethod, "($self, pos=None, /)"},
    {"seek", seekMethod, "($self, pos, whence=0, /)"},
    {"write", writeMethod, "($self, s, /)"},
    {"close", closeMethod, "($self, /)"},
    {"readable", trueMethod, "($self, /)"},
    {"writable", trueMethod, "($self, /)"},
    {"seekable", trueMethod, "($self, /)"},
    {"__getstate__", getstateMethod},
    {"__setstate__", setstateMethod},
    {},
};
constinit const GetSetDef getset[] = {
    {"closed", getClosed}, {"newlines", getNewlines}, {"line_buffering", getLineBuffering}, {},
};

} // namespace

bool stringIoJoins(Value stream) { return endAtLineFeeds(self_(stream)->newlines) && !self_(stream)->newlines.universal; }
int32_t stringIoWrite(Value stream, Value text) {
  if (checkOpen(self_(stream)) < 0) return -1;
  return asStr(text)->length ? writeText(self_(stream), text) : 0;
}

constinit Type stringIoType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_io.StringIO",
    .base = &textIoBaseType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &stringIoType, .size = sizeof(StringIoObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(IoObject, dict), .weakOffset = offsetof(IoObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = ioClear,
    .next = nextLine,
    .init = init,
    .construct = construct,
    .methods = methods,
    .getset = getset,
    .constructorSignature = "(initial_value='', newline='\\n')",
};

} // namespace krait::io
