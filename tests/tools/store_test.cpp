// A folder as a store, and what is waited for when a store is no good. HTTP and Redis: lit-tests/driver/team_cache_*.test.
#include "tools/krait/remote/store.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include "codegen/emit/cache.h"
#include "tools/krait/remote/counts.h"
#include "tools/krait/remote/entry.h"
#include "tools/krait/remote/remote_cache.h"

namespace krait::tools::remote {
namespace {

class Folder : public testing::Test {
protected:
  Folder() {
    char name[] = "/tmp/krait-store-XXXXXX";
    folder_ = mkdtemp(name);
    std::string error;
    address_ = *parseAddress(folder_, error);
    store_ = makeStore(address_, std::chrono::seconds(1));
  }
  ~Folder() override { std::filesystem::remove_all(folder_); }

  RemoteCache* cache(bool mayWrite = true) {
    Settings settings;
    settings.address = address_;
    settings.mayWrite = mayWrite;
    settings.patience = std::chrono::minutes(1);
    return new RemoteCache(settings); // whose threads stay
  }
  std::string pathOf(const std::string& name) { return folder_ + "/" + name.substr(0, 2) + "/" + name.substr(2); }

  std::string folder_;
  Address address_;
  std::unique_ptr<RemoteStore> store_;
  std::string bytes_, error_;
};

TEST_F(Folder, GivesWhatItWasGiven) {
  EXPECT_EQ(store_->get("abcd", 100, bytes_, error_), Outcome::Absent);
  EXPECT_EQ(store_->put("abcd", "bytes", error_), Outcome::Done);
  EXPECT_EQ(store_->put("abcd", "others", error_), Outcome::Done);
  EXPECT_EQ(store_->get("abcd", 100, bytes_, error_), Outcome::Done);
  EXPECT_EQ(bytes_, "others");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_ + "/ab"), {}), 1);
}

TEST_F(Folder, WhatIsLargerOrNoFileFails) {
  EXPECT_EQ(store_->put("abcd", std::string(101, 'x'), error_), Outcome::Done);
  EXPECT_EQ(store_->get("abcd", 100, bytes_, error_), Outcome::Failed);
  EXPECT_NE(error_.find("larger"), std::string::npos) << error_;
  std::filesystem::create_directories(folder_ + "/ef/folder");
  EXPECT_EQ(store_->get("effolder", 100, bytes_, error_), Outcome::Failed);
  ASSERT_EQ(mkfifo((folder_ + "/ef/pipe").c_str(), 0600), 0);
  EXPECT_EQ(store_->get("efpipe", 100, bytes_, error_), Outcome::Failed) << "and does not wait for a writer";
}

TEST_F(Folder, AUseMakesAnEntryYoung) {
  EXPECT_EQ(store_->put("abcd", "bytes", error_), Outcome::Done);
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(100 * 24);
  std::filesystem::last_write_time(folder_ + "/ab/cd", old);
  EXPECT_EQ(store_->get("abcd", 100, bytes_, error_), Outcome::Done);
  EXPECT_GT(std::filesystem::last_write_time(folder_ + "/ab/cd"), old + std::chrono::hours(50 * 24));
}

TEST_F(Folder, IsNotMade) {
  std::filesystem::remove_all(folder_);
  EXPECT_EQ(store_->get("abcd", 100, bytes_, error_), Outcome::Failed);
  EXPECT_EQ(store_->put("abcd", "bytes", error_), Outcome::Failed);
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(Folder, ObjectsTravel) {
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i) names.push_back("object" + std::to_string(i));
  RemoteCache* writer = cache();
  for (const std::string& name : names) writer->offer(name, "of " + name);
  writer->finish();
  EXPECT_EQ(writer->takeCounts().sent, 40u);
  names.insert(names.begin() + 7, "unknown");
  std::ofstream(pathOf(entryName(names[3])), std::ios::app) << "x";
  RemoteCache* reader = cache(false);
  std::vector<std::string> got(names.size());
  reader->fetch(names, [&](size_t i, std::string bytes) { got[i] = bytes; });
  for (size_t i = 0; i < names.size(); ++i) EXPECT_EQ(got[i], i == 3 || i == 7 ? "" : "of " + names[i]);
  const RemoteCounts counts = reader->takeCounts();
  EXPECT_EQ(counts.hits, 39u);
  EXPECT_EQ(counts.misses, 2u);
  EXPECT_EQ(counts.damaged, 1u);
  EXPECT_EQ(reader->takeWarnings().size(), 1u);
  EXPECT_EQ(reader->takeWarnings().size(), 0u);
  reader->offer("another", "object");
  reader->finish();
  EXPECT_FALSE(std::filesystem::exists(pathOf(entryName("another"))));
}

TEST_F(Folder, AFailureIsTheLast) {
  RemoteCache* one = cache();
  std::filesystem::remove_all(folder_);
  const std::vector<std::string> names(20, "object");
  one->fetch(names, [](size_t, const std::string&) { ADD_FAILURE(); });
  EXPECT_EQ(one->takeCounts().misses, 20u);
  EXPECT_EQ(one->takeWarnings().size(), 1u);
  std::filesystem::create_directory(folder_);
  one->offer("object", "bytes");
  one->finish();
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 0);
  EXPECT_EQ(one->takeWarnings().size(), 0u);
}

TEST_F(Folder, CountsAddUp) {
  EXPECT_EQ(readCounts(folder_).hits, 0u);
  addCounts(folder_, {.hits = 1, .misses = 2, .damaged = 0, .sent = 4});
  addCounts(folder_, {.hits = 100, .misses = 0, .damaged = 1, .sent = 0});
  EXPECT_EQ(codegen::emit::readFile(folder_ + kCountsFile), "101 2 1 4\n");
  EXPECT_EQ(readCounts(folder_).hits, 101u);
}

} // namespace
} // namespace krait::tools::remote
