#include "runtime/modules/multibyte/charset.h"

#include <cstring>
#include <vector>

namespace krait::multibyte {

namespace {

enum Token : uint8_t { kIdeograph = 0x20, kSkip = 0xaa, kRow = 0xca, kStep = 0xe0, kPlane = 0xf6, kPair = 0xf9, kNothing = 0xfa,
             kWithdrawnCode = 0xfb };
constexpr uint32_t kFirstIdeograph = 0x4e00;
constexpr uint32_t kSecond[] = {0x2e5, 0x2e9, 0x300, 0x301, 0x304, 0x30c, 0x309a}; // of two characters
constexpr size_t kRows = 256, kCells = 256;

} // namespace

struct Charset::Pairs { std::vector<Exception> codes; };

void Charset::unpack() {
  auto** rows = new const uint32_t*[kRows]();
  if (base_) {
    if (!base_->rows_) base_->unpack();
    memcpy(rows, base_->rows_, kRows * sizeof *rows);
  }
  uint32_t* own[kRows] = {};
  auto put = [&](uint32_t code, uint32_t value) {
    const uint32_t row = code >> 8;
    if (!own[row]) {
      own[row] = new uint32_t[kCells]();
      if (rows[row]) memcpy(own[row], rows[row], kCells * sizeof(uint32_t));
      rows[row] = own[row];
    }
    own[row][code & 0xff] = value;
  };
  const uint8_t *p = packed_, *end = packed_ + size_;
  const uint32_t first = size_ ? *p++ : 0;
  uint32_t at = first, last = 0;
  auto wide = [&] { return p += 2, static_cast<uint32_t>(p[-2]) << 8 | p[-1]; };
  while (p < end) {
    const uint8_t token = *p++;
    if (token < kIdeograph) {
      for (int i = 0; i <= token; ++i) put(at++, ++last);
    } else if (token < kSkip) {
      last = kFirstIdeograph + ((token - kIdeograph) << 8 | *p++);
      put(at++, last);
    } else if (token < kRow) {
      at += token - kSkip + 1;
    } else if (token < kStep) {
      at = ((at >> 8) + token - kRow + 1) << 8 | first;
    } else if (token < kPlane) {
      last += token - kStep + 2;
      put(at++, last);
    } else if (token < kPair) {
      last = static_cast<uint32_t>(token - kPlane) << 16;
      last |= wide();
      put(at++, last);
    } else if (token == kPair) {
      last = wide();
      put(at++, pairOf(last, kSecond[*p++]));
    } else {
      put(at++, token == kWithdrawnCode ? kWithdrawn : 0);
    }
  }
  rows_ = rows;
}

/// Where the code of a character or of two is kept.
uint16_t& Charset::placeOf(uint32_t value) {
  if (isPair(value)) {
    for (Exception& e : pairs_->codes)
      if (e.value == value) return e.code;
    return pairs_->codes.emplace_back(Exception{value, 0}).code;
  }
  uint16_t*& page = pages_[value >> 8];
  if (!page) page = new uint16_t[256]();
  return page[value & 0xff];
}

void Charset::invert() {
  if (!rows_) unpack();
  pages_ = new uint16_t*[kCharacters >> 8]();
  pairs_ = new Pairs;
  for (uint32_t row = 0; row < kRows; ++row)
    for (uint32_t cell = 0; rows_[row] && cell < kCells; ++cell)
      if (const uint32_t value = rows_[row][cell]; value && value != kWithdrawn) {
        uint16_t& code = placeOf(value);
        if (!code) code = static_cast<uint16_t>(row << 8 | cell);
      }
  for (uint32_t i = 0; i < exceptionCount_; ++i) placeOf(exceptions_[i].value) = exceptions_[i].code;
}

uint32_t Charset::codeOfPair(uint32_t value) const {
  for (const Exception& e : pairs_->codes)
    if (e.value == value) return e.code;
  return 0;
}

} // namespace krait::multibyte
