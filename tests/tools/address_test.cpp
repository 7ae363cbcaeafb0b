// Texts that name a store.
#include "tools/krait/remote/address.h"
#include <gtest/gtest.h>

namespace krait::tools::remote {
namespace {

Address addressOf(const char* text) {
  std::string error;
  const std::optional<Address> address = parseAddress(text, error);
  EXPECT_TRUE(address) << text << ": " << error;
  return address.value_or(Address{});
}

TEST(Address, Folders) {
  for (const char* text : {"/srv/cache", "file:///srv/cache"}) {
    EXPECT_EQ(addressOf(text).protocol, Protocol::Directory);
    EXPECT_EQ(addressOf(text).path, "/srv/cache");
    EXPECT_EQ(addressOf(text).shown, "/srv/cache");
  }
  EXPECT_EQ(addressOf("file:///srv/my%20cache").path, "/srv/my cache");
  EXPECT_EQ(addressOf("/srv/100%").path, "/srv/100%") << "a path is no URL";
}

TEST(Address, Http) {
  const Address address = addressOf("https://me:secret@cache.example:8443/ac/");
  EXPECT_EQ(address.protocol, Protocol::Http);
  EXPECT_EQ(address.url, "https://me:secret@cache.example:8443/ac");
  EXPECT_EQ(address.shown, "https://cache.example:8443/ac");
  EXPECT_EQ(addressOf("http://cache").url, "http://cache");
  EXPECT_EQ(addressOf("http://cache/a@b").shown, "http://cache/a@b");
}

TEST(Address, Redis) {
  Address address = addressOf("redis://cache");
  EXPECT_EQ(address.protocol, Protocol::Redis);
  EXPECT_EQ(address.host, "cache");
  EXPECT_EQ(address.port, 6379);
  EXPECT_EQ(address.database, 0u);
  EXPECT_EQ(address.user + address.password, "");
  address = addressOf("redis://me:a%40b:c@[::1]:7000/12");
  EXPECT_EQ(address.host, "::1");
  EXPECT_EQ(address.port, 7000);
  EXPECT_EQ(address.database, 12u);
  EXPECT_EQ(address.user, "me");
  EXPECT_EQ(address.password, "a@b:c");
  EXPECT_EQ(address.shown, "redis://[::1]:7000/12");
  EXPECT_EQ(addressOf("redis://:secret@cache/").password, "secret");
  address = addressOf("redis+unix:/run/redis.sock?db=2");
  EXPECT_EQ(address.protocol, Protocol::RedisSocket);
  EXPECT_EQ(address.path, "/run/redis.sock");
  EXPECT_EQ(address.database, 2u);
}

TEST(Address, WhatNamesNoStore) {
  for (const char* text : {"cache", "./cache", "ftp://cache", "http://", "http:///cache", "https://me@", "http://cache/?a=b", "redis://", "redis://:6379",
                           "redis://cache:0", "redis://cache:66000", "redis://cache:port", "redis://cache/db", "redis://cache/-1", "redis://secret@cache", "redis://[::1",
                           "redis+unix:run", "redis+unix:/run/s?x=1", "http://a b", "http://a\r\nHost: b", "file://cache"}) {
    std::string error;
    EXPECT_FALSE(parseAddress(text, error)) << text;
    EXPECT_NE(error, "") << text;
  }
}

} // namespace
} // namespace krait::tools::remote
