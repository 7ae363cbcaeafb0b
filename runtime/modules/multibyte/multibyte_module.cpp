// _multibytecodec: the classes of which encodings/ makes its CJK codecs, and the codecs of _codecs_cn, _hk, _iso2022, _jp, _kr, _tw.
#include <cstring>
#include <string>
#include "runtime/memory/gc.h"
#include "runtime/modules/multibyte/encoding.h"
#include "runtime/object/names.h"
#include "runtime/object/owned_words.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

using namespace multibyte;

struct CodecObject { Object header; const Encoding* encoding; };
/// Incremental encoders and decoders, stream readers and writers.
struct CoderObject {
  Object header;
  Value errors, stream, dict;  // errors: str
  const Encoding* encoding;
  State state;
  Value pending;               // str (encoders) or bytes (decoders) not dealt with yet; null: none
};

extern Type codecType, incrementalEncoderType, incrementalDecoderType, streamReaderType, streamWriterType;
CoderObject* self_(Value v) { return v.as<CoderObject>(); }

constexpr size_t kMostPending = 8; // bytes that a decoder keeps
constexpr char kIllegal[] = "illegal multibyte sequence", kIncomplete[] = "incomplete multibyte sequence";

// ---- whole texts ---------------------------------------------------------------------------------

/// A handler's position beyond all integers is out of bounds like others. Always false.
bool outOfBounds() {
  if (errorClearIf(OverflowErrorType)) raise(IndexErrorType, "position -1 from error handler out of bounds");
  return false;
}

/// Encodes characters [from, …) of `text` into `out`. When `final` is false, *kept is where the unfinished rest begins.
bool encodeText(const Encoding& e, State& s, Value text, const char* errors, bool final, ByteOutput& out, int64_t* kept) {
  EncodeErrors handler(e.name, text, errors, SurrogateForm::None, "encoding error handler must return (str, int) tuple");
  const int64_t n = asStr(text)->length;
  auto put = [&](const Step& step) { out.add(step.bytes, step.size); };
  int64_t at = 0;
  while (at < n) {
    if (e.usual.encode && (at = e.usual.encode(e, asStr(text), at, out)) == n) break;
    uint32_t ahead[2];
    const int64_t have = n - at < 2 ? n - at : 2;
    for (int64_t i = 0; i < have; ++i) ahead[i] = asStr(text)->at(at + i);
    const Step step = e.encode(e, s, ahead, have, final);
    if (step.consumed) {
      put(step);
      at += step.consumed;
      continue;
    }
    if (!step.invalid) break;
    Ref replacement;
    int64_t next;
    if (!handler.handle(at, at + step.invalid, kIllegal, replacement, &next)) return outOfBounds();
    if (isBytes(replacement)) {
      out.add(bytesView(replacement));
    } else {
      for (int64_t i = 0; i < asStr(replacement)->length; ++i) {
        const uint32_t c = asStr(replacement)->at(i);
        const Step part = e.encode(e, s, &c, 1, true);
        if (!part.consumed) return raiseEncodeError(e.name, replacement, i, i + 1, kIllegal), false;
        put(part);
      }
    }
    at = next;
  }
  if (final && e.finish) put(e.finish(e, s));
  *kept = at;
  return !out.failed();
}

/// Decodes bytes; when `final` is false, *kept is where the unfinished rest begins.
bool decodeData(const Encoding& e, State& s, const uint8_t* data, int64_t size, const char* errors, bool final, StrBuilder& out,
                int64_t* kept) {
  DecodeErrors handler(e.name, data, static_cast<size_t>(size), errors);
  int64_t at = 0;
  while (at < handler.size()) {
    if (e.usual.decode && (at += e.usual.decode(e, handler.data() + at, handler.size() - at, out)) == handler.size()) break;
    const Step step = e.decode(e, s, handler.data() + at, handler.size() - at);
    if (step.consumed) {
      for (int i = 0; i < step.count; ++i) out.add(step.characters[i]);
      at += step.consumed;
      continue;
    }
    if (!step.invalid && !final) break;
    const int64_t end = step.invalid ? at + step.invalid : handler.size();
    if (!handler.handle(at, end, step.invalid ? kIllegal : kIncomplete, out, &at)) return outOfBounds();
  }
  *kept = at;
  return true;
}

// ---- MultibyteCodec ------------------------------------------------------------------------------

const char* errorsText(Value errors, Utf8& text) { return errors && !isNone(errors) ? text.data() : "strict"; }

Value resultPair(Ref result, int64_t consumed) {
  Ref n(newInt(consumed));
  return result ? newTuple({result, n}) : Value();
}
bool errorsArgument(const char* callee, Value errors) {
  if (!errors || isNone(errors) || isStr(errors)) return true;
  raise(TypeErrorType, "%s() argument 'errors' must be str or None, not %.50G", callee, errors);
  return false;
}

Value codecEncode(Value self, const Value* argv) {
  if (!errorsArgument("encode", argv[1])) return Value();
  Ref text(isStr(argv[0]) ? newRef(argv[0]) : str(argv[0]));
  if (!text) return Value();
  Utf8 errors(argv[1] && isStr(argv[1]) ? argv[1] : emptyStr());
  if (!errors.ok()) return Value();
  ByteOutput out;
  const Encoding& e = *self.as<CodecObject>()->encoding;
  State state = e.encoderStart;
  int64_t kept;
  if (!encodeText(e, state, text, errorsText(argv[1], errors), true, out, &kept)) return Value();
  return resultPair(Ref(out.take()), asStr(text)->length);
}

Value codecDecode(Value self, const Value* argv) {
  if (!errorsArgument("decode", argv[1])) return Value();
  HeldBuffer data;
  Utf8 errors(argv[1] && isStr(argv[1]) ? argv[1] : emptyStr());
  if (!errors.ok() || !data.get(argv[0])) return Value();
  StrBuilder out;
  const Encoding& e = *self.as<CodecObject>()->encoding;
  State state = e.decoderStart;
  int64_t kept;
  if (!decodeData(e, state, data.data(), data.size(), errorsText(argv[1], errors), true, out, &kept))
    return Value();
  return resultPair(Ref(out.take()), data.size());
}

constexpr MethodDef codecMethods[] = {
    {"encode", codecEncode, "($self, /, input, errors=None)"}, {"decode", codecDecode, "($self, /, input, errors=None)"}, {}};

constinit Type codecType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_multibytecodec.MultibyteCodec",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &codecType, .size = sizeof(CodecObject)},
    .dealloc = freeObject,
    .methods = codecMethods,
};

// ---- what the four classes share -----------------------------------------------------------------

/// Encodes a text together with what was pending.
Value encodeMore(CoderObject* c, Value text, bool final) {
  Ref input(isStr(text) ? newRef(text) : str(text));
  if (!input) return Value();
  Ref all(c->pending ? strConcat(c->pending, input) : newRef(input));
  Utf8 errors(c->errors);
  if (!all || !errors.ok()) return Value();
  ByteOutput out;
  State state = c->state;
  int64_t kept;
  if (!encodeText(*c->encoding, state, all, errors.data(), final, out, &kept)) return Value();
  c->state = state;
  assign(c->pending, kept < asStr(all)->length ? strSubstring(all, kept, asStr(all)->length) : Value());
  return out.take();
}

/// Decodes bytes together with what was pending.
Value decodeMore(CoderObject* c, Value input, bool final) {
  HeldBuffer data;
  Utf8 errors(c->errors);
  if (!errors.ok() || !data.get(input)) return Value();
  std::string all;
  if (c->pending) all = bytesView(c->pending);
  all.append(reinterpret_cast<const char*>(data.data()), static_cast<size_t>(data.size()));
  StrBuilder out;
  State state = c->state;
  int64_t kept;
  const auto* bytes = reinterpret_cast<const uint8_t*>(all.data());
  if (!decodeData(*c->encoding, state, bytes, static_cast<int64_t>(all.size()), errors.data(), final, out, &kept)) return Value();
  const std::string_view rest = std::string_view(all).substr(std::min(static_cast<size_t>(kept), all.size()));
  if (rest.size() > kMostPending) return raise(UnicodeErrorType, "pending buffer overflow");
  c->state = state;
  assign(c->pending, rest.empty() ? Value() : newBytes(rest));
  return out.take();
}

Value getErrors(Value self, void*) { return newRef(self_(self)->errors); }
int32_t setErrors(Value self, Value v, void*) {
  if (!v) return fail(AttributeErrorType, "cannot delete attribute");
  if (!isStr(v)) return fail(TypeErrorType, "errors must be a string");
  assign(self_(self)->errors, newRef(v));
  return 0;
}
constexpr GetSetDef errorsAttribute[] = {{"errors", getErrors, setErrors}, {}};

/// `codec` is an attribute of the class.
Value makeCoder(Type* t, Value stream, Value errors, State Encoding::*start) {
  if (errors && !isStr(errors)) return raise(TypeErrorType, "%s() argument %d must be str, not %.50G", t->name, stream ? 2 : 1, errors);
  Ref codec(getAttr(asValue(t), "codec"));
  if (!codec) return Value();
  if (!isExact(codec, codecType)) return raise(TypeErrorType, "codec is unexpected type");
  Ref made(allocateOf(t, 0));
  if (!made) return Value();
  auto* c = self_(made);
  c->encoding = codec.as<CodecObject>()->encoding;
  c->state = c->encoding->*start;
  c->errors = errors ? newRef(errors) : newStr("strict");
  c->stream = xnewRef(stream);
  gcTrack(made.get().object());
  return made.release();
}
template <State Encoding::*start> Value constructIncremental(Type* t, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments(t->name, "(errors='strict')", args, argv, 1, holder) < 0) return Value();
  return makeCoder(t, Value(), argv[0], start);
}
template <State Encoding::*start> Value constructStream(Type* t, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments(t->name, "(stream, errors='strict')", args, argv, 2, holder) < 0) return Value();
  return makeCoder(t, argv[0], argv[1], start);
}
int32_t initNothing(Value, const Args&) { return 0; }

int traverse(Object* o, Visit visit, void* context) {
  auto* c = reinterpret_cast<CoderObject*>(o);
  for (Value v : {c->errors, c->stream, c->pending})
    if (int stop = visit(v, context)) return stop;
  return 0;
}
void clearParts(Object* o) { clear(reinterpret_cast<CoderObject*>(o)->stream); }
void dealloc(Object* o) {
  gcUntrack(o);
  auto* c = reinterpret_cast<CoderObject*>(o);
  clear(c->stream);
  clear(c->errors);
  clear(c->pending);
  freeObject(o);
}

// ---- incremental ---------------------------------------------------------------------------------

Value encoderEncode(Value self, const Value* argv) {
  bool final = false;
  return flagArgument(argv[1], &final) ? encodeMore(self_(self), argv[0], final) : Value();
}
Value decoderDecode(Value self, const Value* argv) {
  bool final = false;
  return flagArgument(argv[1], &final) ? decodeMore(self_(self), argv[0], final) : Value();
}
Value encoderReset(Value self) {
  auto* c = self_(self);
  if (c->encoding->finish) c->encoding->finish(*c->encoding, c->state);
  clear(c->pending);
  return newRef(none());
}
Value decoderReset(Value self) {
  auto* c = self_(self);
  if (c->encoding->resetDecoder) c->encoding->resetDecoder(c->state);
  clear(c->pending);
  return newRef(none());
}

/// An integer of: bytes of the pending text, its UTF-8, eight bytes of state.
Value encoderGetState(Value self) {
  auto* c = self_(self);
  Utf8 pending(c->pending ? c->pending : emptyStr());
  if (!pending.ok()) return Value();
  std::string all(1, static_cast<char>(pending.size()));
  all.append(pending.view());
  all.append(reinterpret_cast<const char*>(c->state.bytes), sizeof c->state.bytes);
  return intFromBytes(reinterpret_cast<const uint8_t*>(all.data()), all.size(), true, false);
}
Value encoderSetState(Value self, Value number) {
  if (!isInt(number)) return raise(TypeErrorType, "setstate() argument must be int, not %.50G", number);
  uint8_t all[1 + 8 + 8] = {};
  if (intToBytes(number, all, sizeof all, true, false) < 0) return Value();
  if (all[0] > 8) return raise(UnicodeErrorType, "pending buffer too large");
  Ref pending(all[0] ? decodeBytes(all + 1, all[0], "utf-8", "strict") : Value());
  if (errorSet()) return Value();
  assign(self_(self)->pending, pending.release());
  memcpy(self_(self)->state.bytes, all + 1 + all[0], sizeof(State));
  return newRef(none());
}
Value decoderGetState(Value self) {
  auto* c = self_(self);
  Ref pending(c->pending ? newRef(c->pending) : newBytes(std::string_view()));
  Ref state(intFromBytes(c->state.bytes, sizeof c->state.bytes, true, false));
  return pending && state ? newTuple({pending, state}) : Value();
}
Value decoderSetState(Value self, Value state) {
  if (!isTuple(state)) return raise(TypeErrorType, "setstate() argument must be tuple, not %.50G", state);
  if (asTuple(state)->size != 2 || !isBytes(asTuple(state)->items[0]) || !isInt(asTuple(state)->items[1]))
    return raise(TypeErrorType, "setstate(): illegal state argument");
  Value pending = asTuple(state)->items[0];
  if (bytesView(pending).size() > kMostPending) return raise(UnicodeErrorType, "pending buffer too large");
  State given;
  if (intToBytes(asTuple(state)->items[1], given.bytes, sizeof given.bytes, true, false) < 0) return Value();
  assign(self_(self)->pending, bytesView(pending).empty() ? Value() : newRef(pending));
  self_(self)->state = given;
  return newRef(none());
}

constexpr MethodDef encoderMethods[] = {
    {"encode", encoderEncode, "($self, /, input, final=False)"}, {"getstate", encoderGetState, "($self, /)"},
    {"setstate", encoderSetState, "($self, state, /)"}, {"reset", encoderReset, "($self, /)"}, {}};
constexpr MethodDef decoderMethods[] = {
    {"decode", decoderDecode, "($self, /, input, final=False)"}, {"getstate", decoderGetState, "($self, /)"},
    {"setstate", decoderSetState, "($self, state, /)"}, {"reset", decoderReset, "($self, /)"}, {}};

// ---- streams -------------------------------------------------------------------------------------

/// Reads by `method` until there is text, the size is not limited, or the stream ends.
Value readWith(CoderObject* c, const char* method, int64_t hint) {
  if (hint == 0) return newRef(emptyStr());
  StrBuilder out;
  for (;;) {
    Ref size(newInt(hint));
    Ref data(hint < 0 ? callMethod(c->stream, method) : callMethod(c->stream, method, {size}));
    if (!data) return Value();
    if (!isBytes(data)) return raise(TypeErrorType, "stream function returned a non-bytes object (%.100T)", data.get());
    const bool end = bytesView(data).empty();
    Ref text(decodeMore(c, data, end || hint < 0));
    if (!text) return Value();
    out.add(text.get());
    if (end || hint < 0 || out.length()) return out.take();
    hint = 1; // more bytes of an unfinished character
  }
}
Value readMethod(Value self, const Value* argv) {
  int64_t n;
  return optionalSizeArgument(argv[0], &n) ? readWith(self_(self), "read", n) : Value();
}
Value readlineMethod(Value self, const Value* argv) {
  int64_t n;
  return optionalSizeArgument(argv[0], &n) ? readWith(self_(self), "readline", n) : Value();
}
Value readlinesMethod(Value self, const Value* argv) {
  int64_t n;
  if (!optionalSizeArgument(argv[0], &n)) return Value();
  Ref text(readWith(self_(self), "read", n));
  return text ? callMethod(text, "splitlines", {boolean(true)}) : Value();
}
bool writeTo(CoderObject* c, Value text) {
  Ref bytes(encodeMore(c, text, false));
  return bytes && Ref(callMethod(c->stream, NAME(write), {bytes}));
}
Value writeMethod(Value self, Value text) { return writeTo(self_(self), text) ? newRef(none()) : Value(); }
Value writelinesMethod(Value self, Value lines) {
  Ref it(iterate(lines));
  while (it) {
    Ref line(next(it));
    if (!line) return errorSet() ? Value() : newRef(none());
    if (!writeTo(self_(self), line)) return Value();
  }
  return Value();
}
/// Back to the beginning only where text waits: CPython 3.11 leaves what was written in the other set as it is.
Value writerReset(Value self) {
  auto* c = self_(self);
  if (!c->pending) return newRef(none());
  Ref rest(encodeMore(c, emptyStr(), true));
  if (!rest) return Value();
  if (!bytesView(rest).empty() && !Ref(callMethod(c->stream, NAME(write), {rest}))) return Value();
  return newRef(none());
}

constexpr MethodDef readerMethods[] = {
    {"read", readMethod, "($self, sizeobj=None, /)"}, {"readline", readlineMethod, "($self, sizeobj=None, /)"},
    {"readlines", readlinesMethod, "($self, sizehintobj=None, /)"}, {"reset", decoderReset, "($self, /)"}, {}};
constexpr MethodDef writerMethods[] = {
    {"write", writeMethod, "($self, strobj, /)"}, {"writelines", writelinesMethod, "($self, lines, /)"},
    {"reset", writerReset, "($self, /)"}, {}};
constexpr MemberDef streamMember[] = {{"stream", MemberKind::ObjectNone, offsetof(CoderObject, stream)}, {}};

constexpr Type coderType(Type& type, const char* name, Value (*construct)(Type*, const Args&), const MethodDef* methods,
                         const MemberDef* members) {
  return Type{
      .header = KRAIT_STATIC_HEADER(typeType),
      .name = name,
      .base = &objectType,
      .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeOwnModule,
      .instanceLayout = {.type = &type, .size = sizeof(CoderObject), .flags = kLayoutGc},
      .dealloc = dealloc,
      .traverse = traverse,
      .clear = clearParts,
      .init = initNothing,
      .construct = construct,
      .methods = methods,
      .getset = errorsAttribute,
      .members = members,
  };
}
constinit Type incrementalEncoderType = coderType(incrementalEncoderType, "_multibytecodec.MultibyteIncrementalEncoder",
                                                 constructIncremental<&Encoding::encoderStart>, encoderMethods, nullptr);
constinit Type incrementalDecoderType = coderType(incrementalDecoderType, "_multibytecodec.MultibyteIncrementalDecoder",
                                                 constructIncremental<&Encoding::decoderStart>, decoderMethods, nullptr);
constinit Type streamReaderType = coderType(streamReaderType, "_multibytecodec.MultibyteStreamReader",
                                           constructStream<&Encoding::decoderStart>, readerMethods, streamMember);
constinit Type streamWriterType = coderType(streamWriterType, "_multibytecodec.MultibyteStreamWriter",
                                           constructStream<&Encoding::encoderStart>, writerMethods, streamMember);

// ---- module --------------------------------------------------------------------------------------

int exec(Value module) {
  for (Type* t : {&incrementalEncoderType, &incrementalDecoderType, &streamReaderType, &streamWriterType})
    if (moduleAddType(module, t) < 0) return -1;
  return 0;
}

} // namespace

extern "C" const NativeModule krt_module_multibytecodec = {.name = "_multibytecodec", .methods = nullptr, .exec = exec};
Value multibyte::newCodec(std::span<const Encoding> encodings, Value name) {
  if (!isStr(name)) return raise(TypeErrorType, "encoding name must be a string.");
  Utf8 text(name);
  if (!text.ok()) return Value();
  for (const Encoding& e : encodings) {
    if (strcmp(e.name, text.data())) continue;
    Value made(newObject(&codecType.instanceLayout));
    if (made) made.as<CodecObject>()->encoding = &e;
    return made;
  }
  return raise(LookupErrorType, "no such codec is supported.");
}

} // namespace krait
