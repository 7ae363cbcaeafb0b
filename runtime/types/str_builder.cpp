// StrBuilder grows a str in place once it is longer than the builder's own bytes:
// data_ points into the block of the StrObject to be, so take() only sets the header
// and trims. capacity_ -1: out of memory, everything added is dropped and take()
// answers null with the error still set.
#include "runtime/memory/alloc.h"
#include "runtime/object/errors.h"
#include "runtime/types/str_data.h"

namespace krait {
namespace {
StrObject* blockOf(uint8_t* data) { return reinterpret_cast<StrObject*>(data) - 1; }
} // namespace

StrBuilder::~StrBuilder() { release(); }

void StrBuilder::release() {
  if (data_ && !isShort()) deallocate(blockOf(data_));
  data_ = nullptr;
}

void StrBuilder::grow(int64_t extra, uint32_t maxChar) {
  if (capacity_ < 0) return;
  const int kind = kind_ > kindFor(maxChar) ? kind_ : kindFor(maxChar);
  constexpr int64_t kLongest = int64_t{1} << 59; // nothing below overflows
  if (extra > kLongest - length_) {
    raiseNoMemory();
    release();
    capacity_ = -1;
    return;
  }
  int64_t capacity = length_ + extra;
  if (capacity > capacity_) capacity += length_ ? capacity / 2 + 16 : 0;
  else capacity = capacity_;
  const size_t bytes = sizeof(StrObject) + static_cast<size_t>(capacity + 1) * kind;
  StrObject* block;
  if (kind == kind_ && !isShort()) {
    block = static_cast<StrObject*>(reallocate(blockOf(data_), bytes));
  } else {
    block = static_cast<StrObject*>(allocate(bytes));
    if (block) {
      const auto n = static_cast<size_t>(length_);
      if (kind == kind_) std::memcpy(block->data(), data_, n);
      else if (kind == 2) copyWiden(reinterpret_cast<uint16_t*>(block->data()), data_, n);
      else if (kind_ == 1) copyWiden(reinterpret_cast<uint32_t*>(block->data()), data_, n);
      else copyWiden(reinterpret_cast<uint32_t*>(block->data()), reinterpret_cast<uint16_t*>(data_), n);
      release();
    }
  }
  if (!block) {
    release();
    capacity_ = -1;
    return;
  }
  data_ = block->data();
  capacity_ = capacity;
  kind_ = static_cast<uint8_t>(kind);
}

void StrBuilder::addWide(uint32_t c) {
  if (length_ >= capacity_ || (kind_ != 4 && c >= (kind_ == 1 ? 0x100u : 0x10000u))) {
    reserve(1, c);
    if (capacity_ < 0) return;
  }
  maxChar_ |= c;
  putChar(data_, kind_, length_++, c);
}

void StrBuilder::add(Value str) { add(str, 0, asStr(str)->length); }

void StrBuilder::add(Value str, int64_t from, int64_t to) {
  if (from >= to) return;
  const StrObject* s = asStr(str);
  if (kind_ == 1 && (s->flags & kStrAscii)) [[likely]] {
    if (to - from > capacity_ - length_) {
      grow(to - from, 0x7f);
      if (capacity_ < 0) return;
    }
    copyShortly(data_ + length_, s->data() + from, static_cast<size_t>(to - from));
    maxChar_ |= 0x7f;
    length_ += to - from;
    return;
  }
  const uint32_t all = orOfRange(s, from, to);
  if (kindFor(all) < s->kind) { // narrower than its string
    reserve(to - from, all);
    for (int64_t i = from; i < to; ++i) add(s->at(i));
    return;
  }
  reserve(to - from, all);
  if (capacity_ < 0) return;
  maxChar_ |= all;
  copyChars(data_, kind_, length_, s, from, to);
  length_ += to - from;
}

void StrBuilder::addAscii(std::string_view text) {
  if (text.empty()) return;
  reserve(static_cast<int64_t>(text.size()), 0x7f);
  if (capacity_ < 0) return;
  if (kind_ == 1) copyShortly(data_ + length_, text.data(), text.size());
  else for (size_t i = 0; i < text.size(); ++i) putChar(data_, kind_, length_ + static_cast<int64_t>(i), static_cast<uint8_t>(text[i]));
  length_ += static_cast<int64_t>(text.size());
}

void StrBuilder::addRepeated(uint32_t c, int64_t n) {
  if (n <= 0) return;
  reserve(n, c);
  if (capacity_ < 0) return;
  maxChar_ |= c;
  if (kind_ == 1) std::memset(data_ + length_, static_cast<int>(c), static_cast<size_t>(n));
  else for (int64_t i = 0; i < n; ++i) putChar(data_, kind_, length_ + i, c);
  length_ += n;
}

Value StrBuilder::take() {
  if (capacity_ < 0) return {};
  if (length_ == 0) return emptyStr();
  if (length_ == 1 && maxChar_ < 0x100) {
    length_ = 0; // the buffer stays for what is added next
    maxChar_ = 0;
    return latin1Char(data_[0]);
  }
  if (isShort()) {
    StrObject* s = newStrRaw(length_, maxChar_);
    if (!s) return {};
    std::memcpy(s->data(), short_, static_cast<size_t>(length_));
    length_ = 0;
    maxChar_ = 0;
    return strValue(s);
  }
  StrObject* s = blockOf(data_);
  if (capacity_ - length_ > 8)
    if (void* trimmed = reallocate(s, sizeof(StrObject) + static_cast<size_t>(length_ + 1) * kind_))
      s = static_cast<StrObject*>(trimmed);
  s->header = {1, &strType.instanceLayout};
  s->length = length_;
  s->hash = -1;
  s->nameHash = 0;
  s->kind = kind_;
  s->flags = maxChar_ < 0x80 ? kStrAscii : 0;
  s->methodRow = 0;
  putChar(s->data(), kind_, length_, 0);
  data_ = short_;
  length_ = 0;
  capacity_ = kShort;
  kind_ = 1;
  maxChar_ = 0;
  return strValue(s);
}

} // namespace krait
