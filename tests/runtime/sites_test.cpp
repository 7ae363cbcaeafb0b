// How executables carry call sites and spans.
#include <gtest/gtest.h>
#include <vector>
#include "runtime/abi/sections.h"

namespace krait {
namespace {

void addNumber(std::vector<uint8_t>& out, uint64_t n) {
  for (; n >= 0x80; n >>= 7) out.push_back(static_cast<uint8_t>(n | 0x80));
  out.push_back(static_cast<uint8_t>(n));
}

TEST(Sites, PackedAndUnpackedAreTheSame) {
  for (uint32_t site : {0u, 1u, 62u, 63u, 8190u, 1u << 20, kInlinedSite - 1, kInlinedSite, kInlinedSite | 1, kInlinedSite | 70000, kLeftSite, UINT32_MAX})
    EXPECT_EQ(unpackedSite(packedSite(site)), site);
  EXPECT_LT(packedSite(62), 0x80u); // one byte
  EXPECT_LT(packedSite(kInlinedSite | 62), 0x80u);
}

TEST(Sites, AreReadInOrder) {
  const std::vector<CallSite> calls = {{5, 0}, {9, UINT32_MAX}, {300, kInlinedSite | 3}, {301, kLeftSite}, {70000, 9000}, {1u << 31, 2}};
  std::vector<uint8_t> packed;
  uint32_t before = 0;
  for (const CallSite& c : calls) {
    addNumber(packed, c.returnOffset - before);
    addNumber(packed, packedSite(c.site));
    before = c.returnOffset;
  }
  CallSites reader(packed.data(), static_cast<uint32_t>(calls.size()));
  CallSite read;
  for (const CallSite& c : calls) {
    ASSERT_TRUE(reader.next(read));
    EXPECT_EQ(read.returnOffset, c.returnOffset);
    EXPECT_EQ(read.site, c.site);
  }
  EXPECT_FALSE(reader.next(read));
  CallSites none(nullptr, 0);
  EXPECT_FALSE(none.next(read));
}

TEST(Spans, OfOrdinarySizeFit) {
  for (const SourceSpan s : {SourceSpan{1, 1, 0, 0}, SourceSpan{0, 0, 0, 0}, SourceSpan{(1 << 24) - 1, (1 << 24) + 254, 65535, 65535}, SourceSpan{77, 80, 12, 3}}) {
    ASSERT_TRUE(PackedSpan::fits(s));
    const SourceSpan back = PackedSpan::of(s).span();
    EXPECT_EQ(back.line, s.line);
    EXPECT_EQ(back.endLine, s.endLine);
    EXPECT_EQ(back.column, s.column);
    EXPECT_EQ(back.endColumn, s.endColumn);
  }
}

TEST(Spans, OthersDoNot) {
  for (const SourceSpan s : {SourceSpan{1 << 24, 1 << 24, 0, 0}, SourceSpan{-1, -1, 0, 0}, SourceSpan{5, 4, 0, 0}, SourceSpan{5, 261, 0, 0},
                             SourceSpan{1, 1, -1, 4}, SourceSpan{1, 1, 4, -1}, SourceSpan{1, 1, 65536, 1}, SourceSpan{1, 1, 1, 65536}})
    EXPECT_FALSE(PackedSpan::fits(s));
}

TEST(Spans, ATableOfEitherKindIsRead) {
  const SourceSpan wide[] = {{1, 1, 0, 5}, {2, 400, 70000, 3}};
  const PackedSpan packed[] = {PackedSpan::of({3, 4, 5, 6})};
  CodeInfo code{};
  code.packedSites = packed;
  EXPECT_EQ(code.siteSpan(0).endLine, 4);
  code.sites = wide;
  EXPECT_EQ(code.siteSpan(1).column, 70000);
}

} // namespace
} // namespace krait
