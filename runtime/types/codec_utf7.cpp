// UTF-7 (RFC 2152): runs of modified base64 between '+' and '-'.
#include "runtime/types/byte_output.h"
#include "runtime/types/codec_errors.h"
#include "runtime/types/str_slots.h"

namespace krait {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64Value(uint8_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// Characters that stand for themselves: the direct and optional sets and white space, not '+', '\\', '~'.
bool isDirect(uint32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return c >= ' ' && c < 0x7f && c != '+' && c != '\\' && c != '~';
}

} // namespace

Value encodeUtf7(Value v, const char*) {
  const StrObject* s = asStr(v);
  ByteOutput out;
  bool shifted = false;
  uint32_t bits = 0;
  int count = 0;
  auto flush = [&] {
    while (count >= 6) {
      count -= 6;
      out.add(static_cast<uint8_t>(kAlphabet[bits >> count & 63]));
    }
    bits &= (1u << count) - 1;
  };
  auto unit = [&](uint32_t u) {
    bits = bits << 16 | u;
    count += 16;
    flush();
  };
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->at(i);
    if (shifted && isDirect(c)) {
      if (count) {
        out.add(static_cast<uint8_t>(kAlphabet[bits << (6 - count) & 63]));
        bits = 0;
        count = 0;
      }
      shifted = false;
      // '-' must be written where the next character could be read as base64 or as the end mark.
      if (base64Value(static_cast<uint8_t>(c)) >= 0 || c == '-') out.add('-');
    }
    if (!shifted) {
      if (c == '+') {
        out.add("+-");
        continue;
      }
      if (isDirect(c)) {
        out.add(static_cast<uint8_t>(c));
        continue;
      }
      out.add('+');
      shifted = true;
    }
    if (c >= 0x10000) {
      unit(0xd7c0 + (c >> 10));
      unit(0xdc00 + (c & 0x3ff));
    } else {
      unit(c);
    }
  }
  if (count) out.add(static_cast<uint8_t>(kAlphabet[bits << (6 - count) & 63]));
  if (shifted) out.add('-');
  return out.take();
}

Value decodeUtf7(const uint8_t* data, size_t n, const char* errors, int64_t* consumed) {
  DecodeErrors handler("utf7", data, n, errors);
  StrBuilder out;
  bool shifted = false;
  uint32_t bits = 0, surrogate = 0;
  int count = 0;
  int64_t at = 0, shiftStart = 0;
  StrBuilder run;   // text of the base64 run, kept apart: an unfinished run is not consumed
  auto finishRun = [&] {
    Ref text(run.take());
    if (text) out.add(text.get());
  };
  while (at < handler.size()) {
    const uint8_t* p = handler.data();
    const uint8_t c = p[at];
    const char* reason;
    int64_t from = at;
    if (shifted) {
      if (const int value = base64Value(c); value >= 0) {
        bits = bits << 6 | static_cast<uint32_t>(value);
        count += 6;
        ++at;
        if (count >= 16) {
          const uint32_t u = bits >> (count - 16) & 0xffff;
          count -= 16;
          bits &= (1u << count) - 1;
          if (surrogate) {
            if (u >= 0xdc00 && u < 0xe000) {
              run.add(0x10000 + ((surrogate - 0xd800) << 10) + (u - 0xdc00));
              surrogate = 0;
              continue;
            }
            run.add(surrogate);
            surrogate = 0;
          }
          if (u >= 0xd800 && u < 0xdc00) surrogate = u;
          else run.add(u);
        }
        continue;
      }
      // The run ends here.
      shifted = false;
      if (count >= 6) {
        reason = "partial character in shift sequence";
        ++at;
        from = shiftStart;
        finishRun();
        bits = 0, count = 0, surrogate = 0;
        if (!handler.handle(from, at, reason, out, &at)) return {};
        continue;
      }
      if (count > 0 && bits != 0) {
        reason = "non-zero padding bits in shift sequence";
        ++at;
        from = shiftStart;
        finishRun();
        bits = 0, count = 0, surrogate = 0;
        if (!handler.handle(from, at, reason, out, &at)) return {};
        continue;
      }
      if (surrogate && (c == '-' || isDirect(c))) run.add(surrogate);
      surrogate = 0;
      count = 0;
      bits = 0;
      finishRun();
      if (c == '-') ++at;
      continue;
    }
    if (c == '+') {
      shiftStart = at++;
      if (at < handler.size() && handler.data()[at] == '-') {
        out.add('+');
        ++at;
      } else if (at < handler.size() && base64Value(handler.data()[at]) < 0) {
        ++at;
        if (!handler.handle(shiftStart, at, "ill-formed sequence", out, &at)) return {};
      } else {
        shifted = true;
        surrogate = 0;
        count = 0;
        bits = 0;
      }
      continue;
    }
    ++at;
    if (c < 0x80) { // decoding is liberal about what may stand for itself
      out.add(c);
      continue;
    }
    if (!handler.handle(from, at, "unexpected special character", out, &at)) return {};
  }
  if (shifted && consumed) { // an unfinished run: leave it for more data
    *consumed = shiftStart;
    return out.take();
  }
  if (shifted && (surrogate || count >= 6 || (count > 0 && bits != 0))) {
    finishRun();
    if (!handler.handle(shiftStart, handler.size(), "unterminated shift sequence", out, &at)) return {};
  } else if (shifted) {
    finishRun();
  }
  if (consumed) *consumed = at;
  return out.take();
}

} // namespace krait
