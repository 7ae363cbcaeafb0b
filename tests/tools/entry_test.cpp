// Whatever happens to an entry is found.
#include "tools/krait/remote/entry.h"
#include <gtest/gtest.h>

namespace krait::tools::remote {
namespace {

constexpr char kName[] = "0123456789abcdef0123456789abcdef01234567";

std::string unwrapped(std::string entry, std::string_view secret = "", std::string_view name = kName) {
  std::string error;
  return unwrapEntry(name, entry, secret, error) ? entry : "[" + error + "]";
}

TEST(Hmac, AsRfc4231) {
  EXPECT_EQ(hmacSha256(std::string(20, '\x0b'), "Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hmacSha256("Jefe", "what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmacSha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Entry, ComesBack) {
  const std::string object("an object\n\0with\xff bytes", 23);
  for (const char* secret : {"", "a secret"}) EXPECT_EQ(unwrapped(wrapEntry(kName, object, secret), secret), object);
  EXPECT_EQ(unwrapped(wrapEntry(kName, "", "")), "");
  EXPECT_EQ(unwrapped(wrapEntry(kName, object, "a secret")), object) << "who has no secret takes what is signed, too";
}

TEST(Entry, EveryBitAndEveryLengthCount) {
  const std::string entry = wrapEntry(kName, "an object", "");
  for (size_t size = 0; size < entry.size(); ++size) EXPECT_EQ(unwrapped(entry.substr(0, size))[0], '[') << size;
  EXPECT_EQ(unwrapped(entry + "x"), "[is damaged]");
  for (size_t bit = 0; bit < entry.size() * 8; ++bit) {
    std::string changed = entry;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    const bool isMac = entry.find('\n') - 1 == bit / 8; // nobody looks at it without a secret
    EXPECT_EQ(unwrapped(changed)[0] == '[', !isMac) << bit;
  }
}

TEST(Entry, IsOfOneName) {
  const std::string other = "1123456789abcdef0123456789abcdef01234567";
  EXPECT_EQ(unwrapped(wrapEntry(other, "an object", "")), "[is damaged]");
  EXPECT_EQ(entryName(kName).size(), 64u);
  EXPECT_NE(entryName(kName), entryName(other));
}

TEST(Entry, WithASecretOnlyWhatIsSigned) {
  EXPECT_EQ(unwrapped(wrapEntry(kName, "an object", ""), "a secret"), "[is not signed]");
  EXPECT_EQ(unwrapped(wrapEntry(kName, "an object", "another"), "a secret"), "[is signed with another secret]");
  // The line of one object before the bytes of another.
  const std::string one = wrapEntry(kName, "an object", "a secret");
  EXPECT_EQ(unwrapped(one.substr(0, one.find('\n') + 1) + "another o", "a secret"), "[is damaged]");
}

TEST(Entry, OtherThingsAreNone) {
  for (const char* text : {"", "\n", "<html>\n", "krait-object 2 x\n", "krait-object 1 \n"}) EXPECT_EQ(unwrapped(text)[0], '[') << text;
  EXPECT_EQ(unwrapped(std::string(100'000, 'x')), "[is no entry of Krait's]");
}

} // namespace
} // namespace krait::tools::remote
