// Line ends: the newline argument, translation of decoded text, finding the end
// of a line; and IncrementalNewlineDecoder.
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/object/names.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::io {

int32_t parseNewline(Value argument, Newlines* out, bool quotes) {
  *out = Newlines{};
  if (!argument || isNone(argument)) return 0;
  if (!isStr(argument)) return fail(TypeErrorType, "newline must be str or None, not %.200T", argument);
  if (asStr(argument)->length == 0) {
    out->translate = false;
    return 0;
  }
  out->universal = out->translate = false;
  if (strEqual(argument, "\n")) out->write = "\n";
  else if (strEqual(argument, "\r")) out->write = "\r";
  else if (strEqual(argument, "\r\n")) out->write = "\r\n";
  else return fail(ValueErrorType, quotes ? "illegal newline value: %R" : "illegal newline value: %S", argument);
  return 0;
}

Value newlinesSeen(uint8_t seen) {
  static const char* const texts[] = {"\n", "\r", "\r\n"};
  Ref parts[3];
  int n = 0;
  // CPython lists them in the order \r, \n, \r\n.
  for (int bit : {1, 0, 2})
    if (seen >> bit & 1) {
      parts[n].reset(newStr(texts[bit]));
      if (!parts[n++]) return Value();
    }
  if (n == 0) return newRef(none());
  if (n == 1) return parts[0].release();
  return n == 2 ? newTuple({parts[0].get(), parts[1].get()}) : newTuple({parts[0].get(), parts[1].get(), parts[2].get()});
}

/// Where `wanted`, an ASCII character, is at or after `from`; -1: nowhere.
static int64_t findAscii(const StrObject* s, int64_t from, char wanted) {
  if (s->kind == 1) {
    const void* at = std::memchr(s->data() + from, wanted, static_cast<size_t>(s->length - from));
    return at ? static_cast<const char*>(at) - reinterpret_cast<const char*>(s->data()) : -1;
  }
  for (int64_t i = from; i < s->length; ++i)
    if (s->at(i) == static_cast<uint32_t>(wanted)) return i;
  return -1;
}

Value translateNewlines(Value text, bool translate, bool* pendingCr, bool final, uint8_t* seen) {
  StrObject* s = asStr(text);
  int64_t n = s->length;
  bool carried = *pendingCr && (n > 0 || final);
  if (!carried && findAscii(s, 0, '\r') < 0) {
    if (!(*seen & kSeenLf) && findAscii(s, 0, '\n') >= 0) *seen |= kSeenLf;
    return newRef(text);
  }
  StrBuilder out;
  int64_t i = 0;
  auto carriageReturn = [&](bool newlineFollows) {
    *seen |= newlineFollows ? kSeenCrLf : kSeenCr;
    if (translate) out.add('\n');
    else if (newlineFollows) out.addAscii("\r\n");
    else out.add('\r');
  };
  if (carried) {
    bool pair = n > 0 && s->at(0) == '\n';
    carriageReturn(pair);
    i = pair;
    *pendingCr = false;
  }
  for (; i < n; ++i) {
    uint32_t c = s->at(i);
    if (c == '\r') {
      if (i + 1 == n && !final) {
        *pendingCr = true;
        break;
      }
      bool pair = i + 1 < n && s->at(i + 1) == '\n';
      carriageReturn(pair);
      i += pair;
    } else {
      if (c == '\n') *seen |= kSeenLf;
      out.add(c);
    }
  }
  return out.take();
}

int64_t findLineEnd(Value text, int64_t from, const Newlines& n) {
  StrObject* s = asStr(text);
  if (n.translate || (!n.universal && n.write[0] == '\n')) {
    int64_t at = findAscii(s, from, '\n');
    return at < 0 ? -1 : at + 1;
  }
  for (int64_t i = from; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (n.universal) {
      if (c == '\n') return i + 1;
      if (c == '\r') return i + 1 < s->length && s->at(i + 1) == '\n' ? i + 2 : i + 1;
    } else if (n.write[1] == 0) {
      if (c == static_cast<uint8_t>(n.write[0])) return i + 1;
    } else if (c == '\r' && i + 1 < s->length && s->at(i + 1) == '\n') {
      return i + 2;
    }
  }
  return -1;
}

// ---- IncrementalNewlineDecoder -----------------------------------------------------------------

namespace {

NewlineDecoderObject* self_(Value v) { return v.as<NewlineDecoderObject>(); }

/// Null with ValueError before __init__.
NewlineDecoderObject* ready(Value v) {
  if (self_(v)->decoder) return self_(v);
  raise(ValueErrorType, "IncrementalNewlineDecoder.__init__() not called");
  return nullptr;
}

int32_t init(Value self, const Args& args) {
  Value argv[3];
  Ref holder[2];
  if (bindArguments("IncrementalNewlineDecoder", "(decoder, translate, errors='strict')", args, argv, 3, holder) < 0) return -1;
  int32_t translate = isTrue(argv[1]);
  if (translate < 0) return -1;
  auto* d = self_(self);
  assign(d->decoder, newRef(argv[0]));
  d->translate = translate;
  d->pendingCr = false;
  d->seen = 0;
  return 0;
}

Value decodeMethod(Value self, const Value* argv) {
  auto* d = ready(self);
  if (!d) return Value();
  int32_t final = argv[1] ? isTrue(argv[1]) : 0;
  if (final < 0) return Value();
  Ref text(isNone(d->decoder) ? newRef(argv[0]) : callMethod(d->decoder, "decode", {argv[0], boolean(final)}));
  if (!text) return Value();
  if (!isStr(text)) return raise(TypeErrorType, "decoder should return a string result, not '%.200T'", text.get());
  return translateNewlines(text, d->translate, &d->pendingCr, final, &d->seen);
}
Value getstateMethod(Value self) {
  auto* d = ready(self);
  if (!d) return Value();
  Ref buffer, flags;
  if (isNone(d->decoder)) {
    buffer.reset(newBytes(std::string_view()));
    flags.reset(Value::ofSmallInt(0));
  } else {
    Ref state(callMethod(d->decoder, "getstate"));
    if (!state) return Value();
    if (!isTuple(state) || asTuple(state)->size < 2) return raise(TypeErrorType, "illegal decoder state");
    buffer = Ref::share(asTuple(state)->items[0]);
    flags = Ref::share(asTuple(state)->items[1]);
  }
  int64_t f = toInt64(flags);
  if (f == -1 && errorSet()) return Value();
  Ref combined(newInt(f << 1 | d->pendingCr));
  return newTuple({buffer.get(), combined.get()});
}
Value setstateMethod(Value self, Value state) {
  auto* d = ready(self);
  if (!d) return Value();
  if (!isTuple(state) || asTuple(state)->size < 2) return raise(TypeErrorType, "state argument must be a tuple");
  int64_t f = toInt64(asTuple(state)->items[1]);
  if (f == -1 && errorSet()) return Value();
  d->pendingCr = f & 1;
  if (isNone(d->decoder)) return newRef(none());
  Ref flags(newInt(f >> 1)), inner(newTuple({asTuple(state)->items[0], flags.get()}));
  return callMethod(d->decoder, "setstate", {inner.get()});
}
Value resetMethod(Value self) {
  auto* d = ready(self);
  if (!d) return Value();
  d->seen = 0;
  d->pendingCr = false;
  return isNone(d->decoder) ? newRef(none()) : callMethod(d->decoder, "reset");
}
Value getNewlines(Value self, void*) { return ready(self) ? newlinesSeen(self_(self)->seen) : Value(); }

int traverse(Object* o, Visit visit, void* context) { return visit(reinterpret_cast<NewlineDecoderObject*>(o)->decoder, context); }
void clearParts(Object* o) { clear(reinterpret_cast<NewlineDecoderObject*>(o)->decoder); }
void dealloc(Object* o) {
  gcUntrack(o);
  clearParts(o);
  freeObject(o);
}

constinit const MethodDef methods[] = {
    {"decode", decodeMethod, "($self, /, input, final=False)"},
    {"getstate", getstateMethod, "($self, /)"},
    {"setstate", setstateMethod, "($self, state, /)"},
    {"reset", resetMethod, "($self, /)"},
    {},
};
constinit const GetSetDef getset[] = {{"newlines", getNewlines}, {}};

} // namespace

constinit Type newlineDecoderType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_io.IncrementalNewlineDecoder",
    .base = &objectType,
    .flags = kTypeBaseType,
    .instanceLayout = {.type = &newlineDecoderType, .size = sizeof(NewlineDecoderObject), .flags = kLayoutGc},
    .dealloc = dealloc,
    .traverse = traverse,
    .clear = clearParts,
    .init = init,
    .construct = ioConstruct,
    .methods = methods,
    .getset = getset,
    .constructorSignature = "(decoder, translate, errors='strict')",
};

} // namespace krait::io
