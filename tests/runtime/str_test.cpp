// str: construction, sharing, searching, case, hash, the builder and % formatting.
#include "runtime/memory/alloc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/codec.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_slots.h"

#include <gtest/gtest.h>
#include <string>

using namespace krait;

namespace {

std::string text(Value v) {
  if (!v) return "<null>";
  Utf8 utf8(v);
  return std::string(utf8.view());
}
Ref s(std::string_view utf8) { return Ref(newStr(utf8)); }

TEST(Str, ChoosesTheNarrowestKind) {
  EXPECT_EQ(asStr(s("abc"))->kind, 1);
  EXPECT_TRUE(asStr(s("abc"))->flags & kStrAscii);
  EXPECT_EQ(asStr(s("ab\u00e9"))->kind, 1);
  EXPECT_FALSE(asStr(s("ab\u00e9"))->flags & kStrAscii);
  EXPECT_EQ(asStr(s("ab\u20ac"))->kind, 2);
  EXPECT_EQ(asStr(s("ab\U0001f600"))->kind, 4);
  Ref wide = s("a\U0001f600\u00e9b");
  EXPECT_EQ(asStr(Ref(strSubstring(wide, 2, 4)))->kind, 1);
}

TEST(Str, SharesEmptyAndLatin1) {
  EXPECT_EQ(s("").get(), emptyStr());
  EXPECT_EQ(s("x").get(), newStrFromChar('x'));
  EXPECT_EQ(s("\u00e9").get(), newStrFromChar(0xe9));
  Ref word = s("xyz");
  EXPECT_EQ(strSubstring(word, 1, 2), newStrFromChar('y'));
  EXPECT_EQ(strRepeat(word, 0), emptyStr());
}

TEST(Str, InternsWeakly) {
  Ref a(internStr("a fresh name")), b(internStr("a fresh name"));
  EXPECT_EQ(a.get(), b.get());
  a.reset();
  b.reset();
  Ref c(internStr("a fresh name"));
  EXPECT_EQ(text(c), "a fresh name");
  EXPECT_EQ(internStr("append"), NAME(append));
}

TEST(Str, HashOfSeedZero) {
  setHashSeed(false, 0);
  EXPECT_EQ(hashBytes("abc", 3), -4594863902769663758);
  EXPECT_EQ(hashBytes("", 0), 0);
  EXPECT_EQ(hashBytes("0123456789", 10), 5959997617762060084);
  setHashSeed(false, 1);
  EXPECT_EQ(hashBytes("abc", 3), -4667308735975688587);
}

TEST(Str, Finds) {
  Ref hay = s("na\u00efve \u20ac na\u00efve"), needle = s("\u00efve"), wide = s("\u20ac"), absent = s("\U0001f600");
  EXPECT_EQ(strFind(hay, needle, 0, INT64_MAX, 1), 2);
  EXPECT_EQ(strFind(hay, needle, 0, INT64_MAX, -1), 10);
  EXPECT_EQ(strFind(hay, wide, 0, INT64_MAX, 1), 6);
  EXPECT_EQ(strFind(hay, wide, 7, INT64_MAX, 1), -1);
  EXPECT_EQ(strFind(hay, absent, 0, INT64_MAX, 1), -1);
  EXPECT_EQ(strFind(hay, emptyStr(), 5, 3, 1), -1);
  Ref misaligned(newStrFromUcs4((const uint32_t[]){0x1201, 0x0112, 0x0101}, 3)), unit(newStrFromChar(0x0112));
  EXPECT_EQ(strFind(misaligned, unit, 0, INT64_MAX, 1), 1);
}

TEST(Str, MapsCase) {
  EXPECT_EQ(text(Ref(strUpper(s("stra\u00dfe")))), "STRASSE");
  EXPECT_EQ(text(Ref(strLower(s("\u03a3\u0391\u03a3")))), "\u03c3\u03b1\u03c2");
  EXPECT_EQ(text(Ref(strTitle(s("it's \u01c6 x")))), "It'S \u01c5 X");
  EXPECT_EQ(text(Ref(strSwapcase(s("aBc")))), "AbC");
  EXPECT_EQ(text(Ref(strCasefold(s("\u00df")))), "ss");
}

TEST(Str, Repr) {
  EXPECT_EQ(text(Ref(strRepr(s("it's")))), "\"it's\"");
  EXPECT_EQ(text(Ref(strRepr(s("a'\"\n\u00e9\u200b")))), "'a\\'\"\\n\u00e9\\u200b'");
}

TEST(Str, AppendsInPlace) {
  Value v = newStr("abc");
  for (int i = 0; i < 1000; ++i) {
    v = strAppend(v, newStrFromChar('x'));
    ASSERT_TRUE(v);
  }
  EXPECT_EQ(asStr(v)->length, 1003);
  Value held = newRef(v);
  Value longer = strAppend(v, newStrFromChar('y'));
  EXPECT_NE(held, longer);
  EXPECT_EQ(asStr(held)->length, 1003);
  decref(held);
  decref(longer);
}

TEST(Str, BuilderWidens) {
  StrBuilder out;
  out.addAscii("ab");
  out.add(0x20acu);
  out.addRepeated('-', 3);
  out.add(0x1f600u);
  Ref made(out.take());
  EXPECT_EQ(text(made), "ab\u20ac---\U0001f600");
  EXPECT_EQ(asStr(made)->kind, 4);
  EXPECT_EQ(out.take(), emptyStr());
  out.add('x');
  EXPECT_EQ(out.take(), newStrFromChar('x'));
  out.add('y');
  EXPECT_EQ(out.take(), newStrFromChar('y'));
}

TEST(Str, RoundTripsThroughCodecs) {
  Ref v = s("a\u00e9\u20ac\U0001f600");
  for (const char* codec : {"utf-8", "utf-16", "utf-16-be", "utf-32", "utf-32-le"}) {
    Ref bytes(encodeStr(v, codec, nullptr));
    ASSERT_TRUE(bytes) << codec;
    const auto view = bytesView(bytes);
    Ref back(decodeBytes(reinterpret_cast<const uint8_t*>(view.data()), view.size(), codec, nullptr));
    ASSERT_TRUE(back) << codec;
    EXPECT_TRUE(strEqual(v, back)) << codec;
  }
  Ref utf7(encodeUtf7(v, nullptr));
  const auto view = bytesView(utf7);
  EXPECT_EQ(view, "a+AOkgrNg93gA-");
  EXPECT_TRUE(strEqual(v, Ref(decodeUtf7(reinterpret_cast<const uint8_t*>(view.data()), view.size(), nullptr))));
}

TEST(Str, ReplacesUndecodableBytes) {
  const uint8_t bad[] = {'a', 0xe2, 0x82, 'b', 0xff};
  EXPECT_EQ(text(Ref(decodeUtf8(bad, 5, "replace"))), "a\ufffdb\ufffd");
  EXPECT_EQ(text(Ref(decodeUtf8(bad, 5, "backslashreplace"))), "a\\xe2\\x82b\\xff");
  Ref escaped(decodeUtf8(bad, 5, "surrogateescape"));
  Ref back(encodeUtf8(escaped, "surrogateescape"));
  EXPECT_EQ(bytesView(back), std::string_view(reinterpret_cast<const char*>(bad), 5));
  Ref named(encodeAscii(s("\u00e9"), "namereplace"));
  EXPECT_EQ(bytesView(named), "\\N{LATIN SMALL LETTER E WITH ACUTE}");
}

} // namespace
