// The text of a profile: written, read, added to.
#include "runtime/abi/profile_text.h"

#include <gtest/gtest.h>

namespace krait {
namespace {

Profile read(std::string_view text) {
  Profile profile;
  std::string error;
  EXPECT_TRUE(parseProfile(text, profile, error)) << error;
  return profile;
}

std::string errorOf(std::string_view text) {
  Profile profile;
  std::string error;
  EXPECT_FALSE(parseProfile(text, profile, error)) << text;
  return error;
}

ProfilePlace place(std::string name, uint64_t ints, uint64_t floats) {
  ProfilePlace made{.name = std::move(name), .count = ints + floats};
  if (ints) addCount(made.kinds, "int", ints);
  if (floats) addCount(made.kinds, "float", floats);
  return made;
}

const ProfilePlace* placeNamed(const ProfileFunction& f, std::string_view name) {
  for (const ProfilePlace& place : f.places)
    if (place.name == name) return &place;
  return nullptr;
}

Profile one(ProfileFunction f) { return {{ProfileModule{.name = "m", .file = "m.py", .functions = {std::move(f)}}}}; }

TEST(ProfileText, WhatIsWrittenIsRead) {
  Profile profile = one({.name = "f.<locals>.\"g\\\"", .line = 3, .hash = "ab", .count = 7, .places = {place("1:2-1:3 call", 3, 4), place("2:0-2:1 call", 0, 0)}});
  addCount(profile.modules[0].functions[0].places[0].classes, "m.\tKlasse\u00e4", 2);
  profile.modules.push_back({.name = "other", .file = "o.py"});
  const std::string text = toText(profile, true);
  const Profile again = read(text);
  EXPECT_EQ(toText(again, true), text);
  const ProfileFunction& f = again.modules[0].functions[0];
  EXPECT_EQ(f.name, "f.<locals>.\"g\\\"");
  EXPECT_EQ(f.line, 3u);
  EXPECT_EQ(f.count, 7u);
  ASSERT_EQ(f.places.size(), 2u);
  EXPECT_EQ(f.places[0].classes[0].first, "m.\tKlasse\u00e4");
  EXPECT_EQ(f.places[0].kinds, (NamedCounts{{"float", 4}, {"int", 3}}));
}

TEST(ProfileText, PlacesThatNothingCameToAreLeftOut) {
  const Profile profile = read(toText(one({.name = "f", .places = {place("a", 0, 0), place("b", 1, 0)}})));
  const ProfileFunction& f = profile.modules[0].functions[0];
  EXPECT_EQ(placeNamed(f, "a"), nullptr);
  ASSERT_NE(placeNamed(f, "b"), nullptr);
  EXPECT_EQ(placeNamed(f, "b")->count, 1u);
  EXPECT_TRUE(read(toText(one({.name = "f", .places = {place("a", 0, 0)}}))).modules[0].functions[0].places.empty());
}

TEST(ProfileText, OtherSpacesAndEscapes) {
  const Profile profile = read("\n{ \"krait-profile\" :1 ,\t\"modules\":[{\"name\":\"\\u0061\\u00e4\\ud83d\\ude00\\n\\/\",\"file\":\"\",\"functions\":[ ]}] }\r\n");
  EXPECT_EQ(profile.modules[0].name, "a\u00e4\U0001F600\n/");
}

TEST(ProfileText, WhatIsNoProfile) {
  EXPECT_EQ(errorOf(""), "line 1: expected '{'");
  EXPECT_EQ(errorOf("{\"modules\": []}"), "line 1: this is no profile: 'krait-profile' is not its first member");
  EXPECT_EQ(errorOf("{\"krait-profile\": 2}"), "line 1: the profile has another version");
  EXPECT_EQ(errorOf("{\"krait-profile\": 1,\n\"modules\": {}}"), "line 2: expected '['");
  EXPECT_EQ(errorOf("{\"krait-profile\": 1, \"x\": 1}"), "line 1: a profile has no such member");
  EXPECT_EQ(errorOf("{\"krait-profile\": 1}x"), "line 1: text behind the profile");
  EXPECT_EQ(errorOf("{\"krait-profile\": 1"), "line 1: expected ',' or '}'");
  EXPECT_EQ(errorOf("{\"krait-profile\": -1}"), "line 1: expected a count");
  EXPECT_EQ(errorOf("{\"krait-profile\": 1, \"modules\": [{\"name\": \"a"), "line 1: a text has no end");
  EXPECT_EQ(errorOf("{\"krait-profile\": 1, \"modules\": [{\"name\": \"a\nb\"}]}"), "line 1: a text goes on behind its line");
  EXPECT_EQ(errorOf("{\"krait-profile\": 1, \"modules\": [{\"name\": \"\\ud800x\"}]}"), "line 1: unknown escape");
  EXPECT_EQ(errorOf("{\"krait-profile\": 1, \"modules\": [{\"functions\": [{\"line\": 4294967296}]}]}"), "line 1: the number is too large");
}

TEST(ProfileText, NoPrefixOfAProfileIsOne) {
  const std::string text = toText(one({.name = "f", .line = 1, .hash = "h", .count = 2, .places = {place("a", 1, 2)}}));
  for (size_t n = 0; n + 2 < text.size(); ++n) errorOf(text.substr(0, n));
}

TEST(ProfileText, CountsAreAdded) {
  Profile all = one({.name = "f", .hash = "h", .count = 2, .places = {place("a", 1, 2), place("b", 1, 0)}});
  addProfile(all, one({.name = "f", .hash = "h", .count = 3, .places = {place("a", 4, 0), place("c", 0, 1)}}));
  const ProfileFunction& f = all.modules[0].functions[0];
  EXPECT_EQ(f.count, 5u);
  EXPECT_EQ(placeNamed(f, "a")->kinds, (NamedCounts{{"float", 2}, {"int", 5}}));
  EXPECT_EQ(placeNamed(f, "b")->count, 1u);
  EXPECT_EQ(placeNamed(f, "c")->count, 1u);
}

TEST(ProfileText, CountsDoNotOverflow) {
  constexpr uint64_t kMost = INT64_MAX;
  Profile all = one({.name = "f", .hash = "h", .count = kMost});
  addProfile(all, one({.name = "f", .hash = "h", .count = 1}));
  EXPECT_EQ(read(toText(all)).modules[0].functions[0].count, kMost);
}

TEST(ProfileText, AnOlderTextsFunctionsGo) {
  Profile all = one({.name = "f", .hash = "old", .count = 2});
  all.modules.push_back({.name = "other", .file = "o.py", .functions = {{.name = "g"}}});
  addProfile(all, one({.name = "f", .hash = "new", .count = 3}));
  ASSERT_EQ(all.modules.size(), 2u);
  ASSERT_EQ(all.modules[0].functions.size(), 1u);
  EXPECT_EQ(all.modules[0].functions[0].count, 3u);
  EXPECT_EQ(all.modules[1].functions.size(), 1u);
}

TEST(ProfileText, FunctionsAreFoundByNameAndHash) {
  ProfileModule module{.name = "m", .file = "m.py", .functions = {{.name = "f", .line = 1, .hash = "h"}, {.name = "f", .line = 9, .hash = "h"}, {.name = "g", .line = 5, .hash = "i"}}};
  EXPECT_EQ(module.find("f", "h", 9)->line, 9u);
  EXPECT_EQ(module.find("f", "h", 4)->line, 1u);
  EXPECT_EQ(module.find("g", "i", 40)->line, 5u);
  EXPECT_EQ(module.find("g", "h", 5), nullptr);
  EXPECT_TRUE(module.hasFunction("g"));
  EXPECT_FALSE(module.hasFunction("h"));
}

} // namespace
} // namespace krait
