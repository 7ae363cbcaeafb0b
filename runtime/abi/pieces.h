// What split.piece (ir/core/operations.def) is asked for beside the number of a piece.
#pragma once
#include <cstdint>

namespace krait {

constexpr int64_t kPiecesUnpacked = 256; // that many more than there are variables: all pieces, which an unpack of so many takes at once
constexpr int64_t kMostPiecesUnpacked = 8;

} // namespace krait
