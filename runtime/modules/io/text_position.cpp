// TextIOWrapper: tell() and seek(), and the cookies between them.
//
// tell() must map a position inside `decoded` to a cookie. For the native codecs, which
// keep no state between characters, the cookie is the byte position itself, found by
// walking the bytes of the last chunk. For others it packs the position before the
// chunk, the decoder's flags, the chunk's length and the characters to skip.
#include <cstring>

#include "runtime/modules/io/text_io.h"
#include "runtime/object/names.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {

/// Bytes of the snapshot that produced the first `chars` characters of `decoded` (native codecs).
int64_t bytesFor(TextIoObject* t, int64_t chars) {
  std::string_view in = bytesView(t->snapshotInput);
  size_t i = 0;
  bool merge = t->newlines.universal && t->newlines.translate;
  for (; chars > 0 && i < in.size(); --chars) {
    auto c = static_cast<uint8_t>(in[i]);
    if (merge && c == '\r' && i + 1 < in.size() && in[i + 1] == '\n') i += 2;
    else if (t->codec != NativeCodec::Utf8 || c < 0xc0) ++i;
    else i += c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
  }
  return static_cast<int64_t>(std::min(i, in.size()));
}

/// The line ends among the first `n` bytes of the snapshot (native codecs), which is all that CPython has seen of the file after tell().
uint8_t lineEndsBefore(TextIoObject* t, int64_t n) {
  const std::string_view in = bytesView(t->snapshotInput).substr(0, static_cast<size_t>(n));
  uint8_t seen = 0;
  for (size_t i = 0; i < in.size(); ++i) {
    if (in[i] == '\n') seen |= kSeenLf;
    if (in[i] != '\r') continue;
    const bool pair = i + 1 < in.size() && in[i + 1] == '\n';
    seen |= pair ? kSeenCrLf : kSeenCr;
    i += pair;
  }
  return seen;
}

/// Packs a cookie of five fields, as CPython lays it out.
Value packCookie(int64_t position, int64_t flags, int64_t bytesToFeed, int64_t charsToSkip, bool needEof) {
  uint8_t raw[21] = {};
  memcpy(raw, &position, 8);
  raw[20] = needEof;
  // start_pos 8 bytes, dec_flags 4, bytes_to_feed 4, chars_to_skip 4, need_eof 1
  auto put32 = [&](size_t at, int64_t v) { auto x = static_cast<uint32_t>(v); memcpy(raw + at, &x, 4); };
  put32(8, flags);
  put32(12, bytesToFeed);
  put32(16, charsToSkip);
  return intFromBytes(raw, 21, true, false);
}

/// A point of the snapshot where nothing is pending, and what remains from there.
struct SafePoint {
  int64_t bytes = 0, chars = 0, flags = 0;
};

/// Decodes `n` bytes of the snapshot from `from`; adds the characters to *chars and tells whether the decoder (state
/// in *flags) waits for more. The line ends that it meets count as seen, as in CPython. -1 with an error.
int32_t replay(TextIoObject* t, int64_t from, int64_t n, bool final, bool* cr, int64_t* chars, int64_t* flags) {
  Ref input(newBytes(bytesView(t->snapshotInput).substr(static_cast<size_t>(from), static_cast<size_t>(n))));
  Ref text(input ? callMethod(t->decoder, "decode", {input.get(), boolean(final)}) : Value());
  if (!text) return -1;
  if (!isStr(text)) return fail(TypeErrorType, "decoder should return a string result, not '%.200T'", text.get());
  if (t->newlines.universal) text.reset(translateNewlines(text, t->newlines.translate, cr, final, &t->newlines.seen));
  Ref state(text ? callMethod(t->decoder, "getstate") : Value());
  if (!state) return -1;
  if (!isTuple(state) || asTuple(state)->size != 2 || !isBytes(asTuple(state)->items[0]))
    return fail(TypeErrorType, "illegal decoder state");
  *chars += asStr(text)->length;
  *flags = toInt64(asTuple(state)->items[1]);
  if (*flags == -1 && errorSet()) return -1;
  return *cr || !bytesView(asTuple(state)->items[0]).empty();
}

/// Sets the decoder back to where the snapshot begins. CPython resets it at the start of the file, and that forgets which line ends were seen.
int32_t restart(TextIoObject* t, int64_t position, int64_t flags) {
  if (position == 0 && flags == 0) t->newlines.seen = 0;
  Ref empty(newBytes(std::string_view())), f(newInt(flags)), state(newTuple({empty.get(), f.get()}));
  return Ref(callMethod(t->decoder, "setstate", {state.get()})) ? 0 : -1;
}

/// Finds the last safe point at or before the character that is wanted, as CPython does: first a guess by the average
/// size of characters, then byte by byte. *fed is how far decoding went to reach the character.
int32_t findSafePoint(TextIoObject* t, int64_t position, int64_t wanted, SafePoint* safe, int64_t* fed, bool* needEof) {
  const auto size = static_cast<int64_t>(bytesView(t->snapshotInput).size());
  const SafePoint start = *safe;
  const int64_t total = t->decoded ? asStr(t->decoded)->length : 0;
  bool cr = false;
  int64_t chars, flags;
  for (int64_t guess = total ? std::min(size, size * wanted / total) : 0, back = 1; guess > 0; guess -= back, back *= 2) {
    chars = 0;
    cr = false;
    if (restart(t, position, start.flags) < 0) return -1;
    const int32_t waits = replay(t, 0, guess, false, &cr, &chars, &flags);
    if (waits < 0) return -1;
    if (waits || chars > wanted) continue;
    *safe = {guess, chars, flags};
    break;
  }
  if (restart(t, position + safe->bytes, safe->flags) < 0) return -1;
  chars = safe->chars;
  cr = false;
  for (*fed = safe->bytes; *fed < size && chars < wanted;) {
    const int32_t waits = replay(t, *fed, 1, false, &cr, &chars, &flags);
    if (waits < 0) return -1;
    ++*fed;
    if (!waits && chars <= wanted) *safe = {*fed, chars, flags};
  }
  *needEof = chars < wanted;
  if (!*needEof) return 0;
  if (replay(t, *fed, 0, true, &cr, &chars, &flags) < 0) return -1;
  return chars >= wanted ? 0 : fail(OSErrorType, "can't reconstruct logical file position");
}

/// The cookie of the current character, where the snapshot begins at `position`.
Value newCookie(TextIoObject* t, int64_t position) {
  SafePoint safe;
  safe.flags = t->snapshotFlags ? toInt64(t->snapshotFlags) : 0;
  if (safe.flags == -1 && errorSet()) return Value();
  if (t->decodedPos == 0) return packCookie(position, safe.flags, 0, 0, false);
  Ref saved(callMethod(t->decoder, "getstate"));
  if (!saved) return Value();
  int64_t fed = 0;
  bool needEof = false;
  const bool found = findSafePoint(t, position, t->decodedPos, &safe, &fed, &needEof) == 0;
  Ref pending = errorTake();
  Ref restored(callMethod(t->decoder, "setstate", {saved.get()}));
  if (pending) errorChainContext(pending.release());
  if (!found || !restored) return Value();
  const int64_t skip = t->decodedPos - safe.chars;
  return packCookie(position + safe.bytes, safe.flags, skip ? fed - safe.bytes : 0, skip, skip && needEof);
}

} // namespace

Value tellText(Value self) {
  auto* t = asTextIo(self);
  if (checkOpen(t) < 0) return Value();
  if (!t->seekable) return raiseUnsupported("underlying stream is not seekable");
  if (!t->telling) return raise(OSErrorType, "telling position disabled by next() call");
  if (writePending(t) < 0) return Value();
  Ref r(callMethod(self, NAME(flush)));
  if (!r) return Value();
  Ref raw(callMethod(t->buffer, NAME(tell)));
  if (!raw || !t->snapshotInput) return raw.release();
  int64_t position = toInt64(raw);
  if (position == -1 && errorSet()) return Value();
  auto fed = static_cast<int64_t>(bytesView(t->snapshotInput).size());
  const int64_t start = position - fed;
  if (t->codec == NativeCodec::None) return newCookie(t, start);
  const int64_t before = bytesFor(t, t->decodedPos);
  if (start == 0 && before && t->newlines.universal) t->newlines.seen = lineEndsBefore(t, before);
  return newInt(start + before);
}

int32_t resetCodec(TextIoObject* t, int64_t position, int64_t flags) {
  t->carrySize = 0;
  t->pendingCr = false;
  if (position == 0 && flags == 0) t->newlines.seen = 0;
  if (!t->decoder) return 0;
  if (position == 0 && flags == 0) return Ref(callMethod(t->decoder, "reset")) ? 0 : -1;
  Ref empty(newBytes(std::string_view())), f(newInt(flags)), state(newTuple({empty.get(), f.get()}));
  return Ref(callMethod(t->decoder, "setstate", {state.get()})) ? 0 : -1;
}

namespace {

/// After a seek: a byte order mark is written only at the start.
int32_t restartEncoder(TextIoObject* t, bool atStart) {
  if (!t->encoder) return 0;
  return Ref(atStart ? callMethod(t->encoder, "reset") : callMethod(t->encoder, "setstate", {Value::ofSmallInt(0)})) ? 0 : -1;
}

} // namespace

Value seekText(Value self, const Value* argv) {
  auto* t = asTextIo(self);
  if (checkOpen(t) < 0) return Value();
  int64_t whence = argv[1] ? toInt64(argv[1]) : 0;
  if (whence == -1 && errorSet()) return Value();
  if (!t->seekable) return raiseUnsupported("underlying stream is not seekable");
  Ref cookie = Ref::share(argv[0]);
  if (whence == 1) {
    int32_t zero = equal(cookie, Value::ofSmallInt(0));
    if (zero < 0) return Value();
    if (!zero) return raiseUnsupported("can't do nonzero cur-relative seeks");
    cookie.reset(callMethod(self, NAME(tell)));
    if (!cookie) return Value();
  } else if (whence == 2) {
    int32_t zero = equal(cookie, Value::ofSmallInt(0));
    if (zero < 0) return Value();
    if (!zero) return raiseUnsupported("can't do nonzero end-relative seeks");
    Ref r(callMethod(self, NAME(flush)));
    if (!r) return Value();
    forgetDecoded(t);
    if (resetCodec(t, 0, 0) < 0) return Value();
    Ref end(callMethod(t->buffer, NAME(seek), {Value::ofSmallInt(0), Value::ofSmallInt(2)}));
    const int32_t empty = end ? equal(end, Value::ofSmallInt(0)) : -1;
    return empty < 0 || restartEncoder(t, empty) < 0 ? Value() : end.release();
  } else if (whence != 0) {
    return raise(ValueErrorType, "invalid whence (%d, should be 0, 1 or 2)", static_cast<int>(whence));
  }
  if (!isInt(cookie)) return raise(TypeErrorType, "'%.200T' object cannot be interpreted as an integer", cookie.get());
  if (intSign(cookie) < 0) return raise(ValueErrorType, "negative seek position %R", cookie.get());
  Ref r(callMethod(self, NAME(flush)));
  if (!r) return Value();
  uint8_t raw[24] = {};
  if (intToBytes(cookie, raw, 24, true, false) < 0) return Value();
  int64_t position;
  int32_t flags, bytesToFeed, charsToSkip;
  memcpy(&position, raw, 8);
  memcpy(&flags, raw + 8, 4);
  memcpy(&bytesToFeed, raw + 12, 4);
  memcpy(&charsToSkip, raw + 16, 4);
  Ref where(newInt(position));
  Ref moved(callMethod(t->buffer, NAME(seek), {where.get()}));
  if (!moved) return Value();
  forgetDecoded(t);
  if (resetCodec(t, position, flags) < 0) return Value();
  if (charsToSkip) {
    Ref n(newInt(bytesToFeed));
    Ref input(callMethod(t->buffer, NAME(read), {n.get()}));
    if (!input) return Value();
    if (!t->decoder) return raise(OSErrorType, "can't restore logical file position");
    const bool final = raw[20];
    Ref text(callMethod(t->decoder, "decode", {input.get(), boolean(final)}));
    if (text && !isStr(text))
      return raise(TypeErrorType, "decoder should return a string result, not '%.200T'", text.get());
    if (text && t->newlines.universal) text.reset(translateNewlines(text, t->newlines.translate, &t->pendingCr, final, &t->newlines.seen));
    if (!text) return Value();
    if (asStr(text)->length < charsToSkip) return raise(OSErrorType, "can't restore logical file position");
    assign(t->decoded, text.release());
    t->decodedPos = charsToSkip;
    assign(t->snapshotInput, input.release());
    assign(t->snapshotFlags, newInt(flags));
    t->snapshotFinal = final;
  }
  return restartEncoder(t, position == 0) < 0 ? Value() : cookie.release();
}

} // namespace krait::io
