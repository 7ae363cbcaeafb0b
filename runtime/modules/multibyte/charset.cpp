#include "runtime/modules/multibyte/charset.h"

#include <cstring>
#include <iconv.h>
#include <map>
#include <string>
#include <utility>
#include <unordered_map>
#include <vector>

namespace krait::multibyte {

struct Charset::Tables {
  iconv_t decoder, encoder;
  bool beyondBmp; // has characters from U+10000
  std::vector<Characters> rows[256]; // by lead byte, of 256 trail bytes each; empty until asked for
  std::unordered_map<uint64_t, Bytes> encoded;
  std::map<std::pair<uint32_t, uint32_t>, Bytes> combined; // codes of two characters
  bool combinedKnown = false;
};

Charset* Charset::open(const char* name) {
  static std::map<std::string, Charset> known;
  auto [at, fresh] = known.try_emplace(name);
  if (fresh) {
    const iconv_t decoder = iconv_open("UTF-32LE", name), encoder = iconv_open(name, "UTF-32LE");
    const auto failed = reinterpret_cast<iconv_t>(-1);
    if (decoder != failed && encoder != failed) at->second.tables_ = new Tables{
        .decoder = decoder,
        .encoder = encoder,
        .beyondBmp = strstr(name, "X0213") || strstr(name, "HKSCS") || !strcmp(name, "GB18030"),
        .rows = {},
        .encoded = {},
        .combined = {},
    };
  }
  return at->second.tables_ ? &at->second : nullptr;
}

Characters Charset::decode(const uint8_t* p, int n) {
  char in[8];
  uint32_t out[4] = {};
  memcpy(in, p, static_cast<size_t>(n));
  char *from = in, *to = reinterpret_cast<char*>(out);
  size_t left = static_cast<size_t>(n), room = sizeof out;
  iconv(tables_->decoder, nullptr, nullptr, nullptr, nullptr);
  if (iconv(tables_->decoder, &from, &left, &to, &room) == static_cast<size_t>(-1) || left) return {};
  iconv(tables_->decoder, nullptr, nullptr, &to, &room); // what waited for a combining character
  const size_t count = (sizeof out - room) / 4;
  if (count == 0 || count > 2) return {};
  return {out[0], count == 2 ? out[1] : 0};
}

Characters Charset::decodePair(uint8_t lead, uint8_t trail) {
  auto& row = tables_->rows[lead];
  if (row.empty()) {
    row.resize(256);
    for (int t = 0x21; t < 0xff; ++t) {
      const uint8_t bytes[2] = {lead, static_cast<uint8_t>(t)};
      row[static_cast<size_t>(t)] = decode(bytes, 2);
      // Two characters of one byte each are none of two bytes.
      const Characters alone = decode(bytes, 1);
      if (alone.first && !alone.second && alone.first == row[static_cast<size_t>(t)].first) row[static_cast<size_t>(t)] = {};
    }
  }
  return row[trail];
}

Bytes Charset::encode(uint32_t c, uint32_t combining) {
  if (combining) return encodeCombined(c, combining);
  if (c > 0xffff && !tables_->beyondBmp) return {};
  auto [at, fresh] = tables_->encoded.try_emplace(c);
  if (!fresh) return at->second;
  char out[16];
  char *from = reinterpret_cast<char*>(&c), *to = out;
  size_t left = sizeof c, room = sizeof out;
  const uint32_t asked = c;
  iconv(tables_->encoder, nullptr, nullptr, nullptr, nullptr);
  const size_t irreversible = iconv(tables_->encoder, &from, &left, &to, &room);
  if (irreversible != 0 || left) return at->second;
  iconv(tables_->encoder, nullptr, nullptr, &to, &room);
  const size_t size = sizeof out - room;
  if (size == 0 || size > 4) return at->second;
  Bytes bytes{static_cast<uint8_t>(size), {}};
  memcpy(bytes.data, out, size);
  // Only what decodes to the same is its code.
  const Characters back = decode(bytes.data, static_cast<int>(size));
  if (back.first == asked && !back.second) at->second = bytes;
  return at->second;
}

/// The converters look ahead for combining characters in ways of their own: the table of two-byte codes tells.
Bytes Charset::encodeCombined(uint32_t c, uint32_t combining) {
  if (!tables_->combinedKnown) {
    for (int lead = 0x81; lead < 0xff; ++lead)
      for (int trail = 0x21; trail < 0xff; ++trail) {
        const auto l = static_cast<uint8_t>(lead), t = static_cast<uint8_t>(trail);
        const Characters pair = decodePair(l, t);
        if (pair.second >= 0x2e5) tables_->combined[{pair.first, pair.second}] = Bytes{2, {l, t}};
      }
    tables_->combinedKnown = true;
  }
  const auto at = tables_->combined.find({c, combining});
  return at == tables_->combined.end() ? Bytes{} : at->second;
}

} // namespace krait::multibyte
